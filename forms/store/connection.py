"""The one way to SQLite: how a connection is made, a transaction is run, and an error becomes a sentence."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

from forms.errors import (
    JixiaoError,
    LibraryDamaged,
    LibraryInUse,
    LibraryRefused,
    NotALibrary,
    SaveFailed,
)
from forms.language import N_

T = TypeVar("T")

# Another program that reads the file for a moment is waited for; our own second process is told by the lock file.
_BUSY_SECONDS = 0.5

# A damaged text may surface as UnicodeDecodeError instead of sqlite3.Error, even from SQLite's own check.
ERRORS = (sqlite3.Error, UnicodeDecodeError)


def connect(path: Path, mode: Literal["ro", "rw", "rwc"] = "rw") -> sqlite3.Connection:
    """A connection to an absolute path, without implicit transactions; only mode `rwc` makes a file. sqlite3.Error."""
    uri = f"{path.as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)


def in_memory() -> sqlite3.Connection:
    """A connection to an empty database that no file holds, without implicit transactions."""
    return sqlite3.connect(":memory:", isolation_level=None)


def in_transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Run `work` in one transaction that holds the write lock from its start: all of it is saved or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        # Where the disk is full SQLite has already rolled back; its own error must reach the caller either way.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    return result


def is_full(error: sqlite3.Error) -> bool:
    """Whether SQLite gave up for want of room."""
    return _code(error) == sqlite3.SQLITE_FULL


def refusal(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> LibraryRefused:
    """Why the library at `path` cannot be read. Trouble with the medium is never called damage of the data."""
    code = _code(error)
    if code in _REFUSALS:
        kind, message = _REFUSALS[code]
        return kind(message, path=str(path))
    # SQLite's bindings give no code where a text is not UTF-8 any more, nor where a closed connection is used.
    undecodable = code is None and not isinstance(error, sqlite3.ProgrammingError)
    if undecodable or code == sqlite3.SQLITE_CORRUPT:
        return LibraryDamaged(N_("库“{path}”已损坏；请从最近的备份恢复，损坏的文件请留着不要删除。"), path=str(path))
    message = N_("库“{path}”打不开（{reason}）；请检查磁盘后重试。")
    return LibraryRefused(message, path=str(path), reason=str(error))


def save_refusal(error: sqlite3.Error, path: Path) -> JixiaoError:
    """Why a change was not saved; what stood before stands unchanged."""
    code = _code(error)
    if code == sqlite3.SQLITE_CORRUPT:
        return refusal(error, path)
    message = _SAVE_REFUSALS.get(code, N_("库“{path}”没有接受这次修改（{reason}）；已保存的内容没有改动。"))
    return SaveFailed(message, path=str(path), reason=str(error))


def _code(error: sqlite3.Error | UnicodeDecodeError) -> int | None:
    # The low byte is the primary code, the rest tells the circumstances.
    extended: int | None = getattr(error, "sqlite_errorcode", None)
    return None if extended is None else extended & 0xFF


_REFUSALS: dict[int | None, tuple[type[LibraryRefused], str]] = {
    sqlite3.SQLITE_NOTADB: (NotALibrary, N_("“{path}”不是绩效填报的库，没有打开，也没有改动；请核对路径。")),
    sqlite3.SQLITE_BUSY: (LibraryInUse, N_("库“{path}”正被另一个程序使用；请关闭那个程序后重试。")),
    sqlite3.SQLITE_READONLY: (LibraryRefused, N_("没有写入权限，库“{path}”打不开；请把库放到自己的文件夹里。")),
    sqlite3.SQLITE_CANTOPEN: (LibraryRefused, N_("库“{path}”打不开；请检查文件是否还在、有没有读写权限。")),
    sqlite3.SQLITE_IOERR: (LibraryRefused, N_("读库“{path}”时磁盘报告错误；请检查磁盘或重新插好后再打开。")),
    sqlite3.SQLITE_FULL: (LibraryRefused, N_("磁盘已满，库“{path}”打不开；请清理磁盘后重试。")),
}

_SAVE_REFUSALS: dict[int | None, str] = {
    sqlite3.SQLITE_FULL: N_("磁盘已满，这一步没有保存到“{path}”；请清理磁盘后重试，已保存的内容没有改动。"),
    sqlite3.SQLITE_READONLY: N_("没有写入权限，这一步没有保存到“{path}”；请检查文件的权限后重试。"),
    sqlite3.SQLITE_CANTOPEN: N_("库“{path}”不在原处了，这一步没有保存；请把文件放回原处后重新打开。"),
    sqlite3.SQLITE_IOERR: N_("写“{path}”时磁盘报告错误，这一步没有保存；请检查磁盘后重试，已保存的内容没有改动。"),
}
