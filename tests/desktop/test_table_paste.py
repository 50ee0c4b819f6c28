"""Copied cells as text, and what they mean for a table."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.editor.spreadsheet import cells_of, written
from desktop.editor.table_paste import PASTE, Pasting, pasted
from desktop.models.table_rows import RowModel
from forms.filing import Row
from tests.desktop.table_forms import opened, row


@pytest.mark.parametrize(("text", "cells"), [
    ("", []),
    ("甲", [["甲"]]),
    ("甲\t乙\r\n丙\t\r\n", [["甲", "乙"], ["丙", ""]]),
    ('"一\n二"\t3\n', [["一\n二", "3"]]),
    ('"一\r\n二"', [["一\n二"]]),
    ('"说""好"""\t1', [['说"好"', "1"]]),
    ('"重点"\t1', [['"重点"', "1"]]),
    ('"没有关上\t1\n乙\t2', [['"没有关上', "1"], ["乙", "2"]]),
    ('5"管\t"6"管', [['5"管', '"6"管']]),
    ('""\t1', [["", "1"]]),
    ("甲\r乙", [["甲"], ["乙"]]),
    ("\t\n \n甲\n\t\n", [["", ""], [" "], ["甲"]]),
    ("\u00a0１２\u3000\t2", [["\u00a0１２\u3000", "2"]]),
])  # fmt: skip
def test_cells_are_what_a_spreadsheet_wrote(text: str, cells: list[list[str]]) -> None:
    assert cells_of(text) == cells


@pytest.mark.parametrize("cells", [
    [["甲", 'a"b', '"c"'], ["一\n二", "", "\t"]],
    [["", "甲"], ["乙", ""]],
    [["甲"], [""], ["乙"]],
])  # fmt: skip
def test_what_was_written_is_read_again(cells: list[list[str]]) -> None:
    assert cells_of(written(cells)) == cells


def test_a_large_text_full_of_quotes_is_read_once(qtbot: QtBot) -> None:
    assert len(cells_of('"x\t' * 2_000)) == 1


def plan(bridge: Bridge, text: str, line: int, column: int, *, insert: bool = False, table: str = "任务") -> Pasting:
    block = next(one for one in bridge.template.sheets[0].blocks if one.name == table)
    model = RowModel(bridge, table, [one.name for one in block.columns])
    found = pasted(model, cells_of(text), line, column, insert=insert, headings={"资金总额": 3})
    model.do(found.commands, PASTE)
    return found


def cells(bridge: Bridge, table: str = "任务") -> list[dict[str, str]]:
    return [one.cells for one in bridge.filing.rows(table)]


def test_cells_go_over_those_that_are_there_and_into_new_rows_below(qtbot: QtBot) -> None:
    bridge = opened([row("a"), row("b")])
    found = plan(bridge, "甲\t内容甲\n乙\t\n丙\t内容丙", 1, 1)
    assert cells(bridge) == [
        {"名称": "任务a", "总额": "1"},
        {"名称": "甲", "内容": "内容甲", "总额": "1"},
        {"名称": "乙"},
        {"名称": "丙", "内容": "内容丙"},
    ]
    assert found.rows[0] == ["", "甲", "内容甲", "1", "", "", ""]
    assert found.lines == [1, 2, 3]
    assert found.notes == ["有 1 格原来有内容，会被替换。"]
    bridge.undo()
    assert len(cells(bridge)) == 2


def test_new_rows_come_between_those_that_are_there(qtbot: QtBot) -> None:
    bridge = opened([row("a"), row("b")])
    plan(bridge, "甲\n\n乙", 1, 1, insert=True)
    assert [one["名称"] for one in cells(bridge)] == ["任务a", "甲", "乙", "任务b"]


def test_a_line_of_names_tells_where_the_cells_go(qtbot: QtBot) -> None:
    bridge = opened()
    found = plan(bridge, "资金总额\t名 称\t\n5\t甲\t别的\t更多\n6\t乙", 0, 2, insert=True)
    assert cells(bridge) == [{"名称": "甲", "总额": "5"}, {"名称": "乙", "总额": "6"}]
    assert found.notes == ["有 2 格表里没有地方放（“别的”等），不粘贴。"]


@pytest.mark.parametrize("text", ["名称\t单位\t电话\n甲\t乙\t丙", "名称\t名称\n甲\t乙", "名称\t好\n甲\t乙"])
def test_a_first_line_that_names_other_things_is_a_row(qtbot: QtBot, text: str) -> None:
    bridge = opened()
    plan(bridge, text, 0, 1)
    assert [one["名称"] for one in cells(bridge)] == ["名称", "甲"]


def test_what_has_no_place_is_told(qtbot: QtBot) -> None:
    bridge = opened([row(ident) for ident in "abcd"])
    found = plan(bridge, "7\t甲\t\t\t99\t\t\t多的\n8\t乙", 4, 0)
    assert [one.get("名称") for one in cells(bridge)][4:] == ["甲"]
    assert found.cut
    assert found.notes == [
        "有 1 格表里没有地方放（“多的”等），不粘贴。",
        "多出 1 行，这张表至多 5 行，不粘贴。",
        "“序号、加倍”不用填，贴来的内容不要。",
    ]


def test_what_cannot_be_read_is_marked_and_comes_in_as_it_is(qtbot: QtBot) -> None:
    bridge = opened()
    found = plan(bridge, "甲\t\t约20万\t\t随便", 0, 1)
    assert set(found.marks) == {(0, 3)}
    assert "不是金额" in found.marks[0, 3]
    assert cells(bridge) == [{"名称": "甲", "总额": "约20万", "性质": "随便"}]


def test_fixed_rows_are_filled_and_none_is_added(qtbot: QtBot) -> None:
    bridge = opened(funds=[Row("x", {"预算数": "1"}, "拨款")])
    found = plan(bridge, "合计\t10\t5\n拨款\t4\t6\n其他\t6\t\n还有\t7", 0, 0, insert=True, table="资金")
    kept = {one.label: one.cells for one in bridge.filing.rows("资金")}
    assert kept == {"合计": {"预算数": "10", "分值": "5"}, "拨款": {"预算数": "4"}, "其他": {"预算数": "6"}}
    assert [one.label for one in bridge.filing.rows("资金")] == ["合计", "拨款", "其他"]
    assert [one[0] for one in found.rows] == ["合计", "拨款", "其他"]
    assert found.notes[:2] == ["表里没有名为“还有”的行，不粘贴。", "“分值”不用填，贴来的内容不要。"]


def test_fixed_rows_find_their_places_by_name(qtbot: QtBot) -> None:
    bridge = opened()
    plan(bridge, "其 他\t6\n小计\t9\n合计\t10", 1, 0, table="资金")
    assert {one.label: one.cells["预算数"] for one in bridge.filing.rows("资金")} == {"合计": "10", "其他": "6"}


def test_fixed_rows_without_names_are_filled_one_after_the_other(qtbot: QtBot) -> None:
    bridge = opened()
    found = plan(bridge, "1\n\n3\n4\n5", 0, 1, table="资金")
    assert {one.label: one.cells["预算数"] for one in bridge.filing.rows("资金")} == {"合计": "1", "其他": "3"}
    assert found.notes == ["多出 2 行，这张表至多 3 行，不粘贴。"]
