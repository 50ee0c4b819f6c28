"""The forms the tests of the matcher fill in, as tables to be laid out tidily or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.forms.importers.untidy_files import Box, Table, label

REGIONAL = {
    "项目名称": "农村黑臭水体治理",
    "资金类型": "省级财政专项资金",
    "项目等级": "二级项目",
    "省级主管部门": "省水利厅",
    "地方主管部门": "云溪市水利局",
    "预算年度": "2024",
    "资金需求": "135.50",
    "实施内容": "一、清淤 12 处；\n二、新建截污管 3.2 公里。",
    "政策依据": "《农村人居环境整治方案》（云办〔2023〕7号）",
    "总体目标": "年底前消除列入清单的 12 处黑臭水体。",
}
PAIRED = ("省级主管部门", "地方主管部门")
INDICATORS = (
    ("产出指标", "数量指标", "治理水体", "≥12处"),
    ("产出指标", "数量指标", "新建截污管", "3.2公里"),
    ("产出指标", "质量指标", "验收合格率", "=100%"),
    ("产出指标", "时效指标", "完成时间", "12月底前"),
    ("产出指标", "成本指标", "每公里造价", "≤42万元"),
    ("效益指标", "经济效益指标", "-", "/"),
    ("效益指标", "社会效益指标", "受益村民", "约 4000 人"),
    ("效益指标", "生态效益指标", "消除劣Ⅴ类", "12处"),
    ("效益指标", "可持续影响指标", "长效管护\n制度", "建立"),
    ("满意度指标", "服务对象满意度指标", "村民满意度", "≥90%"),
)


def regional(values: dict[str, str] | None = None, indicators: Sequence[Sequence[str]] = INDICATORS) -> Table:
    """The regional form as it is drawn: labels merged over two columns, values over three."""
    filled = REGIONAL if values is None else values
    return Table([*field_rows(filled), *indicator_rows(indicators)])


def field_rows(values: dict[str, str]) -> list[list[Box]]:
    """The rows above the indicators; a unit is typed where people type it."""
    tails = {"预算年度": "年", "资金需求": "万元"}
    rows: list[list[Box]] = []
    for name, value in values.items():
        if name == PAIRED[1] and PAIRED[0] in values:
            continue
        text = value + tails.get(name, "") if value else ""
        if name == PAIRED[0]:
            second = [label(PAIRED[1]), Box(values[PAIRED[1]])] if PAIRED[1] in values else [Box(cols=2)]
            rows.append([label(name, 2), Box(text), *second])
        else:
            rows.append([label(name, 2), Box(text, 3)])
    return rows


def indicator_rows(
    indicators: Sequence[Sequence[str]], columns: Sequence[str] = ("三级指标", "指标值"), *, spine: bool = True
) -> list[list[Box]]:
    """The heading and a row for each indicator, its 一级 and 二级 merged downwards."""
    rows = [[label("绩效指标", 1, len(indicators) + 1)] if spine else []]
    rows[0] += [label(word) for word in ("一级指标", "二级指标", *columns)]
    for number, (level1, level2, *texts) in enumerate(indicators):
        row = []
        for depth, word in ((1, level1), (2, level2)):
            same = [one for one in indicators if list(one[:depth]) == [level1, level2][:depth]]
            if number == 0 or list(indicators[number - 1][:depth]) != [level1, level2][:depth]:
                row.append(label(word, 1, len(same)))
        rows.append([*row, *map(Box, texts)])
    return rows


FUND = {
    "项目编码": "000-9999-ABC-0102",
    "专项资金名称": "桥梁安全检测",
    "预算数": "1,354.00",
    "财政资金": "1354.00",
    "其他资金": "",
    "资金用途": "其他资金",
    "3月底": "",
    "6月底": "30.00",
    "10月底": "",
    "12月底": "100.00",
    "绩效目标": "1、完成 46 座桥梁检测；\n2、出具报告。",
}
FUND_INDICATORS = (
    ("产出指标", "数量指标", "检测桥梁", "当年检测座数", "46座", ""),
    ("产出指标", "质量指标", "报告合格率", "", "≥98%", "行业标准"),
    ("效果指标", "社会效益指标", "险桥处置", "及时封闭", "100%", ""),
)
FUND_COLUMNS = ("三级指标", "绩效指标描述", "指标值", "指标值确定依据")


def fund(values: dict[str, str] | None = None, indicators: Sequence[Sequence[str]] = FUND_INDICATORS) -> Table:
    """The form of a special fund, with its line of units inside the table as it is published."""
    v = FUND if values is None else values
    quarters = ("3月底", "6月底", "10月底", "12月底")
    rows = [
        [Box(), label("单位：万元", 5)],
        [label("项目编码"), Box(v["项目编码"], 2), label("专项资金名称"), Box(v["专项资金名称"], 2)],
        [label("预算规模及资金用途", 1, 2), label("预算数"), Box(v["预算数"]), label("其中：财政资金"),
         Box(v["财政资金"]), label("其他资金")],
        [Box(v["资金用途"], 5)],
        [label("资金支出计划（%）", 1, 2), label("3月底", 2), *map(label, quarters[1:])],
        [Box(v["3月底"], 2), *(Box(v[name]) for name in quarters[1:])],
        [label("绩效目标"), Box(v["绩效目标"], 5)],
    ]  # fmt: skip
    rows[2].append(Box(v["其他资金"]))
    for row in (0, 1, 3, 4, 5, 6):
        rows[row][-1] = replace(rows[row][-1], cols=rows[row][-1].cols + 1)
    heading = [label(word) for word in ("一级指标", "二级指标", *FUND_COLUMNS)]
    heading[-1] = replace(heading[-1], cols=2)
    rows.append(heading)
    for number, (level1, level2, *texts) in enumerate(indicators):
        first = [one[0] for one in indicators].index(level1) == number
        above = [label(level1, 1, sum(one[0] == level1 for one in indicators))] if first else []
        rows.append([*above, label(level2), *map(Box, texts[:-1]), Box(texts[-1], 2)])
    return Table(rows)


TASK_COLUMNS = (
    "序号", "地区", "“财政事权”\n名称", "“政策任务”名称", "补助资金（万元）", "任务要求/目标", "工作性质", "实施\n方式",
    "实施标准", "工作量", "完成\n时限",
)  # fmt: skip
TASK_NAMES = (
    "序号", "地区", "财政事权名称", "政策任务名称", "补助资金", "任务要求/目标", "工作性质", "实施方式", "实施标准",
    "工作量", "完成时限",
)  # fmt: skip
TASKS = (
    (
        "1",
        "云溪市",
        "水利管理",
        "河湖整治",
        "135.50",
        "消除黑臭水体",
        "约束性",
        "财政补助",
        "不超过总额",
        "清淤 12 处",
        "2024年底",
    ),
    (
        "2",
        "石门市",
        "水利管理",
        "河湖整治",
        "20",
        "岸线修复\n2 公里",
        "指导性",
        "财政补助",
        "不超过总额",
        "植草 8 亩",
        "2024年底",
    ),
    (
        "3",
        "南浦市",
        "水利管理",
        "河湖整治",
        "8.75",
        "巡查",
        "指导性",
        "财政补助",
        "不超过总额",
        "每月 2 次",
        "2024年底",
    ),
)


def tasks(rows: Sequence[Sequence[str]] = TASKS) -> Table:
    """The list of tasks: a heading and a row for each region."""
    return Table([[label(words) for words in TASK_COLUMNS], *([Box(text) for text in row] for row in rows)])


def task_cells(rows: Sequence[Sequence[str]] = TASKS) -> list[dict[str, str]]:
    """What the filing holds of them: all but the number the form prints by itself."""
    return [dict(zip(TASK_NAMES[1:], row[1:], strict=True)) for row in rows]
