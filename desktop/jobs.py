"""Long work off the window's thread: it tells how far it is, can be cancelled, and answers in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from desktop.faults import Unforeseen
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

    def __init__(
        self, title: str, work: Callable[[Progress], Any], answer: Callable[[Any], None],
        failed: Callable[[JixiaoError], None], jobs: Jobs,
    ) -> None:  # fmt: skip
        super().__init__()  # Jobs keeps it: PySide 6.8 ends the process over a child that outlives such a parent
        self.title = title
        self.latest: tuple[int, int, str] | None = None
        self._work = work
        self._answer = answer
        self._failed = failed
        self._cancelled = threading.Event()
        # The thread tells by a signal of whoever stays: a job may be gone before the thread is done with telling.
        self._finish = jobs.finished.emit

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
                self._finish(self, lambda: self._answer(value))
                return
            self._finish(self, _nothing)
        except Cancelled:
            self._finish(self, _nothing)
        except JixiaoError as error:
            refused = error
            self._finish(self, lambda: self._failed(refused))
        except Exception as error:  # noqa: BLE001 — the edge of the thread: the fault is raised again where it is logged
            fault = error
            self._finish(self, lambda: self._stumble(fault))

    def _stumble(self, fault: Exception) -> None:
        self._failed(Unforeseen())
        raise fault

    def hand_over(self, outcome: Callable[[], None]) -> None:
        """Give the outcome to whoever waits for it, in the window's thread, and end."""
        try:
            if not self.cancelled:
                outcome()
        finally:
            # What the work holds is let go here: the thread may be the last to hold the job, and a widget that dies
            # with it there ends the process.
            self._work, self._answer, self._failed = _no_work, _forget, _forget
            self.ended.emit()


class Jobs(QObject):
    """Runs work in a small pool of threads. `started` gives each Job, for a window that shows what is going on."""

    started = Signal(object)
    finished = Signal(object, object)  # a job, and what hands its outcome over; heard in the window's thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self._hand_over)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._running: list[Job] = []
        self._ended: list[Job] = []  # kept while a thread may still hold one of them, or it would be destroyed there

    def run(
        self, title: str, work: Callable[[Progress], T], answer: Callable[[T], None],
        failed: Callable[[JixiaoError], None],
    ) -> Job:  # fmt: skip
        """Begin `work`; then `answer` or `failed` is called here, and neither where the job was cancelled.

        `title` names the work for people. `work` touches no widget, and of the core only what never changes.
        """
        if not self._pool.activeThreadCount():
            self._ended.clear()
        job = Job(title, work, answer, failed, self)
        self._running.append(job)
        self.started.emit(job)
        self._pool.start(job._run)  # noqa: SLF001 — a job is run by its pool and by nobody else
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs that have not ended."""
        return tuple(self._running)

    def _hand_over(self, job: Job, outcome: Callable[[], None]) -> None:
        self._ended.append(job)
        try:
            job.hand_over(outcome)
        finally:
            self._running.remove(job)

    def close(self) -> None:
        """Cancel everything and wait for the threads; for the end of the program."""
        for job in self.running:
            job.cancel()
        self._pool.waitForDone()


def _no_work(_: Progress) -> None:
    """The work of a job that has ended."""


def _forget(_: object) -> None:
    """Whom a job that has ended would tell."""


def _nothing() -> None:
    """The outcome of a cancelled job."""
