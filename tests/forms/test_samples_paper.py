"""Every published form on paper and back from a workbook, and a document of many forms as one printed set."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from forms import desk
from forms.cli.main import main
from forms.importers.docx import read as read_document
from forms.importers.matching import Imported, match
from forms.importers.xlsx import read as read_workbook
from forms.rules import Review
from forms.scope import Alone
from forms.store.library import Library
from forms.templates import Templates
from forms.values import fold
from tests.forms import sample_imports as some

pytestmark = pytest.mark.samples

DOCUMENTS = [
    f"{some.ZHANJIANG}.docx", f"{some.GAOXIN}.docx", f"{some.QINHUANGDAO}.txt", f"{some.SHENZHEN}.txt",
    f"{some.GUANGDONG}.docx",
]  # fmt: skip


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def bookmarks(data: bytes) -> list[tuple[str, int]]:
    document = pypdfium2.PdfDocument(data)
    found = [(mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc()]
    document.close()
    return found


def typed(one: Imported) -> str:
    return "".join(
        [*one.filing.values.values()]
        + [text for rows in one.filing.tables.values() for row in rows for name, text in row.cells.items()
           if not name.endswith("层次")]
        + [text for indicator in one.filing.indicators for text in indicator.columns.values()]
    )  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_text_of_every_form_stands_on_its_paper(name: str, samples: Path) -> None:
    for one in some.forms(samples / name):
        printed = Counter("".join(pages(desk.pdf(Review(one.template, one.filing, Alone())))))
        lacking = Counter(typed(one)) - printed
        assert {ch for ch in lacking if not ch.isspace()} == set(), one.template.id


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_form_comes_back_from_its_workbook(name: str, samples: Path) -> None:
    for one in some.forms(samples / name)[:3]:
        book = read_workbook(desk.xlsx(Review(one.template, one.filing, Alone())))
        (back,) = match(book, some.TEMPLATES, "导出.xlsx", "set")
        same(one, back)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_whole_document_comes_back_from_one_word_file(name: str, samples: Path) -> None:
    forms = some.forms(samples / name)
    document = read_document(desk.docx(*(Review(one.template, one.filing, Alone()) for one in forms)))
    for one, back in zip(forms, match(document, some.TEMPLATES, "导出.docx", "set"), strict=True):
        same(one, back)


def same(one: Imported, back: Imported) -> None:
    assert back.template is one.template
    assert held(back) == held(one)
    assert back.unplaced == ()


def held(one: Imported) -> object:
    filing = one.filing
    return (
        {name: fold(text) for name, text in filing.values.items()},
        {name: [(row.label, {at: fold(text) for at, text in row.cells.items()}) for row in rows]
         for name, rows in filing.tables.items()},
        Counter((i.level2, *sorted((at, fold(text)) for at, text in i.columns.items())) for i in filing.indicators),
    )  # fmt: skip


def test_a_document_of_many_forms_is_one_pdf_with_bookmarks_and_pages_numbered_through(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, target = tmp_path / "库.jixiao", tmp_path / "全套.pdf"
    assert main(["--library", str(library), "import", str(samples / f"{some.QINHUANGDAO}.docx")]) == 0
    assert main(["--library", str(library), "import", str(samples / f"{some.ZHANJIANG}.docx")]) == 0
    with Library.open(library) as opened:
        fifth = next(one.id for one in opened.list() if one.title.startswith("5、"))
    capsys.readouterr()
    assert main(["--library", str(library), "print", fifth, "--set", "-o", str(target)]) == 0
    data = target.read_bytes()
    marks = bookmarks(data)
    assert [words[:2] for words, _ in marks] == ["第一", "1、", "2、", "3、", "4、", "5、", "6、"]
    texts = pages(data)
    assert [re.search(r"第\s*(\d+)/(\d+)\s*页", text).groups() for text in texts] == [  # type: ignore[union-attr]
        (str(number), str(len(texts))) for number in range(1, len(texts) + 1)
    ]
    for words, page in marks:
        assert words.replace("　", "")[-8:] in re.sub(r"\s", "", texts[page - 1])


def test_forms_named_one_by_one_are_printed_in_that_order(samples: Path, tmp_path: Path) -> None:
    path = samples / f"{some.GAOXIN}.docx"
    with Library.open(tmp_path / "库.jixiao") as library:
        office = desk.Desk(library, Templates.shipped())
        office.take_in(desk.read_file(path, office.templates))
        reviews = [office.review(one.id) for one in library.list()]
        name, together = office.together(reviews[0].filing.id)
    marks = bookmarks(desk.pdf(*together, name=name))
    assert name == "部门总体绩效目标与预算项目绩效表"
    assert [words for words, _ in marks] == [
        "部门总体绩效目标及保障措施",
        "预算项目绩效表（可执行项目）　农村生活污水治理项目",
        "预算项目绩效表（可执行项目）　大气网格化精准管控运维费用",
    ]
    backwards = bookmarks(desk.pdf(*reversed(together)))
    assert [words for words, _ in backwards] == [words for words, _ in reversed(marks)]
    assert bookmarks(desk.pdf(together[0])) == []
