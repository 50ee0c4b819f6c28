"""What stands in the cells: units that are left out, rows kept free, trees levelled, paragraphs of a narrative."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from forms.filing import Filing, Indicator, Membership, Place, Row
from forms.grid.arrange import arrange
from forms.grid.cells import Cell, Grid
from forms.rules import Review
from forms.template.load import load
from forms.template.model import Template
from tests.forms.filled_forms import BY_ID, blank

UNITS = load(
    """
语法: 1
编号: units
模板: 单位
版本: "1"
单位: 万元
字段: {甲: 金额, 乙: 金额(元), 年: 年度, 率: 百分比, 人: 整数, 文: 文本, 合: 金额 = 甲 + 1}
列宽: [1]
版式: |
  [甲]万元，
  [乙] 元
  [年]年度
  [率]%
  [人]人次
  [文]年
  [合]万元
"""
)


def grid_of(template: Template, filing: Filing) -> Grid:
    return arrange(template, filing, Review(template, filing).computed)[0]


def shown(**values: str) -> list[str]:
    return [cell.text for cell in grid_of(UNITS, blank(UNITS, values=values)).cells]


@pytest.mark.parametrize(
    ("name", "typed", "printed"),
    [
        ("甲", "", "万元，"),
        ("甲", "50", "50万元，"),
        ("甲", "1,354.00", "1,354.00万元，"),
        ("甲", "50万元", "50万元，"),
        ("甲", "50 万元", "50 万元，"),
        ("甲", "220万", "220万，"),
        ("甲", "５０", "５０万元，"),
        ("甲", "约五十", "约五十，"),
        ("甲", "500元", "500元，"),
        ("乙", "500", "500 元"),
        ("乙", "500元", "500元"),
        ("年", "2022", "2022年度"),
        ("年", "2022年", "2022年"),
        ("年", "2022年度", "2022年度"),
        ("年", "汕尾市2022年执法装备", "汕尾市2022年执法装备"),
        ("率", "25", "25%"),
        ("率", "25%", "25%"),
        ("率", "25％", "25％"),
        ("人", "187", "187人次"),
        ("人", "187人次", "187人次"),
        ("人", "187人", "187人次"),
        ("文", "2022", "2022年"),
        ("文", "2022年", "2022年年"),
    ],
)
def test_a_unit_is_left_out_exactly_where_the_text_brings_its_own(name: str, typed: str, printed: str) -> None:
    order = list(UNITS.fields)
    assert shown(**{name: typed})[order.index(name)] == printed


def test_the_unit_behind_a_computed_value_stands() -> None:
    assert shown(甲="1")[-1] == "2万元"
    assert shown(甲="x")[-1] == "万元"


def test_boxes_show_the_choice() -> None:
    form = BY_ID["mof-xiangmu-2015"]
    texts = [cell.text for cell in grid_of(form, blank(form, values={"项目属性": "延续项目"})).cells]
    assert "新增项目□ 延续项目☑" in texts


def test_boxes_may_be_drawn_in_cells_of_their_own() -> None:
    form = BY_ID["sx-xian"]
    texts = [cell.text for cell in grid_of(form, blank(form, values={"项目属性": "新增项目"})).cells]
    assert {"新增项目☑", "延续项目□"} <= set(texts)


def labels(grid: Grid, col: int) -> list[tuple[str, int]]:
    return [(cell.text, cell.rows) for cell in grid.cells if cell.kind in ("label", "empty") and cell.col == col]


def indicator(ident: str, level2: str, level1: str = "产出指标", tree: str = "指标") -> Indicator:
    return Indicator(ident, level1, level2, {"三级指标": ident}, tree)


def test_presets_keep_rows_free_until_they_are_filled() -> None:
    form = BY_ID["gx-xiangmu"]
    assert ("数量指标", 3) in labels(grid_of(form, blank(form)), 1)
    some = tuple(indicator(f"i{n}", "数量指标") for n in range(2))
    assert ("数量指标", 3) in labels(grid_of(form, blank(form, indicators=some)), 1)
    many = tuple(indicator(f"i{n}", "数量指标") for n in range(5))
    assert ("数量指标", 5) in labels(grid_of(form, blank(form, indicators=many)), 1)


def test_a_branch_the_filer_names_stands_before_the_spare_row() -> None:
    form = BY_ID["gx-xiangmu"]
    own = blank(form, indicators=(indicator("i", "党建效益", "效果指标"),))
    names = [text for text, _ in labels(grid_of(form, own), 1)]
    assert names[names.index("可持续影响指标") :][:3] == ["可持续影响指标", "党建效益", "……"]


def test_indicators_under_unknown_labels_are_printed_all_the_same() -> None:
    form = BY_ID["gd-quyu-2022"]
    grid = grid_of(form, blank(form, indicators=(indicator("i", "怪指标", "怪一级"), indicator("j", "怪指标"))))
    assert ("怪指标", 1) in labels(grid, 2)
    assert labels(grid, 1)[-1] == ("怪一级", 1)


def test_only_branches_with_indicators_are_printed_where_the_form_wants_it() -> None:
    form = BY_ID["hb-zhuanxiang-2020"]
    some = (indicator("a", "质量指标"), indicator("b", "质量指标"), indicator("c", "时效指标"))
    grid = grid_of(form, blank(form, indicators=some))
    bottom = len(grid.heights) - 3
    assert [cell.text for cell in grid.cells if cell.col == 1 and cell.row >= bottom] == [
        "质量指标",
        "质量指标",
        "时效指标",
    ]
    assert [(cell.text, cell.rows) for cell in grid.cells if cell.col == 0 and cell.row >= bottom] == [("产出指标", 3)]


def beside(grid: Grid, ident: str) -> Cell:
    return next(cell for cell in grid.cells if any(p.place and p.place.indicator == ident for p in cell.parts))


def test_trees_side_by_side_are_levelled_at_each_first_level() -> None:
    form = BY_ID["mof-xiangmu-2015"]
    left = tuple(indicator(f"l{n}", "成本指标", tree="中期") for n in range(3))
    right = (indicator("r", "经济效益指标", "效益指标", tree="年度"), indicator("x", "怪", "怪一级", tree="年度"))
    grid = grid_of(form, blank(form, indicators=(*left, *right)))
    heights = dict(labels(grid, 1))
    assert heights["产出指标"] == 6
    assert heights["怪一级"] == 1
    spans = {cell.text: range(cell.row, cell.row + cell.rows) for cell in grid.cells if cell.col == 1}
    assert beside(grid, "r").row in spans["效益指标"]
    assert beside(grid, "x").row in spans["怪一级"]
    assert ("成本指标", 3) in labels(grid, 5)


def rows(*figures: Sequence[str], label: bool = False) -> tuple[Row, ...]:
    return tuple(Row(f"r{n}", {"年初预算数": text}, name if label else "") for n, (name, text) in enumerate(figures))


def test_fixed_rows_stand_in_their_order_and_none_is_lost() -> None:
    form = BY_ID["mof-zipin-2020"]
    filled = rows(("其他资金", "4"), ("年度资金总额", "1"), ("其他资金", "5"), ("旧行", "6"), label=True)
    grid = grid_of(form, blank(form, tables={"资金": filled}))
    named = [cell.text for cell in grid.cells if cell.kind == "label" and cell.col == 2]
    assert named[:6] == ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金", "其他资金", "旧行"]
    assert [cell.text for cell in grid.cells if cell.col == 3 and cell.kind == "blank"][:6] == [
        "1",
        "",
        "",
        "4",
        "5",
        "6",
    ]


def test_a_cell_that_does_not_exist_is_empty_unless_something_was_typed_there() -> None:
    form = BY_ID["mof-zipin-2020"]
    at = Place(table="资金", row="r0", column="分值")
    filing = blank(form, tables={"资金": rows(("其他资金", "1"), label=True)})
    kinds = {cell.row: cell.kind for cell in grid_of(form, filing).cells if cell.col == 6}
    row = next(cell.row for cell in grid_of(form, filing).cells if cell.text == "其他资金")
    assert kinds[row] == "empty"
    typed = grid_of(form, filing.put(at, "10"))
    assert [cell.text for cell in typed.cells if any(piece.place == at for piece in cell.parts)] == ["10"]


def test_serial_numbers_are_counted_unless_typed() -> None:
    form = BY_ID["gd-qingdan-2022"]
    told = (Row("a", {"地区": "甲市"}), Row("b", {"序号": "9"}), Row("c", {}))
    grid = grid_of(form, blank(form, tables={"任务": told}))
    assert [cell.text for cell in grid.cells if cell.col == 0 and cell.kind == "blank"] == ["1", "9", "3"]


def test_levels_are_shown_as_indents_by_code_and_by_hidden_number() -> None:
    form = BY_ID["sz-bumen-2023"]
    codes = tuple(Row(code, {"科目编码": code, "科目名称": "名"}) for code in ("201", "20101", "2010101", ""))
    income = tuple(Row(level, {"收入层次": level, "收入项目": "项"}) for level in ("1", "2", "x"))
    filing = blank(form, tables={"科目": codes, "收入": income})
    first, second, _ = arrange(form, filing, Review(form, filing).computed)
    assert [cell.text for cell in second.cells if cell.text.endswith("名")] == ["名", "　名", "　　名", "名"]
    assert [cell.text for cell in first.cells if cell.text.endswith("项")] == ["项", "　项", "项"]
    assert {cell.style.align for cell in second.cells if cell.text.endswith("名")} == {"left"}


def test_blocks_side_by_side_end_on_one_line() -> None:
    form = BY_ID["sz-bumen-2023"]
    income = tuple(Row(f"r{n}", {"收入项目": "项"}) for n in range(4))
    grid = grid_of(form, blank(form, tables={"收入": income}))
    filler = [(cell.rows, cell.cols) for cell in grid.cells if cell.kind == "empty" and cell.col == 2]
    assert filler == [(3, 2)]


def test_a_narrative_numbers_its_paragraphs() -> None:
    form = BY_ID["gx-shuoming"]
    goals = tuple(Row(f"g{n}", {"名称": f"名{n}", "内容": "一\n二"}) for n in range(21))
    texts = [cell.text for cell in grid_of(form, blank(form, tables={"总体目标": goals})).cells]
    assert "（一）名0\n　　一\n二" in texts
    numbers = [text[: text.index("）") + 1] for text in texts if text.startswith("（")]
    assert numbers[9:12] == ["（十）", "（十一）", "（十二）"]
    assert numbers[19:] == ["（二十）", "（二十一）"]


def test_an_empty_form_has_a_place_to_type_in_each_column() -> None:
    form = BY_ID["gx-shuoming"]
    places = {piece.place for cell in grid_of(form, blank(form)).cells for piece in cell.parts if piece.place}
    assert {Place(table="总体目标", column="名称"), Place(table="保障措施", column="措施")} <= places


def test_the_position_in_a_set_is_printed_with_its_mark() -> None:
    form = BY_ID["hb-zhuanxiang-2020"]
    values = {"专项资金名称": "环保"}
    assert grid_of(form, blank(form, values=values)).cells[0].text == "环保绩效目标表"
    numbered = blank(form, values=values, set=Membership("s", "2"))
    assert grid_of(form, numbered).cells[0].text == "2、环保绩效目标表"
