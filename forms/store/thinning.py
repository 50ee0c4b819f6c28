"""Which backups have become too many: the older they are, the further apart they may lie."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

LARGEST = 4 * 1024**3  # bytes that all of them may take
_ALL, _BEFORE_RISK, _REST = timedelta(days=2), timedelta(days=90), timedelta(days=7)
_SAFE = 3  # so many of the newest stay, however large they are
_RISKS = ("import", "template", "restore", "repair")


class Backup(NamedTuple):
    """One backup of a library. `number` orders them, whatever the clock said; `time` is for people and for thinning."""

    number: int
    time: datetime
    reason: str
    path: Path
    size: int


def superfluous(backups: Iterable[Backup], now: datetime, largest: int = LARGEST) -> list[Backup]:
    """Those that may go: everything of two days stays, 14 days, 8 weeks and 12 months each keep their newest.

    What was kept before something risky stays for 90 days, the newest always; and for 7 days after a restore nothing
    goes at all, for whoever restores one backup may want another.
    """
    newest_first = sorted(backups, key=lambda one: one.number, reverse=True)
    if any(one.reason == "restore" and now - one.time < _REST for one in newest_first):
        return []
    kept = {one.number for one in newest_first[:1]}
    kept |= {one.number for one in newest_first if now - one.time < _ALL}
    kept |= {one.number for one in newest_first if one.reason in _RISKS and now - one.time < _BEFORE_RISK}
    for count, period in ((14, _day), (8, _week), (12, _month)):
        kept |= _newest_of_each(newest_first, period, count)
    staying = [one for one in newest_first if one.number in kept]
    heavy = {one.number for one in _too_heavy(staying, largest)}
    return [one for one in newest_first if one.number not in kept or one.number in heavy]


def _newest_of_each(newest_first: Sequence[Backup], period: Callable[[datetime], Hashable], count: int) -> set[int]:
    found: dict[Hashable, int] = {}
    for one in newest_first:
        found.setdefault(period(one.time), one.number)
    return set(list(found.values())[:count])


def _too_heavy(newest_first: Sequence[Backup], largest: int) -> list[Backup]:
    total, over = 0, []
    for place, one in enumerate(newest_first):
        total += one.size
        if total > largest and place >= _SAFE:
            over.append(one)
    return over


def _day(time: datetime) -> Hashable:
    return time.astimezone().date()


def _week(time: datetime) -> Hashable:
    return time.astimezone().isocalendar()[:2]


def _month(time: datetime) -> Hashable:
    return time.astimezone().strftime("%Y-%m")
