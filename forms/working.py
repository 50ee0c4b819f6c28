"""How a computed value was made: its formula with the values it read, or the working of a score, in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from forms.capitals import capitals
from forms.filing import Place
from forms.formula import Formula, Pending, Scalar
from forms.formula.printing import Printer
from forms.formula.scope import Scope
from forms.formula.scoring import scored
from forms.formula.syntax import Call, Name, Node, Reference
from forms.language import N_, sentence
from forms.rules import Review
from forms.scope import block
from forms.template.model import Field
from forms.units import unit_of
from forms.values import Kind, money_unit_factor, read, show

_SCORE = "评分"
_MOST = 6  # values of a column that are told


def working(review: Review, place: Place) -> str:
    """How the value at a computed place was made; empty where nothing is computed there."""
    field = _field(review, place)
    if field is None or field.formula is None:
        return ""
    with review.seen_from(place, field) as scope:
        made = _score(field.formula, scope) or _Values(scope).text(field.formula.root)
    value = review.computed.get(place, "")
    words = N_("{name} ＝ {made} ＝ {value}") if value else N_("{name} ＝ {made}")
    return sentence(words, {"name": field.name, "made": made, "value": value})


def explained(review: Review, place: Place) -> str:
    """What is to be known of a place besides its problems: how it was made, and an amount in capital numerals."""
    return "\n".join(filter(None, (working(review, place), in_capitals(review, place))))


def in_capitals(review: Review, place: Place) -> str:
    """The amount at a place in 大写; empty where there is none that can be read."""
    field = _field(review, place)
    if field is None or field.kind is not Kind.MONEY:
        return ""
    unit = unit_of(field, review.template)
    value = read(Kind.MONEY, review.computed.get(place) or review.filing.text(place), unit=unit)
    factor = money_unit_factor(unit, "元")
    if not isinstance(value, Decimal) or factor is None:
        return ""
    words = capitals(value * factor)
    return sentence(N_("大写：{words}"), {"words": words}) if words else ""


def _field(review: Review, place: Place) -> Field | None:
    if place.field:
        return review.template.fields.get(place.field)
    found = review.filing.indicator(place.indicator) if place.indicator else None
    owner = found.tree if found is not None else place.table
    return block(review.template, owner).column(place.column)


def _score(formula: Formula, scope: Scope) -> str:
    """The working of a score, where the formula is nothing but one."""
    root = formula.root
    if not isinstance(root, Call) or root.function != _SCORE:
        return ""
    given = (*(_value(one, scope) for one in root.arguments), None, None)
    target, actual, weight, method, line = given[:5]
    if not (isinstance(target, str) and isinstance(actual, str) and isinstance(weight, Decimal)):
        return ""
    found = scored(target, actual, weight, method if isinstance(method, str) else "", _number(line))
    return sentence(found.message, found.params)


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _value(node: Node, scope: Scope) -> Scalar:
    if not isinstance(node, Reference):
        return getattr(node, "value", None)
    try:
        return scope.value(node.name)
    except Pending:
        return None


class _Values(Printer):
    """Prints a formula with what stands under each name behind it."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def reference(self, name: Name) -> str:
        """A name, and its value or the first of its values."""
        try:
            values = self._scope.column(name) if name.table else [self._scope.value(name)]
        except Pending:
            return str(name)
        return f"{name}（{_shown(values)}）"


def _shown(values: Iterable[Scalar]) -> str:
    told = [_plain(one) for one in values]
    some = "、".join(told[:_MOST])
    return f"{some}……" if len(told) > _MOST else some


def _plain(value: Scalar) -> str:
    if value is None:
        return sentence(N_("空"))
    if isinstance(value, Decimal):
        return show(Kind.MONEY, value)
    return value if isinstance(value, str) else sentence(N_("读不出来"))
