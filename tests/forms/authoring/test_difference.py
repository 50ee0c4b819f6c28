"""What changed between two versions is told part by part; between equal ones nothing."""

from __future__ import annotations

import pytest

from forms.authoring.difference import Difference, differences
from forms.template.load import load
from tests.forms.authoring.content import every_template
from tests.forms.authoring.versions import after, before

_TEMPLATES = every_template()
_TABLES = """语法: 1
编号: demo-a
模板: 甲
版本: "1"
字段: {名称: 文本}
表:
  任务: {列: {任务名称: 文本, 金额: 金额}, 行: 1..9}
  资金: {列: {项: 行名, 数: 金额}, 行: [财政拨款, 自筹], 无格: {自筹: [数]}}
列宽: [1, 1]
标题: 甲表
版式: |
  名称 | [名称]
  任务名称 | 金额
  @任务
   | 数
  @资金
规则:
  核对: SUM(任务[金额]) > 0 | 应大于零。
检查: {核对: 警告}
"""


def _told(found: list[Difference]) -> set[str]:
    return {str(one) for one in found}


@pytest.mark.parametrize("name", _TEMPLATES)
def test_a_template_does_not_differ_from_itself(name: str) -> None:
    assert differences(load(_TEMPLATES[name]), load(_TEMPLATES[name])) == []


def test_fields_trees_layout_and_rules() -> None:
    told = _told(differences(before(), after()))
    assert told >= {
        "版本：由“2022.1”改为“2023.1”。", "单位：由“万元”改为“元”。", "字段：去掉“政策依据”。", "字段：增加“联系人”。",
        "字段：“地方主管部门”改名为“地方实施部门”。", "字段“资金需求”：必填由“是”改为“否”。",
        "字段“资金需求”：位定为“2”。",
        "指标：“三级指标”改名为“指标名称”。", "指标：去掉“产出指标 成本指标”。", "版式：不再印“政策依据”。",
        "版式：加印“联系人”。",
        "版式 列宽：由“5、6、17、28、32”改为“5、6、17、28、30”。",
        "规则“金额为正”：公式由“资金需求 > 0”改为“资金需求 >= 0”。",
    }  # fmt: skip
    assert not any("单位定为" in text for text in told)


def test_tables_rules_and_switches() -> None:
    changes = (
        ("任务: {列: {任务名称: 文本, 金额: 金额}, 行: 1..9}", "任务: {列: {任务名称: 文本*, 金额: 金额}, 行: 2..9}"),
        ("行: [财政拨款, 自筹], 无格: {自筹: [数]}", "行: [财政拨款, 自筹, 其他]"),
        ("  核对: SUM", "  大于零: SUM"), ("检查: {核对: 警告}\n", ""), ("标题: 甲表", "标题: 乙表"),
    )  # fmt: skip
    text = _TABLES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    assert _told(differences(load(_TABLES), load(text))) == {
        "表 任务“任务名称”：必填由“否”改为“是”。", "表 任务“任务”：行由“1..9”改为“2..9”。",
        "表 资金“资金”：行由“财政拨款、自筹”改为“财政拨款、自筹、其他”。", "表 资金“资金”：不再写无格，原为“自筹 数”。",
        "版式 标题：由“甲表”改为“乙表”。", "规则：“核对”改名为“大于零”。", "检查：去掉“核对”。",
    }  # fmt: skip


def test_a_drawing_that_only_moves_is_told() -> None:
    moved = _TABLES.replace("  名称 | [名称]\n  任务名称", "  任务名称").replace(
        "  @任务\n", "  @任务\n  名称 | [名称]\n"
    )
    assert _told(differences(load(_TABLES), load(moved))) == {"版式：格子的排法变了，5 行变为 5 行。"}


def test_scripts_get_the_parts() -> None:
    (renamed,) = [one for one in differences(before(), after()) if one.change == "renamed" and one.part == "字段"]
    assert renamed.as_json() == {
        "part": "字段", "change": "renamed", "old": "地方主管部门", "new": "地方实施部门",
        "message": "字段：“地方主管部门”改名为“地方实施部门”。",
    }  # fmt: skip
