"""Faults 4 and 5, a full disk and a failing one: refused in words, what stood stands, and later it works."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.commands import SetValue
from forms.errors import SaveFailed
from forms.filing import Filing, Place
from forms.store import ballast
from forms.store.library import Library
from tests.forms.sample_filings import FORM, a_filing
from tests.reliability.campaign import rounds

LONG = "质量达标，" * 400


@pytest.fixture
def filing() -> Filing:
    return a_filing()


@pytest.fixture
def path(tmp_path: Path, filing: Filing) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(filing, FORM)
    return path


def put(text: str) -> SetValue:
    return SetValue(Place(field="甲"), text)


def leave_room(library: Library, pages: int) -> None:
    """Let the file grow by so many pages and then be full."""
    (used,) = library._connection.execute("PRAGMA page_count").fetchone()
    library._connection.execute(f"PRAGMA max_page_count={used + pages}").fetchall()


def fill(library: Library, ident: str) -> int:
    """Save until the disk is full; gives how many saves were acknowledged."""
    for saved in range(1000):
        try:
            library.edit(ident, put(f"{saved + 1}{LONG}"), put(""), origin="typed")
        except SaveFailed as refusal:
            told = str(refusal)
            break
    assert told.startswith("磁盘已满")
    return saved


def acts(library: Library, ident: str) -> dict[str, Callable[[], object]]:
    """Whatever writes into the library."""
    long = {f"字段{number}": LONG for number in range(9)}
    return {
        "edit": lambda: library.edit(ident, put(LONG * 9), put(""), origin="typed"),
        "add": lambda: library.add(a_filing(values=long), FORM),
        "revise": lambda: library.revise(ident, reason="check"),
        "setting": lambda: library.set_setting("unit", LONG * 9),
    }


@pytest.mark.parametrize("room", range(rounds(8, 40)))
def test_what_was_acknowledged_before_the_disk_was_full_is_there(path: Path, filing: Filing, room: int) -> None:
    with Library.open(path) as library:
        leave_room(library, room)
        saved = fill(library, filing.id)
        assert len(library.journal(filing.id)) == saved
        assert library.filing(filing.id).values["甲"] == (f"{saved}{LONG}" if saved else filing.values["甲"])
        assert library.check() == []
        leave_room(library, 1000)
        assert library.edit(filing.id, put("又能存了"), put(""), origin="typed") == saved + 1
    with Library.open(path) as library:
        assert library.filing(filing.id).values["甲"] == "又能存了"


@pytest.mark.parametrize("name", ["edit", "add", "revise", "setting"])
def test_whatever_is_refused_changes_nothing_and_is_done_when_there_is_room(
    path: Path, filing: Filing, name: str
) -> None:
    with Library.open(path) as library:
        library.edit(filing.id, put(LONG * 9), put(""), origin="typed")
        leave_room(library, 0)
        act = acts(library, filing.id)[name]
        before = (library.list(), library.journal(filing.id), library.revisions(filing.id), library.setting("unit"))
        with pytest.raises(SaveFailed, match="磁盘已满"):
            act()
        after = (library.list(), library.journal(filing.id), library.revisions(filing.id), library.setting("unit"))
        assert after == before
        leave_room(library, 1000)
        act()
        assert library.check() == []


def test_the_reserve_saves_what_was_typed_and_then_keeps_imports_out(
    path: Path, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(path) as library:
        assert library.idle_check() == []
        give = ballast.Ballast.free

        def give_room(reserve: ballast.Ballast) -> bool:
            leave_room(library, 100)
            return give(reserve)

        monkeypatch.setattr(ballast.Ballast, "free", give_room)
        leave_room(library, 0)
        library.edit(filing.id, put(LONG * 9), put(""), origin="typed")
        assert library.filing(filing.id).values["甲"] == LONG * 9
        assert "备用空间" in library.warning

        monkeypatch.setattr(ballast.Ballast, "lay", lambda _: False)
        with pytest.raises(SaveFailed, match="暂时不能存入新的表"):
            library.add(a_filing(), FORM)
        library.edit(filing.id, put("还能继续填写"), put(""), origin="typed")

        monkeypatch.undo()
        library.add(a_filing(), FORM)
        assert library.warning == ""
        assert len(library.list()) == 2


def test_a_reserve_there_is_no_room_for_leaves_nothing_behind(tmp_path: Path) -> None:
    reserve = ballast.Ballast(tmp_path / "library.db")
    (tmp_path / "library.db.ballast").symlink_to("/dev/full")
    assert not reserve.lay()
    assert not (tmp_path / "library.db.ballast").is_symlink()
    assert not reserve.free()
    assert reserve.lay()
    assert reserve.laid


EDITS = 12
FAILING = f"""
EDITS = {EDITS}
import os, sys
from pathlib import Path
from forms.commands import SetValue
from forms.errors import SaveFailed
from forms.filing import Place
from forms.store.library import Library
library = Library.open(Path(sys.argv[1]))
for number in range(1, 1 + EDITS):
    try:
        text = SetValue(Place(field='甲'), str(number) + '质量达标，' * 100)
        print(library.edit(sys.argv[2], text, text, origin='typed', expected_seq=None), number, flush=True)
    except SaveFailed as error:
        print('refused', error, flush=True)
os._exit(0)
"""


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
@pytest.mark.parametrize("once", [True, False], ids=["once", "for-good"])
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync"])
def test_when_the_disk_fails_at_any_call_what_was_acknowledged_is_there(
    path: Path, filing: Filing, error: str, once: bool, call: str
) -> None:
    for number in range(1, rounds(4, 1000)):
        with Library.open(path) as library:
            already = len(library.journal(filing.id))
        lines = type_while_failing(path, filing.id, f"{call}:error={error}:when={number}{'' if once else '+'}")
        refused = [line for line in lines if line.startswith("refused")]
        acknowledged = [tuple(map(int, line.split())) for line in lines if not line.startswith("refused")]
        if number > EDITS and not refused:
            break  # so many calls were not made
        assert refused
        assert all("没有保存" in line for line in refused)
        with Library.open(path) as library:
            journal = library.journal(filing.id)
            assert library.check() == []
        assert [edit.seq for edit in journal] == list(range(1, len(journal) + 1))
        for seq, typed in acknowledged:
            forward = journal[seq - 1].forward
            assert isinstance(forward, SetValue)
            assert re.match(r"\d+", forward.text)[0] == str(typed)  # type: ignore[index]  # the text starts with it
        # A save whose synchronisation failed may be there although it was refused; never one that nobody asked for.
        assert already + len(acknowledged) <= len(journal) <= already + len(lines)


def type_while_failing(path: Path, ident: str, injection: str) -> list[str]:
    """What a process was told that saved twelve edits while the system refused some of its writes."""
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", f"{path}-wal", "-e", f"inject={injection}"]
    done = subprocess.run(
        [*command, sys.executable, "-c", FAILING, str(path), ident], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.splitlines()
