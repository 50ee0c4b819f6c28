"""Files into the library one by one, and the one report of it: as values, lines, JSON and a workbook."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from forms.commands import SetValue
from forms.desk import Desk
from forms.files import resource
from forms.filing import Place
from forms.holdings import Holdings
from forms.incoming.folders import LeftOut, gather
from forms.incoming.reading import Brought, read_each
from forms.incoming.report import Counts, Fate, FileLine, FormLine, Report
from forms.incoming.report_files import encode
from forms.incoming.taking import look_at, take_in
from forms.store.library import Library
from forms.templates import Templates

EXAMPLE = next(resource("examples").glob("*任务清单*.docx"))
WORKBOOK = next(resource("examples").glob("*.xlsx"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    with Library.open(tmp_path / "library.jixiao") as library:
        yield Desk(library, Templates.shipped())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files with forms, a copy of one of them, and a damaged one between them."""
    made = tmp_path / "材料"
    made.mkdir()
    (made / "1.docx").write_bytes(EXAMPLE.read_bytes())
    (made / "2 坏.docx").write_bytes(EXAMPLE.read_bytes()[:5000])
    (made / "3.xlsx").write_bytes(WORKBOOK.read_bytes())
    (made / "4 副本.docx").write_bytes(EXAMPLE.read_bytes())
    return made


def read(*paths: Path) -> list[Brought]:
    steps: list[tuple[int, int, str]] = []
    files = gather(paths).files
    with closing(read_each(files, Templates.shipped(), lambda *step: steps.append(step))) as brought:
        found = list(brought)
    assert steps == [(number, len(files), one.name) for number, one in enumerate(files, 1)]
    return found


def take_all(office: Desk, brought: list[Brought]) -> Report:
    holdings = Holdings(office.library)
    return Report(tuple(take_in(office, one, holdings) for one in brought))


def test_a_damaged_file_costs_no_other_and_a_copy_comes_in_once(office: Desk, folder: Path) -> None:
    report = take_all(office, read(folder))
    assert [file.name for file in report.files] == ["材料/1.docx", "材料/2 坏.docx", "材料/3.xlsx", "材料/4 副本.docx"]
    assert "已损坏" in report.files[1].refused
    assert {form.fate for form in report.files[0].forms} == {Fate.TAKEN}
    assert {form.fate for form in report.files[3].forms} == {Fate.HELD}
    assert [form.ident for form in report.files[3].forms] == [form.ident for form in report.files[0].forms]
    totals = report.totals
    assert (totals.files, totals.refused, totals.taken, totals.held) == (4, 1, 10, 7)
    assert {row.id for row in office.library.list()} == {form.ident for form in report.forms}
    assert not report.whole


def test_the_same_folder_again_adds_only_what_is_new(office: Desk, folder: Path) -> None:
    before = take_all(office, read(folder)).totals.taken
    changed = office.library.list()[0].id
    command = SetValue(Place(field="资金需求"), "12345")
    office.library.edit(changed, command, command.apply(office.library.filing(changed))[1], origin="typed")
    (folder / "5.txt").write_bytes(next(resource("examples").glob("*.txt")).read_bytes())
    again = take_all(office, read(folder))
    assert [file.name for file in again.files if any(form.fate is Fate.TAKEN for form in file.forms)] == ["材料/5.txt"]
    assert len(office.library.list()) == before + again.totals.taken


def test_a_file_that_is_named_comes_in_as_it_is_and_the_report_tells_that_it_was_there(office: Desk) -> None:
    brought = read(EXAMPLE)
    take_all(office, brought)
    again = take_all(office, read(EXAMPLE))
    assert {(form.fate, form.held) for form in again.forms} == {(Fate.TAKEN, True)}
    assert len(office.library.list()) == 2 * again.totals.forms


def test_a_package_that_is_there_stays_and_one_that_says_otherwise_is_refused(office: Desk, tmp_path: Path) -> None:
    first = take_all(office, read(EXAMPLE))
    ident = next(form.ident for form in first.forms if "青澜市" in form.title)
    package = office.export(ident, tmp_path / "包")
    again = take_all(office, read(package))
    assert [(form.fate, form.ident) for form in again.forms] == [(Fate.HELD, ident)]
    with Library.open(tmp_path / "other.jixiao") as other:
        elsewhere = Desk(other, Templates.shipped())
        elsewhere.file(office.library.filing(ident).put(Place(field="资金需求"), "999"))
        named = [*read(package), *read(WORKBOOK)]
        report = take_all(elsewhere, named)
        assert "内容与来文不同" in report.files[0].refused
        assert [form.fate for form in report.files[0].forms] == [Fate.REFUSED]
        assert {form.fate for form in report.files[1].forms} == {Fate.TAKEN}
        assert other.filing(ident).values["资金需求"] == "999"


