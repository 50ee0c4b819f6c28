"""Targets: units, numerals, intervals, deadlines, directions, percentages; found, and only alike."""

from __future__ import annotations

import pytest

from forms.filing import Place
from forms.problem import Severity
from forms.rules import Review
from forms.template.load import load
from tests.forms.checker.looked_over import FORM, filled, found, in_line, marked
from tests.forms.checker.test_texts import mended
from tests.forms.filled_forms import BY_ID, blank


@pytest.mark.parametrize(
    ("name", "value", "hit"),
    [
        ("机耕路里程", "≥5", True),
        ("机耕路里程", "3～5", True),
        ("机耕路里程", "≥5公里", False),
        ("机耕路里程（公里）", "≥5", False),
        ("空气质量指数", "≤80", False),
        ("安全事故", "0", False),
        ("验收合格率", "≥95%", False),
        ("机耕路里程", "2026年底前", False),
        ("机耕路里程", "修通", False),
        ("-", "≥5", False),
    ],
)
def test_a_number_says_what_it_counts(name: str, value: str, hit: bool) -> None:
    assert bool(in_line("R-UNIT", "数量", name, value)) is hit


@pytest.mark.parametrize(
    ("value", "hit"),
    [("1建成一座泵站", "1"), ("2026年建成一座泵站", ""), ("3台水泵", ""), ("建成1座泵站", ""), ("1座", "")],
)
def test_a_number_stuck_to_a_sentence(value: str, hit: str) -> None:
    problems = in_line("R-UNIT", "数量", "泵站建设", value)
    assert "".join(marked(one, filled(lines=[("数量", "泵站建设", value)])) for one in problems) == hit


@pytest.mark.parametrize(
    ("name", "value", "hit"),
    [
        ("渠道巡护次数", "≥100家次", True),
        ("受训人数", "≥30期", True),
        ("渠道巡护次数", "≥1次/季度", False),
        ("受训人数", "≥30人次", False),
        ("水泵台数", "≥3套", False),
        ("编制文件数", "≥2份", False),
        ("指导性文件数量", "≥2份", False),
        ("考核分数", "≥90分", False),
        ("巡护次数", "按月", False),
    ],
)
def test_a_name_that_counts_something_else(name: str, value: str, hit: bool) -> None:
    assert bool(in_line("R-UNIT-MIX", "数量", name, value)) is hit


def test_hours_are_written_in_one_way() -> None:
    lines = [("时效", "抢修到场时间", "≤2h"), ("时效", "恢复供水时间", "≤24小时")]
    filing = filled(lines=lines)
    (problem,) = found("R-UNIT-MIX", filing)
    assert marked(problem, filing) == "h"
    fixed = mended(filing, problem)
    assert fixed.text(problem.at) == "≤2小时"
    assert not found("R-UNIT-MIX", fixed)
    assert not found("R-UNIT-MIX", filled(lines=lines[:1]))


@pytest.mark.parametrize(
    ("value", "right"),
    [("购置一台水泵和两台发电机", "购置1台水泵和2台发电机"), ("一份/周", "1份/周"), ("≥十二个", "≥12个")],
)
def test_numerals_become_figures(value: str, right: str) -> None:
    (problem,) = in_line("R-CNNUM", "数量", "设备", value)
    assert mended(filled(lines=[("数量", "设备", value)]), problem).text(problem.at) == right


@pytest.mark.parametrize(
    "value", ["一批", "一次性验收", "第一台", "统一台账", "一期工程完工", "三年不返修", "一级", "1台"]
)
def test_numerals_that_count_nothing(value: str) -> None:
    assert not in_line("R-CNNUM", "数量", "设备", value)


def test_an_interval_around_a_letter() -> None:
    (problem,) = in_line("R-RANGE", "成本", "预算节约率", "0%≤N≤1%")
    assert mended(filled(lines=[("成本", "预算节约率", "0%≤N≤1%")]), problem).text(problem.at) == "0%～1%"
    assert not in_line("R-RANGE", "成本", "预算节约率", "0%～1%")
    assert not in_line("R-RANGE", "成本", "预算节约率", "≤1%")


@pytest.mark.parametrize(
    ("value", "hit"),
    [
        ("2027年6月底前", "2027年6月底前"),
        ("2025年12月31日前", "2025年12月31日前"),
        ("完成3处，2027年底前", "3处，2027年底前"),
        ("2026年11月底前", ""),
        ("年底前", ""),
        ("按时完成", ""),
    ],
)
def test_deadlines_are_of_the_year(value: str, hit: str) -> None:
    filing = filled(lines=[("时效", "完工时间", value)])
    assert "".join(marked(one, filing) for one in found("R-DATE", filing)) == hit


