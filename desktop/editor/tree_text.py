"""Text of the cells of an indicator tree: wrapped, measured and drawn, laid out once as long as it is on the screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_SMALL = 0.9  # of the text, for what is said beneath it
_ON_SCREEN = 1_000
_LEFT = Qt.AlignmentFlag.AlignLeft


class Face:
    """One font; its lines are all equally high, though a Chinese letter may come from another font than a Latin one."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        layout = QTextLayout("国Ag", font)
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        self.height, self._ascent = line.height(), line.ascent()
        self._kept = lru_cache(_ON_SCREEN)(self._laid_out)

    def measure(self, text: str, width: int) -> float:
        """How high a text stands in a column so wide."""
        if not text or ("\n" not in text and self._metrics.horizontalAdvance(text) <= width):
            return self.height
        return self._laid_out(text, width).lineCount() * self.height

    def draw(self, painter: QPainter, at: QPointF, text: str, width: int, align: Qt.AlignmentFlag = _LEFT) -> None:
        """Draw a text in the colour of the painter's pen."""
        if text:
            self._kept(text, width, align).draw(painter, at)

    def _laid_out(self, text: str, width: int, align: Qt.AlignmentFlag = _LEFT) -> QTextLayout:
        layout = QTextLayout(text.replace("\n", "\u2028"), self.font)
        layout.setCacheEnabled(True)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, (layout.lineCount() - 1) * self.height + self._ascent - line.ascent()))
        layout.endLayout()
        return layout


class Faces:
    """The faces of a tree whose widget has `font`: of its texts, of its 一级, and of what is said beneath a text."""

    def __init__(self, font: QFont) -> None:
        self.text = Face(font)
        bold, small = QFont(font), QFont(font)
        bold.setBold(True)
        small.setPointSizeF(font.pointSizeF() * _SMALL)
        self.bold, self.small = Face(bold), Face(small)
