"""Verifying: what is intact, what is wrong by name, what could not be read; by choosing, by dropping."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTreeWidget
from pytestqt.qtbot import QtBot

from desktop.dialogs.frame import LARGEST
from desktop.dialogs.verifying import VerifyDialog
from desktop.jobs import Jobs
from forms.package.packing import build
from tests.desktop.parts import part, press
from tests.forms.sample_package import sample_payload


@pytest.fixture
def package(tmp_path: Path) -> Path:
    name, data = build(sample_payload())
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


@pytest.fixture
def changed(package: Path) -> Path:
    data = bytearray(package.read_bytes())
    data[data.find(b"data/form.pdf") + len(b"data/form.pdf") + 5] ^= 1
    path = package.with_name("改过.zip")
    path.write_bytes(data)
    return path


def shown(dialog: VerifyDialog) -> list[tuple[str, str, list[str]]]:
    """Name, verdict and lines of each package."""
    tree = part(dialog, QTreeWidget, "reports")
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [
        (item.text(0), item.text(1), [item.child(line).text(0) for line in range(item.childCount())])
        for item in items if item is not None
    ]  # fmt: skip


def dialog_for(jobs: Jobs, paths: list[Path], qtbot: QtBot) -> VerifyDialog:
    made = VerifyDialog(jobs, paths)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.verified == len(paths))
    return made


def test_an_intact_package_is_told_so_with_what_is_known_of_its_source(jobs: Jobs, qtbot: QtBot, package: Path) -> None:
    ((name, verdict, lines),) = shown(dialog_for(jobs, [package], qtbot))
    assert (name, verdict) == (package.name, "完整")
    assert lines[0].startswith("完整：")
    assert "核验码" in lines[-1]


def test_a_changed_package_names_the_file_that_was_changed(jobs: Jobs, qtbot: QtBot, changed: Path) -> None:
    ((_, verdict, lines),) = shown(dialog_for(jobs, [changed], qtbot))
    assert verdict == "不完整"
    assert any("form.pdf" in line for line in lines)
    assert lines[-1] == "来源未核验。"


def test_one_that_cannot_be_read_costs_no_other(jobs: Jobs, qtbot: QtBot, package: Path, tmp_path: Path) -> None:
    (tmp_path / "空.zip").touch()
    found = shown(dialog_for(jobs, [tmp_path / "没有.zip", tmp_path / "空.zip", package], qtbot))
    assert [verdict for _, verdict, _ in found] == ["读不出来", "不完整", "完整"]
    assert found[0][2][0].startswith("找不到文件“没有.zip”")


def test_packages_are_chosen_by_a_button(
    jobs: Jobs, qtbot: QtBot, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(package)], ""))
    dialog = dialog_for(jobs, [], qtbot)
    press(dialog, "choose")
    qtbot.waitUntil(lambda: dialog.verified == 1)


def test_packages_are_dropped_on_it(jobs: Jobs, qtbot: QtBot, package: Path, changed: Path) -> None:
    dialog = dialog_for(jobs, [], qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(package)), QUrl.fromLocalFile(str(changed))])
    move, no = Qt.DropAction.CopyAction, (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(dialog.rect().center(), move, mime, *no)
    QApplication.sendEvent(dialog, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(dialog, QDropEvent(QPointF(dialog.rect().center()), move, mime, *no))
    qtbot.waitUntil(lambda: dialog.verified == 2)
    assert [verdict for _, verdict, _ in shown(dialog)] == ["完整", "不完整"]


def test_text_is_not_taken_for_a_package(jobs: Jobs, qtbot: QtBot) -> None:
    dialog = dialog_for(jobs, [], qtbot)
    mime = QMimeData()
    mime.setText("一段话")
    event = QDragEnterEvent(
        dialog.rect().center(), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(dialog, event)
    assert not event.isAccepted()


def test_it_fits_the_small_screen_and_escape_leaves_it(jobs: Jobs, qtbot: QtBot) -> None:
    dialog = dialog_for(jobs, [], qtbot)
    assert dialog.width() <= LARGEST.width()
    assert dialog.height() <= LARGEST.height()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
