"""Backups of a real library: made when something has changed, proven, listed, looked into and put in its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from forms.errors import FilingUnknown, LibraryDamaged, LibraryInUse, LibraryRefused, SaveFailed
from forms.retrieval import retrieve_copy, retrieve_state
from forms.store.backups import Backups
from forms.store.library import Library
from forms.store.swapping import Contents, put_in_place
from tests.forms.history.lives import AMOUNT, GOAL, Life


@pytest.fixture
def life(tmp_path: Path) -> Life:
    return Life(tmp_path)


def of(life: Life) -> Backups:
    return Backups(life.library.path)


def kept(life: Life, reason: str = "timer") -> Path:
    life.clock.on(minutes=31)
    made = life.library.keep_backup(reason)
    assert made is not None
    return made


def test_a_backup_is_made_once_for_each_change(life: Life) -> None:
    first = kept(life, "start")
    life.clock.on(minutes=31)
    assert life.library.keep_backup("timer") is None
    life.put(AMOUNT, "1")
    second = kept(life)
    assert [(one.number, one.reason, one.path) for one in of(life).all()] == [
        (2, "timer", second), (1, "start", first),
    ]  # fmt: skip
    life.library.set_setting("x", "y")
    assert kept(life).exists()


def test_a_script_of_imports_fills_no_disk_and_a_hand_is_not_held_up(life: Life) -> None:
    kept(life)
    life.put(AMOUNT, "1")
    assert life.library.keep_backup("import") is None
    assert life.library.keep_backup("hand") is not None


def test_a_clock_that_went_back_does_not_hold_up_backups(life: Life) -> None:
    kept(life)
    life.put(AMOUNT, "1")
    life.clock.on(days=-400)
    assert life.library.keep_backup("timer") is not None
    assert [one.number for one in of(life).all()] == [2, 1]


def test_a_backup_is_whole_and_says_what_is_in_it(life: Life) -> None:
    contents = Contents(kept(life))
    assert contents.faults == []
    assert contents.filings == life.library.list()
    assert not list(of(life).folder.glob("*.part"))


def test_a_backup_that_rotted_says_so(life: Life) -> None:
    made = kept(life)
    data = bytearray(made.read_bytes())
    data[data.index("沙渡市".encode(), len(data) // 2)] ^= 1
    made.write_bytes(data)
    assert any("校验值不符" in one for one in Contents(made).faults)
    life.library.close()
    with pytest.raises(LibraryDamaged, match="没有用它恢复"):
        put_in_place(life.library.path, made)
    with Library.open(life.library.path) as opened:
        assert len(opened.list()) > 1


def test_a_file_that_is_no_backup_is_one_sentence(tmp_path: Path) -> None:
    stranger = tmp_path / "x.jixiao"
    stranger.write_bytes(b"PK\3\4" * 100)
    with pytest.raises(LibraryRefused):
        Contents(stranger)
    with pytest.raises(LibraryRefused):
        Contents(tmp_path / "missing.jixiao")


def test_looking_into_a_library_changes_nothing_and_needs_no_lock(life: Life) -> None:
    made = kept(life)
    before = made.read_bytes()
    with Library.look_into(made) as first, Library.look_into(made) as second:
        assert first.list() == second.list()
        with pytest.raises(SaveFailed):
            first.set_setting("x", "y")
    assert made.read_bytes() == before
    assert {one.name for one in made.parent.iterdir()} == {made.name, f"{made.name}.sha256"}


def test_a_library_in_use_can_be_looked_into_with_its_newest_changes(life: Life) -> None:
    life.put(AMOUNT, "12.5")
    with Library.look_into(life.library.path) as looked:
        assert looked.filing(life.ident).text(AMOUNT) == "12.5"


def test_one_that_an_older_program_made_is_read_from_a_copy() -> None:
    frozen = Path(__file__).parents[1] / "fixtures" / "library-v1.db"
    before = frozen.read_bytes()
    with Library.look_into(frozen) as looked:
        assert looked.list()
        assert looked.check() == []
    assert frozen.read_bytes() == before


def test_the_whole_library_goes_back_and_what_stood_there_is_kept(life: Life) -> None:
    made, before = kept(life), life.filing
    life.put(AMOUNT, "77")
    life.library.close()
    aside = put_in_place(life.library.path, made)
    with Library.open(life.library.path) as opened:
        assert opened.filing(life.ident) == before
        assert opened.check() == []
    with Library.look_into(aside / life.library.path.name) as old:
        assert old.filing(life.ident).text(AMOUNT) == "77"


def test_a_log_that_was_left_behind_does_not_come_into_the_restored_library(life: Life) -> None:
    made, before = kept(life), life.filing
    life.put(AMOUNT, "77")
    wal = Path(f"{life.library.path}-wal")
    left = wal.read_bytes()
    library = life.library.path.read_bytes()
    life.library.close()
    life.library.path.write_bytes(library)
    wal.write_bytes(left)
    aside = put_in_place(life.library.path, made)
    assert not wal.exists()
    assert (aside / wal.name).read_bytes() == left
    with Library.open(life.library.path) as opened:
        assert opened.filing(life.ident) == before


def test_a_library_that_is_open_is_not_replaced(life: Life) -> None:
    made = kept(life)
    with pytest.raises(LibraryInUse):
        put_in_place(life.library.path, made)


def test_a_disk_without_room_keeps_the_old_backups(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept(life)
    life.put(AMOUNT, "1")
    life.clock.on(minutes=31)
    usage = shutil.disk_usage(life.library.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with pytest.raises(SaveFailed, match="磁盘快满了"):
        life.library.keep_backup("timer")
    assert [one.path for one in of(life).all()] == [made]


def test_a_filing_comes_back_as_a_copy_with_another_id(life: Life) -> None:
    made = kept(life)
    life.put(AMOUNT, "77")
    count = len(life.library.list())
    with Library.look_into(made) as backup:
        ident = retrieve_copy(life.desk, backup, life.ident)
        then = backup.filing(life.ident)
    assert len(life.library.list()) == count + 1
    copy = life.library.filing(ident)
    assert copy.values == then.values
    assert copy.origin is not None
    assert copy.origin.filing == life.ident
    assert life.filing.text(AMOUNT) == "77"


def test_a_filing_comes_back_as_one_step_that_can_be_undone(life: Life) -> None:
    then = life.filing
    made = kept(life)
    life.put(AMOUNT, "77")
    life.put(GOAL, "改了")
    with Library.look_into(made) as backup:
        assert retrieve_state(life.desk, backup, life.ident)
        assert not retrieve_state(life.desk, backup, life.ident)
    assert life.filing == then
    last = life.library.journal(life.ident)[-1]
    assert last.origin == "restore"
    assert last.inverse.apply(life.filing)[0].text(AMOUNT) == "77"


def test_a_filing_the_library_has_lost_comes_back_whole(life: Life, tmp_path: Path) -> None:
    made, then = kept(life), life.filing
    (tmp_path / "other").mkdir()
    with Library.open(tmp_path / "other" / "library.jixiao") as empty:
        life.desk.library = empty
        with Library.look_into(made) as backup:
            assert retrieve_state(life.desk, backup, life.ident[:6])
            with pytest.raises(FilingUnknown):
                retrieve_copy(life.desk, backup, "0123456789")
        assert empty.filing(then.id) == then


def test_an_empty_library_needs_no_backup(tmp_path: Path) -> None:
    with Library.open(tmp_path / "new.jixiao") as library:
        assert library.keep_backup("exit") is None
    assert not (tmp_path / "new.jixiao.backups").exists()
