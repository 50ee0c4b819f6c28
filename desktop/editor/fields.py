"""The editors of blanks: what is typed stays as typed; while an input method composes, nothing is told or changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QStyle, QStyleOption, QWidget

from desktop.editor.tree_cell import PADDING, CellEditor, prefer_numbers
from desktop.editor.tree_text import Face
from forms.template.model import Field
from forms.values import NUMBERS, Kind, fold

_LINES = {Kind.TEXT: 1, Kind.REGION: 1, Kind.LONG: 3}  # that an empty blank shows; the other kinds have one for ever
_LETTERS = {Kind.TEXT: 8, Kind.REGION: 6, Kind.LONG: 16, Kind.DATE: 9, Kind.YEAR: 6, Kind.INTEGER: 5, Kind.PERCENT: 5}
_ARROW = 18  # logical pixels at the end of a date
_FEW_LETTERS = 7  # that a blank among words has room for, at least
_CENTRED = (*NUMBERS, Kind.DATE, Kind.CODE)  # as on paper
_CENTRED_BELOW = 220  # logical pixels; in a wide cell a number stands left, as on paper
_OWN_HISTORY = ("edit-undo", "edit-redo")


class LineEditor(QLineEdit):
    """One line: an amount, a date, a code. `typed` comes with every change by hand."""

    typed = Signal()
    composing = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.textEdited.connect(self.typed)

    def put(self, text: str) -> None:
        """Show another text, the caret where it was; nothing happens while letters are composed."""
        if self.text() != text and not self.composing:
            at = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(at, len(text)))

    def mark(self, first: int, last: int) -> None:
        """Select the characters from `first` to `last`."""
        self.setSelection(first, last - first)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 — Qt's own name
        """Let the input method compose in peace."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 — Qt's own name
        """The usual menu without the widget's own undo: undo is the filing's."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in _OWN_HISTORY:
                menu.removeAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


class TextEditor(CellEditor):
    """Text that wraps and grows with what is written; a table pasted into it stays text."""

    grown = Signal()

    def __init__(self, lines: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = lines
        self._tall = 0
        self._face: Face | None = None
        self.setFrameStyle(QFrame.Shape.NoFrame)  # the cell around it shows where the caret is
        self.setAutoFillBackground(False)
        self.document().setDocumentMargin(PADDING)
        self.textChanged.connect(self._grow)

    @property
    def is_long(self) -> bool:
        """Whether it is for paragraphs, so that Enter makes one."""
        return self._lines > 1

    def height_for(self, width: int) -> int:
        """How high it stands in a blank so wide: all of its lines, and never fewer than the blank has."""
        face = self._face = self._face or Face(self.font())
        tall = face.measure(self.text(), max(width - 2 * PADDING - 2, 1))
        return int(max(tall, self._lines * face.height)) + 2 * PADDING + 1

    def put(self, text: str) -> None:
        """Show another text, as high as that is."""
        super().put(text)
        self._grow()

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's own name
        """As wide as it is, and as high as it has to be."""
        return QSize(self.width(), self.height_for(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's own name
        """Know the height that was given."""
        super().resizeEvent(event)
        self._tall = event.size().height()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Measure anew with another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._face = None

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 — Qt's own name
        """Paste plain text, whatever was copied."""
        self.insertPlainText(source.text())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 — Qt's own name
        """The usual menu; it has no undo because the widget has none."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _grow(self) -> None:
        if self.height_for(self.width()) != self._tall:
            self.grown.emit()


