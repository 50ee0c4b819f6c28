"""The text of an indicator value, cut into tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from forms import numerals
from forms.indicator_value.words import LEXICON, OTHER_WORDS, PERIODS, UNITS, Sort


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text from `start` to `end`; `word` is its canonical writing, `number` its value."""

    sort: Sort
    start: int
    end: int
    word: str = ""
    number: Decimal = Decimal(0)


def _first_letters(lexicon: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_letter: dict[str, list[str]] = {}
    for word in sorted(lexicon, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word)
    return {letter: tuple(found) for letter, found in by_letter.items()}


_LEXICON_BY_LETTER = _first_letters(LEXICON)
_UNITS_BY_LETTER = _first_letters(UNITS)
_OTHER_WORDS = tuple(OTHER_WORDS)

_CLASS = re.compile(r"(劣? ?)([ⅠⅡⅢⅣⅤ]|IV|V|I{1,3}) ?类|(一级) ?([AB])(?![A-Za-z])")
_ROMAN = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "V": "Ⅴ"}
_DAY = re.compile(r"(?:19|20)[0-9]{2}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9.])")
_FIGURES = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,8}+(?![0-9])(?:\.[0-9]+)?|[0-9]++(?:\.[0-9]++)?")
_LETTERS = re.compile(r"[A-Za-z][A-Za-z0-9.]*+")
_TITLES = {"《": "》", "“": "”", "‘": "’", "「": "」"}
_LONGEST_TITLE = 80
_LONGEST_NUMERAL = 12
_FRACTION = re.compile(
    rf"[{''.join(numerals.NUMERALS)}]{{1,{_LONGEST_NUMERAL}}}分之[0-9{''.join(numerals.NUMERALS)}]{{1,{_LONGEST_NUMERAL}}}"
)
_TO = re.compile(rf"[到至~-][{''.join(numerals.NUMERALS)}]{{1,{_LONGEST_NUMERAL}}}")
# 1个半小时 and 一年半: the unit stands between the whole number and the half.
_AND_A_HALF = re.compile(r"个半(月|小时|学期)|(年)半(?![年度])")
_LONG_UNITS = {"月": "个月", "小时": "小时", "学期": "学期", "年": "年"}
_PERCENT = {"百分之": "%", "千分之": "‰"}
# Blanks, and that the bound itself is meant too, say nothing more.
_PASSED = re.compile(r" +|\(含[^()]{0,12}\)")
_HALF = Decimal("0.5")
_SCALES = {"万": 4, "亿": 8}
_LONGEST_SCALED = 15
# After these a numeral orders or identifies, and counts nothing.
_ORDERS = frozenset("第统同任唯单专逐另某")


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens, left to right, each character read a bounded number of times.

    Blanks and （含） are left out; letters that mean nothing here run together as WORD. Positions are those of `text`.
    """
    return _Scanner(numerals.narrow(text)).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found: list[Token] = []

    def scan(self) -> list[Token]:
        attempts: tuple[Callable[[], bool], ...] = (
            self._unit, self._about, self._title, self._class, self._day, self._each, self._percent, self._listed,
            self._figures, self._numeral, self._letters,
        )  # fmt: skip
        while self._at < len(self._text):
            if passed := _PASSED.match(self._text, self._at):
                self._at = passed.end()
            elif not any(attempt() for attempt in attempts):
                self._add(Sort.WORD, self._at + 1)
        return self._found

    def _add(self, sort: Sort, end: int, word: str = "", number: Decimal = Decimal(0)) -> bool:
        start, self._at = self._at, end
        if sort is Sort.WORD and self._last is Sort.WORD:
            start = self._found.pop().start
        self._found.append(Token(sort, start, end, word, number))
        return True

    @property
    def _last(self) -> Sort | None:
        return self._found[-1].sort if self._found else None

    def _unit(self) -> bool:
        """A unit: after a number, in the bracket after one, below a stroke, after a middle dot."""
        after = self._last
        if after is Sort.OPEN and len(self._found) > 1:
            after = self._found[-2].sort
        if after not in (Sort.NUMBER, Sort.ABOUT, Sort.PER, Sort.TIMES):
            return False
        unit = _unit_at(self._text, self._at)
        return bool(unit) and self._add(Sort.UNIT, self._at + len(unit), UNITS[unit])

    def _about(self) -> bool:
        """余 or 多 between a number and its unit."""
        here, after = self._text[self._at], self._at + 1
        return (
            here in "余多"
            and self._last is Sort.NUMBER
            and bool(_unit_at(self._text, after))
            and (self._add(Sort.ABOUT, after))
        )

    def _title(self) -> bool:
        """A title or quotation is one word: its numbers belong to the title."""
        close = _TITLES.get(self._text[self._at])
        end = self._text.find(close, self._at, self._at + _LONGEST_TITLE) if close else -1
        return end > 0 and self._add(Sort.WORD, end + 1)

    def _class(self) -> bool:
        found = _CLASS.match(self._text, self._at)
        if not found:
            return False
        if found[3]:
            return self._add(Sort.CLASS, found.end(), found[3] + found[4])
        return self._add(Sort.CLASS, found.end(), f"{found[1].strip()}{_ROMAN.get(found[2], found[2])}类")

    def _day(self) -> bool:
        found = _DAY.match(self._text, self._at)
        return found is not None and self._add(Sort.DATE, found.end(), found[0].replace(found[1], "-"))

    def _each(self) -> bool:
        """每 with its period: 每月, 每个季度, 每年."""
        if self._text[self._at] != "每":
            return False
        start = self._at + 1 + self._text.startswith("个", self._at + 1)
        found = [one for one in PERIODS if self._text.startswith(one, start)]
        longest = max(found, key=len, default="")
        return bool(longest) and self._add(Sort.EACH, start + len(longest), longest)

    def _listed(self) -> bool:
        for word in _LEXICON_BY_LETTER.get(self._text[self._at], ()):
            if self._text.startswith(word, self._at):
                sort, canonical = LEXICON[word]
                if sort is Sort.MARK and self._text[self._at + 2 : self._at + 3].isalpha():
                    continue  # 为优秀 is no grade of a rubric
                return self._add(sort, self._at + len(word), canonical)
        return False

    def _figures(self) -> bool:
        found = _FIGURES.match(self._text, self._at)
        if not found:
            return False
        value, end = numerals.number(found[0]), found.end()
        if value is None or self._text[self._at - 1 : self._at] == "第":
            return self._add(Sort.WORD, end)
        scale = _SCALES.get(self._text[end : end + 1])
        if scale and len(found[0]) <= _LONGEST_SCALED and not _unit_at(self._text, end):
            value, end = Decimal(numerals.shortest(value.scaleb(scale))), end + 1
        return self._number(end, value)

    def _number(self, end: int, value: Decimal) -> bool:
        half = _AND_A_HALF.match(self._text, end)
        if not half:
            return self._add(Sort.NUMBER, end, number=value)
        self._add(Sort.NUMBER, end, number=value + _HALF)
        return self._add(Sort.UNIT, half.end(), _LONG_UNITS[half[1] or half[2]])

    def _numeral(self) -> bool:
        """A Chinese numeral counts where a unit follows it."""
        start, end = self._at, self._numeral_end(self._at)
        if end == start:
            return False
        if fraction := _FRACTION.match(self._text, start):
            return self._add(Sort.WORD, fraction.end())
        value = numerals.chinese(self._text[start:end])
        if value is None or not self._is_counted(end) or self._text[start - 1 : start] in _ORDERS:
            return self._add(Sort.WORD, end)
        return self._number(end, value)

    def _is_counted(self, at: int) -> bool:
        """Whether a unit follows, at once, after 余, or after the other end of a range."""
        further = _TO.match(self._text, at)
        at = further.end() if further else at + (self._text[at : at + 1] in ("余", "多"))
        return bool(_unit_at(self._text, at))

    def _percent(self) -> bool:
        """百分之 makes a percentage of the number behind it, 千分之 a permillage."""
        unit = _PERCENT.get(self._text[self._at : self._at + 3])
        if unit is None:
            return False
        start = self._at + 3
        found = _FIGURES.match(self._text, start)
        end = found.end() if found else self._numeral_end(start)
        value = numerals.number(found[0]) if found else numerals.chinese(self._text[start:end])
        if value is None:
            return False
        return self._add(Sort.NUMBER, end, number=value) and self._add(Sort.UNIT, end, unit)

    def _numeral_end(self, end: int) -> int:
        last = end + _LONGEST_NUMERAL
        while end < last and self._text[end : end + 1] in numerals.NUMERALS:
            end += 1
        return end

    def _letters(self) -> bool:
        found = _LETTERS.match(self._text, self._at)
        return found is not None and self._add(Sort.WORD, found.end())


def _unit_at(text: str, at: int) -> str:
    """The longest unit that begins here; empty where there is none, or its letters begin another word."""
    if text.startswith(_OTHER_WORDS, at):
        return ""
    for unit in _UNITS_BY_LETTER.get(text[at : at + 1], ()):
        if text.startswith(unit, at) and not (
            _is_letter(unit[-1]) and _is_letter(text[at + len(unit) : at + len(unit) + 1])
        ):
            return unit
    return ""


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()
