"""Checks of the words of a form against its indicators: what they promise and no indicator measures, or otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from forms.checker.amounts import Amount, amounts, pairs_of_letters
from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.usages import Category, Usage, category_of
from forms.checker.view import Entry, Form, Line, Text
from forms.checker.words import shown
from forms.indicator_value import understand
from forms.language import N_
from forms.problem import Severity
from forms.values import Kind

_JOINTS = re.compile("[和及与或]")
_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,12}\s*$")
_PROMISES = (Usage.GOAL, Usage.CONTENT, Usage.WORKLOAD)
_FEW = 3  # indicators below which nothing can be covered; that there are few is told elsewhere
_SHARE = 0.5  # of the letters of a thing that an indicator must share to measure it
_SHARE_OF_TASK = 0.15
_LEAST_OF_TASK = 7  # pairs of letters of a name that says which task it is
_SHOWN = 4
_NEAR = 4  # letters between a unit and the thing, as in 200家以上的工地
_ABOUT = 40  # letters before an amount that tell which of several indicators it means
_ALIKE = ({"份", "期", "篇", "册", "本"}, {"台", "辆", "部", "套", "架"}, {"次", "场", "期"}, {"个", "座", "处"})


@dataclass(frozen=True, slots=True)
class _Measured:
    """What the indicators speak of, two letters at a time, and the numbers with their units they set."""

    letters: frozenset[str]
    numbers: frozenset[tuple[Decimal | None, str]]


def uncovered(form: Form) -> Iterator[Finding]:
    """Amounts and dates of goals and contents that no indicator measures."""
    lines = list(form.lines())
    if len(lines) < _FEW:
        return
    measured = _measured(lines)
    for text in form.texts(*_PROMISES):
        yield from _amounts_missed(text, measured)
    for entry in form.entries():
        yield from _task_missed(entry, measured)
    yield from _day_missed(form, lines)


def _measured(lines: Sequence[Line]) -> _Measured:
    letters = (pairs_of_letters("，".join(text.text for text in line.texts)) for line in lines)
    readings = (one for line in lines for one in (line.reading.clauses or (line.reading,)))
    return _Measured(frozenset().union(*letters), frozenset((one.number, one.unit) for one in readings))


def _amounts_missed(text: Text, measured: _Measured) -> Iterator[Finding]:
    """One finding for a text, at the first of its amounts that are not measured."""
    missed = [one for one in amounts(text.text) if one.thing and not _is_measured(one, measured)]
    if not missed:
        return
    told = "、".join(f"“{_told(text, one)}”" for one in missed[:_SHOWN])
    message = N_("“{name}”里的{amounts}没有对应的指标；请补上数量指标，或说明为什么不考核。")
    yield Finding(text.at, message, {"name": text.field.name, "amounts": told}, missed[0].span)


def _told(text: Text, amount: Amount) -> str:
    start, end = amount.span
    behind = text.text.find(amount.thing, end)
    if 0 <= behind - end < _NEAR:
        end = behind + len(amount.thing)
    elif before := _BEFORE.search(text.text[:start]):
        start = before.end() - len(_JOINTS.split(before[0])[-1])
    return shown(text.text[start:end])


def _is_measured(amount: Amount, measured: _Measured) -> bool:
    """Whether indicators speak of the thing, or one has the very number in the very unit."""
    thing = pairs_of_letters(amount.thing)
    return len(thing & measured.letters) >= _SHARE * len(thing) or (amount.number, amount.unit) in measured.numbers


def _task_missed(entry: Entry, measured: _Measured) -> Iterator[Finding]:
    """A task of the list that no indicator speaks of; its name is the first text of the row."""
    title = next((text for text in entry.texts if text.field.kind in (Kind.TEXT, Kind.LONG)), None)
    if title is None or title.usage in _PROMISES or entry.of(Usage.CONTENT) is None:
        return
    words = pairs_of_letters(title.text) - _common()
    if len(words) >= _LEAST_OF_TASK and len(words & measured.letters) < _SHARE_OF_TASK * len(words):
        message = N_("任务“{task}”没有对应的指标；请补上产出或效益指标。")
        yield Finding(title.at, message, {"task": shown(title.text.strip())}, (0, len(title.text)))


@cache
def _common() -> frozenset[str]:
    return frozenset().union(*map(pairs_of_letters, ("工作", "项目", "建设", "管理", "环境", "生态", "质量", "工程")))


def _day_missed(form: Form, lines: Sequence[Line]) -> Iterator[Finding]:
    """A day the goal sets while nothing stands under 时效."""
    labels = (
        (limb.label, branch.label)
        for tree in form.template.trees.values() for limb in tree.limbs for branch in limb.branches
    )  # fmt: skip
    asked = any(category_of(*pair) is Category.TIME for pair in labels)
    if not asked or any(line.category is Category.TIME for line in lines):
        return
    for text in form.fields(Usage.GOAL):
        reading = understand(text.text, form.year)
        days = [one for one in (reading, *reading.clauses) if one.deadline is not None]
        if days:
            day = text.text[slice(*days[0].span)]
            message = N_("“{name}”写了“{day}”，时效指标没有内容；请补上完成时间。")
            yield Finding(text.at, message, {"name": text.field.name, "day": shown(day)}, days[0].span)


def contradicted(form: Form) -> Iterator[Finding]:
    """An amount in the words of the form that an indicator of the same thing gives another number."""
    lines = list(form.lines())
    texts = list(form.texts(*_PROMISES))
    told = {(one.thing, one.number) for text in texts for one in amounts(text.text)}
    for text in texts:
        for amount in amounts(text.text):
            start, end = amount.span
            other = _otherwise(amount, text.text[max(0, start - _ABOUT) : end + _ABOUT], lines)
            if other is None or other.value is None:
                continue
            if (amount.thing, other.reading.number) not in told:  # else the words say it too, elsewhere
                message = N_("这里写“{amount}”，指标“{name}”的值是“{value}”，数目不一致；请核对。")
                params = {"amount": _told(text, amount), "name": shown(other.name.text.strip()),
                          "value": shown(other.value.text.strip())}  # fmt: skip
                yield Finding(text.at, message, params, amount.span)


def exchanged(form: Form) -> Iterator[Finding]:
    """As many of another thing of the same sort: 2 执法车 in the words, 2 应急车 in the indicator."""
    texts = list(form.texts(*_PROMISES))
    said = {one.thing for text in texts for one in amounts(text.text)}
    for line in form.lines():
        value = line.value
        for counted in amounts(value.text) if value is not None and line.category is Category.QUANTITY else ():
            if not any(_shares(counted.thing, thing) for thing in said):
                yield from _instead(counted, line, texts)


def _instead(counted: Amount, line: Line, texts: Sequence[Text]) -> Iterator[Finding]:
    for text in texts:
        for amount in amounts(text.text):
            same = amount.number == counted.number and _is_alike(amount.unit, counted.unit)
            if same and _head(amount.thing) == _head(counted.thing) != "" and line.value is not None:
                message = N_("指标值“{value}”与“{name}”里的“{amount}”数目相同而东西不同；请核对。")
                params = {
                    "value": shown(line.value.text.strip()),
                    "name": text.field.name,
                    "amount": _told(text, amount),
                }
                yield Finding(line.value.at, message, params, line.span(*counted.span))
                return


def _shares(thing: str, other: str) -> bool:
    return bool(pairs_of_letters(thing) & pairs_of_letters(other))


def _head(thing: str) -> str:
    """The last letter of a thing, which says of what sort it is: 车 of 执法车辆."""
    return thing.removesuffix("辆")[-1:]


def _otherwise(amount: Amount, around: str, lines: Sequence[Line]) -> Line | None:
    """The indicator that speaks of the whole thing, in a like unit, where none of these has the number.

    Of several it is the one whose name shares most with the words `around` the amount.
    """
    near = pairs_of_letters(around)
    about = [
        line for line in lines
        if amount.thing and amount.thing in line.name.text and _is_alike(line.reading.unit, amount.unit)
        and line.reading.number is not None and line.reading.number2 is None and not line.reading.per
    ]  # fmt: skip
    if any(line.reading.number == amount.number for line in about):
        return None
    return max(about, key=lambda line: len(near & pairs_of_letters(line.name.text)), default=None)


def _is_alike(unit: str, other: str) -> bool:
    one, two = unit.partition("（")[0], other.partition("（")[0]
    return one == two or any(one in group and two in group for group in _ALIKE)


_COVER = Criterion("R-GOAL-COVER", Severity.HINT, Dimension.RELEVANT, N_("目标和任务都有指标"), "财预〔2021〕101号")
_CONFLICT = Criterion(
    "R-NUM-CONFLICT", Severity.WARNING, Dimension.RELEVANT, N_("文字和指标的数目一致"), "公开的部门整体表"
)

CHECKS = Checks(relations=(Check(_COVER, uncovered), Check(_CONFLICT, contradicted), Check(_CONFLICT, exchanged)))
