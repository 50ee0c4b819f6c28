"""The amounts prose speaks of: 25个断面, 8期走航报告, with the thing that is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from forms.checker.words import Span
from forms.indicator_value import Reading, understand
from forms.indicator_value.words import DURATIONS
from forms.numerals import COUNTED

_CLAUSE = re.compile(r"[^，。；;！!\n,]+")
_AFTER = re.compile(r"\s*(?:以上|左右|以内)?\s*([\u4e00-\u9fffA-Za-z]{2,10})")
_EACH = re.compile("(?:各|每|分别)[^，]{0,6}$")  # 各建设1座: how many altogether is not told
_CONDITION = ("以上的", "以下的")  # 1000人以上的村: which villages, not how many people
_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,6})\s*$")
_ENDS_THING = re.compile("的|和|及|与|或|在|等|进行|完成|并|每|开展|实施|安装|更换|提高|达到")
_UNCOUNTED = DURATIONS | {"分", "项", "条", "例"}  # 条 and 项 number the points of a text as often as things


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, the thing it counts, and where number and unit stand. `thing` is empty where none is."""

    number: Decimal
    unit: str
    thing: str
    span: Span


@lru_cache(maxsize=512)  # relations look again at texts that have not changed
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of countable things in a text, in order."""
    return tuple(_amounts(text))


def _amounts(text: str) -> Iterator[Amount]:
    for clause in _CLAUSE.finditer(text):
        reading = understand(clause[0])
        for one in reading.clauses or (reading,):
            start, end = one.span
            if _counts(one) and one.number is not None and not _EACH.search(clause[0][:start]):
                thing = _thing(clause[0], start, end)
                yield Amount(one.number, one.unit, thing, (clause.start() + start, clause.start() + end))


def _counts(reading: Reading) -> bool:
    counted = reading.kind in ("compare", "quantity") and not reading.per and reading.deadline is None
    return counted and reading.unit.partition("（")[0] in COUNTED - _UNCOUNTED


def _thing(clause: str, start: int, end: int) -> str:
    """What is counted: the words behind the unit, else those before the number; nothing where it is a condition."""
    if clause[end - 2 : end + 1] in _CONDITION:
        return ""
    after = _AFTER.match(clause, end)
    if after:
        thing = _ENDS_THING.split(after[1])[0]
        if len(thing) > 1:
            return thing
    before = _BEFORE.search(clause[:start])
    return _ENDS_THING.split(before[1])[-1] if before else ""


def pairs_of_letters(words: str) -> frozenset[str]:
    """Every two letters that stand together: words that share them speak of the same thing."""
    letters = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", words)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
