"""A copy of the library that has been read back and checked before it takes the place of the one before."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from forms.errors import LibraryDamaged, SaveFailed
from forms.files import atomic_write, sync_folder
from forms.language import N_
from forms.store.connection import ERRORS, connect, save_refusal
from forms.store.verification import digest_faults, page_faults


def back_up(connection: sqlite3.Connection, to: Path) -> None:
    """Write a verified copy of the open library to `to` and its SHA-256, as sha256sum writes it, to `<to>.sha256`.

    A good backup that stood there before stays until the new one is proven. Raises SaveFailed; LibraryDamaged where
    the library itself does not stand the check, for a bad copy must never replace a good one.
    """
    begin(connection, to)
    prove(to)


def begin(connection: sqlite3.Connection, to: Path) -> None:
    """Copy the open library beside `to`; it becomes `to` when it is proven. Raises SaveFailed."""
    part = _part(to)
    with _nothing_half_written(to, ends=False):
        to.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(connect(part.absolute(), "rwc")) as target:
            connection.backup(target)
            # The copy inherits WAL, which a read-only medium could not be read in.
            target.execute("PRAGMA journal_mode=DELETE")
        with part.open("rb+") as file:
            os.fsync(file.fileno())


def prove(to: Path) -> None:
    """Check what `begin` has copied, in any thread, and put it in place. Raises as `back_up`."""
    part = _part(to)
    with _nothing_half_written(to, ends=True):
        _verify(part, to)
        atomic_write(sum_file(to), f"{sha256_of(part)}  {to.name}\n".encode())
        part.replace(to)
        sync_folder(to.parent)


def sum_file(to: Path) -> Path:
    """Where the SHA-256 of a backup is written down."""
    return to.with_name(f"{to.name}.sha256")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file. OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _part(to: Path) -> Path:
    return to.with_name(f"{to.name}.part")


@contextmanager
def _nothing_half_written(to: Path, *, ends: bool) -> Iterator[None]:
    """Say a refusal in words; what is half done goes, at the end and where something fails."""
    done = False
    try:
        yield
        done = True
    except sqlite3.Error as error:
        raise save_refusal(error, to) from error
    except OSError as error:
        message = N_("备份“{path}”没有写成（{reason}）；请换一个文件夹或清理磁盘后重试，原来的备份还在。")
        raise SaveFailed(message, path=str(to), reason=error.strerror or str(error)) from error
    finally:
        if ends or not done:
            with suppress(OSError):
                _part(to).unlink(missing_ok=True)


def _verify(part: Path, to: Path) -> None:
    with closing(connect(part.absolute(), "ro")) as copy:
        try:
            faults = page_faults(copy, "integrity_check") + digest_faults(copy)
        except ERRORS as error:
            faults = [str(error)]
    if faults:
        message = N_("库已损坏（{fault}），没有备份到“{path}”，以免盖掉好的备份；请用以前的备份恢复。")
        raise LibraryDamaged(message, fault=faults[0], path=str(to))
