"""What a formula sees of a filing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.filing import Filing, Indicator, Membership, Place, Row
from forms.formula import UNREAD, Budget, Name, Pending, Scalar
from forms.scope import Alone, FilingScope, Gathering, computed_text, entries, understood
from forms.template.dependencies import ABROAD
from forms.template.load import load
from forms.template.model import Field
from forms.values import Kind
from tests.forms.filled_forms import blank

FORM = load(
    """
语法: 1
编号: scope
模板: 表
版本: "1"
单位: 万元
字段: {甲: 金额, 名: 文本, 日: 日期, 数: 金额.3, 倍: 金额 = 甲 * 2, 外: 金额 = 别表!甲}
表:
  任务: {列: {名: 文本, 数: 金额.2, 比: 百分比.1 = 数 / 甲 * 100, 再比: 百分比 = 比 + 比}, 行: 1..9}
  科目: {列: {码: 编码, 额: 金额}, 行: 1..9, 级: {码: [3, 5]}}
指标: {列: {三级指标: 名称, 分: 权重}, 树: {产出: [数量]}}
列宽: [1, 1, 1, 1]
版式: |
  [甲] | [名] | [日] | [数] [倍] [外]
  名 | 数 | 比 | 再比
  @任务
  码 | < | 额 | <
  @科目
  一级指标 | 二级指标 | 三级指标 | 分
  @指标
"""
)
FILLED = blank(
    FORM,
    values={"甲": "4", "名": "外面", "日": "2026年1月2日", "数": "12a"},
    tables={
        "任务": (Row("a", {"名": "一", "数": "1"}), Row("b", {"数": "x"}), Row("c", {})),
        "科目": (Row("d", {"码": "201"}), Row("e", {"码": "20101"}), Row("f", {})),
    },
    indicators=(Indicator("i", "产出", "数量", {"分": "7.5"}), Indicator("j", "产出", "数量", {})),
)


def scope(filing: Filing = FILLED, *beside: Filing) -> FilingScope:
    return FilingScope(FORM, filing, Gathering((FORM, one) for one in beside), Budget())


def test_values_are_numbers_texts_blank_or_unread() -> None:
    seen = scope()
    assert seen.value(Name("甲")) == 4
    assert seen.value(Name("名")) == "外面"
    assert seen.value(Name("日")) == "2026-01-02"
    assert seen.value(Name("数")) is UNREAD
    assert seen.value(Name("倍")) == 8
    assert seen.value(Name("没有")) is None
    assert scope(blank(FORM)).value(Name("甲")) is None


def test_columns_are_read_row_by_row() -> None:
    seen = scope()
    assert seen.column(Name("数", table="任务")) == [1, UNREAD, None]
    assert seen.column(Name("比", table="任务")) == [25, UNREAD, None]
    assert seen.column(Name("再比", table="任务")) == [50, UNREAD, None]
    assert seen.column(Name("分", table="指标")) == [Decimal("7.5"), None]
    assert seen.column(Name("没有", table="任务")) == []


def test_inside_a_row_a_bare_name_is_of_its_column_first() -> None:
    seen = scope()
    with seen.at_row(Place(table="任务", row="a")):
        assert seen.value(Name("名")) == "一"
        assert seen.value(Name("再比")) == 50
        assert seen.value(Name("甲")) == 4
        with seen.at_row(Place(indicator="i")):
            assert seen.value(Name("分")) == Decimal("7.5")
    assert seen.value(Name("名")) == "外面"


def test_a_row_that_is_gone_leaves_the_fields() -> None:
    seen = scope()
    with seen.at_row(Place(table="任务", row="gone")):
        assert seen.value(Name("名")) == "外面"


def test_places_and_levels_are_declared() -> None:
    seen = scope()
    assert (seen.places(Name("数")), seen.places(Name("数", table="任务")), seen.places(Name("甲"))) == (3, 2, 0)
    assert seen.levels(Name("额", table="科目")) == [0, 1, -1]


def test_what_was_read_stands_until_it_changes() -> None:
    seen = scope()
    assert seen.value(Name("倍")) == 8
    changed = FILLED.put(Place(field="甲"), "5")
    seen.turn_to(changed, [("", "甲"), ("", "倍")])
    assert seen.value(Name("倍")) == 10
    assert seen.column(Name("数", table="任务")) == [1, UNREAD, None]


@pytest.mark.parametrize("name", [Name("甲", form="别表"), Name("数", table="任务", form="别表")])
def test_another_form_that_is_not_there_is_pending(name: Name) -> None:
    with pytest.raises(Pending, match="没有找到"):
        (scope().column if name.table else scope().value)(name)
    assert scope().value(Name("外")) is UNREAD


def test_another_form_is_read_with_its_own_template() -> None:
    other = FILLED.replace(id="other")
    template = load(FORM.text.replace("模板: 表", "模板: 别表"))
    seen = FilingScope(FORM, FILLED, Gathering([(template, other)]), Budget())
    assert seen.value(Name("倍", form="别表")) == 8
    assert seen.column(Name("比", table="任务", form="别表")) == [25, UNREAD, None]
    assert seen.levels(Name("额", table="科目", form="别表")) == [0, 1, -1]
    assert seen.places(Name("数", form="别表")) == 3
    assert seen.value(Name("外")) == 4
    seen.turn_to(FILLED, [ABROAD])
    assert seen.value(Name("甲", form="别表")) == 4


def test_a_budget_that_runs_out_leaves_a_value_unknown() -> None:
    seen = FilingScope(FORM, FILLED, Alone(), Budget(2))
    assert seen.value(Name("倍")) is UNREAD


def test_neighbours_are_those_of_the_set_else_of_the_year() -> None:
    own = FILLED.replace(set=Membership("s"))
    same_set, same_year = FILLED.replace(id="1", set=Membership("s"), year="1999"), FILLED.replace(id="2")
    gathering = Gathering(
        [(FORM, own), (FORM, same_set), (FORM, same_year), (FORM, FILLED.replace(id="3", year="2000"))]
    )
    assert [one.id for _, one in gathering.named("表", own)] == ["1"]
    assert [one.id for _, one in gathering.named("scope", FILLED)] == ["2"]
    assert not gathering.named("别表", own)
    assert not Alone().named("表", own)


def test_entries_are_rows_or_indicators_with_their_texts() -> None:
    assert [at.row for at, _ in entries(FILLED, "任务")] == ["a", "b", "c"]
    assert [(at.indicator, dict(texts)) for at, texts in entries(FILLED, "指标")] == [("i", {"分": "7.5"}), ("j", {})]
    assert entries(FILLED, "没有") == []


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.MONEY, "1.50", Decimal("1.50")), (Kind.MONEY, "一", UNREAD), (Kind.CODE, "0201", "0201"),
        (Kind.CHOICE, "别的", "别的"), (Kind.TEXT, "", None), (Kind.DATE, "某日", UNREAD),
        (Kind.YEAR, "2022年", Decimal(2022)),
    ],
)  # fmt: skip
def test_texts_are_understood_by_their_kind(kind: Kind, text: str, value: Scalar) -> None:
    assert understood(Field("名", kind, choices=("甲",) if kind is Kind.CHOICE else ()), text, FORM) == value


def test_computed_values_are_printed_with_their_places() -> None:
    assert computed_text(Field("名", Kind.MONEY, places=2), Decimal(1) / 3) == "0.33"
    assert computed_text(Field("名", Kind.TEXT), "甲") == "甲"
    assert computed_text(Field("名", Kind.MONEY), None) == computed_text(Field("名", Kind.MONEY), UNREAD) == ""
