"""A drop-down list of a dialog that the wheel leaves alone: whoever scrolls past it changes nothing."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class ChoiceBox(QComboBox):
    """Chosen by keys and clicks only."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's name
        """Let what lies around it scroll."""
        event.ignore()
