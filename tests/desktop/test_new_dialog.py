"""A new filing: every form by name, a picture of the blank form, nothing made before it is accepted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.beginning import NewDialog
from desktop.dialogs.frame import LARGEST
from desktop.jobs import Jobs
from desktop.librarian import Librarian
from desktop.pagelist import PageList
from desktop.two_lines import DETAILS_ROLE
from forms.templates import Templates
from tests.desktop.conftest import compose
from tests.desktop.parts import button, part


@pytest.fixture
def dialog(jobs: Jobs, bare_librarian: Librarian, qtbot: QtBot) -> NewDialog:
    made = NewDialog(bare_librarian, jobs)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: names(made).count() > 0, timeout=20_000)
    return made


def names(dialog: NewDialog) -> QListWidget:
    return part(dialog, QListWidget, "templates")


def search(dialog: NewDialog) -> QLineEdit:
    return part(dialog, QLineEdit, "search")


def pages(dialog: NewDialog) -> PageList:
    return part(dialog, PageList)


def test_every_shipped_form_is_there_with_a_picture_of_it(dialog: NewDialog, qtbot: QtBot) -> None:
    known = list(Templates.shipped())
    assert names(dialog).count() == len({one.id for one in known})
    assert dialog.chosen() == known[0].id
    qtbot.waitUntil(lambda: pages(dialog).pages > 0)
    QTest.keyClick(names(dialog), Qt.Key.Key_Down)
    assert dialog.chosen() == known[1].id
    qtbot.waitUntil(lambda: pages(dialog).pages > 0)


def test_typing_narrows_the_list_to_forms_with_all_the_words(dialog: NewDialog, qtbot: QtBot) -> None:
    compose(search(dialog), "he", commit="河北 专项")
    visible = [row for row in range(names(dialog).count()) if not names(dialog).item(row).isHidden()]
    assert len(visible) == 1
    assert dialog.chosen() == "hb-zhuanxiang-2020"


def test_with_no_form_found_there_is_nothing_to_accept(dialog: NewDialog) -> None:
    ok = button(dialog, "accept")
    assert ok.isEnabled()
    compose(search(dialog), "mei", commit="没有这种表")
    assert dialog.chosen() == ""
    assert not ok.isEnabled()
    search(dialog).clear()
    assert dialog.chosen()
    assert ok.isEnabled()


def test_enter_on_a_form_accepts_it(dialog: NewDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(names(dialog), Qt.Key.Key_Return)
    assert dialog.chosen()


def test_it_fits_the_small_screen_and_escape_leaves_it(dialog: NewDialog) -> None:
    assert dialog.width() <= LARGEST.width()
    assert dialog.height() <= LARGEST.height()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == 0


def test_a_form_whose_layout_nobody_has_compared_says_so(dialog: NewDialog, qtbot: QtBot) -> None:
    about = part(dialog, QLabel, "about")
    compose(search(dialog), "zp", commit="绩效自评表")
    assert dialog.chosen() == "mof-zipin-2020"
    assert names(dialog).currentItem().data(DETAILS_ROLE).endswith("版面待核")
    assert "请与当地印发的表对照" in about.text()
    search(dialog).setText("区域绩效目标申报表 广东")
    assert dialog.chosen() == "gd-quyu-2022"
    assert "待核" not in names(dialog).currentItem().text() + about.text()
    qtbot.waitUntil(lambda: pages(dialog).pages > 0)
