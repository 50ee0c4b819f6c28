"""Checks of the words of a text: letters mistaken for others, words said twice, one thing under two spellings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lexicon import Lexicon, lexicon
from forms.checker.usages import Usage
from forms.checker.view import Form, Text
from forms.checker.words import Span
from forms.commands import SetValue
from forms.language import N_
from forms.problem import Fix, Severity
from forms.values import Kind

_PROSE = frozenset({Kind.TEXT, Kind.LONG})
_BEFORE = 2  # letters before a variant that tell whether it is the same thing


def typos(text: Text) -> Iterator[Finding]:
    """Words of the list of typos; the repair mends all of them in the text, so that several may be done at once."""
    if text.field.kind not in _PROSE:
        return
    known = lexicon()
    spans = known.typos.all(text.text)
    if not spans:
        return
    fix = Fix(N_("改正这段文字里的错字"), (SetValue(text.at, _mended(text.text, spans, known)),))
    for span in spans:
        wrong = text.text[slice(*span)]
        message = N_("“{wrong}”疑为“{right}”；请核对改正。")
        yield Finding(text.at, message, {"wrong": wrong, "right": known.corrections[wrong]}, span, fix)


def _mended(text: str, spans: list[Span], known: Lexicon) -> str:
    for start, end in reversed(spans):
        text = text[:start] + known.corrections[text[start:end]] + text[end:]
    return text


def said_twice(text: Text) -> Iterator[Finding]:
    """A word written twice on end, and a verb that comes back at the end of its clause: 建设市级平台建设."""
    if text.field.kind not in _PROSE:
        return
    doubled, echoed = _patterns(lexicon())
    for found in doubled.finditer(text.text):
        message = N_("“{words}”连写了两遍；请删去一遍。")
        yield Finding(text.at, message, {"words": found[1]}, found.span())
    for found in echoed.finditer(text.text):
        message = N_("“{words}”里“{verb}”前后重复；请删去一处。")
        yield Finding(text.at, message, {"words": found[0], "verb": found[1]}, found.span())


@lru_cache(maxsize=4)
def _patterns(known: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    doubled, verbs = ("|".join(map(re.escape, words)) or "(?!)" for words in (known.doubled, known.echoes))
    clause = r"[^，。；、：:,;\s“”《》]{1,14}?"
    return (
        re.compile(rf"({doubled})\1"),
        re.compile(rf"(?<![^，。；：:,;\s于、])({verbs}){clause}\1(?=[，。；,;\s]|$)"),
    )


def variants(form: Form) -> Iterator[Finding]:
    """One thing under two spellings: the one that is used less is told."""
    texts = list(_prose(form))
    for group in lexicon().variants:
        for spelt in _uses(texts, group).values():
            if len(spelt) > 1:
                usual, rarer = sorted(spelt.values(), key=len, reverse=True)[:2]
                at, span = rarer[0]
                words, other = (one.text[slice(*where)] for one, where in (rarer[0], usual[0]))
                message = N_("“{words}”在同一张表里又写作“{other}”；请统一。")
                yield Finding(at.at, message, {"words": words, "other": other}, span)


def _uses(texts: list[Text], group: tuple[str, ...]) -> dict[str, dict[str, list[tuple[Text, Span]]]]:
    """Where the words of a group stand, by the letters before them, then by word."""
    pattern = re.compile(rf"([\u4e00-\u9fff]{{{_BEFORE}}})({'|'.join(map(re.escape, group))})")
    uses: dict[str, dict[str, list[tuple[Text, Span]]]] = {}
    for text in texts:
        for found in pattern.finditer(text.text):
            uses.setdefault(found[1], {}).setdefault(found[2], []).append((text, found.span()))
    return uses


def _prose(form: Form) -> Iterator[Text]:
    texts = (form.text(field) for field in form.template.fields.values())
    cells = (text for entry in form.entries() for text in entry.texts)
    columns = (text for line in form.lines() for text in line.texts)
    for text in (*texts, *cells, *columns):
        if text.filled and text.field.kind in _PROSE | {Kind.CHOICE} and text.usage is not Usage.RECEIVER:
            yield text


_TYPO = Criterion("R-TYPO", Severity.WARNING, Dimension.COMPLETE, N_("没有错字和重复的词"), "公开的申报表")
_VARIANT = Criterion("R-TERM", Severity.HINT, Dimension.COMPLETE, N_("同一事物一种写法"), "公开的申报表")

CHECKS = Checks(
    texts=(Check(_TYPO, typos), Check(_TYPO, said_twice)),
    relations=(Check(_VARIANT, variants),),
)