def test_a_person_may_choose_among_the_forms_of_a_file(office: Desk) -> None:
    brought = read(EXAMPLE)[0]
    chosen = {brought.forms[0].filing.id, brought.forms[2].filing.id}
    line = take_in(office, brought, Holdings(office.library), chosen)
    assert [form.fate is Fate.TAKEN for form in line.forms] == [one.filing.id in chosen for one in brought.forms]
    assert {form.fate for form in line.forms} == {Fate.TAKEN, Fate.LEFT}
    assert {row.id for row in office.library.list()} == chosen


def test_looking_takes_nothing_in_and_counts_everything() -> None:
    line = look_at(read(EXAMPLE)[0])
    listed, first, *_, cut = line.forms
    assert {form.fate for form in line.forms} == {Fate.SEEN}
    assert (first.source, first.title) == (f"{EXAMPLE.name}#2", "1、区域绩效目标申报表（青澜市）")
    assert (first.template_id, first.complete, cut.complete) == ("gd-quyu-2022", True, False)
    assert first.runner_up
    assert first.counts == Counts(filled=11, fields=11, rows=0, indicators=11, different=2)
    assert listed.counts.rows > 3
    assert ("资金需求", "原文“160万元”，导入为“160”。") in first.notices


# --- as files


def form(**changed: object) -> FormLine:
    given: dict[str, object] = {
        "source": "材料/1.docx#1", "title": "=1+1（青澜市）", "template": "区域绩效目标申报表",
        "template_id": "gd-quyu-2022", "version": "2022.1", "runner_up": "任务清单", "complete": False,
        "fate": Fate.TAKEN, "ident": "0123456789abcdef", "held": False, "counts": Counts(3, 11, 2, 5, 1),
        "unplaced": ('=HYPERLINK("x")', "长" * 40_000),
        "notices": (("资金需求", "原文“160万元”，导入为“160”。"),),
    }  # fmt: skip
    return FormLine(**(given | changed))  # type: ignore[arg-type]  # the values are those above


@pytest.fixture
def report() -> Report:
    return Report(
        files=(FileLine("材料/1.docx", (form(),)), FileLine("材料/坏.docx", refused="“坏.docx”已损坏。")),
        folders=(LeftOut("材料/空", "文件夹“{name}”里没有文件。"),),
        left_out=(LeftOut("材料/图.jpg", "“{name}”没有读。"),),
        unread=("材料/后.docx",),
    )


def test_the_lines_tell_everything_by_name(report: Report) -> None:
    text = encode(report, Path("报告.txt")).decode()
    assert text.startswith("导入报告\n2 个文件，1 份表：存入 1 份，库中已有 0 份。\n")
    for words in (
        "1 份表不完整", "中途停下，1 个文件还没有轮到", "  材料/坏.docx\n    “坏.docx”已损坏。",
        "文件夹“空”里没有文件。",
        "=1+1（青澜市）  已存入  0123456789abcdef", "也有几分像“任务清单”", "填了 11 栏中的 3 栏，表格 2 行，指标 5 条",
        "有 1 处与原文有出入", "没有找到位置的文字（2）", "长" * 40_000, "资金需求：原文“160万元”", "  材料/后.docx\n",
    ):  # fmt: skip
        assert words in text


def test_the_json_has_the_same_for_programs(report: Report) -> None:
    told = json.loads(encode(report, Path("报告.JSON")))
    assert told["totals"] == {
        "files": 2, "refused": 1, "folders": 1, "forms": 1, "taken": 1, "held": 0, "incomplete": 1, "unplaced": 2,
        "left_out": 1, "unread": 1,
    }  # fmt: skip
    one = told["files"][0]["forms"][0]
    assert (one["fate"], one["id"], one["runner_up"]) == ("taken", "0123456789abcdef", "任务清单")
    assert one["counts"] == {"filled": 3, "fields": 11, "rows": 2, "indicators": 5, "different": 1}
    assert one["unplaced"][0] == '=HYPERLINK("x")'
    assert told["files"][1] == {"file": "材料/坏.docx", "refused": "“坏.docx”已损坏。", "forms": []}
    assert told["unread"] == ["材料/后.docx"]


def test_the_workbook_holds_typed_texts_and_no_formula(report: Report) -> None:
    data = encode(report, Path("报告.xlsx"))
    assert data == encode(report, Path("报告.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["汇总", "文件", "各表", "没有位置的文字", "请留意", "没有读的"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in book["各表"][2]] == [
        "材料/1.docx#1", "=1+1（青澜市）", "已存入", "0123456789abcdef", "区域绩效目标申报表", "2022.1", "任务清单",
        "表不完整", 3, 11, 2, 5, 1, 2, 1,
    ]  # fmt: skip
    assert [row[4].value for row in book["文件"].iter_rows(min_row=2)] == [
        None,
        "“坏.docx”已损坏。",
        "文件夹“空”里没有文件。",
    ]
    long = "".join(str(row[2].value) for row in book["没有位置的文字"].iter_rows(min_row=3))
    assert long == "长" * 40_000
    assert [row[0].value for row in book["没有读的"].iter_rows(min_row=2)] == ["材料/图.jpg", "材料/后.docx"]


def test_an_empty_report_is_written_too() -> None:
    for name in ("a.txt", "a.json", "a.xlsx"):
        assert encode(Report(()), Path(name))
