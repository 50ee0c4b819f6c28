"""A formula as a frozen tree, and the names it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeGuard

BINDING = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}
"""How tightly an operator binds; a sign before a value binds at SIGN, everything without operators at ATOM."""
SIGN = 5
ATOM = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A field (`table` is empty) or a column, of this form (`form` is empty) or of another."""

    name: str
    table: str = ""
    form: str = ""

    def __str__(self) -> str:
        own = f"{_written(self.table)}[{_written(self.name)}]" if self.table else _written(self.name)
        return f"{_written(self.form)}!{own}" if self.form else own


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, exact."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Percent:
    """`number`%. Compared with percents, which are kept in points, it counts as `number`, elsewhere as a fraction."""

    number: Decimal
    points: bool = False

    @property
    def value(self) -> Decimal:
        """What the evaluation calculates with."""
        return self.number if self.points else self.number.scaleb(-2)


@dataclass(frozen=True, slots=True)
class Text:
    """A text between quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that is read."""

    name: Name


@dataclass(frozen=True, slots=True)
class Negative:
    """A minus before a value."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one binding, from left to right; flat, so that long sums are not deep."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides and one of = <> < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the closed list with its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Number | Percent | Text | Reference | Negative | Chain | Comparison | Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula. `names` are all it reads; 分级汇总 besides reads the levels of the rows of its column.

    `is_comparison` tells a rule, which holds or does not, from a formula that gives a value.
    """

    text: str
    root: Node
    names: frozenset[Name]
    is_comparison: bool


def walk(node: Node) -> Iterator[Node]:
    """Give `node` and all nodes below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes straight below `node`."""
    match node:
        case Negative(operand):
            return (operand,)
        case Chain(_, operands):
            return operands
        case Comparison(_, left, right):
            return left, right
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def is_column(node: Node) -> TypeGuard[Reference]:
    """Whether `node` reads a whole column."""
    return isinstance(node, Reference) and bool(node.name.table)


def is_word(text: str) -> bool:
    """Whether a name needs no quotation marks: letters, digits and _, the first no digit."""
    return bool(text) and is_start(text[0]) and all(is_part(sign) for sign in text)


def is_start(sign: str) -> bool:
    """Whether a name without quotation marks may begin with `sign`."""
    return sign.isalpha() or sign == "_"


def is_part(sign: str) -> bool:
    """Whether a name without quotation marks may contain `sign`."""
    return sign.isalnum() or sign == "_"


def _written(name: str) -> str:
    return name if is_word(name) else "'" + name.replace("'", "''") + "'"
