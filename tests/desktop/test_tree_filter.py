"""Only rows that want work are left of a tree; nothing goes away under the caret, and whoever is sent there arrives."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from desktop.editor.tree import IndicatorView
from desktop.editor.tree_filter import Only
from desktop.window import Window
from forms.commands import SetValue
from tests.desktop.conftest import WAIT_MS
from tests.desktop.indicator_forms import ECONOMY, QUALITY, at, indicator, opened, place, shown


@pytest.fixture
def view(qtbot: QtBot) -> IndicatorView:
    wrong = indicator("c", ECONOMY, name="企业营业收入", value="≥300万元", 完成数="两个")
    return shown(
        qtbot,
        opened([
            indicator("a", QUALITY, name="设备验收合格率", value="≥95%"),
            indicator("b", QUALITY, name="设备完好率", value=""),
            wrong,
        ]),
    )  # fmt: skip


def seen(view: IndicatorView) -> list[str]:
    """The ids of the rows that are shown, empty for those that wait."""
    return [row.ident for row in view.tree_model.rows() if not hidden(view, view.tree_model.index_of(row))]


def hidden(view: IndicatorView, index: QModelIndex) -> bool:
    return index.isValid() and (view.isIndexHidden(index) or hidden(view, index.parent()))


def test_rows_not_filled_in_are_left_and_those_that_wait(view: IndicatorView) -> None:
    everything = seen(view)
    count = view.filter.show(Only.EMPTY)
    assert "b" in seen(view)
    assert not {"a", "c"} & set(seen(view))
    assert count == len(seen(view))
    assert view.filter.show(Only.ALL) == len(everything)
    assert seen(view) == everything


def test_rows_with_something_wrong_are_left_and_empty_branches_go(view: IndicatorView) -> None:
    view.filter.show(Only.FAULTY)
    assert "c" in seen(view)
    assert "a" not in seen(view)
    assert "" not in seen(view)


def test_a_row_stays_while_it_is_filled_in(view: IndicatorView) -> None:
    view.filter.show(Only.EMPTY)
    view.bridge.do(SetValue(at("b", "指标值"), "≥98%"))
    assert "b" in seen(view)


def test_whoever_is_sent_to_a_hidden_row_arrives_there(view: IndicatorView) -> None:
    view.filter.show(Only.EMPTY)
    view.reveal(at("a", "指标值"))
    assert place(view) == at("a", "指标值")
    assert "c" in seen(view)


def test_the_window_says_how_many_are_left(window: Window, qtbot: QtBot) -> None:
    window.work.begin("gd-quyu-2022")
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    window.actions_["rows-empty"].trigger()
    assert "没填全" in window.statusBar().currentMessage()
    window.actions_["rows-all"].trigger()
    assert "全部" in window.statusBar().currentMessage()
