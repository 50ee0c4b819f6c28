"""The filings of a library as a Qt table: one row a filing, one column for each thing a person looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.labels import literal
from desktop.models.lines import LinesModel
from desktop.two_lines import DETAILS_ROLE
from forms.language import N_, sentence

if TYPE_CHECKING:  # nothing of the library is needed before there is something to show
    from forms.store.records import Summary

STATES = {
    "draft": N_("草稿"),
    "exported": N_("已导出"),
    "submitted": N_("已上报"),
    "returned": N_("已退回"),
    "approved": N_("已通过"),
}
TITLE, UNIT, YEAR, STATE, TEMPLATE, UPDATED = range(6)

ID_ROLE = Qt.ItemDataRole.UserRole


class LibraryModel(LinesModel["Summary"]):
    """The summaries of the library, in its order; `narrow` leaves those that hold every word of a search."""

    headings = (N_("标题"), N_("单位"), N_("年度"), N_("状态"), N_("表样"), N_("最后修改"))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Summary, ...] = ()
        self._words: tuple[str, ...] = ()
        self._said: dict[str, str] = {}  # the filings in whose texts the words stand, each with the line

    @property
    def count(self) -> int:
        """How many filings there are, found or not."""
        return len(self._all)

    def show(self, summaries: Sequence[Summary]) -> None:
        """Show these filings; where the same ones stay in the same order only their words are told to have changed."""
        self._all = tuple(summaries)
        self._settle()

    def narrow(self, text: str) -> None:
        """Show only filings with every word of `text` in their title, unit, year, state or template."""
        self._words = tuple(text.casefold().split())
        self._said = {}
        self._settle()

    def add_found(self, said: Mapping[str, str]) -> None:
        """Show besides those in whose texts the words of the search stand, by id, each with the line they stand in."""
        self._said = dict(said)
        self._settle()

    def row_of(self, ident: str) -> int:
        """The row a filing stands in; -1 where it is not shown."""
        return next((row for row, one in enumerate(self.lines) if one.id == ident), -1)

    def hides(self, ident: str) -> bool:
        """Whether a filing is there and the search leaves it out."""
        return self.row_of(ident) < 0 and any(one.id == ident for one in self._all)

    def retranslate(self) -> None:
        """Say the headings in the language in use; a search by state finds its words, too."""
        super().retranslate()
        self._settle()

    def said(self, line: Summary, column: int, role: int) -> object:
        """The words of one cell; the id, and what tells it from others of its title, under roles of their own."""
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return literal("\n".join((line.printed or line.template, *details(line))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (line.printed, *details(line))))
        if role == ID_ROLE:
            return line.id
        return (self._said.get(line.id) or " · ".join(details(line))) if role == DETAILS_ROLE else None

    def _settle(self) -> None:
        shown = tuple(one for one in self._all if self._found(one))
        if [one.id for one in shown] == [one.id for one in self.lines]:
            self.lines = shown
            if shown:
                self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(self.headings) - 1))
            return
        self.beginResetModel()
        self.lines = shown
        self.endResetModel()

    def _found(self, one: Summary) -> bool:
        if not self._words or one.id in self._said:
            return True
        text = "\n".join((one.title, one.unit, one.year, state_words(one.state), one.template)).casefold()
        return all(word in text for word in self._words)


def state_words(state: str) -> str:
    """The state of a filing, for people."""
    return sentence(STATES.get(state, state))


def details(one: Summary) -> tuple[str, ...]:
    """What tells filings of one title apart: state, year, subject, unit; the template where the title is silent."""
    template = "" if one.template in one.title else one.template
    year = "" if one.year in one.printed else one.year
    return tuple(filter(None, (state_words(one.state), year, one.subject, one.unit, template)))


def _words(one: Summary, column: int) -> str:
    return (
        one.printed or one.template, one.unit, one.year, state_words(one.state), one.template,
        one.updated.replace("T", " ")[:16],
    )[column]  # fmt: skip
