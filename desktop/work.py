"""Which filing is open for work: opened, saved before it makes room for another, and read anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from forms.errors import JixiaoError

if TYPE_CHECKING:  # the core is loaded after the first paint
    from desktop.librarian import Librarian
    from desktop.opening import OpenFiling
    from forms.desk import Desk, Opened
    from forms.filing import Place
    from forms.profile import Profile

_PATIENCE_MS = 20_000  # a disk that does not answer must not keep the window open for ever


class Work(QObject):
    """One filing of the library at a time. The window shows it when `opened` and takes it away when `leaving`."""

    opened = Signal(object)  # desktop.opening.OpenFiling
    leaving = Signal(object)  # the one that makes room
    stayed = Signal()  # another one could not be opened
    refused = Signal(object)  # forms.errors.JixiaoError
    saved = Signal(str)  # the time of the last durable save
    failed = Signal(object)  # forms.errors.JixiaoError: why a save did not succeed

    def __init__(self, librarian: Librarian, parent: QObject) -> None:
        super().__init__(parent)
        self._librarian = librarian
        self.filing: OpenFiling | None = None

    def open(self, ident: str) -> None:
        """Open a filing of the library; the one that is open is saved first and stays where that fails."""
        if self.filing is not None and self.filing.ident == ident:
            self.filing.form.setFocus()
        else:
            self._change(lambda desk: desk.open(ident))

    def reload(self) -> None:
        """Read the open filing anew: something beside the window has changed it, or the filings its rules name."""
        if self.filing is not None:
            opening = self.filing
            opening.when_saved(lambda: self._fetch(_read_anew(opening), opening.place), self._stay)

    def begin(self, template: str, unit: Profile | None = None, year: str = "") -> None:
        """Open a new filing on the newest template of this id; the library holds it from its first change on.

        It is filled in for `unit`, or the unit used last, and for `year`.
        """
        self._change(lambda desk: desk.unkept(desk.new(desk.templates.newest(template), unit, year)))

    def leave(self) -> bool:
        """Save what is open and wait for it; whether all of it is on the disk."""
        if self.filing is None:
            return True
        outcome: list[bool] = []
        wait = QEventLoop(self)

        def settle(*, done: bool) -> None:
            outcome.append(done)
            wait.quit()

        self.filing.when_saved(lambda: settle(done=True), lambda: settle(done=False))
        if not outcome:
            QTimer.singleShot(_PATIENCE_MS, wait, wait.quit)
            wait.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if outcome != [True]:
            return False
        self.filing.revise("close")  # the librarian does it before it closes the library
        return True

    def put_away(self) -> None:
        """Take the open filing off the screen, whether it is saved or not."""
        if self.filing is not None:
            left, self.filing = self.filing, None
            self.leaving.emit(left)
            left.discard()

    def _change(self, read: Callable[[Desk], Opened]) -> None:
        if self.filing is None:
            self._fetch(read)
        else:
            self.filing.when_saved(lambda: self._fetch(read), self._stay)

    def _fetch(self, read: Callable[[Desk], Opened], place: Place | None = None) -> None:
        if self.filing is not None:
            self.filing.revise("close")
            self.filing.form.setEnabled(False)
        self._librarian.ask(read, lambda opened: self._show(opened, place), self._not_opened)

    def _show(self, read: Opened, place: Place | None) -> None:
        from desktop.opening import OpenFiling  # noqa: PLC0415 — brings the form, after the first paint

        self.put_away()
        self.filing = OpenFiling(self._librarian, read, self)
        self.filing.saved.connect(self.saved)
        self.filing.failed.connect(self.failed)
        self.opened.emit(self.filing)
        if place is not None:
            self.filing.form.reveal(place)

    def _not_opened(self, error: JixiaoError) -> None:
        self._stay()
        self.refused.emit(error)

    def _stay(self) -> None:
        if self.filing is not None:
            self.filing.form.setEnabled(True)
        self.stayed.emit()


def _read_anew(opening: OpenFiling) -> Callable[[Desk], Opened]:
    ident, filing = opening.ident, opening.bridge.filing
    return (lambda desk: desk.open(ident)) if opening.kept else (lambda desk: desk.unkept(filing))
