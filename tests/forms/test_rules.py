"""A filing under its rules: kept true by updates, judged once, in the order of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms.rules
import forms.scope
from forms.commands import AddRow, Command, DropRow, SetMeta, SetValue
from forms.filing import Filing, Indicator, Membership, Place, Row
from forms.formula import Budget, Formula, Scope, Verdict, judge
from forms.grid.arrange import arrange
from forms.interchange import check_object, filing_object
from forms.problem import Problem, Severity
from forms.rules import Review
from forms.scope import Gathering
from forms.template.load import load
from forms.template.model import Template
from tests.forms.filled_forms import BY_ID, FEW, TEMPLATES, blank, filings, steps, tidy

REGIONAL, LIST = BY_ID["gd-quyu-2022"], BY_ID["gd-qingdan-2022"]

EVERYTHING = load(
    """
语法: 1
编号: everything
模板: 样样都有
版本: "1"
单位: 万元
取整: 是
字段:
  甲: 金额*
  乙: 金额
  丙: 金额
  两倍: 金额 = 甲 * 2
  四倍: 金额 = 两倍 + 两倍
  总和: 金额 = SUM(任务[总额])
  地区: 地区
  备注: 文本5
  等级: [一级, 二级]
表:
  任务:
    列: {名称: 文本*, 财政: 金额, 其他: 金额, 总额: 金额 = 财政 + 其他, 占比: 百分比.2 = 总额 / 总和 * 100}
    行: 1..5
  科目:
    列: {编码: 编码, 数: 金额}
    行: 0..9
    级: {编码: [3, 5]}
指标:
  列: {三级指标: 名称*, 指标值: 指标值*, 分值: 权重}
  树: {产出指标: [数量指标, 质量指标], 效益指标: [经济效益指标]}
  至少: 1
  必填: [效益指标]
列宽: [1, 1, 1, 1, 1]
版式: |
  [甲] | [乙] | [丙] | [两倍] | [四倍]
  [总和] | [地区] | [备注] | [等级] |
  名称 | 财政 | 其他 | 总额 | 占比
  @任务
  编码 | < | 数 | < | <
  @科目
  一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
  @指标
规则:
  倍数: 四倍 <= 100 | 四倍为 {左}，超过 {右}。
  合计: 甲 = 乙 + 丙 | 甲 {左} 不等于 {右}，差 {差}。
  名称唯一: 警告 唯一(任务[名称]) | “{左}”重复。
  逐行总额: 提示 逐行 任务 总额 >= 0 | 总额 {左} 小于零。
  逐行比甲: 逐行 任务 财政 <= 甲 | 财政 {左} 超过 {右}。
  分级: 分级汇总(科目[数]) | {左} 不等于下级之和 {右}。
  分值: SUM(指标[分值]) = 100 | 分值合计 {左}。
  分值为正: 逐行 指标 分值 > 0 | 分值 {左}。
  外表: 甲 = XLOOKUP(地区, 任务清单!任务[地区], 任务清单!任务[补助资金]) | {左} 与清单 {右} 不一致。
  只看外表: 任务清单!预算年度 >= 2020 | 清单年度 {左}。
