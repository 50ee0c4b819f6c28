"""Labels for sentences: always plain text, so that nothing a file or a person wrote is ever read as markup."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain(text: str = "", name: str = "", *, wrap: bool = True, parent: QWidget | None = None) -> QLabel:
    """A label showing `text` as it stands; it can be selected with the mouse, to be copied into a message."""
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setText(text)
    return label


def literal(text: str) -> str:
    """A text for a tool tip, which Qt would read as markup where it looks like some; nothing for nothing."""
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>' if text else ""
