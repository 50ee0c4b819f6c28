"""The units are written down once, by keys, and new forms have them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QListWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.beginning import NewDialog
from desktop.dialogs.profiles import ProfilesDialog
from desktop.librarian import Librarian
from desktop.window import Window
from forms.profile import Profile, keep_profiles
from tests.desktop.conftest import WAIT_MS, compose
from tests.desktop.parts import button, part, press, said

LAKE, ROAD = Profile("沙渡市生态环境局", "沙渡市"), Profile("浣城市交通运输局", "浣城市")


def show(window: Window, qtbot: QtBot) -> ProfilesDialog:
    window.actions_["profiles"].trigger()
    dialog = window.findChild(ProfilesDialog)
    assert dialog is not None
    return dialog


def kept(librarian: Librarian, qtbot: QtBot) -> tuple[Profile, ...]:
    answers: list[tuple[Profile, ...]] = []
    librarian.ask(lambda desk: desk.profiles(), answers.append, lambda error: pytest.fail(str(error)))
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    return answers[0]


def keep(window: Window, *units: Profile) -> None:
    window.librarian.ask(lambda desk: keep_profiles(desk.library, units), lambda _: None, lambda _: None)


def test_what_is_typed_is_kept_and_the_window_says_for_whom_forms_begin(window: Window, qtbot: QtBot) -> None:
    dialog = show(window, qtbot)
    compose(dialog.fields["unit"], "sha", commit="沙渡市生态环境局")
    QTest.keyClick(dialog.fields["unit"], Qt.Key.Key_Tab)
    compose(dialog.fields["region"], commit="沙渡市")
    press(dialog, "save")
    qtbot.waitUntil(lambda: "沙渡市生态环境局" in said(window, "welcome-for"), timeout=WAIT_MS)
    assert kept(window.librarian, qtbot) == (LAKE,)


def test_several_units_are_kept_and_one_is_dropped(window: Window, qtbot: QtBot) -> None:
    keep(window, LAKE)
    dialog = show(window, qtbot)
    units = part(dialog, QListWidget, "units")
    qtbot.waitUntil(lambda: units.item(0).text() == LAKE.unit, timeout=WAIT_MS)
    press(dialog, "add_unit")
    compose(dialog.fields["unit"], commit=ROAD.unit)
    compose(dialog.fields["region"], commit=ROAD.region)
    assert [units.item(row).text() for row in range(2)] == [LAKE.unit, ROAD.unit]
    units.setCurrentRow(0)
    assert dialog.fields["unit"].text() == LAKE.unit
    press(dialog, "drop_unit")
    assert dialog.fields["unit"].text() == ROAD.unit
    press(dialog, "save")
    qtbot.waitUntil(lambda: ROAD.unit in said(window, "welcome-for"), timeout=WAIT_MS)
    assert kept(window.librarian, qtbot) == (ROAD,)


def test_leaving_the_dialog_changes_nothing(window: Window, qtbot: QtBot) -> None:
    keep(window, LAKE)
    dialog = show(window, qtbot)
    qtbot.waitUntil(lambda: dialog.fields["unit"].text() == LAKE.unit, timeout=WAIT_MS)
    compose(dialog.fields["person"], commit="某某")
    press(dialog, "cancel")
    assert kept(window.librarian, qtbot) == (LAKE,)


def test_the_last_unit_cannot_be_dropped_when_it_is_empty(window: Window, qtbot: QtBot) -> None:
    dialog = show(window, qtbot)
    assert not button(dialog, "drop_unit").isEnabled()


def test_a_new_form_is_for_the_unit_and_the_year_that_are_chosen(window: Window, qtbot: QtBot) -> None:
    keep(window, LAKE, ROAD)
    dialog = NewDialog(window.librarian, window.jobs, window, today=date(2026, 11, 24))
    dialog.show()
    unit, year = part(dialog, QComboBox, "unit"), part(dialog, QComboBox, "year")
    qtbot.waitUntil(lambda: unit.count() == 2 and bool(dialog.chosen()), timeout=WAIT_MS)
    assert (dialog.unit(), dialog.year()) == (LAKE, "2027")
    QTest.keyClick(unit, Qt.Key.Key_Down)
    QTest.keyClick(year, Qt.Key.Key_Up)
    assert (dialog.unit(), dialog.year()) == (ROAD, "2026")
    window.work.begin("gd-quyu-2022", dialog.unit(), dialog.year())
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    assert window.open is not None
    assert window.open.bridge.filing.unit.name == ROAD.unit
    assert window.open.bridge.filing.year == "2026"
    dialog.reject()
