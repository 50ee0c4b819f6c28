"""Opening a library: the lock, the checks and the settings, in the one order that is safe."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from pathlib import Path

from forms.errors import LibraryDamaged, LibraryRefused, LibraryTooNew, NotALibrary
from forms.files import sync_folder
from forms.language import N_
from forms.store import migrations
from forms.store.backup import back_up
from forms.store.connection import ERRORS, connect, refusal
from forms.store.locking import LibraryLock
from forms.store.verification import page_faults

# One owner for the whole time: no -shm file, and no race between two connections when the WAL starts anew.
_BEFORE_READING = ("locking_mode=EXCLUSIVE", "trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0")

# FULL, not NORMAL: with NORMAL a power cut takes saves that were already shown as saved. Recursive triggers, so that
# not even INSERT OR REPLACE gets past the append-only tables.
_BEFORE_WRITING = ("synchronous=FULL", "wal_autocheckpoint=200", "secure_delete=ON", "recursive_triggers=ON")


def open_library(path: Path, *, create: bool) -> tuple[sqlite3.Connection, LibraryLock]:
    """The connection and the lock, whose `left_over` tells that the process before died with the library open.

    Makes the library, and the folders above it, where `create` allows; otherwise a missing path leaves nothing
    behind. Raises LibraryRefused or one of its leaves.
    """
    there = path.is_file()
    if not there:
        _make_way(path, create=create)
    lock = LibraryLock(path)
    lock.take()
    try:
        if not there and not path.exists():
            _create(path)
        # A power cut may take the lock file with it, but never the log of saves that were acknowledged.
        lock.left_over = lock.left_over or Path(f"{path}-wal").exists()
        return _prepared(path, left_open=lock.left_over), lock
    except ERRORS as error:
        _give_back(lock)
        raise refusal(error, path) from error
    except OSError as error:
        _give_back(lock)
        message = N_("库“{path}”打不开（{reason}）；请检查磁盘后重试。")
        raise LibraryRefused(message, path=str(path), reason=error.strerror or str(error)) from error
    except BaseException:
        _give_back(lock)
        raise


def _give_back(lock: LibraryLock) -> None:
    # A library left open by a process that died is looked over again by whoever opens it next.
    if lock.left_over:
        lock.abandon()
    else:
        lock.release()


def _make_way(path: Path, *, create: bool) -> None:
    if path.exists():
        raise NotALibrary(N_("“{path}”不是文件，不能当作绩效填报的库打开；请核对路径。"), path=str(path))
    if not create:
        raise LibraryRefused(N_("找不到库“{path}”；请核对路径，移动硬盘或优盘请先插好。"), path=str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = N_("建不了文件夹“{folder}”（{reason}），库没有建成；请换一个自己能写的文件夹。")
        raise LibraryRefused(message, folder=str(path.parent), reason=error.strerror or str(error)) from error


def _create(path: Path) -> None:
    # Built under another name, so that a half-made library never bears the name of a whole one. The lock is held:
    # what stands under that other name is the rest of a process that died.
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with contextlib.closing(connect(part, "rwc")) as connection:
            migrations.migrate(connection)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _prepared(path: Path, *, left_open: bool) -> sqlite3.Connection:
    connection = connect(path)
    try:
        _set(connection, _BEFORE_READING)
        version = accepted_version(connection, path)
        if left_open or version < migrations.newest():
            _require_whole(connection, path)
        if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode=TRUNCATE")
        _set(connection, _BEFORE_WRITING)
        if version < migrations.newest():
            back_up(connection, path.with_name(f"{path.name}.v{version}.backup"))
            migrations.migrate(connection)
        _set(connection, ("foreign_keys=ON",))
        _harden(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _set(connection: sqlite3.Connection, settings: tuple[str, ...]) -> None:
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")


def accepted_version(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the schema. Raises NotALibrary, LibraryTooNew."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != migrations.APPLICATION_ID:
        raise NotALibrary(N_("“{path}”不是绩效填报的库，没有打开，也没有改动；请核对路径。"), path=str(path))
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > migrations.newest():
        message = N_("库“{path}”是较新版本的程序写的（第 {version} 版）；请升级程序后再打开，库没有改动。")
        raise LibraryTooNew(message, path=str(path), version=version)
    return version


def _require_whole(connection: sqlite3.Connection, path: Path) -> None:
    faults = page_faults(connection, "quick_check")
    if faults:
        message = N_("库“{path}”已损坏：{fault}请从最近的备份恢复，损坏的文件请留着不要删除。")
        raise LibraryDamaged(message, path=str(path), fault=faults[0])


def _harden(connection: sqlite3.Connection) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
