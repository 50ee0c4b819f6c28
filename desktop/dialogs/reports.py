"""What became of each of several things: its name and a result, and below it lines as long as they need to be."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop import theme

_MARGIN = 8
_ENDLESS = 1 << 20


class ReportTree(QTreeWidget):
    """A tree of two columns: the second is as wide as its results, the first has the rest."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setColumnCount(2)
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapped(self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def add(self, name: str, result: str, meaning: str) -> QTreeWidgetItem:
        """One more thing with its result, in the colour of a meaning of `theme`."""
        item = QTreeWidgetItem(self, [name])
        self.judge(item, result, meaning)
        return item

    def judge(self, item: QTreeWidgetItem, result: str, meaning: str) -> None:
        """Give a thing another result."""
        item.setText(1, result)
        item.setForeground(1, theme.colour(meaning))
        self.resizeColumnToContents(1)

    @staticmethod
    def tell(item: QTreeWidgetItem, line: str) -> QTreeWidgetItem:
        """One more line below a thing, over the whole width."""
        below = QTreeWidgetItem(item, [line])
        below.setFirstColumnSpanned(True)
        item.setExpanded(True)
        return below

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Measure the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Wrapped(QStyledItemDelegate):
    """Lines below a thing are as high as their words at the width of the tree, which Qt's own tree leaves out."""

    def __init__(self, tree: ReportTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 — Qt's name
        """The size of a cell; of a line with its height at the width there is."""
        size = super().sizeHint(option, index)
        if not index.parent().isValid():
            return size
        width = self._tree.viewport().width() - 2 * self._tree.indentation() - _MARGIN
        room = QRect(0, 0, width, _ENDLESS)
        words = self._tree.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWrapAnywhere), str(index.data()))
        return QSize(width, words.height() + _MARGIN)
