"""Making next year's form, or the monitoring of a target, in the window: shown before it is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.carrying import CarryDialog
from desktop.librarian import Librarian
from forms.errors import JixiaoError
from forms.files import resource
from forms.filing import Filing
from tests.desktop.conftest import WAIT_MS
from tests.desktop.open_forms import incoming
from tests.desktop.parts import button, part, press, said

IDENT = next(one.filing.id for one in incoming() if "沙渡市" in one.filing.values.values())


@pytest.fixture
def dialog(librarian: Librarian, qtbot: QtBot) -> CarryDialog:
    made = CarryDialog(librarian, IDENT)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: offers(made).count() > 1, timeout=WAIT_MS)
    return made


def offers(dialog: CarryDialog) -> QListWidget:
    return part(dialog, QListWidget, "offers")


def stored(librarian: Librarian, ident: str, qtbot: QtBot) -> Filing:
    answers: list[Filing] = []

    def refuse(error: JixiaoError) -> None:
        raise AssertionError(error)

    librarian.ask(lambda desk: desk.library.filing(ident), answers.append, refuse)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    return answers[0]


def test_next_year_comes_first_and_everything_goes_along(
    dialog: CarryDialog, librarian: Librarian, qtbot: QtBot
) -> None:
    assert "2027" in offers(dialog).item(0).text()
    assert "没有位置" not in said(dialog, "verdict")
    with qtbot.waitSignal(dialog.made, timeout=WAIT_MS) as told:
        press(dialog, "accept")
    made = stored(librarian, told.args[0], qtbot)
    old = stored(librarian, IDENT, qtbot)
    assert made.year == "2027"
    assert made.indicators == old.indicators
    assert made.origin is not None
    assert made.origin.filing == IDENT


def test_another_form_tells_what_stays_behind_before_it_is_made(dialog: CarryDialog, qtbot: QtBot) -> None:
    names = [offers(dialog).item(row).text() for row in range(offers(dialog).count())]
    row = next(number for number, name in enumerate(names) if "监控" in name)
    offers(dialog).setCurrentRow(row)
    assert "没有位置" in said(dialog, "verdict")
    model = dialog.table.model()
    kinds = [str(model.index(at, 0).data()) for at in range(model.rowCount())]
    assert kinds[0] == "没有带来"
    assert kinds[-1] == "带来"


def test_nothing_is_made_when_the_dialog_is_left(dialog: CarryDialog, librarian: Librarian, qtbot: QtBot) -> None:
    answers: list[int] = []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    librarian.ask(lambda desk: len(desk.library.list()), answers.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    assert answers == [len(incoming())]


def test_a_filing_that_is_gone_is_told(librarian: Librarian, qtbot: QtBot) -> None:
    made = CarryDialog(librarian, "0123456789")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: "0123456789" in said(made, "verdict"), timeout=WAIT_MS)
    assert not button(made, "accept").isEnabled()


def test_a_draft_on_an_older_version_is_offered_to_move_and_what_has_no_place_stays_beside_it(
    librarian: Librarian, qtbot: QtBot
) -> None:
    text = resource("templates", "gd-quyu-2022.yaml").read_text(encoding="utf-8")
    newer = text.replace('版本: "2022.1"', '版本: "2027.1"').replace("  政策依据: 长文2000\n", "")
    newer = newer.replace("  政策依据     | < | [政策依据]\n", "")
    answers: list[object] = []
    librarian.ask(lambda desk: desk.install(newer), answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    made = CarryDialog(librarian, IDENT)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: offers(made).count() > 1, timeout=WAIT_MS)
    assert "2027.1" in offers(made).item(0).text()
    assert "1 处在这种表里没有位置" in said(made, "verdict")
    with qtbot.waitSignal(made.made, timeout=WAIT_MS) as told:
        press(made, "accept")
    moved = stored(librarian, told.args[0], qtbot)
    assert moved.template.version == "2027.1"
    assert "政策依据" not in moved.values
    reports: list[dict[str, object] | None] = []
    librarian.ask(lambda desk: desk.library.report(moved.id), reports.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(reports), timeout=WAIT_MS)
    assert "政策依据：" in str(reports[0])
