"""Draws an item of a list in two lines: its name, and what tells it apart from others of that name."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme

DETAILS_ROLE = Qt.ItemDataRole.UserRole + 1  # the second line
Index = QModelIndex | QPersistentModelIndex

_MARGIN = 6
_SMALLER = 0.9
# Not clipped: the letters of a font that stands in for another may be taller than that one.
_LINE = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextDontClip)


class TwoLines(QStyledItemDelegate):
    """Two lines for each item. A name keeps its beginning and its end, and the tool tip has the whole of it."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802 — Qt's name
        """Two lines and the margins."""
        font = _fields(option).font
        lines = QFontMetrics(font).height() + QFontMetrics(_small(font)).height()
        return QSize(120, lines + 2 * _MARGIN + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the style, then the two lines."""
        self.initStyleOption(option, index)
        given = _fields(option)
        given.text = ""
        style = given.widget.style() if given.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, given.widget)
        selected = bool(given.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        text = given.palette.color(role)
        painter.save()
        room = given.rect.adjusted(_MARGIN + 2, _MARGIN, -_MARGIN, -_MARGIN)
        painter.setPen(text)
        below = _line(painter, given.font, room, index.data(), Qt.TextElideMode.ElideMiddle)
        painter.setPen(text if selected else theme.colour("muted"))
        _line(
            painter,
            _small(given.font),
            room.adjusted(0, below, 0, 0),
            index.data(DETAILS_ROLE),
            Qt.TextElideMode.ElideRight,
        )
        painter.restore()


def _fields(option: QStyleOptionViewItem) -> Any:  # PySide's stubs leave the fields of an option out
    return option


def _small(font: QFont) -> QFont:
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * _SMALLER)
    return smaller


def _line(painter: QPainter, font: QFont, room: QRect, text: str, elide: Qt.TextElideMode) -> int:
    """Draw `text` on the first line of `room`; gives the height it took, in pixels."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    shown = metrics.elidedText(text, elide, room.width())
    painter.drawText(room, _LINE, shown)
    return metrics.height() + 2
