"""Fixtures shared by the tests of the window: a person's settings, a library with real forms, a window over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop import look, theme
from desktop.collector import Collector
from desktop.jobs import Jobs
from desktop.librarian import Librarian
from desktop.settings import Settings
from forms.desk import Desk
from forms.store.library import Library
from forms.templates import Templates
from tests.desktop.open_forms import incoming

if TYPE_CHECKING:
    from desktop.window import Window

Kind = TypeVar("Kind", bound=QObject)

WAIT_MS = 20_000  # for a machine with much else to do; nothing is asserted about time

MakeWindow = Callable[[Path], "Window"]


def children(root: QObject, kind: type[Kind]) -> list[Kind]:
    """Every object of a kind below `root`; the stubs of PySide leave the type out."""
    return list(cast("Iterable[Kind]", root.findChildren(kind)))


def compose(widget: QWidget, *preedits: str, commit: str) -> None:
    """Type as an input method does: what is being composed, then the words that are meant."""
    for preedit in preedits:
        QCoreApplication.sendEvent(widget, QInputMethodEvent(preedit, []))
    event = QInputMethodEvent()
    event.setCommitString(commit)
    QCoreApplication.sendEvent(widget, event)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application as the program makes it: garbage is collected in the thread of the window."""
    Collector(qapp)
    return qapp


@pytest.fixture
def chinese_and_light(qapp: QApplication) -> Iterator[None]:
    look.speak("zh_CN")
    theme.apply(qapp, "light")
    yield
    look.speak("zh_CN")
    theme.apply(qapp, "light")


@pytest.fixture(autouse=True)
def _as_it_comes(chinese_and_light: None) -> None:
    """Let every test of the window find it as it comes, whatever the test before has switched."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "person.ini")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The path of a library that holds the forms of an example file."""
    path = tmp_path / "library.jixiao"
    with Library.open(path) as opened:
        Desk(opened, Templates.shipped()).take_in(incoming())
    return path


@pytest.fixture
def librarian(qtbot: QtBot, library: Path) -> Iterator[Librarian]:
    """The store's thread over the library of the example."""
    made = Librarian(library)
    yield made
    made.close()


@pytest.fixture
def bare_librarian(qtbot: QtBot, tmp_path: Path) -> Iterator[Librarian]:
    """The store's thread over a library that is made anew."""
    made = Librarian(tmp_path / "bare.jixiao")
    yield made
    made.close()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def make_window(qtbot: QtBot, settings: Settings) -> Iterator[MakeWindow]:
    """Shows windows over libraries and closes them at the end, saved as a person's would be."""
    from desktop.window import Window

    made: list[Window] = []

    def make(path: Path) -> Window:
        window = Window(Librarian(path), settings)
        made.append(window)
        window.show()
        qtbot.waitUntil(lambda: window.begun, timeout=WAIT_MS)
        return window

    yield make
    for window in made:
        if not window.work.leave():
            window.work.put_away()  # a test that failed must not end in a question
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(make_window: MakeWindow, library: Path, qtbot: QtBot) -> Window:
    """A window over the library of the example, its list read."""
    made = make_window(library)
    qtbot.waitUntil(lambda: made.library.model.rowCount() > 0, timeout=WAIT_MS)
    return made
