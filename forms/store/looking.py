"""Looking into a library without touching it: a backup, a damaged file, a folder that cannot be written."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from forms.errors import LibraryRefused
from forms.language import N_
from forms.store import migrations
from forms.store.connection import ERRORS, connect, refusal
from forms.store.locking import LibraryLock
from forms.store.opening import accepted_version

_WAL = 2  # what byte 18 of a file says that was written with a log beside it
_COPIED = ("", "-wal")


class Borrowed(LibraryLock):
    """Stands for the lock of a library that is only looked into; gives back what was copied for that."""

    def __init__(self, library: Path, copied: Path | None) -> None:
        super().__init__(library)
        self._copied = copied

    def release(self) -> None:
        """Remove the copy."""
        super().release()
        if self._copied is not None:
            shutil.rmtree(self._copied, ignore_errors=True)


def look_into(path: Path) -> tuple[sqlite3.Connection, Borrowed]:
    """A connection that refuses every write. A file with a log, or of an older program, is copied and the copy read.

    Raises LibraryRefused or one of its leaves.
    """
    copied: Path | None = None
    try:
        version = _version(path)
        if _has_log(path) or version < migrations.newest():
            copied = Path(mkdtemp(prefix="jixiao-"))
            connection = _copy(path, copied / "library")
        else:
            connection = connect(path, "ro")
        for setting in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
            connection.execute(f"PRAGMA {setting}")
    except LibraryRefused:
        Borrowed(path, copied).release()
        raise
    except (*ERRORS, OSError) as error:
        Borrowed(path, copied).release()
        raise _refused(error, path) from error
    return connection, Borrowed(path, copied)


def _version(path: Path) -> int:
    with suppress(sqlite3.Error):  # a file with a log cannot be read where nothing may be written beside it
        connection = connect(path, "ro")
        try:
            return accepted_version(connection, path)
        finally:
            connection.close()
    return migrations.newest() if path.is_file() else 0


def _has_log(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(19)[18:] == bytes([_WAL])


def _copy(path: Path, to: Path) -> sqlite3.Connection:
    for ending in _COPIED:
        beside = Path(f"{path}{ending}")
        if beside.exists():
            shutil.copyfile(beside, f"{to}{ending}")
    connection = connect(to)
    if accepted_version(connection, path) < migrations.newest():
        migrations.migrate(connection)
    return connection


def _refused(error: OSError | sqlite3.Error | UnicodeDecodeError, path: Path) -> LibraryRefused:
    if isinstance(error, OSError):
        message = N_("库“{path}”打不开（{reason}）；请检查磁盘后重试。")
        return LibraryRefused(message, path=str(path), reason=error.strerror or str(error))
    return refusal(error, path)
