"""The whole set of an imported document, and a Word file of one form, saved from the window."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.window import Window
from forms import desk as core
from forms.templates import Templates
from tests.desktop.conftest import WAIT_MS
from tests.desktop.open_forms import incoming

pytestmark = pytest.mark.usefixtures("chinese_and_light")


def test_the_forms_of_one_document_become_one_pdf_with_a_bookmark_for_each(
    desk: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "全套.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    desk.actions_["print-set"].trigger()
    qtbot.waitUntil(lambda: path.exists() and not desk.jobs.running, timeout=WAIT_MS)
    document = pypdfium2.PdfDocument(path.read_bytes())
    titles = [one.get_title() for one in document.get_toc()]
    document.close()
    assert len(titles) >= len(incoming())
    assert any("任务清单" in one for one in titles)


def test_a_form_saved_as_word_reads_back_as_the_same_form(
    desk: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "一份.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    desk.actions_["docx"].trigger()
    qtbot.waitUntil(lambda: path.exists() and not desk.jobs.running, timeout=WAIT_MS)
    assert desk.open is not None
    (read,) = core.read_file(path, Templates.shipped())
    assert read.filing.values == desk.open.bridge.filing.values
