"""How deep each row of an outline stands where the source shows neither codes nor indents: by numbers and sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from forms.importers.sums import Sums, TooManyWays, Way

INDENT = "　"
_DEEPEST = 4  # levels below a numbered row that are tried
_MOST_ROWS = 100  # below one head
_MOST_FAULTS = 2  # a wrong figure breaks the sum it is in and the one it is
_NUMERALS = "[一二三四五六七八九十]+"
_SPELT = (rf"{_NUMERALS}\s*、", rf"[(（]{_NUMERALS}[)）]", r"\d{1,3}\s*[.．、]", r"[(（]\d{1,3}[)）]")
_MARKS = tuple(map(re.compile, _SPELT))


Start = tuple[int, int, range]  # the level of a head, its row, the rows below it


@dataclass(frozen=True, slots=True)
class Outline:
    """The level of each row, from 1 or None, and the heads below which the amounts add up in no way."""

    levels: tuple[int | None, ...]
    broken: tuple[int, ...] = ()


def indented(texts: Sequence[str]) -> list[int | None]:
    """The level of each row, from 1, by the ideographic blanks it begins with; all None where none has any."""
    depths = [len(text) - len(text.lstrip(INDENT)) for text in texts]
    return [depth + 1 for depth in depths] if any(depths) else [None] * len(texts)


def unnumbered(text: str) -> str:
    """The name in a row of an outline, without its number and blanks."""
    bare = text.strip()
    mark = next((found for mark in _MARKS if (found := mark.match(bare))), None)
    return "".join(bare[mark.end() if mark else 0 :].split())


def numbered(texts: Sequence[str]) -> list[int | None]:
    """The level of each row, from 1, by the kind of its number in the order they come; None without a number."""
    marks = [next((kind for kind, mark in enumerate(_MARKS) if mark.match(text.strip())), None) for text in texts]
    order = list(dict.fromkeys(mark for mark in marks if mark is not None))
    return [order.index(mark) + 1 if mark is not None else None for mark in marks]


def outlined(
    texts: Sequence[str],
    amounts: Sequence[Decimal | None],
    *,
    rounded: bool,
    known: Mapping[str, frozenset[int]] | None = None,
) -> Outline:
    """The level of each row, from 1, by its numbering; rows without a number by what adds up to the row above.

    All leaves below numbered rows are taken to stand equally deep, as 类, 款 and 项 do. `known` has the levels at
    which other tables have a name. Where nothing adds up, the way with the fewest sums that are off is taken once
    the other rows or the names show how the table is made; else, and where ways are equal, such a row gets None.
    `rounded` amounts may miss a sum by half a unit each.
    """
    levels = numbered(texts)
    heads = [row for row, level in enumerate(levels) if level is not None]
    spans = [(head, range(head + 1, end)) for head, end in pairwise([*heads, len(texts)]) if end > head + 1]
    if not spans or max(len(below) for _, below in spans) > _MOST_ROWS:
        return Outline(tuple(levels))
    names = [unnumbered(text) for text in texts]
    may = [known.get(name) if known and level is None else None for name, level in zip(names, levels, strict=True)]
    plain, told = Sums(names, amounts, rounded), Sums(names, amounts, rounded, may)
    starts = [(levels[head] or 0, head, below) for head, below in spans]
    ways = _only_ways(plain, starts) or (_only_ways(told, starts) if any(may) else []) or _nearest_ways(told, starts)
    for (start, _, below), way in zip(starts, ways, strict=False):
        for row, deeper in zip(below, way.depths, strict=True):
            levels[row] = start + deeper
    return Outline(tuple(levels), tuple(head for (head, _), way in zip(spans, ways, strict=False) if way.faults))


def _only_ways(sums: Sums, starts: Sequence[Start]) -> list[Way]:
    """How the rows below each head add up to it, at the first depth that suits all heads in one way; else none."""
    try:
        for depth in range(1, _DEEPEST + 1):
            found = [list(islice(sums.ways(*start, depth, 0), 2)) for start in starts]
            if all(len(ways) == 1 for ways in found):
                return [way for (way,) in found]
    except TooManyWays:
        pass
    return []


def _nearest_ways(sums: Sums, starts: Sequence[Start]) -> list[Way]:
    """The ways with the fewest sums that are off, where it is plain how deep the table goes; else none."""
    readings: list[tuple[int, list[Way]]] = []
    sums.steps = 0
    try:
        for depth in range(1, _DEEPEST + 1):
            found = [_nearest(sums.ways(*start, depth, _MOST_FAULTS)) for start in starts]
            ways = [way for way in found if way is not None]
            sound = sum(not way.faults for way in ways)
            if len(ways) == len(starts) and (2 * sound > len(starts) or sums.is_told(starts)):
                readings.append((sum(way.faults for way in ways), ways))
    except TooManyWays:
        return []
    least = [ways for faults, ways in readings if faults == min(faults for faults, _ in readings)]
    return least[0] if len(least) == 1 else []


def _nearest(ways: Iterator[Way]) -> Way | None:
    """The only way with the fewest faults; of equal ones that in which the fewest parts of one row share a name."""
    found = [((way.faults, way.namesakes), way) for way in ways]
    least = [way for rank, way in found if rank == min(rank for rank, _ in found)]
    return least[0] if len(least) == 1 else None
