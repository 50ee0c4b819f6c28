from __future__ import annotations

from pathlib import Path

import pytest

from forms.errors import SourceRefused
from forms.importers.prescan import prescan
from tests.forms.importers.office import docx, paragraph, relations, rows, types, words, xlsx


def test_the_markup_of_a_document_is_kept_except_what_no_reader_opens() -> None:
    data = docx(
        paragraph("甲"), {"word/styles.xml": "<x/>", "docProps/app.xml": "<x/>", "word/media/a.png": b"\x89PNG"}
    )
    look = prescan(data, "docx")
    assert sorted(look.parts) == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert paragraph("甲") in look.parts["word/document.xml"].decode()


def test_the_markup_of_a_workbook_is_checked_and_not_kept() -> None:
    assert prescan(xlsx(rows(words("甲"))), "xlsx") == ({}, False, False)


@pytest.mark.parametrize(
    ("sheet", "unvalued", "buried"),
    [
        (rows("<c><f>1+1</f><v>2</v></c>"), False, False),
        (rows("<c><f>1+1</f></c>"), True, False),
        (rows(words("甲") + words("乙")) + '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', False, True),
        (rows(words("甲") + "<c/>" + words("乙")) + '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', False, False),
    ],
)
def test_what_a_reader_of_workbooks_should_know_is_found(sheet: str, unvalued: bool, buried: bool) -> None:
    assert prescan(xlsx(sheet), "xlsx") == ({}, unvalued, buried)


@pytest.mark.samples
def test_every_real_file_passes(samples: Path) -> None:
    for path in samples.glob("*.???x"):
        assert prescan(path.read_bytes(), path.suffix[1:]).unvalued is False


def test_a_file_without_its_list_of_types_is_refused() -> None:
    with pytest.raises(SourceRefused, match="损坏"):
        prescan(docx("", {"[Content_Types].xml": ""}), "docx")


def test_pictures_and_settings_of_printers_are_not_looked_into() -> None:
    more: dict[str, str | bytes] = {"word/media/a.png": b"\x00" * 5_000, "xl/printerSettings1.bin": bytes(range(256))}
    assert prescan(docx(paragraph("甲"), more), "docx").parts


def test_embedded_workbooks_of_charts_are_no_programs() -> None:
    more: dict[str, str | bytes] = {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": xlsx("")}
    assert prescan(docx(paragraph("甲"), more), "docx").parts


def test_small_parts_may_be_packed_as_tightly_as_they_like() -> None:
    data = docx("", {"word/header1.xml": f"<x>{' ' * 900_000}</x>"})
    assert "word/header1.xml" in prescan(data, "docx").parts


def test_relations_and_types_are_checked_like_every_other_part() -> None:
    for name, markup in (("_rels/.rels", relations()), ("[Content_Types].xml", types())):
        with pytest.raises(SourceRefused):
            prescan(
                docx("", {name: markup.replace("<Rel", "<!DOCTYPE x><Rel").replace("<Types", "<!DOCTYPE x><Types")}),
                "docx",
            )
