"""Functions that hold or do not: ISBLANK, and the rules over the rows of a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from forms.formula.measure import Measure, Verdict, added, compare, is_blank, number, settle
from forms.formula.scope import UNREAD, Failing, unfilled, unread
from forms.formula.syntax import Name, Node, is_column
from forms.language import N_
from forms.values import region_key

if TYPE_CHECKING:
    from forms.formula.evaluation import Evaluation


class _Cell(NamedTuple):
    """A filled cell: its row (None for a value that is in no column), and the value."""

    row: int | None
    value: Decimal | str


def _is_blank(evaluation: Evaluation, arguments: Sequence[Node]) -> Verdict:
    (value,) = evaluation.raw(arguments[0])
    return settle(is_blank(value), None if value is UNREAD else value)


def _not_falling(evaluation: Evaluation, arguments: Sequence[Node]) -> Verdict:
    """不减: each filled value is at least the filled one before it."""
    name = _name_of(arguments[0]) if len(arguments) == 1 else None
    cells = [cell for node in arguments for cell in _filled(evaluation, node)]
    if not cells:
        raise unfilled()
    for before, after in pairwise(cells):
        order = compare(before.value, after.value)
        if order is None:
            raise Failing(N_("“{first}”与“{second}”不能比大小。"), first=str(before.value), second=str(after.value))
        if order > 0:
            return settle(False, before.value, after.value, column=name, row=after.row if name else None)
    return settle(True)


def _unique(evaluation: Evaluation, arguments: Sequence[Node]) -> Verdict:
    """唯一: no two filled cells are equal."""
    name = _name_of(arguments[0])
    cells = _filled(evaluation, arguments[0])
    if not cells:
        raise unfilled()
    seen: set[Decimal | str] = set()
    for row, value in cells:
        key = region_key(value) if isinstance(value, str) else value  # 湛江 and 湛江市 are one, as for XLOOKUP
        if key in seen:
            return settle(False, value, value, column=name, row=row)
        seen.add(key)
    return settle(True)


def _subtotals(evaluation: Evaluation, arguments: Sequence[Node]) -> Verdict:
    """分级汇总: each row with rows below its level equals the sum of those straight below it.

    A row whose own cell is blank, or all of whose children are, waits; it breaks nothing. Of rounded amounts even a
    lone child may be off: the rows that round to nothing are not printed.
    """
    name = _name_of(arguments[0])
    if name is None:
        raise TypeError(arguments[0])
    cells = _filled(evaluation, arguments[0])
    if not cells:
        raise unfilled()
    unit = evaluation.unit(name)
    filled = {row: Measure(number(value), True, 1, unit) for row, value in cells}
    for parent, rows in families(evaluation.scope.levels(name)):
        children = [filled[row] for row in rows if row in filled]
        if parent not in filled or not children:
            continue
        own, total = filled[parent], added(children)
        if compare(own.value, total.value, (own.slack + total.slack) / 2) != 0:
            return settle(False, own.value, total.value, column=name, row=parent)
    return settle(True)


def families(levels: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Each row that has rows straight below it, with them; a row's parent is the nearest higher one before it.

    Rows of a negative level belong to no family.
    """
    below: dict[int, list[int]] = {}
    open_rows: list[int] = []
    for row, level in enumerate(levels):
        if level < 0:
            continue
        while open_rows and levels[open_rows[-1]] >= level:
            open_rows.pop()
        if open_rows:
            below.setdefault(open_rows[-1], []).append(row)
        open_rows.append(row)
    return sorted(below.items())


def _filled(evaluation: Evaluation, node: Node) -> list[_Cell]:
    """The filled cells of a column, or the one filled value; raises Pending where one is unread."""
    if not is_column(node):
        value = evaluation.measure(node)
        return [] if value.empty or value.value is None else [_Cell(None, value.value)]
    found: list[_Cell] = []
    for row, cell in enumerate(evaluation.cells(node.name)):
        if cell is UNREAD:
            raise unread(node.name)
        if cell is not None and cell != "":
            found.append(_Cell(row, cell))
    return found


def _name_of(node: Node) -> Name | None:
    return node.name if is_column(node) else None


TRUTHS: dict[str, Callable[[Evaluation, Sequence[Node]], Verdict]] = {
    "ISBLANK": _is_blank,
    "不减": _not_falling,
    "唯一": _unique,
    "分级汇总": _subtotals,
}
