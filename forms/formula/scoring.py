"""评分: what an indicator earns of its points, by the direction of its target, with the working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from forms.formula.measure import Measure, number, plain
from forms.formula.scope import Blank
from forms.formula.syntax import Node
from forms.indicator_value import Reading, understand
from forms.language import N_
from forms.values import fold, money_unit_factor

if TYPE_CHECKING:
    from forms.formula.evaluation import Evaluation

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_DOWNWARDS = ("≤", "＜")
# The grades of 财预〔2020〕10号 with the share of the points each may earn; a share on a border is the better grade's.
# 达成 comes last, for the other two hold it.
_GRADES = (("部分达成", Decimal(60), Decimal(80)), ("未达成", Decimal(0), Decimal(60)), ("达成", Decimal(80), _HUNDRED))


class Scored(NamedTuple):
    """The points, and the working as a catalogue sentence with what fills it; None where people have to judge."""

    points: Decimal | None
    message: str
    params: Mapping[str, str]


def score(evaluation: Evaluation, arguments: Sequence[Node]) -> Measure:
    """评分(指标值, 实际值, 分值, 赋分规则, 及格线); raises Blank where the score is for people to judge."""
    values = [evaluation.measure(one).value for one in arguments]
    target, actual, method = (plain(one or "") for one in (*values[:2], *values[3:4], "")[:3])
    if not target or not actual or values[2] is None:
        return Measure(None, filled=False)
    evaluation.budget.spend(len(target) + len(actual))
    line = number(values[4]) if len(values) > 4 else Decimal(0)
    found = scored(target, actual, number(values[2]), method, line)
    if found.points is None:
        raise Blank(found.message, **found.params)
    return Measure(found.points, True, 1)


@lru_cache(maxsize=4096)  # a key in one row asks for the scores of all rows anew
def scored(target: str, actual: str, weight: Decimal, method: str = "", line: Decimal = Decimal(0)) -> Scored:
    """Score `actual` against `target`, both as typed, for at most `weight` points, rounded to the hundredth.

    `method` is 直接赋分 (all or nothing), 按评判等级赋分 (by grade), or else in proportion; in proportion, a
    completion below `line` percent earns nothing. Sources: 财预〔2020〕10号, 财预〔2021〕101号.
    """
    case = _Case(target.strip(), actual.strip(), weight)
    wanted, reached = understand(target), understand(actual)
    if wanted.number is None or reached.number is None or "等级" in method:
        return case.by_day(wanted, reached) or case.graded(reached)
    factor = _factor(wanted, reached)
    if factor is None:
        return case.told(None, N_("“{actual}”与“{target}”单位不同，请换算后填写，或直接填写得分。"))
    completion = _completion(wanted, reached.number * factor)
    if "直接" in method:
        return case.at_once(completion, touched=_is_touched(wanted, reached.number * factor))
    return case.in_proportion(completion, line)


class _Completion(NamedTuple):
    """How far a target is met: an exact quotient between 0 and 1."""

    part: Decimal
    whole: Decimal = Decimal(1)

    @property
    def percent(self) -> Decimal:
        return self.part / self.whole * _HUNDRED


_ALL, _NOTHING = _Completion(Decimal(1)), _Completion(Decimal(0))


class _Case(NamedTuple):
    """A target, what was reached, and the points to be had, all as they are told."""

    target: str
    actual: str
    weight: Decimal

    def told(self, points: Decimal | None, message: str, **params: Decimal | str) -> Scored:
        """The outcome with its sentence; `params` are what it needs besides target, actual, weight and points."""
        given = {"target": self.target, "actual": self.actual, "weight": self.weight, **params}
        told = {name: plain(value) for name, value in given.items()}
        return Scored(points, message, told if points is None else told | {"points": plain(points)})

    def full(self) -> Scored:
        return self.told(self.weight, N_("“{actual}”达到“{target}”，得满分 {weight} 分。"))

    def at_once(self, completion: _Completion, *, touched: bool) -> Scored:
        """直接赋分: all or nothing; ＞ and ＜ are not met on the border itself."""
        if completion.percent == _HUNDRED and not touched:
            return self.full()
        return self.told(Decimal(0), N_("“{actual}”没有达到“{target}”，直接赋分，得 0 分。"))

    def in_proportion(self, completion: _Completion, line: Decimal) -> Scored:
        if completion.percent == _HUNDRED:
            return self.full()
        share = completion.percent.quantize(_CENT, ROUND_HALF_UP)
        if completion.percent < line:
            message = N_("“{actual}”对“{target}”完成 {share}%，不到及格线 {line}%，得 0 分。")
            return self.told(Decimal(0), message, share=share, line=line)
        points = (completion.part * self.weight / completion.whole).quantize(_CENT, ROUND_HALF_UP)
        message = N_("“{actual}”对“{target}”按 {share}% 计，{weight} × {share}% ＝ {points} 分。")
        return self.told(points, message, share=share)

    def by_day(self, wanted: Reading, reached: Reading) -> Scored | None:
        """A deadline against a day; None where one of them is none. What a late day loses has no rule."""
        if wanted.kind != "deadline" or wanted.deadline is None or reached.deadline is None:
            return None
        if reached.deadline <= wanted.deadline:
            return self.full()
        return self.told(None, N_("“{actual}”晚于“{target}”，扣多少分没有统一的算法，请直接填写得分。"))

    def graded(self, reached: Reading) -> Scored:
        """By the grade the actual value names and the share written beside it: 部分达成（75%）."""
        grade = next((one for one in _GRADES if one[0] in self.actual), None)
        share = reached.number if reached.unit == "%" else None
        if fold(self.target) == fold(self.actual) or (grade == _GRADES[-1] and share is None):
            return self.full()
        if grade is None:
            return self.told(None, N_("“{actual}”不能与“{target}”比较大小，请直接填写得分。"))
        word, low, high = grade
        if share is None:
            message = N_("“{grade}”可得分值的 {low}%～{high}%，请直接填写得分，或在后面注明比例。")
            return self.told(None, message, grade=word, low=low, high=high)
        if not low <= share <= high or (share == high and high < _HUNDRED):
            message = N_("“{actual}”的比例不在“{grade}”的 {low}%～{high}% 之内，请核对。")
            return self.told(None, message, grade=word, low=low, high=high)
        return self.in_proportion(_Completion(share, _HUNDRED), Decimal(0))


def _completion(wanted: Reading, value: Decimal) -> _Completion:
    """Upwards for ≥ ＞ ＝ and no sign, downwards for ≤ and ＜, either way for an interval."""
    bound = number(wanted.number)
    if wanted.number2 is not None:
        low, high = sorted((bound, wanted.number2))
        return _upwards(low, value) if value < low else _downwards(high, value)
    # ＝0 and 0起 ask that nothing happens: what happens earns nothing.
    if wanted.sign in _DOWNWARDS or (not bound and wanted.sign in ("＝", "")):
        return _downwards(bound, value)
    return _upwards(bound, value)


def _upwards(bound: Decimal, value: Decimal) -> _Completion:
    if value >= bound:
        return _ALL
    return _Completion(value, bound) if value > 0 else _NOTHING


def _downwards(bound: Decimal, value: Decimal) -> _Completion:
    """All less the share by which the bound is exceeded: nothing from twice the bound on."""
    if value <= bound:
        return _ALL
    return _Completion(2 * bound - value, bound) if value < 2 * bound else _NOTHING


def _is_touched(wanted: Reading, value: Decimal) -> bool:
    return wanted.sign in ("＞", "＜") and value == wanted.number


def _first(unit: str) -> str:
    """A unit without the one that may stand for it: 台 of 台（套）."""
    return unit.partition("（")[0]


def _factor(wanted: Reading, reached: Reading) -> Decimal | None:
    """What turns the actual number into the unit of the target; a number without a unit is in the target's."""
    if wanted.per and reached.per and wanted.per != reached.per:
        return None
    if not wanted.unit or not reached.unit or _first(wanted.unit) == _first(reached.unit):
        return Decimal(1)
    return money_unit_factor(reached.unit, wanted.unit)
