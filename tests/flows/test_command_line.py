"""The command line as a contract: codes, streams, languages, and refusals that say what to do."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from forms import __version__
from tests.flows.running import DEPARTMENT, LIST_AND_FORMS, TEXT, WORKBOOK, Person, one_sentence

SOUND = "1、区域绩效目标申报表（青澜市）"
FAULTY = "4、区域绩效目标申报表（临岫市）"
HOLD = """
import sys; from pathlib import Path; from forms.store.library import Library
with Library.open(Path(sys.argv[1])): print("held", flush=True); sys.stdin.read()
"""
KEYS = {"source", "template", "template_id", "version", "title", "values", "tables", "indicators", "unplaced",
        "notices", "complete"}  # fmt: skip


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(tmp_path)


@pytest.fixture(scope="module")
def clerk(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Somebody who has taken in the list with its forms; what a test adds the others do not mind."""
    clerk = Person(tmp_path_factory.mktemp("clerk"))
    assert clerk.run("import", LIST_AND_FORMS).code == 0
    return clerk


# --- words that name no file -----------------------------------------------------------------------------------------


def test_version_names_program_and_version(person: Person) -> None:
    assert person.run("--version").out == f"jixiao {__version__}\n"


def test_help_lists_every_command_that_is_built(person: Person) -> None:
    outcome = person.run("--help")
    commands = ("demo", "templates", "import", "list", "show", "check", "print", "xlsx", "export", "verify")
    assert outcome.code == 0
    assert all(f"\n    {command} " in outcome.out or f"\n    {command}\n" in outcome.out for command in commands)


def test_templates_open_no_library(person: Person) -> None:
    outcome = person.run("templates", "--json")
    assert outcome.code == 0
    assert {"gd-quyu-2022", "gd-qingdan-2022", "hb-zhuanxiang-2020"} <= {one["id"] for one in outcome.json}
    assert not (person.folder / "home").exists()


@pytest.mark.parametrize("words", [
    ["nonsense"], ["import"], ["show"], ["print", "abc"], ["--lang", "fr", "templates"], ["list", "--frobnicate"],
])  # fmt: skip
def test_wrong_usage_is_one_sentence_and_2(person: Person, words: list[str]) -> None:
    outcome = person.run(*words)
    assert outcome.code == 2
    assert one_sentence(outcome)


@pytest.mark.parametrize("command", ["report", "collect"])
def test_command_not_built_yet_answers_with_one_sentence(person: Person, command: str) -> None:
    outcome = person.run(command, "some", "--thing")
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert command in outcome.err


# --- import ----------------------------------------------------------------------------------------------------------


def test_dry_run_gives_an_array_of_objects_and_no_library(person: Person) -> None:
    outcome = person.run("import", "--dry-run", "--json", LIST_AND_FORMS)
    assert outcome.code == 0
    assert len(outcome.json) == 7
    assert all(set(one) >= KEYS for one in outcome.json)
    assert not (person.folder / "home").exists()


def test_imported_object_holds_rows_values_and_indicators_as_typed(person: Person) -> None:
    listed, first, *_, cut = person.run("import", "--dry-run", "--json", LIST_AND_FORMS).json
    assert listed["template_id"] == "gd-qingdan-2022"
    assert [row["补助资金"] for row in listed["tables"]["任务"]][:3] == ["160", "95.5", "180"]
    assert first["source"] == f"{LIST_AND_FORMS.name}#2"
    assert first["values"]["资金需求"] == "160"
    assert {"place": "资金需求", "text": "原文“160万元”，导入为“160”。"} in first["notices"]
    assert first["indicators"][0] == {"一级指标": "产出指标", "二级指标": "数量指标",
                                      "三级指标": "水质自动监测站建成数", "指标值": "≥2座"}  # fmt: skip
    assert (first["complete"], cut["complete"]) == (True, False)


def test_several_files_come_in_together_and_a_bad_one_is_named(person: Person) -> None:
    bad = person.folder / "旧文件.doc"
    bad.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    outcome = person.run("import", WORKBOOK, bad, TEXT, DEPARTMENT, "--json")
    assert outcome.code == 2
    assert len(outcome.json) == 10
    assert len(outcome.err.splitlines()) == 1
    assert "旧文件.doc" in outcome.err
    assert len(person.ids()) == 10


def test_vanished_file_is_one_sentence_that_names_it(person: Person) -> None:
    outcome = person.run("import", "--dry-run", "没有 这个.docx")
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1
    assert "没有 这个.docx" in outcome.err


