"""The report of an import as a workbook: totals, files, forms, texts without a place, and what to notice."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from forms.grid.cells import Style
from forms.incoming.report import FormLine, Report
from forms.incoming.report_text import totals
from forms.language import N_, sentence
from forms.render.looks import Look, Looks
from forms.render.typed_cells import TEXT_FORMAT, cell_at, looks_like_formula, put_text
from forms.render.xlsx import restamped

Row = Sequence[str | int]

_HEADING, _TEXT, _COUNT = Style("center", face="heading"), Style("left", valign="top"), Style("right", valign="top")
_MOST_TEXT = 16_000  # characters; a cell takes 32,767 units, and a character may be two


@dataclass(frozen=True, slots=True)
class _Column:
    """A heading, and how wide the column is in characters."""

    words: str
    width: int


_FILES = (
    _Column(N_("文件或文件夹"), 48), _Column(N_("表"), 8), _Column(N_("存入"), 8), _Column(N_("库中已有"), 10),
    _Column(N_("没有读进来的原因"), 60),
)  # fmt: skip
_FORMS = (
    _Column(N_("来源"), 40), _Column(N_("标题"), 40), _Column(N_("结果"), 20), _Column(N_("表的编号"), 20),
    _Column(N_("表样"), 26), _Column(N_("版本"), 10), _Column(N_("也像"), 26), _Column(N_("是否完整"), 10),
    _Column(N_("填了几栏"), 10), _Column(N_("共几栏"), 10), _Column(N_("表格行数"), 10), _Column(N_("指标条数"), 10),
    _Column(N_("与原文有出入"), 14), _Column(N_("没有位置的文字"), 16), _Column(N_("请留意"), 10),
)  # fmt: skip
_UNPLACED = (_Column(N_("来源"), 40), _Column(N_("标题"), 40), _Column(N_("没有找到位置的文字"), 80))
_NOTICES = (_Column(N_("来源"), 40), _Column(N_("标题"), 40), _Column(N_("位置"), 30), _Column(N_("请留意"), 80))
_LEFT_OUT = (_Column(N_("文件或文件夹"), 48), _Column(N_("没有读的原因"), 80))


def to_workbook(report: Report) -> bytes:
    """The workbook. Every text is a typed string, never a formula; the same report gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    looks = Looks()
    unread = sentence(N_("中途停下，还没有轮到"))
    left_out = [(one.name, str(one)) for one in report.left_out] + [(name, unread) for name in report.unread]
    for name, columns, rows in (
        (N_("汇总"), (_Column(N_("导入报告"), 80),), [(line,) for line in totals(report)]),
        (N_("文件"), _FILES, list(_file_rows(report))),
        (N_("各表"), _FORMS, [_form_row(form) for form in report.forms]),
        (N_("没有位置的文字"), _UNPLACED, list(_unplaced_rows(report))),
        (N_("请留意"), _NOTICES, list(_notice_rows(report))),
        (N_("没有读的"), _LEFT_OUT, left_out),
    ):
        _draw(book.create_sheet(sentence(name)), columns, rows, looks)
    saved = io.BytesIO()
    book.save(saved)
    return restamped(saved)


def _draw(sheet: Worksheet, columns: Sequence[_Column], rows: Sequence[Row], looks: Looks) -> None:
    for col, column in enumerate(columns, 1):
        _put(sheet, (1, col), sentence(column.words), looks, Look(_HEADING))
        sheet.column_dimensions[get_column_letter(col)].width = column.width
        for row, values in enumerate(rows, 2):
            value = values[col - 1]
            if isinstance(value, int):
                cell_at(sheet, row, col).value = value
                looks.give(cell_at(sheet, row, col), Look(_COUNT, "0"))
            else:
                look = Look(_TEXT, TEXT_FORMAT, quoted=looks_like_formula(value))
                _put(sheet, (row, col), value, looks, look)
    sheet.freeze_panes = cell_at(sheet, 2, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _put(sheet: Worksheet, at: tuple[int, int], text: str, looks: Looks, look: Look) -> None:
    cell = cell_at(sheet, *at)
    put_text(cell, text)
    looks.give(cell, look)


def _file_rows(report: Report) -> Iterator[Row]:
    for file in report.files:
        taken = sum(form.fate == "taken" for form in file.forms)
        yield file.name, len(file.forms), taken, sum(form.held for form in file.forms), file.refused
    for folder in report.folders:
        yield folder.name, 0, 0, 0, str(folder)


def _form_row(form: FormLine) -> Row:
    counts = form.counts
    complete = sentence(N_("表完整")) if form.complete else sentence(N_("表不完整"))
    return (
        form.source, form.title, str(form.fate), form.ident, form.template, form.version, form.runner_up, complete,
        counts.filled, counts.fields, counts.rows, counts.indicators, counts.different, len(form.unplaced),
        len(form.notices),
    )  # fmt: skip


def _unplaced_rows(report: Report) -> Iterator[Row]:
    for form in report.forms:
        for text in form.unplaced:
            # A text that is longer than a cell goes on in the next row.
            for start in range(0, len(text), _MOST_TEXT):
                yield form.source, form.title, text[start : start + _MOST_TEXT]


def _notice_rows(report: Report) -> Iterator[Row]:
    for form in report.forms:
        for place, text in form.notices:
            for start in range(0, len(text), _MOST_TEXT):
                yield form.source, form.title, place, text[start : start + _MOST_TEXT]
