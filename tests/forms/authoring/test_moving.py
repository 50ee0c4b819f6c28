"""A filing moved to another version: every text is kept, moved, converted or told to have no place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.authoring.moving import Fate, Moved, moved
from forms.filing import Dismissal, Filing, Indicator, Place, Remark, Row, TemplateRef, Unit
from forms.template.load import load
from forms.template.model import Template
from tests.forms.authoring.versions import after, before

_OLD = """语法: 1
编号: demo-a
模板: 甲
版本: "1"
单位: 万元
表:
  任务: {列: {任务名称: 文本, 金额: 金额, 旧栏: 文本}, 行: 1..9}
  资金: {列: {项: 行名, 数: 金额}, 行: [财政拨款, 自筹资金, 上年结转]}
列宽: [1, 1, 1]
版式: |
  任务名称 | 金额 | 旧栏
  @任务
   | 数 |
  @资金 | < |
"""
_NEW = _OLD.replace("单位: 万元", "单位: 元").replace("旧栏", "完成时限").replace("完成时限: 文本", "完成时限: 日期")
_NEW = _NEW.replace("[财政拨款, 自筹资金, 上年结转]", "[其中：财政拨款, 自筹资金（万元）]").replace('"1"', '"2"', 1)


def _filing(template: Template, **said: object) -> Filing:
    return Filing("0" * 16, TemplateRef(template.id, template.version, template.digest)).replace(**said)


def _fates(made: Moved) -> dict[str, Fate]:
    return {one.params["before"]: one.fate for one in made.told}


def test_fields_and_indicators() -> None:
    old, new = before(), after()
    values = {"项目名称": "甲", "地方主管部门": "乙局", "资金需求": "210.05", "政策依据": "丙文", "预算年度": "2022"}
    indicators = (
        Indicator("a" * 16, "产出指标", "数量指标", {"三级指标": "水闸", "指标值": "≥3座"}),
        Indicator("b" * 16, "产出指标", "成本指标", {"三级指标": "造价", "指标值": "≤5万元"}),
    )
    filing = _filing(old, values=values, indicators=indicators, year="2022", unit=Unit("乙局"), state="submitted")
    made = moved(filing, old, new, revision="3")
    assert made.filing.values == {"项目名称": "甲", "地方实施部门": "乙局", "资金需求": "2100500", "预算年度": "2022"}
    assert [(one.id, one.columns) for one in made.filing.indicators] == [
        ("a" * 16, {"指标名称": "水闸", "指标值": "≥3座"})
    ]
    assert (made.filing.year, made.filing.unit.name, made.filing.state) == ("2022", "乙局", "draft")
    assert made.filing.template == TemplateRef(new.id, new.version, new.digest)
    assert made.filing.origin is not None
    assert (made.filing.origin.filing, made.filing.origin.revision) == (filing.id, "3")
    assert made.filing.id != filing.id
    assert _fates(made)["地方主管部门"] is Fate.MOVED
    assert _fates(made)["项目名称"] is Fate.KEPT
    assert made.dropped == ("政策依据：丙文", "三级指标：造价", "指标值：≤5万元")
    (converted,) = [str(one) for one in made.told if one.fate is Fate.CONVERTED]
    assert converted == "“资金需求”：210.05 万元换算成 2100500 元。"


def test_an_amount_that_cannot_be_read_is_kept_as_typed() -> None:
    made = moved(_filing(before(), values={"资金需求": "约200"}), before(), after())
    assert made.filing.values == {"资金需求": "约200"}
    assert _fates(made) == {"资金需求": Fate.KEPT}


def test_tables_keep_their_rows_and_fixed_rows_find_their_names() -> None:
    old, new = load(_OLD), load(_NEW)
    tables = {
        "任务": (Row("1" * 16, {"任务名称": "甲", "金额": "1.5", "旧栏": "说明"}), Row("2" * 16, {"任务名称": "乙"})),
        "资金": (Row("3" * 16, {"数": "2"}, "财政拨款"), Row("4" * 16, {"数": "3"}, "上年结转")),
    }
    made = moved(_filing(old, tables=tables), old, new)
    assert made.filing.tables["任务"] == (
        Row("1" * 16, {"任务名称": "甲", "金额": "15000"}),
        Row("2" * 16, {"任务名称": "乙"}),
    )
    assert made.filing.tables["资金"] == (Row("3" * 16, {"数": "20000"}, "其中：财政拨款"),)
    assert sorted(made.dropped) == ["任务 旧栏：说明", "资金 数：3"]


def test_what_stands_beside_goes_along_where_its_place_does() -> None:
    old, new = before(), after()
    place, gone = Place(field="地方主管部门"), Place(field="政策依据")
    filing = _filing(
        old, values={"地方主管部门": "乙局", "政策依据": "丙文"},
        remarks=(Remark(place, "请核对"), Remark(gone, "太旧", "好")),
        dismissed=(Dismissal("指标条数", place, "已核"), Dismissal("没有的规则", place, "已核"),
                   Dismissal("R-X", gone, "无")),
    )  # fmt: skip
    made = moved(filing, old, new)
    assert made.filing.remarks == (Remark(Place(field="地方实施部门"), "请核对"),)
    assert made.filing.dismissed == (Dismissal("指标条数", Place(field="地方实施部门"), "已核"),)
    assert "政策依据：太旧 好" in made.dropped


_TEXTS = st.text("甲乙1.5万元 ", min_size=1).filter(str.strip)


@given(st.dictionaries(st.sampled_from(sorted(before().fields)), _TEXTS, max_size=6))
def test_every_text_is_told_of_once(values: dict[str, str]) -> None:
    old, new = before(), after()
    made = moved(_filing(old, values=values), old, new)
    told = [one.source.field for one in made.told]
    assert sorted(told) == sorted(values)
    kept = {one.at.field: one for one in made.told if one.at is not None}
    assert kept.keys() == made.filing.values.keys()


@pytest.mark.parametrize("template", [before(), after()], ids=["old", "new"])
def test_to_the_same_version_everything_stays(template: Template) -> None:
    values = dict.fromkeys(template.fields, "5")
    made = moved(_filing(template, values=values), template, template)
    assert made.filing.values == values
    assert {one.fate for one in made.told} == {Fate.KEPT}
