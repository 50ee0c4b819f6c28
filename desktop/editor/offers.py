"""The indicators on offer below the cell of a 三级指标 while it is typed.

The list is a window of its own that never has the focus: the caret stays in the cell, and so does the input method.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.models.lines import LinesModel
from desktop.two_lines import DETAILS_ROLE, TwoLines
from forms.language import N_, sentence

if TYPE_CHECKING:
    from desktop.editor.tree_cell import CellEditor
    from forms.indicator_library import Entry

_SHOWN = 6  # lines at most
_WIDTH = 360
_Search = Callable[[str], "Sequence[Entry]"]


class _Offered(LinesModel["Entry"]):
    headings = (N_("三级指标"),)

    def show(self, found: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def said(self, line: Entry, column: int, role: int) -> object:  # noqa: ARG002 — there is one column
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == DETAILS_ROLE:
            return details(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.description or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.name}，{details(line)}"
        return None


class Offers(QListView):
    """Offers what `search` finds for the text of one cell; `take` gets the one that is chosen."""

    def __init__(self, editor: CellEditor, search: _Search, take: Callable[[Entry], None]) -> None:
        super().__init__(editor)
        self._editor, self._search, self._take = editor, search, take
        self._model = _Offered(self)
        self.setObjectName("offers")
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(sentence(N_("可以取用的指标")))
        self.setModel(self._model)
        self.setItemDelegate(TwoLines(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._chosen)
        editor.typed.connect(self.look)
        editor.installEventFilter(self)
        self._window = editor.window()
        self._window.installEventFilter(self)

    def look(self) -> None:
        """Offer what answers the text that stands in the cell now; nothing for no text."""
        self._offer(self._search(self._editor.text()) if self._editor.text().strip() else ())

    def browse(self) -> None:
        """Offer what answers the text, or what is usual here where nothing but itself does."""
        text = self._editor.text().strip()
        others = [one for one in self._search(text) if one.name != text] if text else ()
        self._offer(others or self._search(""))

    def takes(self, event: QKeyEvent) -> bool:
        """Do what a key means for the list; whether it means anything. To be asked before the keys of the cell."""
        if self._editor.composing:
            return False
        deed = self._deed(event.key()) if event.modifiers() in _PLAIN else None
        if deed is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            deed()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Go away with the focus, and when the window moves from under the list; follow the cell as its row grows."""
        if watched not in (self._editor, self._window):  # a view watches its own parts, too
            return super().eventFilter(watched, event)
        if event.type() in _LEAVING or (event.type() == QEvent.Type.Move and watched is self._window):
            self.hide()
        elif event.type() in _MOVING and self.isVisible():
            self.move(self._where())
        return False

    def _deed(self, key: int) -> Callable[[], object] | None:
        if not self.isVisible():
            return self.browse if key == Qt.Key.Key_F4 else None
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            return lambda: self._step(1 if key == Qt.Key.Key_Down else -1)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            return lambda: self._chosen(self.currentIndex())
        return self.hide if key in (Qt.Key.Key_Escape, Qt.Key.Key_F4) else None

    def _step(self, by: int) -> None:
        """The next line or the one before; from the first one up, back into the text."""
        row = self.currentIndex().row() + by
        self.setCurrentIndex(self._model.index(min(row, len(self._model.lines) - 1), 0) if row >= 0 else QModelIndex())

    def _chosen(self, index: QModelIndex) -> None:
        self.hide()
        self._take(self._model.lines[index.row()])

    def _offer(self, found: Sequence[Entry]) -> None:
        only = len(found) == 1 and found[0].name == self._editor.text().strip()  # it is there already
        self._model.show(() if only else found)
        self.setCurrentIndex(QModelIndex())
        if not self._model.lines:
            self.hide()
            return
        line = self.sizeHintForRow(0)
        self.resize(max(_WIDTH, self._editor.width()), min(len(found), _SHOWN) * line + 2 * self.frameWidth())
        self.move(self._where())
        self.show()

    def _where(self) -> QPoint:
        """Below the cell, or above it where the screen has no room."""
        below = self._editor.mapToGlobal(QPoint(0, self._editor.height()))
        room = self._editor.screen().availableGeometry()
        if below.y() + self.height() > room.bottom():
            below.setY(self._editor.mapToGlobal(QPoint(0, 0)).y() - self.height())
        below.setX(min(below.x(), room.right() - self.width()))
        return below


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_MOVING = (QEvent.Type.Move, QEvent.Type.Resize)
_LEAVING = (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate, QEvent.Type.Wheel)


def details(entry: Entry) -> str:
    """What is usual for an indicator, in one line: value or unit, basis, category, how often it was used here."""
    value = entry.value if len(entry.value) > 1 else f"{entry.value} {entry.unit}".strip()
    used = sentence(N_("这里用过 {count} 次"), {"count": entry.used}) if entry.used else ""
    return " · ".join(filter(None, (value, entry.basis, entry.category, used)))


def offers_of(widget: QWidget) -> Offers | None:
    """The offers of an editor, where it has some."""
    found = widget.findChild(Offers)
    return found if isinstance(found, Offers) else None
