"""Checks of goals, contents, grounds and of what is said twice, with the near misses a reviewer lets pass."""

from __future__ import annotations

import pytest

from forms.checker.usages import Usage, usages
from forms.commands import SetValue
from forms.filing import Filing, Row
from forms.problem import Severity
from forms.rules import Review
from tests.forms.checker.looked_over import filled, found, in_field, marked
from tests.forms.filled_forms import BY_ID as TEMPLATES
from tests.forms.filled_forms import blank

FAULTS = [
    ("R-TYPO", "实施内容", "按排专人负责渠道巡护", "按排"),
    ("R-TYPO", "实施内容", "完成末级渠系综合冶理工程12处", "冶理"),
    ("R-TYPO", "总体目标", "建全管护队伍，落实管护责任到人到渠", "建全"),
    ("R-TYPO", "总体目标", "改善灌区生态生态，增加灌溉面积500亩以上", "生态生态"),
    ("R-TYPO", "资金用途", "建设村级冷库建设，每村一座共12座", "建设村级冷库建设"),
    ("R-PURPOSE", "总体目标", "用于购买防汛沙袋、编织袋等物资和设备的支出", "用于"),
    ("R-PURPOSE", "总体目标", "完成桥梁维修加固", "完成桥梁维修加固"),
    ("R-PURPOSE", "资金用途", "印刷费", "印刷费"),
    ("R-PURPOSE", "实施内容", "购买教学设备", "购买教学设备"),
    ("R-INPUT", "总体目标", "年底前完成全部项目资金的支出，做到专款专用", "完成全部项目资金的支出"),
    ("R-YIPI", "实施内容", "为敬老院购置一批护理床和轮椅，改善护理条件", "一批"),
    ("R-DOC-OLD", "政策依据", "《某县水利发展“十三五”规划》", "“十三五”"),
    ("R-DOC-OLD", "政策依据", "《某县高标准农田建设方案（2019-2023年）》", "2019-2023年"),
    ("R-DOC-OLD", "政策依据", "《2024年全县农村公路养护工作要点》", "《2024年全县农村公路养护工作要点》"),
    ("R-DOC-OLD", "政策依据", "《某县灌区管理办法（征求意见稿）》", "征求意见稿"),
]

NEAR_MISSES = [
    ("R-TYPO", "实施内容", "按排放标准核定，由村民自己完成改厕"),
    ("R-TYPO", "实施内容", "新建全自动气象站3座，设备调试下月进行"),
    ("R-TYPO", "资金用途", "建设高标准农田，配套田间道路建设"),
    ("R-TYPO", "资金用途", "用于建设农田水利、道路、林网，按建设内容拨付"),
    ("R-PURPOSE", "总体目标", "维修加固桥梁6座，使两岸3000名村民安全出行"),
    ("R-PURPOSE", "资金用途", "印刷费3万元"),
    ("R-PURPOSE", "资金用途", "用于村级道路养护人员工资、养护材料和机械租赁等支出"),
    ("R-INPUT", "总体目标", "完成资金绩效评价报告3份，资金使用规范，受益村民满意"),
    ("R-YIPI", "实施内容", "为敬老院购置护理床20张、轮椅10台，分批次验收"),
    ("R-DOC-OLD", "政策依据", "《某县水利发展“十五五”规划》"),
    ("R-DOC-OLD", "政策依据", "《某县高标准农田建设方案（2024-2028年）》"),
    ("R-DOC-OLD", "政策依据", "《中华人民共和国水法》（2016年修订）、《泵站设计标准（2022年版）》"),
    ("R-DOC-OLD", "政策依据", "《2026年全县农村公路养护工作要点》"),
]


@pytest.mark.parametrize(("rule", "name", "text", "pointed"), FAULTS)
def test_a_fault_is_found_at_its_characters(rule: str, name: str, text: str, pointed: str) -> None:
    filing = filled({"实施年度": "2026", name: text})
    (problem,) = found(rule, filing)
    assert problem.at.field == name
    assert marked(problem, filing) == pointed


@pytest.mark.parametrize(("rule", "name", "text"), NEAR_MISSES)
def test_a_near_miss_is_left_alone(rule: str, name: str, text: str) -> None:
    assert not in_field(rule, name, text)


def test_every_typo_of_a_text_is_mended_at_once() -> None:
    problems = in_field("R-TYPO", "实施内容", "按排冶理渠道，村民自己完成，己完成3处")
    assert len(problems) == 3
    for problem in problems:
        assert problem.fix is not None
        (command,) = problem.fix.commands
        assert isinstance(command, SetValue)
        assert command.text == "安排治理渠道，村民自己完成，已完成3处"


def related(rule: str, filing: Filing) -> list[str]:
    """The characters each finding of a check points at."""
    return [marked(problem, filing) for problem in found(rule, filing)]


