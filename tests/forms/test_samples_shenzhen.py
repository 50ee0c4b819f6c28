"""深圳坪山 2023: the whole set of tables, its sums without a false alarm, and every figure that is off found."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from forms.filing import Filing, Place
from forms.importers.matching import Imported, match
from forms.importers.source import SourceRow
from forms.problem import Severity
from forms.rules import Review
from forms.scope import Alone, Gathering
from forms.template.model import Template
from forms.values import Kind, read
from tests.forms import sample_imports as some

pytestmark = pytest.mark.samples

ABSENT = {"收入总表与表1", "基本支出分级", "基本支出与表3", "项目支出与表3"}  # 表2, 4 and 5 are only listed
EMPTY = {"表10与表6", "表11与表6"}  # a sum over no row: both sheets have only their total, which is blank or 0


@pytest.fixture(params=[f"{some.TABLES}.xlsx", f"{some.SHENZHEN}.txt"], ids=["xlsx", "txt"])
def one(request: pytest.FixtureRequest, samples: Path) -> Imported:
    return some.forms(samples / request.param)[-1]


def errors(template: Template, filing: Filing) -> set[tuple[str, Place]]:
    problems = Review(template, filing, Alone()).problems
    return {(problem.rule, problem.at) for problem in problems if problem.severity is Severity.ERROR}


def amounts(one: Imported) -> list[tuple[Place, Decimal]]:
    """Every amount of the filing."""
    template, filing = one.template, one.filing
    texts = [(Place(field=name), text) for name, text in filing.values.items()
             if template.fields[name].kind is Kind.MONEY]  # fmt: skip
    for name, rows in filing.tables.items():
        columns = [column.name for column in template.tables[name].columns if column.kind is Kind.MONEY]
        texts += [(Place(table=name, row=row.id, column=at), row.cells[at]) for row in rows for at in columns]
    values = [(place, read(Kind.MONEY, text, unit="万元")) for place, text in texts]
    return [(place, value) for place, value in values if isinstance(value, Decimal)]


def test_the_tables_have_their_rows(one: Imported) -> None:
    rows = {name: len(found) for name, found in one.filing.tables.items()}
    assert rows == {
        "收入": 11, "支出": 24, "支出总表": 23, "拨款收入": 4, "拨款支出": 24, "功能分类": 23, "经济分类": 28,
        "三公经费": 3, "政府性基金": 1, "国有资本经营": 1, "任务": 8,
    }  # fmt: skip
    assert (one.filing.year, one.filing.unit.name) == ("2023", "深圳市生态环境局坪山管理局")
    assert [one.filing.values[name] for name in ("三公经费备注", "政府性基金备注")] == ["无。", "本表本年无发生额。"]


def test_what_the_file_lacks_is_told(one: Imported) -> None:
    assert some.told(one, "来文没有这些表") == [{"sheets": "表2、表4、表5"}]
    assert not one.complete


def test_levels_of_the_tables_without_codes_are_told_by_numbers_and_sums(one: Imported) -> None:
    assert "".join(some.column(one, "支出", "支出层次")) == levels_by_code(one)
    assert some.column(one, "拨款支出", "拨款支出层次") == some.column(one, "支出", "支出层次")
    places = [notice.place for notice in one.notices if "按编号和金额推出" in notice.message]
    assert places == ["支出", "拨款支出"]


def levels_by_code(one: Imported) -> str:
    """The levels that the table with codes gives the same names; 20899 has no row there, for it is 0."""
    by_name: dict[str, list[str]] = {}
    for row in one.filing.tables["支出总表"][1:]:
        code = row.cells["科目编码"]
        by_name.setdefault(row.cells["科目名称"], []).append({3: "1", 5: "2", 7: "3"}[len(code)])
    by_name["其他社会保障和就业支出"] = ["2", "3"]
    names = [name.partition("、")[2] or name for name in some.column(one, "支出", "支出项目")]
    return "".join(by_name[name].pop(0) if len(by_name[name]) > 1 else by_name[name][0] for name in names)


def test_sixty_eight_indicators_stand_under_their_branches_wherever_their_rows_slid(one: Imported) -> None:
    assert some.branches(one) == {"数量": 26, "质量": 13, "时效": 11, "成本": 4, "社会效益": 8, "服务对象满意度": 6}
    names = [indicator.columns["三级指标"] for indicator in one.filing.indicators]
    assert len(set(names)) == 68
    assert [i.columns["三级指标"] for i in one.filing.indicators if "目标值" not in i.columns] == ["咨询服务回复时限"]
    assert one.filing.values["年度总体目标"].count("年度目标") == 9


def test_the_sums_give_no_false_alarm(one: Imported) -> None:
    review = Review(one.template, one.filing, Alone())
    assert {rule for rule, _ in errors(one.template, one.filing)} == {"R-VAL-EMPTY"}
    assert review.pending.keys() == ABSENT | EMPTY


def test_a_figure_changed_by_five_is_found_wherever_it_stands(samples: Path) -> None:
    (one,) = some.forms(samples / f"{some.TABLES}.xlsx")
    found = amounts(one)
    before = errors(one.template, one.filing)
    for number, (place, value) in enumerate(found[::5]):
        changed = one.filing.put(place, str(value + (5 if number % 2 else -5)))
        assert errors(one.template, changed) - before, place
    assert len(found) == 417


def test_totals_of_two_tables_may_be_off_by_their_rounding(samples: Path) -> None:
    (one,) = some.forms(samples / f"{some.TABLES}.xlsx")
    total = Place(table="支出总表", row=one.filing.tables["支出总表"][0].id, column="支出总计")
    assert one.filing.tables["支出总表"][0].cells["支出总计"] == "6623"
    before = errors(one.template, one.filing)
    assert errors(one.template, one.filing.put(total, "6624")) == before
    told = {rule for rule, _ in errors(one.template, one.filing.put(total, "6628"))}
    assert {"支出总表与表1", "任务与表3", "支出总表支出总计"} <= told


def test_a_figure_changed_by_five_in_the_file_is_found_in_the_tables_without_codes(samples: Path) -> None:
    path = samples / f"{some.TABLES}.xlsx"
    source = some.source(path)
    (before,) = some.forms(path)
    rows = [(at, row) for at, row in enumerate(source.blocks) if isinstance(row, SourceRow) and row.table in (1, 3)]
    places = [
        (at, row, len(row.cells) - 1) for at, row in rows if len(row.cells) == 4 and row.cells[3].text.isdecimal()
    ]
    for at, row, cell in places[::4]:
        wrong = replace(row.cells[cell], text=str(int(row.cells[cell].text) + 5))
        blocks = [*source.blocks[:at], replace(row, cells=[*row.cells[:cell], wrong]), *source.blocks[at + 1 :]]
        (one,) = match(replace(source, blocks=blocks), some.TEMPLATES, path.name, "set")
        found = {rule for rule, _ in errors(one.template, one.filing)}
        assert found - {rule for rule, _ in errors(before.template, before.filing)}, row
    assert len(places) > 40


def arithmetic(review: Review) -> list[str]:
    """The rules of the form that are broken; what a reviewer would say of its words is tried elsewhere."""
    return [one.rule for one in review.problems if not one.rule.startswith("R-")]


def test_the_key_projects_agree_with_the_tables(samples: Path) -> None:
    _, projects, tables = some.forms(samples / f"{some.SHENZHEN}.txt")
    assert some.column(projects, "重点项目", "预算数") == ["4,769", "941"]
    assert some.column(projects, "重点项目", "绩效目标")[0].endswith("提升群众满意度。")
    assert projects.filing.values == {"年度": "2023", "备注": "无涉密项目。"}
    beside = Gathering([(tables.template, tables.filing)], ())
    assert arithmetic(Review(projects.template, projects.filing, beside)) == []
    row = projects.filing.tables["重点项目"][0].id
    wrong = projects.filing.put(Place(table="重点项目", row=row, column="预算数"), "4,774")
    assert arithmetic(Review(projects.template, wrong, beside)) == ["项目支出一致"]


def test_the_text_part_is_read_on_both_sides_of_the_table_within_it(samples: Path) -> None:
    text, *_ = some.forms(samples / f"{some.SHENZHEN}.txt")
    values = text.filing.values
    assert len(values) == 8
    assert values["部门概况"].startswith("一、部门职责\n负责辖区生态环境保护监督管理工作")
    assert values["绩效管理情况"].endswith("市财政部门将选取部分政策或项目实施重点绩效评价。")
    assert values["其他需要说明情况"].startswith("一、机关运行经费")
    assert "涉 VOCs 企业分级管理督查帮扶项目" in values["支出具体情况"]  # a page broke in the middle
    assert "结转 to 本年仍按原规定用途继续使用的资金。" in values["名词解释"]
    assert values["名词解释"].endswith("之外取得的当年收入。")
    # What is left is the cover and the table of contents.
    assert all(line.startswith("- ") for line in text.unplaced[3:])
    assert text.complete
