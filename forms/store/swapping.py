"""Putting a backup in the place of a library, which must be closed; the one that stood there is kept beside it."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from forms.errors import LibraryDamaged, SaveFailed
from forms.files import sync_folder
from forms.language import N_, sentence
from forms.store.backup import sha256_of, sum_file
from forms.store.connection import ERRORS
from forms.store.library import Library
from forms.store.locking import LibraryLock
from forms.store.records import Summary

_BESIDE = ("", "-wal")


class Contents:
    """What a backup holds: its filings, those changed last first, and what is wrong with it, as sentences."""

    def __init__(self, path: Path) -> None:
        with Library.look_into(path) as opened:
            self.filings: tuple[Summary, ...] = opened.list()
            self.faults = [*_sum_faults(path), *opened.check()]


def put_in_place(library: Path, backup: Path) -> Path:
    """Make `backup` the library; gives the folder in which what stood there is kept.

    The copy is checked before anything is touched. LibraryInUse, LibraryDamaged, SaveFailed.
    """
    library = library.absolute()
    lock = LibraryLock(library)
    lock.take()
    part = library.with_name(f".{library.name}.part")
    try:
        _copied(backup, part)
        _require_whole(part, backup)
        kept = keep_aside(library, "replaced")
        # The log belongs to the library that goes: under another one it would put its pages into that.
        Path(f"{library}-wal").unlink(missing_ok=True)
        sync_folder(library.parent)
        part.replace(library)
        sync_folder(library.parent)
    except OSError as error:
        message = N_("没有恢复“{path}”（{reason}）；原来的库还在，请检查磁盘后重试。")
        raise SaveFailed(message, path=str(library), reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        lock.release()
    return kept


def keep_aside(library: Path, why: str) -> Path:
    """Copy a library that is not open, with its log, into a folder of its own, which nobody removes. OSError."""
    time = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    for number in count(1):
        folder = library.with_name(f"{library.name}.{why}-{time}-{number}")
        with suppress(FileExistsError):
            folder.mkdir()
            break
    for ending in _BESIDE:
        beside = Path(f"{library}{ending}")
        if beside.exists():
            _copied(beside, folder / beside.name)
    sync_folder(folder)
    sync_folder(library.parent)
    return folder


def _copied(path: Path, to: Path) -> None:
    shutil.copyfile(path, to)
    with to.open("rb+") as file:
        os.fsync(file.fileno())


def _require_whole(part: Path, backup: Path) -> None:
    try:
        with Library.look_into(part) as opened:
            faults = [*_sum_faults(backup), *opened.check()]
    except ERRORS as error:
        faults = [str(error)]
    if faults:
        message = N_("备份“{path}”不完整（{fault}），没有用它恢复；请换一个备份。")
        raise LibraryDamaged(message, path=str(backup), fault=faults[0])


def _sum_faults(backup: Path) -> list[str]:
    with suppress(OSError):
        told = sum_file(backup).read_text(encoding="ascii", errors="replace").split()
        if told and told[0] != sha256_of(backup):
            return [sentence(N_("“{name}”与写成时的校验值不符。"), {"name": backup.name})]
    return []
