"""A template as a workbook: sheet 版式 is the blank form itself, the other sheets are lists."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from forms.authoring.cells import drawn, plainly, spelt
from forms.authoring.lists import DRAWING, HEADINGS, HELP, LISTED, NOTATION, OPEN_ENDED, TEXTUAL, Listing, listings
from forms.errors import ExportRefused
from forms.language import N_, sentence
from forms.template.comments import comments
from forms.template.model import Template
from forms.template.sheets import SHEET_KEYS
from forms.template.spelling import split_bars
from forms.template.tree import Faults, Items, Map, Node, Text, parse
from forms.template.writing import places

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FURNITURE_ABOVE = ("名", "纸张", "每页")
_LONGEST = 32_767  # characters Excel keeps in one cell
_FORM_WIDTH = 92.0  # characters over which the columns of a drawing are spread
_WIDEST_LIST = 60
_LINE, _HIGHEST = 15.0, 400.0  # points
_Merge = tuple[int, int, int, int]


def render(template: Template) -> bytes:
    """The workbook of a template; the same template gives the same bytes. ExportRefused where a text fits no cell."""
    import openpyxl  # noqa: PLC0415 — slow to import; only who asks for a workbook needs it

    from forms.render.xlsx import restamped  # noqa: PLC0415 — as above

    root = parse(template.text, Faults())
    assert root is not None  # noqa: S101 — the text of a template that was loaded
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    writer = _Writer(book)
    for number, (page, sheet) in enumerate(zip(_pages(root), template.sheets, strict=True), 1):
        name = DRAWING if len(template.sheets) == 1 else f"{DRAWING}{number}"
        writer.add_drawing(name, page, sheet.widths)
    for listing in listings(root, comments(template.text, root)):
        writer.add_listing(listing)
    writer.add_notation()
    saved = io.BytesIO()
    book.save(saved)
    return restamped(saved)


def _pages(root: Map) -> list[Map]:
    """What each drawing is made of: the pages, or the keys of the only one, which has no name."""
    node = root.get("页")
    if isinstance(node, Items):
        return [page for page in node.items if isinstance(page, Map)]
    own = {key: value for key, value in root if key in SHEET_KEYS}
    return [Map(own, {key: root.lines[key] for key in own}, root.line)]


class _Writer:
    """Fills an openpyxl workbook; every cell is a typed string, never a number or a formula."""

    def __init__(self, book: Workbook) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415 — see render
        from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 — see render

        self._book = book
        self._fit = PageSetupProperties(fitToPage=True)
        side = Side(style="thin")
        self._border = Border(left=side, right=side, top=side, bottom=side)
        self._fill = PatternFill("solid", fgColor="FFE8EEF4")
        self._margin, self._blank = Font(name="宋体", size=9, color="FF7A8794"), Font(name="宋体", color="FF1F5FA8")
        self._words, self._bold = Font(name="宋体"), Font(name="宋体", bold=True)
        self._title = Font(name="黑体", size=14)
        self._middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._left = Alignment(vertical="center", wrap_text=True)
        self._right = Alignment(horizontal="right", vertical="center", wrap_text=True)

    def put(self, sheet: Worksheet, row: int, col: int, text: str) -> None:
        """Write `text`, which Excel must not take for a number or a formula. ExportRefused where it is too long."""
        if len(text) > _LONGEST:
            message = N_("“{name}”第 {row} 行有一段文字超过 {most} 字，Excel 的一格放不下；请在表样文件里直接改。")
            raise ExportRefused(message, name=sheet.title, row=row, most=_LONGEST)
        cell = sheet.cell(row, col)
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"
        cell.font, cell.alignment = self._words, self._left

    def _column(self, sheet: Worksheet, letter: str, width: float) -> None:
        """Set the width of a column; what a person types into its empty cells is text, too (2022.10, =档案.电话)."""
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = "@"

    def add_listing(self, listing: Listing) -> None:
        """Add a list with its headings."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 — see render

        sheet = self._book.create_sheet(listing.name)
        for row, line in enumerate((listing.headings, *listing.rows), 1):
            for col, text in enumerate(line, 1):
                if text:
                    self.put(sheet, row, col, text)
        for col in range(1, len(listing.headings) + 1):
            sheet.cell(1, col).font, sheet.cell(1, col).fill = self._bold, self._fill
        sheet.freeze_panes = "A2"
        longest = max((len(row) for row in listing.rows), default=0)
        for col in range(1, max(longest, len(listing.headings)) + 1):
            texts = [row[col - 1] for row in (listing.headings, *listing.rows) if len(row) >= col]
            widest = max(places(line) for text in texts for line in text.split("\n"))
            self._column(sheet, get_column_letter(col), min(max(widest + 2, 10), _WIDEST_LIST))

    def add_notation(self) -> None:
        """Add the sheet that says how the others are written."""
        sheet = self._book.create_sheet(HELP)
        for row, message in enumerate(NOTATION, 1):
            self.put(sheet, row, 1, sentence(message))
        sheet.column_dimensions["A"].width = 110

    def add_drawing(self, name: str, page: Map, weights: Sequence[float]) -> None:
        """Add a sheet that is the blank form, with the words of its margin in the first column."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 — see render

        sheet = self._book.create_sheet(name)
        widths = list(_texts(page.get("列宽")))
        total = sum(weights)
        sheet.column_dimensions["A"].width = 8
        for col, weight in enumerate(weights, 2):
            self._column(sheet, get_column_letter(col), max(weight / total * _FORM_WIDTH, 4))
        row = 1
        for key, texts in _furniture(page, widths):
            row = self._line(sheet, row, key, texts, len(widths))
        row = self._grid(sheet, row, page.get("版式"), len(widths))
        for key in ("注", "落款"):
            for text in _several(page.get(key)):
                row = self._line(sheet, row, key, [text], len(widths))
        self._heighten(sheet)
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = self._fit

    def _heighten(self, sheet: Worksheet) -> None:
        """Give each row the height its texts need: Excel measures no merged cell."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 — see render

        spans = {merged.bounds[:2]: merged.bounds[2:] for merged in sheet.merged_cells.ranges}
        for row in range(1, sheet.max_row + 1):
            lines = 1
            for col in range(2, sheet.max_column + 1):
                right, bottom = spans.get((col, row), (col, row))
                text = sheet.cell(row, col).value
                if isinstance(text, str) and bottom == row:
                    width = sum(sheet.column_dimensions[get_column_letter(one)].width for one in range(col, right + 1))
                    lines = max(lines, sum(1 + max(places(line) - 1, 0) // int(width - 1) for line in text.split("\n")))
            if sheet.row_dimensions[row].height is None:
                sheet.row_dimensions[row].height = min(_LINE * lines + 3, _HIGHEST)

    def _line(self, sheet: Worksheet, row: int, key: str, texts: list[str], columns: int) -> int:
        """One line of what stands around the drawing; a single text goes over the whole width."""
        self.put(sheet, row, 1, key)
        sheet.cell(row, 1).font = self._margin
        for col, text in enumerate(texts, 2):
            self.put(sheet, row, col, text)
            sheet.cell(row, col).font = self._margin if key in (*FURNITURE_ABOVE, "列宽") else self._words
        if len(texts) == 1 and columns > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=columns + 1)
        if key == "标题":
            sheet.cell(row, 2).font, sheet.cell(row, 2).alignment = self._title, self._middle
            sheet.row_dimensions[row].height = 20.0 * (1 + texts[0].count("\n")) + 8
        elif key == "抬头右":
            sheet.cell(row, 2).alignment = self._right
        return row + 1

    def _grid(self, sheet: Worksheet, top: int, node: Node | None, columns: int) -> int:
        tokens = _tokens(node, columns)
        for number, line in enumerate(tokens):
            self.put(sheet, top + number, 1, DRAWING if not number else str(number + 1))
            sheet.cell(top + number, 1).font = self._margin
            for col in range(columns):
                sheet.cell(top + number, col + 2).border = self._border
                if line[col] not in ("", "<", "^"):
                    self._cell(sheet, top + number, col + 2, line[col])
        for row, col, bottom, right in merges(tokens):
            sheet.merge_cells(start_row=top + row, start_column=col + 2, end_row=top + bottom, end_column=right + 2)
        return top + len(tokens)

    def _cell(self, sheet: Worksheet, row: int, col: int, token: str) -> None:
        self.put(sheet, row, col, drawn(token))
        cell = sheet.cell(row, col)
        if "[" in token or token.startswith("@"):
            cell.font = self._blank
        elif token.startswith("# "):
            cell.font = self._bold
        else:
            cell.fill, cell.alignment = self._fill, self._middle


def _furniture(page: Map, widths: list[str]) -> Iterator[tuple[str, list[str]]]:
    """What stands above a drawing, in the order of the paper; keys unknown here come first, as they are."""
    head = page.get("抬头")
    sides = head if isinstance(head, Map) else Map({}, {}, 0)
    for key in (*FURNITURE_ABOVE, *(key for key in page.entries if key not in ("名", *SHEET_KEYS))):
        node = page.get(key)
        if node is not None:
            yield key, list(_several(node)) if key in LISTED else [spelt(node)]
    for key, node in (("抬头左", sides.get("左")), ("标题", page.get("标题")), ("抬头右", sides.get("右"))):
        if isinstance(node, Text):
            yield key, [plainly(node.text)]
    yield "列宽", widths


def _texts(node: Node | None) -> Iterator[str]:
    for item in node.items if isinstance(node, Items) else ((node,) if node is not None else ()):
        if isinstance(item, Text):
            yield item.text.strip()


def _several(node: Node | None) -> Iterator[str]:
    for item in node.items if isinstance(node, Items) else ((node,) if node is not None else ()):
        if isinstance(item, Text):
            yield plainly(item.text)


def _tokens(node: Node | None, columns: int) -> list[list[str]]:
    """The tokens of a drawing, row by row, short lines filled up as they are read."""
    lines = [line for line in (node.text if isinstance(node, Text) else "").split("\n") if line.strip()]
    rows = [[line.strip()] if re.match(r"\s*# ", line) else split_bars(line) for line in lines]
    return [row + ["<"] * (columns - len(row)) for row in rows]


def merges(rows: list[list[str]]) -> Iterator[_Merge]:
    """The merged cells of a sound drawing: first row and column, last row and column, from 0."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, tokens in enumerate(rows):
        for col, token in enumerate(tokens):
            at = {"<": owners.get((row, col - 1)), "^": owners.get((row - 1, col))}.get(token)
            owners[row, col] = at or (row, col)
    last = {owner: place for place, owner in owners.items()}
    for (row, col), (bottom, right) in last.items():
        if (row, col) != (bottom, right):
            yield row, col, bottom, right


__all__ = ["DRAWING", "HEADINGS", "OPEN_ENDED", "TEXTUAL", "merges", "render"]
