"""What is wrong in a cell of the form, in small letters at its foot, and the button of the first fix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from desktop import theme
from desktop.bridge import Bridge
from desktop.labels import plain
from forms.problem import Fix, Problem

MARGIN = 3
_SMALL = 0.9  # of the text


class CellNote(QWidget):
    """Made with the first problem of a cell and kept; hidden while nothing is wrong there."""

    def __init__(self, bridge: Bridge, parent: QWidget, align: Qt.AlignmentFlag) -> None:
        super().__init__(parent)
        self.sentences: tuple[str, ...] = ()
        self._bridge = bridge
        self._severity = "error"
        self._fix: Fix | None = None
        self._label = plain("", "problem", parent=self)
        self._label.setAlignment(align)
        font = QFont(QApplication.font())
        font.setBold(False)  # as a title is
        self.setFont(font)
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        self._label.setFont(font)
        self.button = QPushButton(self)
        self.button.setObjectName("fix")
        self.button.clicked.connect(self._mend)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN + 1, 0, MARGIN, MARGIN)
        self._row.addWidget(self._label, 1)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show these problems, gravest first; nothing where there are none."""
        self.sentences = tuple(map(str, problems))
        self._fix = fix = next((problem.fix for problem in problems if problem.fix), None)
        self._label.setText("\n".join(self.sentences))
        self.button.setText(str(fix).replace("&", "&&") if fix is not None else "")
        self.button.setVisible(fix is not None)
        self._severity = str(problems[0].severity) if problems else self._severity
        self._paint()
        self.setVisible(bool(problems))

    def height_for(self, width: int) -> int:
        """How high it is in a width; nothing while nothing is wrong."""
        if not self.sentences:
            return 0
        return self._row.heightForWidth(width) if self._row.hasHeightForWidth() else self._row.sizeHint().height()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow a switch between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._severity))
        self._label.setPalette(palette)

    def _mend(self) -> None:
        if self._fix is not None:
            self._bridge.mend(self._fix)
