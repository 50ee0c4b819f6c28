"""Operators and functions that give a value: each takes the evaluation and its nodes and gives a Measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from forms.formula.lookup import sumifs, xlookup
from forms.formula.measure import ZERO, Measure, added, combine, is_blank, number, plain
from forms.formula.scope import UNREAD, Blank, Failing, unread
from forms.formula.scoring import score
from forms.formula.syntax import Chain, Name, Node, is_column
from forms.language import N_

if TYPE_CHECKING:
    from forms.formula.evaluation import Evaluation

Function = Callable[["Evaluation", Sequence[Node]], Measure]


def add(evaluation: Evaluation, node: Chain) -> Measure:
    """`+` and `-`: blank counts as 0."""
    first, *rest = map(evaluation.measure, node.operands)
    signed = (
        one._replace(value=-number(one.value)) if sign == "-" else one
        for sign, one in zip(node.operators, rest, strict=True)
    )
    return added([first, *signed])


def multiply(evaluation: Evaluation, node: Chain) -> Measure:
    """`*` and `/`: blank while a factor is blank; raises Blank for a divisor that is blank or zero."""
    measures = [evaluation.measure(one) for one in node.operands]
    signs = ("*", *node.operators)
    if any(sign == "/" and not number(one.value) for sign, one in zip(signs, measures, strict=True)):
        raise Blank(N_("除数是空白或零，暂不能计算。"))
    if any(one.empty for one in measures):
        return Measure(None, filled=False)
    value = _product(signs, (number(one.value) for one in measures))
    inputs = [(sign, one) for sign, one in zip(signs, measures, strict=True) if one.filled]
    if len(inputs) != 1 or inputs[0][0] == "/":
        return Measure(value, combine(measures), 1)
    # One sum times constants, as in a change of unit, stays a sum; its last places are scaled with it.
    source = inputs[0][1]
    scale = _product(signs, (Decimal(1) if one is source else number(one.value) for one in measures))
    return Measure(value, True, source.addends, source.slack * abs(scale))


def join(evaluation: Evaluation, node: Chain) -> Measure:
    """`&`: texts one after the other."""
    measures = [evaluation.measure(one) for one in node.operands]
    text = "".join(plain(one.value) for one in measures if one.value is not None)
    evaluation.budget.spend(len(text) // 100)
    return Measure(text, combine(measures))


def _product(signs: Iterable[str], numbers: Iterable[Decimal]) -> Decimal:
    value = Decimal(1)
    for sign, one in zip(signs, numbers, strict=True):
        value = value * one if sign == "*" else value / one
    return value


def _total(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    return added([_summed(evaluation, one) for one in arguments])


def _summed(evaluation: Evaluation, node: Node) -> Measure:
    if not is_column(node):
        return evaluation.measure(node)
    numbers = _numbers(evaluation, node.name)
    unit = evaluation.unit(node.name)
    return Measure(sum(numbers, ZERO), bool(numbers), len(numbers), unit * len(numbers))


def _extreme(choose: Callable[[list[Decimal]], Decimal]) -> Function:
    def function(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
        parts = [one for node in arguments for one in _parts(evaluation, node)]
        found = [number(one.value) for one in parts if not one.empty]
        return Measure(choose(found), combine(parts), 1) if found else Measure(None, filled=False)

    return function


def _parts(evaluation: Evaluation, node: Node) -> list[Measure]:
    if not is_column(node):
        return [evaluation.measure(node)]
    return [Measure(one, filled=True) for one in _numbers(evaluation, node.name)] or [Measure(None, filled=False)]


def _numbers(evaluation: Evaluation, name: Name) -> list[Decimal]:
    """The filled cells of a column of numbers; raises Pending where one is unread."""
    cells = evaluation.cells(name)
    if any(cell is UNREAD for cell in cells):
        raise unread(name)
    return [number(cell) for cell in cells if not is_blank(cell) and cell is not UNREAD]


def _count(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    # An unread text is something filled in: it counts, whatever it means.
    count = sum(not is_blank(one) for node in arguments for one in evaluation.raw(node))
    return Measure(Decimal(count), count > 0, 1)


def _absolute(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    inner = evaluation.measure(arguments[0])
    return inner._replace(value=abs(number(inner.value)))


def _length(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    inner = evaluation.measure(arguments[0])
    return Measure(Decimal(len(plain(inner.value or ""))), inner.filled, 1)


def _left(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    inner = evaluation.measure(arguments[0])
    count = _whole(evaluation.measure(arguments[1]), 0, 1_000) if len(arguments) > 1 else 1
    return Measure(plain("" if inner.value is None else inner.value)[:count], inner.filled, 1)


def _round(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    """Round half away from zero, as Excel and people do."""
    inner = evaluation.measure(arguments[0])
    value = number(inner.value)
    unit = Decimal(1).scaleb(-_whole(evaluation.measure(arguments[1]), -20, 20))
    if value % unit:
        # Adding zero writes hundreds as 1200, not as 1.2E+3.
        value = value.quantize(unit, ROUND_HALF_UP) + ZERO
    return inner._replace(value=value)


def _whole(measure: Measure, least: int, most: int) -> int:
    value = number(measure.value)
    if value != value.to_integral_value() or not least <= value <= most:
        raise Failing(
            N_("公式里的位数 {value} 不对，应是 {least} 到 {most} 的整数。"),
            value=plain(value),
            least=str(least),
            most=str(most),
        )
    return int(value)


VALUES: dict[str, Function] = {
    "SUM": _total,
    "MIN": _extreme(min),
    "MAX": _extreme(max),
    "COUNTA": _count,
    "ABS": _absolute,
    "LEN": _length,
    "LEFT": _left,
    "ROUND": _round,
    "SUMIFS": sumifs,
    "XLOOKUP": xlookup,
    "评分": score,
}
CHAINS: dict[str, Callable[[Evaluation, Chain], Measure]] = {
    "+": add,
    "-": add,
    "*": multiply,
    "/": multiply,
    "&": join,
}
