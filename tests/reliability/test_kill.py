"""Fault 1: killed while saving. What was acknowledged is there, nothing is there by halves, and the file is whole."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from forms.commands import SetMeta
from forms.filing import Filing
from forms.journal import replay
from forms.store.library import Library
from tests.forms.sample_filings import FORM, a_filing
from tests.reliability import typist
from tests.reliability.campaign import rounds

KILLS = 10  # of each library
LIBRARIES = rounds(5, 20)
MOST_SAVES = rounds(60, 1000)


@pytest.fixture
def filing() -> Filing:
    return a_filing()


@pytest.fixture
def path(tmp_path: Path, filing: Filing) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(filing, FORM)
    return path


def type_and_kill(path: Path, ident: str, saves: int) -> list[int]:
    """The edits a typist acknowledged that was killed after about so many saves; no clock decides when."""
    command = [sys.executable, "-m", "tests.reliability.typist", str(path), ident]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(saves)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout]
    assert process.returncode == -signal.SIGKILL
    return acknowledged


@pytest.mark.parametrize("seed", range(LIBRARIES))
def test_no_acknowledged_save_is_lost_however_often_the_program_is_killed(
    path: Path, filing: Filing, seed: int
) -> None:
    draw = random.Random(seed)
    last = 0
    for _ in range(KILLS):
        acknowledged = type_and_kill(path, filing.id, draw.randint(1, MOST_SAVES))
        assert acknowledged == list(range(last + 1, last + 1 + len(acknowledged)))
        with Library.open(path, create=False) as library:
            journal = library.journal(filing.id)
            assert library.check() == []
            current = library.filing(filing.id)
            newest, kept = library.revision(filing.id, len(library.revisions(filing.id)))
        last = len(journal)
        # At most the one edit that was on its way is there without having been acknowledged.
        assert acknowledged[-1] <= last <= acknowledged[-1] + 1
        assert [edit.forward for edit in journal] == [typist.edit(seq) for seq in range(1, last + 1)]
        assert current == replay(filing, journal)
        assert current.values["甲"] == typist.text(last)
        assert kept == replay(filing, journal[: newest.seq])
    assert last >= KILLS


def test_one_edit_synchronises_the_disk_once(path: Path, filing: Filing, tmp_path: Path) -> None:
    edits = 20  # too few for a checkpoint, which synchronises on its own account
    code = (
        "import os, sys; from pathlib import Path;"
        "from forms.store.library import Library; from forms.commands import SetMeta;"
        "year = SetMeta('year', '2023'); library = Library.open(Path(sys.argv[1]));"
        "save = lambda: library.edit(sys.argv[2], year, year, origin='typed'); save(); os.write(1, b'<<<');"
        f"[save() for _ in range({edits})]; os.write(1, b'>>>')"
    )
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync,write", "-o", str(trace)]
    subprocess.run([*command, sys.executable, "-c", code, str(path), filing.id], check=True, capture_output=True)
    between = trace.read_text().partition("<<<")[2].partition(">>>")[0]
    assert len(re.findall(r"\b(?:fsync|fdatasync)\(", between)) == edits
    with Library.open(path) as library:
        assert [edit.forward for edit in library.journal(filing.id)] == [SetMeta("year", "2023")] * (edits + 1)
