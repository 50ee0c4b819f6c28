"""The mouse over an indicator tree: a click goes into a cell, a press that is drawn away drags rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPalette, QPixmap

from desktop import theme
from desktop.editor.tree_choice import TickCell
from forms.language import N_, sentence

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView

_WIDTH = 320  # logical pixels of the picture beside the mouse
_INSET = 8


class TreeMouse:
    """Knows the cell the mouse went down on: it opens when the mouse is let go there.

    While it is `down` nothing is said or left unsaid that was not before, or rows would slip away under the mouse.
    """

    def __init__(self, view: IndicatorView) -> None:
        self._view = view
        self._pressed = QPersistentModelIndex()

    @property
    def down(self) -> bool:
        """Whether the mouse is held down on a cell."""
        return self._pressed.isValid()

    def press(self, event: QMouseEvent) -> None:
        """Remember the cell; with a key held down the click chooses rows and opens none."""
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        index = self._view.indexAt(event.position().toPoint()) if plain else QModelIndex()
        self._pressed = QPersistentModelIndex(index)

    def release(self, event: QMouseEvent) -> None:
        """Put the caret into the cell that was clicked; a box is ticked by the same click."""
        view, point = self._view, event.position().toPoint()
        index, pressed = view.indexAt(point), self._pressed
        clicked = index.isValid() and pressed == QPersistentModelIndex(index) and view.visualRect(index).contains(point)
        self._let_go()
        if clicked:
            view.go_to(index)
            if isinstance(editor := view.cell_editor(), TickCell):
                editor.click()

    def drag(self) -> None:
        """Drag the chosen rows until the mouse lets go of them; the model moves them, and Qt takes nothing out."""
        view, idents = self._view, self._view.rows.chosen()
        if idents:
            drag = QDrag(view)
            drag.setMimeData(view.tree_model.mimeData([view.tree_model.index_of_row(ident) for ident in idents]))
            drag.setPixmap(_picture(view, idents))
            drag.setHotSpot(QPoint(-_INSET, -_INSET))
            drag.exec(Qt.DropAction.MoveAction)
        self._let_go()

    def _let_go(self) -> None:
        self._pressed = QPersistentModelIndex()
        self._view.be_quiet()


def _picture(view: IndicatorView, idents: list[str]) -> QPixmap:
    """The name of the first row, and how many there are where it is not alone."""
    name = str(view.tree_model.index_of_row(idents[0]).data() or "").partition("\n")[0]
    words = name if len(idents) == 1 else sentence(N_("共 {count} 条：{name}"), {"count": len(idents), "name": name})
    metrics, ratio = view.fontMetrics(), view.devicePixelRatioF()
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, _WIDTH - 2 * _INSET)
    rect = QRect(0, 0, metrics.horizontalAdvance(shown) + 2 * _INSET, metrics.height() + _INSET)
    picture = QPixmap(rect.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("paper"))
    painter = QPainter(picture)
    painter.setFont(view.font())
    painter.setPen(view.palette().color(QPalette.ColorRole.Text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)
    painter.setPen(view.palette().color(QPalette.ColorRole.Highlight))
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.end()
    return picture
