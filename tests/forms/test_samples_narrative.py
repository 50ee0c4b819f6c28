"""高新区 and 秦皇岛: narratives read by their headings and numbers, before the forms they stand with."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.importers.matching import Imported
from forms.problem import Severity
from tests.forms import sample_imports as some

pytestmark = pytest.mark.samples


@pytest.fixture(params=[".docx", ".txt"])
def gaoxin(request: pytest.FixtureRequest, samples: Path) -> tuple[Imported, ...]:
    return some.forms(samples / (some.GAOXIN + request.param))


@pytest.fixture(params=[".docx", ".txt"])
def qinhuangdao(request: pytest.FixtureRequest, samples: Path) -> tuple[Imported, ...]:
    return some.forms(samples / (some.QINHUANGDAO + request.param))


def errors(forms: tuple[Imported, ...]) -> list[list[str]]:
    found = [review.problems for review in some.reviews(forms)]
    return [[problem.rule for problem in one if problem.severity is Severity.ERROR] for one in found]


def test_the_narrative_of_gaoxin_has_seven_goals_and_nine_measures(gaoxin: tuple[Imported, ...]) -> None:
    one = gaoxin[0]
    goals, measures = some.column(one, "总体目标", "目标"), some.column(one, "保障措施", "措施")
    assert (len(goals), len(measures)) == (7, 9)
    assert goals[6] == "完成市生态环境局交办的其他任务。"
    assert measures[7].startswith("完成“双随机”抽查工作")
    assert one.filing.values == {"编制单位": "高新区生态环境分局", "审核单位": "高新区财政局"}
    assert [text.strip() for text in one.unplaced] == ["生态环境分局"]


def test_the_two_projects_of_gaoxin_have_their_amounts_plans_and_ten_indicators(gaoxin: tuple[Imported, ...]) -> None:
    first, second = gaoxin[1:]
    quarters = ("第一季度", "第二季度", "第三季度", "第四季度")
    assert [first.filing.values[name] for name in quarters] == ["25%", "50%", "75%", "100%"]
    assert [second.filing.values[name] for name in quarters] == ["0", "0", "100", "100"]
    assert (first.filing.values["预算数"], first.filing.values["主要用途"]) == ("75", "农村生活污水治理项目的建设")
    amounts = ("预算数", "财政资金", "本级资金", "上级转移支付资金", "其他资金")
    assert [second.filing.values[name] for name in amounts] == ["229", "229", "229", "0", "0"]
    assert [len(one.filing.indicators) for one in (first, second)] == [5, 5]
    values = {indicator.columns["指标值"] for one in (first, second) for indicator in one.filing.indicators}
    assert values == {"是/否"}
    assert errors(gaoxin) == [[], ["R-REQ"], ["R-REQ"]]  # both lack the code of the project
    assert {one.filing.unit.name for one in gaoxin} == {"高新区生态环境分局"}  # which only the narrative names
    assert [len(some.told(one, "没有单位一栏")) for one in gaoxin] == [0, 1, 1]


def test_the_narrative_of_qinhuangdao_has_seven_parts_and_four_measures(qinhuangdao: tuple[Imported, ...]) -> None:
    one = qinhuangdao[0]
    assert one.filing.values["总体绩效目标"].count("\n") == 2
    parts, measures = one.filing.tables["分项目标"], one.filing.tables["保障措施"]
    assert [sorted(row.cells) for row in parts] == [sorted(["名称", "绩效目标", "绩效指标"])] * 7
    assert [sorted(row.cells) for row in measures] == [sorted(["名称", "内容"])] * 4
    assert parts[5].cells["名称"] == "强化生态环境保护执法监管。"
    assert parts[6].cells["绩效指标"].endswith("遥感监测点位核查100%。")
    assert measures[3].cells["名称"] == "着力提高环境管理水平"
    assert (one.filing.year, one.complete) == ("2020", True)
    assert errors(qinhuangdao) == [[]] * 7
