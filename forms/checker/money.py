"""Checks of amounts and of the plan of spending, by what the fields are for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.usages import Usage
from forms.checker.view import Form, Text
from forms.commands import Leaf, SetValue
from forms.language import N_
from forms.numerals import shortest
from forms.problem import Fix, Severity
from forms.scope import understood
from forms.template.model import Template

_ALL = Decimal(100)


def blank_money(form: Form) -> Iterator[Finding]:
    """No amount where the form asks for other money, while the rest is there."""
    totals = [one for one in form.fields(Usage.TOTAL, Usage.FISCAL) if one.filled]
    for other in form.fields(Usage.OTHER_MONEY):
        if totals and not other.filled and other.field.fillable and not other.field.required:
            fix = Fix(N_("填 0.00"), (SetValue(other.at, "0.00"),))
            message = N_("“{name}”空着；没有就填 0.00。")
            yield Finding(other.at, message, {"name": other.field.name}, None, fix)


def sums(form: Form) -> Iterator[Finding]:
    """A total that is not the fiscal and the other money together, on a form without a rule about its total."""
    totals, fiscal, other = ([*form.fields(one)] for one in (Usage.TOTAL, Usage.FISCAL, Usage.OTHER_MONEY))
    if not len(totals) == len(fiscal) == len(other) == 1 or _ruled(form.template, totals):
        return
    amounts = [understood(one.field, one.text, form.template) for one in (*totals, *fiscal, *other)]
    if not all(isinstance(one, Decimal) for one in amounts[:2]) or not isinstance(amounts[2] or Decimal(0), Decimal):
        return
    total, parts = _number(amounts[0]), _number(amounts[1]) + _number(amounts[2])
    if total != parts:
        params = {
            "name": totals[0].field.name, "total": shortest(total), "parts": shortest(parts),
            "first": fiscal[0].field.name, "second": other[0].field.name, "difference": shortest(abs(total - parts)),
        }  # fmt: skip
        message = N_("“{name}”{total} 不等于“{first}”与“{second}”之和 {parts}，差 {difference}；请核对。")
        yield Finding(totals[0].at, message, params)


def plan(form: Form) -> Iterator[Finding]:
    """A plan of spending that goes down or does not end at 100, or gives each period its own share."""
    cells = [*form.fields(Usage.PROGRESS)]
    numbers = _numbers(form, cells)
    if len(cells) < 2 or numbers is None or _ruled(form.template, cells, "不减("):
        return
    told = [(cell, number) for cell, number in zip(cells, numbers, strict=True) if number is not None]
    falls = next(((cell, one, other) for (_, one), (cell, other) in pairwise(told) if other < one), None)
    if falls is None:
        yield from _unfinished(form, cells, told)
        return
    cell, before, after = falls
    params = {"before": shortest(before), "after": shortest(after)}
    if sum(number for _, number in told) == _ALL:
        running, commands = Decimal(0), list[Leaf]()
        for one, number in zip(cells, numbers, strict=True):
            running += number or 0
            commands.append(SetValue(one.at, shortest(running)))
        steps = "、".join(one.text for one in commands if isinstance(one, SetValue))
        fix = Fix(N_("改为累计 {steps}"), tuple(commands), {"steps": steps})
        message = N_("支出计划从 {before} 降到 {after}，合计是 100，像是按各期分别填的；按累计应为 {steps}。")
        yield Finding(cell.at, message, params | {"steps": steps}, (0, len(cell.text)), fix)
    elif not _ruled(form.template, cells):
        message = N_("支出计划从 {before} 降到 {after}；累计进度只增不减，请核对。")
        yield Finding(cell.at, message, params, (0, len(cell.text)))


def _unfinished(form: Form, cells: Sequence[Text], told: Sequence[tuple[Text, Decimal]]) -> Iterator[Finding]:
    """A plan that is filled in to its last period and does not reach 100 there, on a form without a rule about it."""
    if not told or told[-1][0] is not cells[-1] or told[-1][1] == _ALL or _ruled(form.template, cells):
        return
    cell, number = told[-1]
    message = N_("支出计划到最后一期是 {number}；累计进度到年底应为 100。")
    yield Finding(cell.at, message, {"number": shortest(number)}, (0, len(cell.text)))


def gaps(form: Form) -> Iterator[Finding]:
    """A period left blank between two that are filled in."""
    cells = [*form.fields(Usage.PROGRESS)]
    numbers = _numbers(form, cells)
    if numbers is None:
        return
    last: Decimal | None = None
    for number, cell in enumerate(cells):
        if numbers[number] is not None:
            last = numbers[number]
        elif last is not None and any(one is not None for one in numbers[number + 1 :]):
            message = N_("“{name}”空着，前后都填了；累计进度没有变就填 {number}。")
            yield Finding(
                cell.at, message, {"name": cell.field.name, "number": shortest(last)}, None, _carried(cell, last)
            )


def tails(form: Form) -> Iterator[Finding]:
    """A plan that breaks off before its last period."""
    cells = [*form.fields(Usage.PROGRESS)]
    numbers = _numbers(form, cells)
    if numbers is None or len(cells) < 2 or numbers[-1] is not None or cells[-1].field.required:
        return
    last = next((one for one in reversed(numbers) if one is not None), None)
    if last is None:
        return
    fix = _carried(cells[-1], last) if last == _ALL else None
    params = {"name": cells[-1].field.name, "number": shortest(last)}
    yield Finding(cells[-1].at, N_("“{name}”空着，前面填到 {number}；累计到年底应为 100。"), params, None, fix)


def _carried(cell: Text, number: Decimal) -> Fix:
    text = shortest(number)
    return Fix(N_("填 {text}"), (SetValue(cell.at, text),), {"text": text})


def percent_signs(form: Form) -> Iterator[Finding]:
    """Signs of percent in cells whose heading has one."""
    signed = [one for one in form.fields(Usage.PROGRESS) if one.text.strip().endswith(("%", "％"))]
    if not signed:
        return
    fix = Fix(N_("去掉百分号"), tuple(SetValue(one.at, one.text.strip().rstrip("%％ ")) for one in signed))
    params = {"text": signed[0].shown, "count": str(len(signed))}
    message = N_("支出计划填了“{text}”；表头已有百分号，只填数字（共 {count} 处）。")
    yield Finding(signed[0].at, message, params, (0, len(signed[0].text)), fix)


def _numbers(form: Form, cells: Sequence[Text]) -> list[Decimal | None] | None:
    """The numbers of a plan, None for a blank; nothing at all where one of them cannot be read."""
    read = [understood(one.field, one.text, form.template) for one in cells]
    if not all(one is None or isinstance(one, Decimal) for one in read):
        return None
    return [one if isinstance(one, Decimal) else None for one in read]


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _ruled(template: Template, cells: Sequence[Text], begins: str = "") -> bool:
    """Whether a rule of the form reads these fields already, in a formula that begins so."""
    names = {one.field.name for one in cells}
    return any(
        rule.formula.text.startswith(begins)
        and len(names & {one.name for one in rule.formula.names if not one.table}) >= min(2, len(names))
        for rule in template.rules
    )


CHECKS = Checks(
    forms=(
        Check(
            Criterion(
                "R-MONEY-SUM", Severity.WARNING, Dimension.FITTING, N_("总额等于各项资金之和"), "财预〔2015〕88号"
            ),
            sums,
        ),
        Check(
            Criterion(
                "R-BLANK-ZERO", Severity.HINT, Dimension.COMPLETE, N_("没有其他资金的填 0"), "公开的专项资金绩效目标表"
            ),
            blank_money,
        ),
        Check(
            Criterion(
                "R-PLAN-MONO",
                Severity.WARNING,
                Dimension.FITTING,
                N_("支出计划逐期累计到 100"),
                "公开的专项资金绩效目标表",
            ),
            plan,
        ),
        Check(
            Criterion(
                "R-PLAN-GAP",
                Severity.HINT,
                Dimension.COMPLETE,
                N_("支出计划中间没有空着的"),
                "公开的专项资金绩效目标表",
            ),
            gaps,
        ),
        Check(
            Criterion(
                "R-PLAN-TAIL", Severity.HINT, Dimension.COMPLETE, N_("支出计划填到最后一期"), "公开的专项资金绩效目标表"
            ),
            tails,
        ),
        Check(
            Criterion("R-PLAN-FMT", Severity.WARNING, Dimension.COMPLETE, N_("支出计划只填数字"), "公开的项目绩效表"),
            percent_signs,
        ),
    ),
)
