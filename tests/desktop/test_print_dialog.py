"""Printing: the pages shown are the pages printed; a PDF or a workbook is written whole, under a name that can be."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.dialogs.frame import LARGEST
from desktop.dialogs.printing import PrintDialog
from desktop.dialogs.saving import save_xlsx, suggested
from desktop.jobs import Jobs, Progress
from desktop.pagelist import PageList
from desktop.paper import Document
from desktop.printing import page_layout, print_pages
from desktop.still import Still
from forms import desk
from forms.commands import SetValue
from forms.errors import JixiaoError
from forms.filing import Place
from tests.desktop.open_forms import opened
from tests.desktop.parts import part, press, said

LONG = Place(field="实施内容")


def dialog_for(bridge: Bridge, jobs: Jobs, qtbot: QtBot) -> PrintDialog:
    made = PrintDialog(bridge, jobs)
    qtbot.addWidget(made)
    made.show()
    pages = part(made, PageList)
    qtbot.waitUntil(lambda: pages.pages > 0)
    return made


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    chosen = (str(path) if path else "", "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)


def long_form() -> Bridge:
    bridge = opened("青澜市")
    bridge.do(SetValue(LONG, "\n".join(f"第{number}项工作。" for number in range(150))))
    return bridge


def test_it_says_how_many_pages_there_are_and_whether_they_are_a_draft(jobs: Jobs, qtbot: QtBot) -> None:
    assert said(dialog_for(opened("青澜市"), jobs, qtbot), "about") == "共 1 页。"
    assert "草稿" in said(dialog_for(opened("白渚市"), jobs, qtbot), "about")


def test_the_pdf_that_is_saved_is_the_pdf_of_the_core(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge = opened("青澜市")
    dialog = dialog_for(bridge, jobs, qtbot)
    answer(monkeypatch, tmp_path / "表")
    with qtbot.waitSignal(dialog.saved):
        press(dialog, "save_pdf")
    assert (tmp_path / "表.pdf").read_bytes() == desk.pdf(bridge.review)
    assert str(tmp_path / "表.pdf") in said(dialog, "about")


def test_a_person_who_gives_up_gets_no_file(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_for(opened("青澜市"), jobs, qtbot)
    answer(monkeypatch, None)
    press(dialog, "save_pdf")
    assert jobs.running == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("role", [QMessageBox.ButtonRole.RejectRole, QMessageBox.ButtonRole.DestructiveRole])
def test_a_file_the_system_has_not_asked_about_is_replaced_only_when_the_person_says_so(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: QMessageBox.ButtonRole
) -> None:
    def press_one(box: QMessageBox) -> None:
        next(button for button in box.buttons() if box.buttonRole(button) is role).click()

    (tmp_path / "表.pdf").write_bytes(b"old")
    dialog = dialog_for(opened("青澜市"), jobs, qtbot)
    answer(monkeypatch, tmp_path / "表")
    monkeypatch.setattr(QMessageBox, "exec", press_one)
    press(dialog, "save_pdf")
    qtbot.waitUntil(lambda: jobs.running == ())
    replaced = (tmp_path / "表.pdf").read_bytes() != b"old"
    assert replaced is (role is QMessageBox.ButtonRole.DestructiveRole)


def test_what_the_disk_refuses_is_told_in_a_sentence(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    dialog = dialog_for(opened("青澜市"), jobs, qtbot)
    answer(monkeypatch, tmp_path / "file" / "表.pdf")
    press(dialog, "save_pdf")
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None)
    box = part(dialog, QMessageBox)
    assert "没有写成" in box.text()
    box.close()


def test_a_workbook_is_written_with_its_values(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    written: list[Path] = []
    answer(monkeypatch, tmp_path / "表.xlsx")
    save_xlsx(window, jobs, Still(opened("青澜市").review), written.append)
    qtbot.waitUntil(lambda: bool(written))
    book = load_workbook(BytesIO(written[0].read_bytes()))
    assert "校验" in book.sheetnames
    assert any("饮用水水源地" in str(cell) for row in book.worksheets[0].values for cell in row)


def test_the_name_offered_is_one_that_every_system_takes(qtbot: QtBot) -> None:
    bridge = opened("青澜市")
    bridge.do(SetValue(Place(field="地区"), '..\\青/澜:市"*?'))
    name = suggested(Still(bridge.review), ".pdf")
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\:*?"<>|')
    assert not name.startswith(".")


def test_every_page_reaches_the_printer_on_its_own_paper(jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = dialog_for(long_form(), jobs, qtbot)
    pages = part(dialog, PageList)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(150)
    dialog.print_on(printer)
    qtbot.waitUntil(lambda: dialog.findChild(QMessageBox) is not None, timeout=20_000)
    box = part(dialog, QMessageBox)
    assert str(pages.pages) in box.text()
    box.close()
    printed = Document((tmp_path / "out.pdf").read_bytes())
    assert len(printed.sizes) == pages.pages > 2
    assert abs(printed.sizes[0].width() - 595) < 2
    original = Document(desk.pdf(long_form().review))
    for number in range(pages.pages):
        assert from_afar(printed.image(number, 1.0)) == pytest.approx(from_afar(original.image(number, 1.0)), abs=20)
    original.close()
    printed.close()


def test_only_the_pages_asked_for_are_printed(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document(desk.pdf(long_form().review))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setFromTo(2, 2)
    assert print_pages(document, printer, Quiet()) == 1
    document.close()
    printed = Document((tmp_path / "out.pdf").read_bytes())
    assert len(printed.sizes) == 1
    printed.close()


def test_a_printer_that_takes_nothing_is_told_in_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    document = Document(desk.pdf(opened("青澜市").review))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no folder" / "out.pdf"))
    with pytest.raises(JixiaoError, match="打印机没有接受"):
        print_pages(document, printer, Quiet())
    document.close()


@pytest.mark.parametrize(
    ("size", "turned"),
    [
        (QSizeF(595.3, 841.9), QPageLayout.Orientation.Portrait),
        (QSizeF(841.9, 595.3), QPageLayout.Orientation.Landscape),
    ],
)
def test_wide_pages_turn_the_paper(size: QSizeF, turned: QPageLayout.Orientation) -> None:
    layout = page_layout(size)
    assert layout.orientation() is turned
    assert layout.pageSize().name() == "A4"


def test_a_file_is_written_although_the_dialog_was_closed_meanwhile(
    jobs: Jobs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_for(opened("青澜市"), jobs, qtbot)
    answer(monkeypatch, tmp_path / "表.pdf")
    press(dialog, "save_pdf")
    dialog.reject()
    qtbot.waitUntil(lambda: jobs.running == ())
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")


def test_it_fits_the_small_screen_and_escape_leaves_it(jobs: Jobs, qtbot: QtBot) -> None:
    dialog = dialog_for(opened("青澜市"), jobs, qtbot)
    assert dialog.width() <= LARGEST.width()
    assert dialog.height() <= LARGEST.height()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def from_afar(image: QImage) -> list[int]:
    """How light a page is, patch by patch."""
    small = image.scaled(20, 28, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return [QColor(small.pixel(x, y)).lightness() for y in range(small.height()) for x in range(small.width())]


class Quiet(Progress):
    """A progress nobody looks at."""

    def __init__(self) -> None:
        """No job stands behind it."""

    def step(self, number: int, count: int, what: str) -> None:
        """Tell nobody."""
