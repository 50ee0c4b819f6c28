"""Letters, lists, document numbers and left-over blanks: what is found, and what only looks like it."""

from __future__ import annotations

import pytest

from forms.commands import Batch
from forms.filing import Filing, Place
from forms.problem import Problem, Severity
from tests.forms.checker.looked_over import filled, found, in_field, in_line, marked

GOAL = Place(field="总体目标")


def mended(filing: Filing, problem: Problem) -> Filing:
    """The filing after the repair on offer."""
    assert problem.fix is not None
    return Batch(problem.fix.commands).apply(filing)[0]  # type: ignore[arg-type]  # a fix holds leaves


def one(rule: str, text: str) -> tuple[Problem, Filing]:
    """The only finding of a rule in the goal, and the filing."""
    filing = filled({"总体目标": text})
    (problem,) = found(rule, filing)
    assert problem.at == GOAL
    return problem, filing


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("修建机耕路（含涵管", "（"),
        ("修建机耕路）三条", "）"),
        ("依据《农田建设管理办法实施", "《"),
        ("推进“一户一表改造", "“"),
        ("购置（含安装】设备", "（】"),
    ],
)
def test_a_bracket_without_its_counterpart(text: str, sign: str) -> None:
    problems = in_field("R-BRACKET", "总体目标", text)
    assert "".join(marked(problem, filled({"总体目标": text})) for problem in problems) == sign


@pytest.mark.parametrize(
    "text",
    [
        "修建机耕路（含涵管)三条",
        "（1）修路；（2）架桥",
        "1）修路；2）架桥",
        "a) 修路",
        "一）修路",
        "《关于印发<农田建设标准>的通知》",
        "氨氮<1.5毫克/升",
        "推进”一户一表“改造",
        "〔2024〕3号",
    ],
)
def test_brackets_that_are_whole(text: str) -> None:
    assert not in_field("R-BRACKET", "总体目标", text)


def test_quotation_marks_the_wrong_way_round_are_turned() -> None:
    problem, filing = one("R-QUOTE", "推进”一户一表“改造，落实“河长制”")
    assert marked(problem, filing) == "”"
    assert mended(filing, problem).text(GOAL) == "推进“一户一表”改造，落实“河长制”"


def test_narrow_marks_amid_chinese_words_become_wide() -> None:
    problem, filing = one("R-QUOTE", "目标1: 修路,架桥;完工")
    assert "共 3 处" in str(problem)
    assert mended(filing, problem).text(GOAL) == "目标1：修路，架桥；完工"


@pytest.mark.parametrize(
    "text", ["投入1,200万元", "每天8:30开放", "比例为1:2", "见http://a.cn", "PM2.5, SO2", "修路，架桥"]
)
def test_marks_that_belong_to_numbers_and_letters(text: str) -> None:
    assert not in_field("R-QUOTE", "总体目标", text)


@pytest.mark.parametrize(
    ("role", "text", "right"),
    [
        ("name", "  机耕路里程", "机耕路里程"),
        ("name", "机耕路里程　", "机耕路里程"),
        ("name", "机耕路 里程", "机耕路里程"),
        ("value", "≥5公里 ", "≥5公里"),
    ],
)
def test_blanks_around_and_within_names(role: str, text: str, right: str) -> None:
    name, value = (text, "≥5公里") if role == "name" else ("机耕路里程", text)
    (problem,) = in_line("R-SPACE", "数量", name, value)
    assert problem.severity is Severity.WARNING
    assert mended(filled(lines=[("数量", name, value)]), problem).text(problem.at) == right


@pytest.mark.parametrize("name", ["机耕路里程", "机耕路\n里程", "2026 年里程", "GIS 平台", "GIS"])
def test_blanks_that_may_stand_in_names(name: str) -> None:
    assert not in_line("R-SPACE", "数量", name, "≥5 公里")


def test_gaps_within_a_long_text_are_a_hint() -> None:
    problem, filing = one("R-SPACE", "　　上级转移支付资金   0万元。 其余自筹。\n　　第二段。")
    assert problem.severity is Severity.HINT
    assert mended(filing, problem).text(GOAL) == "　　上级转移支付资金0万元。其余自筹。\n　　第二段。"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("依据县农发[2024]12号", "发〔2024〕12号"),
        ("依据县农发（2024）12号", "发〔2024〕12号"),
        ("依据县农发 〔2024〕12号", "发〔2024〕12号"),
        ("依据县农发〔2024〕12 号", "发〔2024〕12号"),
        ("依据县农发【2024】第12号", "发〔2024〕12号"),
    ],
)
def test_numbers_of_documents(text: str, right: str) -> None:
    (problem,) = in_field("R-DOCNO", "政策依据", text)
    assert right in str(problem)
    fixed = mended(filled({"政策依据": text}), problem)
    assert fixed.text(Place(field="政策依据")).endswith(right)
    assert not found("R-DOCNO", fixed)


@pytest.mark.parametrize(
    "text", ["农发〔2024〕12号", "省政府令第34号", "主席令第六十九号", "DB44/2171-2015", "（2021—2025年）"]
)
def test_numbers_of_documents_that_are_right(text: str) -> None:
    assert not in_field("R-DOCNO", "政策依据", text)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("1、修路\n2.架桥", "2."),
        ("（1）修路；(2）架桥", "(2）"),
        ("修路。\n二、架桥。\n三、挖渠。", "二、"),
    ],
)
def test_lists_that_change_on_the_way(text: str, item: str) -> None:
    (problem,) = in_field("R-NUMBERING", "总体目标", text)
    assert marked(problem, filled({"总体目标": text})) == item


@pytest.mark.parametrize(
    "text",
    [
        "1.修路\n2. 架桥",
        "一、修路\n1.清表\n2.压实\n二、架桥\n（1）基础\n（2）桥面",
        "1．修路\n2.架桥",
        "长2.5公里，宽3.5米",
        "2024年3月完成；2025年验收",
    ],
)
def test_lists_that_are_whole(text: str) -> None:
    assert not in_field("R-NUMBERING", "总体目标", text)


def test_an_amount_in_prose_says_its_unit() -> None:
    problem, filing = one("R-MONEY-FMT", "安排管护经费 147 万，其余自筹")
    assert mended(filing, problem).text(GOAL) == "安排管护经费 147万元，其余自筹"
    assert not in_field("R-MONEY-FMT", "总体目标", "惠及群众3万，安排经费147万元")
    assert not in_field("R-MONEY-FMT", "总体目标", "补助3万户")


@pytest.mark.parametrize("text", ["...", "……", "1、\n2、\n…", "1 2 ...", "目标1：", "指标1", "-", "XX"])
def test_what_a_blank_form_left_behind(text: str) -> None:
    problem, filing = one("R-PLACEHOLDER", text)
    assert mended(filing, problem).text(GOAL) == ""


@pytest.mark.parametrize(
    ("text", "sign"),
    [("建成XX县农田1万亩", "XX"), ("投资**万元", "**"), ("目标1：修路\n目标2：\n目标3：架桥", "目标2：")],
)
def test_holes_left_in_a_text(text: str, sign: str) -> None:
    problem, filing = one("R-PLACEHOLDER", text)
    assert marked(problem, filing) == sign
    assert problem.fix is None


@pytest.mark.parametrize("text", ["无", "目标1：修路", "等……", "100", "2.5", "8:30", "XXL号工装", "×2台", "目标"])
def test_texts_that_say_something(text: str) -> None:
    assert bool(in_field("R-PLACEHOLDER", "总体目标", text)) is (text == "目标")
