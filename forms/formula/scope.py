"""What a formula is evaluated against: the values of a form, and the ways in which an answer may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Literal, Protocol

from forms.errors import BudgetExceeded
from forms.language import N_

if TYPE_CHECKING:
    from forms.formula.syntax import Name


class Marker(Enum):
    """A type of its own for UNREAD, so that it is never taken for a text."""

    UNREAD = "unread"


UNREAD = Marker.UNREAD
Scalar = Decimal | str | None | Literal[Marker.UNREAD]


class Scope(Protocol):
    """The values a formula reads. Blank is None; a typed text that is not yet a value of its kind is UNREAD.

    Percents are in points (25% is Decimal 25). Dates are ISO texts, so that their order is the order of texts.
    A form that is not there raises Pending, one that makes the rule impossible raises Failing.
    """

    @property
    def rounded(self) -> bool:
        """Whether the form was published in rounded figures (取整: 是)."""

    def value(self, name: Name) -> Scalar:
        """The value of a field; inside a table's column formula of a column of the same row, then of a field."""

    def column(self, name: Name) -> Sequence[Scalar]:
        """The values of one column, a row each, in order; columns of one table have the same length."""

    def places(self, name: Name) -> int:
        """The declared number of decimals of a field or column; asked only where `rounded` is true."""

    def levels(self, name: Name) -> Sequence[int]:
        """The level of each row of this column's table, 0 the highest; negative for a row outside the hierarchy."""


class Signal(Exception):
    """An answer that is no value: a catalogue sentence with {names} and what fills them."""

    def __init__(self, message: str, **params: str) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


class Pending(Signal):
    """The answer cannot be known yet: an unread input, another form that is not there or not the only one."""


class Blank(Pending):
    """The answer cannot be known yet because something is blank; a computed field is then blank too."""


class Failing(Signal):
    """The rule cannot hold: what it looks for is not there, or a text stands where a number belongs."""


class Budget:
    """The steps an evaluation may take, shared by all formulas of one run; ends in BudgetExceeded."""

    def __init__(self, steps: int = 200_000) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take `steps` from the budget: one a node, one a cell."""
        self.left -= steps
        if self.left < 0:
            raise BudgetExceeded(N_("公式的计算量超出限度；请减少表的行数，或请表样的制作者简化公式。"))


def unread(name: Name) -> Pending:
    """The signal that the input `name` is typed but not yet readable."""
    return Pending(N_("“{name}”的内容读不出来，改正后再核对。"), name=str(name))


def unfilled() -> Blank:
    """The signal that a whole side has no filled input."""
    return Blank(N_("有关内容还没有填写，暂不核对。"))
