"""Faults 18 and 19: damaged packages. A tenth of the campaign by default, all of it with JIXIAO_FAULTS=full."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from forms.errors import PackageRefused
from forms.package.packing import build, open_package, verify
from tests.forms.sample_package import sample_payload
from tests.reliability.campaign import rounds

Damage = Callable[[bytearray, random.Random], None]


def flip(data: bytearray, dice: random.Random) -> None:
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def overwrite(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at : at + dice.randint(1, 40)] = dice.randbytes(dice.randint(1, 40))


def insert(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    data[at:at] = dice.randbytes(dice.randint(1, 16))


def remove(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data))
    del data[at : at + dice.randint(1, 64)]


def repeat(data: bytearray, dice: random.Random) -> None:
    at, to = dice.randrange(len(data)), dice.randrange(len(data))
    data[to:to] = data[at : at + dice.randint(1, 512)]


def exchange(data: bytearray, dice: random.Random) -> None:
    at, to, size = dice.randrange(len(data)), dice.randrange(len(data)), dice.randint(1, 32)
    data[at : at + size], data[to : to + size] = data[to : to + size], data[at : at + size]


def headers(data: bytearray, dice: random.Random) -> None:
    """Put a telling number into a header, where damage does most harm."""
    marks = [at for at in range(len(data) - 46) if data[at : at + 2] == b"PK"]
    at = dice.choice(marks) + dice.randrange(4, 46)
    data[at : at + 4] = dice.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x01\0\0\0", b"\xff\xff\xff\x7f"])


DAMAGES: tuple[Damage, ...] = (flip, overwrite, insert, remove, repeat, exchange, headers)


@pytest.fixture(scope="module")
def good() -> bytes:
    return build(sample_payload())[1]


def survives(damaged: bytes, files: dict[str, bytes]) -> bool:
    """Whether the reader takes it, which it may only with the very same content."""
    try:
        opened = open_package(damaged)
    except PackageRefused:
        report = verify(damaged)
        assert report.findings
        assert not report.intact
        return False
    assert opened.files == files
    return True


def test_no_mutation_is_accepted_with_another_payload(good: bytes) -> None:
    dice, files = random.Random(18), open_package(good).files
    accepted = 0
    for turn in range(rounds(2_000, 20_000)):
        damaged = bytearray(good)
        for _ in range(dice.choice((1, 1, 1, 2, 5))):
            DAMAGES[turn % len(DAMAGES)](damaged, dice)
        accepted += survives(bytes(damaged), files)
    assert accepted < rounds(1_000, 10_000)


def test_no_single_bit_changes_the_payload_unseen(good: bytes) -> None:
    files = open_package(good).files
    for at in range(0, len(good) * 8, rounds(10, 1)):
        damaged = bytearray(good)
        damaged[at // 8] ^= 1 << at % 8
        survives(bytes(damaged), files)
    assert survives(good, files)


def test_no_package_cut_short_is_accepted(good: bytes) -> None:
    files = open_package(good).files
    assert not any(survives(good[:length], files) for length in range(len(good)))


def test_hostile_noise_is_refused_without_other_exceptions() -> None:
    dice = random.Random(19)
    for _ in range(500):
        noise = b"PK\x03\x04" + dice.randbytes(dice.randrange(200)) + b"PK\x05\x06" + dice.randbytes(18)
        assert not verify(noise).intact
