"""What differs between two filings, as a list for the screen: where, what stood there, what stands there now."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop import theme
from desktop.models.lines import LinesModel
from forms.comparison import Comparison, What
from forms.comparison.words import WHAT, Line, lines
from forms.language import N_, sentence

_COLOURS = {
    What.ADDED: "good", What.DROPPED: "error", What.CHANGED: "warning", What.MOVED: "hint", What.REWRITTEN: "hint",
}  # fmt: skip


class DifferenceModel(LinesModel[Line]):
    """The differences of one comparison in the order of the form."""

    headings = (N_("改动"), N_("位置"), N_("栏目"), N_("修改前"), N_("修改后"))

    def show(self, comparison: Comparison | None) -> None:
        """Show another comparison, or none."""
        self.beginResetModel()
        self.lines = tuple(lines(comparison)) if comparison is not None else ()
        self.endResetModel()

    def said(self, line: Line, column: int, role: int) -> object:
        """Texts, and what happened in a colour and a word."""
        words = (sentence(WHAT[line.difference.what]), line.where, line.name, line.before, line.after)
        if role == Qt.ItemDataRole.DisplayRole:
            return words[column]
        if role == Qt.ItemDataRole.ForegroundRole and column == 0:
            return theme.colour(_COLOURS[line.difference.what])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            what, where, name, before, after = words
            told = {"what": what, "where": f"{where} {name}".strip(), "before": before, "after": after}
            return sentence(N_("{what}：{where}，原来“{before}”，现在“{after}”"), told)
        return None