def test_the_year_of_the_form_decides_and_a_longer_period_has_its_own() -> None:
    filing = filled(lines=[("时效", "完工时间", "2027年底前")])
    review = Review(FORM, filing)
    assert [one.rule for one in review.problems if one.rule == "R-DATE"]
    review.update(filing.replace(year="2027"), [])
    assert not [one.rule for one in review.problems if one.rule == "R-DATE"]
    form = BY_ID["mof-xiangmu-2015"]
    both = [one for line in filing.indicators for one in _on(form.trees, line.columns)]
    problems = [one for one in Review(form, blank(form, indicators=tuple(both))).problems if one.rule == "R-DATE"]
    assert [one.at.indicator for one in problems] == ["年度"]


def _on(trees: object, columns: dict[str, str]) -> list[object]:
    from forms.filing import Indicator

    texts = {"三级指标": columns["三级指标"], "指标值": columns["目标值"]}
    return [Indicator(name, "产出指标", "时效指标", texts, name) for name in trees]  # type: ignore[attr-defined]


def test_a_period_does_not_end_before_it_begins() -> None:
    (problem,) = found("R-DATE", filled({"开始时间": "2026年9月", "完成时间": "2026年3月"}))
    assert problem.at == Place(field="完成时间")
    for end in ("2026年12月", "2027年3月31日", "待定", ""):
        assert not found("R-DATE", filled({"开始时间": "2026年9月", "完成时间": end}))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("安全生产事故起数", "≥1起", "越少越好"),
        ("管网漏损率", "≥10%", "越少越好"),
        ("群众满意度", "≤90%", "越多越好"),
        ("验收合格率", "＜95%", "越多越好"),
        ("重大安全事故次数", "≤1次", "允许发生"),
    ],
)
def test_signs_that_point_the_wrong_way(name: str, value: str, words: str) -> None:
    (problem,) = in_line("R-SIGN-DIR", "质量", name, value)
    assert words in str(problem)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("管网漏损率", "≤10%"),
        ("管网漏损率下降幅度", "≥2%"),
        ("投诉办结率", "≥95%"),
        ("事故应急演练次数", "≥2次"),
        ("群众不满意率", "≤5%"),
        ("重大安全事故次数", "0次"),
        ("重大安全事故发生率", "≤0%"),
        ("项目总成本", "≤200万元"),
        ("群众满意度", "90%"),
    ],
)
def test_signs_that_point_the_right_way(name: str, value: str) -> None:
    assert not in_line("R-SIGN-DIR", "质量", name, value)


@pytest.mark.parametrize(
    ("level2", "name", "value", "severity"),
    [
        ("质量", "验收合格率", "≥120%", Severity.WARNING),
        ("服务对象满意度", "受益群众满意度", "≥70%", Severity.HINT),
        ("质量", "验收合格率", "100%", None),
        ("经济效益", "亩均产值增长率", "≥120%", None),
        ("质量", "产量同比", "≥110%", None),
        ("服务对象满意度", "受益群众满意度", "≥80%", None),
        ("服务对象满意度", "群众不满意率", "≤5%", None),
        ("质量", "培训覆盖率", "30%", None),
    ],
)
def test_percentages(level2: str, name: str, value: str, severity: Severity | None) -> None:
    problems = in_line("R-PCT", level2, name, value)
    assert [one.severity for one in problems] == ([severity] if severity else [])


def test_a_target_in_three_columns_is_read_as_one_and_pointed_at_by_its_number() -> None:
    form = load(FORM.text.replace("目标值: 指标值", "符号: 符号, 目标值: 数值, 计量: 单位")
                .replace("目标值 | 确定依据 | 权重", "符号 | 目标值 | 计量").replace("确定依据: 依据, 权重: 权重", "")
                .replace("计量: 单位, }", "计量: 单位}"))  # fmt: skip
    filing = filled()
    line = {"三级指标": "验收合格率", "符号": "≥", "目标值": "120", "计量": "%"}
    from forms.filing import Indicator

    filing = filing.replace(indicators=(Indicator("i0", "产出指标", "质量指标", line),))
    (problem,) = [one for one in Review(form, filing).problems if one.rule == "R-PCT"]
    assert problem.at == Place(indicator="i0", column="目标值")
    assert problem.span is None
