"""One running window for each library: a second start raises the first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from forms.files import digest

_WAIT_MS = 1_000
_RAISE = b"raise\n"


class SingleWindow(QObject):
    """The claim of one process to be the window of a library; `raised` says that someone started a second one."""

    raised = Signal()

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name_of(library)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)

    def claim(self) -> bool:
        """Become the one window; False where another process is it already, which then comes to the front."""
        if self._call():
            return False
        if not self._server.listen(self._name):
            # The process that listened here before was killed; nobody answers, so its name may be taken over.
            QLocalServer.removeServer(self._name)
            self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Give the name back."""
        self._server.close()

    def _call(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_RAISE)
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _called(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()


def name_of(library: Path) -> str:
    """The name two starts of one library meet under; the same however its path is written."""
    return f"jixiao-{digest(str(library.expanduser().resolve()).encode())[:24]}"
