"""A source cut where a form may begin or a page may break: at titles, at new tables, at a first row come again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from forms.importers.columns import filled
from forms.importers.fieldrows import inline_key
from forms.importers.furniture import is_furniture
from forms.importers.guide import guide
from forms.importers.source import Source, SourceCell, SourceRow, SourceText
from forms.importers.titles import read_title
from forms.template.model import Template
from forms.template.spelling import label_key

_NEAR = 4  # rows between a title in a table and the form's first row
_FURNITURE = 2  # lines above a title that may belong to it


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is the title of some form."""

    text: str


@dataclass(slots=True)
class Chunk:
    """A title, the texts about it, the rows of one table, and the texts below those.

    Where several titles stand above the rows, as in a table of contents, `title` is the last of them.
    """

    title: str = ""
    above: list[str] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    @property
    def texts(self) -> Iterator[str]:
        """Everything it says, in order."""
        yield from self.above
        yield from [self.title] if self.title else []
        yield from (cell.text for row in self.rows for cell in filled(row))
        yield from self.below

    def add(self, text: str) -> None:
        """Take in a paragraph."""
        (self.below if self.rows else self.above).append(text)


def chunks(source: Source, templates: Sequence[Template]) -> list[Chunk]:
    """The chunks of a source, in order; together they hold all of it."""
    made = [Chunk()]
    for part in _parts(source, templates):
        last = made[-1]
        if isinstance(part, Heading) and last.title and not last.rows:
            last.above.append(last.title)
            last.title = part.text
        elif isinstance(part, Heading):
            made.append(Chunk(part.text, above=_furniture(last, part.text, templates)))
        elif isinstance(part, str):
            last.add(part)
        elif last.rows and (part.table != last.rows[-1].table or _begins_again(part, last, templates)):
            made.append(Chunk(rows=[part]))
        else:
            last.rows.append(part)
    return [chunk for chunk in made if chunk.title or chunk.above or chunk.rows]


def keys_of(rows: Sequence[SourceRow]) -> set[str]:
    """The keys of all cells, and of the labels that cells begin with."""
    cells = [cell for row in rows for cell in filled(row)]
    return {label_key(cell.text) for cell in cells} | {inline_key(cell.text) for cell in cells} - {""}


def _parts(source: Source, templates: Sequence[Template]) -> Iterator[SourceRow | Heading | str]:
    joined = ""
    headed = False  # whether the row above is a title
    for number, block in enumerate(source.blocks):
        if isinstance(block, SourceText):
            text, joined = joined or block.text, ""
            below = source.blocks[number + 1] if number + 1 < len(source.blocks) else None
            if isinstance(below, SourceText) and _is_parted(text, below.text, templates):
                joined = text + below.text
            else:
                yield from _lines(text, templates)
        elif headed and (more := _in_brackets(block)):
            yield more
        elif block.cells:
            parts = [*_row_parts(block, _following(source.blocks[number + 1 : number + 1 + _NEAR]), templates)]
            headed = isinstance(parts[-1], Heading)
            yield from parts


def _in_brackets(row: SourceRow) -> str:
    """The only text of a row if it is what a title says in brackets, （2026年度）; otherwise empty."""
    text = cells[0].text.strip() if len(cells := filled(row)) == 1 else ""
    return text if text.startswith(("(", "（")) and text.endswith((")", "）")) else ""


def _following(blocks: Sequence[SourceRow | SourceText]) -> list[SourceRow]:
    return [block for block in blocks if isinstance(block, SourceRow)]


def _lines(text: str, templates: Sequence[Template]) -> Iterator[Heading | str]:
    """A paragraph whole, or its lines where one of them is a title; a title may run over two lines."""
    lines = text.split("\n")
    titled = [_is_title(line, templates) for line in lines]
    if len(lines) > 1 and _is_title("".join(lines), templates, exact=True):
        yield Heading("".join(lines))
    elif any(titled):
        told = zip(lines, titled, strict=True)
        yield from (Heading(line) if is_title else line for line, is_title in told if line.strip())
    else:
        yield text


def _is_parted(first: str, second: str, templates: Sequence[Template]) -> bool:
    """Whether a title goes over two paragraphs: only both together tell what its blanks hold."""
    if "\n" in first + second or any(_fills(text, templates) for text in (first, second)):
        return False
    return _is_title(second, templates) and _fills(first + second, templates)


def _fills(text: str, templates: Sequence[Template]) -> bool:
    """Whether a text is a title that fills a blank of its form."""
    titles = [title for template in templates if (title := read_title(template, text))]
    return any(title.exact and title.values for title in titles)


