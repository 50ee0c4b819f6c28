"""A filing never changes: every method gives another."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.filing import Filing, Indicator, Place, Row, new_id
from tests.forms.filled_forms import FEW, TEMPLATES, blank, filings

FORM = TEMPLATES[0]
FILING = blank(
    FORM,
    values={"甲": "一"},
    tables={"任务": (Row("a", {"名": "甲"}), Row("b", {}))},
    indicators=(Indicator("i", "产出", "数量", {"名": "乙"}),),
)
PLACES = [
    Place(field="甲"), Place(field="新"), Place(table="任务", row="a", column="名"),
    Place(table="任务", row="b", column="数"), Place(indicator="i", column="名"), Place(indicator="i", column="新"),
]  # fmt: skip
NOWHERE = [
    Place(), Place(table="无", row="a", column="名"), Place(table="任务", row="无", column="名"),
    Place(indicator="无", column="名"), Place(field="无"),
]  # fmt: skip


@given(st.sampled_from(PLACES), st.text(max_size=5))
def test_what_is_put_is_read_back_and_nothing_else_changes(at: Place, text: str) -> None:
    changed = FILING.put(at, text)
    assert changed.text(at) == text
    assert [changed.text(other) for other in PLACES if other != at] == [FILING.text(o) for o in PLACES if o != at]
    assert changed.put(at, FILING.text(at)) == FILING


@pytest.mark.parametrize("at", PLACES)
def test_an_empty_text_leaves_no_key_behind(at: Place) -> None:
    emptied = FILING.put(at, "x").put(at, "")
    told = msgspec.to_builtins(emptied)
    assert '"x"' not in msgspec.json.encode(emptied).decode()
    assert at.field not in told["values"]
    assert all("" not in (*row["cells"].values(),) for row in told["tables"]["任务"])


def test_what_is_not_there_reads_as_empty() -> None:
    assert [FILING.text(at) for at in NOWHERE] == [""] * len(NOWHERE)
    assert FILING.row("任务", "无") is None
    assert FILING.indicator("无") is None
    assert FILING.rows("无") == ()


def test_a_table_without_rows_leaves_no_key_behind() -> None:
    assert FILING.with_rows("任务", ()).tables == {}


def test_ids_are_fresh() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
    assert len(new_id()) == 16


@pytest.mark.parametrize("template", TEMPLATES[:3], ids=lambda template: template.id)
@given(st.data())
@FEW
def test_a_filing_comes_back_from_json(template: object, data: st.DataObject) -> None:
    filing = data.draw(filings(template))  # type: ignore[arg-type]  # a Template by its parametrization
    assert msgspec.json.decode(msgspec.json.encode(filing), type=Filing) == filing


def test_an_unknown_key_is_no_filing() -> None:
    told = msgspec.to_builtins(FILING) | {"未知": 1}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(told, Filing)
