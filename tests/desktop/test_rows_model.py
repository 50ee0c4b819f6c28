"""The rows of a table as a model: it follows the filing row by row and cell by cell, and breaks no rule of Qt."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.models.table_rows import RowModel
from forms.commands import AddRow, AnyCommand, Batch, DropRow, MoveRow, SetValue
from forms.filing import Place, Row
from tests.desktop.table_forms import at, form, large, opened, row

COLUMNS = ["序号", "名称", "内容", "总额", "加倍", "性质", "达标"]
NAME, CONTENT, TOTAL, DOUBLE, SORT, TICK = range(1, 7)
Model = tuple[Bridge, RowModel]
Editable = Qt.ItemFlag.ItemIsEditable


def made(bridge: Bridge, table: str = "任务") -> RowModel:
    block = next(one for one in bridge.template.sheets[0].blocks if one.name == table)
    model = RowModel(bridge, table, [column.name for column in block.columns])
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]
    return model


@pytest.fixture
def rows(qtbot: QtBot) -> Model:
    bridge = opened([row("a"), row("b"), row("c", 总额="2")])
    return bridge, made(bridge)


def shown(model: RowModel) -> list[str]:
    return [str(model.index(line, NAME).data()) for line in range(model.rowCount())]


def cell(model: RowModel, line: int, column: int) -> str:
    return str(model.index(line, column).data())


def changed(model: RowModel) -> list[tuple[int, int, int, int]]:
    """What the model says has changed from now on: first line and column, last line and column."""
    told: list[tuple[int, int, int, int]] = []
    model.dataChanged.connect(
        lambda first, last, _=(): told.append((first.row(), first.column(), last.row(), last.column()))
    )
    return told


def test_the_rows_of_the_filing_and_one_that_waits(rows: Model) -> None:
    _, model = rows
    assert [one.name for one in model.columns] == COLUMNS
    assert shown(model) == ["任务a", "任务b", "任务c", ""]
    assert [cell(model, line, 0) for line in range(4)] == ["1", "2", "3", ""]
    assert [cell(model, line, DOUBLE) for line in range(4)] == ["2", "2", "4", ""]
    assert model.place(model.index(3, NAME)) == Place(table="任务", column="名称")


def test_what_the_program_writes_itself_is_not_for_typing(rows: Model) -> None:
    _, model = rows
    for line in (0, 3):
        editable = [bool(model.flags(model.index(line, column)) & Editable) for column in range(7)]
        assert editable == [False, True, True, True, False, True, True]
    assert not model.put(model.index(0, DOUBLE), "9")


def test_a_letter_changes_its_cell_and_what_is_computed_from_it_and_no_other(rows: Model) -> None:
    bridge, model = rows
    told = changed(model)
    model.put(model.index(1, TOTAL), "5")
    assert told == [(1, TOTAL, 1, TOTAL), (1, DOUBLE, 1, DOUBLE)]
    assert cell(model, 1, DOUBLE) == "10"
    assert bridge.filing.text(at("b", "总额")) == "5"


def test_the_waiting_row_becomes_a_row_with_its_first_letter_and_one_step_undoes_it(rows: Model) -> None:
    bridge, model = rows
    kept = QPersistentModelIndex(model.index(3, NAME))
    for text in ("n", "ne", "new"):
        model.put(model.index(3, NAME), text, merge=1)
    assert shown(model) == ["任务a", "任务b", "任务c", "new", ""]
    assert (kept.row(), kept.data()) == (3, "new")
    bridge.undo()
    assert shown(model) == ["任务a", "任务b", "任务c", ""]
    assert (kept.isValid(), kept.data()) == (True, "")
    bridge.redo()
    assert shown(model) == ["任务a", "任务b", "任务c", "new", ""]


def test_no_row_waits_where_the_table_is_full(rows: Model) -> None:
    bridge, model = rows
    bridge.do(AddRow("任务", row("d"), 3))
    assert shown(model)[-1] == ""
    bridge.do(AddRow("任务", row("e"), 0))
    assert shown(model) == ["任务e", "任务a", "任务b", "任务c", "任务d"]
    bridge.do(DropRow("任务", "d"))
    assert shown(model) == ["任务e", "任务a", "任务b", "任务c", ""]


@pytest.mark.parametrize(("command", "after"), [
    (MoveRow("任务", "a", 2), ["b", "c", "a"]),
    (MoveRow("任务", "c", 0), ["c", "a", "b"]),
    (DropRow("任务", "b"), ["a", "c"]),
    (Batch((DropRow("任务", "a"), DropRow("任务", "b"), DropRow("任务", "c"))), []),
    (Batch((MoveRow("任务", "a", 2), AddRow("任务", row("x"), 1), SetValue(at("b"), "新"))), ["b", "x", "c", "a"]),
])  # fmt: skip
def test_rows_come_go_and_move_without_a_reset(rows: Model, command: AnyCommand, after: list[str]) -> None:
    bridge, model = rows
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    kept = {ident: QPersistentModelIndex(model.find(at(ident))) for ident in "abc"}
    bridge.do(command)
    assert [model.row(line).id for line in range(model.rowCount())] == [*after, ""]
    assert [cell(model, line, 0) for line in range(len(after))] == [str(number + 1) for number in range(len(after))]
    for ident, index in kept.items():
        if ident in after:
            assert index.row() == after.index(ident)
    bridge.undo()
    assert shown(model) == ["任务a", "任务b", "任务c", ""]
    assert not resets


def test_any_changes_leave_the_model_as_a_new_one_would_be(qtbot: QtBot) -> None:
    chance = random.Random(7)
    bridge = opened([row("a"), row("b")])
    model = made(bridge)
    for number in range(300):
        idents = [one.id for one in bridge.filing.rows("任务")]
        choices: list[AnyCommand] = [AddRow("任务", row(f"n{number}"), chance.randrange(9))]
        if idents:
            some = chance.choice(idents)
            choices += [DropRow("任务", some), MoveRow("任务", some, chance.randrange(7)),
                        SetValue(at(some, "总额"), str(number))]  # fmt: skip
        if len(idents) > 1:
            choices.append(Batch(tuple(DropRow("任务", ident) for ident in chance.sample(idents, 2))))
            choices.append(Batch((*choices[1:3], choices[0]) if len(set(idents)) > 3 else (choices[0],)))
        command = chance.choice([*choices, None])
        if isinstance(command, Batch) and isinstance(command.commands[0], DropRow) and len(command.commands) == 3:
            command = choices[2]
        bridge.do(command) if command is not None else bridge.undo()
        fresh = RowModel(bridge, "任务", COLUMNS)
        lines = range(fresh.rowCount())
        assert [model.row(line) for line in range(model.rowCount())] == [fresh.row(line) for line in lines]
        assert [[cell(model, line, column) for column in range(7)] for line in lines] == [
            [cell(fresh, line, column) for column in range(7)] for line in lines
        ]
        assert all(model.line_of(fresh.row(line).id) == line for line in lines if fresh.row(line).id)


def test_problems_are_told_cell_by_cell_and_gaps_only_where_nobody_is_at_work(rows: Model) -> None:
    bridge, model = rows
    told = changed(model)
    model.set_quiet("b")
    bridge.do(SetValue(at("b", "总额"), ""))
    assert model.message(1, TOTAL) == ""
    bridge.do(SetValue(at("b", "总额"), "约<b>5</b>"))
    assert model.severity(1, TOTAL) == "error"
    assert {one[0] for one in told} == {1}
    tip = str(model.index(1, TOTAL).data(Qt.ItemDataRole.ToolTipRole))
    assert "&lt;b&gt;" in tip
    assert "<b>" not in tip
    bridge.do(SetValue(at("b", "总额"), ""))
    model.show_missing(True)
    assert "必须填写" in model.message(1, TOTAL)
    model.show_missing(False)
    assert model.message(1, TOTAL) == ""
    model.set_quiet("")
    assert "必须填写" in model.message(1, TOTAL)


def test_a_screen_reader_hears_row_column_text_and_fault(rows: Model) -> None:
    bridge, model = rows
    bridge.do(SetValue(at("c", "性质"), "随便"))
    spoken = str(model.index(2, SORT).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("第 3 行，性质：随便\n请核对：")
    assert model.index(2, SORT).data(Qt.ItemDataRole.AccessibleDescriptionRole).startswith("请核对：")
    assert "空" in str(model.index(3, NAME).data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_single_choice_is_a_box_unless_something_else_stands_there(rows: Model) -> None:
    bridge, model = rows
    assert model.index(0, TICK).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    bridge.do(SetValue(at("a", "达标"), "√"))
    assert model.index(0, TICK).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    bridge.do(SetValue(at("a", "达标"), "是"))
    assert model.index(0, TICK).data(Qt.ItemDataRole.CheckStateRole) is None


def test_fixed_rows_are_all_there_and_stay(qtbot: QtBot) -> None:
    bridge = opened(funds=[Row("x", {"预算数": "5"}, "拨款"), Row("y", {"预算数": "7"}, "别的"), Row("z", {}, "拨款")])
    model = made(bridge, "资金")
    assert [cell(model, line, 0) for line in range(model.rowCount())] == ["合计", "拨款", "其他", "别的", "拨款"]
    assert [model.is_fixed(line, 2) for line in range(3)] == [False, True, True]
    model.put(model.index(0, 1), "12")
    assert [one.label for one in bridge.filing.rows("资金")] == ["合计", "拨款", "别的", "拨款"]
    assert cell(model, 0, 1) == "12"
    bridge.undo()
    assert [cell(model, line, 1) for line in range(model.rowCount())] == ["", "5", "", "7", ""]
    bridge.do(DropRow("资金", "x"))
    assert [cell(model, line, 0) for line in range(model.rowCount())] == ["合计", "拨款", "其他", "别的"]


def test_a_text_on_a_cell_the_form_does_not_have_can_be_taken_out(qtbot: QtBot) -> None:
    bridge = opened(funds=[Row("x", {"分值": "5"}, "拨款")])
    model = made(bridge, "资金")
    assert not model.is_fixed(1, 2)
    model.put(model.index(1, 2), "")
    assert model.is_fixed(1, 2)


def test_columns_that_are_not_drawn_can_be_filled_in_too(qtbot: QtBot) -> None:
    bridge = opened()
    model = RowModel(bridge, "任务", ["名称", "总额"])
    assert [one.name for one in model.columns] == ["序号", "名称", "内容", "总额", "加倍", "性质", "达标"]
    assert [one.name for one in RowModel(bridge, "任务", ["总额", "名称"]).columns][:2] == ["序号", "总额"]
    assert [one.name for one in RowModel(bridge, "资金", []).columns] == ["项", "预算数", "分值", "说明"]


def test_places_come_row_by_row(rows: Model) -> None:
    _, model = rows
    places = [place for place in model.places() if place.row]
    assert places[:2] == [at("a", "序号"), at("a")]
    assert len(places) == 3 * len(COLUMNS)
    assert places.index(at("b", "达标")) < places.index(at("c", "序号"))


def test_a_change_elsewhere_says_nothing(rows: Model) -> None:
    bridge, model = rows
    told = changed(model)
    bridge.do(SetValue(Place(field="项目"), "项目名称"))
    assert told == []


def test_one_letter_among_many_rows_is_told_for_one_row(qtbot: QtBot) -> None:
    bridge = large(3_000)
    block = bridge.template.sheets[0].blocks[0]
    model = RowModel(bridge, "任务", [column.name for column in block.columns])
    told = changed(model)
    model.put(model.index(1_500, TOTAL), "12")
    assert {(one[0], one[2]) for one in told} == {(1_500, 1_500)}
    removed: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _, first, last: removed.append((first, last)))
    bridge.do(Batch(tuple(DropRow("任务", f"r{number}") for number in range(100, 200))))
    assert removed == [(100, 199)]
    assert model.rowCount() == 2_901


def test_the_form_of_these_tests_is_what_they_think(qtbot: QtBot) -> None:
    assert form().tables["任务"].most == 5
    assert form().tables["资金"].labels == ("合计", "拨款", "其他")
