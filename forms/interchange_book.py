"""An interchange file as a workbook: one sheet a table of the system, one of the filings, one of what is left over."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from forms.grid.cells import Style
from forms.importers.reading import read
from forms.importers.source import SourceRow
from forms.interchange_data import FORMAT, OURS, Dataset, Portion, dataset_of
from forms.mapping.model import System, SystemColumn
from forms.render.looks import Look, Looks
from forms.render.typed_cells import TEXT_FORMAT, cell_at, looks_like_formula, put_text
from forms.render.xlsx import restamped

_FILINGS, _REST = "填报", "其他内容"
_FILING_COLUMNS = {
    "id": "填报编号", "template": "表样", "version": "版本", "digest": "表样摘要", "year": "年度", "unit": "单位名称",
    "region": "所在地区", "code": "单位代码",
}  # fmt: skip
_REST_COLUMNS = {
    "filing": "填报编号", "block": "表或指标", "row": "行", "label": "行名", "level1": "一级指标", "level2": "二级指标",
    "column": "栏目", "text": "内容",
}  # fmt: skip
_HEADING_ROWS = 2
_WIDEST, _NARROWEST = 48, 10  # characters
_HEADING, _TEXT = Style("center", face="heading"), Style("left", valign="top")
# Only a number that is written just so comes back from a numeric cell as it was.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.(\d+))?", re.ASCII)
_EXACT_DIGITS = 15

Rows = list[dict[str, str]]


def to_workbook(found: Dataset, system: System) -> bytes:
    """The workbook; the first row of a sheet names the columns (* is required), the second is for programs.

    The same filings give the same bytes. Numbers of the system are numeric cells, everything else is text.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    looks = Looks()
    for name, rows in found.tables.items():
        _draw(book.create_sheet(name), list(system.tables[name].columns.values()), rows, looks)
    for name, columns, rows in (
        (_FILINGS, _FILING_COLUMNS, [_filing_row(one) for one in found.portions]),
        (_REST, _REST_COLUMNS, [row for one in found.portions for row in _rest_rows(one)]),
    ):
        _draw(book.create_sheet(name), [SystemColumn(*column) for column in columns.items()], rows, looks)
    saved = io.BytesIO()
    book.save(saved)
    return restamped(saved)


def _draw(sheet: Worksheet, columns: Sequence[SystemColumn], rows: Rows, looks: Looks) -> None:
    for col, column in enumerate(columns, 1):
        for row, text in enumerate(("*" * column.required + column.label, column.name), 1):
            put_text(cell_at(sheet, row, col), text)
            looks.give(cell_at(sheet, row, col), Look(_HEADING))
        longest = max((len(line) for one in rows for line in one.get(column.name, "").split("\n")), default=0)
        width = min(max(2 * len(column.label), longest, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(col)].width = width + 2
        for row, one in enumerate(rows, _HEADING_ROWS + 1):
            _put(cell_at(sheet, row, col), column, one.get(column.name, ""), looks)
    sheet.freeze_panes = cell_at(sheet, _HEADING_ROWS + 1, 1)


def _put(cell: Cell, column: SystemColumn, text: str, looks: Looks) -> None:
    found = _NUMBER.fullmatch(text) if column.digits else None
    if found and sum(map(str.isdecimal, text)) <= _EXACT_DIGITS:
        cell.value = Decimal(text)
        looks.give(cell, Look(_TEXT, "0." + "0" * len(found[1]) if found[1] else "0"))
        return
    put_text(cell, text)
    looks.give(cell, Look(_TEXT, TEXT_FORMAT, quoted=looks_like_formula(text)))


def _filing_row(one: Portion) -> dict[str, str]:
    template, unit = one.template, one.unit
    texts = (one.id, template.id, template.version, template.digest, one.year, unit.name, unit.region, unit.code)
    return dict(zip(_FILING_COLUMNS, texts, strict=True))


def _rest_rows(one: Portion) -> Iterator[dict[str, str]]:
    for rest in one.rest:
        texts = (one.id, rest.block, rest.row, rest.label, rest.level1, rest.level2, rest.column, rest.text)
        yield dict(zip(_REST_COLUMNS, texts, strict=True))


def read_workbook(path: Path) -> Dataset:
    """A workbook written by `to_workbook`, read in another process as every workbook is. Raises SourceRefused."""
    sheets: dict[str, Rows] = {}
    names: dict[str, dict[int, str]] = {}
    for line in read(path).blocks:
        if isinstance(line, SourceRow) and line.cells:
            sheet = line.cells[0].address.rpartition("!")[0]
            texts = {cell.col: cell.text for cell in line.cells if cell.text}
            if line.row == _HEADING_ROWS:
                names[sheet], sheets[sheet] = texts, []
            elif line.row > _HEADING_ROWS and sheet in names:
                known = names[sheet]
                sheets[sheet].append({known[col]: text for col, text in texts.items() if col in known})
    rest: dict[str, Rows] = defaultdict(list)
    for row in sheets.pop(_REST, []):
        rest[row.pop("filing", "")].append(row)
    portions = [_portion(one, rest[one.get("id", "")]) for one in sheets.pop(_FILINGS, [])]
    years = {str(one["year"]) for one in portions}
    tree: dict[str, object] = {"year": years.pop() if len(years) == 1 else "", **sheets}
    if portions:
        tree[OURS] = {"format": FORMAT, "filings": portions}
    return dataset_of(tree, path.name)


def _portion(one: Mapping[str, str], rest: Rows) -> dict[str, object]:
    said = {name: one.get(name, "") for name in _FILING_COLUMNS}
    return {
        "id": said["id"],
        "template": {"id": said["template"], "version": said["version"], "digest": said["digest"]},
        "year": said["year"],
        "unit": {"name": said["unit"], "region": said["region"], "code": said["code"]},
        "rest": rest,
    }
