"""Indicators are offered while a name is typed, the caret staying in the cell, and taking one is one step of undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.editor.offers import Offers, offers_of
from desktop.editor.tree import IndicatorView
from desktop.indicators_known import KnownIndicators
from desktop.librarian import Librarian
from desktop.window import Window
from forms.errors import IndicatorsRefused
from forms.indicator_library import Entry, IndicatorLibrary
from forms.indicator_library.packs import own_folder
from tests.desktop.conftest import WAIT_MS, compose
from tests.desktop.indicator_forms import QUALITY, QUANTITY, at, editor, indicator, opened, place, shown
from tests.desktop.parts import part

Key = Qt.Key
RATE = Entry("设备验收合格率", "质量指标", "≥95%", "%", "采购合同", category="设备购置", used=3)
COUNT = Entry("购置设备数量", "数量指标", "＝", "台", "采购方案", category="设备购置")


@pytest.fixture
def view(qtbot: QtBot) -> IndicatorView:
    made = shown(qtbot, opened([indicator("a", QUALITY, name="旧名", value=""), indicator("b", QUALITY, value="≥3次")]))
    library = IndicatorLibrary((RATE, COUNT))
    made.offers.library = lambda: library
    return made


def offers(view: IndicatorView) -> Offers:
    found = offers_of(editor(view))
    assert found is not None
    return found


def names(view: IndicatorView) -> list[str]:
    model = offers(view).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def type_over(view: IndicatorView, words: str) -> None:
    editor(view).selectAll()
    compose(editor(view), "she", commit=words)


def test_what_answers_the_letters_is_offered_and_the_caret_stays(view: IndicatorView) -> None:
    view.reveal(at("a"))
    assert not offers(view).isVisible()
    type_over(view, "设备")
    assert names(view) == ["设备验收合格率", "购置设备数量"]
    assert offers(view).isVisible()
    assert QApplication.focusWidget() is editor(view)
    assert not offers(view).currentIndex().isValid()


def test_one_is_taken_by_keys_with_its_value_as_one_step(view: IndicatorView) -> None:
    view.reveal(at("a"))
    type_over(view, "设备")
    QTest.keyClick(editor(view), Key.Key_Down)
    QTest.keyClick(editor(view), Key.Key_Return)
    columns = view.bridge.filing.indicators[0].columns
    assert columns == {"三级指标": "设备验收合格率", "指标值": "≥95%"}
    assert editor(view).text() == "设备验收合格率"
    assert place(view) == at("a")
    assert not offers(view).isVisible()
    view.bridge.undo()
    assert view.bridge.filing.indicators[0].columns == {"三级指标": "设备"}


def test_what_stands_in_the_row_already_is_kept(view: IndicatorView) -> None:
    view.reveal(at("b"))
    type_over(view, "合格率")
    QTest.keyClick(editor(view), Key.Key_Down)
    QTest.keyClick(editor(view), Key.Key_Return)
    assert view.bridge.filing.indicators[1].columns == {"三级指标": "设备验收合格率", "指标值": "≥3次"}


def test_f4_offers_the_usual_ones_in_an_empty_row_and_a_click_takes_one(view: IndicatorView) -> None:
    view.go_to(view.tree_model.index(0, 0, view.tree_model.branch_index(*QUANTITY)))
    QTest.keyClick(editor(view), Key.Key_F4)
    assert names(view) == ["购置设备数量"]
    listed = offers(view)
    QTest.mouseClick(
        listed.viewport(), Qt.MouseButton.LeftButton, pos=listed.visualRect(listed.model().index(0, 0)).center()
    )
    taken = [one.columns for one in view.bridge.filing.indicators if one.level2 == "数量指标"]
    assert taken == [{"三级指标": "购置设备数量"}]  # a sign without its number is no value
    assert editor(view).text() == "购置设备数量"


def test_escape_closes_the_list_and_leaves_the_cell_open(view: IndicatorView) -> None:
    view.reveal(at("a"))
    type_over(view, "设备")
    QTest.keyClick(editor(view), Key.Key_Escape)
    assert not offers(view).isVisible()
    assert view.cell_editor() is not None
    QTest.keyClick(editor(view), Key.Key_Escape)
    assert view.cell_editor() is None


def test_enter_without_a_choice_means_what_it_always_does(view: IndicatorView) -> None:
    view.reveal(at("a"))
    type_over(view, "设备")
    QTest.keyClick(editor(view), Key.Key_Return)
    assert view.bridge.filing.indicators[0].columns == {"三级指标": "设备"}
    assert place(view) == at("b")


def test_up_from_the_first_goes_back_into_the_text(view: IndicatorView) -> None:
    view.reveal(at("a"))
    type_over(view, "设备")
    QTest.keyClick(editor(view), Key.Key_Down)
    QTest.keyClick(editor(view), Key.Key_Up)
    assert not offers(view).currentIndex().isValid()
    assert place(view) == at("a")


def test_nothing_is_offered_in_other_columns(view: IndicatorView) -> None:
    view.reveal(at("a", "指标值"))
    assert offers_of(editor(view)) is None


def test_what_is_wrong_with_a_pack_is_told_and_the_others_are_known(librarian: Librarian, qtbot: QtBot) -> None:
    folder = own_folder(librarian.path)
    folder.mkdir()
    (folder / "坏.yaml").write_text("指标: 无", encoding="utf-8")
    (folder / "本县.yaml").write_text("指标:\n  数量指标:\n    - {名称: 修建便民桥数量, 单位: 座}", encoding="utf-8")
    told: list[IndicatorsRefused] = []
    parent = QObject()
    known = KnownIndicators(librarian, parent)
    known.refused.connect(told.append)
    with qtbot.waitSignal(known.gathered, timeout=WAIT_MS):
        known.gather()
    assert ["坏.yaml" in str(one) for one in told] == [True]
    assert known.library is not None
    assert [one.name for one in known.library.search("便民桥", "数量")] == ["修建便民桥数量"]
    assert any(one.used for one in known.library.search("", "数量指标", most=100))  # by the filings of the library


def test_the_window_offers_what_it_knows_in_an_open_form(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.known.library is not None, timeout=WAIT_MS)
    window.work.begin("gd-quyu-2022")
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    assert window.open is not None
    view = part(window.open.form, IndicatorView)
    view.go_to(view.tree_model.index(0, 0, view.tree_model.branch_index(*QUANTITY)))
    compose(editor(view), commit="培训人次")
    assert "培训人次" in names(view)
