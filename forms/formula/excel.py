"""A formula written for Excel 2007 and later, with what Excel lacks expanded, for the 校验 sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from forms.formula.functions import sort
from forms.formula.lookup import plain_criterion
from forms.formula.printing import Printer
from forms.formula.rows import families
from forms.formula.scope import Scope
from forms.formula.syntax import (
    Call,
    Chain,
    Comparison,
    Formula,
    Name,
    Negative,
    Node,
    Percent,
    Reference,
    Text,
    is_column,
    walk,
)

Locate = Callable[[Name], str | None]

# Excel's limits: characters of a formula and of a text in it, arguments of a function.
_LONGEST = 8_192
_LONGEST_TEXT = 255
_MOST_ARGUMENTS = 255
_RANGE = re.compile(r"(.*!)?\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.DOTALL)
_ARITHMETIC = frozenset({"SUM", "SUMIFS", "ABS", "ROUND"})
_OURS_ALONE = frozenset({"评分"})  # Excel cannot read ≥90% as a target
_WITHIN = {
    "=": "ABS({0})<={1}",
    "<>": "ABS({0})>{1}",
    "<": "{0}<-{1}",
    "<=": "{0}<={1}",
    ">": "{0}>{1}",
    ">=": "{0}>=-{1}",
}


def to_excel(formula: Formula, locate: Locate, scope: Scope | None = None) -> str | None:
    """Write `formula` for Excel, without the = in front; None where Excel cannot say it.

    `locate` gives the address of a field's cell or a column's cells (`'表1'!$C$5:$C$9`, one column wide), None for a
    name that is not in the workbook. `scope` tells levels and, for rounded forms, decimals: without it 分级汇总 cannot
    be written and sums count as exact, which is to the sixth decimal in binary fractions.
    """
    try:
        text = _ExcelPrinter(locate, scope).text(formula.root)
    except _Inexpressible:
        return None
    return text if len(text) <= _LONGEST else None


class _Inexpressible(Exception):
    """Something that cannot be said in this workbook."""


class _ExcelPrinter(Printer):
    """Prints as Excel reads it: addresses for names, binary fractions kept from telling equal decimals apart."""

    gap = ""

    def __init__(self, locate: Locate, scope: Scope | None) -> None:
        self._locate = locate
        self._scope = scope

    def text(self, node: Node) -> str:
        if isinstance(node, Text) and len(node.value) > _LONGEST_TEXT:
            raise _Inexpressible
        return super().text(node)

    def percent(self, node: Percent) -> str:
        return format(node.number, "f") if node.points else super().percent(node)

    def reference(self, name: Name) -> str:
        address = self._locate(name)
        if address is None:
            raise _Inexpressible
        return address

    def call(self, node: Call) -> str:
        if node.function in _OURS_ALONE:
            raise _Inexpressible
        write = _EXPANDED.get(node.function)
        if write:
            return write(self, node.arguments)
        return _called(node.function, map(self.text, node.arguments))

    def comparison(self, node: Comparison) -> str:
        sides = (node.left, node.right)
        numbers = any(map(_is_arithmetic, sides)) and not any(isinstance(side, Text) for side in sides)
        if not numbers or sort(node.left) == "truth":
            return super().comparison(node)
        difference = f"{self.operand(node.left, 3)}-{self.operand(node.right, 4)}"
        within = self._tolerance(*sides)
        if within:
            return _WITHIN[node.operator].format(difference, within)
        return f"ROUND({difference},6){node.operator}0"

    @property
    def rounded(self) -> bool:
        """Whether sums have an interval."""
        return self._scope is not None and self._scope.rounded

    def half_unit(self, name: Name) -> str:
        """Half of the last declared place of a name in a rounded form, otherwise nothing."""
        if self._scope is None or not self._scope.rounded:
            return ""
        return format(Decimal("0.5").scaleb(-self._scope.places(name)), "f")

    def levels(self, name: Name) -> Sequence[int]:
        """The levels of the rows of a column."""
        if self._scope is None:
            raise _Inexpressible
        return self._scope.levels(name)

    def cells(self, node: Node) -> list[str]:
        """The single cells behind an argument: those of a column, or the value itself."""
        if not is_column(node):
            return [self.operand(node, 2)]
        found = _RANGE.fullmatch(self.text(node))
        if not found or found[2] != found[4]:
            raise _Inexpressible
        return [f"{found[1] or ''}${found[2]}${row}" for row in range(int(found[3]), int(found[5]) + 1)]

    def _tolerance(self, left: Node, right: Node) -> str:
        """Half of the last places of all filled addends, where one side has two or more; nothing where exact."""
        sides = [list(self._addends(side)) for side in (left, right)] if self.rounded else []
        sums = [side for side in sides if len(side) > 1 or any(":" in address for _, address in side)]
        if not sums:
            return ""
        units: dict[str, list[str]] = {}
        for unit, address in chain.from_iterable(sides):
            units.setdefault(unit, []).append(address)
        terms = "+".join(f"{unit}*{_called('COUNT', addresses)}" for unit, addresses in units.items())
        several = [_called("COUNT", [address for _, address in side]) + ">1" for side in sums]
        condition = several[0] if len(several) == 1 else _called("OR", several)
        return f"({terms})*({condition})"

    def _addends(self, node: Node) -> Iterator[tuple[str, str]]:
        """The half unit and the address of all that is added up in `node`."""
        match node:
            case Reference(name):
                yield self.half_unit(name), self.text(node)
            case Negative(operand):
                yield from self._addends(operand)
            case Chain(("+" | "-", *_), operands) | Call("SUM", operands):
                for one in operands:
                    yield from self._addends(one)
            case _ if any(map(_is_sum, walk(node))):
                raise _Inexpressible


def _is_sum(node: Node) -> bool:
    match node:
        case Chain(("+" | "-", *_), _) | Call("SUM" | "SUMIFS", _):
            return True
        case _:
            return False


def _is_arithmetic(node: Node) -> bool:
    match node:
        case Negative():
            return True
        case Chain(operators):
            return operators[0] != "&"
        case Call(function, _):
            return function in _ARITHMETIC
        case _:
            return False


def _called(function: str, arguments: Iterable[str]) -> str:
    parts = list(arguments)
    if len(parts) > _MOST_ARGUMENTS:
        raise _Inexpressible
    return f"{function}({','.join(parts)})"


def _is_blank(printer: _ExcelPrinter, arguments: Sequence[Node]) -> str:
    # A cell with an empty text is blank to people but not to Excel's ISBLANK.
    return f"(LEN(TRIM({printer.text(arguments[0])}))=0)"


def _lookup(printer: _ExcelPrinter, arguments: Sequence[Node]) -> str:
    key, keys, results = arguments
    wanted = Text(_literal(key.value)) if isinstance(key, Text) else key
    return f"INDEX({printer.text(results)},MATCH({printer.text(wanted)},{printer.text(keys)},0))"


def _conditional_sum(printer: _ExcelPrinter, arguments: Sequence[Node]) -> str:
    summed, *conditions = arguments
    columns = [printer.text(one) for one in conditions[::2]]
    if all(isinstance(one, Reference) for one in conditions[1::2]):
        # SUMIFS would take a sign at the head of a typed text for a condition, and long codes for numbers.
        tests = (f"({column}={printer.text(one)})" for column, one in zip(columns, conditions[1::2], strict=True))
        return f"SUMPRODUCT({'*'.join(tests)}*1,{printer.text(summed)})"
    pairs: list[str] = [printer.text(summed)]
    for column, one in zip(columns, conditions[1::2], strict=True):
        pairs += [column, printer.text(Text(_condition(one.value)) if isinstance(one, Text) else one)]
    return _called("SUMIFS", pairs)


def _condition(text: str) -> str:
    sign, wanted = plain_criterion(text)
    return ("" if sign == "=" and wanted else sign) + _literal(wanted)


def _literal(text: str) -> str:
    """A text in which Excel sees no wildcards."""
    return re.sub(r"([*?~])", r"~\1", text)


def _not_falling(printer: _ExcelPrinter, arguments: Sequence[Node]) -> str:
    cells = [cell for one in arguments for cell in printer.cells(one)]
    steps = [
        f'OR({cell}="",COUNT({before})=0,MAX({before})<={cell})'
        for cell, before in ((cells[at], ",".join(cells[:at])) for at in range(1, len(cells)))
    ]
    return _called("AND", steps or ["TRUE"])


def _unique(printer: _ExcelPrinter, arguments: Sequence[Node]) -> str:
    # COUNTIF would do, but takes codes of more than 15 digits for equal numbers.
    column = printer.text(arguments[0])
    first = printer.cells(arguments[0])[0]
    return f'(SUMPRODUCT(({column}<>"")*(MATCH({column}&"",{column}&"",0)<>ROW({column})-ROW({first})+1))=0)'


def _subtotals(printer: _ExcelPrinter, arguments: Sequence[Node]) -> str:
    (column,) = arguments
    if not isinstance(column, Reference):
        raise TypeError(column)
    cells = printer.cells(column)
    half = printer.half_unit(column.name)
    steps: list[str] = []
    for parent, rows in families(printer.levels(column.name)):
        if max(parent, *rows) >= len(cells):
            raise _Inexpressible
        own, below = cells[parent], ",".join(cells[row] for row in rows)
        equal = f"ROUND({own}-SUM({below}),6)=0"
        if half:
            equal = f"ABS({own}-SUM({below}))<={half}*COUNT({own},{below})"
        steps.append(f'OR({own}="",COUNT({below})=0,{equal})')
    return _called("AND", steps or ["TRUE"])


_EXPANDED: dict[str, Callable[[_ExcelPrinter, Sequence[Node]], str]] = {
    "ISBLANK": _is_blank,
    "XLOOKUP": _lookup,
    "SUMIFS": _conditional_sum,
    "不减": _not_falling,
    "唯一": _unique,
    "分级汇总": _subtotals,
}
