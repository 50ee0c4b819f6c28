"""The line at the bottom: what has just happened, and when everything was last on the disk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop import theme
from forms.language import N_, sentence

_SHOWN_MS = 15_000


class Status(QStatusBar):
    """Says things that may be missed at the left; at the right stands the state of saving, in words and colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._time = ""
        self._failed = False
        self._saving = QLabel(self)
        self._saving.setObjectName("saved")
        self._saving.setTextFormat(Qt.TextFormat.PlainText)
        self._saving.setContentsMargins(8, 0, 8, 0)
        self.addPermanentWidget(self._saving)

    def say(self, text: str) -> None:
        """Say something quietly, for a quarter of a minute."""
        self.showMessage(text, _SHOWN_MS)

    def saved(self, time: str) -> None:
        """Tell the time of the last durable save; an empty one means that nothing is open."""
        self._time, self._failed = time, False
        self.redraw()

    def not_saved(self) -> None:
        """Tell that something typed is not on the disk yet."""
        self._failed = True
        self.redraw()

    @property
    def saving(self) -> str:
        """The words about saving."""
        return self._saving.text()

    def redraw(self) -> None:
        """Show the state of saving in the language and the theme in use."""
        if self._failed:
            words = sentence(N_("尚未保存"))
        else:
            words = sentence(N_("已保存 {time}"), {"time": self._time}) if self._time else ""
        palette = QPalette(self.palette())
        if self._failed:
            palette.setColor(QPalette.ColorRole.Window, theme.colour("error"))
            palette.setColor(QPalette.ColorRole.WindowText, theme.colour("error_ground"))
        else:
            palette.setColor(QPalette.ColorRole.WindowText, theme.colour("good"))
        self._saving.setAutoFillBackground(self._failed)
        self._saving.setPalette(palette)
        self._saving.setText(words)
        self._saving.setAccessibleName(words)
