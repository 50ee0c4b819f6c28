"""Makes the pictures of the README and of the manual: `python resources/pictures/make_pictures.py`.

The real window over a library of the example files, drawn without a screen where there is none.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QElapsedTimer, QEventLoop, QPoint, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop import theme
from desktop.dialogs.importing import ImportDialog
from desktop.editor.offers import offers_of
from desktop.editor.tree import IndicatorView
from desktop.librarian import Librarian
from desktop.look import speak
from desktop.settings import Settings
from desktop.window import Window
from forms.desk import Desk, read_file
from forms.files import resource
from forms.filing import Place
from forms.store.library import Library
from forms.templates import Templates

HERE = Path(__file__).parent
MANUAL = HERE.parent / "manual" / "pictures"
SIZE, SMALL = QSize(1440, 900), QSize(1180, 700)
OPEN, FAULTY = "沙渡", "白渚"
PATIENCE_MS = 60_000


def main() -> None:
    """Take in the examples, act out one scene after the other, and keep a picture of each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    speak("zh_CN")
    theme.apply(app, "light")
    MANUAL.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.jixiao"
        fill(path)
        window = Window(Librarian(path), Settings(Path(folder) / "settings.ini"))
        window.resize(SIZE)
        window.show()
        until(lambda: window.library.model.rowCount() > 0 and window.known.library is not None)
        for picture, shown in scenes(window):
            keep(shown, picture)
        window.close()


def scenes(window: Window) -> Iterator[tuple[Path, QPixmap]]:
    """Each picture, with the file it is kept in."""
    open_form(window, OPEN)
    yield HERE / "window.png", drawn(window)
    window.resize(SMALL)
    yield MANUAL / "form.png", drawn(window)
    yield MANUAL / "indicators.png", offered(window)
    yield MANUAL / "print.png", drawn(dialog(window, "print"))
    open_form(window, FAULTY)
    window.check()
    yield MANUAL / "problems.png", drawn(window.problems)
    yield MANUAL / "import.png", drawn(importing(window))
    window.work.leave()
    window.work.put_away()
    yield MANUAL / "welcome.png", drawn(window)


def keep(shown: QPixmap, picture: Path) -> None:
    """Write a picture with the 256 colours that suit it best: a third of the bytes, and nobody sees it."""
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.ReadWrite)
    shown.save(data, "PNG")
    with Image.open(io.BytesIO(bytes(data.data().data()))) as image:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(picture, optimize=True)


def drawn(shown: QWidget) -> QPixmap:
    """A widget as it looks once everything that waits has happened."""
    QApplication.processEvents()
    return shown.grab()


def open_form(window: Window, words: str) -> None:
    """Open the filing whose title has these words, and wait for its preview."""
    model = window.library.model
    window.work.open(next(one.id for one in model.lines if words in one.title))
    until(lambda: window.open is not None and words in window.open.title)
    until(lambda: window.preview.pages.pages > 0 and not window.jobs.running)


def offered(window: Window) -> QPixmap:
    """The tree with the list of indicators on offer below a name: two windows on the screen, drawn as one."""
    assert window.open is not None
    view = window.open.form.findChild(IndicatorView)
    assert isinstance(view, IndicatorView)
    first = next(row for row in view.tree_model.rows() if row.ident)
    view.reveal(Place(indicator=first.ident, column=view.tree_model.columns[0].name))
    editor = view.cell_editor()
    assert editor is not None
    listed = offers_of(editor)
    assert listed is not None
    listed.browse()
    whole = drawn(view)
    painter = QPainter(whole)
    painter.drawPixmap(editor.mapTo(view, QPoint(0, editor.height())), listed.grab())
    painter.end()
    return whole


def dialog(window: Window, action: str) -> QDialog:
    """The dialog that an action opens, once nothing is under way any more."""
    for other in window.findChildren(QDialog):
        other.close()
    window.actions_[action].trigger()
    until(lambda: isinstance(QApplication.activeModalWidget(), QDialog) and not window.jobs.running)
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, QDialog)
    return shown


def importing(window: Window) -> QDialog:
    """The import of an example, with 原文 and 导入值."""
    for other in window.findChildren(QDialog):
        other.close()
    example = next(path for path in resource("examples").glob("*.xlsx"))
    shown = ImportDialog(read_file(example, Templates.shipped()), parent=window)
    shown.show()
    return shown


def fill(path: Path) -> None:
    """A library with the examples."""
    with Library.open(path) as library:
        desk = Desk(library, Templates.shipped())
        for example in sorted(resource("examples").glob("*省*")):
            desk.take_in(read_file(example, desk.templates))


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
