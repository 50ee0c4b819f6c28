"""The JSON of the command line: its keys are a contract."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms.filing import Indicator, Row
from forms.importers.intake import Notice
from forms.interchange import check_object, filing_object, notice_objects, report
from forms.rules import Review
from forms.template.model import Template
from tests.forms.filled_forms import BY_ID, TEMPLATES, blank, tidy


def objects(template: Template) -> dict[str, Any]:
    return filing_object(Review(template, tidy(template)), None)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_form_is_told_with_the_same_keys(template: Template) -> None:
    told = objects(template)
    assert list(told) == [
        "id", "source", "template", "template_id", "version", "title", "year", "unit", "state", "values", "tables",
        "indicators", "computed", "unplaced", "notices", "complete",
    ]  # fmt: skip
    assert told["values"] == tidy(template).values
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told


def test_rows_bear_their_number_and_label_as_on_paper() -> None:
    listed = BY_ID["gd-qingdan-2022"]
    filing = blank(listed, tables={"任务": (Row("a", {"地区": "甲"}), Row("b", {"序号": "7"}))})
    assert filing_object(Review(listed, filing), None)["tables"] == {
        "任务": [{"序号": "1", "地区": "甲"}, {"序号": "7"}]
    }
    fixed = BY_ID["mof-zipin-2020"]
    filing = blank(fixed, tables={"资金": (Row("a", {"分值": "10"}, "年度资金总额"),)})
    assert filing_object(Review(fixed, filing), None)["tables"] == {"资金": [{"项": "年度资金总额", "分值": "10"}]}


def test_only_indicators_with_content_are_listed_and_trees_named_where_there_are_several() -> None:
    form = BY_ID["mof-xiangmu-2015"]
    empty = Indicator("a", "产出指标", "数量指标", {"三级指标": " "}, "中期")
    filled = Indicator("b", "产出指标", "数量指标", {"三级指标": "名"}, "年度")
    filing = blank(form, indicators=(empty, filled))
    assert filing_object(Review(form, filing), None)["indicators"] == [
        {"一级指标": "产出指标", "二级指标": "数量指标", "指标树": "年度", "三级指标": "名"}
    ]
    one_tree = filing_object(Review(form, blank(form, indicators=(filled,))), None)["indicators"]
    assert one_tree == [{"一级指标": "产出指标", "二级指标": "数量指标", "三级指标": "名"}]


def test_computed_values_are_told_beside_the_typed_ones() -> None:
    form = BY_ID["mof-zipin-2020"]
    computed = objects(form)["computed"]
    assert computed["总分"] == "75.00"
    assert computed["资金 年度资金总额 执行率"] == "100.00"


def test_the_report_of_an_import_stands_beside_the_filing() -> None:
    form = BY_ID["gd-quyu-2022"]
    notice = Notice("预算年度", "“{text}”原样保留。", {"text": "汕尾市2022年"})
    told = report("a.docx#2", ["多余的话"], [notice], complete=False)
    shown = filing_object(Review(form, blank(form)), told)
    assert (shown["source"], shown["unplaced"], shown["complete"]) == ("a.docx#2", ["多余的话"], False)
    assert shown["notices"] == [{"place": "预算年度", "text": "“汕尾市2022年”原样保留。"}]
    assert notice_objects({}) == []


def test_a_check_tells_its_problems_with_places_for_people_and_programs() -> None:
    form = BY_ID["gd-qingdan-2022"]
    rows = (Row("a", {"地区": "甲", "补助资金": "220万"}), Row("b", {"地区": "甲"}))
    checked: dict[str, Any] = check_object(Review(form, blank(form, tables={"任务": rows})))
    assert list(checked) == ["id", "title", "template", "exportable", "problems", "dismissed", "pending"]
    assert checked["exportable"] is False
    assert all(
        list(one) == ["rule", "severity", "place", "at", "span", "dimension", "message", "fix"]
        for one in checked["problems"]
    )
    money = next(one for one in checked["problems"] if one["rule"] == "R-MONEY-FMT")
    assert money["place"] == "任务 第 1 行 补助资金"
    assert money["at"] == {"table": "任务", "row": 1, "column": "补助资金"}
    assert (money["span"], money["fix"], money["severity"]) == ([0, 4], "改为“220”", "error")
    twice = next(one for one in checked["problems"] if one["rule"] == "地区不重复")
    assert twice["at"] == {"table": "任务", "row": 2, "column": "地区"}


def test_a_check_names_fields_and_indicators_by_their_branch_and_number() -> None:
    form = BY_ID["gd-quyu-2022"]
    some = (Indicator("a", "产出指标", "数量指标", {}), Indicator("b", "产出指标", "质量指标", {"指标值": "1"}))
    checked: dict[str, Any] = check_object(Review(form, blank(form, indicators=some)))
    places = [one["at"] for one in checked["problems"]]
    assert {"field": "项目名称"} in places
    assert {"indicator": "产出指标/质量指标", "row": 2, "column": "三级指标"} in places
    assert checked["pending"][0]["rule"] in ("金额为正", "清单一致")