检查: {名称唯一: 关, R-LEN: 提示, 分值为正: 警告}
""",
    "everything.yaml",
)


def the_list(*rows: tuple[str, str], year: str = "2026", ident: str = "list") -> tuple[Template, Filing]:
    told = tuple(Row(f"t{n}", {"地区": region, "补助资金": money}) for n, (region, money) in enumerate(rows))
    return LIST, blank(LIST, id=ident, year=year, values={"预算年度": year}, tables={"任务": told})


def found(review: Review, rule: str) -> list[Problem]:
    return [problem for problem in review.problems if problem.rule == rule]


def same(one: Review, other: Review) -> None:
    assert one.problems == other.problems
    assert one.computed == other.computed
    assert one.pending == other.pending
    assert one.exportable == other.exportable


@pytest.mark.parametrize("template", [*TEMPLATES, EVERYTHING], ids=lambda template: template.id)
@given(st.data())
@FEW
def test_an_updated_review_says_what_a_fresh_one_says(template: Template, data: st.DataObject) -> None:
    neighbours = Gathering([the_list(("中山", "12"), ("广州市", "x"))])
    filing = data.draw(filings(template))
    review = Review(template, filing, neighbours)
    for command in data.draw(steps(template, filing)):
        filing, _ = command.apply(filing)
        review.update(filing, command.places)
        same(review, Review(template, filing, neighbours))


@given(st.data())
@FEW
def test_doing_and_undoing_leaves_the_review_as_it_was(data: st.DataObject) -> None:
    filing = data.draw(filings(EVERYTHING))
    review, before = Review(EVERYTHING, filing), Review(EVERYTHING, filing)
    done: list[Command] = []
    for command in data.draw(steps(EVERYTHING, filing)):
        filing, inverse = command.apply(filing)
        done.append(inverse)
        review.update(filing, command.places)
    for command in reversed(done):
        filing, _ = command.apply(filing)
        review.update(filing, command.places)
    same(review, before)


# --- what is judged, and how often ---


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []

    def spy(formula: Formula, scope: Scope, budget: Budget) -> Verdict:
        texts.append(formula.text)
        return judge(formula, scope, budget)

    monkeypatch.setattr(forms.rules, "judge", spy)
    return texts


def change(review: Review, *commands: Command) -> None:
    for command in commands:
        filing, _ = command.apply(review.filing)
        review.update(filing, command.places)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (SetValue(Place(field="备注"), "一"), ()),
        (SetValue(Place(field="乙"), "1"), ("合计",)),
        (SetValue(Place(field="甲"), "1"), ("倍数", "合计", "逐行比甲", "外表")),
        (SetValue(Place(table="任务", row="任务0", column="名称"), "一"), ("名称唯一",)),
        (SetValue(Place(table="任务", row="任务0", column="其他"), "1"), ("逐行总额",)),
        (SetValue(Place(table="科目", row="科目0", column="编码"), "201"), ("分级",)),
        (SetValue(Place(indicator="i0", column="三级指标"), "一"), ()),
        (SetValue(Place(indicator="i0", column="分值"), "1"), ("分值", "分值为正")),
        (DropRow("科目", "科目0"), ("分级",)),
        (SetMeta("year", "2030"), ("外表", "只看外表")),
        (SetMeta("state", "exported"), ()),
    ],
    ids=lambda value: ",".join(value) or "none" if isinstance(value, tuple) else "",
)
def test_only_rules_that_read_a_change_are_judged_again(
    judged: list[str], command: Command, expected: Sequence[str]
) -> None:
    review = Review(EVERYTHING, tidy(EVERYTHING))
    judged.clear()
    change(review, command)
    texts = {rule.name: rule.formula.text for rule in EVERYTHING.rules}
    assert set(judged) == {texts[name] for name in expected}


def big(count: int) -> Filing:
    indicators = tuple(
        Indicator(f"i{n}", "产出指标", "数量指标", {"三级指标": f"名{n}", "指标值": "1", "分值": "-1"})
        for n in range(count)
    )
    rows = tuple(Row(f"r{n}", {"名称": f"名{n}", "财政": "-5", "其他": "x"}) for n in range(count))
    return blank(EVERYTHING, values={"甲": "1"}, tables={"任务": rows}, indicators=indicators)


def test_a_large_form_is_settled_in_linear_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """No row is looked up by its id, and rows are listed as often for many as for few."""
    calls: Counter[str] = Counter()
    entries = forms.scope.entries

    def counted(filing: Filing, name: str) -> object:
        calls["entries"] += 1
        return entries(filing, name)

    def searched(_filing: Filing, *_at: str) -> None:
        calls["searched"] += 1

    monkeypatch.setattr(forms.scope, "entries", counted)
    monkeypatch.setattr(forms.rules, "entries", counted)
    for name in ("row", "indicator", "text"):
        monkeypatch.setattr(Filing, name, searched)
    counts = []
    for size in (10, 1000):
        calls.clear()
        review = Review(EVERYTHING, big(size))
        assert len(found(review, "分值为正")) == size
        arrange(EVERYTHING, review.filing, review.computed)
        check_object(review)
        filing_object(review, None)
        counts.append(dict(calls))
    assert counts[0] == counts[1]
    assert "searched" not in counts[1]


def test_a_long_chain_of_computed_fields_is_no_deep_recursion() -> None:
    names = [f"数{n}" for n in range(1500)]
    fields = "".join(f"  {name}: 金额 = {before} + 1\n" for before, name in pairwise(names))
    drawing = "".join(
        "  " + " | ".join(f"[{name}]" for name in names[at : at + 50]) + "\n" for at in range(0, 1500, 50)
    )
    head = '语法: 1\n编号: chain\n模板: 链\n版本: "1"\n'
    text = f"{head}字段:\n  数0: 金额\n{fields}列宽: [{', '.join('1' * 50)}]\n版式: |\n{drawing}"
    template = load(text)
    review = Review(template, blank(template, values={"数0": "1"}))
    assert review.computed[Place(field="数1499")] == "1500"
    change(review, SetValue(Place(field="数0"), "2"))
    assert review.computed[Place(field="数1499")] == "1501"


def test_formulas_that_ask_for_too_much_leave_their_rules_pending() -> None:
    text = EVERYTHING.text.replace("行: 1..5", "行: 1..5000").replace(
        "占比: 百分比.2 = 总额 / 总和 * 100", '占比: "百分比.2 = SUMIFS(任务[财政], 任务[名称], 名称)"'
    )
    template = load(text)
    many = tuple(Row(f"r{n}", {"名称": f"名{n}", "财政": "1"}) for n in range(3000))
    review = Review(template, blank(template, values={"甲": "1"}, tables={"任务": many}))
    assert review.computed[Place(table="任务", row="r2999", column="占比")] == ""
    assert "逐行比甲" in review.pending
    assert "计算量" in str(review.pending["逐行比甲"].message)


# --- verdicts ---


def regional(**values: str) -> Filing:
    return blank(REGIONAL, values={"地区": "中山", "资金需求": "210", **values})


@pytest.mark.parametrize("region", ["中山", "中山市", " 中山 市 "])
@pytest.mark.parametrize("key", ["中山", "中山市"])
def test_a_region_is_found_in_the_list_with_or_without_its_suffix(region: str, key: str) -> None:
    review = Review(
        REGIONAL, regional(地区=region, 资金需求="200"), Gathering([the_list(("广州市", "1"), (key, "210"))])
    )
    (problem,) = found(review, "清单一致")
    assert str(problem) == "资金需求 200 万元与任务清单的补助资金 210 万元不一致，差 10 万元。"
    assert problem.at == Place(field="资金需求")
    change(review, SetValue(Place(field="资金需求"), "210.0"))
    assert not found(review, "清单一致")


@pytest.mark.parametrize(
    ("unit", "money"), [("元", "2100000"), ("元", "2,100,000.00元"), ("亿元", "0.021"), ("万元", "210")]
)
def test_amounts_of_another_form_are_compared_in_the_unit_of_this_one(unit: str, money: str) -> None:
    template = load(LIST.text.replace("单位: 万元", f"单位: {unit}"))
    listed = the_list(("中山", money))[1]
    review = Review(REGIONAL, regional(资金需求="200"), Gathering([(template, listed)]))
    (problem,) = found(review, "清单一致")
    assert str(problem) == "资金需求 200 万元与任务清单的补助资金 210 万元不一致，差 10 万元。"
    change(review, SetValue(Place(field="资金需求"), "210"))
    assert not found(review, "清单一致")


def test_an_amount_without_a_unit_is_not_compared_with_one_that_has_one() -> None:
    template = load(LIST.text.replace("单位: 万元\n", ""))
    listed = the_list(("中山", "9"))[1]
    review = Review(REGIONAL, regional(), Gathering([(template, listed)]))
    assert not found(review, "清单一致")
    assert "没有都写明金额单位" in check_object(review)["pending"][0]["message"]  # type: ignore[index]  # a list of objects


def test_a_region_that_is_not_in_the_list_breaks_the_rule_and_says_so() -> None:
    review = Review(REGIONAL, regional(), Gathering([the_list(("广州市", "1"))]))
    (problem,) = found(review, "清单一致")
    assert "“中山”不在" in str(problem)


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        ([], "没有找到同一套或同一年度的“任务清单”"),
        ([the_list(("中山", "1"), year="2019")], "没有找到"),
        ([the_list(("中山", "1")), the_list(("中山", "2"), ident="other")], "有 2 份“任务清单”"),
        ([the_list(("中山", "x"))], "读不出来"),
        ([the_list(("中山", ""))], "还没有填写"),
    ],
    ids=["none", "another year", "several", "unread", "blank"],
)
def test_a_list_that_cannot_be_used_leaves_the_rule_pending(lists: list[tuple[Template, Filing]], said: str) -> None:
    review = Review(REGIONAL, regional(), Gathering(lists))
    assert not found(review, "清单一致")
    verdict = review.pending["清单一致"]
    assert said in check_object(review)["pending"][0]["message"]  # type: ignore[index]  # a list of objects
    assert verdict.state == "pending"


def test_the_list_of_the_own_set_goes_before_others_of_the_year() -> None:
    template, listed = the_list(("中山", "210"))
    others = [(template, listed.replace(set=Membership("s"))), the_list(("中山", "9"), ident="other")]
    review = Review(REGIONAL, regional().replace(set=Membership("s", "3")), Gathering(others))
    assert not found(review, "清单一致")
    assert "清单一致" not in review.pending


def test_a_rule_waits_for_its_inputs_and_for_unread_ones() -> None:
    review = Review(EVERYTHING, blank(EVERYTHING))
    assert {"合计", "倍数"} <= set(review.pending)
    change(review, SetValue(Place(field="甲"), "3"), SetValue(Place(field="乙"), "三元"))
    assert "读不出来" in review.pending["合计"].message
    change(review, SetValue(Place(field="乙"), "3"))
    assert "合计" not in review.pending
    assert not found(review, "合计")


def test_computed_values_follow_what_they_read() -> None:
    review = Review(EVERYTHING, blank(EVERYTHING))
    assert review.computed[Place(field="四倍")] == ""
    change(review, SetValue(Place(field="甲"), "30"), AddRow("任务", Row("r", {"财政": "1", "其他": "2"}), 0))
    assert review.computed[Place(field="四倍")] == "120"
    assert review.computed[Place(table="任务", row="r", column="占比")] == "100.00"
    (problem,) = found(review, "倍数")
    assert str(problem) == "四倍为 120，超过 100。"
    change(review, DropRow("任务", "r"))
    assert Place(table="任务", row="r", column="占比") not in review.computed


def test_a_rule_for_each_row_stands_at_the_cell_it_reads() -> None:
    rows = (Row("a", {"名称": "一", "财政": "-5"}), Row("b", {"名称": "二", "财政": "9"}))
    review = Review(EVERYTHING, blank(EVERYTHING, values={"甲": "1"}, tables={"任务": rows}))
    assert [problem.at for problem in found(review, "逐行总额")] == [Place(table="任务", row="a", column="总额")]
    assert [problem.at for problem in found(review, "逐行比甲")] == [Place(table="任务", row="b", column="财政")]


def test_rounded_sums_may_be_off_by_the_rounding_and_no_more() -> None:
    rows = (
        Row("a", {"编码": "201", "数": "10"}),
        Row("b", {"编码": "20101", "数": "5"}),
        Row("c", {"编码": "20102", "数": "4"}),
    )
    review = Review(EVERYTHING, blank(EVERYTHING, tables={"科目": rows}))
    assert not found(review, "分级")
    change(review, SetValue(Place(table="科目", row="c", column="数"), "3"))
    (problem,) = found(review, "分级")
    assert problem.at == Place(table="科目", row="a", column="数")
    assert str(problem) == "10 不等于下级之和 8。"


def test_switches_turn_rules_off_or_change_their_gravity() -> None:
    rows = (Row("a", {"名称": "同"}), Row("b", {"名称": "同"}))
    weak = (Indicator("i", "效益指标", "经济效益指标", {"三级指标": "一", "指标值": "1", "分值": "-1"}),)
    filing = blank(EVERYTHING, values={"备注": "六个字的备注"}, tables={"任务": rows}, indicators=weak)
    review = Review(EVERYTHING, filing)
    assert not found(review, "名称唯一")
    assert [one.severity for one in found(review, "R-LEN")] == [Severity.HINT]
    assert [one.severity for one in found(review, "分值为正")] == [Severity.WARNING]


def test_problems_come_gravest_first_and_in_the_order_of_the_form() -> None:
    filing = blank(
        EVERYTHING,
        values={"丙": "x", "乙": "y", "等级": "三级"},
        tables={"任务": (Row("a", {"财政": "z", "其他": "z"}), Row("b", {"名称": "二", "财政": "z"}))},
        indicators=(Indicator("i", "产出指标", "数量指标", {"指标值": "1"}),),
    )
    review = Review(EVERYTHING, filing)
    errors = [one.at for one in review.problems if one.severity is Severity.ERROR]
    assert errors[:3] == [Place(field="甲"), Place(field="乙"), Place(field="丙")]
    columns = [(at.row, at.column) for at in errors if at.table == "任务"]
    assert columns == [("a", "名称"), ("a", "财政"), ("a", "其他"), ("b", "财政")]
    assert [one.severity for one in review.problems] == sorted(
        (one.severity for one in review.problems), key=[Severity.ERROR, Severity.WARNING, Severity.HINT].index
    )
    assert not review.exportable
