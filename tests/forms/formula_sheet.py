"""A scope for formulas over plain dictionaries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from forms.formula import Name, Pending, Scalar

ABSENT = "未到"


class Sheet:
    """A scope over plain dictionaries; names are written as in formulas."""

    def __init__(
        self,
        inputs: Mapping[str, object] | None = None,
        places: Mapping[str, int] | None = None,
        levels: Sequence[int] = (),
    ) -> None:
        self.inputs = {str(name_of(key)): value for key, value in (inputs or {}).items()}
        self.decimals = {str(name_of(key)): value for key, value in (places or {}).items()}
        self.depths = levels

    @property
    def rounded(self) -> bool:
        return bool(self.decimals)

    def value(self, name: Name) -> Scalar:
        value = self._found(name)
        assert not isinstance(value, list)
        return value  # type: ignore[return-value]  # the tables hold scalars

    def column(self, name: Name) -> Sequence[Scalar]:
        value = self._found(name)
        assert isinstance(value, list)
        return value

    def places(self, name: Name) -> int:
        return self.decimals[str(name)]

    def levels(self, name: Name) -> Sequence[int]:
        assert name.table
        return self.depths

    def _found(self, name: Name) -> object:
        value = self.inputs[str(name)]
        if value == ABSENT:
            raise Pending("“{form}”还没有收到。", form=name.form)
        return value


def name_of(text: str) -> Name:
    found = re.fullmatch(r"(?:(.+)!)?(?:([^!\[]+)\['?(.+?)'?\]|(.+))", text)
    assert found
    return Name(found[3] or found[4], table=found[2] or "", form=found[1] or "")
