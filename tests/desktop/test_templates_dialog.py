"""The template library in the window: looking through it, installing a file, making one of a blank form."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QTreeWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.installing import InstallDialog
from desktop.dialogs.proposing import ProposalDialog
from desktop.dialogs.templates import TemplatesDialog
from desktop.editor.filing_form import FormView
from desktop.jobs import Jobs
from desktop.librarian import Librarian
from forms.authoring.cell_roles import Part
from forms.files import resource
from forms.template.load import load
from forms.template.model import Template
from tests.desktop.conftest import WAIT_MS, children
from tests.desktop.parts import button, part, press, said

SHIPPED = resource("templates", "gd-quyu-2022.yaml").read_text(encoding="utf-8")
EXAMPLE = next(resource("examples").glob("*养老机构*.xlsx"))


@pytest.fixture
def dialog(bare_librarian: Librarian, jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> TemplatesDialog:
    made = TemplatesDialog(bare_librarian, jobs, None, tmp_path)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: tree(made).topLevelItemCount() > 3, timeout=WAIT_MS)
    return made


def tree(dialog: TemplatesDialog) -> QTreeWidget:
    return part(dialog, QTreeWidget, "templates")


def rows(dialog: TemplatesDialog) -> list[tuple[str, ...]]:
    items = [tree(dialog).topLevelItem(row) for row in range(tree(dialog).topLevelItemCount())]
    return [tuple(item.text(column) for column in range(3)) for item in items if item is not None]


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def opened(dialog: QDialog, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: bool(children(dialog, kind)), timeout=WAIT_MS)
    return children(dialog, kind)[0]


def stored(librarian: Librarian, qtbot: QtBot) -> list[Template]:
    answers: list[list[Template]] = []
    librarian.ask(lambda desk: list(desk.templates), answers.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    return answers[0]


def test_every_form_is_told_with_version_and_source(dialog: TemplatesDialog) -> None:
    assert ("区域绩效目标申报表（广东省）", "2022.1", "随程序") in rows(dialog)
    assert said(dialog, "about").startswith("编号 ")


def test_a_file_is_shown_whole_before_it_is_installed_and_its_changes_are_told(
    dialog: TemplatesDialog, bare_librarian: Librarian, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "新版.yaml"
    newer = SHIPPED.replace('版本: "2022.1"', '版本: "2026.1"').replace("政策依据: 长文2000", "政策依据: 长文*2000")
    path.write_text(newer, encoding="utf-8")
    choose(monkeypatch, path)
    press(dialog, "install")
    shown = opened(dialog, InstallDialog, qtbot)
    assert isinstance(shown, InstallDialog)
    assert "2026.1" in said(shown, "told")
    assert list(shown.form.places())
    press(shown, "accept")
    qtbot.waitUntil(lambda: ("区域绩效目标申报表（广东省）", "2026.1", "本机") in rows(dialog), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "2026.1" in said(dialog, "about"), timeout=WAIT_MS)
    changes = part(dialog, QPlainTextEdit, "changes").toPlainText()
    assert "政策依据" in changes
    assert newer in [one.text for one in stored(bare_librarian, qtbot)]


def test_what_is_no_template_is_told_in_a_sentence(
    dialog: TemplatesDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "坏.yaml"
    path.write_text(SHIPPED.replace("字段:", "字断:"), encoding="utf-8")
    choose(monkeypatch, path)
    before = rows(dialog)
    press(dialog, "install")
    qtbot.waitUntil(lambda: dialog.findChild(QDialog, "message") is not None, timeout=WAIT_MS)
    assert rows(dialog) == before


def test_a_template_is_saved_as_a_workbook(
    dialog: TemplatesDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "表样.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    press(dialog, "save")
    qtbot.waitUntil(lambda: path.exists() and path.stat().st_size > 0, timeout=WAIT_MS)
    assert path.read_bytes()[:2] == b"PK"


def test_a_filled_form_becomes_a_template_that_is_corrected_and_installed(
    dialog: TemplatesDialog, bare_librarian: Librarian, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, EXAMPLE)
    press(dialog, "propose")
    shown = opened(dialog, ProposalDialog, qtbot)
    assert isinstance(shown, ProposalDialog)
    assert shown.proposal is not None
    fields = set(shown.proposal.template.fields)
    assert {"项目名称", "预算年度", "总体目标"} <= fields
    name = part(shown, QLineEdit, "name")
    name.setFocus()
    qtbot.keyClicks(name, "ABC")
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: shown.proposal is not None and shown.proposal.template.name == "ABC", timeout=WAIT_MS)
    press(shown, "accept")
    qtbot.waitUntil(lambda: any(name.startswith("ABC") for name, *_ in rows(dialog)), timeout=WAIT_MS)
    made = next(one for one in stored(bare_librarian, qtbot) if one.name == "ABC")
    assert made.awaiting
    assert load(made.text).fields.keys() == made.fields.keys()


def test_a_cell_is_decided_by_hand_and_the_form_follows(
    dialog: TemplatesDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, EXAMPLE)
    press(dialog, "propose")
    shown = opened(dialog, ProposalDialog, qtbot)
    assert isinstance(shown, ProposalDialog)
    model = shown.table.model()
    row = next(at for at in range(model.rowCount()) if model.index(at, 2).data() == "项目名称")
    shown.table.selectRow(row)
    parts = next(one for one in children(shown, QComboBox) if one.findText(str(Part.WORDS)) >= 0)
    parts.setFocus()
    parts.setCurrentIndex(parts.findText(str(Part.WORDS)))
    parts.activated.emit(parts.currentIndex())
    assert shown.proposal is not None
    assert "项目名称" not in shown.proposal.template.fields
    form = children(shown, FormView)[-1]
    assert "项目名称" not in {place.field for place in form.places()}
    assert button(shown, "accept").isEnabled()
