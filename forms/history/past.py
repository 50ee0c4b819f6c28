"""What a filing was at any point of its life: the first revision with the edits after it replayed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from forms.comparison import Comparison, Side, compare
from forms.filing import Filing
from forms.history.steps import Step, Stretch, Teller
from forms.journal import Edit, replay
from forms.store.library import Library
from forms.store.records import Revision
from forms.template.model import Template

_EVERY = 64  # edits between two states that are remembered


@dataclass(slots=True)
class Past:
    """One filing from its coming in to now. A point is the number of an edit, 0 the filing as it came in.

    It holds values only and may be used in any thread. LibraryDamaged where an edit does not fit.
    """

    template: Template
    first: Filing
    edits: tuple[Edit, ...]
    revisions: tuple[Revision, ...]
    _states: list[Filing] = field(default_factory=list)

    @property
    def newest(self) -> int:
        """The last point."""
        return self.edits[-1].seq if self.edits else 0

    def at(self, point: int) -> Filing:
        """The filing as the edit of this number left it; a number past the last one means the newest."""
        done = bisect_right(self.edits, point, key=lambda edit: edit.seq)
        self._remember(done // _EVERY)
        start = done // _EVERY
        return replay(self._states[start], self.edits[start * _EVERY : done])

    def side(self, point: int, told: str = "") -> Side:
        """The filing at a point, to be compared; `told` is what people are told it is."""
        return Side(self.template, self.at(point), told)

    def change(self, step: Step | Stretch, before: str = "", after: str = "") -> Comparison:
        """What a step changed: the filing before it and after it, called `before` and `after`."""
        return compare(self.side(max(step.first - 1, 0), before), self.side(step.last, after))

    def steps(self) -> tuple[Step, ...]:
        """What was done, the first step first: a stay in one cell is one step, and the coming in is the first."""
        kept: dict[int, list[Revision]] = {}
        for one in self.revisions:
            kept.setdefault(one.seq, []).append(one)
        teller = Teller(self.template, self.first, kept)
        for edit in self.edits:
            teller.tell(edit)
        return tuple(teller.steps)

    def _remember(self, number: int) -> None:
        if not self._states:
            self._states.append(self.first)
        while len(self._states) <= number:
            start = (len(self._states) - 1) * _EVERY
            self._states.append(replay(self._states[-1], self.edits[start : start + _EVERY]))


def read_past(library: Library, template: Template, ident: str) -> Past:
    """The whole past of a filing of the library. FilingUnknown, LibraryDamaged."""
    _, first = library.revision(ident, 1)
    return Past(template, first, library.journal(ident), library.revisions(ident))
