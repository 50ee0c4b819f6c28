"""One open filing as Qt signals: every change goes down through `do` and comes back as what changed and who asked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from forms.bearings import with_bearings
from forms.commands import Batch, Command
from forms.draft import Change, Draft
from forms.filing import Filing, Place
from forms.problem import Fix, Problem
from forms.rules import Review
from forms.scope import Neighbours
from forms.template.model import Template

_PAUSE_MS = 300  # a pause in typing: time to look at how words and indicators go together


class Bridge(QObject):
    """A draft, its template and its review. Emits `changed` once for every change, after the rules are settled.

    A view that asked for a change passes itself as `asker` and leaves out the redrawing it has already done.
    """

    changed = Signal(object)  # forms.draft.Change
    problems_changed = Signal()
    undo_changed = Signal()

    def __init__(
        self, draft: Draft, template: Template, neighbours: Neighbours | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self.template = template
        self.review = Review(template, draft.filing, neighbours)
        self._problems = self.review.problems
        self._by_place = _by_place(self._problems)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        draft.subscribe(self._settle)

    @property
    def filing(self) -> Filing:
        """The filing as it stands."""
        return self.draft.filing

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, gravest first."""
        return self._problems

    def do(self, command: Command, *, origin: str = "typed", asker: object = None, merge: object = None) -> Change:
        """Apply a command; year and unit follow what is typed in the form. CommandRefused with nothing changed."""
        command = with_bearings(self.template, self.filing, command)
        return self.draft.do(command, origin=origin, asker=asker, merge=merge)

    def mend(self, fix: Fix, *, asker: object = None) -> Change:
        """Do a safe repair as one step of undo, named by the words of its button."""
        return self.do(Batch(fix.commands, str(fix)), origin="fix", asker=asker)  # type: ignore[arg-type]  # a fix holds leaves

    def undo(self) -> None:
        """Take the last step back, where there is one."""
        self.draft.undo()

    def redo(self) -> None:
        """Do again what the last undo took back, where there is something."""
        self.draft.redo()

    def meet(self, neighbours: Neighbours) -> None:
        """Judge the filing beside other filings from now on."""
        self.review.meet(neighbours)
        self.look()

    def look(self) -> None:
        """Look at all of the filing now, at what otherwise waits for a pause in typing too."""
        self._pause.stop()
        if self._read_problems(self.review.problems):
            self.problems_changed.emit()

    def text(self, place: Place) -> str:
        """What stands at a place: the typed text, or what a formula made."""
        return self.review.computed.get(place) or self.filing.text(place)

    def holds(self, place: Place) -> bool:
        """Whether a place is there: its row may have gone."""
        filing = self.filing
        row = filing.row(place.table, place.row) if place.table else filing.indicator(place.indicator)
        return bool(place.field) or row is not None

    def problems_at(self, place: Place) -> tuple[Problem, ...]:
        """The problems of one very place, gravest first."""
        return tuple(self._by_place.get(place, ()))

    def _settle(self, change: Change) -> None:
        self.review.update(self.draft.filing, change.places)
        differs = self._read_problems(self.review.standing)
        self._pause.start()
        self.changed.emit(change)
        if differs:
            self.problems_changed.emit()
        self.undo_changed.emit()

    def _read_problems(self, found: tuple[Problem, ...]) -> bool:
        """Keep the problems found; whether they are not what they were."""
        before, self._problems = self._problems, found
        if before == self._problems:
            return False
        self._by_place = _by_place(self._problems)
        return True


def _by_place(problems: Iterable[Problem]) -> dict[Place, list[Problem]]:
    found: dict[Place, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.at, []).append(problem)
    return found
