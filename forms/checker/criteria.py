"""A check as data: what it is called, how grave, of which dimension and source, what it looks at, and its finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from forms.filing import Place
from forms.problem import Fix, Problem, Severity

if TYPE_CHECKING:  # the views are looked at by the checks themselves
    from forms.checker.view import Branches, Entry, Form, Line, Text

Seen = TypeVar("Seen")


class Dimension(StrEnum):
    """The four things a review asks of performance goals (财预〔2015〕88号)."""

    COMPLETE = "完整性"
    RELEVANT = "相关性"
    FITTING = "适当性"
    FEASIBLE = "可行性"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One entry of the catalogue: its id (R-…), what it asks for in one line, and where that comes from.

    `source` names the regulation, or the kind of published form the fault was seen in.
    """

    id: str
    severity: Severity
    dimension: Dimension
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found at one place: a sentence of the catalogue, what fills it, the characters meant, a safe repair.

    `softer` is a severity below that of the criterion, where this very finding is less grave.
    """

    at: Place
    message: str
    params: dict[str, str] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    fix: Fix | None = None
    softer: Severity | None = None


@dataclass(frozen=True, slots=True)
class Check(Generic[Seen]):
    """A criterion, and the function that looks at one thing for what breaks it."""

    criterion: Criterion
    look: Callable[[Seen], Iterable[Finding]]

    def problems(self, seen: Seen) -> Iterable[Problem]:
        """What the check finds, as problems of the filing."""
        one = self.criterion
        return [
            Problem(
                one.id, found.softer or one.severity, found.at, found.message, found.params, found.span,
                one.dimension, one.source, found.fix,
            )
            for found in self.look(seen)
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checks:
    """Checks by what they look at, and so by what makes them look again.

    `texts`: one text, of a field, a cell, an indicator's column. `lines`: one indicator. `rows`: one row of a table.
    `trees`: the indicators of a tree beside each other. `forms`: the fields and tables beside each other.
    `relations`: the words of the form against its indicators; these wait for a pause in typing, and never block.
    """

    texts: tuple[Check[Text], ...] = ()
    lines: tuple[Check[Line], ...] = ()
    rows: tuple[Check[Entry], ...] = ()
    trees: tuple[Check[Branches], ...] = ()
    forms: tuple[Check[Form], ...] = ()
    relations: tuple[Check[Form], ...] = ()

    def __add__(self, other: Checks) -> Checks:
        return Checks(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria behind the checks, each once."""
        found = (check.criterion for one in fields(self) for check in getattr(self, one.name))
        return tuple({one.id: one for one in found}.values())
