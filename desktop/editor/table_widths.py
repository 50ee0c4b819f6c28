"""How the columns of a table share its width: as the form is drawn, and never too narrow to read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from desktop.editor.tree_cell import PADDING
from forms.template.model import Block, Field, Sheet
from forms.values import Kind

# What a column shows on one line at least: two Chinese letters, or a number that must not be broken up.
_LEAST = {Kind.MONEY: "00000.00", Kind.DATE: "00000000", Kind.CODE: "0000000", Kind.PERCENT: "00.00", Kind.YEAR: "0000"}
_TWO_LETTERS = "国国"
_LONG = 3.0  # what a long text has for every short one, where the form does not say


def shares(columns: Sequence[Field], sheet: Sheet, block: Block) -> list[float]:
    """What each column has of the width; one that is not drawn has what its kind asks for."""
    drawn = {one.name: sum(sheet.widths[one.col : one.col + one.cols]) for one in block.columns}
    usual = sum(drawn.values()) / len(drawn) / 2 if drawn else 1.0
    made = {
        Kind.LONG: _LONG * usual, Kind.TEXT: usual, Kind.REGION: usual, Kind.CHOICE: usual,
    }  # fmt: skip
    return [drawn.get(one.name, made.get(one.kind, 0.0)) for one in columns]


def least_width(column: Field, metrics: QFontMetrics) -> int:
    """The least width of a column, in logical pixels."""
    return metrics.horizontalAdvance(_LEAST.get(column.kind, _TWO_LETTERS)) + 2 * PADDING + 2


def shared(width: int, weights: Sequence[float], least: Sequence[int]) -> list[int]:
    """`width` shared out by weight, none under its least; together they are wider where the leasts are."""
    fixed: set[int] = set()
    while True:
        rest = width - sum(least[at] for at in fixed)
        weight = sum(one for at, one in enumerate(weights) if at not in fixed)
        small = {
            at for at, one in enumerate(weights) if at not in fixed and (not weight or rest * one / weight < least[at])
        }
        if not small:
            break
        fixed |= small
    made, edge, so_far = [], 0, 0.0
    for at, one in enumerate(weights):
        if at in fixed:
            made.append(least[at])
            continue
        so_far += one
        made.append(round(rest * so_far / weight) - edge)
        edge += made[-1]
    return made
