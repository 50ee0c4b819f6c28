"""A window somebody types in until it is killed: `python -m tests.reliability.window_typist LIBRARY FILING SETTINGS`.

Each line on its standard output is a text the window has shown as saved.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.librarian import Librarian
from desktop.settings import Settings
from desktop.window import Window
from forms.commands import SetValue
from forms.filing import Place

AMOUNT = Place(field="资金需求")
_KEY_MS = 20


class Typist:
    """Adds a number to the text of one field with every key; what was typed and what is saved are told apart."""

    def __init__(self, window: Window, ident: str) -> None:
        self._window = window
        self._ident = ident
        self._typed = 0
        self._joined = False
        self._keys = QTimer()
        self._keys.setInterval(_KEY_MS)
        self._keys.timeout.connect(self._key)
        self._keys.start()
        window.work.open(ident)

    def _key(self) -> None:
        opening = self._window.open
        if opening is None:
            return
        if not self._joined:
            self._joined = True
            opening.saved.connect(self._saved)
        self._typed += 1
        # A stay of the caret of five keys: some are merged into one step of undo, as a person's are.
        opening.bridge.do(SetValue(AMOUNT, str(self._typed)), merge=self._typed // 5)
        if self._typed % 5 == 0:
            opening.flush()

    def _saved(self, _time: str) -> None:
        os.write(1, f"{self._typed}\n".encode())


def main() -> None:
    """Show the window and type for ever."""
    app = QApplication(sys.argv[:1])
    window = Window(Librarian(Path(sys.argv[1])), Settings(Path(sys.argv[3])))
    window.show()
    typist = Typist(window, sys.argv[2])
    app.exec()
    del typist


if __name__ == "__main__":
    main()
