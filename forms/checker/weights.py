"""Checks of weights: each above nothing, together 90 or 100, spread over the headings as the regulation has it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.usages import LimbKind
from forms.checker.view import Branches, Line
from forms.filing import Place
from forms.language import N_
from forms.numerals import shortest
from forms.problem import Severity
from forms.scope import understood
from forms.template.model import Role, Template, Tree

_TOTALS = (Decimal(90), Decimal(100))
_REGULATION = "财预〔2021〕101号"
# 成本 产出 效益 满意度, with and without 成本, and without 满意度; of 90 points, the other 10 are for spending.
_SHARES: tuple[dict[LimbKind, int], ...] = (
    {LimbKind.COST: 20, LimbKind.OUTPUT: 40, LimbKind.EFFECT: 20, LimbKind.SATISFACTION: 10},
    {LimbKind.OUTPUT: 50, LimbKind.EFFECT: 30, LimbKind.SATISFACTION: 10},
    {LimbKind.COST: 20, LimbKind.OUTPUT: 40, LimbKind.EFFECT: 30},
    {LimbKind.OUTPUT: 50, LimbKind.EFFECT: 40},
)


def positive(line: Line) -> Iterator[Finding]:
    """A weight of nothing, or of less."""
    weight = line.of(Role.WEIGHT)
    number = _weight(line)
    if weight is not None and number is not None and number <= 0:
        params = {"name": line.name.shown, "number": shortest(number)}
        yield Finding(weight.at, N_("“{name}”的权重是 {number}；权重应大于 0。"), params, (0, len(weight.text)))


def together(seen: Branches) -> Iterator[Finding]:
    """Weights that are all there and do not make 90 or 100, on a form without a rule about them."""
    total = _total(seen)
    if total is None or total in _TOTALS or _ruled(seen.template, seen.tree):
        return
    column = seen.tree.by_role(Role.WEIGHT)
    at = Place(table=seen.tree.name, column=column.name if column else "")
    yield Finding(at, N_("权重合计是 {total}；应为 90（预算执行的 10 分另计）或 100。"), {"total": shortest(total)})


def shares(seen: Branches) -> Iterator[Finding]:
    """Weights of 90 spread over the headings otherwise than the regulation does."""
    if _total(seen) != _TOTALS[0] or _ruled(seen.template, seen.tree):
        return
    spread: dict[LimbKind, Decimal] = {}
    for line in seen.lines:
        if line.limb is None:
            return
        spread[line.limb] = spread.get(line.limb, Decimal(0)) + (_weight(line) or 0)
    wanted = next((one for one in _SHARES if set(one) == set(spread)), None)
    if wanted is None or all(spread[kind] == share for kind, share in wanted.items()):
        return
    params = {"told": _listed(spread), "wanted": _listed({kind: Decimal(share) for kind, share in wanted.items()})}
    column = seen.tree.by_role(Role.WEIGHT)
    at = Place(table=seen.tree.name, column=column.name if column else "")
    yield Finding(at, N_("各类权重是{told}；一般为{wanted}。"), params)


def _listed(spread: dict[LimbKind, Decimal]) -> str:
    return "、".join(f"{kind} {shortest(spread[kind])}" for kind in LimbKind if kind in spread)


def _total(seen: Branches) -> Decimal | None:
    """The sum of the weights; None while one of them is missing, and without a column for them."""
    if seen.tree.by_role(Role.WEIGHT) is None:
        return None
    weights = [_weight(line) for line in seen.lines]
    return sum((one for one in weights if one is not None), Decimal(0)) if weights and None not in weights else None


def _weight(line: Line) -> Decimal | None:
    weight = line.of(Role.WEIGHT)
    number = understood(weight.field, weight.text.strip().rstrip("%％"), line.template) if weight else None
    if isinstance(number, str):
        number = Decimal(number) if number.replace(".", "", 1).isdecimal() else None
    return number if isinstance(number, Decimal) else None


def _ruled(template: Template, tree: Tree) -> bool:
    """Whether a rule of the form reads the weights."""
    column = tree.by_role(Role.WEIGHT)
    wanted = (tree.name, column.name if column else "")
    return any(wanted == (one.table, one.name) for rule in template.rules for one in rule.formula.names)


CHECKS = Checks(
    lines=(
        Check(
            Criterion("R-W-POS", Severity.WARNING, Dimension.FITTING, N_("权重大于 0"), "财政系统的填报要求"),
            positive,
        ),
    ),
    trees=(
        Check(
            Criterion("R-W-SUM", Severity.WARNING, Dimension.FITTING, N_("权重合计 90 或 100"), _REGULATION),
            together,
        ),
        Check(
            Criterion("R-W-L1", Severity.HINT, Dimension.FITTING, N_("各类指标的权重合乎规定"), _REGULATION),
            shares,
        ),
    ),
)