def _row_parts(
    row: SourceRow, following: Sequence[SourceRow], templates: Sequence[Template]
) -> Iterator[SourceRow | Heading | str]:
    """A row as it is; a title in a row of its own, or glued behind the last cell, apart from the rest."""
    cells = filled(row)
    titled = [template for template in templates if any(_titles(cell.text, template) for cell in cells)]
    if titled and len(cells) <= 2 and _stands_alone(cells, titled) and _has_room(row, cells, following, titled):
        for cell in cells:
            yield from _lines(cell.text, templates)
    elif cells and (cut := _glued(cells[-1].text, following, templates)):
        last = msgspec.structs.replace(cells[-1], text=cells[-1].text[:cut].rstrip())
        yield msgspec.structs.replace(row, cells=[last if cell is cells[-1] else cell for cell in row.cells])
        yield Heading(cells[-1].text[cut:].strip().replace("\n", ""))
    else:
        yield row


def _stands_alone(cells: Sequence[SourceCell], templates: Sequence[Template]) -> bool:
    """Whether all that stands beside a title belongs above a form too: 附件1, 单位：万元."""
    others = [cell for cell in cells if not any(_titles(cell.text, template) for template in templates)]
    return not others or any(all(is_furniture(one, cell.text) for cell in others) for one in templates)


def _has_room(
    row: SourceRow, cells: Sequence[SourceCell], following: Sequence[SourceRow], templates: Sequence[Template]
) -> bool:
    """Whether a row is where a title stands: at the top of its table, all across it, numbered, or above a form."""
    titles = [title for one in templates for cell in cells if (title := read_title(one, cell.text))]
    alone = len(row.cells) == 1 or row.row == 1 or any(title.exact and title.position for title in titles)
    return alone or any(_begins(one, below) for one in templates for below in following)


def _titles(text: str, template: Template) -> bool:
    return any(read_title(template, line) for line in (*text.split("\n"), text.replace("\n", "")))


def _is_title(text: str, templates: Sequence[Template], *, exact: bool = False) -> bool:
    titles = [title for template in templates if (title := read_title(template, text))]
    return any(title.exact for title in titles) if exact else bool(titles)


def _glued(text: str, following: Sequence[SourceRow], templates: Sequence[Template]) -> int:
    """Where in a cell the title of the next form begins that stands glued behind its text; 0 where none does."""
    text = text.rstrip()
    start = text.rfind("\n") + 1
    digits = [at for at in range(start + 1, len(text)) if text[at].isdigit() and not text[at - 1].isalnum()]
    for at in (start, *digits):
        # A goal may end with words like a title's (2、编制绩效目标表): only the form below makes it one.
        if text[:at].strip() and any(_titled(text[at:], one, following, exact=True) for one in templates):
            return at
    two = text.rfind("\n", 0, max(start - 1, 0)) + 1
    below = [row for row in following if filled(row)][:1]
    for at in (start, two):
        if text[:at].strip() and any(_titled(text[at:], one, below, exact=False) for one in templates):
            return at
    return 0


def _titled(text: str, template: Template, below: Sequence[SourceRow], *, exact: bool) -> bool:
    """Whether a text is the title of a form that begins in one of the rows below."""
    title = read_title(template, text.replace("\n", ""))
    return title is not None and title.exact >= exact and any(_begins(template, row) for row in below)


def _begins(template: Template, row: SourceRow) -> bool:
    """Whether a row is the first one of a form."""
    return guide(template).begins(keys_of([row]))


def _begins_again(row: SourceRow, chunk: Chunk, templates: Sequence[Template]) -> bool:
    # The row straight above may be the upper half of the same heading.
    return any(_begins(one, row) and any(_begins(one, above) for above in chunk.rows[:-1]) for one in templates)


def _furniture(last: Chunk, title: str, templates: Sequence[Template]) -> list[str]:
    """The lines above a title that belong to it, taken away from what came before."""
    mine = [template for template in templates if read_title(template, title)]
    taken: list[str] = []
    lines = last.below or ([] if last.rows else last.above)
    while lines and len(taken) < _FURNITURE and any(is_furniture(one, lines[-1]) for one in mine):
        taken.insert(0, lines.pop())
    if not taken and not last.title and len(last.rows) <= _FURNITURE:
        texts = [cell.text for row in last.rows for cell in filled(row)]
        if any(all(is_furniture(one, text) for text in texts) for one in mine):
            last.rows.clear()
            return texts
    return taken
