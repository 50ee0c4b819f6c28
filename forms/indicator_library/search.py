"""Finding indicators by what is typed: their name, category, unit, or the first letters of their pinyin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from forms.indicator_library.entry import Entry
from forms.template.spelling import branch_key
from forms.values import fold

_MOST = 12  # more than that nobody reads while typing


class IndicatorLibrary:
    """Entries in the order they were learned; the same indicator once, as it was used last."""

    def __init__(self, packs: Iterable[Entry] = ()) -> None:
        self._known: dict[tuple[str, str], Entry] = {}
        for one in packs:
            self._known.setdefault(one.key, one)

    def __len__(self) -> int:
        return len(self._known)

    def learn(self, used: Iterable[Entry]) -> None:
        """Take in indicators of a filing; filings are to come newest first, so that the newest value is kept.

        What a pack knows besides, such as the category, is kept where the filing says nothing.
        """
        for one in used:
            known = self._known.get(one.key)
            if known is None:
                self._known[one.key] = one
            elif not known.used:
                self._known[one.key] = replace(
                    one, unit=one.unit or known.unit, basis=one.basis or known.basis,
                    description=one.description or known.description, category=known.category, source=known.source,
                )  # fmt: skip
            else:
                self._known[one.key] = replace(known, used=known.used + one.used)

    def search(self, words: str, level2: str = "", most: int = _MOST) -> tuple[Entry, ...]:
        """The entries that answer all of the words typed, those of the 二级 first, then the most used.

        Without words: what is usual under this 二级. Without a 二级 all are looked through alike.
        """
        wanted = fold(words).casefold().split()
        branch = branch_key(level2)
        ranked = [
            (rank, not own, -one.used, number, one)
            for number, one in enumerate(self._known.values())
            if (own := branch_key(one.level2) == branch) or wanted
            if (rank := _rank(one, wanted)) is not None
        ]
        ranked.sort(key=lambda found: (found[1], *found[:1], *found[2:4]))
        return tuple(found[-1] for found in ranked[:most])


def _rank(one: Entry, wanted: list[str]) -> int | None:
    """How well an entry answers: 0 where its name begins so, 1 within the name, 2 elsewhere; None where it does not."""
    name = fold(one.name).casefold()
    rest = f"{one.category} {one.unit} {one.description}".casefold()
    ranks = [0 if name.startswith(word) else 1 if word in name else 2 if word in rest else None for word in wanted]
    if any(rank is None for rank in ranks):
        return None
    return max((rank for rank in ranks if rank is not None), default=0)
