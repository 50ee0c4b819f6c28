"""The backups of a library: made by themselves, each proven, thinned by age, and never all taken away."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from forms.errors import SaveFailed
from forms.language import N_
from forms.store.backup import begin, prove, sum_file
from forms.store.connection import ERRORS, connect
from forms.store.thinning import Backup, superfluous

MADE_BY_HAND = "hand"
REASONS = {
    "start": N_("启动时"), "timer": N_("定时"), "exit": N_("退出时"), "import": N_("导入前"),
    "template": N_("装表样前"), "restore": N_("恢复前"), "repair": N_("修复前"), "migrate": N_("升级前"),
    MADE_BY_HAND: N_("手动"),
}  # fmt: skip

_NAME = re.compile(r"(\d{6})-(\d{8}T\d{6})Z-([a-z]+)\.jixiao")
_MIGRATED = re.compile(r".+\.v\d+\.backup")
_TIME = "%Y%m%dT%H%M%S"
_APART = timedelta(minutes=10)  # between two that are made by themselves, so that a script of imports fills no disk
_ALWAYS = (MADE_BY_HAND, "restore", "repair")
_HOLDINGS = "SELECT (SELECT count(*) FROM filing), (SELECT count(*) FROM template)"
_SPARE = 32 * 1024 * 1024  # bytes that a backup leaves free on the disk


@dataclass(frozen=True, slots=True)
class Pending:
    """A copy that is still to be proven; `finish` may run in any thread."""

    to: Path
    backups: Backups
    now: datetime

    def finish(self) -> Path:
        """Prove the copy and let go of those there are too many of. Raises as `back_up`."""
        prove(self.to)
        self.backups.thin(self.now)
        return self.to


class Backups:
    """The folder `<library>.backups` beside a library."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self.folder = library.with_name(f"{library.name}.backups")

    def all(self) -> tuple[Backup, ...]:
        """Every backup, the newest first; those kept before the library moved to a newer program come last."""
        found = [one for path in self._files(self.folder) if (one := _named(path))]
        moved = [
            Backup(0, datetime.fromtimestamp(path.stat().st_mtime, UTC), "migrate", path, path.stat().st_size)
            for path in self._files(self._library.parent)
            if path.name.startswith(f"{self._library.name}.") and _MIGRATED.fullmatch(path.name)
        ]
        return (*sorted(found, key=lambda one: one.number, reverse=True), *moved)

    def begin(self, connection: sqlite3.Connection, reason: str, now: datetime) -> Pending | None:
        """Copy the open library; None where there is nothing new since the newest backup, or that was just now.

        What is made by hand, or before something risky, is not held up by the clock. Raises SaveFailed.
        """
        newest = next(iter(self.all()), None)
        if not any(connection.execute(_HOLDINGS).fetchone()):
            return None
        if newest is not None and newest.number:
            if reason not in _ALWAYS and timedelta() <= now - newest.time < _APART:
                return None
            if _state_of(newest.path) == _state(connection):
                return None
        self._require_room(connection)
        number = newest.number + 1 if newest else 1
        to = self.folder / f"{number:06d}-{now.astimezone(UTC).strftime(_TIME)}Z-{reason}.jixiao"
        begin(connection, to)
        return Pending(to, self, now)

    def thin(self, now: datetime) -> None:
        """Take away what there is too much of; what cannot be taken away stays."""
        for one in superfluous([each for each in self.all() if each.number], now):
            with suppress(OSError):
                sum_file(one.path).unlink(missing_ok=True)
                one.path.unlink()

    def _require_room(self, connection: sqlite3.Connection) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        there = self.folder if self.folder.is_dir() else self.folder.parent
        if shutil.disk_usage(there).free < pages * size + _SPARE:
            message = N_("磁盘快满了，没有备份到“{path}”；请清理磁盘，以前的备份还在。")
            raise SaveFailed(message, path=str(self.folder))

    @staticmethod
    def _files(folder: Path) -> Sequence[Path]:
        with suppress(OSError):
            return [path for path in folder.iterdir() if path.is_file()]
        return []


def _named(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    with suppress(ValueError, OSError):
        time = datetime.strptime(found[2], _TIME).replace(tzinfo=UTC)
        return Backup(int(found[1]), time, found[3], path, path.stat().st_size)
    return None


def _state_of(path: Path) -> tuple[object, ...] | None:
    try:
        with closing(connect(path.absolute(), "ro")) as copy:
            return _state(copy)
    except ERRORS:
        return None  # it cannot be read, so another one is wanted in any case


def _state(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What tells whether anything was written, quickly: the newest change and revision, the forms, the settings."""
    newest = connection.execute("SELECT (SELECT max(touched) FROM filing), (SELECT max(rowid) FROM revision)")
    settings = connection.execute("SELECT name, value FROM setting ORDER BY name").fetchall()
    return (*newest.fetchone(), *connection.execute(_HOLDINGS).fetchone(), *settings)
