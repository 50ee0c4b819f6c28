"""What a tree must have, what a plan and the weights must come to."""

from __future__ import annotations

import pytest

from forms.filing import Place
from forms.problem import Problem, Severity
from forms.rules import Review
from forms.template.load import load
from tests.forms.checker.looked_over import FORM, Line, filled, found, in_line
from tests.forms.checker.test_texts import mended

ALL: list[Line] = [
    ("数量", "机耕路里程", "≥5公里"), ("质量", "验收合格率", "≥95%"), ("时效", "完工时间", "2026年底前"),
    ("成本", "每公里造价", "≤20万元"), ("经济效益", "亩均增收", "≥200元"), ("社会效益", "受益户数", "≥300户"),
    ("生态效益", "节水量", "≥2万立方米"), ("可持续影响", "管护责任书签订率", "100%"),
    ("服务对象满意度", "受益户满意度", "≥90%"),
]  # fmt: skip


def labels(problems: list[Problem]) -> list[str]:
    return [one.at.column for one in problems]


def test_a_full_tree_lacks_nothing() -> None:
    filing = filled(lines=ALL)
    for rule in ("R-CAT-L1", "R-CAT-EMPTY", "R-MIN-COUNT", "R-MAX-COUNT", "R-DUP-NAME"):
        assert not found(rule, filing)


def test_headings_without_an_indicator_are_told_one_by_one() -> None:
    filing = filled(lines=[line for line in ALL if line[0] not in ("时效", "生态效益")])
    assert labels(found("R-CAT-EMPTY", filing)) == ["时效指标", "生态效益指标"]
    assert "何时完成" in str(found("R-CAT-EMPTY", filing)[0])


def test_of_an_empty_first_level_the_second_is_not_told_again() -> None:
    filing = filled(lines=ALL[:4])
    assert labels(found("R-CAT-L1", filing)) == ["效益指标", "满意度指标"]
    assert not found("R-CAT-EMPTY", filing)


def test_a_tree_that_is_not_begun_lacks_nothing_yet() -> None:
    assert not found("R-CAT-L1", filled())
    assert not found("R-MIN-COUNT", filled())


def test_where_no_empty_rows_are_printed_the_effects_are_free() -> None:
    form = load(
        FORM.text.replace(
            "    满意度指标: [服务对象满意度指标]\n", "    满意度指标: [服务对象满意度指标]\n  印: {空行: 不印}\n"
        )
    )
    filing = filled(lines=[ALL[0], ALL[5], ALL[8]])
    told = [one for one in Review(form, filing).problems if one.rule == "R-CAT-EMPTY"]
    assert labels(told) == ["质量指标", "时效指标", "成本指标"]


def test_what_the_form_itself_asks_for_is_not_told_twice() -> None:
    form = load(
        FORM.text.replace(
            "    满意度指标: [服务对象满意度指标]\n",
            "    满意度指标: [服务对象满意度指标]\n  必填: [效益指标, 时效指标]\n",
        )
    )
    told = [one for one in Review(form, filled(lines=ALL[:2])).problems if one.rule.startswith("R-CAT")]
    assert [(one.severity, str(one)[:7]) for one in told if "效益指标" in str(one) or "时效指标" in str(one)] == [
        (Severity.ERROR, "“效益指标”下"), (Severity.ERROR, "“时效指标”下"),
    ]  # fmt: skip


def test_how_many_indicators() -> None:
    assert "只有 2 条" in str(found("R-MIN-COUNT", filled(lines=ALL[:2]))[0])
    assert not found("R-MIN-COUNT", filled(lines=ALL[:3]))
    many: list[Line] = [("数量", f"第{number}段里程", "≥5公里") for number in range(31)]
    assert "31 条" in str(found("R-MAX-COUNT", filled(lines=many))[0])
    assert not found("R-MAX-COUNT", filled(lines=many[:30]))
    ruled = load(FORM.text + "规则:\n  条数: 警告 COUNTA(指标[三级指标]) >= 3 | 现有 {左} 条。\n")
    assert [one.rule for one in Review(ruled, filled(lines=ALL[:2])).problems if "2 条" in str(one)] == ["条数"]


def test_a_name_stands_once_in_a_tree() -> None:
    (problem,) = found("R-DUP-NAME", filled(lines=[*ALL, ("质量", " 机耕路里程。", "≥6公里")]))
    assert problem.at == Place(indicator="i9", column="三级指标")
    assert "数量指标" in str(problem)
    assert not found(
        "R-DUP-NAME", filled(lines=[*ALL, ("质量", "机耕路里程达标率", "≥6%"), ("质量", "-", ""), ("时效", "-", "")])
    )


def test_a_description_says_more_than_the_name() -> None:
    (problem,) = in_line("R-DUP-DESC", "数量", "机耕路里程", "≥5公里", 指标解释="机耕路 里程。")
    fixed = mended(filled(lines=[("数量", "机耕路里程", "≥5公里", {"指标解释": "机耕路 里程。"})]), problem)
    assert not fixed.text(problem.at)
    assert not in_line("R-DUP-DESC", "数量", "机耕路里程", "≥5公里", 指标解释="新修机耕路里程")
    assert not in_line("R-DUP-DESC", "数量", "机耕路里程", "≥5公里")


