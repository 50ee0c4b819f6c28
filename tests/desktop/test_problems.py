"""The problems panel: verdict, order, going there, repairing, and a list that changes under a selection."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.models.problems import Column, Entry, ProblemModel, entries
from desktop.panels.problems import ProblemsPanel
from forms import language
from forms.commands import SetValue
from forms.filing import Place
from forms.problem import Problem, Severity
from tests.desktop.open_forms import empty, opened
from tests.desktop.parts import button, part, said

AMOUNT = Place(field="资金需求")


@pytest.fixture
def panel(qtbot: QtBot) -> ProblemsPanel:
    made = ProblemsPanel()
    qtbot.addWidget(made)
    made.resize(900, 240)
    made.show()
    return made


def lines(panel: ProblemsPanel, column: Column) -> list[str]:
    model = panel.view.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def put(bridge: Bridge, text: str, place: Place = AMOUNT) -> None:
    bridge.do(SetValue(place, text))


def test_the_verdict_comes_first_and_counts_what_must_be_changed(panel: ProblemsPanel) -> None:
    panel.show_bridge(opened("青澜市"))
    assert said(panel, "verdict") == "可以导出"
    panel.show_bridge(opened("白渚市"))
    assert said(panel, "verdict") == "还有 1 处必须改"
    panel.show_bridge(None)
    assert said(panel, "verdict") == ""


def test_lines_come_by_severity_and_rules_that_wait_come_last(panel: ProblemsPanel) -> None:
    bridge = empty()
    panel.show_bridge(bridge)
    kinds = lines(panel, Column.SEVERITY)
    order = ["必须改", "请核对", "提示", "未核对"]
    assert kinds == sorted(kinds, key=order.index)
    assert kinds.count("未核对") == len(bridge.review.pending) > 0
    assert kinds.count("必须改") > 3


def test_a_line_tells_place_sentence_rule_and_repair_and_is_whole_to_listeners(panel: ProblemsPanel) -> None:
    panel.show_bridge(opened("白渚市"))
    index = panel.view.model().index(0, 0)
    assert [lines(panel, column)[0] for column in Column] == [
        "必须改", "资金需求", "“180万”缺“元”字；本栏单位是万元，请只填数字。", "R-MONEY-FMT", "改为“180”",
    ]  # fmt: skip
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("必须改，资金需求，")
    assert "<p " in str(index.data(Qt.ItemDataRole.ToolTipRole))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_goes_to_the_place(panel: ProblemsPanel, qtbot: QtBot, key: Qt.Key) -> None:
    panel.show_bridge(opened("白渚市"))
    panel.view.setCurrentIndex(panel.view.model().index(0, 0))
    with qtbot.waitSignal(panel.activated) as gone:
        QTest.keyClick(panel.view, key)
    assert gone.args[0] == AMOUNT


def test_a_double_click_goes_to_the_place(panel: ProblemsPanel, qtbot: QtBot) -> None:
    panel.show_bridge(opened("白渚市"))
    at = panel.view.visualRect(panel.view.model().index(0, Column.MESSAGE)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(panel.activated) as gone:
        QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert gone.args[0] == AMOUNT


def test_the_menu_of_a_line_goes_there_and_repairs(panel: ProblemsPanel) -> None:
    bridge = opened("白渚市")
    panel.show_bridge(bridge)
    gone: list[Place] = []
    panel.activated.connect(lambda place, _: gone.append(place))
    panel.view.setCurrentIndex(panel.view.model().index(0, 0))
    panel.view.customContextMenuRequested.emit(panel.view.rect().center())
    menu = part(panel, QMenu)
    go, fix = menu.actions()
    go.trigger()
    assert gone == [AMOUNT]
    assert fix.text() == "改为“180”"
    fix.trigger()
    assert bridge.text(AMOUNT) == "180"
    menu.close()


def test_the_button_repairs_in_one_step_of_undo(panel: ProblemsPanel, qtbot: QtBot) -> None:
    bridge = opened("白渚市")
    panel.show_bridge(bridge)
    fix = button(panel, "fix")
    assert not fix.isVisible()
    panel.view.setCurrentIndex(panel.view.model().index(0, 0))
    assert fix.isVisible()
    assert fix.text() == "改为“180”"
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert bridge.text(AMOUNT) == "180"
    assert said(panel, "verdict") == "可以导出"
    assert not fix.isVisible()
    assert bridge.draft.undo_title == "改为“180”"
    bridge.undo()
    assert bridge.text(AMOUNT) == "180万"
    assert not bridge.draft.can_undo


def test_a_click_on_the_offered_repair_does_it(panel: ProblemsPanel, qtbot: QtBot) -> None:
    bridge = opened("白渚市")
    panel.show_bridge(bridge)
    at = panel.view.visualRect(panel.view.model().index(0, Column.FIX)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bridge.text(AMOUNT) == "180"


def test_a_double_click_on_a_repair_repairs_one_line_only(panel: ProblemsPanel) -> None:
    bridge = opened("白渚市")
    put(bridge, "2026年年", Place(field="预算年度"))
    panel.show_bridge(bridge)
    gone: list[Place] = []
    panel.activated.connect(lambda place, _: gone.append(place))
    fixes = [row for row, words in enumerate(lines(panel, Column.FIX)) if words]
    at = panel.view.visualRect(panel.view.model().index(fixes[0], Column.FIX)).center()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len([words for words in lines(panel, Column.FIX) if words]) == len(fixes) - 1
    assert gone == []


def test_the_list_is_live_and_keeps_the_selection(panel: ProblemsPanel, qtbot: QtBot) -> None:
    bridge = empty()
    panel.show_bridge(bridge)
    rows = lines(panel, Column.PLACE)
    chosen = rows[3]
    panel.view.setCurrentIndex(panel.view.model().index(3, 0))
    put(bridge, "一个名字", bridge.problems[1].at)
    qtbot.waitUntil(lambda: len(lines(panel, Column.PLACE)) == len(rows) - 1)
    current = panel.view.currentIndex()
    assert current.row() == 2
    assert panel.view.selectionModel().isRowSelected(2, QModelIndex())
    assert lines(panel, Column.PLACE)[2] == chosen


def test_a_sentence_whose_figures_change_stays_the_selected_line(panel: ProblemsPanel, qtbot: QtBot) -> None:
    bridge = opened("白渚市")
    panel.show_bridge(bridge)
    panel.view.setCurrentIndex(panel.view.model().index(0, 0))
    put(bridge, "190万")
    qtbot.waitUntil(lambda: "190万" in lines(panel, Column.MESSAGE)[0])
    assert panel.view.currentIndex().row() == 0


def test_a_filing_that_is_closed_is_no_longer_followed(panel: ProblemsPanel) -> None:
    bridge = opened("白渚市")
    panel.show_bridge(bridge)
    panel.show_bridge(None)
    put(bridge, "不是数")
    panel.recheck()
    assert lines(panel, Column.MESSAGE) == []
    empty_words = part(panel, QLabel, "problems_empty")
    assert empty_words.isVisible()


def test_the_language_is_switched_at_once(panel: ProblemsPanel) -> None:
    panel.show_bridge(opened("白渚市"))
    language.use("en")
    try:
        panel.changeEvent(QEvent(QEvent.Type.LanguageChange))
        english = [*lines(panel, Column.SEVERITY), said(panel, "verdict")]
    finally:
        language.use("zh_CN")
    panel.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert english[0] == language_of("必须改")
    assert said(panel, "verdict") == "还有 1 处必须改"


def language_of(message: str) -> str:
    language.use("en")
    try:
        return language.sentence(message)
    finally:
        language.use("zh_CN")


def test_the_model_keeps_every_contract_under_any_change(qtbot: QtBot) -> None:
    model = ProblemModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    chance = random.Random(7)
    for _ in range(300):
        wanted = [_entry(chance.randrange(30), chance.randrange(3)) for _ in range(chance.randrange(12))]
        model.update(wanted)
        assert [*model.lines] == wanted
    assert tester.model() is model


def test_a_thousand_lines_are_exchanged_when_all_are_different(qtbot: QtBot) -> None:
    model = ProblemModel()
    model.update([_entry(number, 0) for number in range(1000)])
    model.update([_entry(number, 0) for number in range(1000, 3000)])
    assert model.rowCount() == 2000
    assert model.lines[0].place == "1000"


def test_entries_of_the_same_filing_are_the_same(qtbot: QtBot) -> None:
    bridge = empty()
    assert entries(bridge.review) == entries(bridge.review)


def _entry(number: int, figure: int) -> Entry:
    problem = Problem("R", Severity.ERROR, Place(field=str(number)), "差 {n}", {"n": str(figure)})
    return Entry("必须改", str(number), str(problem), "R", problem)
