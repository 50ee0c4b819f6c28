"""A place in the words a person reads: the field, the row of a table, the branch and number of an indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from forms.filing import Filing, Indicator, Place, Row
from forms.language import N_, sentence
from forms.template.model import Role, Template

_NAME_SHOWN = 20


def describe(place: Place, template: Template, filing: Filing) -> str:
    """Where `place` is on the form, for people."""
    return Positions(template, filing).describe(place)


class Positions:
    """Where the rows and indicators of a filing stand, counted once for many places; numbers count from 1."""

    def __init__(self, template: Template, filing: Filing) -> None:
        self.template = template
        self.rows: dict[tuple[str, str], tuple[int, Row]] = {
            (table, row.id): (number, row)
            for table, rows in filing.tables.items()
            for number, row in enumerate(rows, 1)
        }
        self.indicators: dict[str, tuple[int, Indicator]] = {
            one.id: (number, one) for number, one in enumerate(filing.indicators, 1)
        }
        self._siblings: dict[str, int] = {}
        counts: Counter[tuple[str, str, str]] = Counter()
        for one in filing.indicators:
            branch = (one.tree, one.level1, one.level2)
            counts[branch] += 1
            self._siblings[one.id] = counts[branch]

    def reread(self, filing: Filing, places: Iterable[Place]) -> None:
        """Look again at the texts of a few places; no row has come, gone or moved since."""
        for place in places:
            one = filing.indicator(place.indicator) if place.indicator else None
            if one is not None and place.indicator in self.indicators:
                self.indicators[place.indicator] = self.indicators[place.indicator][0], one

    def describe(self, place: Place) -> str:
        """Where `place` is on the form, for people."""
        if place.field:
            return place.field
        if place.indicator:
            return self._indicator(place)
        if not place.table:
            return self.template.name
        if not place.row:
            return f"{place.table} {place.column}".strip()
        number, row = self.rows.get((place.table, place.row), (0, None))
        words = row.label if row and row.label else sentence(N_("第 {number} 行"), {"number": number})
        return f"{place.table} {words} {place.column}".strip()

    def _indicator(self, place: Place) -> str:
        if place.indicator not in self.indicators:
            return place.column
        _, one = self.indicators[place.indicator]
        tree = self.template.trees.get(one.tree)
        role = tree.by_role(Role.NAME) if tree else None
        name = " ".join(one.columns.get(role.name, "").split()) if role else ""
        words = name[:_NAME_SHOWN] or sentence(N_("第 {number} 条"), {"number": self._siblings[one.id]})
        return f"{one.level2}“{words}” {place.column}".strip()
