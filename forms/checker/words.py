"""Words to look for in a text, as the lexicon lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

Span = tuple[int, int]

GAP = "…"
_BETWEEN = r"[^，。；、,;\n]{0,30}?"  # what a gap stands for: some letters, never beyond a stop


class Words:
    """Words of one kind. A `…` within a word stands for any letters up to the next stop.

    What lies within one of the `exceptions` is no find: 自己完成 holds 己完成 and is right.
    """

    def __init__(self, words: Iterable[str], exceptions: Iterable[str] = ()) -> None:
        # The longest first, so that of two words that begin at one letter the one that says more is found.
        self.words = tuple(sorted(dict.fromkeys(words), key=len, reverse=True))
        self._exceptions = tuple(exceptions)

    def __contains__(self, text: str) -> bool:
        """Whether the text is one of the words, letter for letter."""
        return text in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def all(self, text: str) -> list[Span]:
        """The places of all words in a text, from left to right, none within another."""
        hits = (found.span() for found in self._anywhere.finditer(text))
        excepted = [found.span() for found in self._excepted.finditer(text)] if self._exceptions else []
        return [hit for hit in hits if not any(start <= hit[0] and hit[1] <= end for start, end in excepted)]

    def find(self, text: str) -> Span | None:
        """The first word in a text."""
        return next(iter(self.all(text)), None)

    def at_start(self, text: str) -> str:
        """What the text begins with, of the words; empty where it is none of them."""
        found = self._anywhere.match(text)
        return found[0] if found else ""

    def at_end(self, text: str) -> str:
        """What the text ends with, of the words; empty where it is none of them."""
        found = self._ending.search(text)
        return found[0] if found else ""

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(self._alternatives(self.words))

    @cached_property
    def _ending(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self._alternatives(self.words)})$")

    @cached_property
    def _excepted(self) -> re.Pattern[str]:
        return re.compile(self._alternatives(self._exceptions))

    @staticmethod
    def _alternatives(words: Iterable[str]) -> str:
        # Of no words there is nothing to find: (?!) never matches.
        return "|".join(_BETWEEN.join(map(re.escape, word.split(GAP))) for word in words) or "(?!)"


def shown(text: str, most: int = 24) -> str:
    """A text as a sentence repeats it: on one line, and cut where it is long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most] + GAP
