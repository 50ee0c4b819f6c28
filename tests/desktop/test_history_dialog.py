"""The history dialog over a real library: what was done, what it changed, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop.dialogs.frame import LARGEST
from desktop.dialogs.history import HistoryDialog
from desktop.jobs import Jobs
from desktop.librarian import Librarian
from forms.commands import Batch, Command, DropIndicator, SetValue
from forms.filing import Filing, Place
from forms.history.restoring import WayBack
from tests.desktop.conftest import WAIT_MS, MakeWindow
from tests.desktop.parts import button, part, press, said
from tests.forms.history.lives import AMOUNT, GOAL, Life


@pytest.fixture
def life(tmp_path: Path) -> Life:
    """A filing that was typed in, pasted over wrongly, and typed in again the next day; the library is closed."""
    life = Life(tmp_path)
    life.put(AMOUNT, "90")
    life.clock.on(hours=5)
    name = next(iter(life.filing.indicators[0].columns))
    wrong: list[Command] = [SetValue(Place(indicator=one.id, column=name), "错") for one in life.filing.indicators[:2]]
    wrong += [DropIndicator(life.filing.indicators[3].id), SetValue(GOAL, "错了")]
    life.do(Batch(tuple(wrong), "粘贴指标"), "pasted")  # type: ignore[arg-type]  # each of them is a leaf
    life.library.revise(life.ident, reason="close")
    life.clock.on(days=1)
    life.put(AMOUNT, "91")
    life.put(GOAL, "第二天写的")
    return life


class Shown:
    """The dialog over a life, and what it asked for."""

    def __init__(self, life: Life, folder: Path, qtbot: QtBot) -> None:
        self.now: Filing = life.filing
        self.before: Filing = life.past().at(1)
        template = life.template
        life.library.close()
        self._qtbot = qtbot
        self._librarian, self._jobs = Librarian(folder / "library.jixiao"), Jobs()
        self.dialog = HistoryDialog(self._librarian, self._jobs, template, self.now)
        qtbot.addWidget(self.dialog)
        self.asked: list[WayBack] = []
        self.dialog.restored.connect(self.asked.append)
        self.dialog.show()
        self.settle()

    def settle(self, count: int = 1) -> None:
        """Wait until so many differences are shown, or more."""
        self._qtbot.waitUntil(lambda: self.dialog.table.model().rowCount() >= count, timeout=WAIT_MS)

    def item(self, words: str) -> QTreeWidgetItem:
        """The line of the time line that says so."""
        self.dialog.timeline.expandAll()
        self.dialog.timeline.expandAll()
        flags = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        return self.dialog.timeline.findItems(words, flags, 2)[0]

    def choose(self, words: str) -> None:
        self.dialog.timeline.setCurrentItem(self.item(words))
        self._qtbot.waitUntil(lambda: not self._jobs.running, timeout=WAIT_MS)

    def rows(self) -> list[tuple[str, str, str]]:
        model = self.dialog.table.model()
        return [
            (str(model.index(row, 1).data()), str(model.index(row, 3).data()), str(model.index(row, 4).data()))
            for row in range(model.rowCount())
        ]

    def restored(self) -> Filing:
        """The filing after what was asked for."""
        (back,) = self.asked
        assert back.step is not None
        return back.step.apply(self.now)[0]

    def close(self) -> None:
        self._jobs.close()
        self._librarian.close()


@pytest.fixture
def shown(life: Life, tmp_path: Path, qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(life, tmp_path, qtbot)
    yield made
    made.close()


def test_it_lists_days_with_the_newest_first_and_shows_what_was_done_last(shown: Shown) -> None:
    tops = [shown.dialog.timeline.topLevelItem(at) for at in range(shown.dialog.timeline.topLevelItemCount())]
    days = [one.text(0) for one in tops if one is not None]
    assert days == sorted(days, reverse=True)
    assert shown.rows()[0] == ("资金需求", "90", "91")
    assert "改了 2 处" in said(shown.dialog, "verdict")
    assert shown.dialog.height() <= LARGEST.height()


def test_a_paste_tells_origin_number_and_revision(shown: Shown) -> None:
    item = shown.item("粘贴指标")
    assert item.text(1) == "粘贴"
    assert "4 处" in item.text(2)
    assert "第 2 版 关闭" in item.text(2)


def test_a_wrong_paste_is_taken_back_and_what_was_typed_since_stays(shown: Shown) -> None:
    shown.choose("粘贴指标")
    assert len(shown.rows()) == 4
    press(shown.dialog, "restore_all")
    after = shown.restored()
    assert after.indicators == shown.before.indicators
    assert (after.text(AMOUNT), after.text(GOAL)) == ("91", "第二天写的")
    assert shown.asked[0].left == 1


def test_one_place_comes_back_alone(shown: Shown) -> None:
    shown.choose("粘贴指标")
    at = next(row for row, (where, *_) in enumerate(shown.rows()) if where == "总体目标")
    shown.dialog.table.selectRow(at)
    assert not button(shown.dialog, "restore_branch").isEnabled()
    press(shown.dialog, "restore_here")
    assert shown.restored().text(GOAL) == shown.before.text(GOAL)
    assert shown.restored().indicators == shown.now.indicators


def test_a_branch_is_chosen_from_its_menu(shown: Shown) -> None:
    shown.choose("粘贴指标")
    at = next(row for row, (_, old, _new) in enumerate(shown.rows()) if "错" not in old and row > 0)
    shown.dialog.table.selectRow(at)
    menu = part(shown.dialog, QPushButton, "restore_branch").menu()
    assert len(menu.actions()) == 3
    menu.actions()[-1].trigger()
    assert shown.restored().indicators == shown.before.indicators
    assert shown.restored().text(GOAL) == "第二天写的"


def test_all_of_it_goes_back_to_a_moment(shown: Shown, qtbot: QtBot) -> None:
    shown.choose("88")
    kind = part(shown.dialog, QComboBox, "kind")
    kind.setCurrentIndex(1)
    shown.settle(4)
    qtbot.waitUntil(lambda: "从那时到现在" in said(shown.dialog, "verdict"), timeout=WAIT_MS)
    press(shown.dialog, "restore_all")
    assert shown.restored() == shown.before


def test_two_moments_are_compared_with_each_other(shown: Shown, qtbot: QtBot) -> None:
    shown.choose("88")
    shown.item("第二天写的").setSelected(True)
    qtbot.waitUntil(lambda: len(shown.rows()) == 5, timeout=WAIT_MS)
    assert ("资金需求", "90", "91") in shown.rows()


def test_only_one_origin_is_shown(shown: Shown) -> None:
    origin = part(shown.dialog, QComboBox, "origin")
    origin.setCurrentIndex(origin.findText("粘贴"))
    assert shown.dialog.timeline.topLevelItemCount() == 1
    assert shown.dialog.timeline.moments()[0].origin == "pasted"


def test_a_filing_the_library_does_not_hold_is_told_in_the_dialog(
    life: Life, bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = HistoryDialog(bare_librarian, jobs, life.template, life.filing)
    qtbot.addWidget(dialog)
    life.library.close()
    qtbot.waitUntil(lambda: life.ident in said(dialog, "verdict"), timeout=WAIT_MS)
    assert not button(dialog, "restore_all").isEnabled()


def test_what_is_restored_in_the_window_is_one_step_of_undo(make_window: MakeWindow, life: Life, qtbot: QtBot) -> None:
    ident, past = life.ident, life.past()
    life.library.close()
    window = make_window(life.library.path)
    window.work.open(ident)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    assert window.open is not None
    window.actions_["history"].trigger()
    qtbot.waitUntil(lambda: window.findChild(HistoryDialog) is not None, timeout=WAIT_MS)
    dialog = part(window, HistoryDialog, "history_dialog")
    qtbot.waitUntil(button(dialog, "restore_all").isEnabled, timeout=WAIT_MS)
    press(dialog, "restore_all")
    assert window.open.bridge.filing == past.at(2)
    assert "已恢复 2 处" in window.status.currentMessage()
    window.actions_["undo"].trigger()
    assert window.open.bridge.filing == past.at(past.newest)


def test_a_long_life_is_listed_without_making_every_line(tmp_path: Path, qtbot: QtBot) -> None:
    life = Life(tmp_path)
    for number in range(600):
        life.put(AMOUNT, str(number), "pasted")
        life.clock.on(hours=1)
    made = Shown(life, tmp_path, qtbot)
    made_items = sum(
        1 for at in range(made.dialog.timeline.topLevelItemCount())
        if (top := made.dialog.timeline.topLevelItem(at)) is not None and top.childCount()
    )  # fmt: skip
    assert made.dialog.timeline.topLevelItemCount() > 20
    assert made_items == 1
    made.close()
