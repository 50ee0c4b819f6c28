"""Which characters of two texts are not in the other, as few and as whole as a reader wants them marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from forms.comparison.model import Span

if TYPE_CHECKING:
    from difflib import Match

# Beyond so many pairs of words nobody reads word by word, and the search would take seconds.
_MOST_PAIRS = 1_000_000
_SHORTEST_SAME = 2  # a single equal character between two changes is chance
_STOPS = frozenset("。；，、：！？\n")
_WORD = re.compile(r"\d[\d.,]*|[A-Za-z]+|.", re.DOTALL)  # a number is one word: 50 becomes 210, not 5 becomes 21


def spans(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The characters of `before` that went and those of `after` that came; both empty for equal texts."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    found = list(_different(old, new))
    cut, put = [span for span, _ in found], [span for _, span in found]
    alone = [first == last or start == end for (first, last), (start, end) in found]
    return _characters(_settled(cut, alone, old), old), _characters(_settled(put, alone, new), new)


def _different(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Span, Span]]:
    """The runs of words that differ, on both sides; one of the two may be empty."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    same = [(len(middle), len(other), 0)]
    if len(middle) * len(other) <= _MOST_PAIRS:
        import difflib  # noqa: PLC0415 — the window loads this module before it needs to compare

        matcher = difflib.SequenceMatcher(None, middle, other, autojunk=False)
        same = [block for block in matcher.get_matching_blocks() if _long_enough(middle, block) or not block.size]
    at = to = 0
    for a, b, size in same:
        if a > at or b > to:
            yield (start + at, start + a), (start + to, start + b)
        at, to = a + size, b + size


def _settled(found: Sequence[Span], alone: Sequence[bool], words: Sequence[str]) -> Iterator[Span]:
    """The runs, those that only came or only went slid so that they begin behind the end of a clause if they can.

    In 甲。乙。丙。 it is 乙。 that is new, not 。乙 although both explain the text equally well.
    """
    least = 0
    for number, (span, only) in enumerate(zip(found, alone, strict=True), 1):
        most = found[number][0] if number < len(found) else len(words)
        settled = _slid(words, span, least, most) if only and span[1] > span[0] else span
        least = settled[1]
        yield settled


def _slid(words: Sequence[str], span: Span, least: int, most: int) -> Span:
    first, size = span[0], span[1] - span[0]
    starts = [first]
    while starts[-1] > least and words[starts[-1] - 1] == words[starts[-1] - 1 + size]:
        starts.append(starts[-1] - 1)
    starts.append(first)
    while starts[-1] + size < most and words[starts[-1]] == words[starts[-1] + size]:
        starts.append(starts[-1] + 1)
    best = next((at for at in sorted(starts) if at == 0 or words[at - 1] in _STOPS), first)
    return best, best + size


def _long_enough(words: Sequence[str], block: Match) -> bool:
    return sum(map(len, words[block.a : block.a + block.size])) >= _SHORTEST_SAME


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts begin with together."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same


def _characters(found: Iterable[Span], words: Sequence[str]) -> tuple[Span, ...]:
    """Runs of words as runs of characters; empty ones left out."""
    starts = [0, *accumulate(map(len, words))]
    return tuple((starts[first], starts[last]) for first, last in found if last > first)


def marked(text: str, found: Iterable[Span], signs: str) -> str:
    """`text` with each span between the two `signs`."""
    pieces, at = [], 0
    for start, end in found:
        pieces += [text[at:start], signs[0], text[start:end], signs[1]]
        at = end
    return "".join([*pieces, text[at:]])
