"""What is said of an indicator tree besides its texts: problems by cell, and counts and totals by branch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from desktop.models.branches import ROW, Node
from desktop.models.indicator_edits import filled
from desktop.models.remarks import while_at_work
from forms.filing import Indicator
from forms.language import N_, sentence
from forms.problem import Problem, Severity
from forms.template.model import Field
from forms.values import Kind, read

_ByColumn = dict[str, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands under a branch: indicators that are filled, those with an error, the sum of each 权重 column."""

    filled: int = 0
    faulty: int = 0
    totals: tuple[Decimal | None, ...] = ()


class Findings:
    """Problems and counts of one tree; of the indicator `quiet` only what is wrong is said, unless `outspoken`."""

    def __init__(self, weights: Sequence[Field]) -> None:
        self.quiet = ""
        self.outspoken = False
        self._weights = weights
        self._found: dict[str, _ByColumn] = {}
        self._texts: Mapping[str, Indicator] = {}
        self._tallies: dict[int, Tally] = {}

    def take(self, problems: Iterable[Problem]) -> set[str]:
        """Keep the problems of now; gives the ids of the indicators whose problems are not what they were."""
        found: dict[str, _ByColumn] = {}
        for one in problems:
            if one.at.indicator:
                columns = found.setdefault(one.at.indicator, {})
                columns[one.at.column] = (*columns.get(one.at.column, ()), one)
        before, self._found = self._found, found
        return {ident for ident in before.keys() | found.keys() if before.get(ident) != found.get(ident)}

    def count(self, texts: Mapping[str, Indicator]) -> None:
        """Look at these indicators from now on."""
        self._texts = texts

    def of(self, ident: str) -> bool:
        """Whether anything is wrong with an indicator, said or not."""
        return ident in self._found

    def said(self, ident: str, column: str) -> tuple[Problem, ...]:
        """What is to be said of a cell now, gravest first."""
        found = self._found.get(ident, {}).get(column, ())
        if not found or self.outspoken or ident != self.quiet:
            return found
        one = self._texts.get(ident)
        return while_at_work(found) if one is not None and one.columns.get(column, "").strip() else ()

    def forget(self, branch: Node) -> None:
        """Count a branch anew when it is asked for."""
        self._tallies.pop(branch.number, None)

    def summary(self, branch: Node) -> str:
        """What stands under a branch, in words."""
        tally = self._tally(branch)
        if tally.faulty:
            params = {"filled": tally.filled, "faulty": tally.faulty}
            return sentence(N_("已填 {filled} 条，{faulty} 条有错"), params)
        return sentence(N_("已填 {filled} 条"), {"filled": tally.filled}) if tally.filled else sentence(N_("未填"))

    def total(self, branch: Node, number: int | None) -> str:
        """The total of the 权重 column `number` in words; empty where there is no such column or nothing in it."""
        total = None if number is None else self._tally(branch).totals[number]
        return "" if total is None else sentence(N_("合计 {total}"), {"total": format(total, "f")})

    def _tally(self, branch: Node) -> Tally:
        if branch.number not in self._tallies:
            self._tallies[branch.number] = self._counted(branch)
        return self._tallies[branch.number]

    def _counted(self, node: Node) -> Tally:
        if not node.children or node.children[0].depth != ROW:
            parts = [self._tally(child) for child in node.children]
            sums = tuple(_sum(part.totals[number] for part in parts) for number in range(len(self._weights)))
            return Tally(sum(part.filled for part in parts), sum(part.faulty for part in parts), sums)
        ones = [one for row in node.children if (one := self._texts.get(row.ident)) is not None]
        count = sum(1 for one in ones if filled(one))
        faulty = sum(1 for one in ones if self._is_faulty(one.id))
        return Tally(count, faulty, tuple(_sum(_weight(field, one) for one in ones) for field in self._weights))

    def _is_faulty(self, ident: str) -> bool:
        columns = self._found.get(ident, {})
        said = (problem for column in columns for problem in self.said(ident, column))
        return any(problem.severity is Severity.ERROR for problem in said)


def _weight(field: Field, one: Indicator) -> Decimal | None:
    text = one.columns.get(field.name, "")
    return _number(field.kind, text) if text else None


@lru_cache(maxsize=4_096)  # the same few weights stand in many rows, and every letter sums them anew
def _number(kind: Kind, text: str) -> Decimal | None:
    value = read(kind, text)
    return value if isinstance(value, Decimal) else None


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None
