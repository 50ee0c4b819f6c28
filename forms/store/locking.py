"""The lock file that keeps a second process out of a library, and tells whether the last one left in order."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from forms.errors import LibraryInUse, LibraryRefused
from forms.language import N_

_LONGEST = 1024
_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    # Windows forbids reading locked bytes, so the byte that is locked lies far behind those that say who holds it.
    _BYTE = 1 << 30

    def _claim(handle: int) -> None:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

    def _host() -> str:
        return os.environ.get("COMPUTERNAME", "")
else:
    import fcntl

    def _claim(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _host() -> str:
        return os.uname().nodename


class LibraryLock:
    """The file `<library>.lock` with the process and host of its holder.

    The system's own lock on that file decides, so the lock of a killed process holds nobody up and a reused process
    number deceives nobody. `left_over` tells, once taken, that the process before did not close the library.
    """

    def __init__(self, library: Path) -> None:
        self._library = library
        self._path = Path(f"{library}.lock")
        self._handle = -1
        self.left_over = False

    def take(self) -> None:
        """Take the lock; LibraryInUse names who has it, LibraryRefused says that the folder cannot be written."""
        try:
            self._handle = self._claimed()
            pid, host = _signature(os.read(self._handle, _LONGEST))
            self._refuse_another_host(host)
        except OSError as error:
            self.abandon()
            raise self._refusal(error) from error
        except LibraryInUse:
            self.abandon()
            raise
        self.left_over = bool(pid)
        # On a full disk the name cannot be written; the lock holds without it.
        with contextlib.suppress(OSError):
            if self.left_over:
                os.ftruncate(self._handle, 0)
                os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, f"{os.getpid()} {_host()}\n".encode())

    def release(self) -> None:
        """Give the lock back after a close in order."""
        if self._handle < 0:
            return
        # Emptied first: where the file cannot be removed (Windows, while another process looks at it) an empty one
        # still says that the library was closed in order.
        with contextlib.suppress(OSError):
            os.ftruncate(self._handle, 0)
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        self.abandon()
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Give the lock back and leave the file, so that the next process looks the library over."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _claimed(self) -> int:
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _claim(handle)
                # The holder before may have removed the file between our opening and our claiming it.
                with contextlib.suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(handle), self._path.stat()):
                        return handle
            except OSError:
                os.close(handle)
                raise
            os.close(handle)

    def _refuse_another_host(self, host: str) -> None:
        # A lock of the system may not reach over a share: the name of another host is believed.
        if host and host != _host():
            message = N_("库“{path}”正由电脑“{host}”使用；请先在那里关闭；确认已经关闭的，可删除“{lock}”再打开。")
            raise LibraryInUse(message, path=str(self._library), host=host, lock=str(self._path))

    def _refusal(self, error: OSError) -> LibraryRefused:
        if error.errno in _HELD and self._path.exists() and os.access(self._path, os.W_OK):
            message = N_("库“{path}”正由另一个窗口或命令使用（进程 {pid}）；请先关闭它，再试一次。")
            return LibraryInUse(message, path=str(self._library), pid=_signature(self._path.read_bytes())[0])
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            message = N_("没有写入权限，库“{path}”打不开；请把库放到自己能写的文件夹里。")
        elif error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = N_("磁盘已满，库“{path}”打不开；请清理磁盘后重试。")
        else:
            message = N_("不能给库“{path}”加锁（{reason}）；请把库放到本机磁盘上。")
        return LibraryRefused(message, path=str(self._library), reason=error.strerror or str(error))


def _signature(data: bytes) -> tuple[str, str]:
    """The process and the host, empty where nobody signed."""
    pid, _, host = data.decode("utf-8", "replace").strip().partition(" ")
    return pid, host
