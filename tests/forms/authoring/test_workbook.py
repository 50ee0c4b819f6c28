"""A template and its workbook: what is drawn where, and that nothing is lost on the way there and back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from forms.authoring import workbook, workbook_reading
from forms.authoring.cells import drawn, token
from forms.authoring.lists import HEADINGS
from forms.errors import ExportRefused
from forms.template.load import load
from tests.forms.authoring.content import content, every_template

_TEMPLATES = every_template()
_HARD = r"""# 依据：试验用。
语法: 1
编号: demo-hard
模板: '"引号"与[方括号]'
版本: "2022.10"
标题: "\n（{甲}）"
单位: 万元
注: ["", "  前面有空格", '"整句在引号里"']
字段:
  # 由财政局核定
  甲: [一, "二, 三"]
  乙: {类型: 金额, 位: 2, 说明: "=1+1"}
  丙: 文本
默认: {丙: "[不是一列]"}
表:
  表一: {列: {行: 行名, 数: 金额}, 行: ["1..3", "甲：乙"], 无格: {"1..3": [数]}}
  表二: {列: {文: 长文}, 行: 0..9, 样: "　　{n:一}、{文}\n　　完"}
列宽: [1, 2.5, 1]
版式: |
  甲\|乙\n丙\\ | [甲] | \[丙\]
  # 小标题 | 带竖线
   | @表一
  # 二
  @表二
  乙 | [乙] | [丙]
  ^ | ^ |
规则:
  大于: 警告 乙 > 0 | 甲|乙 {左}
"""


def _read_back(text: str, folder: Path) -> str:
    path = folder / "表样.xlsx"
    path.write_bytes(workbook.render(load(text)))
    return workbook_reading.read_file(path).text


@pytest.mark.parametrize("name", _TEMPLATES)
def test_nothing_is_lost_through_a_workbook(name: str, tmp_path: Path) -> None:
    again = _read_back(_TEMPLATES[name], tmp_path)
    assert content(load(again)) == content(load(_TEMPLATES[name]))
    assert _read_back(again, tmp_path) == again


def test_hard_texts_come_through(tmp_path: Path) -> None:
    again = _read_back(_HARD, tmp_path)
    assert content(load(again)) == content(load(_HARD))
    assert again.startswith("# 依据：试验用。\n语法: 1\n")
    assert '  # 由财政局核定\n  甲: [一, "二, 三"]\n' in again


def test_the_sheet_is_the_blank_form() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(load(_TEMPLATES["templates/gd-quyu-2022"]))))
    sheet = book["版式"]
    margin = [sheet.cell(row, 1).value for row in range(1, 6)]
    assert margin == ["标题", "列宽", "版式", "2", "3"]
    assert sheet["B3"].value == "项目名称"
    assert sheet["D3"].value == "[项目名称]"
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"B3:C3", "D3:F3", "B12:B13", "C13:F13"} <= merged
    assert sheet["C13"].value == "@指标"
    assert book.sheetnames == ["版式", *HEADINGS, "写法"]
    assert [cell.value for cell in book["字段"][2]] == ["地区", "地区*", "=档案.区划", None]


def test_no_cell_is_a_formula_or_a_number() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(load(_HARD))))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert book["字段"].column_dimensions["C"].number_format == "@"  # nor is what a person types into an empty one


def test_the_same_template_gives_the_same_bytes() -> None:
    assert workbook.render(load(_HARD)) == workbook.render(load(_HARD))


def test_a_text_too_long_for_a_cell_is_refused_in_words() -> None:
    text = _HARD.replace("默认:", f"说明: {{丙: {'长' * 33_000}}}\n默认:")
    with pytest.raises(ExportRefused, match="Excel 的一格放不下"):
        workbook.render(load(text))


@pytest.mark.parametrize(
    "spelt", ["", "甲", r"甲\n乙", r"甲\n", r"\n", r"甲\|乙", r"\\", r"\[甲\]", r"\\\n", r"[甲□乙]元"]
)
def test_a_cell_of_the_drawing_reads_back(spelt: str) -> None:
    assert token(drawn(spelt)) == spelt


def test_bars_and_line_ends_typed_into_a_cell_are_words() -> None:
    assert token("甲|乙\n丙") == r"甲\|乙\n丙"
    assert token("末尾\\") == "末尾\\\\"
