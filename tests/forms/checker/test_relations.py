"""Checks of the words of a form against its indicators, of who is spoken of, and of the columns of a list."""

from __future__ import annotations

import pytest

from forms.checker.amounts import amounts
from forms.problem import Severity
from tests.forms.checker.looked_over import Line, filled, found, marked

LINES: list[Line] = [
    ("数量", "新建村级水厂数量", "≥6座"),
    ("质量", "水质合格率", "≥95%"),
    ("服务对象满意度", "用水村民满意度", "≥90%"),
]
TIMELY: list[Line] = [*LINES, ("时效", "完工时间", "2026年11月底前")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("对全县15处泵站逐处检修，抢修应急机组3台。", [("15", "处", "泵站逐处检修"), ("3", "台", "抢修应急机组")]),
        ("维修水闸12座，", [("12", "座", "维修水闸")]),
        ("形成不少于 8 期巡河简报；3个月内完成", [("8", "期", "巡河简报")]),
        ("受益200户以上村民", [("200", "户", "村民")]),
        ("200户以上的村", [("200", "户", "")]),
        ("每月2次巡查，投入50万元，完成率100%，2026年底前", []),
        ("供水人口在1000人或日供水100吨的水厂", [("1000", "人", "")]),
    ],
)
def test_amounts_with_what_they_count(text: str, told: list[tuple[str, str, str]]) -> None:
    assert [(str(one.number), one.unit, one.thing) for one in amounts(text)] == told


@pytest.mark.parametrize(
    ("field", "text", "pointed"),
    [
        ("实施内容", "新建村级水厂6座，改造老旧水表3000块，培训管水员40人", "3000块"),
        ("总体目标", "为24所中小学安装净水设备，供水水质全部合格", "24所"),
    ],
)
def test_an_amount_no_indicator_measures_is_a_hint(field: str, text: str, pointed: str) -> None:
    filing = filled({field: text}, TIMELY)
    (problem,) = found("R-GOAL-COVER", filing)
    assert problem.severity is Severity.HINT
    assert marked(problem, filing) == pointed


@pytest.mark.parametrize(
    "text",
    [
        "新建村级水厂6座，让用水村民满意",
        "建设6座集中供水站，2026年11月底前完工",
        "投入资金120万元，水质合格率达到95%以上",
        "供水人口在1000人以上的村全部通水",
    ],
)
def test_what_an_indicator_measures_is_left_alone(text: str) -> None:
    assert not found("R-GOAL-COVER", filled({"总体目标": text}, TIMELY))


def test_a_form_with_hardly_an_indicator_is_told_elsewhere() -> None:
    assert not found("R-GOAL-COVER", filled({"总体目标": "为24所中小学安装净水设备"}, LINES[:2]))


def test_a_day_in_the_goal_wants_an_indicator_of_time() -> None:
    filing = filled({"总体目标": "2026年9月底前全部通水，水质合格"}, LINES)
    (problem,) = found("R-GOAL-COVER", filing)
    assert marked(problem, filing) == "2026年9月底前"
    assert not found("R-GOAL-COVER", filled({"总体目标": "2026年9月底前全部通水，水质合格"}, TIMELY))


def test_a_task_no_indicator_speaks_of() -> None:
    task = {"任务名称": "城区雨污分流管网普查与修复", "主要内容": "委托专业队伍开展普查"}
    (problem,) = found("R-GOAL-COVER", filled(lines=TIMELY, tasks=[task]))
    assert (problem.at.row, problem.at.column) == ("r0", "任务名称")
    for name in ("村级水厂水质达标提升行动", "综合服务工作", "其他项目支出"):
        assert not found("R-GOAL-COVER", filled(lines=TIMELY, tasks=[task | {"任务名称": name}]))


def test_a_number_that_contradicts_an_indicator() -> None:
    lines: list[Line] = [*LINES, ("数量", "巡河简报份数", "≥12份"), ("数量", "防汛简报份数", "≥10份")]
    filing = filled({"总体目标": "每月分析巡河情况，形成不少于8期简报"}, lines)
    (problem,) = found("R-NUM-CONFLICT", filing)
    assert "巡河简报份数" in str(problem)
    assert marked(problem, filing) == "不少于8期"


@pytest.mark.parametrize(
    "text",
    [
        "形成12期简报",
        "各镇形成1期简报",
        "上半年形成5期简报，全年形成12期简报",
        "编发简报20次",
        "改造水表300块",
        "形成8期专报",
        "简报每期3页，每月1期",
    ],
)
def test_the_same_number_and_other_things_are_no_contradiction(text: str) -> None:
    lines: list[Line] = [*LINES, ("数量", "巡河简报份数", "≥12份")]
    assert not found("R-NUM-CONFLICT", filled({"总体目标": text}, lines))


def test_as_many_of_another_thing() -> None:
    lines: list[Line] = [*LINES, ("数量", "车辆购置", "购置2台巡库车")]
    filing = filled({"实施内容": "水政执法车辆2部，配套装备"}, lines)
    (problem,) = found("R-NUM-CONFLICT", filing)
    assert marked(problem, filing) == "2台"
    for content in ("巡库车2部", "水政执法车辆3部", "水政执法船2艘", "执法车2部、巡库车2部"):
        assert not found("R-NUM-CONFLICT", filled({"实施内容": content}, lines))


def test_the_public_is_not_asked_about_what_an_office_buys_for_itself() -> None:
    lines: list[Line] = [("数量", "购置执法车数量", "≥2辆"), ("服务对象满意度", "群众满意度", "≥90%")]
    (problem,) = found("R-SAT-OBJ", filled({"实施内容": "更新执法车2辆"}, lines))
    assert problem.at.indicator == "i1"
    assert "执法车" in str(problem)
    asked: list[Line] = [lines[0], ("服务对象满意度", "执法人员满意度", "≥90%")]
    assert not found("R-SAT-OBJ", filled({"实施内容": "更新执法车2辆"}, asked))
    assert not found("R-SAT-OBJ", filled({"实施内容": "改造农村供水的监测设备"}, lines[1:]))
    many: list[Line] = [*lines, ("数量", "修建步道长度", "≥3公里")]
    assert not found("R-SAT-OBJ", filled({"实施内容": "完成年度任务"}, many))


def test_an_office_has_one_name() -> None:
    filing = filled({"填报单位": "云溪市水务局河道管理所", "实施内容": "由市水务局河道管理所组织实施"})
    (problem,) = found("R-ORGNAME", filing)
    assert marked(problem, filing) == "市水务局河道管理所"
    assert not found(
        "R-ORGNAME", filled({"填报单位": "云溪市水务局河道管理所", "实施内容": "云溪市水务局河道管理所实施"})
    )


def test_a_cell_that_differs_from_the_whole_column() -> None:
    tasks = [{"任务名称": "县级统筹", "主要内容": f"第{number}项"} for number in range(9)]
    (problem,) = found("R-ENUM", filled(tasks=[*tasks, {"任务名称": "县级统畴", "主要内容": "清淤"}]))
    assert (problem.at.row, problem.at.column) == ("r9", "任务名称")
    assert not found("R-ENUM", filled(tasks=tasks))
    assert not found("R-ENUM", filled(tasks=[*tasks[:6], {"任务名称": "县级统畴"}]))
    assert not found("R-ENUM", filled(tasks=[{"任务名称": f"第{number}项"} for number in range(12)]))
