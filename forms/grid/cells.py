"""A filled and measured form as cells: what the paper, the workbook and the editor on the screen are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:  # pages are laid out and drawn without loading templates or filings
    from forms.filing import Place
    from forms.typeset.papers import Paper

CellKind = Literal["title", "furniture", "heading", "label", "blank", "empty", "note"]


class Style(NamedTuple):
    """How a cell looks. `size` is in points; `face` is `text` (宋体) or `heading` (黑体)."""

    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "middle"] = "middle"
    vertical: bool = False
    face: Literal["text", "heading"] = "text"
    size: float = 10.5
    border: bool = True


class Piece(NamedTuple):
    """A run of a cell's text: words of the form (`place` is None) or what stands in a blank.

    `computed` marks a value made by a formula. `tick` names the choice a box stands for.
    """

    text: str
    place: Place | None = None
    computed: bool = False
    tick: str = ""


class Cell(NamedTuple):
    """One cell of the filled grid: where it is, what it holds, and its text already broken into lines.

    `kind` tells words of the form (`label`), something to fill in (`blank`), an `empty` cell, and what stands without
    borders: `title`, `furniture`, `heading`, `note`. `parts` in order give the text; `lines` are its wrapped lines
    (one character a line in a vertical label).
    """

    row: int
    col: int
    rows: int
    cols: int
    kind: CellKind
    parts: tuple[Piece, ...]
    lines: tuple[str, ...]
    style: Style

    @property
    def text(self) -> str:
        """The text of the cell, unbroken."""
        return "".join(part.text for part in self.parts)


class Head(NamedTuple):
    """Rows printed again at the top of a page that begins inside `body`."""

    rows: range
    body: range


class Grid(NamedTuple):
    """One sheet, filled and measured. Lengths in points, origin top left of the paper.

    `widths` and `heights` are of columns and rows; a height is what the cells' lines need and may exceed a page.
    """

    name: str
    paper: Paper
    margins: tuple[float, float, float, float]  # top, right, bottom, left
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]
    heads: tuple[Head, ...]
    padding: float
    leading: float  # line height as a multiple of the font size