def test_path_with_blanks_and_chinese(person: Person) -> None:
    folder = person.folder / "二〇二六年 申报 材料"
    folder.mkdir()
    shutil.copy(WORKBOOK, folder / "养老 机构.xlsx")
    library = folder / "我的 库.jixiao"
    assert person.run("--library", library, "import", folder / "养老 机构.xlsx").code == 0
    ident = person.run("list", "--library", library, "--json").json[0]["id"]
    (folder / "打印 件").mkdir()
    target = folder / "打印 件" / "第 1 份.pdf"
    assert person.run("print", ident, "-o", target, "--library", library).code == 0
    assert target.read_bytes().startswith(b"%PDF")


# --- list, show, check -----------------------------------------------------------------------------------------------


def test_empty_library_lists_an_empty_array(person: Person) -> None:
    assert person.run("list", "--json").json == []
    assert person.run("list").code == 0


def test_list_tells_what_each_filing_is(clerk: Person) -> None:
    listed = clerk.run("list", "--json").json
    assert set(listed[0]) == {"id", "template", "template_id", "title", "unit", "year", "state", "updated"}
    assert {one["year"] for one in listed} == {"2026"}
    assert {SOUND, FAULTY} <= {one["title"] for one in listed}


def test_show_gives_one_object_or_the_form_as_text(clerk: Person) -> None:
    ident = clerk.ids()[SOUND]
    shown = clerk.run("show", ident, "--json").json
    assert set(shown) >= KEYS
    assert shown["values"]["地方主管部门"] == "青澜市生态环境局"
    text = clerk.run("show", ident)
    assert text.code == 0
    assert "水质自动监测站建成数" in text.out


def test_unknown_id_is_one_sentence_and_2(clerk: Person) -> None:
    for words in (["show", "0123456789abcdef"], ["print", "0123456789abcdef", "-o", "x.pdf"]):
        outcome = clerk.run(*words)
        assert outcome.code == 2
        assert one_sentence(outcome)
    assert not (clerk.folder / "x.pdf").exists()


def test_check_is_0_for_a_sound_filing_and_3_for_a_blocked_one(clerk: Person) -> None:
    ids = clerk.ids()
    sound, faulty = clerk.run("check", ids[SOUND]), clerk.run("check", ids[FAULTY], "--json")
    assert (sound.code, faulty.code) == (0, 3)
    problem = faulty.json[0]["problems"][0]
    assert set(problem) == {"rule", "severity", "place", "at", "span", "dimension", "message", "fix"}
    assert (problem["rule"], problem["severity"], problem["at"]) == ("清单一致", "error", {"field": "资金需求"})
    assert "102" in problem["message"]
    assert "120" in problem["message"]


def test_check_of_a_file_opens_no_library_and_offers_the_repair(person: Person) -> None:
    outcome = person.run("check", LIST_AND_FORMS, "--json")
    assert outcome.code == 3
    fixes = [problem["fix"] for one in outcome.json for problem in one["problems"] if problem["fix"]]
    assert fixes == ["改为“180”"]
    assert not (person.folder / "home").exists()


def test_unreadable_outweighs_blocked_in_check(person: Person) -> None:
    assert person.run("check", LIST_AND_FORMS, "没有.docx").code == 2


# --- print, xlsx, export, verify -------------------------------------------------------------------------------------


def test_print_and_xlsx_write_files_of_their_kind(clerk: Person) -> None:
    ident = clerk.ids()[SOUND]
    assert clerk.run("print", ident, "-o", "表.pdf").code == 0
    assert clerk.run("xlsx", ident, "-o", "表.xlsx").code == 0
    assert (clerk.folder / "表.pdf").read_bytes().startswith(b"%PDF")
    assert (clerk.folder / "表.xlsx").read_bytes().startswith(b"PK")


def test_export_writes_the_sound_and_names_what_blocks_the_others(clerk: Person) -> None:
    ids = clerk.ids()
    outcome = clerk.run("export", ids[FAULTY], ids[SOUND], "-o", "包")
    assert outcome.code == 3
    assert "120" in outcome.err
    packages = list((clerk.folder / "包").iterdir())
    assert len(packages) == 1
    assert clerk.run("verify", packages[0]).code == 0


def test_package_comes_back_as_the_same_filing(clerk: Person, person: Person) -> None:
    ident = clerk.ids()["2、区域绩效目标申报表（望溪市）"]
    assert clerk.run("export", ident, "-o", "望溪").code == 0
    package = next((clerk.folder / "望溪").iterdir())
    assert person.run("check", package).code == 0
    assert person.run("import", package).code == 0
    assert person.run("show", ident, "--json").json["values"] == clerk.run("show", ident, "--json").json["values"]


