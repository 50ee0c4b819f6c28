"""Writes tables as a workbook, a form on each sheet; labels merged over the rows and columns they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from .archive import HEAD, OFFICE, escaped, pack, package, relations
from .drawing import Table

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "officedocument.spreadsheetml"
_TITLE, _CELL, _PROSE = 1, 2, 3  # places in cellXfs
_POINTS = 15  # height of a line


def write(tables: Sequence[Table]) -> bytes:
    """The .xlsx of `tables`; texts are inline, and every amount is a text as it was typed."""
    files = {f"xl/worksheets/sheet{number}.xml": _sheet(table) for number, table in enumerate(tables, 1)}
    types = dict.fromkeys(files, f"{_KIND}.worksheet+xml") | {"xl/styles.xml": f"{_KIND}.styles+xml"}
    parts = package("xl/workbook.xml", f"{_KIND}.sheet.main+xml", tables[0].title, types)
    sheets = "".join(
        f'<sheet name="{escaped(table.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, table in enumerate(tables, 1)
    )
    parts["xl/workbook.xml"] = (
        f'{HEAD}<workbook xmlns="{_S}" xmlns:r="{OFFICE}/relationships"><sheets>{sheets}</sheets></workbook>'
    )
    targets = {name.removeprefix("xl/"): "worksheet" for name in files}
    parts["xl/_rels/workbook.xml.rels"] = relations(targets | {"styles.xml": "styles"})
    parts["xl/styles.xml"] = _styles()
    return pack(parts | files)


def _sheet(table: Table) -> str:
    last = _letter(len(table.widths) - 1)
    rows = [f'<row r="1" ht="30" customHeight="1">{_written("A1", table.title, _TITLE)}</row>']
    merges = [f"A1:{last}1"]
    for number, row in enumerate(table.rows, 2):
        at, cells, lines = 0, [], 1
        for cell in row:
            style = _PROSE if cell.prose else _CELL
            width = 2 * sum(table.widths[at : at + cell.cols])
            if cell.rows < 2:  # an upright label may run over: the rows it stands beside are its room
                lines = max(lines, sum(1 + 2 * len(line) // width for line in cell.lines))
            cells.append(_written(f"{_letter(at)}{number}", cell.text, style))
            cells.extend(_written(f"{_letter(at + more)}{number}", "", style) for more in range(1, cell.cols))
            if cell.rows and cell.cols * cell.rows > 1:
                merges.append(f"{_letter(at)}{number}:{_letter(at + cell.cols - 1)}{number + cell.rows - 1}")
            at += cell.cols
        rows.append(f'<row r="{number}" ht="{_POINTS * (lines + 1)}" customHeight="1">{"".join(cells)}</row>')
    columns = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(table.widths, 1))
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    return (
        f'{HEAD}<worksheet xmlns="{_S}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><cols>{columns}</cols>'
        f'<sheetData>{"".join(rows)}</sheetData><mergeCells count="{len(merges)}">{merged}</mergeCells>'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" fitToHeight="1"/></worksheet>'
    )


def _written(address: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{address}" s="{style}"/>'
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def _letter(index: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]


def _styles() -> str:
    edges = "".join(f'<{edge} style="thin"><color auto="1"/></{edge}>' for edge in ("left", "right", "top", "bottom"))
    plain, bold = '<font><sz val="11"/><name val="宋体"/></font>', '<font><b/><sz val="16"/><name val="宋体"/></font>'
    fills = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    look = '<xf numFmtId="0" fontId="{0}" fillId="0" borderId="{1}" xfId="0" applyAlignment="1">{2}</xf>'
    middle = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    looks = [look.format(0, 0, ""), look.format(1, 0, middle), look.format(0, 1, middle),
             look.format(0, 1, '<alignment vertical="center" wrapText="1"/>')]  # fmt: skip
    return (
        f'{HEAD}<styleSheet xmlns="{_S}"><fonts count="2">{plain}{bold}</fonts><fills count="2">{fills}</fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{edges}<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(looks)}">{"".join(looks)}</cellXfs></styleSheet>'
    )
