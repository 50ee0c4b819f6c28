"""Editors of the cells that have choices: a text with a list to choose from, and a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton, QWidget

from desktop import theme
from desktop.editor.tree_cell import PADDING, CellEditor
from forms.language import N_, sentence

_ARROW = 18


class ChoiceCell(CellEditor):
    """The text of a cell that has choices: one is taken from the list, anything else that is typed is kept, too."""

    def __init__(self, choices: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = choices
        self._arrow = QToolButton(self)
        self._arrow.setObjectName("choices")
        self._arrow.setArrowType(Qt.ArrowType.DownArrow)
        self._arrow.setAutoRaise(True)
        self._arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arrow.setAccessibleName(sentence(N_("选项")))
        self._arrow.setToolTip(sentence(N_("选项（F4）")))
        self._arrow.setCursor(Qt.CursorShape.ArrowCursor)
        self._arrow.clicked.connect(self.offer)
        self.setViewportMargins(0, 0, _ARROW, 0)

    def offer(self) -> None:
        """Show the choices under the cell; the one that is taken goes in like anything typed."""
        menu = QMenu(self)
        menu.setObjectName("choices_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        for choice in self._choices:
            action = menu.addAction(choice.replace("&", "&&"))
            action.setObjectName("choice")
            action.triggered.connect(lambda _=False, choice=choice: self.take(choice))
            if choice == self.text():
                menu.setActiveAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def take(self, choice: str) -> None:
        """Put a choice in the place of what stands in the cell."""
        self.selectAll()
        self.insertPlainText(choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's own name
        """F4 shows the choices; every other key is the text's."""
        if event.key() == Qt.Key.Key_F4 and not event.modifiers():
            self.offer()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's own name
        """Keep the arrow at the end of the cell."""
        super().resizeEvent(event)
        self._arrow.setGeometry(self.width() - _ARROW - 1, 1, _ARROW, min(self.height() - 2, _ARROW + 2 * PADDING))


class TickCell(QCheckBox):
    """The box of a cell with a single choice, ticked where that stands in the filing."""

    typed = Signal()

    def __init__(self, choice: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.composing = False
        self.changed = False
        self._choice = choice
        self.setObjectName("tick_editor")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.toggled.connect(self._tell)

    def text(self) -> str:
        """The choice where the box is ticked, nothing where it is not."""
        return self._choice if self.isChecked() else ""

    def put(self, text: str) -> None:
        """Show what stands in the filing."""
        self.blockSignals(True)
        self.setChecked(text == self._choice)
        self.blockSignals(False)
        self.changed = False

    def mark(self, first: int, last: int) -> None:
        """There is no text to mark; the box itself has the focus."""

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As high as a line of text."""
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() + 2 * PADDING + 1)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 — Qt's own name
        """The whole cell is the box."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's own name
        """Del empties the cell, as it does a text; Space ticks and unticks."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setChecked(False)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's own
        """The box in the middle of the cell, and around it a line in the colour of what is chosen."""
        painter = QPainter(self)
        draw_tick(painter, self.rect(), self, on=self.isChecked())
        painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _tell(self) -> None:
        self.changed = True
        self.typed.emit()


Editor = CellEditor | TickCell


def draw_tick(painter: QPainter, cell: QRect, widget: QWidget, *, on: bool) -> None:
    """Draw a box in the middle of a cell, at the height of its first line; the style's own is lost on dark paper."""
    line = widget.fontMetrics().lineSpacing() + 2 * PADDING
    side = line / 2
    box = QRectF(cell.center().x() - side / 2, cell.top() + (line - side) / 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    chosen = widget.palette().color(QPalette.ColorRole.Highlight)
    painter.setPen(QPen(chosen if on else theme.colour("muted"), 1))
    painter.setBrush(chosen if on else QBrush())
    painter.drawRoundedRect(box, 2, 2)
    if on:
        corners = (QPointF(0.22, 0.52), QPointF(0.42, 0.72), QPointF(0.78, 0.3))
        painter.setPen(QPen(widget.palette().color(QPalette.ColorRole.HighlightedText), side / 7))
        painter.setBrush(QBrush())
        painter.drawPolyline([box.topLeft() + corner * side for corner in corners])
    painter.restore()
