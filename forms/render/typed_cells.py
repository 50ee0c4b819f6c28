"""How texts and numbers are put into the cells of a workbook, so that nothing typed turns into anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from forms.errors import ExportRefused
from forms.grid.cells import Piece
from forms.language import N_
from forms.scope import understood
from forms.template.model import Field, Template
from forms.values import NUMBERS

TEXT_FORMAT = "@"

_LONGEST_TEXT = 32_767  # UTF-16 code units in a cell
_LONGEST_FORMAT = 255
_EXACT_DIGITS = 15  # what the binary numbers of a workbook keep
_FORMULA_SIGNS = tuple("=+-@\t\r＝＋－＠")
_ILLEGAL = re.compile(r"[\x00-\x08\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b]")
_TYPED = re.compile(r"([^0-9]*?)(-?[0-9][0-9,]*(?:\.[0-9]+)?)([^0-9]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number for a cell, and the number format that shows it as it was typed, with the words around it."""

    value: Decimal
    format: str


def cell_at(sheet: Worksheet, row: int, col: int) -> Cell:
    """The cell at a row and column, from 1; our sheets note their merged areas without openpyxl's stand-in cells."""
    return cast("Cell", sheet.cell(row, col))


def put_text(cell: Cell, text: str) -> None:
    """Put `text` into `cell` as text, whatever it looks like; the caller gives the cell TEXT_FORMAT.

    ExportRefused where it is longer than a cell can hold, or holds half a character; control characters are left out.
    """
    # Excel reads _x0041_ in a text as the letter A.
    shown = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text)))
    place = {"sheet": cell.parent.title, "cell": cell.coordinate}
    try:
        length = len(shown.encode("utf-16-le")) // 2
    except UnicodeEncodeError as error:
        message = N_("工作表“{sheet}”的 {cell} 格中有半个字（不成对的代理码）；请删去显示为方框的字后再导出。")
        raise ExportRefused(message, **place) from error
    if length > _LONGEST_TEXT:
        message = N_("工作表“{sheet}”的 {cell} 格有 {count} 个字，超过一格的上限 32767；请缩短后再导出。")
        raise ExportRefused(message, **place, count=length)
    if shown:  # a text cell without a text would be a damaged one
        cell.value = shown
        cell.data_type = "s"


def looks_like_formula(text: str) -> bool:
    """Whether `text` would start a formula if a person typed it into a cell again."""
    return text.startswith(_FORMULA_SIGNS)


def figure(parts: Sequence[Piece], number: int, field: Field, template: Template) -> Figure | None:
    """The number in the blank `parts[number]` of kind `field`, with the words of the other parts around it.

    None where it does not read as a number, or where a workbook could not show it as it was typed.
    """
    typed = parts[number].text
    value = understood(field, typed, template) if field.kind in NUMBERS else None
    if not isinstance(value, Decimal) or len(value.as_tuple().digits) > _EXACT_DIGITS:
        return None
    found = _TYPED.fullmatch(typed.strip())
    if found and Decimal(found[2].replace(",", "")) == value:
        before, digits, after = found.groups()
    else:  # full-width digits and the like are shown plain
        before, digits, after = "", format(value, "f"), ""
    before = "".join(part.text for part in parts[:number]) + before
    after += "".join(part.text for part in parts[number + 1 :])
    shown = _number_format(before, digits, after)
    return Figure(value, shown) if len(shown) <= _LONGEST_FORMAT and "\n" not in shown else None


def empty_format(field: Field) -> str:
    """The format of an empty cell where a person may still type a value of kind `field`."""
    return "General" if field.kind in NUMBERS else TEXT_FORMAT


def _number_format(before: str, digits: str, after: str) -> str:
    whole, _, fraction = digits.removeprefix("-").partition(".")
    pattern = "#,##0" if "," in whole else "0" * len(whole) if whole[0] == "0" else "0"
    pattern += "." + "0" * len(fraction) if fraction else ""
    head, tail = _literal(before), _literal(after)
    # The sign of a negative number stands in front of the whole format unless the format says where.
    return f"{head}{pattern}{tail};{head}-{pattern}{tail}" if head else pattern + tail


def _literal(words: str) -> str:
    return "".join(f'"{run}"' if run != '"' else '\\"' for run in re.findall(r'"|[^"]+', words))
