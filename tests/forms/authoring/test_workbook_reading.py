"""Faults of a workbook are told with their cells, all at once; what a clerk does in Excel reads as it is meant."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from forms.authoring import workbook, workbook_reading
from forms.errors import SourceRefused, TemplateRefused
from forms.template.load import load
from forms.template.model import Template
from forms.values import Kind
from tests.forms.authoring.content import every_template

_TEMPLATE = every_template()["templates/gd-quyu-2022"]
Edit = Callable[[Workbook], None]


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Edit], Template]:
    """Read the workbook of a template after somebody has changed it."""

    def read(change: Edit) -> Template:
        book = openpyxl.load_workbook(io.BytesIO(workbook.render(load(_TEMPLATE))))
        change(book)
        path = tmp_path / "改过.xlsx"
        book.save(path)
        return workbook_reading.read_file(path)

    return read


def _faults(edited: Callable[[Edit], Template], change: Edit) -> dict[str, str]:
    with pytest.raises(TemplateRefused) as refused:
        edited(change)
    return {fault.cell: fault.message for fault in refused.value.faults}


def _spoil(book: Workbook) -> None:
    book["版式"]["D5"] = "[资金类]"
    book["版式"]["D6"] = "[项目等级"
    book["概要"]["B3"] = "GD 坏"
    book["字段"]["B3"] = "文字*"
    book["字段"]["B4"] = "[甲, 乙"
    book["字段"]["C6"] = "=档案.别的"
    book["字段"]["C6"].data_type = "s"
    book["字段"]["E1"] = "备注栏"
    book["字段"]["A13"], book["字段"]["B13"] = "地区", "文本"
    book["字段"]["B14"] = "文本"
    book["指标列"]["C2"] = "名字"
    book["指标树"]["D2"] = "很多"
    book["规则"]["D2"] = "资金需求 >"
    book["规则"]["E4"] = "共 {几} 条"
    book["别名"]["A2"] = "没有的"
    book.create_sheet("草稿")["B2"] = "随手记"


def test_every_fault_names_its_cell(edited: Callable[[Edit], Template]) -> None:
    found = _faults(edited, _spoil)
    assert {
        "版式!D5", "版式!D6", "概要!A3", "字段!B3", "字段!B4", "字段!C6", "字段!E1", "字段!A13", "字段!A14",
        "指标列!C2",
        "指标树!C2", "规则!D2", "规则!A4", "别名!A2", "草稿!A2",
    } <= found.keys()  # fmt: skip
    assert "没有配成一对" in found["版式!D6"]
    assert "写了两次" in found["字段!A13"]
    assert "缺少" in found["字段!A14"]


def test_a_fault_is_a_sentence_with_its_cell(edited: Callable[[Edit], Template]) -> None:
    with pytest.raises(TemplateRefused) as refused:
        edited(lambda book: book["字段"].__setitem__("B3", "文字*"))
    lines = str(refused.value).splitlines()
    assert lines[0] == "表样“改过.xlsx”不能使用，有 1 处错误。"
    assert lines[1].startswith("字段!B3：“项目名称”的类型“文字*”不认识；")


def test_what_a_clerk_adds_in_excel(edited: Callable[[Edit], Template]) -> None:
    def change(book: Workbook) -> None:
        form = book["版式"]
        form.insert_rows(8)
        for merged in [one for one in form.merged_cells.ranges if one.min_row >= 8]:
            merged.shift(row_shift=1)
        form["B8"], form["D8"], form["E8"], form["F8"] = "联系人", "[联系人]", "性质", "[性质□]"
        form.merge_cells("B8:C8")
        book["概要"]["B5"] = 2023.2  # a version typed as a number
        rows = book["字段"]
        rows["A13"], rows["B13"] = "联系人", "文本*20"
        rows["A14"], rows["B14"] = "性质", "新建\n续建"

    template = edited(change)
    assert template.version == "2023.2"
    assert template.fields["联系人"].limit == 20
    assert (template.fields["性质"].kind, template.fields["性质"].choices) == (Kind.CHOICE, ("新建", "续建"))
    assert "  联系人       | <        | [联系人]       | 性质         | [性质□]\n" in template.text


def test_a_heading_line_goes_over_the_whole_width(edited: Callable[[Edit], Template]) -> None:
    found = _faults(edited, lambda book: book["版式"].__setitem__("B6", "# 一、基本情况"))
    assert "小标题要占整行" in found["版式!B6"]


def test_a_column_without_a_width_is_told(edited: Callable[[Edit], Template]) -> None:
    found = _faults(edited, lambda book: book["版式"].__setitem__("G7", "[地区]"))
    assert "列宽" in found["版式!G7"]


def test_a_drawing_without_widths_is_told_once(edited: Callable[[Edit], Template]) -> None:
    def change(book: Workbook) -> None:
        for cell in book["版式"][2]:
            cell.value = None

    assert "列宽" in _faults(edited, change)["版式!A3"]


def test_a_heading_that_is_gone_is_told(edited: Callable[[Edit], Template]) -> None:
    found = _faults(edited, lambda book: book["字段"].__setitem__("A1", None))
    assert "第一行应是" in found["字段!A1"]
    found = _faults(edited, lambda book: book["字段"].__setitem__("B1", "种类"))
    assert found["字段!B1"].startswith("不认识")


def test_a_formula_without_a_value_is_told(edited: Callable[[Edit], Template]) -> None:
    with pytest.raises(TemplateRefused, match=r"公式没有存下结果.*字段!D3"):
        edited(lambda book: book["字段"].__setitem__("D3", "=A1"))


def test_another_workbook_is_refused(tmp_path: Path, samples: Path) -> None:
    with pytest.raises(SourceRefused, match="没有工作表“版式”"):
        workbook_reading.read_file(samples / "广东2022_区域绩效目标申报表_1-12.xlsx")
    book = Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    book.save(tmp_path / "空.xlsx")
    with pytest.raises(SourceRefused, match="空"):
        workbook_reading.read_file(tmp_path / "空.xlsx")
