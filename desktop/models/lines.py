"""A list of records for the screen: one row a record, one column for each thing told of it, nothing to edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from forms.language import sentence

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

Line = TypeVar("Line")


class LinesModel(QAbstractTableModel, Generic[Line]):
    """What the lists of filings, of problems and of what comes in have in common; `said` is for each to tell.

    `headings` are sentences of the catalogue. Whoever changes `lines` tells Qt so.
    """

    headings: tuple[str, ...] = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def said(self, line: Line, column: int, role: int) -> object:
        """What the cell of a line says in a role of Qt."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Say the headings in the language in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.headings) - 1)

    # --- what Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 — Qt's name
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 — Qt's name
        """One column for each heading."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What `said` tells of the line."""
        return self.said(self.lines[index.row()], index.column(), role) if index.isValid() else None

    def headerData(  # noqa: N802 — Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The heading of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return sentence(self.headings[section])
        return None
