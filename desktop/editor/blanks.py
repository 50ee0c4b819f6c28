"""Editors for the blanks of a form: each shows one place of the filing and sends what is typed there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.bridge import Bridge
from forms.commands import Batch, SetValue
from forms.filing import Place
from forms.places import describe
from forms.problem import Severity
from forms.template.model import Field
from forms.values import Kind

_LEAST_LINES, _MOST_LINES = 2, 14


class _Choice(QComboBox):
    """A list to choose from; what is typed beside it is kept, and the wheel never changes it."""

    def __init__(self, choices: tuple[str, ...]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(list(choices))
        self.setCurrentIndex(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's own name
        """Leave the wheel to the form."""
        event.ignore()


class _LongText(QPlainTextEdit):
    """A text of several lines that grows with what is typed; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        lines = max(_LEAST_LINES, min(int(self.document().size().height()), _MOST_LINES))
        height = lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin()) + 6
        if height != self.height():
            self.setFixedHeight(height)


class FieldBox(QWidget):
    """One blank: its editor and, below it, what is wrong with what stands there."""

    focused = Signal(object)

    def __init__(self, bridge: Bridge, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = Place(field=field.name)
        self._bridge = bridge
        self._field = field
        self._stay = 0  # how often the caret came here; letters of one stay are one step of undo
        self._left = False
        self._silent = False
        self.editor = self._made()
        self.editor.setObjectName(f"field:{field.name}")
        self.editor.installEventFilter(self)
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setWordWrap(True)
        self._repair = QPushButton()
        self._repair.clicked.connect(self._mend)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        for widget in (self.editor, self._said, self._repair):
            box.addWidget(widget)
        self.refresh()
        self.retranslate()

    def text(self) -> str:
        """What stands in the editor."""
        if isinstance(self.editor, QPlainTextEdit):
            # toPlainText would turn hard blanks into plain ones; what is typed is kept.
            return self.editor.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
        return self.editor.currentText() if isinstance(self.editor, QComboBox) else self.editor.text()

    def refresh(self) -> None:
        """Show what the filing holds, where it differs from what stands here."""
        text = self._bridge.text(self.place)
        if text != self.text():
            self._silent = True
            if isinstance(self.editor, QPlainTextEdit):
                self.editor.setPlainText(text)
            elif isinstance(self.editor, QComboBox):
                self.editor.setEditText(text)
            else:
                self.editor.setText(text)
            self._silent = False
        self.judge()

    def judge(self, *, missing: bool = False) -> None:
        """Say what is wrong here; what is missing only after the field was left, or when `missing` is asked for."""
        self._left = self._left or missing
        told = next((one for one in self._bridge.problems_at(self.place) if self._left or one.rule != "R-REQ"), None)
        self._said.setVisible(told is not None)
        self._repair.setVisible(told is not None and told.fix is not None)
        if told is not None:
            meaning = "error" if told.severity is Severity.ERROR else "warning"
            self._said.setText(str(told))
            self._said.setStyleSheet(f"color: {theme.colour(meaning).name()}")
            self._repair.setText(str(told.fix) if told.fix else "")

    def select(self, span: tuple[int, int] | None) -> None:
        """Put the caret here, and mark the characters of `span`."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if span is None:
            return
        if isinstance(self.editor, QPlainTextEdit):
            cursor = self.editor.textCursor()
            cursor.setPosition(min(span[0], len(self.text())))
            cursor.setPosition(min(span[1], len(self.text())), QTextCursor.MoveMode.KeepAnchor)
            self.editor.setTextCursor(cursor)
        else:
            line = self.editor.lineEdit() if isinstance(self.editor, QComboBox) else self.editor
            if isinstance(line, QLineEdit):
                line.setSelection(span[0], span[1] - span[0])

    def retranslate(self) -> None:
        """Say the name of the field to screen readers."""
        self.editor.setAccessibleName(describe(self.place, self._bridge.template, self._bridge.filing))
        self.editor.setToolTip(self._field.help)
        self.judge()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        """Follow the focus, and leave undo to the filing."""
        if event.type() == QEvent.Type.FocusIn:
            self._stay += 1
            self.focused.emit(self.place)
        elif event.type() == QEvent.Type.FocusOut:
            self._left = True
            self.judge()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            steps = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(step) for step in steps):
                event.ignore()  # the filing's own undo, not the widget's
                return True
        return super().eventFilter(watched, event)

    def _made(self) -> QLineEdit | QPlainTextEdit | QComboBox:
        editor: QLineEdit | QPlainTextEdit | QComboBox
        if self._field.kind is Kind.LONG:
            editor = _LongText()
            editor.textChanged.connect(self._typed)
        elif self._field.choices:
            editor = _Choice(self._field.choices)
            editor.editTextChanged.connect(self._typed)
        else:
            editor = QLineEdit()
            editor.textChanged.connect(self._typed)
        if self._field.formula is not None and not isinstance(editor, QComboBox):
            editor.setReadOnly(True)
        return editor

    def _typed(self) -> None:
        text = self.text()
        if self._silent or self._field.formula is not None or text == self._bridge.filing.text(self.place):
            return
        self._bridge.do(SetValue(self.place, text), asker=self, merge=(self.place, self._stay))

    def _mend(self) -> None:
        fix = next((one.fix for one in self._bridge.problems_at(self.place) if one.fix), None)
        if fix is not None:
            self._bridge.do(Batch(fix.commands, str(fix)), origin="fix")  # type: ignore[arg-type]  # leaves all


class TickBox(QCheckBox):
    """A box of the form: ticked where the field holds its choice."""

    focused = Signal(object)

    def __init__(self, bridge: Bridge, field: str, choice: str) -> None:
        super().__init__(choice)
        self.place = Place(field=field)
        self._bridge = bridge
        self._choice = choice
        self.setObjectName(f"tick:{field}:{choice}")
        self.clicked.connect(self._ticked)
        self.refresh()

    def refresh(self) -> None:
        """Show what the filing holds."""
        self.setChecked(self._bridge.filing.text(self.place) == self._choice)

    def judge(self, *, missing: bool = False) -> None:
        """A box has no room for words; the list of problems says what is missing."""

    def select(self, span: tuple[int, int] | None) -> None:  # noqa: ARG002 — as the other editors
        """Put the focus here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The choice is an official word and stays as it is."""

    def _ticked(self, checked: bool) -> None:
        self._bridge.do(SetValue(self.place, self._choice if checked else ""), asker=self)
