"""The units that amounts stand in: of a field, of a formula, and how one form's amounts become another's."""

from __future__ import annotations

from decimal import Decimal

from forms.formula import Formula, Pending
from forms.language import N_
from forms.template.model import Field, Table, Template, Tree
from forms.values import Kind, money_unit_factor


def unit_of(field: Field, template: Template) -> str:
    """The money unit of a field; none for columns with a role, which are plain numbers."""
    return "" if field.role else field.unit or template.unit


def unit_within(
    formula: Formula, template: Template, row_of: Table | Tree | None = None, owner: Field | None = None
) -> str | None:
    """The unit of the form's own amounts in a formula, seen from a row of `row_of`; else of its `owner`; else None.

    Where they differ the formula is taken to reckon in the unit of the form.
    """
    owners: dict[str, Table | Tree] = {**template.tables, **template.trees}
    fields = (
        (owners[name.table].column(name.name) if name.table in owners else None)
        or (row_of.column(name.name) if row_of else None)
        or template.fields.get(name.name)
        for name in formula.names if not name.form
    )  # fmt: skip
    units = {unit_of(field, template) for field in fields if field and field.kind is Kind.MONEY}
    if not units and owner and owner.kind is Kind.MONEY:
        return unit_of(owner, template)
    return units.pop() if len(units) == 1 else template.unit if units else None


def factor_to(wanted: str | None, field: Field | None, template: Template) -> Decimal:
    """What an amount of another form is multiplied by to stand in the unit `wanted`; 1 for what is no amount.

    Raises Pending where one of the two says no unit, for then nothing can be told.
    """
    if wanted is None or field is None or field.kind is not Kind.MONEY:
        return Decimal(1)
    unit = unit_of(field, template)
    factor = Decimal(1) if unit == wanted else money_unit_factor(unit, wanted)
    if factor is None:
        raise Pending(N_("“{form}”与此表没有都写明金额单位，暂不核对。"), form=template.name)
    return factor
