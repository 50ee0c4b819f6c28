"""The indicators that were used in filings: what people here have written before."""

from __future__ import annotations

from collections.abc import Iterator

from forms.filing import Filing, Indicator
from forms.indicator_library.entry import Entry
from forms.template.model import Role, Template, Tree


def used_in(template: Template, filing: Filing) -> Iterator[Entry]:
    """The named indicators of one filing, each with value, unit, basis and description as they stand there."""
    for one in filing.indicators:
        tree = template.trees.get(one.tree)
        if tree is not None and _text(tree, one, Role.NAME):
            yield _entry(tree, one)


def _entry(tree: Tree, one: Indicator) -> Entry:
    split = "".join(_text(tree, one, role) for role in (Role.SIGN, Role.NUMBER, Role.UNIT))
    return Entry(
        name=_text(tree, one, Role.NAME), level2=one.level2, value=_text(tree, one, Role.VALUE) or split,
        unit=_text(tree, one, Role.UNIT), basis=_text(tree, one, Role.BASIS),
        description=_text(tree, one, Role.DESCRIPTION), used=1,
    )  # fmt: skip


def _text(tree: Tree, one: Indicator, role: Role) -> str:
    column = tree.by_role(role)
    return " ".join(one.columns.get(column.name, "").split()) if column is not None else ""
