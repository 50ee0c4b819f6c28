"""Read a plain text in the two ways forms are written down: a cell a line, or a row a line with tabs between."""

from __future__ import annotations

import re
from enum import Enum
from itertools import pairwise

from forms.errors import SourceRefused
from forms.importers.characters import plain
from forms.importers.encoding import decode
from forms.importers.source import Source, SourceCell, SourceRow, SourceText
from forms.language import N_

_BOOKMARK = re.compile(r"\[bookmark: ?_[^\]\n]*\]")
_PARAGRAPHS = re.compile(r"</p>\s*<p>|<br ?/?>", re.IGNORECASE)
_MARKS = re.compile(r"</?[pu]>", re.IGNORECASE)
# A cell with line ends as Excel puts it on the clipboard: quoted, quotation marks inside doubled.
_PASTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')
_LONGEST = 200  # lines of such a cell; beyond, the quotation mark is one somebody typed
_MAX_LINES, _MAX_TABS = 1_000_000, 400_000
_FAR = 2  # blank lines after which a line without a tab stands outside the table, if it is not amid a row

_TOO_MUCH = N_("“{name}”的内容过多，没有读取；请只保留要导入的表，另存后再导入。")


class Way(Enum):
    """How a table is written down."""

    CELLS = "a cell a line, each with a tab before it, a blank line before each row"
    ROWS = "a row a line, tabs between its cells"


def read(data: bytes) -> Source:
    """Read the bytes of a text file. Raises SourceRefused when no encoding fits or it is endless."""
    text = _BOOKMARK.sub("", plain(decode(data)))
    if text.count("\n") > _MAX_LINES or text.count("\t") > _MAX_TABS:
        raise SourceRefused(_TOO_MUCH)
    lines = text.split("\n")
    reader = _Reader()
    ways = _ways(lines)
    number = 0
    while number < len(lines):
        number += reader.take(lines, number, ways[number])
    reader.close()
    return Source("txt", reader.blocks)


def _ways(lines: list[str]) -> list[Way]:
    """The way each line is written, told by block (lines without a blank one between) and, failing that, by file."""
    single = sum(_is_cell(line) for line in lines)
    file_way = Way.CELLS if single > sum(_is_row(line) for line in lines) else Way.ROWS
    ways: list[Way] = []
    start = 0
    for end in range(len(lines) + 1):
        if end == len(lines) or _is_blank(lines[end]):
            block = lines[start:end]
            ways.extend([_way(block, file_way)] * len(block))
            if end < len(lines):
                ways.append(file_way)
            start = end + 1
    return ways


def _way(block: list[str], file_way: Way) -> Way:
    rows = [_is_row(line) for line in block]
    if any(one and two for one, two in pairwise(rows)):
        return Way.ROWS
    # A table pasted from a workbook may have an empty first column: one such line is no evidence, three are.
    if not any(rows) and sum(map(_is_cell, block)) >= 3:
        return Way.CELLS
    return file_way


def _is_blank(line: str) -> bool:
    return not line.strip() and not line.startswith("\t")


def _is_cell(line: str) -> bool:
    return line.startswith("\t") and "\t" not in line[1:]


def _is_row(line: str) -> bool:
    return "\t" in line[1:]


class _Reader:
    """Takes line after line; a row is held back while lines may still be added to its last cell."""

    def __init__(self) -> None:
        self.blocks: list[SourceRow | SourceText] = []
        self._cells: list[str] = []
        self._blank = 0
        self._widest = 0  # cells of a row of this table
        self._tables = self._row = self._paragraphs = 0
        self._inside = False

    def take(self, lines: list[str], number: int, way: Way) -> int:
        """Take the line `number`, written in `way`; return how many lines that used up."""
        line = lines[number]
        if _is_blank(line):
            self._blank += 1
            return 1
        used = 1
        if way is Way.CELLS:
            self._take_cell(line, goes_on=self._blank < _FAR or self._is_amid_row(lines, number))
        else:
            cells, used = _split(lines, number)
            if len(cells) > 1:
                self._take_row(cells)
            else:
                used = 1
                self._take_text(line)
        self._blank = 0
        return used

    def close(self) -> None:
        """Give out the row held back."""
        if self._cells:
            self._row += 1
            cells = [SourceCell(_unmarked(text), col) for col, text in enumerate(self._cells)]
            self.blocks.append(SourceRow(cells, self._tables, self._row))
            self._widest = max(self._widest, len(cells))
            self._cells = []

    def _is_amid_row(self, lines: list[str], number: int) -> bool:
        """Whether the line is inside a row: other cells of it follow at once, and the row has room for them."""
        if not self._cells:
            return False
        after = next((at for at in range(number, len(lines)) if lines[at].startswith("\t")), number)
        end = next((at for at in range(after, len(lines)) if _is_blank(lines[at])), len(lines))
        cells = sum(line.startswith("\t") for line in lines[after:end])
        return after > number and not _is_blank(lines[after - 1]) and len(self._cells) + cells <= self._widest

    def _take_cell(self, line: str, *, goes_on: bool) -> None:
        if line.startswith("\t"):
            if self._blank or not self._cells:
                self._start_row()
            self._cells.extend(line[1:].split("\t"))
        elif self._cells and goes_on:
            self._cells[-1] += "\n" * (self._blank + 1 if self._blank >= _FAR else 1) + line
        else:
            self._take_text(line)

    def _take_row(self, cells: list[str]) -> None:
        self._start_row()
        self._cells = cells
        self.close()

    def _take_text(self, line: str) -> None:
        self.close()
        self._inside = False
        text = _unmarked(line)
        if text.strip():
            self._paragraphs += 1
            self.blocks.append(SourceText(text, self._paragraphs))

    def _start_row(self) -> None:
        self.close()
        if not self._inside:
            self._inside = True
            self._tables += 1
            self._row = self._widest = 0


def _split(lines: list[str], number: int) -> tuple[list[str], int]:
    """The cells of the row that begins at line `number`, and over how many lines it goes."""
    if lines[number].count('"') % 2 == 0:  # no quoted cell is left open at the end of the line
        return lines[number].split("\t"), 1
    text = "\n".join(lines[number : number + _LONGEST])
    cells, used, place = [], 1, 0
    while True:
        match = _PASTED.match(text, place)
        assert match is not None, "the second alternative matches everywhere"  # noqa: S101 — tells mypy so
        pasted = match[1]
        if pasted is not None and "\n" in pasted:
            cells.append(pasted.replace('""', '"'))
            used += pasted.count("\n")
        else:
            cells.append(match[0])
        place = match.end()
        if not text.startswith("\t", place):
            return cells, used
        place += 1


def _unmarked(text: str) -> str:
    if "<" not in text:
        return text
    return _MARKS.sub("", _PARAGRAPHS.sub("\n", text))
