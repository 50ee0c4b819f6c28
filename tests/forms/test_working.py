"""How a computed value was made, in words a clerk can check with a pocket calculator."""

from __future__ import annotations

import pytest

from forms.filing import Place, Row
from forms.language import use
from forms.rules import Review
from forms.template.load import load
from forms.template.model import Template
from forms.working import explained, working
from tests.forms.filled_forms import TEMPLATES, blank, tidy
from tests.forms.national_filings import filled, national

SUMS = load("""
语法: 1
编号: sums
模板: 合计表
版本: "1"
标题: 合计表
单位: 万元
字段:
  甲: 金额
  乙: 金额
  共计: 金额 = 甲 + 乙
  总额: 金额 = SUM(任务[金额])
表:
  任务: {列: {名称: 文本, 金额: 金额, 完成: 金额, 比例: 百分比.2 = 完成 / 金额 * 100}, 行: 1..20}
列宽: [1, 1, 1, 1]
版式: |
  甲 | [甲] | 乙 | [乙]
  共计 | [共计] | 总额 | [总额]
  名称 | 金额 | 完成 | 比例
  @任务
""")


@pytest.fixture
def review() -> Review:
    rows = tuple(Row(f"r{n}", {"名称": f"任务{n}", "金额": str(n * 10), "完成": "5"}) for n in range(1, 9))
    return Review(SUMS, blank(SUMS, values={"甲": "12.50"}, tables={"任务": rows}))


def test_a_sum_tells_its_addends_and_the_outcome(review: Review) -> None:
    assert working(review, Place(field="共计")) == "共计 ＝ 甲（12.50） + 乙（空） ＝ 12.50"


def test_a_column_tells_its_first_values(review: Review) -> None:
    assert working(review, Place(field="总额")) == "总额 ＝ SUM(任务[金额]（10、20、30、40、50、60……）) ＝ 360"


def test_a_row_is_told_with_its_own_values(review: Review) -> None:
    told = working(review, Place(table="任务", row="r4", column="比例"))
    assert told == "比例 ＝ 完成（5） / 金额（40） * 100 ＝ 12.50"


def test_what_is_typed_has_no_working(review: Review) -> None:
    assert working(review, Place(field="甲")) == ""
    assert working(review, Place(table="任务", row="r1", column="名称")) == ""


def test_a_score_tells_how_it_was_given() -> None:
    template = national()["mof-zipin-2020"]
    review = Review(template, filled("mof-zipin-2020"))
    told = [working(review, Place(indicator=one.id, column="得分")) for one in review.filing.indicators]
    assert all("＝" in one and "分" in one for one in told)
    assert any("得满分" in one for one in told)


def test_the_working_speaks_the_language_in_use(review: Review) -> None:
    use("en")
    try:
        assert "空" not in working(review, Place(field="共计"))
    finally:
        use("zh_CN")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.id)
def test_every_computed_place_of_every_form_can_be_explained(template: Template) -> None:
    for filing in (blank(template), tidy(template)):
        review = Review(template, filing)
        for place in review.computed:
            assert working(review, place).startswith((place.field or place.column) + " ＝ ")


def test_a_place_that_is_gone_has_no_working(review: Review) -> None:
    assert working(review, Place(indicator="nowhere", column="得分")) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("210", "大写：贰佰壹拾万元整"),
        ("0.05", "大写：伍佰元整"),
        ("１,２００", "大写：壹仟贰佰万元整"),
        ("两百左右", ""),
        ("", ""),
    ],
)
def test_a_typed_amount_is_told_in_capitals_in_the_unit_of_the_form(text: str, told: str) -> None:
    filing = blank(SUMS).put(Place(field="甲"), text)
    assert explained(Review(SUMS, filing), Place(field="甲")) == told


def test_a_computed_amount_is_told_how_it_was_made_and_in_capitals() -> None:
    filing = blank(SUMS).put(Place(field="甲"), "1").put(Place(field="乙"), "0.5")
    lines = explained(Review(SUMS, filing), Place(field="共计")).splitlines()
    assert lines[0].endswith("＝ 1.5")
    assert lines[1] == "大写：壹万伍仟元整"
