"""Ways to part the rows of an outline so that the parts add up to the row above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

_MOST_STEPS = 20_000  # sums that are tried for one table


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which rows are the parts of a head: their depths below it, how many sums are off.

    `namesakes` counts the parts that bear the name of another part of the same row, as no two items of one code do.
    """

    depths: list[int]
    faults: int = 0
    namesakes: int = 0


class TooManyWays(Exception):
    """The amounts fit together in so many ways that trying them all would take for ever."""


@dataclass(slots=True)
class Sums:
    """Which rows can be the parts of which others; `may` has the levels at which a row may stand, None for any."""

    names: Sequence[str]
    amounts: Sequence[Decimal | None]
    rounded: bool
    may: Sequence[frozenset[int] | None] = ()
    steps: int = field(default=0, init=False)

    def is_told(self, starts: Sequence[tuple[int, int, range]]) -> bool:
        """Whether other tables have most of the names below the heads: each a level, a row and the rows below it."""
        told = [bool(self.may and self.may[row]) for _, _, below in starts for row in below]
        return 2 * sum(told) >= len(told)

    def ways(self, level: int, head: int, rows: range, depth: int, faults: int) -> Iterator[Way]:
        """Every way in which `rows` are the parts of `head`, the leaves `depth` below it, with at most `faults`."""
        for parts, way in self._parted(level, rows, depth, faults):
            wrong = way.faults + (not self._adds_up(head, parts))
            if wrong <= faults:
                shared = len(parts) - len({self.names[part] for part in parts})
                yield Way(way.depths, wrong, way.namesakes + shared)

    def _parted(self, level: int, rows: range, depth: int, faults: int) -> Iterator[tuple[list[int], Way]]:
        """Every way to cut `rows` into parts below `level`: the first row of each, and the depths of all."""
        if depth == 1 or not rows:
            if all(self._may_stand(row, level + 1) for row in rows):
                yield list(rows), Way([1] * len(rows))
            return
        first = rows[0]
        for end in range(first + 2, rows.stop + 1) if self._may_stand(first, level + 1) else ():
            for inner in self.ways(level + 1, first, range(first + 1, end), depth - 1, faults):
                for parts, rest in self._parted(level, range(end, rows.stop), depth, faults - inner.faults):
                    depths = [1, *(one + 1 for one in inner.depths), *rest.depths]
                    wrong, shared = inner.faults + rest.faults, inner.namesakes + rest.namesakes
                    yield [first, *parts], Way(depths, wrong, shared)

    def _may_stand(self, row: int, level: int) -> bool:
        allowed = self.may[row] if self.may else None
        return not allowed or level in allowed

    def _adds_up(self, head: int, parts: Sequence[int]) -> bool:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise TooManyWays
        whole, amounts = self.amounts[head], [self.amounts[part] for part in parts]
        known = [amount for amount in amounts if amount is not None]
        if whole is None or len(known) != len(amounts):
            return False
        free = Decimal(len(known) + 1) / 2 if self.rounded and len(known) > 1 else Decimal(0)
        return abs(sum(known, Decimal(0)) - whole) <= free
