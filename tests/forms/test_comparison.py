"""What differs between two filings: which rows are the same, which characters changed, how it is told and printed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import desk
from forms.cli.main import main
from forms.commands import SetValue
from forms.comparison import Comparison, Difference, Seat, Side, What, compare
from forms.comparison.documents import compare_documents
from forms.comparison.sheet import sheet, sheets
from forms.comparison.spans import marked, spans
from forms.comparison.words import lines, signs
from forms.comparison_pdf import comparison_pdf, documents_pdf
from forms.filing import Filing, Indicator, Place, Row
from forms.interchange import comparison_object
from forms.language import use
from forms.paper.pages import paginate_all
from forms.store.library import Library
from forms.template.load import load
from forms.template.model import Template
from forms.templates import Templates
from tests.forms.filled_forms import BY_ID, FEW, TEMPLATES, blank, steps, tidy
from tests.forms.filled_forms import filings as any_filings

QUYU, QINGDAN = BY_ID["gd-quyu-2022"], BY_ID["gd-qingdan-2022"]
A, B = What.ADDED, What.DROPPED


def between(old: Filing, new: Filing, template: Template = QUYU) -> Comparison:
    return compare(Side(template, old, "原"), Side(template, new, "新"))


def whats(found: Comparison) -> list[tuple[What, str]]:
    """What happened, and to which id or field."""
    return [(one.what, one.at.field or one.at.row or one.at.indicator) for one in found.differences]


def tasks(*rows: tuple[str, str]) -> Filing:
    return blank(QINGDAN, tables={"任务": tuple(Row(ident, {"地区": text}) for ident, text in rows)})


def indicators(*some: tuple[str, str, str]) -> Filing:
    """A filing with indicators of (id, 二级, name)."""
    limbs = {branch.label: limb.label for limb in QUYU.trees["指标"].limbs for branch in limb.branches}
    return blank(
        QUYU, indicators=tuple(Indicator(ident, limbs[two], two, {"三级指标": name}) for ident, two, name in some)
    )


# --- characters ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("完成30公里", "完成35公里", ("完成【30】公里", "完成【35】公里")),
        ("2023年12月底前", "2024年12月底前", ("【2023】年12月底前", "【2024】年12月底前")),
        ("甲乙丙", "甲丙", ("甲【乙】丙", "甲丙")),
        ("甲丙", "甲乙丙", ("甲丙", "甲【乙】丙")),
        ("1.5", "1.50", ("【1.5】", "【1.50】")),
        ("购置设备并安装调试", "购置车辆并安装验收", ("购置【设备】并安装【调试】", "购置【车辆】并安装【验收】")),
        ("天地人和", "人天和地", ("【天地人和】", "【人天和地】")),
        ("", "新", ("", "【新】")),
        ("甲一。丙一。", "甲一。乙一。丙一。", ("甲一。丙一。", "甲一。【乙一。】丙一。")),
        ("甲，乙，丙", "甲，丙", ("甲，【乙，】丙", "甲，丙")),
        ("同", "同", ("同", "同")),
        ("𠮷野家", "𠮷田家", ("𠮷【野】家", "𠮷【田】家")),
    ],
)
def test_changed_characters_are_marked_in_whole_words(before: str, after: str, told: tuple[str, str]) -> None:
    cut, put = spans(before, after)
    assert (marked(before, cut, "【】"), marked(after, put, "【】")) == told


_LETTERS = st.text("甲乙丙12.a ，\n", max_size=30)


@given(_LETTERS, _LETTERS)
def test_what_is_left_without_the_changed_characters_is_the_same(before: str, after: str) -> None:
    cut, put = spans(before, after)

    def left(text: str, found: Sequence[tuple[int, int]]) -> str:
        return "".join(ch for at, ch in enumerate(text) if not any(start <= at < end for start, end in found))

    assert left(before, cut) == left(after, put)
    for found, text in ((cut, before), (put, after)):
        ends = [0, *(at for span in found for at in span)]
        assert ends == sorted(ends)
        assert all(start < end <= len(text) for start, end in found)
    assert (cut == put == ()) is (before == after)


def test_two_long_texts_without_likeness_are_told_as_one_change_each() -> None:
    before, after = "一二" * 1500, "三四五" * 900
    assert spans(before, after) == (((0, 3000),), ((0, 2700),))


# --- fields ----------------------------------------------------------------------------------------------------------


def test_fields_are_told_in_the_order_of_the_form_with_what_happened() -> None:
    old = blank(QUYU, values={"总体目标": "完成30公里", "项目名称": "甲", "地区": "中山"})
    new = blank(QUYU, values={"总体目标": "完成35公里", "政策依据": "乙", "地区": "中山"})
    found = between(old, new).differences
    assert found == (
        Difference(B, Place(field="项目名称"), "项目名称", "甲", "", ((0, 1),), ()),
        Difference(A, Place(field="政策依据"), "政策依据", "", "乙", (), ((0, 1),)),
        Difference(What.CHANGED, Place(field="总体目标"), "总体目标", "完成30公里", "完成35公里", ((2, 4),), ((2, 4),)),
    )


@pytest.mark.parametrize(
    ("name", "before", "after", "what"),
    [
        ("资金需求", "6,623", "6623", What.REWRITTEN), ("资金需求", "50", "50.00", What.REWRITTEN),
        ("资金需求", "50万元", "50", What.REWRITTEN), ("资金需求", "50元", "50", What.CHANGED),
        ("资金需求", "12a", "12A", What.CHANGED), ("预算年度", "2022年", "２０２２", What.REWRITTEN),
        ("总体目标", "完成 30 公里", "完成\n30公里", What.REWRITTEN), ("总体目标", "（一）", "(一)", What.REWRITTEN),
        ("总体目标", "1,000", "1000", What.CHANGED), ("项目名称", "甲", "乙", What.CHANGED),
    ],
)  # fmt: skip
def test_a_text_that_says_the_same_is_only_written_otherwise(name: str, before: str, after: str, what: What) -> None:
    found = between(blank(QUYU, values={name: before}), blank(QUYU, values={name: after}))
    assert [one.what for one in found.differences] == [what]


@pytest.mark.samples
def test_one_form_in_two_kinds_of_file_differs_in_spelling_only(samples: Path) -> None:
    """The tables of 深圳坪山, with their commas and line breaks in the text, without in the workbook."""
    known = Templates.shipped()
    some = [
        next(one for one in desk.read_file(samples / name, known) if one.template.id == "sz-yusuan-2023")
        for name in ("深圳坪山2023_部门预算.txt", "深圳坪山2023_部门预算_表格部分.xlsx")
    ]
    found = compare(*(Side(one.template, one.filing) for one in some))
    assert {one.what for one in found.differences} <= {What.REWRITTEN}


def test_a_field_renamed_by_the_next_version_is_found_by_its_alias() -> None:
    text = QUYU.text.replace("地方主管部门", "地方主管单位").replace("[实施单位]", "[实施单位, 地方主管部门]")
    newer = load(text)
    old = blank(QUYU, values={"地方主管部门": "市局", "总体目标": "甲"})
    new = blank(newer, values={"地方主管单位": "市局", "总体目标": "甲"})
    assert compare(Side(QUYU, old), Side(newer, new)).differences == ()


def test_indicators_of_another_form_are_compared_by_the_roles_of_their_columns() -> None:
    other = BY_ID["zj-zhengti-2020"]
    old = blank(QUYU, indicators=(Indicator("a", "产出指标", "数量指标", {"三级指标": "里程", "指标值": "≥30公里"}),))
    new = blank(
        other, indicators=(Indicator("b", "产出指标", "数量指标", {"三级指标": "里程", "三级指标目标值": "≥35公里"}),)
    )
    (found,) = compare(Side(QUYU, old), Side(other, new)).differences
    assert (found.what, found.name, found.before, found.after) == (What.CHANGED, "三级指标目标值", "≥30公里", "≥35公里")


# --- rows and indicators ---------------------------------------------------------------------------------------------


def test_rows_of_the_same_id_are_the_same_whatever_they_say() -> None:
    found = between(tasks(("a", "甲市"), ("b", "乙市")), tasks(("b", "甲市"), ("a", "乙市")), QINGDAN)
    assert whats(found) == [(What.MOVED, "b"), (What.CHANGED, "b"), (What.CHANGED, "a")]
    assert found.likened == {}


def test_rows_of_other_ids_are_the_same_where_their_texts_are() -> None:
    found = between(tasks(("a", "甲市"), ("b", "乙市")), tasks(("x", "乙市"), ("y", "丙市"), ("z", "甲 市")), QINGDAN)
    assert whats(found) == [(What.MOVED, "x"), (A, "y"), (What.REWRITTEN, "z")]
    assert (found.differences[2].before, found.differences[2].after) == ("甲市", "甲 市")


def test_what_is_alike_enough_is_taken_for_the_same_and_says_how_alike() -> None:
    old = indicators(("a", "数量指标", "新建农村公路里程"), ("b", "数量指标", "培训人数"))
    new = indicators(("x", "数量指标", "新建农村公路总里程"), ("y", "数量指标", "发放补助户数"))
    found = between(old, new)
    assert whats(found) == [(What.CHANGED, "x"), (B, "b"), (A, "y")]
    assert list(found.likened) == ["x"]
    assert 50 <= found.likened["x"] < 100


def test_likeness_prefers_the_same_branch() -> None:
    old = indicators(("a", "数量指标", "设备验收合格率"), ("b", "质量指标", "设备验收合格率"))
    new = indicators(("x", "质量指标", "设备验收的合格率"), ("y", "数量指标", "设备验收的合格率"))
    assert [one.what for one in between(old, new).differences] == [What.CHANGED, What.CHANGED]


def test_fixed_rows_are_the_same_by_their_label() -> None:
    template = BY_ID["mof-zipin-2020"]
    label = template.tables["资金"].labels[0]
    column = next(one.name for one in template.tables["资金"].columns if one.kind == "金额" and not one.formula)
    old, new = (
        blank(template, tables={"资金": (Row(ident, {column: text}, label),)})
        for ident, text in (("a", "1"), ("b", "9"))
    )
    (found,) = between(old, new, template).differences
    assert (found.what, found.at.row, found.before, found.after) == (What.CHANGED, "b", "1", "9")


def test_as_few_rows_as_possible_are_told_to_have_moved() -> None:
    names = [("a", "甲"), ("b", "乙"), ("c", "丙"), ("d", "丁")]
    moved = between(tasks(*names), tasks(names[3], *names[:3]), QINGDAN)
    (one,) = moved.differences
    assert (one.what, one.at.row) == (What.MOVED, "d")
    assert (one.old, one.new) == (Seat("任务", "", "", 4), Seat("任务", "", "", 1))


def test_a_row_put_in_or_taken_out_moves_no_other() -> None:
    assert whats(between(tasks(("a", "甲"), ("b", "乙")), tasks(("n", "新"), ("a", "甲"), ("b", "乙")), QINGDAN)) == [
        (A, "n")
    ]
    assert whats(between(tasks(("a", "甲"), ("b", "乙")), tasks(("b", "乙")), QINGDAN)) == [(B, "a")]


def test_an_indicator_under_another_branch_has_moved_with_its_seats() -> None:
    old, new = (
        indicators(("a", "数量指标", "甲"), ("b", "质量指标", "乙")),
        indicators(("a", "质量指标", "甲"), ("b", "质量指标", "乙")),
    )
    (one,) = between(old, new).differences
    assert (one.what, one.old, one.new) == (
        What.MOVED, Seat("指标", "产出指标", "数量指标", 1), Seat("指标", "产出指标", "质量指标", 1),
    )  # fmt: skip


def test_what_went_is_told_where_it_stood_with_its_texts() -> None:
    old = indicators(("a", "数量指标", "甲"), ("b", "数量指标", "乙"), ("c", "数量指标", "丙"))
    new = indicators(("a", "数量指标", "甲"), ("c", "数量指标", "丁丁丁"))
    found = between(old, new)
    assert whats(found) == [(B, "b"), (What.CHANGED, "c")]
    assert found.differences[0].columns == (("三级指标", "乙"),)


def test_an_empty_indicator_is_neither_here_nor_there() -> None:
    empty = indicators(("e", "数量指标", ""), ("f", "数量指标", " "))
    assert between(blank(QUYU), empty).differences == ()
    assert whats(between(empty, indicators(("e", "数量指标", "甲")))) == [(A, "e")]


def texts(found: Comparison) -> list[tuple[str, str, str]]:
    return sorted((one.name, one.before, one.after) for one in found.differences if one.name)


@FEW
@given(st.data())
def test_a_filing_differs_from_itself_in_nothing_and_from_a_changed_one_in_what_was_changed(
    data: st.DataObject,
) -> None:
    template = data.draw(st.sampled_from(TEMPLATES))
    old = data.draw(any_filings(template))
    assert between(old, old, template).differences == ()
    new = old
    for command in data.draw(steps(template, old)):
        new, _ = command.apply(new)
    forward, backward = between(old, new, template), between(new, old, template)
    assert texts(forward) == sorted((name, after, before) for name, before, after in texts(backward))
    opposite = {A: B, B: A}
    turned = sorted(opposite.get(what, what) for what, _ in whats(backward))
    assert sorted(what for what, _ in whats(forward)) == turned


def test_a_thousand_rows_of_other_ids_are_matched_quickly() -> None:
    names = [f"第{number}镇第{number * 7 % 11}批农村公路改造" for number in range(450)]
    old = tasks(*((f"a{n}", name) for n, name in enumerate(names)))
    new = tasks(*((f"b{n}", name + "工程") for n, name in enumerate(names)))
    assert len(between(old, new, QINGDAN).likened) == 450


# --- in words --------------------------------------------------------------------------------------------------------


def told(found: Comparison) -> list[tuple[str, str, str, str]]:
    return [(line.where, line.name, line.before, line.after) for line in lines(found)]


def test_places_are_told_as_on_the_form() -> None:
    old = indicators(("a", "数量指标", "甲")).replace(values={"地区": "中山"})
    new = indicators(("a", "质量指标", "甲"), ("b", "成本指标", "乙")).replace(values={"地区": "佛山"})
    assert told(between(old, new)) == [
        ("地区", "", "【中】山", "【佛】山"),
        ("产出指标\n质量指标“甲”", "", "数量指标 第 1 条", "质量指标 第 1 条"),
        ("产出指标\n成本指标“乙”", "", "", "三级指标：乙"),
    ]
    assert told(between(tasks(("a", "甲")), tasks(("a", "乙丙")), QINGDAN)) == [("任务 第 1 行", "地区", "甲", "乙丙")]


def test_of_a_long_text_the_clauses_with_changes_are_told() -> None:
    clause = "这一句没有任何改动而且写得相当长。"
    before = clause * 6 + "完成公路30公里。" + clause * 4
    after = clause * 6 + "完成公路35公里。" + clause * 2 + "新加的一句。" + clause * 2
    ((_, _, shown_before, shown_after),) = told(
        between(blank(QUYU, values={"总体目标": before}), blank(QUYU, values={"总体目标": after}))
    )
    assert shown_before == f"……完成公路【30】公里。……{clause}……"
    assert shown_after == "……完成公路【35】公里。……【新加的一句。】……"
    ((_, _, shown_before, shown_after),) = told(
        between(blank(QUYU, values={"总体目标": before}), blank(QUYU, values={"总体目标": before + "又一句"}))
    )
    assert (shown_before, shown_after) == (f"……{clause}", "……【又一句】")


def test_brackets_that_were_typed_are_not_taken_for_marks() -> None:
    found = between(blank(QUYU, values={"总体目标": "见【附件】一"}), blank(QUYU, values={"总体目标": "见【附件】二"}))
    assert signs(found) == "〖〗"
    assert told(found) == [("总体目标", "", "见【附件】〖一〗", "见【附件】〖二〗")]


def test_the_paper_is_chinese_whatever_the_screen_speaks() -> None:
    found = between(tasks(("a", "甲")), tasks(("a", "乙")), QINGDAN)
    use("en")
    try:
        assert told(found)[0][0] == "任务 row 1"
        assert "任务 第 1 行" in [cell.text for cell in sheet(found).cells]
    finally:
        use("zh_CN")


# --- as JSON ---------------------------------------------------------------------------------------------------------


def test_the_json_says_everything_by_place() -> None:
    old, new = indicators(("a", "数量指标", "新建公路里程")), indicators(("x", "质量指标", "新建公路总里程"))
    found: dict[str, Any] = comparison_object(between(old, new))
    assert json.loads(json.dumps(found, ensure_ascii=False))["old"] == {
        "id": "f", "name": "原", "template_id": "gd-quyu-2022", "version": "2022.1",
    }  # fmt: skip
    moved, changed = found["differences"]
    assert moved["what"] == "moved"
    assert moved["from"] == {"table": "指标", "一级指标": "产出指标", "二级指标": "数量指标", "row": 1}
    assert changed["at"] == {"indicator": "产出指标/质量指标", "row": 1, "column": "三级指标"}
    assert (changed["before"], changed["after"], changed["cut"], changed["put"]) == (
        "新建公路里程", "新建公路总里程", [], [(4, 5)],
    )  # fmt: skip
    assert changed["likeness"] == moved["likeness"] >= 50


def test_the_json_of_a_row_that_went_holds_its_texts() -> None:
    found: dict[str, Any] = comparison_object(between(tasks(("a", "甲")), tasks(), QINGDAN))
    assert found["differences"] == [{
        "what": "dropped", "place": "任务 第 1 行", "at": {"table": "任务", "row": 1, "column": ""},
        "from": {"table": "任务", "row": 1}, "to": None, "texts": {"地区": "甲"},
    }]  # fmt: skip


# --- on paper --------------------------------------------------------------------------------------------------------


def pages(found: Comparison) -> list[str]:
    document = pypdfium2.PdfDocument(comparison_pdf(found))
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_the_sheet_has_a_row_for_each_difference_and_the_place_once() -> None:
    old = indicators(("a", "数量指标", "甲"))
    new = old.put(Place(indicator="a", column="三级指标"), "乙").put(Place(indicator="a", column="指标值"), "≥1")
    grid = sheet(between(old, new))
    texts = {(cell.row, cell.col): (cell.text, cell.rows, cell.cols) for cell in grid.cells}
    assert [text for (row, _), (text, _, _) in sorted(texts.items()) if row == 3] == [
        "序号", "位置", "栏目", "修改前", "修改后", "改动",
    ]  # fmt: skip
    assert texts[4, 1] == ("产出指标\n数量指标“乙”", 2, 1)
    assert [texts[4, col][0] for col in (2, 3, 4, 5)] == ["三级指标", "甲", "乙", "修改"]
    assert [texts[5, col][0] for col in (2, 3, 4, 5)] == ["指标值", "", "≥1", "新增"]
    assert grid.paper.width > grid.paper.height


def test_no_two_cells_overlap_and_every_line_fits_its_row() -> None:
    long = "改动的长句，" * 60
    grid = sheet(between(tidy(QUYU), tidy(QUYU).put(Place(field="总体目标"), long)))
    taken = [(row, col) for cell in grid.cells for row in range(cell.row, cell.row + cell.rows)
             for col in range(cell.col, cell.col + cell.cols)]  # fmt: skip
    assert len(taken) == len(set(taken)) == len(grid.heights) * len(grid.widths)
    for cell in grid.cells:
        room = sum(grid.heights[cell.row : cell.row + cell.rows]) - 2 * grid.padding
        assert len(cell.lines) * cell.style.size * grid.leading <= room + 0.01


def test_the_printed_table_repeats_its_heading_and_names_both_sides() -> None:
    old, new = tidy(QUYU), blank(QUYU)
    many = tasks(*((f"r{n}", f"第{n}镇") for n in range(60)))
    (first, *rest) = pages(between(blank(QINGDAN), many, QINGDAN))
    assert first.startswith("修改对照表修改前：原修改后：新序号位置栏目修改前修改后改动")
    assert rest
    assert all(page.startswith("序号位置栏目") for page in rest)
    assert "第59镇" in rest[-1]
    assert "没有不同" in pages(between(old, old))[0]
    assert "删去" in pages(between(old, new))[0]


def test_the_same_comparison_gives_the_same_bytes() -> None:
    found = between(tidy(QUYU), blank(QUYU))
    assert comparison_pdf(found) == comparison_pdf(found)
    assert len(paginate_all([sheet(found)])) >= 1


# --- documents of several forms --------------------------------------------------------------------------------------


def form(ident: str, region: str, **values: str) -> Side:
    return Side(QUYU, blank(QUYU, id=ident, values={"地区": region} | values), region)


def test_forms_of_two_documents_are_the_same_by_id_title_or_likeness() -> None:
    text = "完成全县农村公路改造三十公里，保障群众出行安全"
    old = [form("a", "甲市"), form("b", "乙市"), form("c", "丙市", 总体目标=text), form("d", "丁市")]
    new = [form("x", "乙市"), form("y", "戊市", 总体目标=text + "便捷"), form("a", "己市"), form("z", "庚市")]
    found = compare_documents(old, new)
    assert [(one.old.filing.id, one.new.filing.id) for one in found.compared] == [("b", "x"), ("c", "y"), ("a", "a")]
    assert [side.filing.id for side in found.dropped] == ["d"]
    assert [side.filing.id for side in found.added] == ["z"]


def test_forms_of_other_templates_are_never_taken_for_the_same() -> None:
    other = Side(QINGDAN, blank(QINGDAN, id="a"), "清单")
    found = compare_documents([form("a", "甲市")], [other])
    assert (found.compared, len(found.dropped), len(found.added)) == ((), 1, 1)


def test_the_list_of_forms_says_what_became_of_each() -> None:
    old, new = [form("a", "甲市"), form("b", "乙市"), form("c", "丙市")], [form("a", "甲市"), form("b", "丁市")]
    overview, *detailed = sheets(compare_documents(old, [*new, form("n", "新市")]))
    texts = {(cell.row, cell.col): cell.text for cell in overview.cells}
    assert [[texts[row, col] for col in (3, 4, 5)] for row in range(2, 6)] == [
        ["甲市", "甲市", "相同"], ["乙市", "丁市", "1 处"], ["丙市", "", "删去"], ["", "新市", "新增"],
    ]  # fmt: skip
    assert [grid.name for grid in detailed] == ["1、丁市"]
    taken = [(row, col) for cell in overview.cells for row in range(cell.row, cell.row + cell.rows)
             for col in range(cell.col, cell.col + cell.cols)]  # fmt: skip
    assert len(taken) == len(set(taken)) == len(overview.heights) * len(overview.widths)


def test_documents_are_printed_with_a_bookmark_for_each_form() -> None:
    document = pypdfium2.PdfDocument(documents_pdf(compare_documents([form("a", "甲市")], [form("a", "乙市")])))
    assert [mark.get_title() for mark in document.get_toc()] == ["各表改动", "1、乙市"]
    assert "第2/2页" in "".join(document[1].get_textpage().get_text_range().split())


# --- the command -----------------------------------------------------------------------------------------------------

IDENT = "0123456789abcdef"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library with one filing of two revisions and a change after them."""
    path = tmp_path / "l.jixiao"
    at = Place(field="资金需求")
    with Library.open(path) as opened:
        opened.add(tidy(QUYU).replace(id=IDENT), QUYU.text, title="一份表", template_name=QUYU.name)
        for text in ("60", "75"):
            filing = opened.filing(IDENT)
            command = SetValue(at, text)
            opened.edit(IDENT, command, command.apply(filing)[1], origin="test")
            if text == "60":
                opened.revise(IDENT, reason="check")
    return path


