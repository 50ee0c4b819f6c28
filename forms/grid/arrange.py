"""Layout + Filing -> Grid: every cell filled, formatted and wrapped once, for paper, workbook and screen alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from forms.filing import Filing
from forms.grid.cells import Cell, CellKind, Grid, Head, Piece, Style
from forms.grid.expansion import Expansion, expand
from forms.grid.filling import Computed, Filler
from forms.grid.growth import Shape
from forms.template.model import Part, Sheet, Template
from forms.typeset.fonts import faces
from forms.typeset.linebreak import wrap
from forms.values import NUMBERS, Kind

PADDING = 4.0
LEADING = 1.35
MARGINS = (56.7, 51.0, 56.7, 51.0)  # points: top, right, bottom, left; 2 cm and 1.8 cm
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE, NOTE_SIZE = 16.0, 10.5, 9.0, 9.0
_TITLE = Style("center", face="heading", size=TITLE_SIZE, border=False)
_LEFT = Style("left", size=TEXT_SIZE, border=False)
_RIGHT = Style("right", size=TEXT_SIZE, border=False)
_NOTE = Style("left", size=NOTE_SIZE, border=False)
_BELOW_TITLE = 6.0
_MANY_COLUMNS = 8  # from here on a table is set small
SIGNATURES_A_LINE = 4
_INDENT = "　"
_PARAGRAPH = re.compile(rf"\n(?!{_INDENT})")
_LEAST_HEIGHT = 24.0
_NARROW = 150.0  # points; a number is centred in a narrow cell and stands left in a wide one
_CENTRED = (*NUMBERS, Kind.DATE, Kind.SERIAL, Kind.CODE)


def arrange(template: Template, filing: Filing, computed: Computed) -> tuple[Grid, ...]:
    """One Grid for each sheet of the form. `computed` gives the text of every computed place."""
    filler = Filler(template, filing, computed)
    return tuple(_Sheet(sheet, filler).grid() for sheet in template.sheets)


def title(template: Template, filing: Filing, computed: Computed) -> str:
    """The title as printed, on one line: what lists and files name the filing by.

    A form of several sheets, each with a title of its own, goes by its name.
    """
    if len(template.sheets) > 1:
        return template.name
    pieces = Filler(template, filing, computed).pieces(template.sheets[0].title)
    return "".join(piece.text for piece in pieces).replace("\n", "").strip() or template.name


class _Sheet:
    """Collects the rows of one sheet from the title down to the signatures."""

    def __init__(self, sheet: Sheet, filler: Filler) -> None:
        room = sheet.paper.width - MARGINS[1] - MARGINS[3]
        self.sheet = sheet
        self.filler = filler
        self.widths = tuple(room * width / sum(sheet.widths) for width in sheet.widths)
        self.size = SMALL_SIZE if len(self.widths) > _MANY_COLUMNS else TEXT_SIZE
        self.cells: list[Cell] = []
        self.heights: list[float] = []

    def grid(self) -> Grid:
        sheet = self.sheet
        left = self._furniture(sheet.left, _LEFT)
        heading = self._line("title", self.filler.pieces(sheet.title), _TITLE)
        right = self._furniture(sheet.right, _RIGHT)
        top = len(self.heights)
        expansion = expand(sheet, self.filler)
        self._table(expansion, top)
        body = range(top, len(self.heights))
        for note in sheet.notes:
            self._line("note", (Piece(note),), _NOTE)
        self._signature(sheet.signature)
        repeated = {"标题": heading, "抬头": [*left, *right]}
        above = sorted(row for name, rows in repeated.items() if name in sheet.repeat for row in rows)
        heads = [Head(range(row, row + 1), body) for row in above]
        if "表头" in sheet.repeat:
            heads += self._heads(expansion, top)
        return Grid(
            sheet.name or self.filler.template.name, sheet.paper, MARGINS, self.widths, tuple(self.heights),
            tuple(self.cells), tuple(heads), PADDING, LEADING,
        )  # fmt: skip

    def _furniture(self, parts: Sequence[Part], style: Style) -> list[int]:
        """A line above or below the title; words that lead to a blank with nothing in it (附件) are not printed."""
        pieces = self.filler.pieces(parts)
        blanks = [piece for piece in pieces if piece.place]
        return [] if blanks and not any(piece.text for piece in blanks) else self._line("furniture", pieces, style)

    def _line(self, kind: CellKind, pieces: tuple[Piece, ...], style: Style) -> list[int]:
        """A row of one borderless cell over all columns; no row for nothing to print."""
        if not any(piece.text or piece.place for piece in pieces):
            return []
        row = len(self.heights)
        cell = self._placed(row, range(len(self.widths)), kind, pieces, style)
        self.heights.append(_needed(cell) + (_BELOW_TITLE if kind == "title" else 0))
        return [row]

    def _placed(self, row: int, span: range, kind: CellKind, pieces: tuple[Piece, ...], style: Style) -> Cell:
        lines = self._wrap(pieces, sum(self.widths[col] for col in span), style)
        cell = Cell(row, span.start, 1, len(span), kind, pieces, lines, style)
        self.cells.append(cell)
        return cell

    def _signature(self, blanks: Sequence[Sequence[Part]]) -> None:
        """The signature line: its blanks side by side on about equal widths, on more lines where needed."""
        a_line = min(len(blanks), len(self.widths), SIGNATURES_A_LINE)
        for start in range(0, len(blanks), a_line or 1):
            edges = _shared_out(self.widths, a_line)
            placed = [
                self._placed(len(self.heights), range(col, end), "note", self.filler.pieces(parts), _LEFT)
                for parts, col, end in zip(blanks[start : start + a_line], edges, edges[1:], strict=False)
            ]
            self.heights.append(max(_LEAST_HEIGHT, *map(_needed, placed)))

    def _table(self, expansion: Expansion, top: int) -> None:
        shaped = [(shape, self._cell(shape, top)) for shape in expansion.shapes]
        # A column of a block is centred as a whole or not at all: one that has a longer text anywhere stands left.
        broken = {_column(shape) for shape, cell in shaped if cell.kind == "blank" and len(cell.lines) > 1}
        placed = [_left(cell) if shape.centred and _column(shape) in broken else cell for shape, cell in shaped]
        self.cells += placed
        self.heights += [_LEAST_HEIGHT] * expansion.rows
        for cell in sorted(placed, key=lambda cell: cell.rows):
            rows = range(cell.row, cell.row + cell.rows)
            lacking = _needed(cell) - sum(self.heights[row] for row in rows)
            for row in rows if lacking > 0 else ():  # what a merged cell needs beyond its rows is shared out among them
                self.heights[row] += lacking / cell.rows

    def _cell(self, shape: Shape, top: int) -> Cell:
        width = sum(self.widths[shape.col : shape.col + shape.cols])
        style = self._style(shape, width)
        lines = self._wrap(_set_in(shape.parts) if shape.kind == "heading" else shape.parts, width, style)
        if style.align == "center" and shape.kind == "blank" and len(lines) > 1:
            style = style._replace(align="left")
        return Cell(top + shape.row, shape.col, shape.rows, shape.cols, shape.kind, shape.parts, lines, style)

    def _style(self, shape: Shape, width: float) -> Style:
        if shape.kind == "heading":
            return _LEFT
        if shape.kind == "label":
            return Style("center", vertical=width - 2 * PADDING < 2 * self.size, size=self.size)
        short = shape.field is not None and shape.field.kind in _CENTRED and width < _NARROW
        return Style("center" if short or shape.centred else "left", size=self.size)

    def _wrap(self, pieces: Sequence[Piece], width: float, style: Style) -> tuple[str, ...]:
        text = "".join(piece.text for piece in pieces)
        if style.vertical:
            return tuple(text.replace("\n", ""))
        return wrap(text, width - 2 * PADDING, style.size, faces()[style.face]) if text else ()

    def _heads(self, expansion: Expansion, top: int) -> list[Head]:
        """The heading rows over the rows each block has grown; one head for blocks side by side."""
        ends = [*expansion.starts[1:], expansion.rows]
        first: dict[int, int] = {}
        for block in self.sheet.blocks:
            if block.heads:
                first[block.row] = min(block.heads[0], first.get(block.row, block.row))
        return [
            Head(
                range(top + expansion.starts[head], top + expansion.starts[row]),
                range(top + expansion.starts[row], top + ends[row]),
            )
            for row, head in first.items()
        ]


def _column(shape: Shape) -> tuple[int, int]:
    """What the cells of one column of one block share; another block may stand over the same columns."""
    return shape.col, id(shape.field) if shape.centred else 0


def _set_in(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces of prose for breaking into lines: where the first line is set in, so is each paragraph typed."""
    first = pieces[0].text if pieces else ""
    indent = first[: len(first) - len(first.lstrip(_INDENT))]
    if not indent:
        return pieces
    return [
        piece._replace(text=_PARAGRAPH.sub("\n" + indent, piece.text)) if piece.place else piece for piece in pieces
    ]


def _needed(cell: Cell) -> float:
    return len(cell.lines) * cell.style.size * LEADING + 2 * PADDING


def _shared_out(widths: Sequence[float], parts: int) -> list[int]:
    """The columns at which `parts` begin and end, each of one column at least, as near as may be to equal widths."""
    reach = [0.0, *accumulate(widths)]
    edges = [0]
    for number in range(1, parts):
        wanted = reach[-1] * number / parts
        free = range(edges[-1] + 1, len(widths) - (parts - number) + 1)
        edges.append(min(free, key=[abs(at - wanted) for at in reach].__getitem__))
    return [*edges, len(widths)]


def _left(cell: Cell) -> Cell:
    return cell._replace(style=cell.style._replace(align="left")) if cell.kind == "blank" else cell
