"""Backs the library up by itself: soon after the start, every half hour of changes, before risks, and at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from forms.errors import JixiaoError
from forms.language import N_, sentence

if TYPE_CHECKING:  # the core is loaded after the first paint
    from desktop.jobs import Jobs
    from desktop.librarian import Librarian
    from forms.store.backups import Pending

_EVERY_MS = 30 * 60_000


class Safety(QObject):
    """The store's thread only copies; the copy is proven in a job, so that saving never waits for it."""

    def __init__(self, librarian: Librarian, jobs: Jobs, warn: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._librarian, self._jobs, self._warn = librarian, jobs, warn
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(lambda: self.keep("timer"))

    def begin(self) -> None:
        """Back up what the last time has left, and from now on."""
        self._clock.start()
        self.keep("start")

    def keep(self, reason: str) -> None:
        """Back up, where anything has changed; why that is not possible is said in a warning."""
        self._librarian.ask(lambda desk: desk.library.begin_backup(reason), self._prove, self._tell)

    def end(self) -> None:
        """Back up for the last time; the librarian does it before it closes the library."""
        self._clock.stop()
        self._librarian.ask(lambda desk: desk.library.keep_backup("exit"), lambda _: None, lambda _: None)

    def _prove(self, pending: Pending | None) -> None:
        if pending is not None:
            self._jobs.run(sentence(N_("备份")), lambda _: pending.finish(), _proven, self._tell)

    def _tell(self, error: JixiaoError) -> None:
        self._warn(str(error))


def _proven(_: Path) -> None:
    """Nobody needs to be told that all is well."""
