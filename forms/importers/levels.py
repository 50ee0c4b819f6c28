"""How deep each row of an outline stands where the source shows neither codes nor indents: by numbers and sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

INDENT = "　"
_DEEPEST = 4  # levels below a numbered row that are tried
_MOST_ROWS = 100  # below one head
_MOST_STEPS = 20_000  # sums that are tried for one table
_NUMERALS = "[一二三四五六七八九十]+"
_SPELT = (rf"{_NUMERALS}\s*、", rf"[(（]{_NUMERALS}[)）]", r"\d{1,3}\s*[.．、]", r"[(（]\d{1,3}[)）]")
_MARKS = tuple(map(re.compile, _SPELT))


def indented(texts: Sequence[str]) -> list[int | None]:
    """The level of each row, from 1, by the ideographic blanks it begins with; all None where none has any."""
    depths = [len(text) - len(text.lstrip(INDENT)) for text in texts]
    return [depth + 1 for depth in depths] if any(depths) else [None] * len(texts)


def outlined(texts: Sequence[str], amounts: Sequence[Decimal | None], *, rounded: bool) -> list[int | None]:
    """The level of each row, from 1, by its numbering; rows without a number by what adds up to the row above.

    All leaves below numbered rows are taken to stand equally deep, as 类, 款 and 项 do; where the sums fit in no way
    or in several, a row without a number gets None. `rounded` amounts may miss a sum by half a unit each.
    """
    marks = [next((kind for kind, mark in enumerate(_MARKS) if mark.match(text.strip())), None) for text in texts]
    order = list(dict.fromkeys(mark for mark in marks if mark is not None))
    levels = [order.index(mark) + 1 if mark is not None else None for mark in marks]
    if None not in levels or not order:
        return levels
    heads = [row for row, level in enumerate(levels) if level is not None]
    spans = [(head, range(head + 1, end)) for head, end in pairwise([*heads, len(texts)]) if end > head + 1]
    for (head, below), way in zip(spans, _only_ways(_Sums(amounts, rounded), spans), strict=False):
        for row, deeper in zip(below, way, strict=True):
            levels[row] = (levels[head] or 0) + deeper
    return levels


def _only_ways(sums: _Sums, spans: Sequence[tuple[int, range]]) -> list[list[int]]:
    """The depths of the rows below each head, at the first depth that suits all heads in one way; else none."""
    if max((len(below) for _, below in spans), default=0) > _MOST_ROWS:
        return []
    try:
        for depth in range(1, _DEEPEST + 1):
            found = [list(islice(sums.ways(head, below, depth), 2)) for head, below in spans]
            if all(len(ways) == 1 for ways in found):
                return [way for (way,) in found]
    except _TooManyWays:
        pass
    return []


class _TooManyWays(Exception):
    """The amounts fit together in so many ways that trying them all would take for ever."""


@dataclass(slots=True)
class _Sums:
    """Which rows can be the parts of which others."""

    amounts: Sequence[Decimal | None]
    rounded: bool
    steps: int = 0

    def ways(self, head: int, rows: range, depth: int) -> Iterator[list[int]]:
        """The depths of `rows`, for every way in which they are the parts of `head`, the leaves `depth` below it."""
        for parts, depths in self._parted(rows, depth):
            if self._adds_up(head, parts):
                yield depths

    def _parted(self, rows: range, depth: int) -> Iterator[tuple[list[int], list[int]]]:
        """Every way to cut `rows` into parts: the first row of each, and the depths of all."""
        if depth == 1 or not rows:
            yield list(rows), [1] * len(rows)
            return
        first = rows[0]
        for end in range(first + 2, rows.stop + 1):
            for inner in self.ways(first, range(first + 1, end), depth - 1):
                for parts, depths in self._parted(range(end, rows.stop), depth):
                    yield [first, *parts], [1, *(one + 1 for one in inner), *depths]

    def _adds_up(self, head: int, parts: Sequence[int]) -> bool:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _TooManyWays
        whole, amounts = self.amounts[head], [self.amounts[part] for part in parts]
        known = [amount for amount in amounts if amount is not None]
        if whole is None or len(known) != len(amounts):
            return False
        free = Decimal(len(known) + 1) / 2 if self.rounded and len(known) > 1 else Decimal(0)
        return abs(sum(known, Decimal(0)) - whole) <= free
