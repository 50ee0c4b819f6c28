"""Lines around a form that hold several entries, each with its label."""

from __future__ import annotations

import pytest

from forms.importers.furniture import apart
from tests.forms.filled_forms import BY_ID
from tests.forms.importers.test_sheets import imported


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("审核人：李四      审核日期：2026年2月3日", ["审核人：李四", "审核日期：2026年2月3日"]),
        ("填报单位（盖章）：水保站   金额单位：万元", ["填报单位（盖章）：水保站", "金额单位：万元"]),
        ("填表人：   联系电话：", ["填表人：", "联系电话："]),
        ("单位：水利局　时间：2026年", ["单位：水利局", "时间：2026年"]),
        ("填报人：王 五", ["填报人：王 五"]),
        ("说明如下：一是  二是", ["说明如下：一是  二是"]),
        ("　　为此，特作如下安排：第一", ["　　为此，特作如下安排：第一"]),
        ("", [""]),
    ],
)
def test_entries_are_told_apart_by_their_labels(line: str, entries: list[str]) -> None:
    assert apart(line) == entries


def test_each_blank_of_a_signature_takes_its_own_entry_and_the_rest_is_kept() -> None:
    template = BY_ID["mof-xiangmu-2015"]
    text = (
        "项目支出绩效目标申报表\n（2026年度）\n项目名称\t水源地保护\n主管部门及代码\t水利局\t实施单位\t水保站\n"
        "填报单位（盖章）：沙县水利局        填报人：王五      联系电话：12345\n"
    )
    (one,) = imported(text, template)
    assert one.filing.values["填报单位"] == "沙县水利局"
    assert {"填报人：王五", "联系电话：12345"} <= set(one.unplaced)
