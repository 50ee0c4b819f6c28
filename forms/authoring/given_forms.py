"""The forms of a document nobody has a template for: the lines above, a grid of visual cells, the lines below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from forms.authoring.given_cells import GivenCell, GivenForm, fitted
from forms.authoring.lost_merges import restored
from forms.importers.source import Source, SourceRow

_FURNITURE = re.compile(
    r"\s*(?:附\s*[件表]\s*[\d一二三四五六七八九十\-—.]*\s*[:：]?\s*$"  # 附件 4
    r"|(?:金额)?单\s*位\s*[:：]|\S{0,10}(?:单位|部门|日期|时间)\S{0,4}\s*[:：])"
)
_TAIL = re.compile(
    r"\s*(?:(?:注|说明|备注|填表说明|填报说明)\s*\d*\s*[:：.、]"  # a note
    r"|\S{1,8}[:：](?:\s{2,}|[_＿\s]*$|.*\S{1,8}[:：])"  # a line to sign
    r"|\d+\s*[.．].{20,}(?<!表)$)"  # a numbered note
)
_NOTED = re.compile(r"\s*(?:注|说明|备注|填表说明|填报说明)\s*\d*\s*[:：.、]")
_NEXT_NOTE = re.compile(r"\s*[(（]?\d{1,2}\s*[)）.．、]\s*\S")  # 2. …, below the first note
_TITLE = re.compile(r".{2,50}(?:表|书|单)\s*(?:[(（][^()（）]*[)）])?\s*$|\s*[(（]\s*(?:20\d\d)?\s*年度?[)）]\s*$")
_VARIABLE = re.compile(r"[\d\s()（）]")
MAX_ROWS = 400  # of a form; the rest of a longer table says nothing new about its columns
_LINES_ABOVE = 5
_LONGEST_TITLE = 60


@dataclass(slots=True)
class _Raw:
    above: list[str] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def forms_in(source: Source) -> list[GivenForm]:
    """The forms of a source in order; text that belongs to no table is left out."""
    return [form for raw in _parted(source) for form in _split(raw) if any(cell.text for cell in form.cells)]


def _parted(source: Source) -> Iterator[_Raw]:
    """Each table with the paragraphs before it, and behind it those that speak of it."""
    current = _Raw()
    for block in source.blocks:
        if isinstance(block, SourceRow):
            current.above = _heading(current.above)
            if current.rows and (current.rows[-1].table != block.table or current.below):
                following = _following(current)
                yield current
                current = _Raw(following)
            current.rows.append(block)
        else:
            (current.below if current.rows else current.above).extend(block.text.split("\n"))
    if current.rows:
        _following(current)
        yield current


def _heading(lines: list[str]) -> list[str]:
    """The short lines straight above a table; what stands before them is prose of the document."""
    kept: list[str] = []
    for line in reversed(lines[-_LINES_ABOVE:]):
        if len(line) > _LONGEST_TITLE or "。" in line:
            break
        kept.insert(0, line)
    return kept


def _following(raw: _Raw) -> list[str]:
    """The lines that belong to what comes next; those before them stay."""
    kept = 0
    while kept < len(raw.below) and (_TAIL.match(raw.below[kept]) or _is_next_note(raw.below, kept)):
        kept += 1
    following, raw.below = raw.below[kept:], raw.below[:kept]
    return following


def _is_next_note(lines: list[str], at: int) -> bool:
    """Whether a line goes on with the notes above it; a numbered title of the next form does not."""
    noted = any(_NOTED.match(line) for line in lines[:at])
    return noted and bool(_NEXT_NOTE.match(lines[at])) and not _TITLE.match(lines[at])


def _split(raw: _Raw) -> Iterator[GivenForm]:
    """The forms of one table: a sheet may hold several, each under a title of its own."""
    rows, above, title = list(raw.rows), [line for line in raw.above if line.strip()], ""
    while rows and (lines := _furniture(rows[0])):
        above.extend(lines)
        title = title or next((line for line in lines if not _FURNITURE.match(line)), "")
        rows.pop(0)
    head = [_words(row) for row in rows[:3]]
    part: list[SourceRow] = []
    while rows:
        row = rows.pop(0)
        line = _alone(row)
        if line and title and _fixed(line) == _fixed(title):
            if line != title:
                yield _made(above, part, [])
                above, part, title = [line], [], line
            rows = _without_head(rows, head)
        else:
            part.append(row)
    kept = len(part)
    while kept and _first_only(part[kept - 1]):
        kept -= 1
    kept = next((at for at in range(kept, len(part)) if _TAIL.match(_first_only(part[at]))), len(part))
    yield _made(above, part[:kept], [*map(_first_only, part[kept:]), *raw.below])


def _furniture(row: SourceRow) -> list[str]:
    """The texts of a row that stands above the form proper: a title, 附件, 单位."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    line = _alone(row)
    if line and len(line) <= _LONGEST_TITLE and "。" not in line:
        return line.split("\n")
    return texts if texts and all(map(_FURNITURE.match, texts)) else []


def _alone(row: SourceRow) -> str:
    """The only text of a row, where nothing is to be filled in beside it."""
    line = _first_only(row)
    told = any(pattern.match(line) for pattern in (_FURNITURE, _TAIL, _TITLE))
    return line if len(row.cells) == 1 or told else ""


def _first_only(row: SourceRow) -> str:
    """The text of the first cell of a row that has no other."""
    first, *rest = row.cells
    alone = first.rows == 1 and not any(cell.text.strip() or cell.covered for cell in rest)
    return first.text.strip() if alone else ""


def _fixed(line: str) -> str:
    """What of a title is the same on every copy of the form: neither numbers nor what stands in brackets."""
    return _VARIABLE.sub("", re.sub(r"[(（][^()（）]*[)）]", "", line))


def _words(row: SourceRow) -> tuple[str, ...]:
    return tuple(cell.text.strip() for cell in row.cells)


def _without_head(rows: list[SourceRow], head: Sequence[tuple[str, ...]]) -> list[SourceRow]:
    """The rows of the next page without the heading printed again."""
    while rows and (_furniture(rows[0]) or _words(rows[0]) in head):
        rows = rows[1:]
    return rows


def _made(above: list[str], rows: list[SourceRow], below: list[str]) -> GivenForm:
    rows = [
        row
        for row in rows[:MAX_ROWS]
        if any(cell.text.strip() or cell.covered or cell.cols > 1 for cell in row.cells) or len(row.cells) > 1
    ]
    cells = [cell for number, row in enumerate(rows) for cell in _cells(row, number, len(rows))]
    cells = fitted(restored(fitted(cells)))
    columns = max((cell.col + cell.cols for cell in cells), default=0)
    return GivenForm(tuple(above), tuple(cells), len(rows), columns, tuple(below))


def _cells(row: SourceRow, number: int, count: int) -> Iterator[GivenCell]:
    for cell in row.cells:
        if not cell.covered:
            yield GivenCell(
                number, cell.col, min(cell.rows, count - number), cell.cols, cell.text.strip(), cell.address
            )
