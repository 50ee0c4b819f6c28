"""Read the sheets of a .xlsx: one table a sheet, the text of each cell as Excel shows it, merged cells once."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from forms.errors import SourceRefused
from forms.importers.characters import plain
from forms.importers.prescan import DAMAGED, prescan
from forms.importers.shown import CHINESE_FORMATS, shown
from forms.importers.source import Source, SourceCell, SourceRow
from forms.language import N_

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NAMED = 5  # cells named in one notice
_WIDEST = 50  # a merge that reaches farther right than this and than all text is a whole row selected by hand
_HIDDEN_SHEET = N_("工作表“{sheet}”是隐藏的，其内容也已读入。")
_HIDDEN_LINES = N_("工作表“{sheet}”有隐藏的行或列，其内容也已读入。")
_COMMENTS = N_("工作表“{sheet}”有批注，没有读入。")
_UNVALUED = N_("公式没有存下结果，读作空白：{cells}。请用 WPS 或 Excel 打开文件保存一次再导入。")
_ERRORS = N_("公式出错，按原样读入：{cells}。请核对。")
_BURIED = N_("合并单元格遮住了文字，已并入合并后的单元格：{cells}。请核对。")
_ROUNDED = N_("单元格显示的数字比实际存的短，按显示的读入：{cells}。请核对。")
_PLAIN = N_("单元格的数字格式无法识别，按实际存的数读入：{cells}。请核对。")

Place = tuple[int, int]  # row and column, from 1


def read(data: bytes) -> Source:
    """Read the bytes of a .xlsx. Raises SourceRefused when it is hostile, damaged or no workbook."""
    look = prescan(data, "xlsx")
    book = _open(data)
    if not book.worksheets:
        raise SourceRefused(DAMAGED)
    reader = _Reader(alone=len(book.worksheets) == 1, buried=_streamed(data) if look.buried else {})
    blocks = [row for number, sheet in enumerate(book.worksheets, start=1) for row in reader.rows(sheet, number)]
    if look.unvalued:
        reader.compare(book, _open(data, values=False))
    return Source("xlsx", [*blocks], reader.notices())


def _open(data: bytes, *, values: bool = True, streaming: bool = False) -> Workbook:
    import openpyxl  # noqa: PLC0415 — slow to import; only the process that reads workbooks needs it
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 — as above

    assert openpyxl.DEFUSEDXML, "openpyxl is installed without defusedxml"  # noqa: S101 — a broken installation
    BUILTIN_FORMATS.update(CHINESE_FORMATS)
    try:
        with warnings.catch_warnings(action="ignore"):  # about drawings and styles that are not read here
            return openpyxl.load_workbook(BytesIO(data), data_only=values, keep_links=False, read_only=streaming)
    except (LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise SourceRefused(DAMAGED) from error  # what openpyxl raises for markup that is no workbook


def _streamed(data: bytes) -> dict[str, dict[Place, str]]:
    """The text of every cell by sheet; unlike a workbook loaded whole, it has what merged cells cover."""
    texts: dict[str, dict[Place, str]] = {}
    for sheet in _open(data, streaming=True).worksheets:
        sheet.reset_dimensions()  # the size that a streamed sheet claims need not be true
        cells = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
        texts[sheet.title] = {(cell.row, cell.column): shown(cell.value, cell.number_format).text for cell in cells}
    return texts


class _Merges:
    """The merged ranges of a sheet: the spans of their first cells, and the places they cover."""

    def __init__(self, sheet: Worksheet, last_row: int, last_column: int) -> None:
        ranges = [merged.bounds for merged in sheet.merged_cells.ranges]
        self.right = max([last_column, *(min(right, _WIDEST) for _, _, right, _ in ranges)])
        self.spans: dict[Place, Place] = {}
        self.covered: dict[Place, int] = {}  # the columns of a lower cell; 0 to the right of any
        for left, top, right, bottom in ranges:
            cols, rows = min(right, self.right) - left + 1, min(bottom, last_row) - top + 1
            if cols < 1 or rows < 1:
                continue
            self.spans[top, left] = rows, cols
            for row in range(top, top + rows):
                self.covered.update({(row, col): 0 for col in range(left + 1, left + cols)})
                if row > top:
                    self.covered[row, left] = cols


class _Reader:
    """Reads sheet after sheet and collects, over all of them, what there is to say."""

    def __init__(self, *, alone: bool, buried: dict[str, dict[Place, str]]) -> None:
        self._alone = alone
        self._buried = buried
        self._sheets: list[tuple[str, dict[str, str]]] = []
        self._cells: dict[str, list[str]] = {}

    def rows(self, sheet: Worksheet, table: int) -> Iterator[SourceRow]:
        """The rows of `sheet` that hold anything, each with all its visible cells up to the last used column."""
        texts = self._texts(sheet)
        if not texts:
            return
        self._tell_about(sheet)
        last_row, last_column = (max(place[axis] for place in texts) for axis in (0, 1))
        merges = _Merges(sheet, last_row, last_column)
        held = {row for row, _ in texts} | {row for (row, _), below in merges.covered.items() if below}
        for row in sorted(held):
            cells = [self._cell(sheet, (row, col), texts, merges) for col in range(1, merges.right + 1)]
            yield SourceRow([cell for cell in cells if cell], table, row)

    def _cell(self, sheet: Worksheet, place: Place, texts: dict[Place, str], merges: _Merges) -> SourceCell | None:
        address = self._address(sheet, place)
        col = place[1] - 1
        below = merges.covered.get(place)
        if below is not None:
            return SourceCell("", col, below, 1, covered=True, address=address) if below else None
        rows, cols = merges.spans.get(place, (1, 1))
        text = texts.get(place, "")
        indent = int(sheet._cells[place].alignment.indent) if text and place in sheet._cells else 0  # noqa: SLF001 — as above
        return SourceCell(text, col, cols, rows, address=address, indent=indent)

    def _texts(self, sheet: Worksheet) -> dict[Place, str]:
        texts = {}
        strange: set[str] = set()
        for place, cell in sheet._cells.items():  # noqa: SLF001 — the public iterators visit every empty place too
            shape = shown(cell.value, cell.number_format)
            text = plain(shape.text)
            if not text.strip():
                continue
            texts[place] = text
            if cell.data_type == "e":
                self._note(_ERRORS, f"{self._address(sheet, place)} {text}")
            if shape.full:
                self._note(_ROUNDED, f"{self._address(sheet, place)} {text}（{shape.full}）")
            if not shape.understood and cell.number_format not in strange:
                strange.add(cell.number_format)  # the first cell of each format stands for all
                self._note(_PLAIN, f"{self._address(sheet, place)} {text}")
        self._unbury(sheet, texts)
        return texts

    def _unbury(self, sheet: Worksheet, texts: dict[Place, str]) -> None:
        hidden = self._buried.get(sheet.title, {})
        for merged in sheet.merged_cells.ranges if hidden else ():
            first, *covered = merged.cells
            lines = [plain(hidden[place]) for place in covered if hidden.get(place, "").strip()]
            if lines:
                texts[first] = "\n".join([texts[first], *lines] if first in texts else lines)
                self._note(_BURIED, self._address(sheet, first))

    def _tell_about(self, sheet: Worksheet) -> None:
        name = {"sheet": sheet.title}
        if sheet.sheet_state != "visible":
            self._sheets.append((_HIDDEN_SHEET, name))
        if any(line.hidden for lines in (sheet.row_dimensions, sheet.column_dimensions) for line in lines.values()):
            self._sheets.append((_HIDDEN_LINES, name))
        if any(cell.comment for cell in sheet._cells.values()):  # noqa: SLF001 — as in _texts
            self._sheets.append((_COMMENTS, name))

    def compare(self, values: Workbook, formulas: Workbook) -> None:
        """Note the cells that hold a formula and no stored value."""
        for sheet in formulas.worksheets:
            stored = values[sheet.title]._cells  # noqa: SLF001 — as in _texts
            for place, cell in sheet._cells.items():  # noqa: SLF001 — as in _texts
                if cell.data_type == "f" and stored[place].value is None:
                    self._note(_UNVALUED, self._address(sheet, place))

    def notices(self) -> list[tuple[str, dict[str, str]]]:
        """What there is to say; of many cells the first are named and the rest counted."""
        told = list(self._sheets)
        for message, cells in self._cells.items():
            rest = f"…（{len(cells)}）" if len(cells) > _NAMED else ""
            told.append((message, {"cells": "、".join(cells[:_NAMED]) + rest}))
        return told

    def _note(self, message: str, cell: str) -> None:
        self._cells.setdefault(message, []).append(cell)

    def _address(self, sheet: Worksheet, place: Place) -> str:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 — see _open

        cell = f"{get_column_letter(place[1])}{place[0]}"
        return cell if self._alone else f"{sheet.title}!{cell}"
