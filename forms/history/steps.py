"""The steps of a filing's life in words, and the stretches of work they are shown in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from forms.commands import Command, SetMeta, SetValue
from forms.draft import step_title
from forms.errors import CommandRefused
from forms.filing import Filing
from forms.journal import CONTINUED, TYPED, Edit, damaged_edit
from forms.language import N_, sentence
from forms.places import Positions
from forms.store.records import Revision
from forms.template.model import Template

_NAMED = 3  # fields a stretch names
_NONE: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo would take back, or the coming in of the filing (`last` is 0).

    `where` is the place, or the name of a step that touched several; `before` and `after` are told of a single text.
    `revisions` are those kept while the filing stood as the step left it.
    """

    first: int
    last: int
    time: datetime
    until: datetime
    origin: str
    where: str
    before: str = ""
    after: str = ""
    count: int = 1
    revisions: tuple[Revision, ...] = _NONE


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps that are shown as one: what was typed without a break of an hour by the clock, or a single other step."""

    steps: tuple[Step, ...]

    @property
    def first(self) -> int:
        """The number of its first edit."""
        return self.steps[0].first

    @property
    def last(self) -> int:
        """The point at its end."""
        return self.steps[-1].last

    @property
    def time(self) -> datetime:
        """When it began."""
        return self.steps[0].time

    @property
    def until(self) -> datetime:
        """When it ended."""
        return self.steps[-1].until

    @property
    def origin(self) -> str:
        """Where its changes came from."""
        return self.steps[0].origin

    @property
    def where(self) -> str:
        """The first few places."""
        named = list(dict.fromkeys(one.where for one in self.steps))
        told = "、".join(named[:_NAMED])
        if len(self.steps) == 1:
            return told
        words = N_("{places}等 {count} 次") if len(named) > _NAMED else N_("{places}，{count} 次")
        return sentence(words, {"places": told, "count": len(self.steps)})

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions kept meanwhile."""
        return tuple(one for step in self.steps for one in step.revisions)


def stretches(steps: Iterable[Step]) -> tuple[Stretch, ...]:
    """The steps in stretches, the first one first."""
    found: list[Stretch] = []
    for (origin, _), some in groupby(steps, lambda one: (one.origin, one.time.strftime("%Y-%m-%d %H"))):
        together = tuple(some)
        found += [Stretch(together)] if origin == TYPED else [Stretch((one,)) for one in together]
    return tuple(found)


class Teller:
    """Goes through the edits of a filing once and makes steps of them."""

    def __init__(self, template: Template, first: Filing, kept: Mapping[int, Sequence[Revision]]) -> None:
        begun = kept[0][0]
        self.steps = [
            Step(0, 0, local(begun.time), local(begun.time), begun.reason, template.name, revisions=tuple(kept[0]))
        ]
        self._template = template
        self._filing = first
        self._kept = kept
        self._positions: Positions | None = None

    def tell(self, edit: Edit) -> None:
        """Tell one edit; LibraryDamaged where it does not fit what the edits before it left."""
        time, revisions = local(edit.time), tuple(self._kept.get(edit.seq, ()))
        where, before, after, count = self._words(edit.forward, edit.inverse)
        last = self.steps[-1]
        if edit.origin == CONTINUED and last.last:
            self.steps[-1] = replace(
                last, last=edit.seq, until=time, where=where, after=after, revisions=last.revisions + revisions
            )
        else:
            origin = TYPED if edit.origin == CONTINUED else edit.origin
            self.steps.append(Step(edit.seq, edit.seq, time, time, origin, where, before, after, count, revisions))
        self._apply(edit)

    def _words(self, forward: Command, inverse: Command) -> tuple[str, str, str, int]:
        drawn = [one for one in forward.leaves if not isinstance(one, SetMeta)]
        if len(drawn) != 1:
            return step_title(forward), "", "", len(drawn)
        only = drawn[0]
        if isinstance(only, SetValue):
            back = next((one.text for one in inverse.leaves if isinstance(one, SetValue)), "")
            return self._where(only), back, only.text, 1
        return f"{step_title(only)} {self._where(only)}".strip(), "", "", 1

    def _where(self, command: Command) -> str:
        if self._positions is None:
            self._positions = Positions(self._template, self._filing)
        return " ".join(self._positions.describe(command.places[0]).split())

    def _apply(self, edit: Edit) -> None:
        try:
            self._filing, _ = edit.forward.apply(self._filing)
        except CommandRefused as error:
            raise damaged_edit(self._filing.id, edit.seq) from error
        if edit.forward.structural:
            self._positions = None
        elif self._positions is not None:
            self._positions.reread(self._filing, edit.forward.places)


def local(time: str) -> datetime:
    """A time of the library on the clock of this machine."""
    return datetime.fromisoformat(time).astimezone()
