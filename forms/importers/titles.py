"""Titles of forms: found in a line of text, with the number, region or year they carry."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from forms.template.model import Blank, Part, Template, Words
from forms.template.spelling import POSITION
from forms.values import Kind

MAX_TITLE = 120  # characters; longer lines are prose
_NUMBER = r"(?:[(（]?第?\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[、.．)）]\s*)?"
_TRIM = " 　、.．（）()《》“”\"':：-—"
_AGAIN = re.compile(r"\s*[(（]?(?:续表|续上表|接上页|续)\s*\d*[)）]?\s*$")
_ATTACHED = re.compile(r"(?:附件|附表|附|表)\s*[\d一二三四五六七八九十][\d一二三四五六七八九十\-—.]*\s*[:：]?\s*(?=\S)")
_BRACKETS = re.compile(r"[()（）]+")
_UNIT = re.compile(r"(?:金额)?单位\s*[:：]")
_NUMERALS = r"[一二][〇○零一二三四五六七八九]{3}"
_YEAR = re.compile(rf"[(（]?\s*((?:19|20)\d\d|{_NUMERALS}(?=\s*年))\s*年?度?\s*[)）]?")
_YEAR_WITHIN = re.compile(rf"[^()]*(?:(?:19|20)\d\d|{_NUMERALS})\s*年")
_YEAR_WORD = rf"(?:(?:19|20)\s*\d\s*\d|{_NUMERALS})?"


_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def in_figures(year: str) -> str:
    """A year in figures: 二〇二三 is 2023."""
    return year.translate(_FIGURES)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: the number printed before it, the fields it holds, and whether it fits the form exactly.

    `year` is one the form has no field for; `rest` are the words that are no part of the title.
    """

    text: str
    position: str = ""
    values: dict[str, str] = field(default_factory=dict)
    exact: bool = False
    rest: tuple[str, ...] = ()
    year: str = ""


def read_title(template: Template, text: str) -> Title | None:
    """`text` as a title of this form, or None. What belongs to no part of the title is left in `rest`."""
    core = core_words(template)
    if not core or len(text) > 2 * MAX_TITLE or "。" in text or core not in _joined(text):
        return None
    line = _AGAIN.sub("", text.strip())
    if len(line) > MAX_TITLE:
        return None
    attached = _ATTACHED.match(line)
    rest = (line[: attached.end()].strip(),) if attached else ()
    line = line[attached.end() :] if attached else line
    return _exact(template, line, rest) or _loose(template, line, core, rest)


@cache
def core_words(template: Template) -> str:
    """The longest run of printed words of the title: what any variant of it will contain."""
    parts = template.sheets[0].title if template.sheets else ()
    printed = ("".join(_fold(part.text).split()).strip(_TRIM) for part in parts if isinstance(part, Words))
    return max(printed, key=len, default="")


def _exact(template: Template, line: str, rest: tuple[str, ...]) -> Title | None:
    plain = _fold(line)
    # The name of the form alone says nothing of what it holds, even where a blank could take a part of it.
    if match := re.fullmatch(_NUMBER + _spaced(_fold(template.name)), plain):
        return Title(line, match["n"] or "", exact=True, rest=rest)
    pattern, names = _pattern(template)
    match = pattern.fullmatch(plain)
    if match is None:
        return None
    values = {name: line[slice(*match.span(group))].strip() for group, name in names if match[group]}
    years = {name for name in values if template.fields[name].kind is Kind.YEAR}
    if any(_YEAR.fullmatch(text) for name, text in values.items() if name not in years):
        return None  # （2024年度） is no region
    ends = [match.start(group) for group, name in names if name not in years]
    if any(plain[:at].rstrip().endswith("(") and _YEAR_WITHIN.match(plain, at) for at in ends):
        return None  # nor is a year a part of one: （云溪市 2024年度）
    return Title(line, match["n"] or "", {name: text for name, text in values.items() if text}, exact=True, rest=rest)


def _loose(template: Template, line: str, core: str, rest: tuple[str, ...]) -> Title | None:
    """A variant: the core words, with what the title's blanks may hold somewhere before or behind them."""
    match = re.fullmatch(rf"{_NUMBER}(?P<before>.*?){_spaced(core)}\s*(?P<after>.*)", _fold(line), re.DOTALL)
    if match is None:
        return None
    names = [part.field for part in template.sheets[0].title if isinstance(part, Blank) and part.field != POSITION]
    years = [name for name in names if template.fields[name].kind is Kind.YEAR]
    others = [name for name in names if name not in years]
    year = ""
    values: dict[str, str] = {}
    left = list(rest)
    found_texts: dict[str, str] = {}
    for group in ("before", "after"):
        text = line[slice(*match.span(group))]
        if not year and (found := _YEAR.search(text)):
            year = found[1]
            values.update(dict.fromkeys(years, year))
            left.extend([] if years else [found[0].strip(_TRIM)])
            text = text[: found.start()] + text[found.end() :]
        found_texts[group] = text
    # What stands in brackets behind the words is the blank's; only without it may be what stands before them.
    for words in [*_BRACKETS.split(found_texts["after"]), found_texts["before"]]:
        _place(values, others, words.strip(_TRIM), left)
    return Title(line, match["n"] or "", values, rest=tuple(left), year="" if years else year)


def _place(values: dict[str, str], names: Sequence[str], text: str, left: list[str]) -> None:
    """Give `text` to the only blank there is; otherwise it stays."""
    if text and _UNIT.match(text) is None and len(names) == 1 and names[0] not in values:
        values[names[0]] = text
    elif text:
        left.append(text)


@cache
def _pattern(template: Template) -> tuple[re.Pattern[str], tuple[tuple[str, str], ...]]:
    pieces = [_NUMBER]
    names: list[tuple[str, str]] = []
    before: Part | None = None
    for part in template.sheets[0].title:
        if isinstance(part, Words):
            words = part.text.lstrip("、.．") if len(pieces) == 1 else part.text
            after_year = isinstance(before, Blank) and _is_year(template, before)
            pieces.append(_spaced(_fold(words), after_year=after_year))
        elif part.field != POSITION:
            names.append((f"f{len(names)}", part.field))
            in_brackets = isinstance(before, Words) and _fold(before.text).rstrip().endswith("(")
            holds = _YEAR_WORD if _is_year(template, part) else r"[^()\n]*?" if in_brackets else r"[^\n]*?"
            pieces.append(rf"(?P<{names[-1][0]}>{holds})\s*")
        before = part
    return re.compile("".join(pieces)), tuple(names)


def _is_year(template: Template, blank: Blank) -> bool:
    return blank.field in template.fields and template.fields[blank.field].kind is Kind.YEAR


def _spaced(words: str, *, after_year: bool = False) -> str:
    spelt = [re.escape(ch) for ch in words if not ch.isspace()]
    if after_year and spelt[:1] == ["年"]:
        spelt[0] = "年度?"
    return r"\s*".join(spelt) + r"\s*"


@lru_cache(maxsize=1024)
def _joined(line: str) -> str:
    """A line without blanks, as the words of titles are looked for in it."""
    return "".join(_fold(line).split())


def _fold(text: str) -> str:
    """Widths folded character by character, so that places stay the same."""
    return "".join(folded if len(folded := unicodedata.normalize("NFKC", ch)) == 1 else ch for ch in text)
