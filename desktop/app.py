"""Starts the window: the only place where its parts are made and joined."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import display
from forms.errors import JixiaoError
from forms.language import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.window import Window

_QT_FAILS = N_("窗口组件装不起来（{reason}）；请重新安装程序，命令行不受影响。")


class NoWindow(JixiaoError):
    """No window can be shown on this machine or in this session."""


def run(library: Path, language: str | None = None) -> int:
    """Show the window over `library` until it is closed; gives the exit code of the process.

    `language` goes before what the person has set. A second start for one library raises the first window and gives
    0 at once. Raises NoWindow where there is no screen.
    """
    if refused := display.why_not():
        message, params = refused
        raise NoWindow(message, **params)
    try:
        return _run(library, language)
    except ImportError as error:
        if not (error.name or "").startswith("PySide6"):
            raise
        raise NoWindow(_QT_FAILS, reason=str(error)) from error


def _run(library: Path, language: str | None) -> int:
    # Imported here, so that a command without a screen never loads Qt.
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from desktop.single import SingleWindow  # noqa: PLC0415

    app = QApplication(sys.argv[:1])
    app.setApplicationName("jixiao")
    app.setDesktopFileName("jixiao")
    single = SingleWindow(library)
    if not single.claim():
        return 0
    window = _window(app, library, language)
    single.raised.connect(window.come_to_front)
    window.show()
    code = app.exec()
    single.release()
    return code


def _window(app: QApplication, library: Path, language: str | None) -> Window:
    # A second start has ended before any of this is needed.
    from desktop import theme  # noqa: PLC0415
    from desktop.collector import Collector  # noqa: PLC0415
    from desktop.faults import Faults  # noqa: PLC0415
    from desktop.librarian import Librarian  # noqa: PLC0415
    from desktop.look import speak  # noqa: PLC0415
    from desktop.settings import Settings  # noqa: PLC0415
    from desktop.window import Window  # noqa: PLC0415

    Collector(app)
    settings = Settings(parent=app)
    Faults(settings.beside("jixiao.log"), app).install()
    speak(language or settings.language)
    theme.apply(app, settings.theme, settings.text_size)
    return Window(Librarian(library), settings)
