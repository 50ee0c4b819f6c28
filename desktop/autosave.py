"""Saves every change without being asked: soon after a pause, never later than a second, at once where it matters."""

from __future__ import annotations

from collections import deque
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.librarian import Librarian
from forms.desk import Desk
from forms.draft import Change
from forms.errors import JixiaoError
from forms.filing import Filing

PAUSE_MS = 300
LATEST_MS = 1_000
RETRY_MS = 5_000


class Autosave(QObject):
    """Sends the changes of one filing to the store in order. What could not be saved is kept and tried again.

    `saved` tells the time of the last durable save once nothing waits; `failed` carries the error for the red bar.
    A filing that is `new` comes into the library with its first change, or when `keep` is called.
    """

    saved = Signal(str)
    failed = Signal(object)  # forms.errors.JixiaoError

    def __init__(
        self, librarian: Librarian, ident: str, parent: QObject | None = None, *, new: Filing | None = None
    ) -> None:
        super().__init__(parent)
        self._librarian = librarian
        self._ident = ident
        self._new = new
        self._waiting: deque[tuple[Change, str]] = deque()
        self._under_way = False
        self._pause = self._timer(PAUSE_MS)
        self._latest = self._timer(LATEST_MS)
        self._retry = self._timer(RETRY_MS)

    @property
    def idle(self) -> bool:
        """Whether everything is on the disk."""
        return not self._waiting and not self._under_way

    @property
    def kept(self) -> bool:
        """Whether the library holds the filing at all."""
        return self._new is None

    def add(self, change: Change, title: str) -> None:
        """Take one change; text waits for a pause in typing, anything else goes at once."""
        self._waiting.append((change, title))
        if change.structure or change.origin not in ("typed", "continued"):
            self.flush()
            return
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def flush(self) -> None:
        """Save what waits now: on leaving a field, switching, checking, exporting, closing."""
        self._pause.stop()
        self._latest.stop()
        if self._waiting and not self._under_way:
            self._send()

    def keep(self) -> None:
        """Save what waits, and a new filing in any case."""
        self.flush()
        if not self.kept and not self._under_way:
            self._send()

    def _send(self) -> None:
        self._under_way = True
        new, changes = self._new, tuple(self._waiting)
        self._librarian.ask(lambda desk: self._write(desk, new, changes), self._written, self._refused)

    def _write(self, desk: Desk, new: Filing | None, changes: tuple[tuple[Change, str], ...]) -> int:
        if new is not None:
            desk.file(new)
        for change, title in changes:
            desk.library.edit(
                self._ident, change.forward, change.inverse, origin=change.origin, undoes=change.undoes, title=title,
                expected_seq=change.seq,
            )  # fmt: skip
        return len(changes)

    def _written(self, count: int) -> None:
        self._under_way = False
        self._new = None
        for _ in range(count):
            self._waiting.popleft()
        if self._waiting:
            self.flush()
        else:
            self.saved.emit(datetime.now().astimezone().strftime("%H:%M:%S"))

    def _refused(self, error: JixiaoError) -> None:
        # Repeating an edit that did reach the disk changes nothing there, so all of them are tried again.
        self._under_way = False
        self.failed.emit(error)
        self._retry.start()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer
