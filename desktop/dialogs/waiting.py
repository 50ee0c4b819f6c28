"""How far a job is, with a button to cancel it; nothing is shown for a job that ends at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.dialogs.frame import Frame, Role
from desktop.jobs import Job
from desktop.labels import plain
from forms.language import N_, sentence

_PATIENCE_MS = 350


class WaitingDialog(Frame):
    """Stands before the window while a job runs. Esc and 取消 cancel the job; its end closes the dialog."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__("waiting", QSize(460, 150), parent)
        self._job = job
        self._what = plain(job.title, "waiting_what")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._cancel = self.button("cancel", Role.RejectRole)
        self.content.addWidget(self._what)
        self.content.addWidget(self._bar)
        self.content.addStretch(1)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.open)
        self._patience.start(_PATIENCE_MS)
        job.progressed.connect(self._step)
        job.ended.connect(self._end)
        self.retranslate()
        if job.latest is not None:
            self._step(*job.latest)

    def reject(self) -> None:
        """Cancel the job; what it would have said is not waited for."""
        self._job.cancel()
        self._close()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(self._job.title)
        self._cancel.setText(sentence(N_("取消")))
        self._bar.setAccessibleName(self._job.title)

    def _step(self, number: int, count: int, what: str) -> None:
        self._bar.setRange(0, count)
        self._bar.setValue(number - 1)
        told = {"number": number, "count": count, "what": what}
        self._what.setText(sentence(N_("（{number}/{count}）{what}"), told) if count else what)

    def _end(self) -> None:
        self._close()

    def _close(self) -> None:
        self._patience.stop()
        self.done(0)
        self.deleteLater()


def wait_for(job: Job, parent: QWidget | None = None) -> WaitingDialog:
    """Show how far `job` is until it ends."""
    return WaitingDialog(job, parent)
