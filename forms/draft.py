"""One open filing over time: do, undo, redo, and the listeners that hear of every change."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from forms.commands import (
    AddIndicator,
    AddRow,
    Batch,
    Command,
    Dismiss,
    DropIndicator,
    DropRow,
    MoveIndicator,
    MoveRow,
    Restore,
    SetMeta,
    SetValue,
    joined,
)
from forms.filing import Filing, Place
from forms.journal import CONTINUED, REDO, UNDO, Edit, meta_set
from forms.language import N_, sentence

Listener = Callable[["Change"], None]

_TITLES: dict[type[Command], str] = {
    SetValue: N_("填写"),
    AddRow: N_("增加一行"),
    DropRow: N_("删除一行"),
    MoveRow: N_("移动一行"),
    AddIndicator: N_("增加指标"),
    DropIndicator: N_("删除指标"),
    MoveIndicator: N_("移动指标"),
    SetMeta: N_("更改年度"),
    Dismiss: N_("保留问题并说明理由"),
    Restore: N_("恢复保留的问题"),
    Batch: N_("批量修改"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a draft, as the journal is to keep it. `asker` is whoever asked for it, for the views."""

    seq: int
    forward: Command
    inverse: Command
    origin: str
    asker: object = None
    undoes: int | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """The places touched; a place without a column is the whole row."""
        return self.forward.places

    @property
    def structure(self) -> bool:
        """Whether rows came, went or moved."""
        return self.forward.structural


@dataclass(frozen=True, slots=True)
class _Step:
    """What one undo takes back: the journal's number of its first edit, and the way there and back."""

    seq: int
    forward: Command
    inverse: Command


class Draft:
    """An open filing. It changes only by commands; each change is applied whole or not at all.

    `filing` is as the journal left it; the journal only rebuilds what can be undone and redone.
    """

    def __init__(self, filing: Filing, journal: Sequence[Edit] = ()) -> None:
        self._filing = filing
        self._seq = journal[-1].seq if journal else 0
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._merge: object = None
        self._listeners: list[Listener] = []
        self._untold: deque[Change] = deque()
        self._telling = False
        for edit in journal:
            self._remember(edit)

    @property
    def filing(self) -> Filing:
        """The filing as it stands."""
        return self._filing

    @property
    def seq(self) -> int:
        """The journal's number of the last change; 0 before the first."""
        return self._seq

    def do(self, command: Command, *, origin: str = "typed", asker: object = None, merge: object = None) -> Change:
        """Apply `command` and tell the listeners; CommandRefused, with nothing changed, where it does not fit.

        Texts put at one place under one `merge` key (the stay of the caret in a field) are one step of undo, and so
        is the row that came with the first letter, where it was added under that key.
        """
        command = self._as_draft(command)
        filing, inverse = command.apply(self._filing)
        if _only_state(command):
            return self._settle(filing, Change(self._seq + 1, command, inverse, origin, asker))
        if merge is not None and merge == self._merge and self._goes_on(command, inverse):
            origin = CONTINUED
        else:
            self._done.append(_Step(self._seq + 1, command, inverse))
        self._undone.clear()
        self._merge = merge
        return self._settle(filing, Change(self._seq + 1, command, inverse, origin, asker))

    def undo(self, *, asker: object = None) -> Change | None:
        """Take the last step back; None where there is none."""
        return self._revert(self._done, self._undone, UNDO, asker)

    def redo(self, *, asker: object = None) -> Change | None:
        """Do again what the last undo took back; None where there is none."""
        return self._revert(self._undone, self._done, REDO, asker)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    @property
    def undo_title(self) -> str:
        """The name, for people, of what `undo` would take back; empty where there is nothing."""
        return step_title(self._done[-1].forward) if self._done else ""

    @property
    def redo_title(self) -> str:
        """The name, for people, of what `redo` would do again; empty where there is nothing."""
        return step_title(self._undone[-1].inverse) if self._undone else ""

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Call `listener` after every change, in order, until the function given back is called."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def _goes_on(self, command: Command, inverse: Command) -> bool:
        """Make the last step and `command` one, where this goes on with the text or the row of that."""
        both = joined(self._done[-1].forward, self._done[-1].inverse, command, inverse) if self._done else None
        if both is None:
            return False
        self._done[-1] = replace(self._done[-1], forward=both[0], inverse=both[1])
        return True

    def _revert(self, source: list[_Step], target: list[_Step], origin: str, asker: object) -> Change | None:
        if not source:
            return None
        step = source[-1]
        command = self._as_draft(step.inverse)
        filing, inverse = command.apply(self._filing)
        source.pop()
        target.append(_Step(self._seq + 1, command, inverse))
        self._merge = None
        return self._settle(filing, Change(self._seq + 1, command, inverse, origin, asker, step.seq))

    def _as_draft(self, command: Command) -> Command:
        """`command`, and that the filing is a draft again where it was none: the 核验码 on paper stands for what left.

        A step that was taken from what left the house brings its state back with its text.
        """
        if self._filing.state == "draft" or "state" in meta_set(command):
            return command
        return Batch((command, SetMeta("state", "draft")))  # type: ignore[arg-type]  # every command is one of its leaves

    def _settle(self, filing: Filing, change: Change) -> Change:
        self._filing = filing
        self._seq = change.seq
        self._untold.append(change)
        # A listener may change the draft itself; everyone still hears the changes in the order they happened.
        if not self._telling:
            self._tell()
        return change

    def _tell(self) -> None:
        self._telling = True
        try:
            while self._untold:
                change = self._untold.popleft()
                for listener in tuple(self._listeners):
                    listener(change)
        finally:
            self._telling = False

    def _remember(self, edit: Edit) -> None:
        if _only_state(edit.forward):
            return
        step = _Step(edit.seq, edit.forward, edit.inverse)
        if edit.origin == CONTINUED and self._done:
            if not self._goes_on(edit.forward, edit.inverse):
                self._done[-1] = replace(self._done[-1], forward=edit.forward)
        elif edit.undoes is not None and self._done and self._done[-1].seq == edit.undoes:
            self._done.pop()
            self._undone.append(step)
        elif edit.undoes is not None and self._undone and self._undone[-1].seq == edit.undoes:
            self._undone.pop()
            self._done.append(step)
        else:
            self._done.append(step)
            self._undone.clear()


def _only_state(command: Command) -> bool:
    """Whether a filing only left the house or came back: that is no step of whoever types, and undo passes it over."""
    return command.leaves != () and all(isinstance(one, SetMeta) and one.name == "state" for one in command.leaves)


def step_title(command: Command) -> str:
    """What a step is called, for people."""
    if isinstance(command, Batch):
        drawn = [one for one in command.commands if not isinstance(one, SetMeta)]
        if command.title or len(drawn) != 1:
            return sentence(command.title or _TITLES[Batch])
        return step_title(drawn[0])
    return sentence(_TITLES[type(command)])
