"""Fault 1 in the window: killed while somebody types. What the window showed as saved is there, and is said to be."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.recovery import recovered
from forms.desk import Desk
from forms.journal import replay
from forms.store.library import Library
from forms.templates import Templates
from tests.desktop.open_forms import incoming
from tests.reliability.campaign import rounds
from tests.reliability.window_typist import AMOUNT

MOST_SAVES = 12


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "library.jixiao"
    with Library.open(path) as opened:
        Desk(opened, Templates.shipped()).take_in(incoming())
    return path


def type_and_kill(library: Path, ident: str, saves: int) -> int:
    """The last text a window showed as saved that was killed after about so many saves; no clock decides when."""
    words = [
        sys.executable,
        "-m",
        "tests.reliability.window_typist",
        str(library),
        ident,
        str(library.parent / "s.ini"),
    ]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout is not None
        saved = [int(process.stdout.readline()) for _ in range(saves)]
        process.kill()
        saved += [int(line) for line in process.stdout]
    assert process.returncode == -signal.SIGKILL
    return saved[-1]


@pytest.mark.parametrize("seed", range(rounds(2, 20)))
def test_what_the_window_showed_as_saved_survives_a_kill(library: Path, seed: int) -> None:
    with Library.open(library) as opened:
        ident = next(one.id for one in opened.list() if "沙渡" in one.title)
    saved = type_and_kill(library, ident, random.Random(seed).randint(1, MOST_SAVES))
    with Library.open(library, create=False) as opened:
        assert opened.check() == []
        filing = opened.filing(ident)
        assert int(filing.text(AMOUNT)) >= saved
        assert replay(opened.revision(ident, 1)[1], opened.journal(ident)) == filing
        desk = Desk(opened, Templates.shipped())
        assert [one.id for one in recovered(desk)] == [ident]
        assert recovered(desk) == ()
