"""The library panel: what is listed, found while typing, opened by key and click, and said when there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.librarian import Librarian
from desktop.look import speak
from desktop.models.library import ID_ROLE, STATE, STATES, TITLE, LibraryModel
from desktop.panels.library import LibraryPanel
from desktop.two_lines import DETAILS_ROLE
from forms.filing import STATES as KNOWN_STATES
from forms.store.library import Library
from forms.store.records import Summary
from forms.titles import APART
from tests.desktop.conftest import WAIT_MS, compose
from tests.desktop.open_forms import incoming
from tests.desktop.parts import button, said


def summary(ident: str, title: str, *, unit: str = "", year: str = "2026", state: str = "draft") -> Summary:
    return Summary(ident, "t", "区域绩效目标申报表", title, unit, year, state, "2026-03-01T08:00:00+00:00")


@pytest.fixture
def model() -> LibraryModel:
    made = LibraryModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show([
        summary("a", "一、水库维修（云栖市）", unit="云栖市水利局"),
        summary("b", "二、养老机构（枫陵市）", unit="枫陵市民政局", state="exported"),
        summary("c", "任务清单", year="2025"),
    ])  # fmt: skip
    return made


def shown(model: LibraryModel) -> list[str]:
    return [model.index(row, 0).data(ID_ROLE) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "abc"),
        ("养老", "b"),
        ("水利局", "a"),
        ("2025", "c"),
        ("区域", "abc"),
        ("已导出", "b"),
        ("2026 市", "ab"),
        ("没有", ""),
    ],
)
def test_a_search_finds_title_unit_year_state_and_template(model: LibraryModel, text: str, found: str) -> None:
    model.narrow(text)
    assert shown(model) == list(found)


def test_what_a_filing_is_about_stands_under_its_title_and_in_the_tip() -> None:
    model = LibraryModel()
    model.show([summary("a", f"区域绩效目标申报表（2026年度）{APART}水库维修", unit="水利局")])
    index = model.index(0, TITLE)
    assert index.data() == "区域绩效目标申报表（2026年度）"
    assert index.data(DETAILS_ROLE) == "草稿 · 水库维修 · 水利局"
    assert "区域绩效目标申报表（2026年度）\n草稿\n水库维修\n水利局" in index.data(Qt.ItemDataRole.ToolTipRole)
    model.narrow("水库")
    assert model.rowCount() == 1


def test_every_state_of_a_filing_has_a_word() -> None:
    assert set(STATES) == set(KNOWN_STATES)


def test_states_are_words_and_screen_readers_hear_the_whole_line(model: LibraryModel) -> None:
    assert model.index(1, STATE).data() == "已导出"
    assert model.index(1, TITLE).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "二、养老机构（枫陵市），已导出，2026，枫陵市民政局，区域绩效目标申报表"
    )
    speak("en")
    assert model.index(1, STATE).data() != "已导出"


def test_new_words_of_the_same_filings_keep_every_row(model: LibraryModel, qtbot: QtBot) -> None:
    changed = [summary("a", "另一个标题"), summary("b", "乙"), summary("c", "丙")]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show(changed)
    assert model.index(0, TITLE).data() == "另一个标题"


@pytest.fixture
def panel(librarian: Librarian, qtbot: QtBot) -> LibraryPanel:
    made = LibraryPanel(librarian)
    qtbot.addWidget(made)
    made.resize(280, 600)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: made.model.rowCount() > 0, timeout=WAIT_MS)
    return made


def test_it_lists_every_filing_and_every_template(panel: LibraryPanel) -> None:
    assert panel.model.rowCount() == len(incoming())
    assert panel.forms.count() >= 3
    assert said(panel, "library-message") == ""


def test_typing_narrows_and_enter_opens_the_first(panel: LibraryPanel, qtbot: QtBot) -> None:
    compose(panel.search, "sha", "shadu", commit="沙渡")
    assert panel.model.rowCount() == 1
    with qtbot.waitSignal(panel.opened) as told:
        qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    assert told.args == [panel.model.index(0, 0).data(ID_ROLE)]


def test_a_search_ends_where_it_hides_what_has_just_been_opened_or_brought_in(
    panel: LibraryPanel, qtbot: QtBot
) -> None:
    first, second = (panel.model.index(row, 0).data(ID_ROLE) for row in (0, 1))
    arrivals: tuple[Callable[[], None], ...] = (lambda: panel.select(first), lambda: panel.expect([second]))
    for arrives in arrivals:
        compose(panel.search, commit="望溪")
        assert panel.model.rowCount() == 1
        with qtbot.waitSignal(panel.found_again):
            arrives()
        assert panel.search.text() == ""
        assert panel.model.rowCount() == len(incoming())
    compose(panel.search, commit="望溪")
    panel.select(first)  # read anew: who searches goes on searching
    assert panel.model.rowCount() == 1


def test_nothing_found_says_so(panel: LibraryPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.search, "zzz")
    assert "没有找到" in said(panel, "library-message")
    panel.search.clear()
    assert said(panel, "library-message") == ""


def test_enter_and_double_click_open_the_filing_under_them(panel: LibraryPanel, qtbot: QtBot) -> None:
    index = panel.model.index(1, 0)
    panel.filings.setCurrentIndex(index)
    with qtbot.waitSignal(panel.opened) as told:
        qtbot.keyClick(panel.filings, Qt.Key.Key_Return)
    assert told.args == [index.data(ID_ROLE)]
    at = panel.filings.visualRect(panel.model.index(2, 0)).center()
    with qtbot.waitSignal(panel.opened) as told:
        qtbot.mouseClick(panel.filings.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(panel.filings.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == [panel.model.index(2, 0).data(ID_ROLE)]


def test_a_template_asks_for_a_new_filing(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.forms.setCurrentRow(0)
    with qtbot.waitSignal(panel.new_wanted) as told:
        qtbot.keyClick(panel.forms, Qt.Key.Key_Return)
    assert told.args == [panel.forms.item(0).data(ID_ROLE)]


def test_reading_again_keeps_the_bar_where_it_is(panel: LibraryPanel, qtbot: QtBot) -> None:
    panel.filings.setCurrentIndex(panel.model.index(3, 0))
    kept = panel.filings.current()
    with qtbot.waitSignal(panel.warned, timeout=WAIT_MS):
        panel.refresh()
    assert panel.filings.current() == kept != ""


def test_an_empty_library_says_how_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    librarian = Librarian(tmp_path / "empty.jixiao")
    panel = LibraryPanel(librarian)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.warned, timeout=WAIT_MS):
        panel.refresh()
    librarian.close()
    assert "库里还没有表" in said(panel, "library-message")


def test_a_library_in_use_is_told_in_a_sentence_and_tried_again(qtbot: QtBot, library: Path) -> None:
    librarian = Librarian(library)
    panel = LibraryPanel(librarian)
    qtbot.addWidget(panel)
    again = button(panel, "library-again")
    with Library.open(library):
        panel.refresh()
        qtbot.waitUntil(lambda: "请先关闭" in said(panel, "library-message"), timeout=WAIT_MS)
    with qtbot.waitSignal(panel.warned, timeout=WAIT_MS):
        again.click()
    librarian.close()
    assert panel.model.rowCount() == len(incoming())
    assert said(panel, "library-message") == ""
