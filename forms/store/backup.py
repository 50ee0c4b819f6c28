"""A copy of the library that has been read back and checked before it takes the place of the one before."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing, suppress
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
    to = to.absolute()
    part = to.with_name(f"{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(connection, part)
        _verify(part, to)
        with part.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        atomic_write(to.with_name(f"{to.name}.sha256"), f"{sha256}  {to.name}\n".encode())
        part.replace(to)
        sync_folder(to.parent)
    except sqlite3.Error as error:
        raise save_refusal(error, to) from error
    except OSError as error:
        message = N_("备份“{path}”没有写成（{reason}）；请换一个文件夹或清理磁盘后重试，原来的备份还在。")
        raise SaveFailed(message, path=str(to), reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, part: Path) -> None:
    with closing(connect(part, "rwc")) as target:
        connection.backup(target)
        # The copy inherits WAL, which a read-only medium could not be read in.
        target.execute("PRAGMA journal_mode=DELETE")
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _verify(part: Path, to: Path) -> None:
    with closing(connect(part, "ro")) as copy:
        try:
            faults = page_faults(copy, "integrity_check") + digest_faults(copy)
        except ERRORS as error:
            faults = [str(error)]
    if faults:
        message = N_("库已损坏（{fault}），没有备份到“{path}”，以免盖掉好的备份；请用以前的备份恢复。")
        raise LibraryDamaged(message, fault=faults[0], path=str(to))
