"""Compares two documents of several forms: each form with what it was, and those that stand in one only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from forms.comparison.compare import compare
from forms.comparison.model import Comparison, Entry, Seat, Side
from forms.comparison.pairing import pairs
from forms.filing import Place
from forms.grid.arrange import title


class Documents(NamedTuple):
    """The forms of two documents: those that stand in both, in the order of the new one, and those in one only."""

    compared: tuple[Comparison, ...]
    dropped: tuple[Side, ...]
    added: tuple[Side, ...]


def compare_documents(old: Sequence[Side], new: Sequence[Side]) -> Documents:
    """Find out which form is which and compare them.

    Forms of one template are the same where their id is, or their title without its number, or what they say is alike.
    """
    found: list[tuple[int, int]] = []
    for ident in dict.fromkeys(side.template.id for side in new):
        before, after = (_entries(sides, ident) for sides in (old, new))
        found += [(one.seat.number, other.seat.number) for one, other, _ in pairs(before, after, "")]
    found.sort(key=lambda pair: pair[1])
    return Documents(
        tuple(compare(old[one], new[other]) for one, other in found),
        tuple(side for number, side in enumerate(old) if number not in {one for one, _ in found}),
        tuple(side for number, side in enumerate(new) if number not in {other for _, other in found}),
    )


def _entries(sides: Iterable[Side], ident: str) -> list[Entry]:
    """The forms of one template as entries to be paired; the number of a seat is that in the document, from 0."""
    return [
        Entry(side.filing.id, Place(), Seat(ident, "", "", number), _bare_title(side), side.filing.values)
        for number, side in enumerate(sides)
        if side.template.id == ident
    ]


def _bare_title(side: Side) -> str:
    """The title without the number of its place in the set, which changes when a form is put in before it."""
    return title(side.template, side.filing.replace(set=None), {})
