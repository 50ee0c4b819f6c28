"""The bar above the form for what must not be missed: a failed save, a library that cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from desktop import theme
from forms.language import N_, sentence

_ICONS = {"error": "octagon-alert", "warning": "triangle-alert"}


class Notice(QFrame):
    """One sentence on a coloured ground with an icon; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAutoFillBackground(True)
        self._severity = "error"
        self._said: object = ""
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName("notice-text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setWordWrap(True)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()
        self.hide()

    def say(self, said: object, severity: str = "error") -> None:
        """Show a sentence, or an error that makes one in any language; an empty one takes the bar away.

        `severity` is `error` or `warning`.
        """
        self._severity = severity
        self._said = said
        self._word()
        self.redraw()
        self.setVisible(bool(self._text.text()))

    def withdraw(self, said: object) -> None:
        """Take back what was said, where nothing else has been said since."""
        if self._said is said:
            self.say("")

    @property
    def text(self) -> str:
        """The sentence shown; empty while the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    def retranslate(self) -> None:
        """Say everything in the language in use, as far as what was said can."""
        self._word()
        self._close.setIcon(theme.icon("x"))
        self._close.setToolTip(sentence(N_("知道了")))
        self._close.setAccessibleName(sentence(N_("知道了")))

    def _word(self) -> None:
        self._text.setText(str(self._said))
        self._text.setAccessibleName(self._text.text())

    def redraw(self) -> None:
        """Show the colours of the theme in use."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, theme.colour(f"{self._severity}_ground"))
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._severity))
        self.setPalette(palette)
        self._text.setPalette(palette)
        self._icon.setPixmap(theme.icon(_ICONS[self._severity], theme.colour(self._severity)).pixmap(20, 20))
        self._close.setIcon(theme.icon("x"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
