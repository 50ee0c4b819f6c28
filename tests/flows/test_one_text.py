"""One filing on the screen, in the preview, as PDF, workbook and Word file: everywhere the same text."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.editor.filing_form import FormView
from desktop.editor.sheet import SheetView
from forms import desk
from forms.commands import Batch, SetValue
from forms.filing import Filing, Place
from forms.grid.arrange import arrange
from forms.grid.cells import Cell
from tests.desktop.conftest import children
from tests.desktop.open_forms import opened

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNTIDY = "第一段：含全角数字１２３、　缩进和 rare 字𬭎𬸚；\n第二段（“引号”——破折号）……完。"


def places(filing: Filing) -> Iterator[Place]:
    """Every place that holds a text."""
    yield from (Place(field=name) for name, text in filing.values.items() if text)
    for table, rows in filing.tables.items():
        yield from (Place(table=table, row=row.id, column=name) for row in rows for name, text in row.cells.items())
    for one in filing.indicators:
        yield from (Place(indicator=one.id, column=name) for name, text in one.columns.items() if text)


def letters(texts: Iterable[str]) -> Counter[str]:
    """How often each visible character stands there, wherever lines are broken."""
    return Counter(char for text in texts for char in text if char.isprintable() and not char.isspace())


def on_screen(form: FormView) -> dict[Place, str]:
    """What each place of the form shows."""
    shown: dict[Place, str] = {}
    for sheet in children(form, SheetView):
        for box in sheet.boxes:
            shown |= {place: editor.text() for place, editor in box.editors if editor.text()}
        for view in sheet.blocks:
            model: Any = view.model()  # Qt says no more of it than that it is a model
            for place in view.places():
                index = model.find(place)
                shown[place] = str(index.data() or "") if index.isValid() else ""
    return shown


@pytest.fixture(params=["沙渡市", "澜江省"])
def bridge(request: pytest.FixtureRequest) -> Bridge:
    """A form of the example, and its task list, each with an untidy long text in it."""
    if request.param == "沙渡市":
        made = opened("沙渡市")
        made.do(Batch((SetValue(Place(field="总体目标"), UNTIDY),)))
        return made
    made = opened("饮用水水源地保护和监测能力建设资金")
    row = made.filing.rows("任务")[0]
    made.do(SetValue(Place(table="任务", row=row.id, column="工作量"), UNTIDY))
    return made


@pytest.fixture
def cells(bridge: Bridge) -> list[Cell]:
    """The cells of the form on paper."""
    grids = arrange(bridge.template, bridge.filing, bridge.review.computed)
    return [cell for grid in grids for cell in grid.cells]


def test_the_screen_shows_every_text_of_the_filing(bridge: Bridge, qtbot: QtBot) -> None:
    form = FormView(bridge)
    qtbot.addWidget(form)
    form.show()
    shown = on_screen(form)
    held = {place: bridge.filing.text(place) for place in places(bridge.filing) if bridge.filing.text(place)}
    assert {place: shown.get(place) for place in held} == held


def test_the_paper_has_every_text_of_the_filing(bridge: Bridge, cells: list[Cell]) -> None:
    printed = {piece.place: piece.text for cell in cells for piece in cell.parts if piece.place and not piece.tick}
    held = {place: bridge.filing.text(place) for place in places(bridge.filing)}
    assert {place: printed.get(place) for place in held} == held


def test_the_pdf_has_every_letter_of_the_paper(bridge: Bridge, cells: list[Cell]) -> None:
    data = desk.pdf(bridge.review)
    document = pypdfium2.PdfDocument(data)
    found = letters(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    wanted = letters(cell.text for cell in cells)
    assert not wanted - found


def test_the_workbook_has_every_text_of_the_paper(bridge: Bridge, cells: list[Cell]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(desk.xlsx(bridge.review)))
    written = [str(value) for sheet in book.worksheets for row in sheet.values for value in row if value is not None]
    texts = {re.sub(r"\s", "", text) for text in written}
    for cell in cells:
        text = re.sub(r"\s", "", cell.text)
        numbers = {piece.text for piece in cell.parts if piece.place}
        assert not text or text in texts or numbers & texts, cell.text


def test_the_word_file_has_every_text_of_the_paper(bridge: Bridge, cells: list[Cell]) -> None:
    with zipfile.ZipFile(io.BytesIO(desk.docx(bridge.review))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    written = letters("".join(node.itertext()) for node in body.iter(f"{W}t"))
    assert not letters(cell.text for cell in cells) - written
