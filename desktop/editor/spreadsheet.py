"""Cells as text, the way spreadsheets and word processors copy and paste them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A cell in quotes ends where the next cell or line begins; any other quote is a letter of the text.
_CELL = re.compile(r'("(?:[^"]|"")*+"(?=[\t\r\n]|\Z)|[^\t\r\n]*+)(\t|\r\n|\r|\n|\Z)')
_NEEDS_QUOTES = re.compile(r'""|[\t\r\n]')


def cells_of(text: str) -> list[list[str]]:
    """The lines and cells of copied text: tabs between cells, quotes around several lines; no empty lines at the end.

    Quotes are taken off only where a spreadsheet would have put them on: a quoted word is a word in quotes.
    """
    lines: list[list[str]] = [[]]
    for found in _CELL.finditer(text):
        lines[-1].append(_unquoted(found[1]))
        if not found[2]:
            break
        if found[2] != "\t":
            lines.append([])
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    return lines


def written(lines: Iterable[Sequence[str]]) -> str:
    """Lines of cells as spreadsheets read them."""
    made = io.StringIO()
    csv.writer(made, dialect="excel-tab", lineterminator="\n").writerows(lines)
    return made.getvalue()


def _unquoted(cell: str) -> str:
    inside = cell[1:-1]
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and (not inside or _NEEDS_QUOTES.search(inside))
    return inside.replace('""', '"').replace("\r\n", "\n") if quoted else cell
