"""Long work off the window's thread: it tells how far it is, can be cancelled, and answers in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from forms.errors import JixiaoError

T = TypeVar("T")

_THREADS = 2  # one for what somebody waits for, one for the preview


class Cancelled(Exception):
    """Ends the work of a job nobody waits for any more; it never leaves the job."""


class Progress:
    """What the work of a job tells while it goes on."""

    def __init__(self, job: Job) -> None:
        self._job = job

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._job.cancelled

    def step(self, number: int, count: int, what: str) -> None:
        """Tell that part `number` of `count` (0 where it is not known) begins; ends the work of a cancelled job."""
        if self.cancelled:
            raise Cancelled
        self._job.latest = number, count, what
        self._job.progressed.emit(number, count, what)


class Job(QObject):
    """One piece of work under way. `ended` comes once, after the answer, whatever became of it.

    `latest` is the last step that was told, for whoever begins to listen while the work goes on.
    """

    progressed = Signal(int, int, str)
    ended = Signal()
    _finished = Signal(object)  # a callable that hands the outcome over; it is run in the window's thread

    def __init__(
        self, title: str, work: Callable[[Progress], Any], answer: Callable[[Any], None],
        failed: Callable[[JixiaoError], None], parent: QObject,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.title = title
        self.latest: tuple[int, int, str] | None = None
        self._work = work
        self._answer = answer
        self._failed = failed
        self._cancelled = threading.Event()
        self._finished.connect(self._hand_over)

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Forget the answer; the work ends at its next step."""
        self._cancelled.set()

    def _run(self) -> None:
        try:
            if not self.cancelled:
                value = self._work(Progress(self))
                self._finished.emit(lambda: self._answer(value))
                return
            self._finished.emit(_nothing)
        except Cancelled:
            self._finished.emit(_nothing)
        except JixiaoError as error:
            refused = error
            self._finished.emit(lambda: self._failed(refused))
        except Exception as error:  # noqa: BLE001 — the edge of the thread: the fault is raised again where it is logged
            fault = error
            self._finished.emit(lambda: _raise(fault))

    def _hand_over(self, outcome: Callable[[], None]) -> None:
        try:
            if not self.cancelled:
                outcome()
        finally:
            self.ended.emit()
            self.deleteLater()


class Jobs(QObject):
    """Runs work in a small pool of threads. `started` gives each Job, for a window that shows what is going on."""

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._running: list[Job] = []

    def run(
        self, title: str, work: Callable[[Progress], T], answer: Callable[[T], None],
        failed: Callable[[JixiaoError], None],
    ) -> Job:  # fmt: skip
        """Begin `work`; then `answer` or `failed` is called here, and neither where the job was cancelled.

        `title` names the work for people. `work` touches no widget, and of the core only what never changes.
        """
        job = Job(title, work, answer, failed, self)
        self._running.append(job)
        job.ended.connect(lambda: self._running.remove(job))
        self.started.emit(job)
        self._pool.start(job._run)  # noqa: SLF001 — a job is run by its pool and by nobody else
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended."""
        return tuple(self._running)

    def close(self) -> None:
        """Cancel everything and wait for the threads; for the end of the program."""
        for job in self.running:
            job.cancel()
        self._pool.waitForDone()


def _nothing() -> None:
    """The outcome of a cancelled job."""


def _raise(error: Exception) -> None:
    raise error
