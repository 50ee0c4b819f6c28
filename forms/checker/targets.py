"""Checks of the target of one indicator: whether it can be measured, and says one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lexicon import lexicon
from forms.checker.usages import Category
from forms.checker.view import Line, Text
from forms.checker.words import shown
from forms.commands import SetValue
from forms.indicator_value import Reading, understand
from forms.language import N_
from forms.problem import Fix, Severity
from forms.template.model import Role
from forms.values import fold

_TELLING = frozenset({"compare", "interval", "frequency", "duration", "quantity", "class"})
_UNSIGNED = frozenset({"compare", "frequency", "duration", "quantity"})
_JOINTS = re.compile("以及|[和及与、]")
_STOPS = " ，。；、,;.\n"
_FIRST_GRADE = "为优"


def vague(line: Line) -> Iterator[Finding]:
    """A target in words nobody can hold against what was reached: no number, no grade, no day."""
    value = line.value
    if value is None or line.reading.kind != "text" or line.reading.unit or any(map(str.isdigit, value.text)):
        return
    span = None if _repeats(line, value) else lexicon().vague.find(value.text)
    if span:
        params = {"value": shown(value.text.strip()), "word": value.text[slice(*span)]}
        message = N_("指标值“{value}”没有可以衡量的标准；请写出数值和单位，或写明用什么评判。")
        if params["value"] != params["word"]:
            message = N_("指标值“{value}”里“{word}”没有可以衡量的标准；请写出数值和单位，或写明用什么评判。")
        yield Finding(value.at, message, params, line.span(*span))


def choice(line: Line) -> Iterator[Finding]:
    """A target that is still the choice: 是/否."""
    if line.value is not None and line.reading.kind == "choice":
        message = N_("指标值是“{value}”，看不出要做到什么；请写一个具体的目标值，如数量、比例或完成日期。")
        params = {"value": line.value.text.strip()}
        yield Finding(line.value.at, message, params, line.span(0, len(line.value.text)))


def rubric(line: Line) -> Iterator[Finding]:
    """A scale of grades in place of a target."""
    if line.value is None or line.reading.kind != "rubric":
        return
    best = best_grade(line.value.text, line.year)
    message = N_("指标值写的是评分档，不是目标值；请只写一个目标。")
    params = {}
    if best is not None and best.number is not None:
        message = N_("指标值写的是评分档，不是目标值；请只写一个目标，如“{target}”。")
        params = {"target": f"≥{best.number:f}{best.unit}"}
    yield Finding(line.value.at, message, params, line.span(0, len(line.value.text)))


def best_grade(text: str, year: int | None) -> Reading | None:
    """What the best grade of a scale asks for: 85% of 85%站点为优，70%站点为良."""
    before = understand(text.partition(_FIRST_GRADE)[0], year)
    counted = [one for one in (before, *before.clauses) if one.number is not None]
    return counted[-1] if counted else None


def uncounted(line: Line) -> Iterator[Finding]:
    """A quantity that names an amount without a number: 一批设备."""
    if line.value is None or line.category is not Category.QUANTITY:
        return
    span = lexicon().uncounted.find(line.value.text)
    if span:
        word = line.value.text[slice(*span)]
        message = N_("数量指标的指标值含“{word}”，无法考核；请写明有多少，如几台（套）。")
        yield Finding(line.value.at, message, {"word": word}, line.span(*span))


def several(line: Line) -> Iterator[Finding]:
    """Several targets in one indicator: each needs its own line."""
    if line.value is None:
        return
    parts = [one for one in line.reading.clauses if one.kind in _TELLING or one.unit]
    if len(parts) < 2:
        yield from _things(line, line.value)
        return
    told = "、".join(f"“{shown(line.value.text[slice(*one.span)])}”" for one in parts[:3])
    message = N_("一条指标里有 {count} 个目标值（{parts}），无法分别考核；请拆成几条。")
    span = line.span(parts[0].span[0], parts[-1].span[1])
    yield Finding(line.value.at, message, {"count": str(len(parts)), "parts": told}, span)


def _things(line: Line, value: Text) -> Iterator[Finding]:
    """Several things under one amount: 4台执法车和应急物资."""
    reading, known = line.reading, lexicon().things
    if line.category is not Category.QUANTITY or not reading.unit:
        return
    start = reading.span[1]
    named = [piece.strip(_STOPS) for piece in _JOINTS.split(value.text[start:])]
    if len(named) > 1 and all(map(known.at_end, named)):
        told = "、".join(f"“{shown(one)}”" for one in named)
        message = N_("一条指标里有 {count} 样东西（{parts}），无法分别考核；请拆成几条，各写各的数量。")
        params = {"count": str(len(named)), "parts": told}
        yield Finding(value.at, message, params, line.span(start, len(value.text.rstrip(_STOPS))))


def unsigned(line: Line) -> Iterator[Finding]:
    """A number without a sign: whether more or less is better is not told."""
    value, reading = line.value, line.reading
    sign = line.of(Role.SIGN)
    if value is None or reading.kind not in _UNSIGNED or reading.sign or (sign is not None and sign.filled):
        return
    proposed = _proposed(line)
    number = value.text[slice(*reading.span)]
    span = line.span(*reading.span)
    if reading.kind == "quantity" or line.split:
        message = N_("“{number}”前面没有比较符号；请写成“{proposed}”的样子，说明的文字写进名称。")
        told = {"number": number, "proposed": f"{proposed}{reading.number:f}{reading.unit}"}
        yield Finding(value.at, message, told, span)
        return
    written = proposed + value.text.strip()
    fix = Fix(N_("改为“{text}”"), (SetValue(value.at, written),), {"text": written})
    message = N_("“{number}”前面没有比较符号，看不出是至少、至多还是正好；请写成“{proposed}”或别的符号。")
    yield Finding(value.at, message, {"number": number, "proposed": written}, span, fix)


def _proposed(line: Line) -> str:
    """The sign a number most likely has: ≤ where less is better, ＝ for all, none and things bought, else ≥."""
    reading = line.reading
    if not reading.number or (reading.number == 100 and reading.unit == "%") or reading.kind == "quantity":
        return "＝"
    takes_time = reading.kind == "duration" and line.category is Category.TIME
    less = takes_time or line.category is Category.COST or lexicon().less_is_better.find(line.name.text)
    return "≤" if less else "≥"


def copied(line: Line) -> Iterator[Finding]:
    """A target that only repeats the name or the description."""
    if line.value is not None and line.reading.kind == "text" and (other := _repeats(line, line.value)):
        message = N_("指标值与“{column}”一字不差，没有说出目标；请写数值或评判标准。")
        span = line.span(0, len(line.value.text))
        yield Finding(line.value.at, message, {"column": other.field.name}, span)


def _repeats(line: Line, value: Text) -> Text | None:
    """The name or description a target repeats."""
    others = (line.of(role) for role in (Role.NAME, Role.DESCRIPTION))
    own = fold(value.text)
    said = len(own) > 1 and any(map(str.isalpha, own))  # a dash on both sides repeats nothing
    return next((other for other in others if other is not None and said and fold(other.text) == own), None)


_REGULATION = "财预〔2015〕88号第十三条"
COPIED = Criterion("R-DUP-VALUE", Severity.WARNING, Dimension.RELEVANT, N_("指标值不照抄名称"), _REGULATION)
SEVERAL = Criterion("R-MULTI", Severity.WARNING, Dimension.RELEVANT, N_("一条指标只量一件事"), _REGULATION)
NONQUANT = Criterion("R-NONQUANT", Severity.WARNING, Dimension.RELEVANT, N_("指标值可以衡量"), _REGULATION)
YIPI = Criterion("R-YIPI", Severity.WARNING, Dimension.RELEVANT, N_("数量写得出数"), _REGULATION)

CHECKS = Checks(
    lines=(
        Check(NONQUANT, vague),
        Check(
            Criterion("R-BOOL", Severity.WARNING, Dimension.RELEVANT, N_("指标值不是“是/否”"), _REGULATION),
            choice,
        ),
        Check(
            Criterion("R-RUBRIC", Severity.WARNING, Dimension.RELEVANT, N_("指标值不是评分档"), _REGULATION),
            rubric,
        ),
        Check(YIPI, uncounted),
        Check(SEVERAL, several),
        Check(
            Criterion("R-NOOP", Severity.WARNING, Dimension.RELEVANT, N_("数值前有比较符号"), "财政系统的计算符号"),
            unsigned,
        ),
        Check(COPIED, copied),
    ),
)
