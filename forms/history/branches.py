"""What lies around a difference: the table, or the 二级, the 一级 and the whole tree of an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from forms.comparison import Comparison, Difference
from forms.filing import Filing
from forms.language import N_, sentence


class Branch(NamedTuple):
    """A table or tree, or a part of a tree: everything under a 一级, or under a 二级 of it."""

    block: str
    level1: str = ""
    level2: str = ""

    @property
    def words(self) -> str:
        """What it is called."""
        if self.level1:
            return sentence(N_("“{name}”"), {"name": self.level2 or self.level1})
        return sentence(N_("整个“{name}”"), {"name": self.block})


def branches(one: Difference, found: Comparison) -> tuple[Branch, ...]:
    """The branches a difference of a comparison lies in, the narrowest first; none for a field."""
    own = tuple(_own(one, found))
    return tuple(dict.fromkeys(wider for seat in own[:1] for wider in _wider(seat)))


def within(branch: Branch, found: Comparison) -> tuple[Difference, ...]:
    """The differences of a comparison that lie in a branch, those of what has moved into it or out of it among them."""
    return tuple(one for one in found.differences if any(branch in _wider(own) for own in _own(one, found)))


def _wider(own: Branch) -> Iterator[Branch]:
    if own.level1:
        yield own
        yield Branch(own.block, own.level1)
    yield Branch(own.block)


def _own(one: Difference, found: Comparison) -> Iterator[Branch]:
    """The narrowest branch on either side."""
    if one.at.table:
        yield Branch(one.at.table)
    elif one.old or one.new:
        yield from (Branch(seat.block, seat.level1, seat.level2) for seat in (one.new, one.old) if seat)
    elif one.at.indicator:
        yield from _of_indicator(one.at.indicator, found.new.filing)


def _of_indicator(ident: str, filing: Filing) -> Iterator[Branch]:
    indicator = filing.indicator(ident)
    if indicator is not None:
        yield Branch(indicator.tree, indicator.level1, indicator.level2)
