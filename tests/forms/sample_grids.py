"""Filled and measured grids of any shape, for the tests and benchmarks of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from forms.grid.cells import Cell, Grid, Head, Piece, Style
from forms.typeset.fonts import faces
from forms.typeset.linebreak import wrap
from forms.typeset.papers import Paper

A4 = Paper("A4", 595.28, 841.89)
MARGINS = (56.0, 51.0, 56.0, 51.0)
PADDING, LEADING = 4.0, 1.35

LABEL = Style("center")
UPRIGHT = Style("center", vertical=True)
VALUE = Style()
CENTRED = Style("center")
TITLE = Style("center", face="heading", size=16.0, border=False)

Kind = Literal["title", "furniture", "label", "blank", "note"]


@dataclass(frozen=True)
class Drawn:
    """A cell before it is measured."""

    row: int
    col: int
    text: str
    kind: Kind = "blank"
    rows: int = 1
    cols: int = 1
    style: Style = VALUE


@dataclass
class Drawing:
    """Cells to be measured together."""

    widths: Sequence[float]
    cells: list[Drawn] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    def add(
        self, row: int, col: int, text: str, kind: Kind = "blank", *, rows: int = 1, cols: int = 1, style: Style = VALUE
    ) -> None:
        self.cells.append(Drawn(row, col, text, kind, rows, cols, style))

    def grid(self, paper: Paper = A4) -> Grid:
        """Wrap every cell and make each row, or the last of a spanning cell's rows, as high as the lines need."""
        cells = tuple(self._cell(drawn) for drawn in self.cells)
        heights = [24.0] * max((one.row + one.rows for one in cells), default=0)
        for one in sorted(cells, key=lambda cell: (cell.rows, cell.row)):
            needed = len(one.lines) * one.style.size * LEADING + 2 * PADDING
            last = one.row + one.rows - 1
            heights[last] += max(0.0, needed - sum(heights[one.row : last + 1]))
        return Grid(
            "表一", paper, MARGINS, tuple(self.widths), tuple(heights), cells, tuple(self.heads), PADDING, LEADING
        )

    def _cell(self, drawn: Drawn) -> Cell:
        style = drawn.style
        room = sum(self.widths[drawn.col : drawn.col + drawn.cols]) - 2 * PADDING
        lines = tuple(drawn.text) if style.vertical else wrap(drawn.text, room, style.size, faces()[style.face])
        parts = (Piece(drawn.text),)
        return Cell(drawn.row, drawn.col, drawn.rows, drawn.cols, drawn.kind, parts, lines, style)


def form(repeats: int = 1) -> Grid:
    """A one-page form of some 60 cells with a title, fields, and a tree of indicators under vertical labels."""
    drawing = Drawing((30.0, 30.0, 92.0, 190.0, 151.0))
    drawing.add(0, 0, "3、区域绩效目标申报表（㴋水县）", "title", cols=5, style=TITLE)
    drawing.add(1, 0, "单位：万元", "furniture", cols=5, style=Style("right", border=False))
    fields = (
        ("项目名称", "城乡居民基本医疗保险财政补助资金"),
        ("资金类型", "☑省级财政专项资金  ☐中央转移支付资金  ☐其他资金"),
        ("资金需求", "1,354.00万元"),
        (
            "总体目标",
            "目标1：按时足额拨付补助资金，参保率稳定在95%以上；\n目标2：“三保”支出（含往年结转）不留缺口。" * 2,
        ),
    )
    for row, (label, text) in enumerate(fields, 2):
        drawing.add(row, 0, label, "label", cols=2, style=LABEL)
        drawing.add(row, 2, text, cols=3)
    for row, department in enumerate(("省级主管部门", "地方主管部门"), 6):
        drawing.add(row, 0, department, "label", cols=2, style=LABEL)
        drawing.add(row, 2, "医疗保障局（𬭎水）", style=CENTRED)
        drawing.add(row, 3, "联系电话", "label", style=LABEL)
        drawing.add(row, 4, "0757-8888-0448", style=CENTRED)
    _tree(drawing, 8, repeats)
    return drawing.grid()


def _tree(drawing: Drawing, top: int, repeats: int) -> None:
    limbs = ("产出指标", "效益指标", "满意度指标")
    branches = ("数量指标", "质量指标", "时效指标", "成本指标")
    rows = len(limbs) * len(branches) * repeats
    drawing.add(top, 0, "绩效指标（年度）", "label", rows=rows + 1, style=UPRIGHT)
    for col, label in enumerate(("一级", "二级指标", "三级指标", "指标值"), 1):
        drawing.add(top, col, label, "label", style=LABEL)
    drawing.heads.append(Head(range(top, top + 1), range(top + 1, top + 1 + rows)))
    row = top + 1
    for limb in limbs:
        drawing.add(row, 1, limb, "label", rows=len(branches) * repeats, style=UPRIGHT)
        for branch in branches:
            drawing.add(row, 2, branch, "label", rows=repeats, style=LABEL)
            for number in range(repeats):
                drawing.add(row, 3, f"困难群众救助对象认定及补助发放准确情况{number}（含动态调整）")
                drawing.add(row, 4, f"≥{90 + number % 10}%", style=CENTRED)
                row += 1


def table(rows: int = 100, columns: int = 6) -> Grid:
    """A plain table of `rows` by `columns` under a heading, some 27 characters a cell."""
    drawing = Drawing((493.0 / columns,) * columns)
    drawing.heads.append(Head(range(1), range(1, rows + 1)))
    for column in range(columns):
        drawing.add(0, column, f"第{column + 1}栏", "label", style=LABEL)
    text = "对经济社会发展重点领域和薄弱环节的支持力度（万元），占比不低于95.5%"
    for row, start in zip(range(1, rows + 1), accumulate([7] * rows), strict=True):
        for column in range(columns):
            turn = (start + 5 * column) % 20
            drawing.add(row, column, f"{text[turn:]}{text[:turn]}"[: 20 + (row + column) % 14])
    return drawing.grid()
