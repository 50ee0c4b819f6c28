"""T19: the workbook of a one-page form against xlsxwriter writing the same cells."""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable

import openpyxl
import xlsxwriter

from forms.filing import Filing, TemplateRef
from forms.grid.cells import Grid, Piece
from forms.render.looks import FACES
from forms.render.xlsx import render
from forms.template.load import load
from forms.template.model import Template
from tests.forms.sample_grids import form

TEMPLATE_TEXT = """\
语法: 1
编号: bench
模板: 基准表
版本: "1"
适用: 测试
标题: 基准表
单位: 万元
期间: [年度]
字段: {甲: 文本}
列宽: [10, 20]
版式: |
  甲 | [甲]
"""
ROUNDS = 41


def peer(grid: Grid) -> bytes:
    """The same cells, merges, fonts, sizes and print set-up, as xlsxwriter is meant to be used."""
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    sheet = book.add_worksheet(grid.name)
    formats = {}
    for style in {cell.style for cell in grid.cells}:
        formats[style] = book.add_format({
            "font_name": FACES[style.face], "font_size": style.size, "align": style.align, "text_wrap": True,
            "valign": "top" if style.valign == "top" else "vcenter", "border": int(style.border),
            "rotation": 270 if style.vertical else 0, "num_format": "@",
        })  # fmt: skip
    for col, width in enumerate(grid.widths):
        sheet.set_column(col, col, width / 5.25)
    for row, height in enumerate(grid.heights):
        sheet.set_row(row, height)
    for cell in grid.cells:
        if cell.rows * cell.cols > 1:
            last = (cell.row + cell.rows - 1, cell.col + cell.cols - 1)
            sheet.merge_range(cell.row, cell.col, *last, "", formats[cell.style])
        sheet.write_string(cell.row, cell.col, cell.text, formats[cell.style])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    book.close()
    return saved.getvalue()


def ours(grid: Grid, template: Template, filing: Filing) -> Callable[[], bytes]:
    """The renderer, without the sheet 校验, which the peer does not have."""
    return lambda: render([grid], template, filing)


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def stays_text(data: bytes) -> bool:
    """Whether a 指标值 such as =100% is text in the workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return (sheet["A1"].value, sheet["A1"].data_type) == ("=100%", "s")


def main() -> None:
    """Print name | ours | peer | ratio (quartiles) | target."""
    template = load(TEMPLATE_TEXT)
    filing = Filing("0123456789abcdef", TemplateRef(template.id, template.version, template.digest))
    grid = form()
    work = ours(grid, template, filing)
    pairs = [(milliseconds(work), milliseconds(lambda: peer(grid))) for _ in range(ROUNDS)][1:]
    mine, others = (statistics.median(side) for side in zip(*pairs, strict=True))
    low, ratio, high = statistics.quantiles([one / other for one, other in pairs], n=4)
    risky = grid._replace(cells=(grid.cells[0]._replace(parts=(Piece("=100%"),)),))
    text = stays_text(render([risky], template, filing))
    name = f"T19 workbook of {len(grid.cells)} cells"
    sys.stdout.write("name | ours | peer | ratio (quartiles) | target\n")
    sys.stdout.write(f"{name} | {mine:.1f} ms | {others:.1f} ms | {ratio:.2f} ({low:.2f}-{high:.2f}) | <= 3\n")
    sys.stdout.write(f"T19 =100% stays text | {'yes' if text else 'NO'} | | | yes\n")


if __name__ == "__main__":
    main()
