"""The forms of the whole country: filled in without a complaint, printed whole, and read back from what was printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from forms import desk
from forms.filing import Filing, Indicator, Place
from forms.grid.arrange import arrange
from forms.importers.docx import read as read_word
from forms.importers.matching import Imported, match
from forms.importers.source import Source
from forms.importers.xlsx import read as read_workbook
from forms.problem import Severity
from forms.rules import Review
from forms.template.dependencies import blocks
from forms.template.spelling import label_key
from forms.templates import Templates
from tests.forms.importers.untidy_files import WRITERS
from tests.forms.national_filings import empty, filled, national, on_paper, typed

NATIONAL = sorted(national())
SHIPPED = list(Templates.shipped())
DOCUMENT = re.compile(r"财预〔20\d\d〕\d+号")

each_form = pytest.mark.parametrize("ident", NATIONAL)


def reviewed(filing: Filing) -> Review:
    return Review(national()[filing.template.id], filing)


def broken(filing: Filing) -> set[str]:
    return {problem.rule for problem in reviewed(filing).problems}


def printed(filing: Filing) -> list[str]:
    """The texts of the pages, without blanks."""
    document = pypdfium2.PdfDocument(desk.pdf(reviewed(filing)))
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def came_back(source: Source, name: str = "来文") -> Imported:
    (one,) = match(source, SHIPPED, name, "set")
    return one


def same(filing: Filing, back: Imported) -> None:
    assert back.template.id == filing.template.id
    assert typed(back.template, back.filing) == typed(back.template, filing)
    assert (back.complete, back.unplaced) == (True, ())


# What every one of them says of itself


def test_the_forms_of_the_regulations_are_all_there() -> None:
    assert {
        "mof-xiangmu-2015", "mof-zhengti-2015", "mof-zhuanxiang-zhengti-2015", "mof-quyu-2015",
        "mof-zhuanxiang-xiangmu-2015", "mof-hexin-2021", "mof-hexin-baifen-2021", "mof-jiankong-2019",
        "mof-zipin-2020", "mof-shenhe-2015", "mof-shenhe-zhongdian-2015",
    } == set(NATIONAL)  # fmt: skip


@each_form
def test_each_awaits_a_comparison_and_names_its_regulation(ident: str) -> None:
    template = national()[ident]
    assert template.awaiting
    assert template.region == "全国"
    assert DOCUMENT.search(template.text.split("语法:")[0])
    helps = [field.help for field in template.fields.values() if field.help]
    helps += [column.help for block in blocks(template) for column in block.columns]
    assert any(DOCUMENT.search(text) for text in helps)
    assert sum(bool(text) for text in helps) >= 3
    assert template.rules
    assert template.aliases


# Filled in


@each_form
def test_the_filled_form_raises_no_complaint(ident: str) -> None:
    review = reviewed(filled(ident))
    about_headings = ("R-CAT-L1", "R-CAT-EMPTY")  # not every example has an indicator under each of them
    graver = [one for one in review.problems if one.severity is not Severity.HINT]
    assert [one for one in graver if one.rule not in about_headings] == []
    assert review.exportable


@each_form
def test_nothing_typed_is_lost_on_paper(ident: str) -> None:
    filing = filled(ident)
    text = "".join(printed(filing))
    assert "草稿" not in text
    for grid in arrange(national()[ident], filing, reviewed(filing).computed):
        lines = ["".join(line.split()) for cell in grid.cells if not cell.style.vertical for line in cell.lines]
        assert [line for line in lines if line not in text] == []
    values, tables, indicators = typed(national()[ident], filing)
    texts = [*values.values(), *(cell for rows in tables.values() for _, cells in rows for cell in cells.values())]
    texts += [cell for *_, cells in indicators for cell in cells.values()]
    assert [one for one in texts if not set(one) - {"\n", " "} <= set(text)] == []


def test_columns_of_two_blocks_that_stand_over_each_other_are_set_apart() -> None:
    filing = filled("mof-zipin-2020")
    (grid,) = arrange(national()["mof-zipin-2020"], filing, reviewed(filing).computed)
    placed = {cell.text: (cell.col, cell.style.align) for cell in grid.cells if cell.kind == "blank"}
    assert placed["580"] == (4, "center")
    assert placed["≥24所"] == (4, "left")  # a target of the same column goes over two lines


def test_the_signatures_share_the_line_by_width() -> None:
    filing = filled("mof-shenhe-zhongdian-2015")
    (grid,) = arrange(national()["mof-shenhe-zhongdian-2015"], filing, reviewed(filing).computed)
    signed = [cell for cell in grid.cells if cell.kind == "note"][-3:]
    assert [cell.text.partition("：")[0] for cell in signed] == ["审核人", "审核日期", "审核部门（盖章）"]
    assert [len(cell.lines) for cell in signed] == [1, 1, 1]


@each_form
def test_the_blank_form_prints_its_whole_frame(ident: str) -> None:
    template = national()[ident]
    pages = printed(empty(template))
    assert len(pages) <= 2
    text = "".join(pages)
    branches = {branch.label for tree in template.trees.values() for limb in tree.limbs for branch in limb.branches}
    assert [label for label in branches if label not in text] == []
    rows = [label for table in template.tables.values() for label in table.labels]
    assert [label for label in rows if label not in text] == []


@each_form
def test_long_texts_go_on_over_the_pages_under_their_headings(ident: str) -> None:
    template, filing = national()[ident], filled(ident)
    sentence = "完成年度任务，保障各项工作按计划推进，资金使用合规，产出达到要求；"
    for name, field in template.fields.items():
        if field.limit and field.limit >= 1000:
            filing = filing.put(Place(field=name), sentence * (field.limit // len(sentence)))
    many = [Indicator(f"m{number}", one.level1, one.level2, dict(one.columns), one.tree)
            for number, one in enumerate(filing.indicators * 4)]  # fmt: skip
    pages = printed(filing.replace(indicators=tuple(many)))
    assert len(pages) > 1
    whole = sum(len(text) for text in filing.values.values())
    assert sum(map(len, pages)) >= whole
    for tree in template.trees.values():
        first, *others = (page for page in pages if many[0].level2 in page)
        assert all("三级指标" in page for page in (first, *others)), tree.name


# Read back


@each_form
def test_our_own_workbook_comes_back(ident: str) -> None:
    filing = filled(ident)
    same(filing, came_back(read_workbook(desk.xlsx(reviewed(filing))), "自己写的.xlsx"))


@each_form
def test_our_own_word_file_comes_back(ident: str) -> None:
    filing = filled(ident)
    same(filing, came_back(read_word(desk.docx(reviewed(filing))), "自己写的.docx"))


# A text with a cell a line tells no spans: under which column the second row of a heading begins, nobody can know.
TWO_ROWS = ("mof-hexin-2021", "mof-hexin-baifen-2021", "mof-jiankong-2019")


@pytest.mark.parametrize(
    ("kind", "ident"),
    [(kind, one) for kind in WRITERS for one in NATIONAL if kind != "txt, a cell a line" or one not in TWO_ROWS],
)
def test_a_file_of_the_form_comes_back(kind: str, ident: str) -> None:
    filing = filled(ident)
    same(filing, came_back(WRITERS[kind](on_paper(reviewed(filing)))))


@each_form
def test_a_workbook_with_the_labels_of_other_offices_comes_back(ident: str) -> None:
    template, filing = national()[ident], filled(ident)
    most = max(map(len, template.aliases.values()))
    for turn in range(most):
        renamed = {label_key(name): words[turn % len(words)] for name, words in template.aliases.items()}
        same(filing, came_back(WRITERS["xlsx"](on_paper(reviewed(filing), renamed))))


def test_a_score_that_someone_gave_is_taken_as_it_stands() -> None:
    at = at_indicator("mof-zipin-2020", 0, "得分")
    given = filled("mof-zipin-2020").put(at, "16")
    back = came_back(WRITERS["docx"](on_paper(reviewed(given))))
    assert back.filing.indicators[0].columns["得分"] == "16"
    review = Review(back.template, back.filing)
    assert {one.rule for one in review.problems if not one.rule.startswith("R-")} == {"得分相符"}
    assert review.computed[Place(field="总分")] == "91.01"


@each_form
def test_the_check_sheet_says_what_the_program_judges_alone(ident: str) -> None:
    book = openpyxl.load_workbook(BytesIO(desk.xlsx(reviewed(filled(ident)))))
    rows = list(book["校验"].iter_rows(min_row=2, max_col=3, values_only=True))
    names = " ".join(str(name) for name, *_ in rows)
    assert [rule.name for rule in national()[ident].rules if rule.name not in names] == []
    assert all(str(verdict).startswith("程序内校验") for _, formula, verdict in rows if "评分" in str(formula))


# What each rule finds


@dataclass(frozen=True)
class Slip:
    """A change to the filled form, and the rule that has to notice it."""

    ident: str
    at: Place
    text: str
    rule: str


def at_row(ident: str, table: str, number: int, column: str) -> Place:
    return Place(table=table, row=filled(ident).rows(table)[number].id, column=column)


def at_indicator(ident: str, number: int, column: str) -> Place:
    return Place(indicator=filled(ident).indicators[number].id, column=column)


SLIPS = [
    Slip("mof-xiangmu-2015", Place(field="中期财政拨款"), "890", "中期合计"),
    Slip("mof-xiangmu-2015", Place(field="年度其他资金"), "20", "年度合计"),
    Slip("mof-xiangmu-2015", Place(field="中期资金总额"), "300", "年度不超中期"),
    Slip("mof-xiangmu-2015", Place(field="年度资金总额"), "0", "年度为正"),
    Slip("mof-xiangmu-2015", Place(field="中期目标"), "", "中期写全"),
    Slip("mof-xiangmu-2015", at_indicator("mof-xiangmu-2015", 9, "三级指标"), "划定水源地保护区", "年度不重名"),
    Slip("mof-zhengti-2015", at_row("mof-zhengti-2015", "任务", 0, "总额"), "4320", "逐行合计"),
    Slip("mof-zhengti-2015", at_row("mof-zhengti-2015", "任务", 1, "任务名称"), "高标准农田建设", "任务不重名"),
    Slip("mof-zhuanxiang-zhengti-2015", Place(field="年度地方资金"), "1", "年度合计"),
    Slip("mof-zhuanxiang-zhengti-2015", Place(field="实施期金额"), "200000", "年度不超实施期"),
    Slip("mof-quyu-2015", Place(field="中央补助"), "9000", "年度合计"),
    Slip("mof-zhuanxiang-xiangmu-2015", Place(field="地方资金"), "450.60001", "年度合计"),
    Slip("mof-hexin-2021", at_indicator("mof-hexin-2021", 0, "指标分值权重"), "19", "权重合计"),
    Slip("mof-hexin-2021", at_indicator("mof-hexin-2021", 0, "指标分值权重"), "19", "成本权重"),
    Slip("mof-hexin-2021", at_indicator("mof-hexin-2021", 1, "指标分值权重"), "14", "产出权重"),
    Slip("mof-hexin-2021", at_indicator("mof-hexin-2021", 5, "指标分值权重"), "11", "效益权重"),
    Slip("mof-hexin-2021", at_indicator("mof-hexin-2021", 0, "指标分值权重"), "0", "权重为正"),
    Slip("mof-hexin-2021", at_indicator("mof-hexin-2021", 0, "单位"), "", "写明单位"),
    Slip("mof-hexin-baifen-2021", at_indicator("mof-hexin-baifen-2021", 0, "指标分值权重"), "20", "权重合计"),
    Slip("mof-jiankong-2019", at_row("mof-jiankong-2019", "资金", 1, "年初预算数"), "440", "年初预算分列"),
    Slip("mof-jiankong-2019", at_row("mof-jiankong-2019", "资金", 2, "1—7月执行数"), "31", "执行不超预计"),
    Slip("mof-jiankong-2019", at_row("mof-jiankong-2019", "资金", 0, "全年预计执行数"), "500", "预计不超预算"),
    Slip("mof-jiankong-2019", at_indicator("mof-jiankong-2019", 1, "原因说明"), "", "说明偏差"),
    Slip("mof-jiankong-2019", at_indicator("mof-jiankong-2019", 1, "硬件条件保障"), "", "勾选原因"),
    Slip("mof-zipin-2020", at_row("mof-zipin-2020", "资金", 1, "全年执行数"), "519", "执行数分列"),
    Slip("mof-zipin-2020", at_row("mof-zipin-2020", "资金", 2, "全年执行数"), "41", "执行不超预算"),
    Slip("mof-zipin-2020", at_row("mof-zipin-2020", "资金", 0, "分值"), "9", "分值合计"),
    Slip("mof-zipin-2020", at_row("mof-zipin-2020", "资金", 0, "分值"), "9", "预算执行分值"),
    Slip("mof-zipin-2020", at_indicator("mof-zipin-2020", 0, "分值"), "19", "产出分值"),
    Slip("mof-zipin-2020", at_indicator("mof-zipin-2020", 5, "分值"), "14", "效益分值"),
    Slip("mof-zipin-2020", at_indicator("mof-zipin-2020", 0, "得分"), "21", "得分不超"),
    Slip("mof-zipin-2020", at_indicator("mof-zipin-2020", 0, "得分"), "-1", "得分不负"),
    Slip("mof-zipin-2020", at_indicator("mof-zipin-2020", 0, "得分"), "17", "得分相符"),
    Slip("mof-zipin-2020", at_indicator("mof-zipin-2020", 0, "偏差原因分析及改进措施"), "", "说明偏差"),
    Slip("mof-zipin-2020", at_indicator("mof-zipin-2020", 2, "实际完成值"), "2个月", "得分填全"),
    Slip("mof-shenhe-2015", Place(field="总体意见"), "修改", "写明要改之处"),
    Slip("mof-shenhe-zhongdian-2015", Place(field="目标相关性得分"), "15.5", "目标相关性不超"),
    Slip("mof-shenhe-zhongdian-2015", Place(field="规范完整性分值"), "11", "分值满百"),
]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.ident} {slip.rule}")
def test_a_slip_is_noticed_by_its_rule(slip: Slip) -> None:
    assert slip.rule in broken(filled(slip.ident).put(slip.at, slip.text))
    assert slip.rule not in broken(filled(slip.ident))


# Scores


def scores(filing: Filing) -> list[str]:
    review = reviewed(filing)
    return [review.computed.get(at) or filing.text(at) for one in filing.indicators
            for at in (Place(indicator=one.id, column="得分"),)]  # fmt: skip


def test_scores_follow_the_direction_of_the_target() -> None:
    filing = filled("mof-zipin-2020")
    assert scores(filing) == ["18.33", "12.50", "6.75", "5.00", "5.00", "15.00", "11.25", "10.00"]
    assert reviewed(filing).computed[at_row("mof-zipin-2020", "资金", 0, "得分")] == "9.51"
    assert reviewed(filing).computed[Place(field="总分")] == "93.34"


def test_spending_more_than_planned_earns_no_more_than_the_points() -> None:
    filing = filled("mof-zipin-2020").put(at_row("mof-zipin-2020", "资金", 0, "全年执行数"), "700")
    assert reviewed(filing).computed[at_row("mof-zipin-2020", "资金", 0, "得分")] == "10.00"


def test_a_score_that_is_typed_counts_instead() -> None:
    at = at_indicator("mof-zipin-2020", 0, "得分")
    filing = filled("mof-zipin-2020").put(at, "17")
    assert at not in reviewed(filing).computed
    assert scores(filing)[0] == "17"
    assert reviewed(filing).computed[Place(field="总分")] == "92.01"
    (grid,) = arrange(national()["mof-zipin-2020"], filing, reviewed(filing).computed)
    assert "17" in {cell.text for cell in grid.cells}
    assert "R-MONEY-FMT" in broken(filing.put(at, "十七"))


def test_typing_a_score_and_taking_it_back_settles_the_total_each_time() -> None:
    at = at_indicator("mof-zipin-2020", 0, "得分")
    before = filled("mof-zipin-2020")
    review = reviewed(before)
    review.update(before.put(at, "17"), [at])
    assert review.computed == reviewed(before.put(at, "17")).computed
    assert review.problems == reviewed(before.put(at, "17")).problems
    review.update(before, [at])
    assert review.computed == reviewed(before).computed


def test_a_quality_without_a_share_is_left_to_people() -> None:
    filing = filled("mof-zipin-2020").put(at_indicator("mof-zipin-2020", 6, "实际完成值"), "部分达成年度指标")
    assert scores(filing)[6] == ""
    assert "得分填全" in broken(filing)
    assert "得分填全" not in broken(filing.put(at_indicator("mof-zipin-2020", 6, "得分"), "11"))


def test_a_cell_the_form_does_not_have_is_not_calculated() -> None:
    at = at_row("mof-zipin-2020", "资金", 1, "分值")
    filing = filled("mof-zipin-2020").put(at, "10")
    assert at_row("mof-zipin-2020", "资金", 1, "得分") not in reviewed(filing).computed
    assert reviewed(filing).computed[Place(field="总分")] == "93.34"


def test_moving_an_indicator_to_another_limb_settles_the_shares() -> None:
    before = filled("mof-hexin-2021")
    moved = before.indicators[5]
    others = [one for one in before.indicators if one is not moved]
    after = before.replace(
        indicators=(*others, Indicator(moved.id, "产出指标", "数量指标", dict(moved.columns), moved.tree))
    )
    review = reviewed(before)
    review.update(after, [Place(indicator=moved.id)])
    assert {one.rule for one in review.problems if not one.rule.startswith("R-")} == {"产出权重", "效益权重"}


def test_names_of_templates_are_told_apart() -> None:
    names = [template.name for template in SHIPPED if template.id.startswith("mof-")]
    assert len(names) == len(set(names))
