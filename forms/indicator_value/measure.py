"""Measures within a clause: ≥90%, 5～10天, 0%≤N≤1%, 3次/季度, 29（微克/立方米）, 不超过24小时."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from forms.indicator_value.cursor import Cursor
from forms.indicator_value.due import FIRST_YEAR, LAST_YEAR
from forms.indicator_value.reading import Reading, words_only
from forms.indicator_value.tokens import Token
from forms.indicator_value.words import DURATIONS, LEADS_OF_DEEDS, NOT_COUNTED, PERIODS, Sort

_LONGEST_VERB = 4
_FLIPPED = {"≥": "≤", "≤": "≥", "＞": "＜", "＜": "＞", "＝": "＝"}


@dataclass(frozen=True, slots=True)
class _Amount:
    number: Decimal
    unit: str = ""
    per: str = ""
    rough: bool = False


def measure(cursor: Cursor, period: str) -> Reading | None:
    """Read `[sign | lead] amount [range amount | sign words [sign amount]] [bound]`; `period` was told before it."""
    lead = _lead(cursor)
    first = _amount(cursor)
    if first is None:
        return None
    second = _range_end(cursor, first)
    sign = lead.word if lead else ""
    if second is None and not lead:
        sign, second = _between(cursor)
    last = second or first
    sign = sign or _bound(cursor, last.unit)
    if last.unit in DURATIONS and cursor.peek(Sort.BEFORE):
        return None  # 3个工作日前 counts back from a day that is not told
    unit, per = last.unit or first.unit, last.per or period
    found = replace(words_only("compare", "", (0, 0), unit), sign=sign, number=first.number, per=per)
    if first.rough and not sign:
        return replace(found, kind="quantity")
    if second:
        return replace(found, kind="interval", number2=second.number)
    if per:
        return replace(found, kind="frequency")
    return replace(found, kind="duration") if unit in DURATIONS else found


def _lead(cursor: Cursor) -> Token | None:
    """Read what says how a number is meant, with the verb that may stand between: 至少开展1次."""
    lead = cursor.take(Sort.SIGN, Sort.LEAD)
    if lead and cursor.letters(lead) in LEADS_OF_DEEDS and cursor.peek(Sort.NUMBER, ahead=1):
        verb = cursor.peek(Sort.WORD)
        cursor.at += verb is not None and verb.end - verb.start <= _LONGEST_VERB
    return lead


def _amount(cursor: Cursor) -> _Amount | None:
    """Read `["-"] number ["余"] [unit | "(" unit ")"]`, and leave years to the deadlines."""
    start = cursor.at
    minus = _minus(cursor)
    token = cursor.take(Sort.NUMBER)
    year = cursor.peek(Sort.UNIT)
    if token is None or (year and year.word == "年" and FIRST_YEAR <= token.number <= LAST_YEAR):
        cursor.at = start
        return None
    rough = cursor.take(Sort.ABOUT) is not None
    unit, per = _unit(cursor)
    if unit in NOT_COUNTED:
        return None
    return _Amount(-token.number if minus else token.number, unit, per, rough)


def _minus(cursor: Cursor) -> bool:
    token = cursor.peek(Sort.RANGE)
    if token is None or cursor.letters(token) not in "-－−" or not cursor.peek(Sort.NUMBER, ahead=1):
        return False
    if cursor.before() in (Sort.NUMBER, Sort.UNIT, Sort.WORD, Sort.DATE):
        return False
    cursor.at += 1
    return True


def _unit(cursor: Cursor) -> tuple[str, str]:
    """Read `unit {"/" unit {"·" unit}}`, perhaps in brackets: the unit, and the period if that alone is below."""
    start = cursor.at
    opened = cursor.take(Sort.OPEN)
    token = cursor.take(Sort.UNIT)
    if token is None:
        cursor.at = start
        return "", ""
    below: list[str] = []
    while cursor.peek(Sort.PER) and cursor.peek(Sort.UNIT, ahead=1):
        below.append(_below(cursor))
    if opened:
        cursor.take(Sort.CLOSE)
    elif not below:
        return token.word + _other_unit(cursor), ""
    if len(below) == 1 and below[0] in PERIODS:
        return token.word, below[0]
    return "/".join([token.word, *below]), ""


def _other_unit(cursor: Cursor) -> str:
    """Read the unit that may stand for the first one, in brackets: 台（套）."""
    other = cursor.peek(Sort.WORD, Sort.UNIT, ahead=1)
    if not (cursor.peek(Sort.OPEN) and other and other.end - other.start == 1 and cursor.peek(Sort.CLOSE, ahead=2)):
        return ""
    cursor.at += 3
    return f"（{cursor.letters(other)}）"


def _below(cursor: Cursor) -> str:
    units: list[str] = []
    while cursor.peek(Sort.PER, Sort.TIMES) and (unit := cursor.peek(Sort.UNIT, ahead=1)):
        if units and cursor.peek(Sort.PER):
            break
        units.append(unit.word)
        cursor.at += 2
    return "·".join(units)


def _range_end(cursor: Cursor, first: _Amount) -> _Amount | None:
    start = cursor.at
    second = _amount(cursor) if not first.per and cursor.take(Sort.RANGE) else None
    if second is None or (first.unit and second.unit and first.unit != second.unit):
        cursor.at = start
        return None
    return second


def _between(cursor: Cursor) -> tuple[str, _Amount | None]:
    """Read what stands between two signs: 0%≤N≤1% is an interval; 90%≤N alone says N≥90%."""
    start = cursor.at
    sign = cursor.take(Sort.SIGN)
    if sign is None or cursor.peek(Sort.NUMBER):
        cursor.at = start
        return "", None
    after = cursor.at
    while cursor.take(Sort.WORD, Sort.UNIT):
        pass
    second = _amount(cursor) if cursor.take(Sort.SIGN) else None
    if second:
        return "", second
    cursor.at = after
    return _FLIPPED[sign.word], None


def _bound(cursor: Cursor, unit: str) -> str:
    token = cursor.peek(Sort.BOUND)
    # 内 alone bounds a time; elsewhere it is a place.
    if token is None or (cursor.letters(token) == "内" and unit not in DURATIONS):
        return ""
    cursor.at += 1
    return token.word