class ChoiceEditor(QComboBox):
    """A choice to pick or to type; what is no choice is kept, and reported like anything else."""

    typed = Signal()

    def __init__(self, choices: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFrame(False)
        self._line = LineEditor(self)
        self.setLineEdit(self._line)
        self.setCompleter(None)  # type: ignore[arg-type]  # a completer would change what is typed
        self.addItems(list(choices))
        self.setCurrentIndex(-1)
        self._line.typed.connect(self.typed)
        self.activated.connect(self.typed)

    @property
    def composing(self) -> bool:
        """Whether an input method is at work here."""
        return self._line.composing

    def text(self) -> str:
        """What is typed or picked."""
        return self._line.text()

    def put(self, text: str) -> None:
        """Show another text, picked where it is one of the choices."""
        if self.text() != text and not self.composing:
            self.setCurrentIndex(self.findText(text, Qt.MatchFlag.MatchExactly))
            self._line.put(text)

    def mark(self, first: int, last: int) -> None:
        """Select the characters from `first` to `last`."""
        self._line.mark(first, last)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's own name
        """The wheel scrolls the form and never changes a value."""
        event.ignore()


class DateEditor(LineEditor):
    """A date to type, or to pick on a calendar: by the arrow at its end, F4 or Alt+↓."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setTextMargins(0, 0, _ARROW, 0)

    def open_calendar(self) -> None:
        """Open the calendar, as a dialog: where it has a text field, an input method has to work."""
        from desktop.dialogs.calendar import CalendarDialog  # noqa: PLC0415 — a form is built without it

        dialog = CalendarDialog(self._name, self.text(), self)
        dialog.chosen.connect(self._picked)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's own name
        """The keys by which a list would open."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or (alt and event.key() == Qt.Key.Key_Down):
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's own name
        """Tell by the pointer that the arrow is to be clicked."""
        over = self._is_arrow(event)
        self.setCursor(Qt.CursorShape.ArrowCursor if over else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's own name
        """A click on the arrow opens the calendar."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._is_arrow(event):
            self.open_calendar()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's own name
        """The date, and an arrow as lists have one."""
        super().paintEvent(event)
        option = QStyleOption()
        option.initFrom(self)
        option.rect = QRect(self.width() - _ARROW, 0, _ARROW, self.height())  # type: ignore[attr-defined]  # left out of PySide's stubs
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorArrowDown, option, painter, self)
        painter.end()

    def _is_arrow(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self.width() - _ARROW

    def _picked(self, text: str) -> None:
        self.put(text)
        self.typed.emit()


class TickEditor(QCheckBox):
    """The box of one choice: ticking it puts the choice into the field, taking the tick out empties it."""

    typed = Signal()
    composing = False

    def __init__(self, choice: str, parent: QWidget | None = None) -> None:
        super().__init__(choice.replace("&", "&&"), parent)
        self._choice = choice
        self.clicked.connect(self.typed)

    def text(self) -> str:  # what the field is to hold, not the words beside the box
        """The choice where it is ticked."""
        return self._choice if self.isChecked() else ""

    def put(self, text: str) -> None:
        """Tick the box where the field holds this choice."""
        self.setChecked(fold(text) == fold(self._choice))

    def mark(self, first: int, last: int) -> None:
        """A box has no characters to select."""


Editor = LineEditor | TextEditor | ChoiceEditor | TickEditor


def editor_for(field: Field, tick: str, parent: QWidget) -> Editor:
    """The editor for a blank of `field`; one box of it where `tick` names a choice; read-only where it is computed."""
    editor = _made(field, tick, parent)
    editor.setObjectName(f"tick:{field.name}:{tick}" if tick else f"field:{field.name}")
    editor.setMinimumWidth(1)  # the form decides
    palette = editor.palette()
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)  # the ground is the cell's
    editor.setPalette(palette)
    prefer_numbers(editor, field.kind)
    return editor


def _made(field: Field, tick: str, parent: QWidget) -> Editor:
    if tick:
        return TickEditor(tick, parent)
    if field.formula is not None:
        editor = LineEditor(parent)
        editor.setReadOnly(True)
        return editor
    if field.kind is Kind.DATE:
        return DateEditor(field.name, parent)
    if choices := field.choices or tuple(_years(field)):
        return ChoiceEditor(choices, parent)
    return TextEditor(_LINES[field.kind], parent) if field.kind in _LINES else LineEditor(parent)


def _years(field: Field) -> Iterator[str]:
    """The years a form may be for: budgets are made for the next one, and carried out and reported on after it."""
    if field.kind is Kind.YEAR:
        this = datetime.now().astimezone().year
        yield from (str(this + ahead) for ahead in (1, 0, -1))


def letters(field: Field) -> int:
    """How many Chinese letters a blank of this field has room for among the words of a cell."""
    longest = max(map(len, field.choices), default=0)
    return max(_LETTERS.get(field.kind, _FEW_LETTERS), longest + 2 if longest else 0)


def align(editor: Editor, field: Field, width: int) -> None:
    """Let a number stand in the middle of a narrow cell, as it does on paper."""
    line = editor.lineEdit() if isinstance(editor, ChoiceEditor) else editor
    if isinstance(line, QLineEdit):
        centred = field.kind in _CENTRED and width < _CENTRED_BELOW
        line.setAlignment(Qt.AlignmentFlag.AlignCenter if centred else Qt.AlignmentFlag.AlignLeft)
