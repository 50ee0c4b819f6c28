"""The rule language: the conformance table, laws of parsing and evaluation, limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from forms.formula import (
    UNREAD,
    Budget,
    BudgetExceeded,
    FormulaRefused,
    Name,
    Scalar,
    Verdict,
    evaluate,
    judge,
    parse,
    unparse,
)
from forms.formula.functions import FUNCTIONS
from tests.forms.formula_sheet import Sheet

CASES = Path(__file__).with_name("formula_cases.yaml")
README = Path(__file__).parents[2] / "forms" / "formula" / "README.md"


class Case(NamedTuple):
    formula: str
    sheet: Sheet
    wanted: Mapping[str, object]


def _plain(node: yaml.Node | None) -> object:
    """The table's values: unquoted numbers are Decimal, everything else is as written."""
    assert node is not None
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if node.style is None and re.fullmatch(r"-?\d+(\.\d+)?", node.value):
        return Decimal(node.value)
    plain = {"~": None, "未读": UNREAD, "真": True} if node.style is None else {}
    return plain.get(node.value, node.value)


def _cases() -> list[Case]:
    root = yaml.compose(CASES.read_text("utf-8"), yaml.SafeLoader)
    sections = _plain(root)
    assert isinstance(sections, dict)
    cases: list[Case] = []
    for rows in sections.values():
        for row in rows:
            places = {name: int(places) for name, places in row.get("小数", {}).items()}
            levels = [int(level) for level in row.get("级", [])]
            formula = row["公式"]
            cases.append(Case(str(formula), Sheet(row.get("输入"), places, levels), row))
    return cases


ALL = _cases()
ACCEPTED = [case for case in ALL if "拒绝" not in case.wanted]
_STATES = {"成立": "holds", "不成立": "broken", "待核": "pending"}


def _told(message: str, params: Mapping[str, object]) -> str:
    return message.format_map(params)


def test_the_table_has_enough_rows() -> None:
    assert len(ALL) >= 120


def test_the_table_calls_every_function() -> None:
    called = " ".join(unparse(parse(case.formula).root) for case in ACCEPTED)
    assert [name for name in FUNCTIONS if f"{name}(" not in called] == []


@pytest.mark.parametrize("case", [case for case in ALL if "值" in case.wanted], ids=lambda case: case.formula)
def test_value(case: Case) -> None:
    result = evaluate(parse(case.formula), case.sheet, Budget())
    assert result == case.wanted["值"]
    assert type(result) is type(case.wanted["值"])


@pytest.mark.parametrize("case", [case for case in ALL if "结果" in case.wanted], ids=lambda case: case.formula)
def test_verdict(case: Case) -> None:
    verdict = judge(parse(case.formula), case.sheet, Budget())
    wanted = case.wanted
    assert verdict.state == _STATES[str(wanted["结果"])]
    shown = {"左": verdict.left, "右": verdict.right, "差": verdict.difference, "行": verdict.row}
    assert {key: shown[key] for key in shown if key in wanted} == {key: wanted[key] for key in shown if key in wanted}
    assert str(wanted.get("话", "")) in _told(verdict.message, verdict.params)


@pytest.mark.parametrize("case", [case for case in ALL if "拒绝" in case.wanted], ids=lambda case: case.formula)
def test_refusal(case: Case) -> None:
    with pytest.raises(FormulaRefused) as refused:
        parse(case.formula)
    assert refused.value.position == case.wanted["拒绝"]
    assert str(case.wanted.get("话", "")) in str(refused.value)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case.formula)
def test_what_is_printed_is_read_as_the_same_tree(case: Case) -> None:
    formula = parse(case.formula)
    again = parse(unparse(formula.root))
    assert again.root == formula.root
    assert again.names == formula.names


SIGNS = list("甲乙SUMIF不减唯一任务[]()（）!,，\"“”'‘’+-*/&=<>≤≥%％.^12３ \t\n\x00²①")


@given(st.one_of(st.text(), st.lists(st.sampled_from(SIGNS)).map("".join), st.text(min_size=990, max_size=1100)))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        formula = parse(text)
    except FormulaRefused as refused:
        read, position, told = False, refused.position, str(refused)
    else:
        read, position, told = True, 0, ""
        assert parse(unparse(formula.root)).root == formula.root
    assert read is not bool(told)
    assert 0 <= position <= len(text)
    assert "{" not in told or "{" in text


FIELDS = st.text(min_size=1, max_size=6).filter(lambda name: "]" not in name)
NAMES = st.one_of(
    st.builds(Name, FIELDS), st.builds(Name, FIELDS, form=FIELDS), st.builds(Name, FIELDS, FIELDS), st.just(Name("]'"))
)


@given(NAMES)
def test_any_name_can_be_written(name: Name) -> None:
    formula = parse(f"COUNTA({name})")
    assert formula.names == {name}


WORDS = st.one_of(
    st.sampled_from(["甲", "乙", "'3月底'", "表!丙", "12.5", "25%", '"字"', "SUM(表[列])", "LEFT(甲, 2)"]),
)
VALUES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/&"), inner).map(lambda parts: "({} {} {})".format(*parts)),
        inner.map("-{}".format),
        st.tuples(inner, inner).map(lambda parts: "IF({} > 1, {}, 2)".format(*parts)),
    ),
    max_leaves=8,
)
CELLS = st.one_of(
    st.none(),
    st.just(UNREAD),
    st.text(max_size=3),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**20), max_value=10**20),
)


