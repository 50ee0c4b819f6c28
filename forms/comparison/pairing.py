"""Which row or indicator of one filing is which of another: by id, by label, by equal text, at last by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from forms.comparison.model import Entry
from forms.values import fold

LEAST = 50  # per cent of their pairs of letters that two rows share to be taken for one
_MOST_PAIRS = 250_000  # rows against rows; beyond that only equal ones are found
Pair = tuple[Entry, Entry, int]


def pairs(old: Sequence[Entry], new: Sequence[Entry], name: str) -> list[Pair]:
    """The entries that are the same on both sides, with their likeness (100 where an id, label or text says it).

    `name` is the column that names an entry: it weighs as much as all the others.
    """
    found: list[Pair] = []
    left, right = list(old), list(new)
    keys: tuple[Callable[[Entry], Hashable], ...] = (
        lambda one: one.id,
        lambda one: one.label,
        lambda one: (one.seat.level1, one.seat.level2, _texts(one)),
        _texts,
    )
    for key in keys:
        found += [(one, other, 100) for one, other in _equal(left, right, key)]
        left, right = _without(left, found, 0), _without(right, found, 1)
    return found + list(_alike(left, right, name))


def _texts(one: Entry) -> Hashable:
    return tuple(sorted((name, fold(text)) for name, text in one.columns.items() if text.strip()))


def _without(some: list[Entry], found: Iterable[Pair], side: int) -> list[Entry]:
    taken = {id(pair[side]) for pair in found}
    return [one for one in some if id(one) not in taken]


def _equal(
    old: Iterable[Entry], new: Iterable[Entry], key: Callable[[Entry], Hashable]
) -> Iterator[tuple[Entry, Entry]]:
    """Entries of the same key in their order; an empty key is none."""
    waiting: dict[Hashable, list[Entry]] = defaultdict(list)
    for one in old:
        if key(one):
            waiting[key(one)].append(one)
    for other in new:
        if found := waiting.get(key(other)):
            yield found.pop(0), other


def _alike(old: Sequence[Entry], new: Sequence[Entry], name: str) -> Iterator[Pair]:
    """The most alike pairs first; among equally alike ones those of one branch, then those nearest to each other."""
    if len(old) * len(new) > _MOST_PAIRS:
        return
    profiles = {id(one): _profile(one, name) for one in (*old, *new)}
    scores = []
    for at, one in enumerate(old):
        for to, other in enumerate(new):
            likeness = _likeness(profiles[id(one)], profiles[id(other)])
            if likeness >= LEAST:
                apart = one.seat[1:3] != other.seat[1:3]
                scores.append((-likeness, apart, abs(at - to), at, to))
    taken_old, taken_new = set(), set()
    for less, _, _, at, to in sorted(scores):
        if at not in taken_old and to not in taken_new:
            taken_old.add(at)
            taken_new.add(to)
            yield old[at], new[to], -less


Profile = tuple[frozenset[str], frozenset[str]]


def _profile(one: Entry, name: str) -> Profile:
    """The pairs of letters of the naming column, and those of all columns."""
    return _bigrams(one.columns.get(name, "")), _bigrams("\n".join(one.columns.values()))


def _bigrams(text: str) -> frozenset[str]:
    plain = fold(text).replace(" ", "")
    return frozenset(plain[at : at + 2] for at in range(max(len(plain) - 1, 1))) if plain else frozenset()


def _likeness(one: Profile, other: Profile) -> int:
    """How alike two entries are, in per cent: the better of the whole and of name and whole together."""
    whole = _shared(one[1], other[1])
    return max(whole, (_shared(one[0], other[0]) + whole) // 2)


def _shared(one: frozenset[str], other: frozenset[str]) -> int:
    return 200 * len(one & other) // (len(one) + len(other)) if one and other else 0
