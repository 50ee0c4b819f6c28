"""Forms that are prose, found in the paragraphs of a source by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise

import msgspec

from forms.importers.columns import filled
from forms.importers.furniture import is_furniture
from forms.importers.source import Source, SourceRow, SourceText
from forms.importers.synonyms import Aliases
from forms.importers.titles import read_title
from forms.template.model import Blank, LayoutCell, Template
from forms.template.spelling import label_key

COUNTED = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(rf"第(?:{COUNTED})部分|[(（](?:{COUNTED})[)）]|(?:{COUNTED})[、.．]")
_PART = re.compile(rf"第\s*(?:{COUNTED})\s*部分")
_MANY = 5  # headings that no other document has in this order
_LONGEST_HEADING = 40  # characters


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading of a narrative: every spelling of it without its number, and what stands below."""

    words: str
    keys: frozenset[str]
    block: str = ""
    field: str = ""


@cache
def headings(template: Template) -> tuple[Heading, ...]:
    """The headings of a narrative in order; empty for a form that is no narrative."""
    sheet = template.sheets[0]
    prose = [cell for cell in sheet.cells if not cell.heading and not cell.block]
    drawn = [cell.block for cell in sheet.cells if cell.block]
    if prose or not all(name in template.tables and template.tables[name].pattern for name in drawn):
        return ()
    cells = sorted(sheet.cells, key=lambda cell: cell.row)
    aliases = Aliases(template)
    found = []
    for number, cell in enumerate(cells):
        if cell.is_label:
            below = cells[number + 1] if number + 1 < len(cells) else cell
            keys = frozenset(_bare(key) for key in aliases.of(cell.words)[0])
            found.append(Heading(cell.words, keys, below.block, _field_of(below)))
    return tuple(found)


def _field_of(cell: LayoutCell) -> str:
    blanks = [part.field for part in cell.parts if isinstance(part, Blank)]
    return blanks[0] if len(blanks) == 1 else ""


def _bare(text: str) -> str:
    key = label_key(text)
    numbered = _NUMBER.match(key)
    return key[numbered.end() :] if numbered else key


def heading_of(template: Template, line: str) -> Heading | None:
    """The heading that a line is, whatever its number."""
    key = _bare(line) if len(line) < _LONGEST_HEADING else ""
    return next((one for one in headings(template) if key in one.keys), None) if key else None


@dataclass(frozen=True, slots=True)
class Prose:
    """A narrative found in a source: its title line if it has one, the paragraphs before it, and its own.

    `more` marks one that goes on with the narrative before, behind the tables of other forms.
    """

    template: Template
    title: str
    before: tuple[str, ...]
    paragraphs: tuple[str, ...]
    more: bool = False

    @property
    def told(self) -> set[Heading]:
        """The headings it has."""
        return {heading for line in self.paragraphs if (heading := heading_of(self.template, line))}


def parts(source: Source, templates: Sequence[Template]) -> Iterator[Source | Prose]:
    """A source cut at its narratives: what is none is given as sources of their own."""
    rest: list[SourceRow | SourceText] = []
    last: Prose | None = None
    for is_prose, blocks in groupby(source.blocks, key=lambda block: _line(block) is not None):
        run = list(blocks)
        lines = [_line(block) or "" for block in run] if is_prose else []
        prose, start, end = _first(lines, templates)
        if prose is None and last is not None:
            prose, start, end = _more(lines, last, templates)
        rest.extend(run[:start])
        if prose is not None:
            if rest:
                yield msgspec.structs.replace(source, blocks=rest)
            yield prose
            rest, last = [], prose
        rest.extend(run[end:])
    if rest:
        yield msgspec.structs.replace(source, blocks=rest)


def _line(block: SourceRow | SourceText) -> str | None:
    """The text of a paragraph, or of a row that has but one, as in a workbook; None for a row of several cells."""
    if isinstance(block, SourceText):
        return block.text
    cells = filled(block)
    return cells[0].text if len(cells) == 1 else None if cells else ""


def _first(lines: Sequence[str], templates: Sequence[Template]) -> tuple[Prose | None, int, int]:
    """The narrative in a run of paragraphs, which may have others before it, and where in the run that ends."""
    found = [(one, span) for one in templates if (span := _span(one, lines))]
    if not found:
        return None, 0, 0
    template, span = max(found, key=lambda pair: len(headings(pair[0])))
    first = lines[span.start]
    end = _end(template, first, lines, span, templates)
    title = "" if heading_of(template, first) else first
    return Prose(template, title, tuple(lines[: span.start]), tuple(lines[span.start : end])), 0, end


def _more(lines: Sequence[str], last: Prose, templates: Sequence[Template]) -> tuple[Prose | None, int, int]:
    """The part of a run that begins with a heading which the narrative before does not have yet."""
    missing = set(headings(last.template)) - last.told
    start = next((at for at, line in enumerate(lines) if heading_of(last.template, line) in missing), None)
    if start is None:
        return None, 0, 0
    end = _end(last.template, lines[start], lines, range(start, len(lines)), templates)
    return Prose(last.template, "", (), tuple(lines[start:end]), more=True), start, end


def _end(template: Template, first: str, lines: Sequence[str], span: range, templates: Sequence[Template]) -> int:
    """Where a narrative ends: at the title of another form, with what stands above that, or at the next part."""
    end = next((at for at in span[1:] if _ends(template, first, lines[at], templates)), span.stop)
    titled = [one for one in templates if end < span.stop and read_title(one, lines[end])]
    while end > span.start + 1 and any(is_furniture(one, lines[end - 1]) for one in titled):
        end -= 1
    return end


def _span(template: Template, lines: Sequence[str]) -> range | None:
    """From the title of a narrative, or its first heading, to the end; None where it is not among the lines.

    The headings must be there in order: all of them; below the title of the form half, or so many that nothing else
    has them. In a table of contents they have nothing between them.
    """
    wanted = headings(template)
    told = [heading_of(template, line) for line in lines] if wanted else []
    last: list[int] = []
    for heading in wanted:
        at = max((at for at, one in enumerate(told) if one is heading), default=-1)
        last += [at] if at > max(last, default=-1) else []  # what stands in a table of contents only is not there
    if not last:
        return None
    titled = [at for at in range(last[0]) if (title := read_title(template, lines[at])) and title.exact]
    steps = [after - at for at, after in pairwise([*last, len(lines)])]
    half = len(last) * 2 >= len(wanted) and (bool(titled) or len(last) >= _MANY)
    whole = len(last) == len(wanted)
    empty = max(steps) < 2 and not (whole and titled)  # below its title the form may be blank
    return range(titled[-1] if titled else last[0], len(lines)) if (half or whole) and not empty else None


def _ends(template: Template, first: str, line: str, templates: Sequence[Template]) -> bool:
    """Whether a line is the title of another form, or of another part where the narrative is numbered as one."""
    if len(line) >= _LONGEST_HEADING or heading_of(template, line):
        return False
    another = (one for one in templates if one is not template and (title := read_title(one, line)) and title.exact)
    return any(another) or (_PART.match(first) is not None and _PART.match(line) is not None)