@given(VALUES, VALUES, CELLS, CELLS, st.lists(CELLS, max_size=4))
def test_every_formula_is_evaluated_whatever_was_typed(
    left: str, right: str, first: Scalar, second: Scalar, column: list[Scalar]
) -> None:
    sheet = Sheet({"甲": first, "乙": second, "3月底": second, "表!丙": first, "表[列]": column})
    value = evaluate(parse(left), sheet, Budget())
    verdict = judge(parse(f"{left} = {right}"), sheet, Budget())
    opposite = judge(parse(f"{left} <> {right}"), sheet, Budget())
    assert value is None or value is UNREAD or isinstance(value, Decimal | str)
    assert verdict.state in ("holds", "broken", "pending")
    if not verdict.message:
        assert {verdict.state, opposite.state} == {"holds", "broken"}


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**9, min_value=-(10**9))))
def test_a_sum_equals_its_addends_exactly(addends: list[Decimal]) -> None:
    sheet = Sheet({"合计": sum(addends, Decimal(0)), "表[金额]": [*addends]})
    verdict = judge(parse("合计 = SUM(表[金额])"), sheet, Budget())
    assert verdict.state == ("holds" if addends else "pending")


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4, max_value=10**6, min_value=0), min_size=2))
def test_rounded_figures_of_an_exact_table_raise_no_alarm(exact: list[Decimal]) -> None:
    cells = [round(one, 0) for one in exact]
    sheet = Sheet({"合计": round(sum(exact), 0), "表[金额]": [*cells]}, {"合计": 0, "表[金额]": 0})
    assert judge(parse("合计 = SUM(表[金额])"), sheet, Budget()).state == "holds"


def test_names_are_those_read() -> None:
    formula = parse(
        "预算数 = SUM(任务[金额]) + 任务清单!任务清单 + XLOOKUP(地区, 任务清单!任务[地区], 任务清单!任务[金额])"
    )
    assert formula.names == {
        Name("预算数"),
        Name("金额", table="任务"),
        Name("任务清单", form="任务清单"),
        Name("地区"),
        Name("地区", table="任务", form="任务清单"),
        Name("金额", table="任务", form="任务清单"),
    }


@pytest.mark.parametrize(("text", "rule"), [("甲 > 0", True), ("唯一(表[列])", True), ("甲 + 1", False)])
def test_a_rule_is_told_from_a_value(text: str, rule: bool) -> None:
    assert parse(text).is_comparison is rule


def test_a_value_is_no_rule() -> None:
    with pytest.raises(FormulaRefused, match="规则应是条件"):
        judge(parse("甲 + 1"), Sheet({"甲": Decimal(1)}), Budget())


def test_a_thousand_characters_are_the_most() -> None:
    longest = "1" + "+1" * 499 + " "
    assert evaluate(parse(longest), Sheet(), Budget()) == 500
    with pytest.raises(FormulaRefused, match="最多 1000 个字"):
        parse(longest + " ")


@pytest.mark.parametrize(("before", "after"), [("(", ")"), ("-", ""), ("ABS(", ")"), ("IF(1=1,1,", ")")])
def test_thirty_two_levels_are_the_deepest(before: str, after: str) -> None:
    deepest = before * 32 + "1" + after * 32
    assert evaluate(parse(deepest), Sheet(), Budget()) == 1
    with pytest.raises(FormulaRefused, match="最多 32 层"):
        parse(before + deepest + after)


def test_the_budget_stops_a_hostile_formula() -> None:
    columns = "+".join(["SUM(表[列])"] * 100)
    sheet = Sheet({"表[列]": [Decimal(1)] * 5_000})
    with pytest.raises(BudgetExceeded, match="计算量"):
        evaluate(parse(columns), sheet, Budget())


def test_the_budget_is_shared_by_the_formulas_of_a_run() -> None:
    budget = Budget(steps=5)
    formula = parse("1 + 1")
    evaluate(formula, Sheet(), budget)
    with pytest.raises(BudgetExceeded):
        evaluate(formula, Sheet(), budget)


def test_numbers_too_large_to_calculate_with_break_the_rule_with_a_sentence() -> None:
    verdict = judge(parse("甲 * 甲 > 1"), Sheet({"甲": Decimal("1E+600000")}), Budget())
    assert verdict.state == "broken"
    assert "数字太大" in verdict.message


def test_the_cell_at_fault_is_named() -> None:
    verdict = judge(parse("AND(1 = 1, 唯一(表[列]))"), Sheet({"表[列]": ["甲", "甲"]}), Budget())
    assert verdict == Verdict("broken", "甲", "甲", column=Name("列", table="表"), row=1)


def test_the_readme_tells_every_function_and_no_other() -> None:
    rows = re.findall(r"^\| `([^(`]+)\(", README.read_text("utf-8"), re.MULTILINE)
    assert rows == list(FUNCTIONS)
