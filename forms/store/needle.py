"""What is searched for: words that must all be there, each as written, in any width and case, or by its pinyin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from forms.pinyin import initials, signs, spelling

_RUN = 3  # so many initials are looked up together; two of them stand in every long text
_AROUND = 14  # characters of the line shown before what was found
_SHOWN = 48


class _Folds(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        return self.setdefault(code, folded)


_folds = _Folds()


def fold(text: str) -> str:
    """The text without differences of case and width, one character after the other: a part of it stays a part."""
    return text.translate(_folds)


def tokens(head: str, body: str) -> str:
    """The words of the index: each two characters and each three initials in a row, at the head each two initials."""
    above, folded = fold(head), fold(f"{head}\n{body}\n")
    made = {_pair(*two) for two in pairwise(folded)}
    made |= {f"p{run}" for run in initials(signs(folded), _RUN)}
    return " ".join(made | {f"h{two}" for two in initials(signs(above), 2)})


def _pair(first: str, second: str) -> str:
    return f"{ord(first):05x}{ord(second):05x}"


class _Word:
    """One word. Pinyin of two initials is looked for in names only: in long texts it would stand everywhere."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spelling = spelling(text)
        self.everywhere = self.spelling is not None and max(map(len, self.spelling.initials)) >= _RUN

    def clauses(self) -> Iterator[str]:
        """What the index is asked for: any of these."""
        if len(self.text) == 1:
            yield f"{ord(self.text):05x}*"
        else:
            yield " AND ".join(_pair(*two) for two in pairwise(self.text))
        if self.spelling is not None and not self.everywhere:
            yield f"h{self.text}"
        elif self.spelling is not None:
            for letters in dict.fromkeys(self.spelling.initials):
                runs = [letters[at : at + _RUN] for at in range(max(len(letters) - _RUN + 1, 1))]
                yield " AND ".join(f"p{run}" if len(run) == _RUN else f"p{run}*" for run in runs)

    def at(self, said: _Said) -> tuple[str, int] | None:
        """The text where the word stands, and the place in it. As written is looked for first: nothing is made then."""
        for text in said:
            place = text.find(self.text)
            if place >= 0:
                return text, place
        if self.spelling is None or not (self.everywhere or said.is_name):
            return None
        hit = self.spelling.pattern.search(said.signed)
        return (said.folded, hit.start()) if hit else None


class _Said:
    """What is said of a filing, and what is made of it once a word asks for it."""

    def __init__(self, text: str, *, is_name: bool) -> None:
        self.text = text
        self.is_name = is_name

    def __iter__(self) -> Iterator[str]:
        yield self.text
        yield self.folded

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def signed(self) -> str:
        return signs(self.folded)


class Needle:
    """A search as it was typed. Every word must be found in what is said of a filing, at its head or below."""

    def __init__(self, text: str) -> None:
        self._words = tuple(map(_Word, dict.fromkeys(fold(text).split())))

    def __bool__(self) -> bool:
        return bool(self._words)

    @property
    def query(self) -> str:
        """The question to the index; what it names may hold every word."""
        return " AND ".join(f"({' OR '.join(f'({one})' for one in word.clauses())})" for word in self._words)

    def found(self, head: str, body: str) -> str | None:
        """The line of the body where the first word stands that the head has not; None where a word is missing."""
        above, below = _Said(head, is_name=True), _Said(body, is_name=False)
        shown = ""
        for word in self._words:
            if word.at(above):
                continue
            place = word.at(below)
            if place is None:
                return None
            shown = shown or _line(body, *place)
        return shown


def _line(body: str, searched: str, at: int) -> str:
    """The line that holds a place of the body, or of the body folded, cut to what is around it."""
    start = searched.rfind("\n", 0, at) + 1
    line = body.split("\n")[searched.count("\n", 0, at)]
    first = max(0, min(at - start - _AROUND, len(line) - _SHOWN))
    cut = line[first : first + _SHOWN]
    return f"{'…' if first else ''}{cut}{'…' if first + _SHOWN < len(line) else ''}"
