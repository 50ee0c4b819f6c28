"""Backups are thinned by age, never to none, and not at all after a restore."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from forms.store.thinning import Backup, superfluous

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
Age = tuple[float, str]


def backups(*ages: Age, size: int = 10) -> list[Backup]:
    """Backups of these ages in days, the oldest first."""
    return [
        Backup(number, NOW - timedelta(days=days), reason, Path(f"{number}"), size)
        for number, (days, reason) in enumerate(ages, 1)
    ]


def staying(given: list[Backup], **more: int) -> list[float]:
    gone = {one.number for one in superfluous(given, NOW, **more)}
    return [(NOW - one.time) / timedelta(days=1) for one in given if one.number not in gone]


def test_everything_of_two_days_stays() -> None:
    given = backups(*((hours / 24, "timer") for hours in range(47, 0, -1)))
    assert superfluous(given, NOW) == []


def test_older_ones_thin_out_to_days_weeks_and_months() -> None:
    given = backups(*((hours / 24, "timer") for hours in range(24 * 500, 0, -6)))
    left = staying(given)
    assert len([age for age in left if age > 2]) <= 14 + 8 + 12
    assert len([age for age in left if 2 <= age <= 14]) >= 11
    assert len([age for age in left if age > 60]) >= 9
    assert max(left) > 300


def test_what_was_kept_before_something_risky_stays_for_90_days() -> None:
    given = backups(*((days, "import") for days in (89.9, 89.8, 89.7, 20.3, 20.2, 20.1)), (1, "timer"))
    assert len(staying(given)) == 7
    late = backups(*((90 + part / 100, "import") for part in range(9, 0, -1)), (1, "timer"))
    assert len(staying(late)) < 5


def test_for_a_week_after_a_restore_nothing_goes() -> None:
    many = [(300 + number / 100, "timer") for number in range(50, 0, -1)]
    assert len(superfluous(backups(*many, (1, "timer")), NOW)) > 40
    assert superfluous(backups(*many, (6.9, "restore"), (1, "timer")), NOW) == []


def test_too_many_bytes_take_the_oldest_but_never_the_newest_three() -> None:
    given = backups((1.5, "timer"), (1.4, "timer"), (1.3, "timer"), (0.2, "timer"), (0.1, "timer"), size=100)
    assert len(staying(given, largest=350)) == 3
    assert len(staying(given, largest=1)) == 3
    assert len(staying(given, largest=500)) == 5


@pytest.mark.parametrize("seed", range(20))
def test_the_newest_never_goes_whatever_the_clock_said(seed: int) -> None:
    chance = random.Random(seed)
    given = backups(*((chance.uniform(-400, 4_000), chance.choice(["timer", "exit", "import"])) for _ in range(60)))
    assert given[-1] not in superfluous(given, NOW)


def test_thinning_twice_is_thinning_once() -> None:
    given = backups(*((hours / 24, "timer") for hours in range(24 * 200, 0, -5)))
    gone = superfluous(given, NOW)
    assert superfluous([one for one in given if one not in gone], NOW) == []
