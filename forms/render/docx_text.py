"""Texts as the markup of a Word file: never read as markup themselves, without what no such file can hold."""

from __future__ import annotations

import re
from html import escape

from forms.errors import ExportRefused
from forms.grid.cells import Cell, Grid
from forms.language import N_

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# XML has no place for most controls, and files with code points that are no characters are refused by careful readers.
_PLANE_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_DROPPED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef{_PLANE_ENDS}]")
_HALF = re.compile("[\ud800-\udfff]")
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def cleaned(text: str) -> str:
    """`text` with LF for every line end, without characters no Word file can hold."""
    return text if text.isprintable() else _DROPPED.sub("", _LINE_ENDS.sub("\n", text))


def lines_of(cell: Cell, grid: Grid) -> list[str]:
    """The text of a cell, line by line; a vertical one has a single line, as on the paper.

    Raises ExportRefused, with its place, where it holds half a character.
    """
    text = cleaned(cell.text)
    if _HALF.search(text):
        message = N_("“{sheet}”从上往下第 {row} 行有半个字（不成对的代理码）；请删去显示为方框的字后再导出。")
        raise ExportRefused(message, sheet=grid.name, row=cell.row + 1)
    return [text.replace("\n", "")] if cell.style.vertical else text.split("\n")


def run(text: str) -> str:
    """The w:r of a text without line ends; nothing for an empty one."""
    if not text:
        return ""
    return f'<w:r><w:t xml:space="preserve">{quoted(text).replace(chr(9), _TAB)}</w:t></w:r>'


def quoted(text: str) -> str:
    """`text` as the content of an element."""
    return escape(text, quote=False)