def test_changed_package_is_not_verified(clerk: Person) -> None:
    ident = clerk.ids()["5、区域绩效目标申报表（沙渡市）"]
    assert clerk.run("export", ident, "-o", "沙渡").code == 0
    package = next((clerk.folder / "沙渡").iterdir())
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    outcome = clerk.run("verify", package)
    assert outcome.code == 2
    assert "Traceback" not in outcome.err


def test_verify_of_a_vanished_package_is_one_sentence(person: Person) -> None:
    outcome = person.run("verify", "没有.zip")
    assert outcome.code == 2
    assert one_sentence(outcome)


# --- libraries, languages, locales -----------------------------------------------------------------------------------


def test_library_option_wins_over_the_environment(tmp_path: Path) -> None:
    person = Person(tmp_path, JIXIAO_LIBRARY=str(tmp_path / "环境.jixiao"))
    assert person.run("import", WORKBOOK).code == 0
    assert len(person.run("list", "--json").json) == 3
    assert person.run("--library", tmp_path / "选项.jixiao", "list", "--json").json == []
    assert (tmp_path / "环境.jixiao").is_file()


def test_locked_library_is_refused_in_one_sentence(person: Person) -> None:
    library = person.folder / "库.jixiao"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(library)], env=person.env,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    with holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline().strip() == b"held"
        outcome = person.run("--library", library, "list")
        assert outcome.code == 2
        assert one_sentence(outcome)
        assert str(holder.pid) in outcome.err
        assert person.run("--library", library, "templates").code == 0
    assert person.run("--library", library, "list").code == 0


def test_file_that_is_no_library_is_refused_and_left_as_it_was(person: Person) -> None:
    other = person.folder / "别的.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = other.read_bytes()
    outcome = person.run("--library", other, "list")
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert other.read_bytes() == before


def test_folder_that_takes_no_file_is_one_sentence(clerk: Person) -> None:
    # A file where a folder is wanted refuses everybody, root too, whom a read-only folder would let in.
    (clerk.folder / "占位").write_text("x", encoding="utf-8")
    ident = clerk.ids()[SOUND]
    printing, opening = ["print", ident, "-o", "占位/表.pdf"], ["--library", "占位/库.jixiao", "list"]
    for words in (printing, opening, ["demo", "占位/演示"]):
        outcome = clerk.run(*words)
        assert outcome.code == 2, words
        assert one_sentence(outcome), words


def test_a_folder_where_a_file_is_to_be_written_is_told_as_one(clerk: Person) -> None:
    ident = clerk.ids()[SOUND]
    (clerk.folder / "夹.pdf").mkdir()
    for command in ("print", "xlsx", "docx"):
        for place in ("夹.pdf", "."):
            outcome = clerk.run(command, ident, "-o", place)
            assert outcome.code == 2, command
            assert one_sentence(outcome), command
            assert "是文件夹" in outcome.err, command


@pytest.mark.parametrize("command", ["print", "xlsx", "docx"])
def test_a_library_is_never_written_over(clerk: Person, command: str) -> None:
    library = next(clerk.folder.rglob("*.jixiao"))
    outcome = clerk.run(command, clerk.ids()[SOUND], "-o", library)
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert "填报库" in outcome.err
    assert SOUND in clerk.ids()


@pytest.mark.parametrize(
    ("words", "output"),
    [
        (["print", "{id}"], "表.docx"),
        (["docx", "{id}"], "文字.pdf"),
        (["xlsx", "{id}"], "表.xls"),
        (["interchange", "{id}"], "表"),
        (["compare", "{id}", "{id}"], "对照.docx"),
        (["schema", "gd-quyu-2022"], "式.yaml"),
        (["template", "yaml", "gd-quyu-2022"], "表样.xlsx"),
        (["template", "xlsx", "gd-quyu-2022"], "表样.yaml"),
    ],
)
def test_an_ending_of_another_kind_of_file_is_refused(clerk: Person, words: list[str], output: str) -> None:
    outcome = clerk.run(*(word.format(id=clerk.ids()[SOUND]) for word in words), "-o", output)
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert f"“{output}”没有写成；这里可用的扩展名是 ." in outcome.err
    assert not (clerk.folder / output).exists()


