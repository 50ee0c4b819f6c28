"""One indicator that can be taken over, and what it means for the columns of a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.indicator_value import parts, understand
from forms.template.model import Role, Tree
from forms.template.spelling import branch_key
from forms.values import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """A 三级指标 as it is usual: `level2` in the words of its source, `value` as usually written.

    A `value` of a sign alone (≥) says which way it counts and leaves the number to the filer. `source` names the pack
    it stands in, and is empty for one that was used in a filing of the library; `used` counts those filings.
    """

    name: str
    level2: str
    value: str = ""
    unit: str = ""
    basis: str = ""
    description: str = ""
    category: str = ""
    source: str = ""
    used: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What two entries share that are the same indicator: 二级 and name, folded."""
        return branch_key(self.level2), fold(self.name)

    def texts(self, tree: Tree) -> Iterator[tuple[str, str]]:
        """The columns of `tree` this entry can fill, with their texts: the name first, the value split as printed."""
        for column in tree.columns:
            text = self._text(column.role) if column.role is not None else ""
            if text:
                yield column.name, text

    def _text(self, role: Role) -> str:
        if role in (Role.SIGN, Role.NUMBER, Role.UNIT):
            return self._part(role)
        return {
            Role.NAME: self.name, Role.DESCRIPTION: self.description, Role.BASIS: self.basis,
            # A sign without its number is no value to print.
            Role.VALUE: "" if self._is_sign else self.value,
        }.get(role, "")  # fmt: skip

    @property
    def _is_sign(self) -> bool:
        return len(self.value.strip()) == 1

    def _part(self, role: Role) -> str:
        """The value split into sign, number and unit, as far as it is one figure."""
        if self._is_sign:
            return {Role.SIGN: self.value.strip(), Role.UNIT: self.unit}.get(role, "")
        found = parts(understand(self.value))
        told = dict(zip((Role.SIGN, Role.NUMBER, Role.UNIT), found, strict=True)) if found else {}
        return self.unit if role is Role.UNIT and self.unit else told.get(role, "")