def test_a_workload_has_a_number() -> None:
    template = TEMPLATES["gd-qingdan-2022"]
    (table,) = [owner for (owner, _), usage in usages(template).items() if usage is Usage.WORKLOAD]
    texts = ["维修养护小型水库，保障安全度汛。", "维修养护小型水库12座。", "水库安全鉴定完成率100%。", "购置一批水尺。"]
    rows = tuple(Row(f"r{number}", {"工作量": text}) for number, text in enumerate(texts))
    problems = Review(template, blank(template, tables={table: rows})).problems
    assert [one.at.row for one in problems if one.rule == "R-NONQUANT"] == ["r0"]
    assert [one.at.row for one in problems if one.rule == "R-YIPI"] == ["r3"]


def test_indicators_written_as_prose_are_measured_too() -> None:
    template = TEMPLATES["hb-zhengti-2020"]
    (table,) = [owner for (owner, _), usage in usages(template).items() if usage is Usage.MEASURES]
    texts = [
        "完成校舍加固12栋；PM2.5监测设备正常运行。",
        "校舍加固完成率100%，持续改善办学条件。",
        "水质达到Ⅲ类，灌溉水有效利用",
    ]
    rows = tuple(Row(f"r{number}", {"绩效指标": text}) for number, text in enumerate(texts))
    filing = blank(template, tables={table: rows})
    (problem,) = [one for one in Review(template, filing).problems if one.rule == "R-NONQUANT"]
    assert problem.at.row == "r0"
    assert marked(problem, filing) == "正常运行"


SENTENCE = "对全县十二座小型水库逐座落实巡查管护责任"


@pytest.mark.parametrize(
    ("fields", "tasks", "times"),
    [
        ({"总体目标": f"一、{SENTENCE}。\n二、{SENTENCE}。"}, [], 1),
        ({"总体目标": f"{SENTENCE}，确保安全度汛。", "实施内容": f"1.{SENTENCE}，确保安全度汛；2.清淤"}, [], 1),
        ({}, [{"任务名称": "巡库", "主要内容": f"（1）{SENTENCE}", "任务目标": f"一{SENTENCE}"}], 1),
        ({"总体目标": SENTENCE, "实施内容": "对全县十二座小型水库逐座落实维修养护经费"}, [], 0),
        ({"总体目标": "巡查到位。巡查到位。"}, [], 0),
        ({}, [{"任务名称": "甲", "主要内容": SENTENCE}, {"任务名称": "乙", "主要内容": SENTENCE}], 0),
        ({"总体目标": SENTENCE, "审核意见": SENTENCE}, [], 0),
    ],
)
def test_a_sentence_said_twice(fields: dict[str, str], tasks: list[dict[str, str]], times: int) -> None:
    assert len(related("R-DUP-SENT", filled(fields, tasks=tasks))) == times


def test_a_project_of_one_year_has_one_goal_for_all_periods() -> None:
    template = TEMPLATES["mof-xiangmu-2015"]
    goals = [name for (table, name), usage in usages(template).items() if usage is Usage.GOAL and not table]
    assert len(goals) == 2
    filing = blank(template, values=dict.fromkeys(goals, SENTENCE))
    assert not [one for one in Review(template, filing).problems if one.rule == "R-DUP-SENT"]


def test_a_sentence_of_the_goal_as_a_target() -> None:
    filing = filled({"总体目标": SENTENCE}, [("社会效益", "水库安全", SENTENCE)])
    assert related("R-DUP-SENT", filing) == [SENTENCE]


def test_a_cell_that_slid_from_the_row_before() -> None:
    tasks = [{"任务名称": "巡库", "任务目标": SENTENCE}, {"任务名称": SENTENCE}]
    (problem,) = found("R-CELL-SHIFT", filled(tasks=tasks))
    assert (problem.at.row, problem.at.column) == ("r1", "任务名称")
    assert not found("R-CELL-SHIFT", filled(tasks=[{"任务目标": SENTENCE}, {"任务目标": SENTENCE}]))


def test_three_indicators_with_the_same_words_for_a_target() -> None:
    lines = [("社会效益", name, "运转平稳") for name in ("泵站", "渠首", "闸门")]
    assert len(found("R-DUP-VALUE", filled(lines=lines))) == 3
    assert not found("R-DUP-VALUE", filled(lines=lines[:2]))
    assert not found("R-DUP-VALUE", filled(lines=[("质量", name, "≥90%") for name in ("泵站", "渠首", "闸门")]))


def test_one_thing_under_two_spellings_is_a_hint() -> None:
    filing = filled({"项目名称": "河湖督察整改", "总体目标": "完成河湖督察反馈问题整改，通过河湖督查组验收"})
    (problem,) = found("R-TERM", filing)
    assert problem.severity is Severity.HINT
    assert marked(problem, filing) == "河湖督查"
    assert not found("R-TERM", filled({"总体目标": "完成中央督察整改，配合省级督查"}))
