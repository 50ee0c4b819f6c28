"""`jixiao import` of folders: whole files come in, what is there already does not, and one report tells of all."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from forms.store.library import Library
from tests.flows.running import DEPARTMENT, LIST_AND_FORMS, TEXT, WORKBOOK, Person

pytestmark = pytest.mark.skipif(os.name == "nt", reason="breaking off and terminals are tried as Unix has them")


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path)


@pytest.fixture
def folder(person: Person) -> Path:
    """A folder as clerks have them: forms in folders of folders, a damaged file, an old one, a notice, a picture."""
    made = person.folder / "2026 申报"
    (made / "县 区" / "报来").mkdir(parents=True)
    shutil.copy(LIST_AND_FORMS, made / "1、清单.docx")
    shutil.copy(WORKBOOK, made / "县 区" / "养老.xlsx")
    shutil.copy(TEXT, made / "县 区" / "报来" / "水库.txt")
    (made / "坏.docx").write_bytes(LIST_AND_FORMS.read_bytes()[:7000])
    (made / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (made / "通知.txt").write_text("请各单位于月底前报送。", encoding="utf-8")
    (made / "~$1、清单.docx").write_bytes(b"\x05clerk")
    (made / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    return made


def test_what_can_be_read_comes_in_and_the_rest_is_told(person: Person, folder: Path) -> None:
    outcome = person.run("import", folder, "--report", "报告.json")
    assert outcome.code == 2
    refused = [name for name in ("坏.docx", "旧.doc", "通知.txt") if f"“{name}”" in outcome.err]
    assert len(refused) == 3
    assert "（1/" not in outcome.err
    assert "6 个文件，13 份表：存入 13 份，库中已有 0 份。" in outcome.out
    report = json.loads((person.folder / "报告.json").read_text(encoding="utf-8"))
    assert [one["file"] for one in report["files"] if one["refused"]] == [
        "2026 申报/坏.docx", "2026 申报/旧.doc", "2026 申报/通知.txt",
    ]  # fmt: skip
    assert {one["file"] for one in report["left_out"]} == {"2026 申报/~$1、清单.docx", "2026 申报/照片.jpg"}
    sources = [form["source"] for one in report["files"] for form in one["forms"]]
    assert sources[-1] == "2026 申报/县 区/报来/水库.txt#3"
    assert set(person.ids().values()) == {form["id"] for one in report["files"] for form in one["forms"]}


def test_brought_in_again_a_folder_adds_only_what_is_new(person: Person, folder: Path) -> None:
    person.run("import", folder)
    shutil.copy(DEPARTMENT, folder / "交通.docx")
    shutil.copy(folder / "1、清单.docx", folder / "1、清单 - 副本.docx")
    before = len(person.ids())
    again = person.run("import", folder, "--json")
    new = [one for one in again.json if not one["held"]]
    listed = person.run("list", "--json").json
    assert {one["source"].partition("#")[0] for one in new} == {"2026 申报/交通.docx"}
    assert len(listed) == before + len(new)
    assert {one["id"] for one in again.json} == {one["id"] for one in listed}


def test_a_file_that_is_named_comes_in_whatever_is_there(person: Person) -> None:
    for _ in range(2):
        assert person.run("import", WORKBOOK).code == 0
    assert len(person.run("list", "--json").json) == 6


def test_looking_opens_no_library_and_writes_the_report(person: Person, folder: Path) -> None:
    outcome = person.run("import", "--dry-run", folder, "--json", "--report", "报告.xlsx")
    assert (outcome.code, len(outcome.json)) == (2, 13)
    book = openpyxl.load_workbook(io.BytesIO((person.folder / "报告.xlsx").read_bytes()))
    assert {row[2].value for row in book["各表"].iter_rows(min_row=2)} == {"只看没有存"}
    assert not (person.folder / "home").exists()


def test_an_empty_folder_is_one_sentence_and_2(person: Person) -> None:
    (person.folder / "空").mkdir()
    outcome = person.run("import", "空", "--report", "报告.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines()[0].startswith("文件夹“空”里没有可以导入的文件")
    assert "文件夹“空”里没有" in (person.folder / "报告.txt").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_told_before_anything_comes_in(person: Person, folder: Path) -> None:
    (person.folder / "夹.txt").mkdir()
    for name, words in (("报告.pdf", "扩展名"), ("夹.txt", "是文件夹")):
        outcome = person.run("import", folder, "--report", name)
        assert (outcome.code, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
        assert words in outcome.err
    assert person.run("list", "--json").json == []


def test_a_report_in_the_folder_is_no_form_the_next_time(person: Person, folder: Path) -> None:
    person.run("import", folder, "--report", folder / "报告.xlsx")
    before = person.ids()
    again = person.run("import", folder, "--report", folder / "报告.xlsx")
    assert "“报告.xlsx”里没有认出" not in again.err
    assert person.ids() == before
    told = openpyxl.load_workbook(io.BytesIO((folder / "报告.xlsx").read_bytes()))["没有读的"]
    assert "“报告.xlsx”是上次写的导入报告，没有读。" in {row[1].value for row in told.iter_rows(min_row=2)}


class Terminal:
    """`jixiao` on a terminal: what it says on standard error is read as it comes."""

    def __init__(self, person: Person, *words: str | Path) -> None:
        self._master, slave = os.openpty()
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "forms.cli", *map(str, words)],
            cwd=person.folder, env=person.env | {"COLUMNS": "60"}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=slave, start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def until(self, words: str = "") -> str:
        """Wait until `words` are said, or to the end."""
        while not words or words not in self.said:
            try:
                more = os.read(self._master, 1 << 16)
            except OSError:  # how a terminal ends
                break
            self.said += more.decode("utf-8", "replace")
        return self.said

    def break_off(self) -> None:
        """Press Ctrl+C."""
        os.killpg(self.process.pid, signal.SIGINT)


def test_on_a_terminal_each_file_is_told_as_its_turn_comes(person: Person, folder: Path) -> None:
    terminal = Terminal(person, "import", "--dry-run", folder)
    terminal.until()
    assert terminal.process.communicate()[0].decode().count("区域绩效目标申报表") > 3
    assert all(f"（{number}/6）2026 申报/" in terminal.said for number in range(1, 7))
    assert "正在找文件" in terminal.said


def test_broken_off_it_has_taken_in_whole_files_and_goes_on_the_next_time(person: Person, folder: Path) -> None:
    for number in range(30):
        text = TEXT.read_text(encoding="utf-8").replace("小型水库", f"小型水库{number}")
        (folder / f"水库 {number}.txt").write_text(text, encoding="utf-8")
    terminal = Terminal(person, "import", folder, "--report", "报告.json")
    terminal.until("（4/36）")
    terminal.break_off()
    said = terminal.until()
    out, _ = terminal.process.communicate()
    assert (terminal.process.returncode, out) == (2, b"")
    assert "Traceback" not in said
    assert "已中断" in said
    report = json.loads((person.folder / "报告.json").read_text(encoding="utf-8"))
    assert 3 <= len(report["files"]) < 36
    assert len(report["unread"]) == 36 - len(report["files"])
    assert {one.name for one in person.folder.iterdir()} == {"2026 申报", "home", "报告.json"}
    library = next((person.folder / "home").rglob("library.jixiao"))
    with Library.open(library, create=False) as opened:
        assert opened.check() == []
        whole = [str((opened.report(row.id) or {})["source"]).partition("#")[0] for row in opened.list()]
    assert {whole.count(name) for name in whole} <= {3, 7}
    again = person.run("import", folder)
    assert f"36 个文件，103 份表：存入 {103 - len(whole)} 份，库中已有 {len(whole)} 份。" in again.out