def test_a_target_has_a_basis_and_a_name_has_a_target() -> None:
    assert in_line("R-BASIS", "数量", "机耕路里程", "≥5公里")
    assert not in_line("R-BASIS", "数量", "机耕路里程", "≥5公里", 确定依据="工程设计")
    assert not in_line("R-BASIS", "数量", "-", "≥5公里")
    assert in_line("R-VAL-EMPTY", "数量", "机耕路里程", "")
    assert not in_line("R-VAL-EMPTY", "数量", "机耕路里程", "≥5公里")


PLAN = ("第一季度", "第二季度", "第三季度", "第四季度")


def plan(*texts: str) -> dict[str, str]:
    return dict(zip(PLAN, texts, strict=True))


def test_a_plan_by_periods_becomes_one_that_adds_up() -> None:
    filing = filled(plan("20", "35", "20", "25"))
    (problem,) = found("R-PLAN-MONO", filing)
    assert problem.at == Place(field="第三季度")
    assert "20、55、75、100" in str(problem)
    fixed = mended(filing, problem)
    assert [fixed.values[name] for name in PLAN] == ["20", "55", "75", "100"]
    assert not found("R-PLAN-MONO", fixed)


@pytest.mark.parametrize(
    ("texts", "words"),
    [(("30", "20", "60", "100"), "从 30 降到 20"), (("10", "20", "30", "90"), "最后一期是 90")],
)
def test_a_plan_that_does_not_add_up(texts: tuple[str, ...], words: str) -> None:
    (problem,) = found("R-PLAN-MONO", filled(plan(*texts)))
    assert words in str(problem)
    assert problem.fix is None


@pytest.mark.parametrize(
    "texts", [("25", "50", "75", "100"), ("0", "0", "100", "100"), ("", "", "50", "100"), ("",) * 4]
)
def test_a_plan_that_adds_up(texts: tuple[str, ...]) -> None:
    for rule in ("R-PLAN-MONO", "R-PLAN-GAP", "R-PLAN-TAIL", "R-PLAN-FMT"):
        assert not found(rule, filled(plan(*texts)))


def test_holes_in_a_plan_are_carried_forward() -> None:
    filing = filled(plan("50", "", "100", ""))
    (gap,), (tail,) = found("R-PLAN-GAP", filing), found("R-PLAN-TAIL", filing)
    fixed = mended(mended(filing, gap), tail)
    assert [fixed.values[name] for name in PLAN] == ["50", "50", "100", "100"]
    (open_tail,) = found("R-PLAN-TAIL", filled(plan("10", "20", "30", "")))
    assert open_tail.fix is None


def test_signs_of_percent_go_from_all_periods_at_once() -> None:
    filing = filled(plan("25%", "50％", "75", "100 %"))
    (problem,) = found("R-PLAN-FMT", filing)
    assert "共 3 处" in str(problem)
    assert [mended(filing, problem).values[name] for name in PLAN] == ["25", "50", "75", "100"]


def test_a_rule_of_the_form_about_its_plan_goes_first() -> None:
    ruled = load(FORM.text + "规则:\n  累进: 不减(第一季度, 第二季度, 第三季度, 第四季度) | 从 {左} 降到 {右}。\n")
    problems = Review(ruled, filled(plan("20", "35", "20", "25"))).problems
    assert [one.rule for one in problems if "从 35 降到 20" in str(one)] == ["累进"]


def test_a_total_is_its_parts() -> None:
    (problem,) = found("R-MONEY-SUM", filled({"资金需求": "100", "财政资金": "60", "其他资金": "30"}))
    assert "差 10" in str(problem)
    assert problem.at == Place(field="资金需求")
    for parts in (("60", "40"), ("100", ""), ("", "100"), ("6o", "30")):
        told = {"资金需求": "100", "财政资金": parts[0], "其他资金": parts[1]}
        assert not found("R-MONEY-SUM", filled({name: text for name, text in told.items() if text}))


def test_no_other_money_is_a_nought() -> None:
    filing = filled({"资金需求": "100"})
    (problem,) = found("R-BLANK-ZERO", filing)
    assert mended(filing, problem).text(Place(field="其他资金")) == "0.00"
    assert not found("R-BLANK-ZERO", filled())
    assert not found("R-BLANK-ZERO", filled({"资金需求": "100", "其他资金": "0"}))


def weighed(*weights: str) -> list[Line]:
    return [(*line[:3], {"权重": weight}) for line, weight in zip(ALL, weights, strict=False)]


@pytest.mark.parametrize(
    ("weights", "rules"),
    [
        (("50", "20", "10", "5"), {"R-W-SUM"}),
        (("50", "20", "10", "10"), set()),
        (("50", "20", "20", "10"), set()),
        (("50", "20", "10", ""), set()),
        (("50", "50", "0", "0"), {"R-W-POS"}),
        (("10", "10", "10", "10", "10", "10", "10", "10", "10"), {"R-W-L1"}),
        (("20", "10", "10", "10", "10", "10", "5", "5", "10"), set()),
    ],
)
def test_weights(weights: tuple[str, ...], rules: set[str]) -> None:
    problems = Review(FORM, filled(lines=weighed(*weights))).problems
    assert {one.rule for one in problems if one.rule.startswith("R-W-")} == rules
