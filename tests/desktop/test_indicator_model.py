"""The model of the indicator tree: right in Qt's eyes after any change, and never laid out anew."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.models.branches import plan, steady
from desktop.models.indicator_texts import Ask
from desktop.models.indicators import MIME, IndicatorModel
from forms.commands import AddIndicator, Batch, Command, DropIndicator, MoveIndicator, SetValue
from forms.filing import Filing, Indicator, Place
from tests.desktop.indicator_forms import BRANCHES, CHOICES, ECONOMY, FORM, QUALITY, QUANTITY, indicator, opened

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
STRANGE = ("其他指标", "没有这一类")


@pytest.fixture
def small(qtbot: QtBot) -> Iterator[tuple[Bridge, IndicatorModel]]:
    """Three indicators in two branches, the third branch empty."""
    bridge = opened([indicator("a", 权重="30"), indicator("b", 权重="20.5"), indicator("c", QUALITY)])
    model = IndicatorModel(bridge, "指标")
    tester = QAbstractItemModelTester(model, FATAL)
    yield bridge, model
    del tester


def shown(model: IndicatorModel) -> dict[tuple[str, str], list[str]]:
    """The ids under each branch, as the model lists them."""
    return {branch.branch: [row.ident for row in branch.children] for branch in model.branches()}


def asked(bridge: Bridge) -> dict[tuple[str, str], list[str]]:
    """The same, as the filing and the blank form have it."""
    tree = bridge.template.trees["指标"]
    printed = {(limb.label, one.label): one.preset for limb in tree.limbs for one in limb.branches}
    found = {}
    for level1, labels in plan(tree, bridge.filing).items():
        for level2, idents in labels.items():
            waiting = max(printed.get((level1, level2), 0) - len(idents), 0 if idents else 1)
            found[level1, level2] = [*idents, *[""] * waiting]
    return found


def text(model: IndicatorModel, ident: str, column: str, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return model.data(model.find(Place(indicator=ident, column=column)), role)


def test_branches_stand_in_the_forms_order_and_an_empty_one_has_a_row_that_waits(
    small: tuple[Bridge, IndicatorModel],
) -> None:
    _, model = small
    assert shown(model) == {
        QUANTITY: ["a", "b"], QUALITY: ["c"], ("产出指标", "……"): [""], ECONOMY: [""],
    }  # fmt: skip
    assert [one.name for one in model.columns] == ["三级指标", "指标值", "完成数", "权重", "加倍"]


def test_branches_count_what_is_filled_and_faulty_and_sum_the_weights(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    branch, limb = model.branch_index(*QUANTITY), model.branch_index("产出指标")
    assert model.data(branch, Ask.SUMMARY) == "已填 2 条"
    assert model.data(branch.siblingAtColumn(3)) == "合计 50.5"
    bridge.do(SetValue(Place(indicator="a", column="完成数"), "十几"))
    assert model.data(branch, Ask.SUMMARY) == "已填 2 条，1 条有错"
    assert model.data(limb, Ask.SUMMARY) == "已填 3 条，1 条有错"
    bridge.do(SetValue(Place(indicator="a", column="权重"), ""))
    assert model.data(limb.siblingAtColumn(3)) == "合计 20.5"
    assert model.data(model.branch_index(*ECONOMY), Ask.SUMMARY) == "未填"


def test_a_problem_is_colour_and_words_at_its_cell(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    bridge.do(SetValue(Place(indicator="a", column="完成数"), "<b>两个</b>"))
    assert text(model, "a", "完成数", Ask.SEVERITY) == "error"
    assert "不是整数" in text(model, "a", "完成数", Ask.MESSAGE)
    assert "&lt;b&gt;" in text(model, "a", "完成数", Qt.ItemDataRole.ToolTipRole)
    assert text(model, "a", "加倍", Ask.SEVERITY) == ""
    spoken = text(model, "a", "完成数", Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("数量指标第 1 条，完成数：<b>两个</b>\n必须改：")


def test_a_gap_is_left_unsaid_while_somebody_is_at_work_on_the_row(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    model.set_quiet("a")
    bridge.do(SetValue(Place(indicator="a", column="指标值"), ""))
    assert text(model, "a", "指标值", Ask.MESSAGE) == ""
    model.show_missing(True)
    assert "没有填写" in text(model, "a", "指标值", Ask.MESSAGE)
    model.show_missing(False)
    model.set_quiet("b")
    assert "没有填写" in text(model, "a", "指标值", Ask.MESSAGE)


def test_computed_cells_follow_and_cannot_be_edited(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    assert text(model, "a", "加倍") == "60"
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), first.column(), last.column())))
    bridge.do(SetValue(Place(indicator="a", column="权重"), "7"))
    assert text(model, "a", "加倍") == "14"
    assert (0, 4, 4) in told
    assert not model.flags(model.find(Place(indicator="a", column="加倍"))) & Qt.ItemFlag.ItemIsEditable
    assert not model.put(model.find(Place(indicator="a", column="加倍")), "1")


def test_text_in_an_empty_row_makes_the_indicator_in_one_step_and_keeps_the_row(
    small: tuple[Bridge, IndicatorModel],
) -> None:
    bridge, model = small
    waiting = QPersistentModelIndex(model.index(0, 1, model.branch_index(*ECONOMY)))
    assert model.put(waiting, "≥5")
    made = bridge.filing.indicators[-1]
    assert (made.level1, made.level2, made.columns) == (*ECONOMY, {"指标值": "≥5"})
    assert model.place(waiting) == Place(indicator=made.id, column="指标值")
    bridge.undo()
    assert len(bridge.filing.indicators) == 3
    assert waiting.isValid()
    assert model.place(waiting) == Place(table="指标")


def test_texts_of_one_stay_in_a_cell_are_one_step(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    cell = model.find(Place(indicator="a", column="三级指标"))
    for typed in ("新", "新名", "新名字"):
        model.put(cell, typed, merge=1)
    bridge.undo()
    assert text(model, "a", "三级指标") == "指标a"
    assert not bridge.draft.can_undo


def test_a_branch_the_filer_names_takes_its_indicators_along(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    free = model.branch_index("产出指标", "……")
    assert model.put(free, "创新指标")
    assert shown(model)["产出指标", "创新指标"] != [""]
    assert model.put(model.branch_index("产出指标", "创新指标"), "特色指标")
    assert ("产出指标", "创新指标") not in shown(model)
    assert bridge.filing.indicators[-1].level2 == "特色指标"
    assert not model.put(model.branch_index(*QUANTITY), "改不得")


def test_a_move_to_the_end_of_a_long_branch_is_one_move(qtbot: QtBot) -> None:
    bridge = opened([indicator(f"i{number}") for number in range(50)])
    model = IndicatorModel(bridge, "指标")
    told: list[str] = []
    for name in ("rowsMoved", "rowsInserted", "rowsRemoved", "modelReset", "layoutChanged"):
        getattr(model, name).connect(lambda *_, name=name: told.append(name))
    bridge.do(MoveIndicator("i0", *QUANTITY, 49))
    assert told == ["rowsMoved"]
    assert shown(model)[QUANTITY][-1] == "i0"


def test_a_batch_of_new_indicators_comes_in_one_insertion(qtbot: QtBot) -> None:
    bridge = opened([indicator("a"), indicator("z")])
    model = IndicatorModel(bridge, "指标")
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    bridge.do(Batch(tuple(AddIndicator(indicator(f"n{number}"), 1 + number) for number in range(30))))
    assert inserted == [(1, 30)]


@pytest.mark.parametrize("text", [FORM, CHOICES], ids=["one row a branch", "several rows a branch"])
@pytest.mark.parametrize("seed", range(8))
def test_any_commands_undone_and_redone_leave_the_model_like_the_filing(qtbot: QtBot, seed: int, text: str) -> None:
    chance = random.Random(seed)
    standing = [indicator(f"s{number}", chance.choice(BRANCHES)) for number in range(chance.randrange(8))]
    bridge = opened(standing, text)
    model = IndicatorModel(bridge, "指标")
    tester = QAbstractItemModelTester(model, FATAL)
    resets: list[object] = []
    model.modelReset.connect(lambda: resets.append(None))
    for step in range(60):
        what = chance.random()
        if what < 0.15:
            bridge.undo()
        elif what < 0.25:
            bridge.redo()
        else:
            bridge.do(_batch(chance, bridge.filing, step))
        assert shown(model) == asked(bridge)
    assert not resets
    del tester


def _batch(chance: random.Random, filing: Filing, step: int) -> Command:
    commands: list[Any] = []
    for number in range(chance.choice((1, 1, 1, 2, 6))):
        command = _one(chance, filing, f"n{step}-{number}")
        filing, _ = command.apply(filing)
        commands.append(command)
    return commands[0] if len(commands) == 1 else Batch(tuple(commands))


def _one(chance: random.Random, filing: Filing, ident: str) -> Command:
    branch, position = chance.choice((*BRANCHES, STRANGE, ("效益指标", "另一类"))), chance.randrange(12)
    here = chance.choice(filing.indicators).id if filing.indicators else ""
    choices: list[Command] = [AddIndicator(indicator(ident, branch), position)]
    if here:
        choices += [DropIndicator(here), MoveIndicator(here, *branch, position)]
        choices.append(SetValue(Place(indicator=here, column="完成数"), chance.choice(("", "3", "三个"))))
    return chance.choice(choices)


def test_as_few_rows_as_can_be_move() -> None:
    assert steady("abcd", "bcda") == frozenset("bcd")
    assert steady("abcd", "dabc") == frozenset("abc")
    assert steady("abc", "xyz") == frozenset()
    assert len(steady("abcdef", "fedcba")) == 1


def test_a_drop_moves_the_dragged_rows_before_the_row_under_the_mouse(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    data = model.mimeData([model.find(Place(indicator="c"))])
    quantity = model.branch_index(*QUANTITY)
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, quantity)
    assert shown(model)[QUANTITY] == ["a", "c", "b"]
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.branch_index(*ECONOMY))
    assert shown(model)[ECONOMY] == ["c"]
    bridge.undo()
    bridge.undo()
    assert shown(model)[QUALITY] == ["c"]


def test_a_drop_of_anything_else_or_anywhere_else_changes_nothing(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    before = bridge.filing
    ours, foreign = model.mimeData([model.find(Place(indicator="c"))]), QMimeData()
    foreign.setText("别处的文字")
    broken = QMimeData()
    broken.setData(MIME, b"[1, 2")
    other = IndicatorModel(opened([indicator("c")]), "指标")
    bridge.do(DropIndicator("b"))
    elsewhere = QMimeData()
    elsewhere.setData(MIME, b'["another", "\\u6307\\u6807", "c"]')
    gone = QMimeData()
    gone.setData(MIME, b'["f", "\\u6307\\u6807", "b"]')
    bridge.undo()
    bridge.do(DropIndicator("b"))
    quantity, action = model.branch_index(*QUANTITY), Qt.DropAction.MoveAction
    after = bridge.filing
    for data in (foreign, broken, elsewhere, gone, QMimeData()):
        assert not model.dropMimeData(data, action, 0, 0, quantity)
    for target in (QModelIndex(), model.branch_index("产出指标"), model.find(Place(indicator="a"))):
        assert not model.dropMimeData(ours, action, 0, 0, target)
    assert not model.removeRows(0, 1, quantity)
    assert bridge.filing is after
    assert len(before.indicators) == 3
    assert other.rowCount() == 2


def test_dropped_where_it_stands_nothing_happens(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    data = model.mimeData([model.find(Place(indicator="a"))])
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, model.branch_index(*QUANTITY))
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, model.branch_index(*QUANTITY))
    assert not bridge.draft.can_undo


def test_edits_keep_ids_on_move_and_make_new_ones_on_copy(small: tuple[Bridge, IndicatorModel]) -> None:
    bridge, model = small
    edits = model.edits()
    copies = edits.duplicate(["a", "b"])
    model.do(edits, "复制指标")
    assert shown(model)[QUANTITY] == ["a", copies[0], "b", copies[1]]
    edits = model.edits()
    edits.shift(["b", copies[1]], down=True)
    model.do(edits, "移动指标")
    assert shown(model)[QUALITY] == ["b", copies[1], "c"]
    edits = model.edits()
    edits.shift(["a"], down=False)
    assert edits.command("移动指标") is None  # it is the very first
    bridge.undo()
    bridge.undo()
    assert shown(model)[QUANTITY] == ["a", "b"]


def test_indicators_of_another_tree_stay_out(qtbot: QtBot) -> None:
    bridge = opened([indicator("a")])
    model = IndicatorModel(bridge, "指标")
    bridge.do(AddIndicator(Indicator("x", *QUANTITY, {"三级指标": "别的树"}, tree="另一棵"), 0))
    assert shown(model)[QUANTITY] == ["a"]
