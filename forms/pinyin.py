"""Chinese by its sounds: a word typed as initials (gbznt) or as syllables (nongtian) finds 高标准农田."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

from forms.files import resource

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_FIRST_SIGN = 0xE000  # private use: one sign for all characters that are read in the same ways
_MOST_SPELLINGS = 8
_MOST_LETTERS = 24


class _Sounds:
    """The table: a sign for each set of readings, so that a text of signs is as long as the text of characters."""

    def __init__(self) -> None:
        readings: defaultdict[str, list[str]] = defaultdict(list)
        for line in resource("pinyin", "syllables.txt").read_text(encoding="utf-8").splitlines():
            syllable, characters = line.split(" ")
            for one in characters:
                readings[one].append(syllable)
        signs: dict[tuple[str, ...], str] = {}
        self.signs = {
            ord(one): signs.setdefault(tuple(read), chr(_FIRST_SIGN + len(signs))) for one, read in readings.items()
        }
        self.initials = {sign: "".join(sorted({one[0] for one in read})) for read, sign in signs.items()}
        self.initials |= {one: one for one in _ALPHABET}
        self.syllables = frozenset(one for read in signs for one in read)
        self._read = {sign: read for read, sign in signs.items()}

    @cache  # noqa: B019 — there is one table, for as long as the program runs
    def one_of(self, beginning: str, *, whole: bool) -> str:
        """What matches the signs of characters read as `beginning`, or as a syllable that begins so."""
        found = (
            sign for sign, read in self._read.items()
            if (beginning in read if whole else any(one.startswith(beginning) for one in read))
        )  # fmt: skip
        own = beginning if len(beginning) == 1 else ""
        return f"[{own}{''.join(found)}]"


@cache
def _sounds() -> _Sounds:
    return _Sounds()


def signs(text: str) -> str:
    """The text with a sign for the readings in place of each Chinese character; places stay as they are."""
    return text.translate(_sounds().signs)


def initials(signed: str, length: int) -> set[str]:
    """Every run of `length` initials in a text of `signs`; a letter or figure is its own initial."""
    letters = [_sounds().initials.get(one, "") for one in signed]
    runs = {tuple(letters[at : at + length]) for at in range(len(letters) - length + 1)}
    return {"".join(one) for run in runs for one in product(*run)}


class Spelling:
    """A word of Latin letters as it may stand for Chinese: `pattern` finds it in a text of `signs`.

    `initials` are the initials of each way to read it; the empty ones cannot be looked up.
    """

    def __init__(self, word: str) -> None:
        ways = [[(one, False) for one in word]]
        ways += [[*((one, True) for one in way[:-1]), (way[-1], False)] for way in _ways(word)]
        classes = ("".join(_sounds().one_of(one, whole=whole) for one, whole in way) for way in ways)
        self.initials = tuple("".join(one[0] for one, _ in way) for way in ways)
        self.pattern = re.compile("|".join(classes))


def spelling(word: str) -> Spelling | None:
    """How a folded word may be read as pinyin; None for what nobody types as pinyin."""
    if not 2 <= len(word) <= _MOST_LETTERS or not (word.isascii() and word.isalpha()):
        return None
    return Spelling(word)


def _ways(word: str) -> list[list[str]]:
    """The ways to read a word as at least two syllables; the last one may still be begun only."""
    found = []
    for way in _split(word):
        if 2 <= len(way) < len(word):
            found.append(way)
        if len(found) == _MOST_SPELLINGS:
            break
    return found


def _split(word: str) -> Iterator[list[str]]:
    known = _sounds().syllables
    for end in range(min(len(word), 6), 0, -1):
        if end == len(word):
            if any(one.startswith(word) for one in known):
                yield [word]
        elif word[:end] in known:
            yield from ([word[:end], *rest] for rest in _split(word[end:]))
