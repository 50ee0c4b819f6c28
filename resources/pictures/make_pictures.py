"""Makes the picture of the window that README shows: `python resources/pictures/make_pictures.py`.

The real window over a library of the example files, drawn without a screen where there is none.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.librarian import Librarian
from desktop.look import speak
from desktop.settings import Settings
from desktop.window import Window
from forms.desk import Desk, read_file
from forms.files import resource
from forms.store.library import Library
from forms.templates import Templates

PICTURE = Path(__file__).with_name("window.png")
SIZE = (1440, 900)
OPEN = "沙渡"
PATIENCE_MS = 60_000


def main() -> None:
    """Take in the examples, open one of them, and keep the picture."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    speak("zh_CN")
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.jixiao"
        ident = fill(path)
        window = Window(Librarian(path), Settings(Path(folder) / "settings.ini"))
        window.resize(*SIZE)
        window.show()
        until(lambda: window.library.model.rowCount() > 0)
        window.work.open(ident)
        until(lambda: window.preview.pages.pages > 0 and not window.jobs.running)
        QApplication.processEvents()
        window.grab().save(str(PICTURE))
        window.close()


def fill(path: Path) -> str:
    """A library with the examples; gives the id of the filing to open."""
    with Library.open(path) as library:
        desk = Desk(library, Templates.shipped())
        for example in sorted(resource("examples").glob("*省*")):
            desk.take_in(read_file(example, desk.templates))
        return next(one.id for one in library.list() if OPEN in one.title)


def until(done: Callable[[], bool]) -> None:
    """Let the window work until something is done."""
    clock = QElapsedTimer()
    clock.start()
    while not done():
        if clock.elapsed() > PATIENCE_MS:
            raise TimeoutError
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


if __name__ == "__main__":
    main()
