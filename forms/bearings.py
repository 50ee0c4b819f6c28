"""What a filing is known by beside its form: the year and the unit, as they are typed in the form itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from forms.commands import Batch, Command, SetMeta
from forms.filing import Filing, Unit
from forms.template.model import Template
from forms.values import Kind, read

_DRAFTING_BEGINS = 6
PROFILE_UNIT, PROFILE_REGION = "=档案.单位名称", "=档案.区划"
"""Defaults that tell which field of a form names the unit that fills it in, and its region."""


def budget_year(today: date) -> int:
    """The year that is budgeted for: from July on the next one, for which units begin to fill in their forms then.

    Source: 《预算法实施条例》 — the drafting of next year's budget begins by the end of June.
    """
    return today.year + (today.month > _DRAFTING_BEGINS)


def year_field(template: Template) -> str:
    """The field that holds the year of the form; empty where it has none."""
    return next((field.name for field in template.fields.values() if field.kind is Kind.YEAR), "")


def with_bearings(template: Template, filing: Filing, command: Command) -> Command:
    """`command`, and what it means for year, unit and region of the filing: lists and rules go by those.

    A year that cannot be read changes nothing. Raises CommandRefused as the command itself does.
    """
    named = {year_field(template)} | {
        field.name for field in template.fields.values() if field.default in (PROFILE_UNIT, PROFILE_REGION)
    }
    if not named.intersection(place.field for place in command.places if place.field):
        return command
    after, _ = command.apply(filing)
    before = {"year": filing.year, "unit": filing.unit.name, "region": filing.unit.region}
    told = [SetMeta(name, text) for name, text in _read(template, after.values).items() if text != before[name]]
    return Batch((command, *told)) if told else command  # type: ignore[arg-type]  # every command is one of its leaves


def known_by_its_texts(template: Template, filing: Filing) -> Filing:
    """The filing with the year, unit and region that are written in its own form."""
    told = _read(template, filing.values)
    unit = Unit(told.get("unit", filing.unit.name), told.get("region", filing.unit.region), filing.unit.code)
    return filing.replace(year=told.get("year", filing.year), unit=unit)


def _read(template: Template, values: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    year = read(Kind.YEAR, values.get(year_field(template), ""))
    if isinstance(year, Decimal):
        found["year"] = str(year)
    for field in template.fields.values():
        name = {PROFILE_UNIT: "unit", PROFILE_REGION: "region"}.get(field.default)
        if name:
            found[name] = values.get(field.name, "")
    return found
