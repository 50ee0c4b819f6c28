"""Indicators on their way to another form: the same ids, their 一级 and 二级 and columns in its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.filing import Indicator
from forms.importers.synonyms import branches, limbs
from forms.indicator_value import IN_WORDS, parts, understand
from forms.template.model import Field, Role, Template, Tree
from forms.template.spelling import branch_key

_RESULTS = (Role.ACTUAL, Role.SCORE)  # of the old form: the new one has its own
_BY_NAME = (None, Role.REMARK)  # what these columns hold is told by their name alone
_PARTS = (Role.SIGN, Role.NUMBER, Role.UNIT)


def trees(source: Template, target: Template) -> dict[str, str]:
    """For each tree of the new form the one it goes on with: of its name, or of the last period where one has none."""
    found = {name: name for name in target.trees if name in source.trees}
    if not found and source.trees and target.trees:
        found = {_last(target): _last(source)}
    return found


def _last(template: Template) -> str:
    return next((period for period in reversed(template.periods) if period in template.trees), [*template.trees][-1])


class Grafting:
    """Puts the indicators of one tree into another."""

    def __init__(self, old: Tree, new: Tree, target: Template) -> None:
        self._old, self._new = old, new
        self._branches = branches(target, new)
        self._limbs = limbs(target, new)

    def moved(self, one: Indicator) -> Indicator | None:
        """The indicator as it stands in the new tree; None where that has no branch for it."""
        seat = self._seat(one.level1, one.level2)
        if seat is None:
            return None
        columns = {name: text for name, text in self._columns(one.columns) if text}
        return Indicator(one.id, *seat, columns, self._new.name, one.goal)

    def left(self, one: Indicator) -> dict[str, str]:
        """The columns whose texts have no place in the new tree."""
        going = {own.name for column in self._new.columns if self._goes(column) and (own := self._own(column))}
        roles = {column.role for column in self._new.columns}
        split = (Role.VALUE,) if Role.NUMBER in roles else _PARTS if Role.VALUE in roles else ()
        going |= {column.name for column in self._old.columns if column.role in split}
        return {name: text for name, text in one.columns.items() if text.strip() and name not in going}

    def _goes(self, column: Field) -> bool:
        return column.role not in _RESULTS and column.formula is None

    def _seat(self, level1: str, level2: str) -> tuple[str, str] | None:
        limb = self._limbs.get(branch_key(level1))
        here = [label for label in self._new.limbs if label.label == limb]
        for branch in (branch for one in here for branch in one.branches):
            if branch_key(branch.label) == branch_key(level2):
                return here[0].label, branch.label
        known = self._branches.get(branch_key(level2)) or self._branches.get(branch_key(level1))
        if known is not None and (limb is None or known[0] == limb):
            return known
        if here and any(branch.free for branch in here[0].branches):
            return here[0].label, level2
        return known or self._first_of(self._limbs.get(branch_key(level2)))

    def _first_of(self, limb: str | None) -> tuple[str, str] | None:
        """The first 二级 of a 一级: for a 二级 of the old form (成本指标) that has become a 一级 of its own."""
        return next(((one.label, one.branches[0].label) for one in self._new.limbs if one.label == limb), None)

    def _columns(self, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for column in self._new.columns:
            if not self._goes(column):
                continue
            own = self._own(column)
            yield column.name, texts.get(own.name, "") if own is not None else self._made(column, texts)

    def _own(self, column: Field) -> Field | None:
        """The column of the old tree that a column of the new one goes on with."""
        if column.role in _BY_NAME:
            named = self._old.column(column.name)
            return named if named is not None and named.role is column.role else None
        return self._old.by_role(column.role) if column.role is not None else None

    def _made(self, column: Field, texts: Mapping[str, str]) -> str:
        """A value in one column from its parts, or one of its parts from the value."""
        if column.role is Role.VALUE:
            sign, number, unit = (_text(self._old, role, texts) for role in _PARTS)
            return f"{'' if sign == IN_WORDS else sign}{number}{unit}"
        if column.role is None or column.role not in _PARTS:
            return ""
        return _part(_text(self._old, Role.VALUE, texts), column.role)


def _text(tree: Tree, role: Role, texts: Mapping[str, str]) -> str:
    column = tree.by_role(role)
    return texts.get(column.name, "").strip() if column is not None else ""


def _part(value: str, role: Role) -> str:
    """The sign, the number or the unit of a value; words that are no single number are the number of the sign 定性."""
    if not value:
        return ""
    found = parts(understand(value))
    told = dict(zip(_PARTS, found, strict=True)) if found else {Role.SIGN: IN_WORDS, Role.NUMBER: value}
    return told.get(role, "")
