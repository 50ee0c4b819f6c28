"""A text on its way from one form to the other: what stands in the new one, or that it cannot stand there."""

from __future__ import annotations

from decimal import Decimal

from forms import numerals
from forms.template.model import Field, Template
from forms.units import unit_of
from forms.values import Kind, money_unit_factor, read

WORDS = (Kind.TEXT, Kind.LONG, Kind.REGION, Kind.CODE, Kind.CHOICE)  # kinds whose values are words


def carried(text: str, old: Field, source: Template, new: Field, target: Template) -> str | None:
    """`text` of the field `old` as it stands in `new`; None where a value of that kind cannot stand there.

    Money is converted exactly where the units differ; a text that cannot be read is carried as it was typed.
    """
    if new.formula is not None:
        return None
    if old.kind is not new.kind:
        return text if new.kind in (Kind.TEXT, Kind.LONG) or (old.kind in WORDS and new.kind in WORDS) else None
    if new.kind is Kind.MONEY:
        return _money(text, unit_of(old, source), unit_of(new, target))
    return text


def _money(text: str, unit: str, wanted: str) -> str:
    value = read(Kind.MONEY, text, unit=unit)
    factor = money_unit_factor(unit, wanted) if unit != wanted else None
    return numerals.shortest(value * factor) if factor is not None and isinstance(value, Decimal) else text
