"""The problems of a filing as a list for the screen; what changes is put in and taken out, the rest stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from desktop import theme
from desktop.labels import literal
from desktop.models.lines import NOWHERE, LinesModel
from desktop.models.remarks import SEVERITY
from forms.language import N_, sentence
from forms.places import Positions
from forms.problem import Problem
from forms.rules import Review

_PENDING = N_("未核对")
_MOST_COMPARED = 400  # beyond this many rows of difference the rows are simply exchanged


class Column(IntEnum):
    """What stands beside each other."""

    SEVERITY = 0
    PLACE = 1
    MESSAGE = 2
    RULE = 3
    FIX = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list, in words; `problem` is None for a rule that cannot be judged yet."""

    severity: str
    place: str
    message: str
    rule: str
    problem: Problem | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two lines the same problem, however its figures have changed."""
        if self.problem is None:
            return (self.rule,)
        return self.problem.rule, self.problem.at, self.problem.span, self.problem.severity, self.problem.message

    @property
    def fix(self) -> str:
        """The words of the repair on offer; empty where there is none."""
        return str(self.problem.fix) if self.problem and self.problem.fix else ""

    def words(self, column: int) -> str:
        """The text of one column."""
        return (self.severity, self.place, self.message, self.rule, self.fix)[column]


def entries(review: Review) -> tuple[Entry, ...]:
    """The lines for a review: its problems, gravest first, then the rules not judged yet."""
    positions = Positions(review.template, review.filing)
    found = [
        Entry(sentence(SEVERITY[one.severity]), positions.describe(one.at), str(one), one.rule, one)
        for one in review.standing
    ]
    found += [
        Entry(sentence(_PENDING), "", sentence(verdict.message, verdict.params), rule)
        for rule, verdict in review.pending.items()
    ]
    return tuple(found)


class ProblemModel(LinesModel[Entry]):
    """Lines in the order given. `update` leaves alone what stays, so that a selection stays too."""

    headings = (N_("程度"), N_("位置"), N_("说明"), N_("规则"), N_("改法"))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Entry] = []

    def update(self, wanted: Sequence[Entry]) -> None:
        """Become `wanted` by the fewest insertions and removals."""
        for start, end, new in _differences(self.lines, wanted):
            self._exchange(start, end, new)
        for row, (old, new_entry) in enumerate(zip(self.lines, wanted, strict=True)):
            if old != new_entry:
                self.lines[row] = new_entry
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def said(self, line: Entry, column: int, role: int) -> object:
        """Words, their colour, and the whole line for people who listen."""
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return literal(line.words(column))
        if role == Qt.ItemDataRole.ForegroundRole:
            return _colour(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (line.severity, line.place, line.message)))
        return None

    def _exchange(self, start: int, end: int, new: Sequence[Entry]) -> None:
        if start < end:
            self.beginRemoveRows(NOWHERE, start, end - 1)
            del self.lines[start:end]
            self.endRemoveRows()
        if new:
            self.beginInsertRows(NOWHERE, start, start + len(new) - 1)
            self.lines[start:start] = new
            self.endInsertRows()


def _differences(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[tuple[int, int, Sequence[Entry]]]:
    """Stretches of `old` to be exchanged, the last first, so that the places of the others still hold."""
    before, after = [one.key for one in old], [one.key for one in new]
    if before == after:
        return
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    if max(map(len, middle)) > _MOST_COMPARED:
        yield head, len(before) - tail, new[head : len(new) - tail]
        return
    changes = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
    for tag, start, end, start_new, end_new in reversed(changes):
        if tag != "equal":
            yield head + start, head + end, new[head + start_new : head + end_new]


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many keys at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(one), len(other)))


def _colour(entry: Entry, column: int) -> QColor | None:
    if entry.problem is None:
        return theme.colour("muted")
    if column == Column.SEVERITY:
        return theme.colour(entry.problem.severity)
    return QGuiApplication.palette().color(QPalette.ColorRole.Link) if column == Column.FIX else None
