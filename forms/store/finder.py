"""Searching all that is written in the filings of a library, and keeping the index of it true."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from forms.contents import words
from forms.errors import LibraryDamaged, LibraryTooNew
from forms.store.index import Index, Mark, Verdict
from forms.store.library import Library
from forms.store.needle import Needle
from forms.store.records import Summary

T = TypeVar("T")


class Found(NamedTuple):
    """A filing that holds every word searched for, and the line where they stand; empty where its name says them."""

    id: str
    line: str


class Finder:
    """The index of one library, for the thread that has the library. It is opened when it is first needed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._index: Index | None = None
        self._step = 0  # of the library: what was changed up to here is in the index, or waits
        self._waiting: dict[str, Summary] = {}

    def close(self) -> None:
        """Close the index; what it lacks is added another time."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def tend(self, seconds: float | None = None) -> int:
        """Bring the index in step, for `seconds` at most; how many filings are still to be read."""
        self._safely(lambda index: self._tend(index, seconds))
        return len(self._waiting)

    def search(
        self, text: str, limit: int | None = None, seconds: float | None = None
    ) -> tuple[tuple[Found, ...], int]:
        """The filings, also of the bin, with every word of `text`, and how many could not be read in `seconds`.

        The one known last comes first, and after `limit` of them nobody looks further.
        """
        needle = Needle(text)

        def work(index: Index) -> tuple[Found, ...]:
            self._tend(index, seconds)
            return _hits(index, needle, limit) if needle else ()

        return self._safely(work), len(self._waiting)

    def verdict(self, ident: str, mark: str) -> Verdict | None:
        """The verdict on a filing that rests on `mark`; None where it has to be found out."""
        known, verdict = self._safely(lambda index: index.verdicts.get(ident)) or ("", None)
        return verdict if known == mark else None

    def judge(self, verdicts: Iterable[tuple[str, str, Verdict]]) -> None:
        """Know verdicts: id, mark, verdict."""

        def work(index: Index) -> None:
            index.begin()
            for each in verdicts:
                index.judge(*each)
            index.end()

        self._safely(work)

    def forget(self, idents: Iterable[str]) -> None:
        """Know nothing of filings that were deleted for good."""

        def work(index: Index) -> None:
            index.begin()
            for ident in idents:
                index.forget(ident)
                self._waiting.pop(ident, None)
            index.end()

        self._safely(work)
        self._step = 0  # the steps of the library may begin lower now

    # --- how it is done

    def _safely(self, work: Callable[[Index], T]) -> T:
        """Do `work` on the index; one that is damaged or has no room is left for another in memory."""
        try:
            return work(self._opened())
        except sqlite3.Error:
            self.close()
            self._index, self._step = Index(None), 0
            self._waiting.clear()
            return work(self._opened())

    def _opened(self) -> Index:
        if self._index is None:
            self._index = Index(self._library.path)
        for step, one in self._library.changed(self._step):
            self._step = step
            if self._index.marks.get(one.id) != _mark(one):
                self._waiting[one.id] = one
        return self._index

    def _tend(self, index: Index, seconds: float | None) -> None:
        if not self._waiting:
            return
        end = None if seconds is None else time.monotonic() + seconds
        index.begin()
        while self._waiting and (end is None or time.monotonic() < end):
            ident = next(iter(self._waiting))
            one = self._waiting[ident]
            index.put(ident, _mark(one), *self._said(one))
            del self._waiting[ident]
        index.end()

    def _said(self, one: Summary) -> tuple[str, str]:
        head = f"{one.title}\n{one.unit}\n{one.year}\n{one.template}"
        try:
            return head, "\n".join(words(self._library.filing(one.id)))
        except (LibraryDamaged, LibraryTooNew):
            return head, ""  # it says so when it is opened


def _mark(one: Summary) -> Mark:
    return one.seq, one.updated


def _hits(index: Index, needle: Needle, limit: int | None) -> tuple[Found, ...]:
    hits: list[Found] = []
    for ident, head, body in index.find(needle.query):
        line = needle.found(head, body)
        if line is not None:
            hits.append(Found(ident, line))
        if len(hits) == limit:
            break
    return tuple(hits)
