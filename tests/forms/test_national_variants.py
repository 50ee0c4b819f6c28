"""The national forms as other offices set them: other labels, dashes in cells that are not there, periods in labels."""

from __future__ import annotations

import pytest

from forms.filing import Filing, Place
from forms.importers.matching import Imported, match
from forms.problem import Severity
from forms.rules import Review
from forms.templates import Templates
from tests.forms.importers.untidy_files import WRITERS, Box, Table

SHIPPED = list(Templates.shipped())

written = pytest.mark.parametrize("kind", ["docx", "xlsx"])


def row(*boxes: str | tuple[str, int] | tuple[str, int, int]) -> list[Box]:
    """Boxes of one row; a tuple says over how many columns and rows."""
    return [Box(one) if isinstance(one, str) else Box(*one) for one in boxes]


ASSESSMENT = Table([
    row("项目名称", ("农村公路日常养护", 8)),
    row("主管部门", ("云溪县交通运输局", 3), "实施单位", ("云溪县公路服务中心", 4)),
    row(("项目资金\n（万元）", 1, 5), ("", 2), "年初预算数", "全年预算数（A）", "全年执行数（B）",
        "分值", "执行率（B/A）", "得分"),
    row(("年度资金总额：", 2), "320", "310", "300.7", "10", "97%", "9.7"),
    row(("其中：本年财政拨款", 2), "320", "310", "300.7", "—", "97%", "—"),
    row(("上年结转资金", 2), "0", "0", "0", "—", "", "—"),
    row(("其他资金", 2), "0", "0", "0", "—", "", "—"),
    row(("年度总体目标", 1, 2), ("年初设定目标", 4), ("全年实际完成情况", 4)),
    row(("养护县道 120 公里，优良路率达到 85%。", 4), ("养护县道 118 公里，优良路率 86.2%。", 4)),
    row(("绩效指标", 1, 7), "一级指标", "二级指标", "三级指标", "年度指标值", "全年完成值",
        "分值", "得分", "未完成原因及改进措施"),
    row(("产出指标", 1, 3), "数量指标", "养护县道里程", "≥120公里", "118公里", "20", "19.67", "一处塌方未通"),
    row("质量指标", "优良路率", "≥85%", "86.2%", "15", "15", ""),
    row("时效指标", "险情处置时限", "≤24小时", "20小时", "15", "15", ""),
    row(("效益指标", 1, 2), "社会效益指标", "受益行政村", "≥96个", "96个", "15", "15", ""),
    row("可持续影响指标", "养护机制", "健全", "部分达成年度指标", "15", "11", "两个乡镇未签协议"),
    row("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%", "93%", "10", "10", ""),
    row(("总分", 6), "100", "95.37", ""),
])  # fmt: skip

APPLICATION = Table([
    row(("项目名称", 2), ("中小学校园安全设施改造", 6)),
    row(("主管部门（代码）", 2), ("云溪县教育局 205", 3), "项目实施单位", ("云溪县教育局", 2)),
    row(("项目属性", 2), ("新增项目√   延续项目□", 3), "项目起止时间", ("2026年—2028年", 2)),
    row(("项目资金\n（万元）", 2, 3), "中期资金总额：", ("286.5", 2), "年度资金总额：", ("186", 2)),
    row("其中：财政资金", ("286.5", 2), "其中：财政资金", ("186", 2)),
    row("其他", ("", 2), "其他", ("", 2)),
    row(("总\n体\n目\n标", 1, 2), ("中期目标（2026年—2028年）", 4), ("年度目标", 3)),
    row(("目标1：三年内完成 42 所学校改造。", 4), ("目标1：完成 14 所学校一键报警和周界改造。", 3)),
    row(("绩\n效\n指\n标", 1, 5), "一级指标", "二级指标", "指标内容", "指标值", "二级指标", "指标内容", "指标值"),
    row(("产出指标", 1, 2), "数量指标", "改造学校", "≥42所", "数量指标", "改造学校", "≥14所"),
    row("实效指标", "完工时间", "2028年9月底前", "实效指标", "完工时间", "2026年9月底前"),
    row("效益指标", "社会效益\n指标", "安全责任事故", "0起", "社会效益\n指标", "安全责任事故", "0起"),
    row("满意度\n指标", "服务对象\n满意度指标", "师生满意度", "≥95%", "服务对象\n满意度指标", "师生满意度", "≥92%"),
])  # fmt: skip


def taken(kind: str, *blocks: str | Table) -> Imported:
    (one,) = match(WRITERS[kind](blocks), SHIPPED, "来文", "set")
    return one


def blocking(filing: Filing, one: Imported) -> list[str]:
    return [problem.rule for problem in Review(one.template, filing).problems if problem.severity is Severity.ERROR]


@written
def test_a_self_assessment_of_another_office_is_taken_whole(kind: str) -> None:
    one = taken(kind, "附件2", "项目支出绩效自评表", "（2025年度）", ASSESSMENT)
    assert (one.template.id, one.complete, one.unplaced) == ("mof-zipin-2020", True, ())
    values = one.filing.values
    assert (values["附件号"], values["年度"], values["实施单位"]) == ("2", "2025", "云溪县公路服务中心")
    assert values["预期目标"].startswith("养护县道 120 公里")
    assert [row.label for row in one.filing.tables["资金"]] == [
        "年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"
    ]  # fmt: skip
    assert [found.columns["得分"] for found in one.filing.indicators] == ["19.67", "15", "15", "15", "11", "10"]
    review = Review(one.template, one.filing)
    assert review.computed[Place(field="总分")] == "95.37"
    assert [one for one in review.problems if one.rule not in ("R-CAT-EMPTY", "R-CAT-L1")] == []
    assert review.verdicts["分值合计"] == "holds"


@written
def test_an_application_of_another_office_is_taken_whole(kind: str) -> None:
    one = taken(
        kind, "附件1-1", "项目支出绩效目标申报表", "（2026年度）", "填报单位（盖章）：云溪县教育局", APPLICATION
    )
    assert (one.template.id, one.complete, one.unplaced) == ("mof-xiangmu-2015", True, ())
    values = one.filing.values
    assert values["中期目标"] == "目标1：三年内完成 42 所学校改造。"
    assert (values["项目属性"], values["项目期"], values["年度财政拨款"]) == ("新增项目", "2026年—2028年", "186")
    assert {found.tree for found in one.filing.indicators} == {"中期", "年度"}
    assert blocking(one.filing, one) == []
