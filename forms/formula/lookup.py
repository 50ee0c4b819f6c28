"""Functions that look for rows of a table: SUMIFS and XLOOKUP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from forms.formula.measure import OPERATORS, ZERO, Measure, as_number, compare, is_blank, number, plain
from forms.formula.scope import UNREAD, Failing, Scalar, unread
from forms.formula.syntax import Name, Node, Reference, is_column
from forms.language import N_
from forms.values import region_key

if TYPE_CHECKING:
    from forms.formula.evaluation import Evaluation

_SIGNS = ("<>", "<=", ">=", "=", "<", ">")  # the longer first


def sumifs(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    """Add the cells of the first column in the rows that meet every condition."""
    summed, *conditions = arguments
    name = _column(summed)
    cells = evaluation.cells(name)
    chosen = [True] * len(cells)
    filled = False
    for column, criterion in zip(map(_column, conditions[::2]), conditions[1::2], strict=True):
        sign, wanted = _criterion(evaluation, criterion)
        if wanted is None:
            return Measure(None, filled=False)
        values = evaluation.cells(column)
        if UNREAD in values:
            raise unread(column)
        filled = filled or not all(map(is_blank, values))
        chosen = [kept and _meets(cell, sign, wanted) for kept, cell in zip(chosen, values, strict=True)]
    found = [cell for kept, cell in zip(chosen, cells, strict=True) if kept and not is_blank(cell)]
    if UNREAD in found:
        raise unread(name)
    total = sum((number(cell) for cell in found if cell is not UNREAD), ZERO)
    addends = len(found) + (evaluation.scope.rounded and len(found) == 1 and _is_total(evaluation, name, chosen))
    return Measure(total, filled, addends, evaluation.unit(name) * len(found))


def _is_total(evaluation: Evaluation, name: Name, chosen: Sequence[bool]) -> bool:
    """Whether a row that was chosen has rows below it: it is a total, rounded apart from those of other tables."""
    levels = evaluation.scope.levels(name)
    return any(kept and 0 <= level < below for kept, level, below in zip(chosen, levels, levels[1:], strict=False))


def xlookup(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    """Give the cell beside the first key equal to the one looked for; 中山 finds 中山市 where no key is just 中山.

    Raises Failing where the key is not there, Pending where it may be among keys that are unread.
    """
    key = evaluation.measure(arguments[0])
    names, results = _column(arguments[1]), _column(arguments[2])
    if key.empty or key.value is None:
        return Measure(None, filled=False)
    keys = evaluation.cells(names)
    row = _row(key.value, keys)
    if row is None:
        if UNREAD in keys:
            raise unread(names)
        raise Failing(
            N_("“{key}”不在“{column}”中；请核对两处的写法，或在该表补上这一行。"),
            key=plain(key.value),
            column=str(names),
        )
    found = evaluation.cells(results)[row]
    if found is UNREAD:
        raise unread(results)
    if is_blank(found):
        return Measure(None, filled=False)
    return Measure(found, True, 1, evaluation.unit(results))


def plain_criterion(text: str) -> tuple[str, str]:
    """Split the text of a condition into its sign (= where none is written) and the text compared with."""
    sign = next((one for one in _SIGNS if text.startswith(one)), "")
    return sign or "=", text[len(sign) :].strip()


def _criterion(evaluation: Evaluation, node: Node) -> tuple[str, Decimal | str | None]:
    measure = evaluation.measure(node)
    if measure.empty:
        return "=", None
    # What a person typed into a field is looked for as it stands; only the formula's own words carry a sign.
    if isinstance(measure.value, str) and not isinstance(node, Reference):
        sign, text = plain_criterion(measure.value)
        spelt = as_number(text)
        return sign, text if spelt is None else spelt
    return "=", measure.value


def _meets(cell: Scalar, sign: str, wanted: Decimal | str) -> bool:
    if cell is UNREAD:
        return False
    if is_blank(cell):
        return (sign == "=") == (wanted == "") and sign in ("=", "<>")
    order = compare(cell, wanted)
    return sign == "<>" if order is None else OPERATORS[sign](order)


def _row(key: Decimal | str, keys: Sequence[Scalar]) -> int | None:
    def same(cell: Scalar) -> bool:
        return not is_blank(cell) and cell is not UNREAD and compare(key, cell) == 0

    def same_region(cell: Scalar) -> bool:
        return isinstance(key, str) and isinstance(cell, str) and region_key(cell) == region_key(key)

    tests: tuple[Callable[[Scalar], bool], ...] = (same, same_region)
    return next((row for test in tests for row, cell in enumerate(keys) if test(cell)), None)


def _column(node: Node) -> Name:
    if not is_column(node):
        raise TypeError(node)
    return node.name
