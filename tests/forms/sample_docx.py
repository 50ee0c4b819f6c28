"""Word files drawn from filings and grids, and what our own importer makes of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import docx as word

from forms.errors import SourceRefused
from forms.filing import Filing
from forms.grid.arrange import arrange, title
from forms.grid.cells import Cell, Grid
from forms.importers.docx import read
from forms.importers.matching import Imported, match
from forms.importers.source import Source, SourceCell, SourceRow, SourceText
from forms.render.docx import Form, render
from forms.render.docx_blocks import Block, Line, blocks
from forms.render.docx_text import cleaned
from forms.rules import Review
from forms.template.model import Template

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Content = tuple[dict[str, str], dict[str, list[Any]], list[Any]]


def grids_of(template: Template, filing: Filing) -> tuple[Grid, ...]:
    return arrange(template, filing, Review(template, filing).computed)


def form_of(template: Template, filing: Filing, *, stamp: str = "", code: str = "") -> Form:
    review = Review(template, filing)
    grids = arrange(template, filing, review.computed)
    return Form(title(template, filing, review.computed), grids, stamp, code)


def drawn(*grids: Grid) -> bytes:
    return render([Form("表", grids)])


def opened(data: bytes) -> Any:
    """The file as python-docx reads it, which has no types."""
    return word.Document(io.BytesIO(data))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def tables(data: bytes) -> list[Any]:
    return list(opened(data).element.body.iter(f"{W}tbl"))


def rows(table: Any) -> list[Any]:
    return list(table.iter(f"{W}tr"))


def said(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def has(element: Any, name: str) -> bool:
    return next(element.iter(W + name), None) is not None


def setting(element: Any, name: str, attribute: str = "val") -> str | None:
    """An attribute of the first inner element called `name`; None where there is none."""
    found = next(element.iter(W + name), None)
    return None if found is None else found.get(W + attribute)


def drawing(grids: Sequence[Grid]) -> Source:
    """What an importer would read off the paper itself: paragraphs, and whole tables between them."""
    made: list[SourceRow | SourceText] = []
    paragraphs = tables = above = 0
    for grid in grids:
        for block in blocks(grid):
            if isinstance(block, Line):
                for text in _paragraphs(block.cell):
                    made += [SourceText(text.strip("\n"), paragraphs := paragraphs + 1)] if text.strip() else []
                continue
            if not block.seam:
                tables, above = tables + 1, block.rows.start - 1
            made += [SourceRow(_cells(grid, row), tables, row - above) for row in block.rows]
    return Source("docx", made)


def standing(grid: Grid) -> Iterator[str | list[tuple[str, int, int]]]:
    """The texts of a sheet as the Word file has them: a paragraph, or the filled cells of a row with their columns."""
    for block in blocks(grid):
        if isinstance(block, Line):
            yield from (text.strip("\n") for text in _paragraphs(block.cell) if text.strip())
        else:
            for row in block.rows:
                yield [(text, cell.col, cell.cols) for cell in _sorted(grid) if (text := _at(cell, row, block))]


def read_back(source: Source) -> list[str | list[tuple[str, int, int]]]:
    return [
        block.text
        if isinstance(block, SourceText)
        else [(one.text, one.col, one.cols) for one in block.cells if one.text]
        for block in source.blocks
    ]


def matched(source: Source, templates: Sequence[Template]) -> list[Imported] | str:
    try:
        return match(source, templates, "表.docx", "set")
    except SourceRefused as refusal:
        return str(refusal)


def back(template: Template, filing: Filing) -> Imported:
    (one,) = match(read(render([form_of(template, filing)])), [template], "表.docx", "set")
    return one


def content(filing: Filing) -> Content:
    """What a filing says, without the ids of its rows and without rows that say nothing.

    The indicators are in the order of their branches, as every form prints them.
    """
    tables = {
        name: [(row.label, dict(row.cells)) for row in rows if any(row.cells.values())]
        for name, rows in filing.tables.items()
    }
    indicators = [
        (one.tree, one.level1, one.level2, dict(one.columns)) for one in filing.indicators if any(one.columns.values())
    ]
    values = {name: text for name, text in filing.values.items() if text}
    return values, {name: rows for name, rows in tables.items() if rows}, sorted(indicators, key=lambda one: one[:3])


def _paragraphs(cell: Cell) -> list[str]:
    text = cleaned(cell.text)
    return text.split("\n") if cell.kind == "heading" else [text]


def _cells(grid: Grid, row: int) -> list[SourceCell]:
    over = [cell for cell in _sorted(grid) if cell.row <= row < cell.row + cell.rows]
    return [
        SourceCell(_shown(one), one.col, one.cols, one.rows)
        if one.row == row
        else SourceCell("", one.col, one.cols, covered=True)
        for one in over
    ]


def _at(cell: Cell, row: int, block: Block) -> str:
    assert not isinstance(block, Line)
    body = block.rows.start + block.heads
    top = body if cell.row < body < cell.row + cell.rows else cell.row
    return _shown(cell) if row == top else ""


def _sorted(grid: Grid) -> list[Cell]:
    return sorted(grid.cells, key=lambda cell: cell.col)


def _shown(cell: Cell) -> str:
    """The text of a cell without the empty lines at its ends, which no reader of Word files keeps."""
    text = cleaned(cell.text)
    lines = [text.replace("\n", "")] if cell.style.vertical else text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return "\n".join(lines[filled[0] : filled[-1] + 1]) if filled else ""
