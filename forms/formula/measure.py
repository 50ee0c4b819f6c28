"""Values under evaluation: what they are, whether anything was filled in, and when two of them are equal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from forms.formula.scope import Failing, Scalar
from forms.formula.syntax import Name
from forms.language import N_
from forms.values import fold

ZERO = Decimal(0)
_HALF = Decimal("0.5")
# A code such as 0201 is no number, or it would equal 201.
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


class Measure(NamedTuple):
    """A value, and how exact it is.

    `filled` is None for constants, False where every input is blank. `addends` counts the filled inputs that were
    added up, `slack` is the sum of their last places; both matter in rounded forms only.
    """

    value: Decimal | str | None
    filled: bool | None = None
    addends: int = 0
    slack: Decimal = ZERO

    @property
    def empty(self) -> bool:
        """Whether there are inputs and all of them are blank."""
        return self.filled is False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule holds, with the numbers that decided it.

    `difference` is left minus right where both are numbers. `message` with `params` is the evaluation's own sentence:
    why the rule is pending, or why it cannot hold; where it is empty the rule's own words apply. `column` and `row`
    (from 0) name the cell at fault where a rule over a column finds one.
    """

    state: Literal["holds", "broken", "pending"]
    left: Scalar = None
    right: Scalar = None
    difference: Decimal | None = None
    message: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    column: Name | None = None
    row: int | None = None


def settle(
    holds: bool,
    left: Scalar = None,
    right: Scalar = None,
    *,
    column: Name | None = None,
    row: int | None = None,
) -> Verdict:
    """A verdict with its two sides and their difference."""
    numbers = isinstance(left, Decimal) and isinstance(right, Decimal)
    difference = left - right if numbers else None  # type: ignore[operator]  # both are numbers here
    return Verdict("holds" if holds else "broken", left, right, difference, column=column, row=row)


def plain(value: Decimal | str) -> str:
    """A value as a text: numbers without exponent and without trailing zeros, as Excel joins them."""
    if isinstance(value, str):
        return value
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal | str | None) -> Decimal:
    """A value as a number: blank is 0, a text that is a plain number counts as it; raises Failing."""
    if isinstance(value, Decimal):
        return value
    if value is None:
        return ZERO
    found = as_number(value)
    if found is None:
        raise Failing(N_("“{text}”不是数字，不能参加计算。"), text=value)
    return found


def as_number(text: str) -> Decimal | None:
    """The number a text spells, None where it spells none; 0201 is a code."""
    folded = fold(text)
    return Decimal(folded) if _NUMBER.fullmatch(folded) else None


def is_blank(value: Scalar) -> bool:
    """Whether nothing was filled in."""
    return value is None or value == ""


def added(measures: Sequence[Measure]) -> Measure:
    """The sum of values, blank counting as 0; addends and last places add up with them."""
    return Measure(
        sum((number(one.value) for one in measures), ZERO),
        combine(measures),
        sum(one.addends for one in measures),
        sum((one.slack for one in measures), ZERO),
    )


def combine(measures: Sequence[Measure]) -> bool | None:
    """Whether any of the inputs behind `measures` is filled; None where there are no inputs."""
    states = [one.filled for one in measures]
    return None if all(state is None for state in states) else any(states)  # any() takes None for False


def tolerance(left: Measure, right: Measure) -> Decimal:
    """How far two rounded sides may differ: half of all last places, once one side is a sum of two or more."""
    return _HALF * (left.slack + right.slack) if max(left.addends, right.addends) > 1 else ZERO


def compare(left: Decimal | str | None, right: Decimal | str | None, within: Decimal = ZERO) -> int | None:
    """Tell whether `left` is less (-1), equal (0) or greater (1); None for a number beside a text that is none.

    Numbers are equal that differ by at most `within`. Blank is 0 beside a number and "" beside a text.
    """
    if not isinstance(left, Decimal) and not isinstance(right, Decimal):
        return _order(fold(left or ""), fold(right or ""))
    first, second = _beside(left), _beside(right)
    if first is None or second is None:
        return None
    return 0 if abs(first - second) <= within else _order(first, second)


OPERATORS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}
"""What a comparison says of the order that `compare` found."""


def _beside(value: Decimal | str | None) -> Decimal | None:
    return as_number(value) if isinstance(value, str) else number(value)


def _order(left: Decimal | str, right: Decimal | str) -> int:
    return (left > right) - (left < right)  # type: ignore[operator]  # both are numbers or both texts
