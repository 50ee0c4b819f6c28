"""The templates of the published forms: each loads, is filled, checked, printed and comes back; and what they ask."""

from __future__ import annotations

from collections import Counter

import pytest

from forms import desk
from forms.filing import Filing, Place, Row
from forms.importers.matching import match
from forms.importers.xlsx import read as read_workbook
from forms.rules import Review
from forms.scope import Alone
from forms.template.load import load_set
from forms.template.model import Template
from forms.templates import Templates
from forms.values import fold
from forms.values import read as understood
from tests.forms.filled_forms import BY_ID, blank, tidy

SHIPPED = list(Templates.shipped())
MINE = [
    "zj-zhengti-2020", "gx-zongti", "gx-xiangmu", "hb-zhengti-2020", "sz-wenzi-2023", "sz-zhongdian-2023",
    "sz-yusuan-2023",
]  # fmt: skip

each = pytest.mark.parametrize("template", [BY_ID[ident] for ident in MINE], ids=MINE)


def problems(template: Template, filing: Filing) -> list[str]:
    return [problem.rule for problem in Review(template, filing, Alone()).problems]


@each
def test_a_filled_form_is_printed_and_comes_back_from_its_workbook(template: Template) -> None:
    filing = tidy(template)
    review = Review(template, filing, Alone())
    assert desk.pdf(review).startswith(b"%PDF")
    (back,) = match(read_workbook(desk.xlsx(review)), SHIPPED, "导出.xlsx", "set")
    assert (back.template.id, back.complete, back.unplaced) == (template.id, True, ())
    for name, field in template.fields.items():
        held, again = filing.values[name], back.filing.values[name]
        assert fold(held) == fold(again) or understood(field.kind, held) == understood(field.kind, again), name
    assert {name: [row.cells for row in rows] for name, rows in back.filing.tables.items()} == {
        name: [row.cells for row in rows] for name, rows in filing.tables.items()
    }
    counted = [
        Counter((one.level1, one.level2, *sorted(one.columns.items())) for one in form.indicators)
        for form in (filing, back.filing)
    ]
    assert counted[0] == counted[1]


@each
def test_an_empty_form_asks_for_what_must_be_there(template: Template) -> None:
    asked = problems(template, blank(template))
    assert "R-REQ" in asked
    assert set(asked) <= {"R-REQ", "R-CAT-EMPTY"}


def test_every_template_of_a_set_is_shipped() -> None:
    known = {template.id for template in SHIPPED}
    sets = Templates.shipped().sets
    assert {one.id for one in sets} >= {"gd-chengtao-2022", "hb-chengtao-2020", "gx-chengtao", "sz-chengtao-2023"}
    assert all(set(one.members) <= known for one in sets)
    assert all(load_set(one.text) == one for one in sets)


def test_the_plan_of_a_project_must_rise_to_a_hundred() -> None:
    template = BY_ID["gx-xiangmu"]
    quarters = ("第一季度", "第二季度", "第三季度", "第四季度")

    def rules(*shares: str) -> set[str]:
        values = dict(zip(quarters, shares, strict=True))
        return {rule for rule in problems(template, blank(template, values=values)) if rule.startswith("计划")}

    assert rules("25%", "50", "75", "100") == set()
    assert rules("0", "0", "100", "") == set()
    assert rules("25", "20", "75", "100") == {"计划累进"}
    assert rules("25", "25", "25", "25") == {"计划完成"}


def test_codes_are_summed_up_to_the_total_that_has_none() -> None:
    template = BY_ID["sz-yusuan-2023"]
    rows = [("", "100"), ("201", "60"), ("20101", "60"), ("2010101", "24"), ("2010199", "36"), ("221", "40")]

    def wrong(place: int, amount: str) -> list[str]:
        told = [(code, amount if number == place else figure) for number, (code, figure) in enumerate(rows)]
        table = tuple(Row(f"r{n}", {"科目编码": code, "支出总计": figure}) for n, (code, figure) in enumerate(told))
        filing = blank(template, tables={"功能分类": table})
        return [rule for rule in problems(template, filing) if rule == "表7支出总计"]

    assert wrong(-1, "") == []
    assert wrong(0, "101") == []  # each of the figures may be half a unit off
    assert wrong(0, "105") == wrong(2, "55") == wrong(4, "41") == wrong(5, "45") == ["表7支出总计"]


def test_levels_are_printed_as_indents_behind_the_code() -> None:
    table = BY_ID["sz-yusuan-2023"].tables["支出总表"]
    assert table.outlined == "科目名称"
    assert [table.level(code) for code in ("", "201", "20101", "2010101")] == [0, 1, 2, 3]


def test_a_key_project_may_not_be_named_twice() -> None:
    template = BY_ID["sz-zhongdian-2023"]
    rows = tuple(Row(f"r{n}", {"项目名称": "治理", "预算数": "10", "绩效目标": "完成"}) for n in range(2))
    filing = blank(template, values={"年度": "2023"}, tables={"重点项目": rows})
    (problem,) = (one for one in Review(template, filing, Alone()).problems if not one.rule.startswith("R-"))
    assert (problem.rule, problem.at) == ("项目不重复", Place(table="重点项目", row="r1", column="项目名称"))
