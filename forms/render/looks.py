"""How cells of a workbook look: fonts, alignment, borders and number formats, each combination made once."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray

from forms.grid.cells import Style
from forms.render.typed_cells import TEXT_FORMAT

FACES = {"text": "宋体", "heading": "黑体"}

_VALIGN = {"top": "top", "middle": "center"}
_VERTICAL = 255  # one character above the other
_SIDE = Side(style="thin")
_FRAME = Border(_SIDE, _SIDE, _SIDE, _SIDE)


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a cell of the grid, and what only a workbook asks. `quoted` keeps a text a text when edited."""

    style: Style
    number_format: str = TEXT_FORMAT
    quoted: bool = False
    indent: int = 0


class Looks:
    """The looks of one workbook."""

    def __init__(self) -> None:
        self._made: dict[Look, StyleArray] = {}

    def give(self, cell: Cell, look: Look) -> None:
        """Make `cell` look like `look`."""
        if look not in self._made:
            self._made[look] = _made(cell, look)
        # The public way looks up font, border and all the rest again for every cell.
        cell._style = self._made[look]  # type: ignore[attr-defined]  # noqa: SLF001 — as above


def _made(cell: Cell, look: Look) -> StyleArray:
    array = StyleArray()  # a new one: that of the cell may belong to many
    cell._style = array  # type: ignore[attr-defined]  # noqa: SLF001 — as above
    style = look.style
    cell.font = Font(name=FACES[style.face], size=style.size)
    cell.alignment = Alignment(
        horizontal="left" if look.indent else style.align,
        vertical=_VALIGN[style.valign],
        wrap_text=not style.vertical,
        text_rotation=_VERTICAL if style.vertical else 0,
        indent=look.indent,
    )
    cell.border = _FRAME if style.border else Border()
    cell.number_format = look.number_format
    cell.quotePrefix = look.quoted
    return array
