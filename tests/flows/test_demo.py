"""The demonstration end to end, and the example files it lives on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from forms.cli.demo_folder import DemoFolder, file_name
from forms.desk import read_file, review_together
from forms.errors import SaveFailed
from forms.files import resource
from forms.practice import examples
from forms.problem import Severity
from forms.store.library import Library
from forms.templates import Templates
from tests.flows.running import DEPARTMENT, LIST_AND_FORMS, TEXT, WORKBOOK, Person, one_sentence

BLOCKED = {  # title -> the rules that must block it; every other form of the examples may be exported
    (LIST_AND_FORMS, "白渚市"): ["R-MONEY-FMT"],
    (LIST_AND_FORMS, "临岫市"): ["清单一致"],
    (LIST_AND_FORMS, "梧川市"): ["R-CAT-EMPTY"],
    (WORKBOOK, "白渚市"): ["R-NAME-EMPTY"],
    (TEXT, "云栖市"): ["R-YEAR"],
    (DEPARTMENT, "公交站台无障碍改造"): ["资金合计"],
}
FORMS, SOUND = 18, 11  # one more may be exported and yet is incomplete: its indicators break off


def test_examples_are_made_byte_for_byte(tmp_path: Path) -> None:
    script = resource("examples", "make_examples.py")
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [path.name for path in examples()]
    assert all((tmp_path / path.name).read_bytes() == path.read_bytes() for path in examples())


def test_every_example_has_its_line_in_the_readme() -> None:
    readme = resource("examples", "README.md").read_text(encoding="utf-8")
    assert all(f"| {path.name} |" in readme for path in examples())


def test_each_honest_fault_is_found_and_nothing_else_blocks() -> None:
    templates = Templates.shipped()
    blocked = {}
    for path in examples():
        for review in review_together(read_file(path, templates)):
            rules = [problem.rule for problem in review.problems if problem.severity is Severity.ERROR]
            if rules:
                blocked[(path, _subject(review.filing.values))] = rules
    assert blocked == BLOCKED


def test_sound_forms_have_three_indicators_whose_values_can_be_measured() -> None:
    templates = Templates.shipped()
    sound = [review for path in examples() for review in review_together(read_file(path, templates))
             if review.exportable and review.filing.indicators]  # fmt: skip
    texts = [[one.columns.get("指标值", "") for one in review.filing.indicators] for review in sound]
    measured = [[text for text in column if text] for column in texts]
    assert sum(len(values) >= 3 for values in measured) >= 8
    assert all(value[0] in "≥≤＝" or value.endswith("日前") for values in measured for value in values)


def test_demo_does_the_whole_job_in_a_folder_of_its_own(tmp_path: Path) -> None:
    person = Person(tmp_path)
    outcome = person.run("demo")
    made = tmp_path / "demo-output"
    assert (outcome.code, outcome.err) == (0, "")
    assert len(list((made / "printed").glob("*.pdf"))) == FORMS
    assert len(list((made / "printed").glob("*.xlsx"))) == FORMS
    packages = sorted((made / "packages").iterdir())
    assert len(packages) == SOUND
    assert person.run("verify", *packages).code == 0
    listed = person.run("--library", made / "demo.jixiao", "list", "--json").json
    assert len(listed) == FORMS
    assert sum(one["state"] == "exported" for one in listed) == SOUND
    assert not (tmp_path / "home").exists()
    assert all(message in outcome.out for message in ("“180万”", "102 万元", "“云栖市2025年水库维修养护”"))


def test_commands_the_demo_proposes_work_as_printed(tmp_path: Path) -> None:
    person = Person(tmp_path)
    told = person.run("demo", "演示 结果").out
    proposed = [line.strip().removeprefix("jixiao ") for line in told.splitlines() if line.startswith("    jixiao ")]
    assert len(proposed) == 3
    codes = [person.run(*_words(line)).code for line in proposed]
    assert codes == [0, 3, 0]


def test_demo_again_replaces_its_own_files_and_leaves_all_others(tmp_path: Path) -> None:
    person = Person(tmp_path)
    assert person.run("demo", "d").code == 0
    packages = {path.name for path in (tmp_path / "d" / "packages").iterdir()}
    for mine in ("d/我的.txt", "d/printed/我的.pdf", "d/packages/我的.zip"):
        (tmp_path / mine).write_text("mine", encoding="utf-8")
    assert person.run("demo", "d").code == 0
    assert (tmp_path / "d" / "printed" / "我的.pdf").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "d" / "我的.txt").is_file()
    now = {path.name for path in (tmp_path / "d" / "packages").iterdir()}
    assert len(now) == SOUND + 1
    assert not now & packages
    with Library.open(tmp_path / "d" / "demo.jixiao") as library:
        assert len(library.list()) == FORMS


def test_demo_refuses_while_its_library_is_open(tmp_path: Path) -> None:
    person = Person(tmp_path)
    library = tmp_path / "d" / "demo.jixiao"
    with Library.open(library):
        place = DemoFolder(tmp_path / "d")
        place.note(library)
        outcome = person.run("demo", "d")
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert library.is_file()


def test_demo_never_takes_a_library_it_did_not_make(tmp_path: Path) -> None:
    library = tmp_path / "demo.jixiao"
    library.write_bytes(b"somebody's work")
    outcome = Person(tmp_path).run("demo", ".")
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert library.read_bytes() == b"somebody's work"


def test_demo_clears_what_a_killed_one_left_beside_its_library(tmp_path: Path) -> None:
    place = DemoFolder(tmp_path)
    place.claim(place.library)
    leavings = [tmp_path / f"demo.jixiao{ending}" for ending in ("-wal", ".ballast", ".lock")]
    for path in leavings:
        path.touch()
    DemoFolder(tmp_path).clear()
    assert not any(path.exists() for path in leavings)


def test_record_that_leads_out_of_the_folder_removes_nothing(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    outside = tmp_path / "外面.txt"
    outside.write_text("x", encoding="utf-8")
    record = f"../外面.txt\n{outside}\n\n.\nprinted\n\0/x\n"
    (tmp_path / "d" / "demo-files.txt").write_text(record, encoding="utf-8")
    DemoFolder(tmp_path / "d").clear()
    assert outside.is_file()


def test_claim_of_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "表.pdf").write_bytes(b"")
    with pytest.raises(SaveFailed):
        DemoFolder(tmp_path).claim(tmp_path / "表.pdf")


@pytest.mark.parametrize(("title", "name"), [
    ("1、区域绩效目标申报表（青澜市）", "1、区域绩效目标申报表（青澜市）"),
    ("a/b\\c:d*e?\n", "a_b_c_d_e"), ("..", "_"), ("", "_"), ("长" * 200, "长" * 60),
])  # fmt: skip
def test_titles_become_names_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def _subject(values: dict[str, str]) -> str:
    return values.get("地区") or values.get("专项资金名称", "")


def _words(line: str) -> list[str]:
    """A printed command as words; a path with blanks stands in quotation marks."""
    pieces = line.split('"')
    return [word for at, piece in enumerate(pieces) for word in ([piece] if at % 2 else piece.split())]
