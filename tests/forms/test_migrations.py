"""Migrations: the old library or the new one, never something between; and every released version still opens."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from forms.errors import LibraryDamaged, SaveFailed
from forms.filing import Filing
from forms.store import migrations
from forms.store.connection import connect
from forms.store.library import Library
from tests.fixtures import library_v2
from tests.fixtures.library_v1 import FILING, REPORT
from tests.forms.sample_filings import FORM, a_filing

FIXTURES = Path(__file__).parents[1] / "fixtures"
NOW = migrations.newest()
NEXT = NOW + 1


def _next(db: Database) -> None:
    """A step as the next version may have: a new column, a table rebuilt, an index, a setting for every filing."""
    db.table("filing").add_column("note", str)
    db.table("setting").transform(rename={"name": "key"})
    db.table("filing").create_index(["note"])
    for number in range(5):
        db.execute("INSERT INTO meta VALUES (?, ?)", (f"made {number}", "x"))


def _later_that_fails(db: Database) -> None:
    db.execute("DROP TABLE import")
    db.execute("INSERT INTO nowhere VALUES (1)")


def _later_that_rewrites(db: Database) -> None:
    db.execute("DROP TRIGGER revision_keeps_update")
    db.execute("UPDATE revision SET body = body || ' '")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        library.add(a_filing(id="kept"), FORM)
    return path


def then(*steps: migrations.Step) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(migrations, "STEPS", (*migrations.STEPS, *steps))


def state(path: Path) -> tuple[int, bool]:
    """The version written in the file, and whether the schema is that of the next step."""
    with closing(connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        made = connection.execute("SELECT count(*) FROM meta WHERE name LIKE 'made %'").fetchone()
        columns = [row[1] for row in connection.execute("PRAGMA table_info(filing)")]
        keys = [row[1] for row in connection.execute("PRAGMA table_info(setting)")]
    assert ("note" in columns, "key" in keys, made == (5,)) in {(True, True, True), (False, False, False)}
    return version, "note" in columns


def test_a_new_library_has_the_newest_version_and_says_when_it_was_made(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.db") as library:
        connection = library._connection
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.newest(),)
        assert connection.execute("PRAGMA application_id").fetchone() == (migrations.APPLICATION_ID,)
        assert [name for (name,) in connection.execute("SELECT name FROM meta")] == [
            f"version {number}" for number in range(1, NEXT)
        ]
        tables = connection.execute("PRAGMA table_list").fetchall()
    assert {row[1]: row[5] for row in tables if not row[1].startswith("sqlite_")} == dict.fromkeys(
        ("meta", "setting", "template", "filing", "revision", "edit", "import", "deletion"), 1
    )


def test_the_library_of_the_first_release_opens_and_says_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(FIXTURES / "library-v1.db", path)
    with Library.open(path) as library:
        assert library.filing(FILING.id) == FILING.replace(values={**FILING.values, "甲": "改过"}, state="exported")
        assert library.revision(FILING.id, 1)[1] == FILING
        assert library.report(FILING.id) == REPORT
        assert [edit.seq for edit in library.journal(FILING.id)] == [1, 2, 3]
        assert library.setting("unit") == "某县农业农村局"
        assert library.check() == []
        assert [(one.id, one.seq, one.batch) for one in library.list()] == [(FILING.id, 3, "")]
        library.remove([FILING.id])
        library.delete([FILING.id])
        assert [one.title for one in library.deletions()] == ["农田"]


def test_the_library_of_the_second_version_opens_with_its_bin_its_batch_and_its_log(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(FIXTURES / "library-v2.db", path)
    with Library.open(path) as library:
        assert [(one.id, one.batch) for one in library.list()] == [(FILING.id, library_v2.BATCH)]
        assert [one.id for one in library.bin()] == [library_v2.IN_THE_BIN.id]
        assert library.filing(library_v2.IN_THE_BIN.id).values["甲"] == "改过"
        assert [one.id for one in library.deletions()] == [library_v2.DELETED.id]
        assert library.check() == []


def test_an_old_library_is_backed_up_and_brought_up(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then(_next)(monkeypatch)
    with Library.open(old) as library:
        assert library.filing("kept").values["乙"] == "210.00"
        assert library.check() == []
    assert state(old) == (NEXT, True)
    assert state(old.with_name(f"library.db.v{NOW}.backup")) == (NOW, False)
    assert old.with_name(f"library.db.v{NOW}.backup.sha256").exists()


@pytest.mark.parametrize(
    ("step", "kind"),
    [(_later_that_fails, Exception), (_later_that_rewrites, LibraryDamaged)],
    ids=["fails", "rewrites"],
)
def test_a_step_that_fails_leaves_the_old_library(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: migrations.Step, kind: type[Exception]
) -> None:
    with monkeypatch.context() as patch:
        then(_next, step)(patch)
        with pytest.raises(kind):
            Library.open(old)
    assert state(old) == (NOW, False)
    with Library.open(old) as library:
        assert library.check() == []


def test_no_backup_no_migration(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then(_next)(monkeypatch)
    old.with_name(f"library.db.v{NOW}.backup.part").mkdir()
    with pytest.raises(SaveFailed):
        Library.open(old)
    assert state(old) == (NOW, False)


def count_down(connection: sqlite3.Connection, statements: int, act: Callable[[], object]) -> None:
    """Call `act` when `connection` begins its statement number `statements`."""
    left = statements

    def one(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            act()

    connection.set_trace_callback(one)


def test_killed_at_any_statement_the_library_is_old_or_new(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then(_next)(monkeypatch)
    before = old.read_bytes()
    ends: list[tuple[int, bool]] = []
    killed = True
    while killed:
        old.write_bytes(before)
        old.with_name(f"{old.name}-wal").unlink(missing_ok=True)
        killed = os.WIFSIGNALED(migrate_in_child(old, kill_at=len(ends) + 1))
        ends.append(state(old))
    assert ends == [(NOW, False)] * (len(ends) - 1) + [(NEXT, True)]
    assert len(ends) > 20


def migrate_in_child(path: Path, *, kill_at: int) -> int:
    """Migrate in a process that is killed at one of its statements; gives how the process ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    connection = connect(path)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    count_down(connection, kill_at, lambda: os.kill(os.getpid(), signal.SIGKILL))
    migrations.migrate(connection)
    os._exit(0)


def test_on_a_disk_full_at_any_page_the_library_is_old_and_then_new(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    then(_next)(monkeypatch)
    pages, refused = 0, 0
    while True:
        with closing(connect(old)) as connection:
            (used,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={used + pages}")
            try:
                migrations.migrate(connection)
            except sqlite3.OperationalError:
                refused += 1
            else:
                break
        assert state(old) == (NOW, False)
        pages += 1
    assert state(old) == (NEXT, True)
    assert refused > 0


def test_a_library_killed_while_being_made_leaves_nothing_that_bears_its_name(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.with_name(".library.db.part").write_bytes(b"half a library")
    with Library.open(path) as library:
        filing: Filing = a_filing()
        library.add(filing, FORM)
    assert [one.name for one in tmp_path.iterdir()] == ["library.db"]
