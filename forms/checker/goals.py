"""Checks of the goals, contents and purposes of a form, each text by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checker.amounts import amounts
from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lexicon import lexicon
from forms.checker.names import INPUT, spent
from forms.checker.targets import NONQUANT, YIPI
from forms.checker.usages import Usage
from forms.checker.view import Text
from forms.checker.words import shown
from forms.indicator_value import understand
from forms.language import N_
from forms.problem import Severity
from forms.values import Kind

# A field has room to say what is done and what comes of it; in a row of a list a dozen letters may do.
_LEAST = 20
_LEAST_IN_ROW = 12
_TASKS = frozenset({Usage.CONTENT, Usage.WORKLOAD})
_PROSE = frozenset({Kind.TEXT, Kind.LONG})
_SENTENCE = re.compile(r"[^。；;！!\n]+")
_NUMBER = re.compile("[0-9０-９]")
_TOO_SHORT = {
    Usage.GOAL: N_("“{name}”只有 {count} 个字，看不出要做什么、做到什么程度；请写明产出和效果。"),
    Usage.CONTENT: N_("“{name}”只有 {count} 个字，没有数量；请写明做哪些事、做多少。"),
    Usage.PURPOSE: N_("“{name}”只有 {count} 个字，没有数量；请写明钱花在哪几项上、各多少。"),
}


def purpose(text: Text) -> Iterator[Finding]:
    """A goal that tells what the money is for, or so few words that they tell nothing."""
    if text.usage not in _TOO_SHORT.keys() | _TASKS or text.field.kind not in _PROSE:
        return
    said = text.text.strip()
    start = text.text.index(said)
    words = lexicon().purposes.at_start(said)
    if words and (text.usage is Usage.GOAL or (text.usage in _TASKS and _says_little(text.usage, said))):
        message = N_("“{name}”以“{words}”开头，写的是资金用途；请写要做成什么、达到什么效果。")
        params = {"name": text.field.name, "words": words}
        yield Finding(text.at, message, params, (start, start + len(words)))
    elif _is_thin(text, said):
        params = {"name": text.field.name, "count": str(len(said))}
        yield Finding(text.at, _TOO_SHORT[text.usage], params, (start, start + len(said)))


def _is_thin(text: Text, said: str) -> bool:
    if text.usage is None or (text.at.table and text.usage is not Usage.GOAL):
        return False
    if text.at.table:
        return len(said) < _LEAST_IN_ROW and not amounts(said)
    return _says_little(text.usage, said)


def _says_little(usage: Usage, said: str) -> bool:
    counted = amounts(said) if usage is Usage.GOAL else _NUMBER.search(said)
    return len(said) < _LEAST and not counted


def spending(text: Text) -> Iterator[Finding]:
    """A goal that is spending itself."""
    if text.usage is Usage.GOAL:
        yield from spent(text)


def uncounted(text: Text) -> Iterator[Finding]:
    """A task with an amount nobody can count: 购置一批设备."""
    if text.usage not in (*_TASKS, Usage.GOAL) or text.field.kind not in _PROSE:
        return
    span = lexicon().uncounted.find(text.text)
    if span:
        near = shown(text.text[span[0] :], 14)
        message = N_("“{name}”里“{near}”没有数量，无法核定；请写明有多少，如几台（套）。")
        yield Finding(text.at, message, {"name": text.field.name, "near": near}, span)


def numberless(text: Text) -> Iterator[Finding]:
    """A workload without a single number; an amount nobody can count is told by itself."""
    if text.usage is not Usage.WORKLOAD or "%" in text.text or lexicon().uncounted.find(text.text):
        return
    if not amounts(text.text):
        message = N_("“{name}”里没有数量，无法核定；请写明做多少、单位是什么。")
        yield Finding(text.at, message, {"name": text.field.name}, (0, len(text.text)))


def unmeasured(text: Text) -> Iterator[Finding]:
    """A sentence of indicators written as prose that nobody can hold against what was reached; the first is told."""
    if text.usage is not Usage.MEASURES:
        return
    for sentence in _SENTENCE.finditer(text.text):
        span = lexicon().vague.find(sentence[0])
        if span and understand(sentence[0]).kind == "text":
            start = sentence.start()
            message = N_("“{name}”里“{words}”没有可以衡量的标准；请写出数值和单位，或写明用什么评判。")
            params = {"name": text.field.name, "words": shown(sentence[0].strip())}
            yield Finding(text.at, message, params, (start + span[0], start + span[1]))
            return


_PURPOSE = Criterion(
    "R-PURPOSE", Severity.WARNING, Dimension.RELEVANT, N_("目标写产出和效果，不写用途"), "财预〔2015〕88号第十一条"
)

CHECKS = Checks(
    texts=(
        Check(_PURPOSE, purpose),
        Check(INPUT, spending),
        Check(YIPI, uncounted),
        Check(NONQUANT, unmeasured),
        Check(NONQUANT, numberless),
    )
)
