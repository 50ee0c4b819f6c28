"""Checks of the way a target points: more of what is good, less of what is bad, no more than all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lists import listed
from forms.checker.usages import Category
from forms.checker.view import Line
from forms.indicator_value import Reading
from forms.language import N_
from forms.problem import Severity

_UP, _DOWN = frozenset("≥＞"), frozenset("≤＜")
_LOW = Decimal(80)  # below it a target of satisfaction asks for little
_ALL = Decimal(100)


def signs(line: Line) -> Iterator[Finding]:
    """More of what should be less, less of what should be more, some of what must never be."""
    value, reading = line.value, line.reading
    if value is None or reading.number is None or reading.kind not in ("compare", "frequency"):
        return
    span, params = line.span(*reading.span), {"name": line.name.shown, "text": value.shown}
    if _is_bad(line) and reading.sign in _UP:
        message = N_("“{name}”越少越好，指标值“{text}”却是不少于；请改用“≤”。")
        yield Finding(value.at, message, params, span)
    elif _is_good(line) and reading.sign in _DOWN:
        message = N_("“{name}”越多越好，指标值“{text}”却是不多于；请改用“≥”。")
        yield Finding(value.at, message, params, span)
    elif _must_not_be(line) and reading.sign in _DOWN and reading.number > 0 and reading.unit != "%":
        yield Finding(value.at, N_("“{name}”的指标值“{text}”等于允许发生；请改为 0。"), params, span)


def percentages(line: Line) -> Iterator[Finding]:
    """A percentage that cannot be, and a target of satisfaction that asks for little."""
    value = line.value
    if value is None:
        return
    for reading in line.reading.clauses or (line.reading,):
        if reading.unit != "%" or reading.number is None:
            continue
        params = {"name": line.name.shown, "text": value.shown}
        span = line.span(*reading.span)
        if _is_too_much(line, reading):
            message = N_("“{name}”的指标值“{text}”不在 0 到 100% 之间；请核对。")
            yield Finding(value.at, message, params, span)
        elif _asks_little(line, reading):
            message = N_("“{name}”的指标值“{text}”偏低；满意度一般不低于 80%，低于它请说明理由。")
            yield Finding(value.at, message, params, span, softer=Severity.HINT)


def _is_too_much(line: Line, reading: Reading) -> bool:
    numbers = [one for one in (reading.number, reading.number2) if one is not None]
    free = line.category in (Category.COST, Category.ECONOMIC) or _says(line, "可超百")
    return any(one < 0 or (one > _ALL and not free) for one in numbers)


def _asks_little(line: Line, reading: Reading) -> bool:
    satisfied = "满意" in line.name.text and not _says(line, "否定")
    return satisfied and reading.sign not in _DOWN and reading.number is not None and reading.number < _LOW


def _is_bad(line: Line) -> bool:
    return _says(line, "越少越好") and not _says(line, "反转")


def _is_good(line: Line) -> bool:
    return _says(line, "越多越好") and not _says(line, "否定")


def _must_not_be(line: Line) -> bool:
    return _is_bad(line) and _says(line, "零容忍")


def _says(line: Line, key: str) -> bool:
    return any(word in line.name.text for word in listed("directions", key))


CHECKS = Checks(
    lines=(
        Check(
            Criterion("R-SIGN-DIR", Severity.WARNING, Dimension.FITTING, N_("≥ 和 ≤ 用得对"), "公开的部门预算"),
            signs,
        ),
        Check(
            Criterion("R-PCT", Severity.WARNING, Dimension.FITTING, N_("百分数在合理的范围里"), "公开的部门预算"),
            percentages,
        ),
    ),
)
