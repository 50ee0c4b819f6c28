"""The edge of the window: a fault nobody foresaw goes into a log and is told in one sentence, never as a traceback."""

from __future__ import annotations

import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from forms.errors import JixiaoError
from forms.language import N_, sentence

_MOST_BYTES = 1_000_000


class Unforeseen(JixiaoError):
    """Something was asked for and a fault of the program came between; the fault itself goes to `Faults`."""

    def __init__(self) -> None:
        super().__init__(N_("程序出了没有料到的错，这一步没有做成；经过已记入日志。"))


class Faults(QObject):
    """Takes the place of sys.excepthook. Each fault is told once, one message at a time; the log has every one."""

    _happened = Signal(str)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._message: QMessageBox | None = None
        self._told: set[str] = set()  # a save that fails is tried every few seconds and must not ask as often
        # A fault in the store's thread is told in the window's.
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of every fault from now on."""
        sys.excepthook = self.take

    def take(self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        """Log one fault: places in the program, no values of filings; then tell it."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        frames = traceback.extract_tb(trace)
        lines = [kind.__name__, *(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)]
        fault = "\n".join(lines)
        kept = self._keep(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {fault}\n")
        if fault not in self._told:
            self._told.add(fault)
            self._happened.emit(kept)

    def _keep(self, text: str) -> str:
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            full = self._log.exists() and self._log.stat().st_size > _MOST_BYTES
            with self._log.open("w" if full else "a", encoding="utf-8") as log:
                log.write(text)
        except OSError:
            return text.replace("\n", " ")
        return str(self._log)

    def _tell(self, log: str) -> None:
        if self._message is not None:
            return
        words = sentence(
            N_("程序出了没有料到的错，已填的内容不受影响。记录在“{log}”，请把它交给维护人员。"), {"log": log}
        )
        self._message = QMessageBox(QMessageBox.Icon.Critical, sentence(N_("绩效填报")), words)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setObjectName("fault")
        self._message.finished.connect(self._close)
        self._message.open()

    def _close(self) -> None:
        self._message = None
