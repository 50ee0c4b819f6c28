"""The comparison dialog over a real library: revisions and other filings, and the printed 修改对照表."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.dialogs.comparing import CompareDialog
from desktop.dialogs.frame import LARGEST
from desktop.jobs import Jobs
from desktop.librarian import Librarian
from desktop.still import Still
from forms.commands import SetValue
from forms.draft import Draft
from forms.filing import Place
from tests.desktop.conftest import WAIT_MS
from tests.desktop.open_forms import opened
from tests.desktop.parts import button, part, press, said

AMOUNT = Place(field="资金需求")


def compared(bridge: Bridge, librarian: Librarian, jobs: Jobs, folder: Path, qtbot: QtBot) -> CompareDialog:
    made = CompareDialog(librarian, jobs, Still(bridge.review), None, folder)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> CompareDialog:
    bridge = opened("沙渡市")
    bridge.do(SetValue(AMOUNT, "99.5"))
    made = compared(bridge, librarian, jobs, tmp_path, qtbot)
    qtbot.waitUntil(lambda: made.table.model().rowCount() > 0, timeout=WAIT_MS)
    return made


def choices(dialog: CompareDialog) -> QTreeWidget:
    return part(dialog, QTreeWidget, "choices")


def shown(dialog: CompareDialog) -> list[tuple[str, ...]]:
    model = dialog.table.model()
    return [tuple(str(model.index(row, column).data()) for column in range(5)) for row in range(model.rowCount())]


def test_it_begins_beside_the_last_revision_and_tells_what_differs(dialog: CompareDialog) -> None:
    assert shown(dialog) == [("修改", "资金需求", "", "88", "99.5")]
    assert "有 1 处不同" in said(dialog, "verdict")
    assert dialog.height() <= LARGEST.height()


def test_another_filing_of_the_same_kind_can_be_taken(dialog: CompareDialog, qtbot: QtBot) -> None:
    others = choices(dialog).topLevelItem(1)
    assert isinstance(others, QTreeWidgetItem)
    assert others.childCount() > 1
    choices(dialog).setCurrentItem(others.child(0))
    qtbot.waitUntil(lambda: len(shown(dialog)) > 3, timeout=WAIT_MS)
    assert {"地区", "总体目标"} <= {where for _, where, *_ in shown(dialog)}


def test_a_difference_leads_to_its_place(dialog: CompareDialog, qtbot: QtBot) -> None:
    dialog.table.selectRow(0)
    with qtbot.waitSignal(dialog.jump) as told:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert told.args == [AMOUNT]
    assert not dialog.isVisible()


def test_it_is_printed_as_a_table(
    dialog: CompareDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "对照.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(dialog.written, timeout=WAIT_MS) as told:
        press(dialog, "save")
    assert told.args == [path]
    assert path.read_bytes().startswith(b"%PDF")


def test_a_filing_the_library_does_not_hold_is_told_in_the_dialog(
    librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    bridge = opened("沙渡市")
    lost = Bridge(Draft(bridge.filing.replace(id="0123456789")), bridge.template)
    made = compared(lost, librarian, jobs, tmp_path, qtbot)
    qtbot.waitUntil(lambda: "0123456789" in said(made, "verdict"), timeout=WAIT_MS)
    assert shown(made) == []
    assert not button(made, "save").isEnabled()
