"""Deadlines within a clause: 2023年11月底前, 年底前, 2023-12-31, 第三季度, 2022年1月至6月."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from forms.indicator_value.cursor import Cursor
from forms.indicator_value.words import Sort

FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class Due:
    """A date: its last day (None without a year), and whether 底, 前 or the day itself marks it as a deadline."""

    day: date | None
    marked: bool


def due(cursor: Cursor, year: int | None) -> Due | None:
    """Read `date [range date]`; of a period the end counts. `year` completes dates that name none."""
    start = cursor.at
    first = _date(cursor, year)
    if first is None:
        cursor.at = start
        return None
    after = cursor.at
    second = _date(cursor, first.day.year if first.day else year) if cursor.take(Sort.RANGE) else None
    if second is None:
        cursor.at = after
        return first
    return Due(second.day, first.marked or second.marked)


def _date(cursor: Cursor, year: int | None) -> Due | None:
    """Read `iso | year-end | [year] [part | month [day | 旬]] [end] [before]`, with a year, a part or a month in it."""
    if iso := cursor.take(Sort.DATE):
        told, month, day = map(int, iso.word.split("-"))
        return _marked(cursor, told, month, day, marked=True)
    year_told = _last_of(cursor, ("年",), FIRST_YEAR, LAST_YEAR)
    ended = _year_ends(cursor, told=year_told is not None)
    month_told = _month(cursor)
    if year_told is None and month_told is None and not ended:
        return None
    day_told, marked = _day(cursor) if month_told else (None, False)
    ended = cursor.take(Sort.END) is not None or ended or marked
    return _marked(cursor, year_told or year, month_told or 12, day_told, marked=ended)


def _year_ends(cursor: Cursor, *, told: bool) -> bool:
    """Read 年底, or after a year 内."""
    end, within = cursor.peek(Sort.END), cursor.peek(Sort.BOUND)
    found = (end is not None and end.word == "年") or (told and within is not None and cursor.letters(within) == "内")
    cursor.at += found
    return found


def _month(cursor: Cursor) -> int | None:
    part = cursor.take(Sort.PART)
    return int(part.word) if part else _last_of(cursor, ("月",), 1, 12)


def _day(cursor: Cursor) -> tuple[int | None, bool]:
    """Read the day of a month, or 上旬 中旬 下旬: the last of these days (None for the month's), and whether told."""
    if part := cursor.take(Sort.TENDAYS):
        return (int(part.word) if part.word else None), True
    day = _last_of(cursor, ("日", "号"), 1, 31)
    return day, day is not None


def _last_of(cursor: Cursor, units: Sequence[str], low: int, high: int) -> int | None:
    """Read the number before one of `units`, or the last of a range of them (1-7月)."""
    ahead = 2 if cursor.peek(Sort.NUMBER) and cursor.peek(Sort.RANGE, ahead=1) else 0
    number = cursor.peek(Sort.NUMBER, ahead=ahead)
    unit = cursor.peek(Sort.UNIT, ahead=ahead + 1)
    if number is None or unit is None or unit.word not in units:
        return None
    if not low <= number.number <= high or number.number % 1:
        return None
    cursor.at += ahead + 2
    return int(number.number)


def _marked(cursor: Cursor, year: int | None, month: int, day: int | None, *, marked: bool) -> Due | None:
    marked = cursor.take(Sort.BEFORE) is not None or marked
    if year is None:
        return Due(None, marked)
    try:
        return Due(date(year, month, day or monthrange(year, month)[1]), marked)
    except ValueError:
        return None
