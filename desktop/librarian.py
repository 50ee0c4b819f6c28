"""The store's own thread: it alone holds the library; the window asks and is answered by signals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from desktop.faults import Unforeseen
from forms.errors import JixiaoError

if TYPE_CHECKING:  # the first paint waits for no library
    from forms.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Request:
    work: Callable[[Any], Any]
    answer: Callable[[Any], None]
    failed: Callable[[JixiaoError], None]
    closed: bool = False  # the library is closed for it, and `work` gets its path


@dataclass(frozen=True, slots=True)
class _Outcome:
    request: _Request
    value: Any = None
    error: JixiaoError | None = None
    fault: Exception | None = None  # what nobody foresaw; `error` says so in a sentence


class _Shelf(QObject):
    """Lives in the thread; opens the library there, because its connection may be used nowhere else."""

    done = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._desk: Desk | None = None

    @Slot(object)
    def work(self, request: _Request) -> None:
        """Do one request and send its outcome; every request has one, whatever goes wrong."""
        try:
            outcome = _Outcome(request, request.work(self._closed() if request.closed else self._opened()))
        except JixiaoError as error:
            outcome = _Outcome(request, error=error)
        except Exception as fault:  # noqa: BLE001 — the edge of the thread: it is raised again where it is logged
            outcome = _Outcome(request, error=Unforeseen(), fault=fault)
        self.done.emit(outcome)

    def _opened(self) -> Desk:
        from forms.desk import Desk  # noqa: PLC0415 — loaded in this thread, after the window is on the screen
        from forms.store.library import Library  # noqa: PLC0415
        from forms.templates import Templates  # noqa: PLC0415

        if self._desk is None:
            self._desk = Desk(Library.open(self._path), Templates.shipped())
        return self._desk

    @Slot()
    def close(self) -> None:
        """Close the library, in the thread that opened it, and end the thread."""
        self._closed()
        self.thread().quit()

    def _closed(self) -> Path:
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        return self._path


class Librarian(QObject):
    """Asks the store's thread. Answers come in the window's thread and in the order of the questions."""

    _asked = Signal(object)
    _closing = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._closed = False
        self._thread = QThread()
        self._thread.setObjectName("library")
        self._shelf = _Shelf(path)
        self._shelf.moveToThread(self._thread)
        self._asked.connect(self._shelf.work)
        self._closing.connect(self._shelf.close)
        self._shelf.done.connect(self._answer)
        self._thread.start()

    def ask(
        self,
        work: Callable[[Desk], T],
        answer: Callable[[T], None],
        failed: Callable[[JixiaoError], None],
    ) -> None:
        """Run `work` on the desk in the store's thread; then `answer` or `failed` here. `work` touches no widget."""
        self._asked.emit(_Request(work, answer, failed))

    def ask_closed(
        self, work: Callable[[Path], T], answer: Callable[[T], None], failed: Callable[[JixiaoError], None]
    ) -> None:
        """As `ask`, with the library closed and its path for `work`; whoever asks next opens it again."""
        self._asked.emit(_Request(work, answer, failed, closed=True))

    def close(self) -> None:
        """Let everything asked for be done, close the library and end the thread; nobody waits for answers any more."""
        self._closed = True
        if self._thread.isRunning():
            self._closing.emit()
            self._thread.wait()

    @Slot(object)
    def _answer(self, outcome: _Outcome) -> None:
        if not self._closed:
            self._tell(outcome)
        if outcome.fault is not None:
            raise outcome.fault

    @staticmethod
    def _tell(outcome: _Outcome) -> None:
        if outcome.error is None:
            outcome.request.answer(outcome.value)
        else:
            outcome.request.failed(outcome.error)
