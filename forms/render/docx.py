"""Filings as a Word file: every sheet a section on its own paper, drawn from the same grids as the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.grid.cells import Cell, Grid
from forms.render.docx_blocks import Line, blocks
from forms.render.docx_furniture import Furniture
from forms.render.docx_looks import SONG, TWIPS, Look, Looks, font_table
from forms.render.docx_parts import package, settings
from forms.render.docx_tables import table_xml
from forms.render.docx_text import lines_of, run
from forms.zips import write_zip

_LONGEST_BOOKMARK = 40  # characters of a name in Word
# Word wants a paragraph between two tables and behind the last one. A low one takes no room; between two tables that
# are one on the paper it is hidden besides, which lets them stand as one.
_LOW = Look(SONG, 1.0, TWIPS)
_HIDDEN = "<w:rPr><w:vanish/></w:rPr>"


@dataclass(frozen=True, slots=True)
class Form:
    """One filing of a Word file: its title on one line, its sheets, and what is printed around them.

    `stamp` is a word such as 草稿 that lies lightly behind the text; `code` is the 核验码 of a filed revision.
    """

    title: str
    grids: Sequence[Grid]
    stamp: str = ""
    code: str = ""


def render(forms: Sequence[Form]) -> bytes:
    """Give the Word file of one or more forms, each sheet with a bookmark, the pages numbered through.

    The same forms always give the same bytes. Text is written as it stands and never parsed; characters that no Word
    file can hold are left out. ExportRefused where a text holds half a character.
    """
    looks = Looks()
    furniture = Furniture(looks)
    marked = any(form.stamp for form in forms)
    sections: list[tuple[str, str]] = []
    for form in forms:
        # Without a header of its own a section has that of the section before it.
        around = (furniture.header(form.stamp) if marked else "") + furniture.footer(form.code)
        for grid in form.grids:
            bookmark = _bookmark(len(sections) + 1, grid.name if len(form.grids) > 1 else form.title)
            sections.append((bookmark + "".join(_blocks(grid, looks)), _section(grid, around)))
    body = "".join(_body(sections, looks))
    parts = {"styles": looks.styles(), "settings": settings(), "fontTable": font_table(), **furniture.parts()}
    return write_zip(package(body, forms[0].title, parts))


def _body(sections: Sequence[tuple[str, str]], looks: Looks) -> Iterator[str]:
    """The sections in order: each but the last ends with a paragraph that holds its paper."""
    low = looks.reference(_LOW)
    for content, paper in sections[:-1]:
        yield f"{content}<w:p><w:pPr>{low}{paper}</w:pPr></w:p>"
    content, paper = sections[-1]
    yield f"{content}<w:p><w:pPr>{low}</w:pPr></w:p>{paper}"


def _blocks(grid: Grid, looks: Looks) -> Iterator[str]:
    for block in blocks(grid):
        if isinstance(block, Line):
            yield from _paragraphs(block.cell, grid, looks)
            continue
        if block.seam:
            yield f"<w:p><w:pPr>{looks.reference(_LOW)}{_HIDDEN}</w:pPr></w:p>"
        yield table_xml(grid, block, looks)


def _paragraphs(cell: Cell, grid: Grid, looks: Looks) -> Iterator[str]:
    """A row without borders, as far from the rows about it as in the grid.

    The lines of a narrative are paragraphs; those of a title or a note belong together.
    """
    lines = [run(line) for line in lines_of(cell, grid)]
    if cell.kind != "heading":
        lines = ["<w:r><w:br/></w:r>".join(lines)]
    before = side = round(grid.padding * TWIPS)
    text = len(cell.lines) * cell.style.size * grid.leading
    after = max(0, round((grid.heights[cell.row] - text) * TWIPS) - before)
    look = looks.of(cell, grid.leading)
    for number, line in enumerate(lines, 1):
        above, below = before * (number == 1), after * (number == len(lines))
        place = f'<w:spacing w:before="{above}" w:after="{below}"/><w:ind w:left="{side}" w:right="{side}"/>'
        yield f"<w:p><w:pPr>{look}{place}</w:pPr>{line}</w:p>"


def _section(grid: Grid, around: str) -> str:
    """The w:sectPr of a sheet: its paper and margins, with `around` for its header and footer."""
    width, height = round(grid.paper.width * TWIPS), round(grid.paper.height * TWIPS)
    turned = ' w:orient="landscape"' if width > height else ""
    top, right, bottom, left = (round(margin * TWIPS) for margin in grid.margins)
    return (
        f'<w:sectPr>{around}<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="{top // 2}" w:footer="{bottom // 2}" w:gutter="0"/></w:sectPr>'
    )


def _bookmark(number: int, words: str) -> str:
    """The bookmark of a sheet. A name in Word is letters and digits, begins with a letter and stands once."""
    letters = "".join(ch for ch in words if ch < "\U00010000" and (ch.isalpha() or ch.isdecimal()))
    name = letters if letters[:1].isalpha() else "表" + letters
    end = f"_{number}"
    name = name[: _LONGEST_BOOKMARK - len(end)] + end
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