@pytest.mark.parametrize(
    ("words", "output"),
    [
        (["print", "{id}"], "优盘/表.pdf"),
        (["export", "{id}"], "优盘/申报/包"),
        (["schema", "--all"], "优盘/式/各"),
        (["template", "new", str(WORKBOOK)], "优盘/表样.yaml"),
    ],
)
def test_a_mistyped_folder_is_told_and_not_made(clerk: Person, words: list[str], output: str) -> None:
    outcome = clerk.run(*(word.format(id=clerk.ids()[SOUND]) for word in words), "-o", output)
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert "文件夹不存在" in outcome.err
    assert not (clerk.folder / "优盘").exists()


@pytest.mark.parametrize("name", ["报告.pdf", "报告", "没有的/报告.xlsx", "."])
def test_a_report_that_could_not_be_written_is_refused_before_any_work(person: Person, name: str) -> None:
    outcome = person.run("import", WORKBOOK, "--report", name)
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert not list(person.folder.rglob("*.jixiao"))


def test_schemas_of_a_template_in_a_workbook_are_those_of_its_text(clerk: Person) -> None:
    assert clerk.run("template", "xlsx", "gd-quyu-2022", "-o", "表样.xlsx").code == 0
    book, text = clerk.run("schema", "表样.xlsx").json, clerk.run("schema", "gd-quyu-2022").json
    assert book["properties"]["values"] == text["properties"]["values"]


def test_a_link_stays_and_what_it_names_is_written(clerk: Person, tmp_path: Path) -> None:
    target, link = tmp_path / "甲.pdf", tmp_path / "乙.pdf"
    target.write_bytes(b"old")
    link.symlink_to(target)
    assert clerk.run("print", clerk.ids()[SOUND], "-o", link).code == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"%PDF")


def test_what_is_no_file_is_not_replaced(clerk: Person, tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    outcome = clerk.run("print", clerk.ids()[SOUND], "-o", pipe)
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is a thing of Linux")
@pytest.mark.parametrize("words", [["list"], ["list", "--json"], ["templates", "--json"], ["show", "{id}", "--json"]])
def test_output_that_goes_nowhere_is_one_sentence_and_1(clerk: Person, words: list[str]) -> None:
    given = [word.format(id=clerk.ids()[SOUND]) for word in words]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "forms.cli", *given],
            cwd=clerk.folder, env=clerk.env, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode() == "结果没有写完，标准输出写不进去；请检查磁盘是否已满，或换一个地方。\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions bind neither root nor Windows")
def test_read_only_folder_is_one_sentence(clerk: Person, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    outcome = clerk.run("print", clerk.ids()[SOUND], "-o", tmp_path / "表.pdf")
    tmp_path.chmod(0o700)
    assert outcome.code == 2
    assert one_sentence(outcome)


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.UTF-8", "zh_CN.UTF-8"])
def test_chinese_leaves_in_any_locale(tmp_path: Path, locale: str) -> None:
    outcome = Person(tmp_path, LANG=locale, LC_ALL=locale).run("import", "--dry-run", "--json", DEPARTMENT)
    assert outcome.code == 0
    assert outcome.json[2]["values"]["专项资金名称"] == "公路桥梁定期检测"


def test_json_is_the_same_in_both_languages_but_for_sentences(person: Person) -> None:
    chinese = person.run("--lang", "zh_CN", "check", TEXT, "--json").json
    english = person.run("--lang", "en", "check", TEXT, "--json").json
    assert [[p["rule"] for p in one["problems"]] for one in chinese] == \
           [[p["rule"] for p in one["problems"]] for one in english]  # fmt: skip
    assert chinese[1]["problems"][0]["message"] != english[1]["problems"][0]["message"]


def test_language_of_the_option_reaches_help_and_refusals(person: Person) -> None:
    assert "用法" in person.run("--help").out
    assert "用法" not in person.run("--lang", "en", "--help").out
    refusal = person.run("--lang=en", "import", "--dry-run", "nothing.docx")
    assert refusal.code == 2
    assert "nothing.docx" in refusal.err
    assert not re.search("[\u4e00-\u9fff]", refusal.err)


def test_english_says_everything_of_its_own_in_english(person: Person) -> None:
    outcome = person.run("--lang", "en", "check", TEXT)
    assert outcome.code == 3
    assert "：" not in outcome.out
    assert re.search(r"\[must fix\] \S+: .* must be|\[must fix\] \S+: .* is not", outcome.out)


def test_a_fault_while_the_language_is_set_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("no catalogue")

    edge = importlib.import_module("forms.cli.main")
    monkeypatch.setattr(edge, "use", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert edge.main(["templates"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".log"]
