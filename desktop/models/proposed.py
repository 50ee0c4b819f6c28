"""The cells of a form nobody has a template for, and what each was taken for, as a list for the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop import theme
from desktop.labels import literal
from desktop.models.lines import LinesModel
from forms.authoring.proposal import Proposal, ProposedCell
from forms.language import N_, sentence

DOUBTFUL = 65  # per cent


class ProposedModel(LinesModel[ProposedCell]):
    """The cells of one proposal that hold something or are to be filled in, in the order of the form."""

    headings = (N_("原文"), N_("当作"), N_("字段"), N_("类型"), N_("把握"))

    def show(self, proposal: Proposal) -> None:
        """Show another proposal."""
        self.beginResetModel()
        self.lines = tuple(one for one in proposal.cells if one.given.text.strip() or one.field)
        self.endResetModel()

    def line_of(self, field: str) -> int:
        """The line of the cell that became a field; -1 where there is none."""
        return next((number for number, one in enumerate(self.lines) if one.field == field), -1)

    def said(self, line: ProposedCell, column: int, role: int) -> object:
        """Texts; what is doubtful in a colour, with the reason as a tip."""
        words = (line.given.text, str(line.part), line.field, line.kind, f"{line.sure}%")
        if role == Qt.ItemDataRole.DisplayRole:
            return words[column]
        if role == Qt.ItemDataRole.ForegroundRole and line.sure < DOUBTFUL:
            return theme.colour("warning")
        if role == Qt.ItemDataRole.ToolTipRole:
            return literal(sentence(line.why))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (*words, sentence(line.why))))
        return None
