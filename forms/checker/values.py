"""Checks of a target as it is written: its unit, its numerals, its interval, its deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lists import grouped, listed
from forms.checker.usages import Usage
from forms.checker.view import Branches, Form, Line, Text
from forms.commands import SetValue
from forms.indicator_value import Reading, express, understand
from forms.language import N_
from forms.numerals import COUNTED, chinese, plain, words
from forms.problem import Fix, Severity

_COUNTING = ("compare", "interval", "frequency", "quantity")
_BRACKETED_UNIT = re.compile(r"[（(](?:单位[:：])?[^（）()]{1,8}[）)]\s*$")
_HOURS = re.compile(r"(?<=[0-9])\s*[hH](?![A-Za-z])")


def _any_of(units: frozenset[str]) -> str:
    """A pattern for one of these, the longest first."""
    return "|".join(sorted(units, key=len, reverse=True))


# 一期 and 一年 are seldom counted, 一批 cannot be; 一次性, 第一台, 统一 are no numbers.
_UNCOUNTED = words("期 年 月 周 天 日 层 条 场 头 起 分 批次 页 本")
_HAN_NUMBER = re.compile(
    rf"(?<![第统之唯逐单同万十百千点])(?P<number>[一二两三四五六七八九十百千]+)"
    rf"(?P<unit>{_any_of(COUNTED - _UNCOUNTED)})(?!性|化|体|级|类)"
)
# 文件数 counts no 件 beside 份, 分数 is a score.
_COUNT_NAME = re.compile(rf"(?<![文条软硬邮稿])(?P<unit>{_any_of(COUNTED - words('年 月 周 天 日 分'))})数$")
_STUCK = re.compile(rf"\s*([0-9]+)(?=[\u4e00-\u9fff]{{2}})(?!{_any_of(COUNTED | words('年 月 日 天 万 亿 元 季度'))})")
_VARIABLE = re.compile(r"[≤＜<][^\S\n]*[A-Za-zＡ-Ｚａ-ｚ][^\S\n]*[≤＜<]")


def units(line: Line) -> Iterator[Finding]:
    """A number that counts or measures something and does not say what."""
    value, reading = line.value, line.reading
    if value is None or not line.named or not value.filled or reading.kind not in ("compare", "interval"):
        return
    if reading.unit or (not reading.number and not reading.number2) or _has_no_unit(line):
        return
    message = N_("“{name}”的指标值“{text}”没有单位；请写明单位。")
    yield Finding(value.at, message, {"name": line.name.shown, "text": value.shown}, line.span(*reading.span))


def _has_no_unit(line: Line) -> bool:
    name = line.name.text.strip()
    return name.endswith(listed("directions", "无单位")) or bool(_BRACKETED_UNIT.search(name))


def stuck_numbers(line: Line) -> Iterator[Finding]:
    """A number at the very beginning of a sentence that it does not belong to: 1建成一套平台."""
    value = line.value
    if value is None or line.reading.kind != "quantity" or not (found := _STUCK.match(value.text)):
        return
    reading = line.reading
    right = f"＝{plain(reading.number or Decimal(0))}{reading.unit}"
    params = {"text": value.shown, "number": found[1], "right": right}
    message = N_("“{text}”里的“{number}”没有单位，又与文字连着；请写成“{right}”这样的数和单位。")
    yield Finding(value.at, message, params, line.span(found.start(1), found.end(1)))


def counted_names(line: Line) -> Iterator[Finding]:
    """A name that says what is counted (次数) beside a target in another unit (家次)."""
    named = _COUNT_NAME.search(line.name.text.strip())
    reading, value = line.reading, line.value
    if named is None or value is None or reading.kind not in _COUNTING or reading.unit not in COUNTED:
        return
    if reading.unit == named["unit"] or any({reading.unit, named["unit"]} <= set(group) for group in _alike()):
        return
    message = N_("名称是“{name}”，指标值的单位却是“{unit}”；请统一。")
    yield Finding(value.at, message, {"name": line.name.shown, "unit": reading.unit}, line.span(*reading.span))


def hours(seen: Branches) -> Iterator[Finding]:
    """Hours written as h, where other targets of the form write 小时."""
    values = [(line, line.value) for line in seen.lines if line.value is not None and not line.split]
    if not any("小时" in value.text for _, value in values):
        return
    for _, value in values:
        for found in _HOURS.finditer(value.text):
            fixed = _HOURS.sub("小时", value.text)
            fix = Fix(N_("改为“{text}”"), (SetValue(value.at, fixed),), {"text": fixed})
            message = N_("这里的单位写作“h”，别处写作“小时”；请统一为“小时”。")
            yield Finding(value.at, message, {}, found.span(), fix)


@cache
def _alike() -> tuple[tuple[str, ...], ...]:
    return grouped("directions", "同义单位")


def numerals(line: Line) -> Iterator[Finding]:
    """An amount in Chinese numerals (一台), which no system adds up."""
    value = line.value
    if value is None or line.split:
        return
    found = [one for one in _HAN_NUMBER.finditer(value.text) if chinese(one["number"]) is not None]
    if not found:
        return
    fixed = _HAN_NUMBER.sub(lambda one: f"{_digits(one['number'])}{one['unit']}", value.text)
    first = found[0]
    right = f"{_digits(first['number'])}{first['unit']}"
    fix = Fix(N_("改为“{text}”"), (SetValue(value.at, fixed),), {"text": fixed})
    message = N_("“{text}”用了汉字数字；请写成“{right}”。")
    yield Finding(value.at, message, {"text": first[0], "right": right}, first.span(), fix)


def _digits(numeral: str) -> str:
    return plain(chinese(numeral) or Decimal(0))


def intervals(line: Line) -> Iterator[Finding]:
    """An interval with a letter for the value itself (0%≤N≤1%), which systems do not take."""
    value, reading = line.value, line.reading
    found = _VARIABLE.search(value.text) if value is not None and reading.kind == "interval" else None
    if value is None or found is None:
        return
    right = express(reading)
    fix = None if line.split else Fix(N_("改为“{text}”"), (SetValue(value.at, right),), {"text": right})
    message = N_("“{text}”是写成文字的区间，系统要分别填下限和上限；请写成“{right}”。")
    yield Finding(value.at, message, {"text": value.shown, "right": right}, line.span(*reading.span), fix)


def deadlines(line: Line) -> Iterator[Finding]:
    """A deadline outside the year of the form; trees of longer periods have years of their own."""
    value = line.value
    if value is None or line.year is None or not line.yearly:
        return
    for reading in (line.reading, *line.reading.clauses):
        if reading.deadline is None or reading.deadline.year == line.year:
            continue
        params = {"text": value.text[slice(*reading.span)].strip() or value.shown, "year": str(line.year)}
        message = N_("“{text}”不在 {year} 年度内；请核对。")
        yield Finding(value.at, message, params, line.span(*reading.span))
        return


def periods(form: Form) -> Iterator[Finding]:
    """A period that ends before it begins."""
    begins = next((one for one in form.fields(Usage.START) if one.filled), None)
    ends = next((one for one in form.fields(Usage.END) if one.filled), None)
    first, last = _day(begins, form.year), _day(ends, form.year)
    if begins is None or ends is None or not first or not last or first.deadline is None or last.deadline is None:
        return
    if first.deadline > last.deadline:
        params = {"start": begins.shown, "end": ends.shown}
        yield Finding(ends.at, N_("从“{start}”开始，到“{end}”就结束了；请核对先后。"), params, (0, len(ends.text)))


def _day(text: Text | None, year: int | None) -> Reading | None:
    """A date or a month of a field, read as a deadline."""
    if text is None:
        return None
    reading = understand(text.text, year)
    return reading if reading.deadline else understand(text.text.strip() + "前", year)


_MIXED = Criterion("R-UNIT-MIX", Severity.WARNING, Dimension.COMPLETE, N_("单位前后一致"), "公开的部门预算")
_DATES = Criterion("R-DATE", Severity.WARNING, Dimension.FEASIBLE, N_("期限在年度之内，先后不颠倒"), "财预〔2015〕88号")

CHECKS = Checks(
    lines=(
        Check(
            Criterion("R-UNIT", Severity.WARNING, Dimension.COMPLETE, N_("定量的指标值有单位"), "财预〔2021〕101号"),
            lambda line: (*units(line), *stuck_numbers(line)),
        ),
        Check(_MIXED, counted_names),
        Check(
            Criterion("R-CNNUM", Severity.HINT, Dimension.COMPLETE, N_("数量用阿拉伯数字"), "公开的申报表"),
            numerals,
        ),
        Check(
            Criterion("R-RANGE", Severity.WARNING, Dimension.COMPLETE, N_("区间写成下限和上限"), "财政系统的填报要求"),
            intervals,
        ),
        Check(_DATES, deadlines),
    ),
    trees=(Check(_MIXED, hours),),
    forms=(Check(_DATES, periods),),
)
