"""Writes tables as a Word document: merged cells, upright labels, a form on each page."""

from __future__ import annotations

from collections.abc import Sequence

from .archive import HEAD, escaped, pack, package, relations
from .drawing import Cell, Table

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "officedocument.wordprocessingml"
_PAGE = (11906, 16838)  # A4 in twentieths of a point
_MARGIN = 1134
_FEW = 2  # lines above a form: its annex number and its title; where there are more they are a text


def write(tables: Sequence[Table]) -> bytes:
    """The .docx of `tables`. A landscape table has a section of its own."""
    body = []
    for number, table in enumerate(tables):
        last = number == len(tables) - 1
        turned = not last and table.landscape != tables[number + 1].landscape
        body.append(_heads(table, new_page=number > 0 and tables[number - 1].landscape == table.landscape))
        body.append(_table(table))
        if last:
            body.append(_section(landscape=table.landscape))
        elif turned:
            body.append(f"<w:p><w:pPr>{_section(landscape=table.landscape)}</w:pPr></w:p>")
    parts = package("word/document.xml", f"{_KIND}.document.main+xml", tables[0].title,
                    {"word/styles.xml": f"{_KIND}.styles+xml"})  # fmt: skip
    parts["word/document.xml"] = f'{HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>'
    parts["word/_rels/document.xml.rels"] = relations({"styles.xml": "styles"})
    parts["word/styles.xml"] = _styles()
    return pack(parts)


def _heads(table: Table, *, new_page: bool) -> str:
    """The lines above a form; a document's words before its first form have a page, and a heading, of their own."""
    narrative = len(table.heads) > _FEW
    pieces = []
    for number, text in enumerate(table.heads):
        title = text is table.title
        settings = "<w:pageBreakBefore/>" if (title and narrative) or (new_page and number == 0) else ""
        if title or (narrative and number == 0):
            settings += '<w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>'
            pieces.append(_paragraph(text, settings, 32, bold=True))
            continue
        indent = '<w:ind w:firstLine="480"/>' if text.endswith("。") else ""
        pieces.append(_paragraph(text, f'{settings}<w:spacing w:line="400" w:lineRule="exact"/>{indent}', 24))
    return "".join(pieces)


def _table(table: Table) -> str:
    room = _PAGE[1 if table.landscape else 0] - 2 * _MARGIN
    widths = [room * one // sum(table.widths) for one in table.widths]
    size = 16 if table.landscape else 21
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    rows = []
    for row in table.rows:
        at, cells = 0, []
        for cell in row:
            cells.append(_cell(cell, sum(widths[at : at + cell.cols]), size))
            at += cell.cols
        rows.append(f'<w:tr><w:trPr><w:trHeight w:val="420"/></w:trPr>{"".join(cells)}</w:tr>')
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(cell: Cell, width: int, size: int) -> str:
    merged = {0: "<w:vMerge/>", 1: ""}.get(cell.rows, '<w:vMerge w:val="restart"/>')
    span = f'<w:gridSpan w:val="{cell.cols}"/>' if cell.cols > 1 else ""
    where = "" if cell.prose else '<w:jc w:val="center"/>'
    text = "".join(_paragraph(line, where, size) for line in cell.lines)
    settings = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{text}</w:tc>"


def _paragraph(text: str, settings: str, size: int, *, bold: bool = False) -> str:
    look = f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr>'
    run = f'<w:r>{look}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{settings}</w:pPr>{run}</w:p>"


def _section(*, landscape: bool) -> str:
    width, height = _PAGE[:: -1 if landscape else 1]
    turned = ' w:orient="landscape"' if landscape else ""
    edges = " ".join(f'w:{edge}="{_MARGIN}"' for edge in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {edges} w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )


def _styles() -> str:
    return (
        f'{HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/>'
        '<w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        "</w:styles>"
    )
