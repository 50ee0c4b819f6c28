"""A list to be read: whole sentences, as many lines high as they need, measured only where they are seen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

_SLACK = 0.4  # of a letter's height


class WrappedTable(QTableView):
    """Rows are selected whole and wrap; Enter is told by `entered_row`, Tab leaves."""

    entered_row = Signal(QModelIndex)

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._measure)
        for signal in (
            model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged,
            self.verticalScrollBar().valueChanged, header.sectionResized,
        ):  # fmt: skip
            signal.connect(self._later)

    def widen(self, column: int, characters: float) -> None:
        """Make a column as wide as so many Chinese characters."""
        self.setColumnWidth(column, round(self.fontMetrics().horizontalAdvance("宽") * characters))

    def _later(self) -> None:
        self._soon.start(0)

    def _measure(self) -> None:
        current = self.currentIndex()
        stays = self.visualRect(current).intersects(self.viewport().rect())
        row = max(self.rowAt(0), 0)
        # A row that becomes lower lets another one into view.
        while row < self.model().rowCount() and self.rowViewportPosition(row) < self.viewport().height():
            # Qt leaves a last line out that would be cut were it as high as the one before: letters differ by font.
            self.setRowHeight(row, self.sizeHintForRow(row) + round(self.fontMetrics().height() * _SLACK))
            row += 1
        if stays:
            self.scrollTo(current)  # the rows above have pushed it down

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Measure the rows that have come into view."""
        super().resizeEvent(event)
        self._later()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Enter goes where the current line leads."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
