"""Places in words."""

from __future__ import annotations

import pytest

from forms.filing import Indicator, Place, Row
from forms.places import describe
from tests.forms.filled_forms import BY_ID, blank

FORM = BY_ID["mof-zipin-2020"]
FILING = blank(
    FORM,
    tables={"资金": (Row("a", {}, "其他资金"), Row("b", {}))},
    indicators=(
        Indicator("i", "产出指标", "数量指标", {"三级指标": " 监测\n点位 "}),
        Indicator("j", "产出指标", "质量指标", {}),
        Indicator("k", "产出指标", "数量指标", {"三级指标": "很长的名称" * 9}),
        Indicator("l", "产出指标", "数量指标", {}),
        Indicator("m", "产出指标", "数量指标", {}, tree="没有的树"),
    ),
)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), "项目支出绩效自评表"),
        (Place(field="项目名称"), "项目名称"),
        (Place(table="资金"), "资金"),
        (Place(table="资金", column="分值"), "资金 分值"),
        (Place(table="资金", row="a", column="分值"), "资金 其他资金 分值"),
        (Place(table="资金", row="b", column="分值"), "资金 第 2 行 分值"),
        (Place(table="资金", row="b"), "资金 第 2 行"),
        (Place(indicator="i", column="得分"), "数量指标“监测 点位” 得分"),
        (Place(indicator="j", column="得分"), "质量指标“第 1 条” 得分"),
        (Place(indicator="k"), "数量指标“" + "很长的名称" * 4 + "”"),
        (Place(indicator="l", column="得分"), "数量指标“第 3 条” 得分"),
        (Place(indicator="m", column="得分"), "数量指标“第 1 条” 得分"),
        (Place(indicator="gone", column="得分"), "得分"),
    ],
)
def test_a_place_is_told_in_the_words_of_the_form(place: Place, words: str) -> None:
    assert describe(place, FORM, FILING) == words
