"""Grids drawn as sheets of a workbook: merged cells, typed values, styles and print set-up as on the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from math import ceil
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from forms.filing import Filing
from forms.grid.cells import Cell, Grid, Piece
from forms.render.addresses import Addresses, Spot
from forms.render.looks import Look, Looks
from forms.render.typed_cells import TEXT_FORMAT, Figure, cell_at, empty_format, figure, looks_like_formula, put_text
from forms.template.model import Template

_TALLEST = 400.0  # points; Excel allows 409 for one row
_WIDTH_UNIT = 72 / 96 * 7  # points in a unit of column width: the digit 0 of the standard font, 7 pixels wide
_INCH = 72.0
_PAPERS = {"A4": 9, "A3": 8}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")
_LONGEST_TITLE = 31


class FormBook:
    """A workbook in the making; `addresses` tells where each blank went."""

    def __init__(self, template: Template, filing: Filing, code: str) -> None:
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.addresses = Addresses(template, filing)
        self._template = template
        self._code = code
        self.looks = Looks()

    def add_sheet(self, name: str) -> Worksheet:
        """A new sheet, under a title that Excel accepts and no other sheet has."""
        sheet: Worksheet = self.book.create_sheet(_title(name, self.book.sheetnames))
        return sheet

    def add_grid(self, grid: Grid) -> None:
        """Draw one grid as a sheet of its own."""
        sheet = self.add_sheet(grid.name)
        # A row taller than Excel allows becomes several, merged again by every cell in it.
        parts = [max(1, ceil(height / _TALLEST)) for height in grid.heights]
        starts = [1, *accumulate(parts, initial=1)][1:]
        for row, (height, count) in enumerate(zip(grid.heights, parts, strict=True)):
            for number in range(starts[row], starts[row] + count):
                sheet.row_dimensions[number].height = round(height / count, 2)
        for col, width in enumerate(grid.widths, 1):
            sheet.column_dimensions[get_column_letter(col)].width = round(width / _WIDTH_UNIT, 3)
        for cell in grid.cells:
            area = (starts[cell.row], cell.col + 1, starts[cell.row + cell.rows] - 1, cell.col + cell.cols)
            self._draw(sheet, cell, area)
        self.set_up_page(sheet, grid.paper.name, grid.margins, landscape=grid.paper.width > grid.paper.height)
        sheet.print_title_rows = _repeated(grid, starts)

    def set_up_page(
        self, sheet: Worksheet, paper: str, margins: tuple[float, float, float, float], *, landscape: bool
    ) -> None:
        """Fit the sheet to the width of its paper, with page numbers and the 核验码 at the foot."""
        sheet.page_setup.paperSize = _PAPERS.get(paper[:2], _PAPERS["A4"])
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sides = zip(("top", "right", "bottom", "left"), margins, strict=True)
        for side, points in sides:
            setattr(sheet.page_margins, side, round(points / _INCH, 3))
        sheet.print_options.horizontalCentered = True
        sheet.sheet_view.showGridLines = False
        foot = cast("HeaderFooterItem", sheet.HeaderFooter.oddFooter)
        foot.center.text = "第 &P 页 共 &N 页"
        foot.right.text = f"核验码 {self._code}" if self._code else None

    def put(self, cell: SheetCell, content: str | Figure, look: Look) -> None:
        """Put a text or a number into a cell; a blank text leaves it empty, with the number format of `look`."""
        if isinstance(content, Figure):
            cell.value = content.value
            look = replace(look, number_format=content.format)
        elif content.strip():
            put_text(cell, content)
            look = replace(look, number_format=TEXT_FORMAT, quoted=looks_like_formula(content))
        self.looks.give(cell, look)

    def _draw(self, sheet: Worksheet, cell: Cell, area: tuple[int, int, int, int]) -> None:
        top, left, bottom, right = area
        for row in range(top, bottom + 1):
            for col in range(left, right + 1):
                if (row, col) != (top, left):
                    self.looks.give(cell_at(sheet, row, col), Look(cell.style))
        if (top, left) != (bottom, right):
            sheet.merged_cells.ranges.add(CellRange(None, left, top, right, bottom))
        self._fill(cell_at(sheet, top, left), cell, Spot(sheet.title, top, left))

    def _fill(self, target: SheetCell, cell: Cell, spot: Spot) -> None:
        parts, indent = _without_indent(cell.parts)
        blanks = [number for number, part in enumerate(parts) if part.place and not part.tick]
        places = [part.place for part in parts if part.place]
        content: str | Figure = "".join(part.text for part in parts)
        look = Look(cell.style, indent=indent)
        field = self.addresses.field_at(places[0]) if len(blanks) == len(places) == 1 else None
        if field:
            content = figure(parts, blanks[0], field, self._template) or content
            look = replace(look, number_format=empty_format(field))
        self.put(target, content, look)
        alone = isinstance(content, Figure) or len(parts) == 1
        for place in places:
            self.addresses.put(place, spot, alone=alone and field is not None)


def _without_indent(parts: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], int]:
    """The parts without the blanks that indent a row of a hierarchy: formulas compare the bare text."""
    first = parts[0] if len(parts) > 1 else None
    if first and not first.place and not first.text.strip("　"):
        return parts[1:], len(first.text)
    return parts, 0


def _title(name: str, taken: Iterable[str]) -> str:
    """`name` as Excel allows it, told apart from the `taken` ones by a number."""
    plain = _FORBIDDEN.sub(" ", name).strip(" '")[:_LONGEST_TITLE].strip(" '") or "表"
    # Excel keeps this one for itself.
    plain = plain + "表" if plain.casefold() == "history" else plain
    used = {one.casefold() for one in taken}
    title, number = plain, 2
    while title.casefold() in used:
        mark = f"({number})"
        title, number = plain[: _LONGEST_TITLE - len(mark)] + mark, number + 1
    return title


def _repeated(grid: Grid, starts: Sequence[int]) -> str | None:
    """The rows Excel prints again on every page: the first unbroken run of the heads, for it takes only one."""
    rows = sorted({row for head in grid.heads for row in head.rows})
    if not rows:
        return None
    last = next((row for row, after in pairwise(rows) if after != row + 1), rows[-1])
    return f"{starts[rows[0]]}:{starts[last + 1] - 1}"
