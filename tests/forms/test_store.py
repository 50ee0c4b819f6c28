"""Library: what is saved comes back, what cannot be saved is said, and nothing is ever half done."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.commands import Batch, Command, SetMeta, SetValue
from forms.draft import Change, Draft
from forms.errors import (
    FilingUnknown,
    LibraryDamaged,
    LibraryInUse,
    LibraryRefused,
    LibraryTooNew,
    NotALibrary,
    SaveFailed,
    TemplateUnknown,
)
from forms.filing import Filing, Place
from forms.journal import EditStale
from forms.store import ballast
from forms.store.library import Addition, Library
from tests.forms.sample_filings import FORM, a_filing, commands_for


def put(text: str, field: str = "甲") -> SetValue:
    return SetValue(Place(field=field), text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "县 #1?" / "填报.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path) as library:
        yield library


@pytest.fixture
def filing(library: Library) -> Filing:
    filing = a_filing()
    library.add(filing, FORM, title="高标准农田建设", template_name="样表")
    return filing


def keep(library: Library, ident: str) -> Callable[[Change], None]:
    """A listener that saves each change of a draft."""

    def save(change: Change) -> None:
        library.edit(
            ident,
            change.forward,
            change.inverse,
            origin=change.origin,
            undoes=change.undoes,
            expected_seq=change.seq,
        )

    return save


def damage(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    assert len(old) == len(new)
    path.write_bytes(data.replace(old, new))


# --- opening


def test_a_new_library_is_made_with_its_folders_and_leaves_only_itself(path: Path) -> None:
    Library.open(path).close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_vanished_path_creates_nothing(path: Path) -> None:
    path.parent.mkdir()
    with pytest.raises(LibraryRefused, match="找不到库"):
        Library.open(path, create=False)
    assert list(path.parent.iterdir()) == []


def test_the_settings_are_those_a_save_needs(library: Library) -> None:
    def ask(setting: str) -> object:
        return library._connection.execute(f"PRAGMA {setting}").fetchone()[0]

    asked = ("journal_mode", "synchronous", "locking_mode", "foreign_keys", "trusted_schema", "recursive_triggers")
    assert [ask(one) for one in asked] == ["wal", 2, "exclusive", 1, 0, 1]


def test_another_process_is_refused_with_one_sentence(library: Library) -> None:
    code = (
        "import sys; from pathlib import Path; from forms.store.library import Library;Library.open(Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", code, library.path], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].startswith("forms.errors.LibraryInUse: 库")
    assert f"进程 {os.getpid()}" in done.stderr
    assert library.check() == []


def test_the_same_process_is_refused_too_and_the_first_goes_on(library: Library, filing: Filing) -> None:
    with pytest.raises(LibraryInUse):
        Library.open(library.path)
    assert library.edit(filing.id, put("一"), put(""), origin="typed") == 1


def test_another_name_of_the_same_file_is_refused_too(library: Library, tmp_path: Path) -> None:
    alias = tmp_path / "alias.db"
    alias.symlink_to(library.path)
    with pytest.raises(LibraryInUse):
        Library.open(alias)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["alias.db", library.path.parent.name]


def test_another_program_in_the_file_is_named_as_such(path: Path) -> None:
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryInUse, match="另一个程序"):
            Library.open(path)


def test_the_lock_of_a_dead_process_is_taken_over(path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from forms.store.library import Library;"
        "library = Library.open(Path(sys.argv[1])); library.set_setting('a', '1'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, path], check=False)
    lock = path.with_name(f"{path.name}.lock")
    assert lock.read_text().split()[0].isdigit()
    with Library.open(path) as library:
        assert library.setting("a") == "1"
        assert lock.read_text().split()[0] == str(os.getpid())
    assert not lock.exists()


def test_a_lock_half_written_is_taken_over(path: Path) -> None:
    Library.open(path).close()
    path.with_name(f"{path.name}.lock").write_bytes(b"\xff\x00")
    with Library.open(path) as library:
        assert library.list() == ()


def test_the_lock_of_another_computer_is_believed(path: Path) -> None:
    Library.open(path).close()
    lock = path.with_name(f"{path.name}.lock")
    lock.write_text("4711 财务科-2\n")
    with pytest.raises(LibraryInUse, match="财务科-2"):
        Library.open(path)
    assert lock.read_text() == "4711 财务科-2\n"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no database" * 200, b"SQLite format 3\x00"])
def test_a_file_that_is_no_library_is_refused_and_untouched(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(NotALibrary):
        Library.open(path)
    assert path.read_bytes() == content
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_database_of_another_program_is_refused_and_untouched(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (a)")
    before = path.read_bytes()
    with pytest.raises(NotALibrary):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(NotALibrary):
        Library.open(tmp_path)


def test_a_newer_library_is_refused_and_untouched(path: Path) -> None:
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew, match="99"):
        Library.open(path)
    assert path.read_bytes() == before


def test_a_place_where_no_folder_can_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryRefused, match="建不了文件夹"):
        Library.open(tmp_path / "file" / "library.db")


def test_without_rights_the_refusal_says_so() -> None:
    # Not tmp_path: the tests may run as root, whose temporary folder an ordinary user cannot even enter.
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "填报.db"
        Library.open(path).close()
        path.parent.chmod(0o555)
        refusals = as_ordinary_user(lambda: Library.open(path), lambda: Library.open(path.with_name("new.db")))
        assert ["没有写入权限" in one for one in refusals] == [True, True]
        assert [one.name for one in path.parent.iterdir()] == [path.name]
        path.parent.chmod(0o755)


def as_ordinary_user(*acts: Callable[[], object]) -> list[str]:
    """The sentences by which `acts` are refused to a user who owns nothing here."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        for act in acts:
            try:
                act()
            except LibraryRefused as error:
                os.write(writing, f"{error}\n".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        lines = told.read().splitlines()
    os.waitpid(child, 0)
    return lines


# --- filings


def test_what_was_added_comes_back_after_a_restart(path: Path) -> None:
    filing = a_filing()
    report = {"source": "县.docx#1", "unplaced": ["说明"], "notices": [], "complete": True}
    with Library.open(path) as library:
        library.add(filing, FORM, title="农田", template_name="样表", report=report, origin="import")
    with Library.open(path, create=False) as library:
        assert library.filing(filing.id) == filing
        assert library.template_text(filing.template.digest) == FORM
        assert library.report(filing.id) == report
        (summary,) = library.list()
        (revision,) = library.revisions(filing.id)
    assert summary[:7] == (filing.id, "sample", "样表", "农田", "某县农业农村局", "2022", "draft")
    assert (revision.number, revision.reason, revision.prev_sha256) == (1, "import", "")


def test_one_bad_filing_keeps_the_whole_import_out(library: Library, filing: Filing) -> None:
    twin = a_filing(id=filing.id, year="2023")
    with pytest.raises(SaveFailed, match=filing.id):
        library.add_many([Addition(a_filing(), FORM), Addition(twin, FORM)])
    assert [one.id for one in library.list()] == [filing.id]


def test_the_very_same_filing_again_is_no_change(library: Library, filing: Filing) -> None:
    library.edit(filing.id, put("一"), put(""), origin="typed")
    library.add(filing, FORM)
    assert library.filing(filing.id).values["甲"] == "一"


def test_a_form_that_is_not_the_one_the_filing_names_is_refused(library: Library) -> None:
    with pytest.raises(TemplateUnknown):
        library.add(a_filing(), FORM + "# 改")
    assert library.list() == ()


def test_a_form_is_kept_once_and_an_unknown_one_is_refused(library: Library, filing: Filing) -> None:
    library.add(a_filing(), FORM)
    assert [one[1:] for one in library.templates()] == [("sample", "1", "样表")]
    with pytest.raises(TemplateUnknown):
        library.template_text("0" * 64)


def test_an_id_may_be_shortened_while_it_is_clear(library: Library) -> None:
    for ident in ("abcd1111", "abcd2222", "abce"):
        library.add(a_filing(id=ident), FORM)
    assert [library.resolve(one) for one in ("abcd1", "abcd2222", "abce")] == ["abcd1111", "abcd2222", "abce"]
    with pytest.raises(FilingUnknown, match="abcd2222、abcd1111"):
        library.resolve("abcd")
    for text in ("abc", "ffff", "", "\udcff" * 4, "abcd1111\ud800"):
        with pytest.raises(FilingUnknown, match="没有编号"):
            library.resolve(text)


def test_every_question_about_an_unknown_filing_is_refused(library: Library) -> None:
    asks: tuple[Callable[[str], object], ...] = (
        library.filing,
        library.journal,
        library.revisions,
        library.report,
        lambda ident: library.revise(ident, reason="close"),
        lambda ident: library.revision(ident, 1),
        lambda ident: library.edit(ident, put("一"), put(""), origin="typed"),
    )
    for ask in asks:
        with pytest.raises(FilingUnknown):
            ask("nobody")


# --- changes


def test_edits_are_numbered_and_read_back(library: Library, filing: Filing) -> None:
    assert library.edit(filing.id, put("一"), put("零"), origin="typed") == 1
    assert library.edit(filing.id, put("零"), put("一"), origin="undo", undoes=1) == 2
    first, second = library.journal(filing.id)
    assert (first.seq, first.origin, first.forward, first.inverse, first.undoes) == (
        1,
        "typed",
        put("一"),
        put("零"),
        None,
    )
    assert (second.seq, second.origin, second.undoes) == (2, "undo", 1)
    assert library.filing(filing.id).values["甲"] == "零"


def test_the_list_keeps_step_with_state_year_and_title(library: Library, filing: Filing) -> None:
    batch: Command = Batch((SetMeta("state", "exported"), SetMeta("year", "2023")))
    library.edit(filing.id, batch, batch, origin="export", title="新题目")
    (summary,) = library.list()
    assert (summary.title, summary.year, summary.state) == ("新题目", "2023", "exported")


def test_the_same_edit_under_the_same_number_is_no_change_and_another_is_refused(
    library: Library, filing: Filing
) -> None:
    assert library.edit(filing.id, put("一"), put(""), origin="typed", expected_seq=1) == 1
    assert library.edit(filing.id, put("一"), put(""), origin="typed", expected_seq=1) == 1
    for number in (1, 3):
        with pytest.raises(EditStale, match="别处"):
            library.edit(filing.id, put("二"), put(""), origin="typed", expected_seq=number)
    assert [edit.forward for edit in library.journal(filing.id)] == [put("一")]


def test_half_a_character_is_refused_with_a_sentence(library: Library, filing: Filing) -> None:
    with pytest.raises(SaveFailed, match="半个字"):
        library.edit(filing.id, put("\ud83d"), put(""), origin="typed")
    with pytest.raises(SaveFailed, match="半个字"):
        library.set_setting("name", "\udc00")
    assert library.journal(filing.id) == ()


def test_a_state_that_does_not_exist_is_refused_by_the_file(library: Library, filing: Filing) -> None:
    with pytest.raises(SaveFailed):
        library.edit(filing.id, SetMeta("state", "lost"), SetMeta("state", "draft"), origin="typed")
    assert library.journal(filing.id) == ()


def test_any_text_is_kept_to_the_code_point(library: Library, filing: Filing) -> None:
    text = "\x00\x0b\u2028é\U00020bb7\U0003106cé\ue78d“\\"
    library.edit(filing.id, put(text), put(""), origin="typed")
    library.revise(filing.id, reason="close")
    assert library.filing(filing.id).values["甲"] == text
    assert library.check() == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_journal_replayed_equals_the_draft_through_revisions_and_restarts(
    library: Library, data: st.DataObject
) -> None:
    filing = a_filing()
    library.add(filing, FORM)
    draft = Draft(filing)
    draft.subscribe(keep(library, filing.id))
    for act in data.draw(st.lists(st.sampled_from(("do", "undo", "redo", "revise", "reopen")), max_size=12)):
        if act == "do":
            draft.do(data.draw(commands_for(draft.filing)))
        elif act == "revise":
            library.revise(filing.id, reason="timer")
        elif act == "reopen":
            undoable = (draft.can_undo, draft.can_redo)
            draft = Draft(library.filing(filing.id), library.journal(filing.id))
            draft.subscribe(keep(library, filing.id))
            assert (draft.can_undo, draft.can_redo) == undoable
        else:
            getattr(draft, act)()
        assert library.filing(filing.id) == draft.filing


# --- revisions


def test_a_revision_is_made_only_where_something_changed(library: Library, filing: Filing) -> None:
    (first,) = library.revisions(filing.id)
    assert library.revise(filing.id, reason="check") == first
    library.edit(filing.id, put("一"), put(""), origin="typed")
    second = library.revise(filing.id, reason="export")
    assert (second.number, second.seq, second.reason, second.prev_sha256) == (2, 1, "export", first.sha256)
    assert library.revise(filing.id, reason="close") == second
    assert library.revision(filing.id, 1) == (first, filing)
    assert library.revision(filing.id, 2) == (second, library.filing(filing.id))
    with pytest.raises(FilingUnknown, match="第 3 版"):
        library.revision(filing.id, 3)


def test_order_is_kept_when_the_clock_goes_back(path: Path) -> None:
    clock = iter(datetime(2030 - number // 2, 1, 1, tzinfo=UTC) for number in range(100))
    with Library.open(path, clock=lambda: next(clock)) as library:
        filings = [a_filing() for _ in range(3)]
        for filing in filings:
            library.add(filing, FORM)
        for number in range(20):
            library.edit(filings[0].id, put(str(number)), put(""), origin="typed")
            library.revise(filings[0].id, reason="timer")
        revisions = library.revisions(filings[0].id)
        assert [one.number for one in revisions] == list(range(1, 22))
        assert [one.time for one in revisions] == sorted((one.time for one in revisions), reverse=True)
        assert [library.revision(filings[0].id, n + 2)[1].values["甲"] for n in range(20)] == [
            str(n) for n in range(20)
        ]
        assert [one.id for one in library.list()] == [filings[0].id, filings[2].id, filings[1].id]
        assert [one.id for one in library.list(1)] == [filings[0].id]


@pytest.mark.parametrize("table", ["revision", "edit", "template", "import"])
def test_what_was_written_is_never_rewritten(library: Library, filing: Filing, table: str) -> None:
    library.edit(filing.id, put("一"), put(""), origin="typed")
    library.add(a_filing(), FORM, report={"source": "x"})
    key = {"template": "digest"}.get(table, "filing_id")
    for statement in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {key} = {key}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            library._connection.execute(statement)


# --- damage


def test_a_changed_letter_in_a_revision_is_found_by_its_digest(path: Path) -> None:
    filing = a_filing(values={"甲": "ORIGINAL"})
    with Library.open(path) as library:
        library.add(filing, FORM)
    damage(path, b"ORIGINAL", b"0RIGINAL")
    with Library.open(path) as library:
        with pytest.raises(LibraryDamaged, match=f"{filing.id} 的第 1 版"):
            library.filing(filing.id)
        (fault,) = library.check()
        assert filing.id in fault
        assert library.idle_check() == [fault]


@pytest.mark.parametrize("wrong", [b"TYPED-0NE", b"TYPED-ON\xff"])
def test_a_changed_letter_in_the_journal_is_found_by_its_seal(path: Path, wrong: bytes) -> None:
    filing = a_filing()
    with Library.open(path) as library:
        library.add(filing, FORM)
        library.edit(filing.id, put("TYPED-ONE"), put(""), origin="typed")
    damage(path, b"TYPED-ONE", wrong)
    with Library.open(path) as library:
        with pytest.raises(LibraryDamaged, match="第 1 步"):
            library.filing(filing.id)
        assert len(library.check()) == 1


def test_a_changed_letter_in_a_form_or_a_report_is_found(path: Path) -> None:
    filing = a_filing()
    with Library.open(path) as library:
        library.add(filing, FORM, report={"source": "ABCDEFGH.docx"})
    damage(path, "编号: sample".encode(), "编号: simple".encode())
    with Library.open(path) as library:
        library._connection.execute("DROP TRIGGER import_keeps_update")
        library._connection.execute("UPDATE import SET report = replace(report, 'ABCD', 'ABCE')")
        with pytest.raises(LibraryDamaged):
            library.template_text(filing.template.digest)
        assert len(library.check()) == 2


def test_a_lost_row_is_found_by_the_numbers(library: Library, filing: Filing) -> None:
    for number in range(3):
        library.edit(filing.id, put(str(number)), put(""), origin="typed")
        library.revise(filing.id, reason="timer")
    connection = library._connection
    for table, column in (("edit", "seq"), ("revision", "rev")):
        connection.execute(f"DROP TRIGGER {table}_keeps_delete")
        connection.execute(f"DELETE FROM {table} WHERE {column} = 2")
    assert len(library.check()) == 2
    connection.execute("DELETE FROM edit WHERE seq = 3")
    assert len(library.check()) == 2
    assert any("不见了" in fault for fault in library.check())


def test_a_damaged_page_is_told_and_never_a_traceback(path: Path) -> None:
    with Library.open(path) as library:
        library.add_many([Addition(a_filing(), FORM) for _ in range(40)])
    data = bytearray(path.read_bytes())
    for page in range(2, len(data) // 4096):
        broken = bytearray(data)
        broken[page * 4096 : page * 4096 + 4096] = os.urandom(4096)
        path.write_bytes(broken)
        # Whether opening already meets the page or only the full check does, it ends in the same word.
        with pytest.raises(LibraryDamaged, match="恢复"):
            open_check_and_back_up(path)
        assert not path.with_name("copy.db").exists()


def open_check_and_back_up(path: Path) -> None:
    with Library.open(path) as library:
        assert library.check() != []
        library.backup(path.with_name("copy.db"))


def test_a_damaged_library_left_open_is_refused_by_the_quick_check(path: Path) -> None:
    with Library.open(path) as library:
        library.add_many([Addition(a_filing(), FORM) for _ in range(40)])
    data = bytearray(path.read_bytes())
    data[-4096:] = bytes(4096)
    path.write_bytes(data)
    path.with_name(f"{path.name}.lock").write_text("1 " + os.uname().nodename)
    for _ in range(2):  # and refused again: the mark of the process that died stays
        with pytest.raises(LibraryDamaged):
            Library.open(path)


# --- settings, backups, room


def test_settings_are_kept(library: Library) -> None:
    assert library.setting("unit") is None
    library.set_setting("unit", "一")
    library.set_setting("unit", "二")
    assert library.setting("unit") == "二"


def test_a_backup_is_a_closed_library_of_its_own(library: Library, filing: Filing, tmp_path: Path) -> None:
    library.edit(filing.id, put("一"), put(""), origin="typed")
    copy = tmp_path / "备份" / "一.db"
    library.backup(copy)
    library.backup(copy)
    assert sorted(one.name for one in copy.parent.iterdir()) == ["一.db", "一.db.sha256"]
    checked = subprocess.run(["sha256sum", "-c", "一.db.sha256"], cwd=copy.parent, capture_output=True, check=False)
    assert checked.returncode == 0
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as read_only:
        assert read_only.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with Library.open(copy) as other:
        assert other.filing(filing.id) == library.filing(filing.id)
        assert other.check() == []


def test_a_damaged_library_never_replaces_a_good_backup(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Library.open(path) as library:
        library.add(a_filing(values={"甲": "ORIGINAL"}), FORM)
        library.backup(copy)
    before = copy.read_bytes()
    damage(path, b"ORIGINAL", b"0RIGINAL")
    with Library.open(path) as library, pytest.raises(LibraryDamaged, match="没有备份"):
        library.backup(copy)
    assert copy.read_bytes() == before
    assert not copy.with_name("copy.db.part").exists()


def test_a_backup_on_the_library_itself_or_nowhere_is_refused(library: Library, filing: Filing, tmp_path: Path) -> None:
    with pytest.raises(SaveFailed, match="自己的位置"):
        library.backup(library.path)
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveFailed, match="备份"):
        library.backup(tmp_path / "file" / "copy.db")
    assert library.filing(filing.id) == filing


def test_idle_time_makes_the_reserve(library: Library, filing: Filing) -> None:
    assert library.idle_check() == []
    assert library.path.with_name(f"{library.path.name}.ballast").stat().st_size == ballast.SIZE
    assert library.warning == ""


def test_a_library_moved_away_takes_nothing_until_it_is_back(library: Library, filing: Filing, path: Path) -> None:
    away = path.with_name("别处.db")
    path.rename(away)
    with pytest.raises(SaveFailed, match="不在原处"):
        library.edit(filing.id, put("一"), put(""), origin="typed")
    path.write_bytes(b"another file of that name")
    with pytest.raises(SaveFailed, match="不在原处"):
        library.edit(filing.id, put("一"), put(""), origin="typed")
    away.replace(path)
    assert library.edit(filing.id, put("一"), put(""), origin="typed") == 1
    assert library.filing(filing.id).text(Place(field="甲")) == "一"


def test_closing_twice_is_closing_once(path: Path) -> None:
    library = Library.open(path)
    library.close()
    library.close()
    with pytest.raises(LibraryRefused) as refusal:
        library.list()
    assert not isinstance(refusal.value, LibraryDamaged)
    with Library.open(path) as again:
        assert again.list() == ()


def test_reading_a_library_does_not_import_the_tool_that_makes_one(path: Path) -> None:
    Library.open(path).close()
    code = (
        "import sys; from pathlib import Path; from forms.store.library import Library;"
        "Library.open(Path(sys.argv[1])).close(); sys.exit('sqlite_utils' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == 0