def said(capsys: pytest.CaptureFixture[str], library: Path, *words: str, code: int = 0) -> str:
    assert main([*words, "--library", str(library)]) == code
    found = capsys.readouterr()
    return found.out if code == 0 else found.err


def test_revisions_of_the_library_are_compared(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert re.fullmatch(rf"({IDENT}@[12]  \S+  (new|check)\n){{2}}", said(capsys, library, "revisions", "0123"))
    out = said(capsys, library, "compare", "0123@1", "0123@2")
    assert out.splitlines()[2:] == ["[修改] 资金需求", "  - 12.5", "  + 60"]
    assert "（第 1 版，" in out.splitlines()[0]
    assert said(capsys, library, "compare", "0123@2", "0123").splitlines()[2:] == [
        "[修改] 资金需求",
        "  - 60",
        "  + 75",
    ]
    listed = json.loads(said(capsys, library, "revisions", "0123", "--json"))
    assert [(one["number"], one["reason"]) for one in listed] == [(1, "new"), (2, "check")]


def test_the_comparison_is_printed(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a.pdf"
    assert said(capsys, library, "compare", "0123@1", "0123", "-o", str(target)) == f"已写成 {target}\n"
    text = pypdfium2.PdfDocument(target.read_bytes())[0].get_textpage().get_text_range()
    assert "12.5" in text
    assert "75" in text


@pytest.mark.samples
def test_forms_of_files_are_compared_without_a_library(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """广州 is the second form of the Word file and the first of the workbook."""
    word = samples / "广东2022_任务清单与区域绩效目标申报表_1-12.docx"
    book = samples / "广东2022_区域绩效目标申报表_1-12.xlsx"
    nowhere = tmp_path / "l.jixiao"
    found = json.loads(said(capsys, nowhere, "compare", f"{word}#2", f"{book}#1", "--json"))
    assert [one["what"] for one in found["differences"] if one["what"] in ("added", "dropped")] == []
    other = json.loads(said(capsys, nowhere, "compare", f"{word}#2", f"{word}#3", "--json"))
    assert {"before": "50", "after": "210"}.items() <= next(
        one for one in other["differences"] if one["place"] == "资金需求"
    ).items()
    assert not nowhere.exists()


@pytest.mark.samples
def test_whole_files_are_compared_form_by_form(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The workbook has the 12 forms of the Word file and not its list."""
    word = str(samples / "广东2022_任务清单与区域绩效目标申报表_1-12.docx")
    book = str(samples / "广东2022_区域绩效目标申报表_1-12.xlsx")
    nowhere = tmp_path / "l.jixiao"
    found = json.loads(said(capsys, nowhere, "compare", word, book, "--json"))
    assert (len(found["compared"]), len(found["dropped"]), found["added"]) == (12, 1, [])
    assert "任务清单" in found["dropped"][0]
    assert said(capsys, nowhere, "compare", word, book).count("\n现在：") == 12
    target = tmp_path / "a.pdf"
    assert said(capsys, nowhere, "compare", word, book, "-o", str(target)) == f"已写成 {target}\n"
    assert target.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_compared_is_one_sentence(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, library, "compare", "0123@9", "0123", code=2) == f"表 {IDENT} 没有第 9 版；请先列出它的各版。\n"
    assert "没有编号" in said(capsys, library, "compare", "ffff", "0123", code=2)
    missing = str(tmp_path / "missing.docx")
    assert said(capsys, library, "compare", missing, "0123", code=2).count("\n") == 1


@pytest.mark.samples
def test_a_file_of_several_forms_wants_a_number(
    samples: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = samples / "广东2022_任务清单与区域绩效目标申报表_1-12.docx"
    assert "里有 13 份表；请写明是第几份" in said(capsys, library, "compare", str(word), "0123", code=2)
    assert "里没有第 14 份表" in said(capsys, library, "compare", f"{word}#14", "0123", code=2)


@pytest.mark.samples
def test_the_real_forms_of_a_file_are_told_apart_by_what_they_ask_for(samples: Path) -> None:
    forms = desk.read_file(samples / "广东2022_任务清单与区域绩效目标申报表_1-12.docx", Templates.shipped())[1:]
    changed = forms[0].filing
    first = changed.indicators[0]
    changed = changed.put(Place(indicator=first.id, column="指标值"), "购置12台执法车")
    copied = changed.replace(
        indicators=tuple(msgspec.structs.replace(one, id=f"c{n}") for n, one in enumerate(changed.indicators))
    )
    found = compare(Side(QUYU, forms[0].filing), Side(QUYU, copied))
    assert whats(found) == [(What.CHANGED, "c0")]
