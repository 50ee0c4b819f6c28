"""Titles as offices set them, and rows that only look as if a page had broken them."""

from __future__ import annotations

import pytest

from forms.importers.matching import Imported, match
from forms.importers.text import read
from forms.templates import Templates

TEMPLATES = list(Templates.shipped())
TASKS = (
    "序号\t地区\t“财政事权”名称\t“政策任务”名称\t补助资金（万元）\t任务要求/目标\n1\t甲市\t治理\t巡查\t50\t巡查12次\n"
)
TASK = "\t堤防加固\t加固堤防十二公里，清理河道淤积，更换闸门三座，修复护坡和巡堤道路，并完成\t300\t保障城区安全度汛\n"


def imported(text: str) -> Imported:
    (one,) = match(read(text.encode()), TEMPLATES, "来文.txt", "set")
    return one


@pytest.mark.parametrize(
    "title",
    [
        "2024年河湖整治资金任务清单",
        "2024年河湖整治资金\n任务清单",
        "附件1\n2024年河湖整治资金\n任务清单",
        "二〇二四年河湖整治资金任务清单",
        "二○二四年河湖整治资金\n任务清单",
    ],
)
def test_a_title_tells_year_and_fund_on_one_line_or_two_in_figures_or_numerals(title: str) -> None:
    one = imported(f"{title}\n\n{TASKS}")
    assert (one.filing.values["预算年度"], one.filing.values["资金名称"]) == ("2024", "河湖整治资金")
    assert (one.filing.year, one.unplaced) == ("2024", ())


def test_what_stands_above_a_title_is_no_part_of_it() -> None:
    one = imported(f"各市县财政局：\n任务清单\n\n{TASKS}")
    assert one.unplaced == ("各市县财政局：",)


def plan(rows: str) -> list[list[str]]:
    """The tasks of a plan whose rows these are."""
    heading = "年度重点工作任务\t名称\t主要实施内容\t拟投入的资金（万元）\t期望达到的目标\n"
    one = imported(f"部门整体支出绩效目标申报表\n(2024 年度)\n\n部门名称\t云溪市水利局\t\t\t\n{heading}{rows}")
    return [list(row.cells.values()) for row in one.filing.rows("重点任务")]


def test_a_row_that_a_page_broke_without_a_mark_is_whole_again() -> None:
    rest = "\t\t防汛物资储备\t\t\n"
    assert plan(TASK + rest)[0][1].endswith("并完成防汛物资储备")


@pytest.mark.parametrize(
    "below",
    [
        "\t水库除险\t加固坝体两座\t\t\n",  # a task that is not filled in to the end
        "\t\t其他\t\t保障安全\n",  # as long as the one above has ended
    ],
)
def test_a_row_below_a_finished_one_stays_a_row(below: str) -> None:
    assert len(plan(TASK.replace("并完成", "并完成验收。") + below)) == 2


def test_a_second_unfinished_task_is_not_joined_with_a_short_name() -> None:
    assert len(plan("\t堤防\t加固\t300\t安全\n\t水库\t除险\t\t\n")) == 2
