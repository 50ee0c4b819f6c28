"""Commands: done and undone nothing is left, and what does not fit changes nothing."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.commands import (
    AddIndicator,
    AddRow,
    Batch,
    Command,
    DropIndicator,
    DropRow,
    MoveIndicator,
    MoveRow,
    SetMeta,
    SetValue,
    decode,
    encode,
)
from forms.errors import CommandRefused
from forms.filing import Filing, Indicator, Place, Row
from forms.template.model import Template
from tests.forms.filled_forms import FEW, TEMPLATES, blank, filings, steps

FILING = blank(
    TEMPLATES[0],
    tables={"任务": (Row("a", {"名": "甲"}), Row("b", {}), Row("c", {}))},
    indicators=(Indicator("i", "产出", "数量", {}), Indicator("j", "产出", "质量", {})),
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
@given(st.data())
@FEW
def test_doing_and_undoing_is_nothing_and_redoing_is_the_same(template: Template, data: st.DataObject) -> None:
    filing = before = data.draw(filings(template))
    done: list[tuple[Filing, Command]] = []
    for command in data.draw(steps(template, filing)):
        filing, inverse = decode(encode(command)).apply(filing)
        done.append((filing, inverse))
    for after, inverse in reversed(done):
        assert filing == after
        filing, again = inverse.apply(filing)
        assert again.apply(filing)[0] == after
    assert filing == before


@pytest.mark.parametrize(
    "command",
    [
        SetValue(Place(table="任务", row="无", column="名"), "x"),
        SetValue(Place(indicator="无", column="名"), "x"),
        SetValue(Place(), "x"),
        AddRow("任务", Row("a", {}), 0),
        DropRow("任务", "无"),
        DropRow("无", "a"),
        MoveRow("任务", "无", 0),
        AddIndicator(Indicator("i", "产出", "数量", {}), 0),
        DropIndicator("无"),
        MoveIndicator("无", "产出", "数量", 0),
        SetMeta("id", "x"),
        Batch((SetValue(Place(field="甲"), "1"), DropRow("任务", "无"))),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(command: Command) -> None:
    with pytest.raises(CommandRefused, match=r"。$"):
        command.apply(FILING)


@pytest.mark.parametrize(("position", "order"), [(-1, "xabc"), (0, "xabc"), (2, "abxc"), (9, "abcx")])
def test_a_position_beyond_the_ends_is_an_end(position: int, order: str) -> None:
    added, inverse = AddRow("任务", Row("x", {}), position).apply(FILING)
    assert "".join(row.id for row in added.rows("任务")) == order
    assert inverse.apply(added)[0] == FILING


@pytest.mark.parametrize(
    ("row", "position", "order"), [("a", 1, "bac"), ("a", 9, "bca"), ("c", 0, "cab"), ("b", 1, "abc")]
)
def test_a_moved_row_stands_at_its_position(row: str, position: int, order: str) -> None:
    moved, inverse = MoveRow("任务", row, position).apply(FILING)
    assert "".join(one.id for one in moved.rows("任务")) == order
    assert inverse.apply(moved)[0] == FILING


def test_the_last_row_of_a_table_may_go_and_come_back() -> None:
    alone = blank(TEMPLATES[0], tables={"任务": (Row("a", {"名": "甲"}),)})
    empty, inverse = DropRow("任务", "a").apply(alone)
    assert empty.tables == {}
    assert inverse.apply(empty)[0] == alone


def test_commands_say_what_they_touch_and_whether_rows_move() -> None:
    put, drop = SetValue(Place(field="甲"), "1"), DropRow("任务", "a")
    batch = Batch((put, drop))
    assert (put.structural, drop.structural, batch.structural, Batch((put,)).structural) == (False, True, True, False)
    assert batch.places == (Place(field="甲"), Place(table="任务", row="a"))
    assert SetMeta("year", "2026").places == ()


def test_the_encoding_is_plain_and_tagged() -> None:
    told = json.loads(encode(SetValue(Place(field="甲"), "1")))
    assert told == {"do": "set", "at": {"field": "甲"}, "text": "1"}
    with pytest.raises(msgspec.ValidationError):
        decode('{"do": "format_disk"}')
    with pytest.raises(msgspec.ValidationError):
        decode('{"do": "set", "at": {"field": "甲"}, "text": "1", "more": 2}')
