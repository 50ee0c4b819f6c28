from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.errors import GlyphMissing
from forms.grid.cells import Grid
from forms.paper.marks import Page, QrMark, TextMark
from forms.paper.pages import paginate
from forms.render.cidfont import Subset
from forms.render.pdf import check_glyphs, render
from forms.typeset.fonts import Face, faces
from tests.forms.sample_grids import LABEL, UPRIGHT, Drawing, form, table

RARE = "㛃㴋䶮喆堃犇赟𬭎𬸚☐☑⽬目⼈人"


def poppler(tool: str, data: bytes, tmp_path: Path, *options: str) -> str:
    """What a tool of poppler says of a PDF; the test is left out, saying so, where poppler is not installed."""
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} (poppler) is not on this machine")
    path = tmp_path / "out.pdf"
    path.write_bytes(data)
    shown = subprocess.run([program, *options], capture_output=True, check=True, cwd=tmp_path)
    assert shown.stderr == b""
    return shown.stdout.decode("utf-8")


def by_poppler(data: bytes, tmp_path: Path) -> str:
    return poppler("pdftotext", data, tmp_path, "-raw", "out.pdf", "-")


def by_pdfium(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def characters(texts: Iterable[str]) -> Counter[str]:
    """How often each visible character stands there; line ends and spaces are the readers' own."""
    return Counter(ch for text in texts for ch in text if ch.isprintable() and not ch.isspace())


def drawn(pages: Sequence[Page]) -> Counter[str]:
    return characters(mark.text for page in pages for mark in page.marks if isinstance(mark, TextMark))


@pytest.mark.parametrize("shape", ["form", "long form", "table", "tall"])
def test_every_character_comes_back_from_both_readers(shape: str, tmp_path: Path) -> None:
    grid = {"form": form, "long form": lambda: form(8), "table": table, "tall": _tall}[shape]()
    pages = paginate(grid, code="A1B2-C3D4-E5F6")
    data = render(pages, title="表")
    typed = characters(cell.text for cell in grid.cells)
    assert drawn(pages) >= typed
    assert characters([by_pdfium(data)]) == drawn(pages)
    assert characters([by_poppler(data, tmp_path)]) == drawn(pages)


def _tall() -> Grid:
    drawing = Drawing((40.0, 120.0, 333.0))
    drawing.add(0, 0, "绩效（目标）—“甲”", "label", rows=60, style=UPRIGHT)
    drawing.add(0, 2, "".join(chr(0x4E00 + n) for n in range(10_000)) + RARE, rows=60)
    for row in range(60):
        drawing.add(row, 1, f"指标{row}：{RARE}", "label" if row % 2 else "blank", style=LABEL)
    return drawing.grid()


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from([chr(code) for code in range(0x20, 0x30000) if faces()["text"].has(chr(code))])))
def test_any_characters_of_the_font_come_back_from_pdfium(text: str) -> None:
    page = Page(2000.0, 100.0, (TextMark(10.0, 50.0, text, "text", 5.0),))
    assert characters([by_pdfium(render([page], title=""))]) == characters([text])


def test_text_comes_back_in_order_across_faces(tmp_path: Path) -> None:
    text = "𬭎水县(一)<b>&amp;</b>\\(目标)☑完成≥90%"
    data = render([Page(600.0, 100.0, (TextMark(20.0, 50.0, text, "heading", 12.0),))], title="")
    assert by_pdfium(data).strip() == text
    assert by_poppler(data, tmp_path).strip() == text


def test_turned_punctuation_is_copied_as_it_was_typed() -> None:
    marks = tuple(TextMark(20.0, 20.0 + 14 * n, ch, "text", 12.0, vertical=True) for n, ch in enumerate("（年）…《"))
    assert characters([by_pdfium(render([Page(100.0, 200.0, marks)], title=""))]) == Counter("（年）…《")


def test_characters_without_a_shape_leave_no_box_and_no_gap(tmp_path: Path) -> None:
    plain, joined = (
        Page(300.0, 60.0, (TextMark(20.0, 40.0, text, "text", 20.0),)) for text in ("葛城", "葛\U000e0100\u200d城")
    )
    assert _picture(render([joined], title="")) == _picture(render([plain], title=""))


def _picture(data: bytes) -> bytes:
    document = pypdfium2.PdfDocument(data)
    try:
        return bytes(document[0].render(scale=2).buffer)
    finally:
        document.close()


def test_the_same_pages_give_the_same_bytes() -> None:
    first, second = (
        render(paginate(form(8), stamp="草稿", code="7F"), title="表", bookmarks=[("表一", 1)]) for _ in "ab"
    )
    assert first == second


def test_documents_drawn_at_the_same_time_do_not_mix_their_fonts() -> None:
    documents = [paginate(form(repeats)) for repeats in (1, 2, 3, 4)]
    one_by_one = [render(pages, title="表") for pages in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda pages: render(pages, title="表"), documents)) == one_by_one


@pytest.mark.parametrize("stamp", ["", "草稿"])
def test_every_font_is_embedded_and_subset(stamp: str, tmp_path: Path) -> None:
    data = render(paginate(form(2), stamp=stamp, code="7F"), title="表")
    assert b"Helvetica" not in data
    rows = [line.split() for line in poppler("pdffonts", data, tmp_path, "out.pdf").splitlines()[2:]]
    assert [row[0][7:] for row in rows] == ["JixiaoSerifSC-Regular", "JixiaoSansSC-Bold"]
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)  # embedded, subset, ToUnicode


def test_title_language_and_bookmarks_are_told() -> None:
    data = render(
        paginate(form(8)), title="区域绩效目标申报表", bookmarks=[("申报表", 1), ("申报表", 2), ("自评表", 2)]
    )
    document = pypdfium2.PdfDocument(data)
    try:
        assert document.get_metadata_value("Title") == "区域绩效目标申报表"
        bookmarks = [(one.get_title(), one.get_dest().get_index()) for one in document.get_toc()]
    finally:
        document.close()
    assert bookmarks == [("申报表", 0), ("申报表", 1), ("自评表", 1)]
    assert b"/Lang (zh-CN)" in data


def test_characters_no_font_has_are_named_before_anything_is_drawn() -> None:
    pages = [*paginate(form()), Page(100.0, 100.0, (TextMark(0.0, 50.0, "甲\U00020000乙\U00020001", "text", 9.0),))]
    with pytest.raises(GlyphMissing) as caught:
        render(pages, title="")
    assert str(caught.value).startswith("第 2 页有字库里没有的字：\U00020000、\U00020001；")
    check_glyphs(pages[:1])


def test_a_qr_code_is_dark_where_its_finder_patterns_are() -> None:
    document = pypdfium2.PdfDocument(render([Page(100.0, 100.0, (QrMark("A1B2-C3D4", 0.0, 0.0, 100.0),))], title=""))
    try:
        picture = document[0].render(scale=2, grayscale=True).to_pil()
    finally:
        document.close()
    side = 200 / (21 + 8)  # version 1: 21 modules and 4 quiet ones on each side
    corners = ((7.5, 7.5), (21.5, 7.5), (7.5, 21.5), (21.5, 21.5))
    dark = [picture.getpixel((int(x * side), int(y * side))) < 128 for x, y in corners]
    assert dark[:3] == [True, True, True]
    assert picture.getpixel((int(2 * side), int(2 * side))) == 255


def test_the_embedded_file_is_a_sound_font_with_the_outlines_of_the_face(tmp_path: Path) -> None:
    face = faces()["text"]
    subset = Subset(face, "F1")
    assert [subset.code(ch) for ch in "绩效绩☑"] == ["0001", "0002", "0001", "0003"]
    path = tmp_path / "subset.ttf"
    path.write_bytes(subset.font_file())
    with TTFont(path, checkChecksums=2) as font:
        assert font["maxp"].numGlyphs == 4
        assert font["hmtx"].metrics[font.getGlyphName(1)][0] == face.advance("绩")
        font["glyf"].compile(font)
    assert Face.glyph(face, face.gid("效")) in path.read_bytes()


def test_components_of_composite_glyphs_come_along(tmp_path: Path) -> None:
    face = Face(_composite_font(tmp_path / "composite.ttf"))
    subset = Subset(face, "F1")
    subset.code("é")
    path = tmp_path / "subset.ttf"
    path.write_bytes(subset.font_file())
    with TTFont(path, checkChecksums=2) as font:
        glyphs = font["glyf"]
        assert glyphs[font.getGlyphName(1)].isComposite()
        names = [component.glyphName for component in glyphs[font.getGlyphName(1)].components]
        assert [font.getGlyphID(name) for name in names] == [2, 3]
        assert [glyphs[name].numberOfContours for name in names] == [1, 1]


def _composite_font(path: Path) -> Path:
    shapes = {}
    for name, height in (("e", 300), ("acute", 100)):
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        pen.lineTo((0, height))
        pen.lineTo((200, height))
        pen.closePath()
        shapes[name] = pen.glyph()
    pen = TTGlyphPen({"e": None, "acute": None})
    pen.addComponent("e", (1, 0, 0, 1, 0, 0))
    pen.addComponent("acute", (0.5, 0, 0, 0.5, 40, 900))
    shapes["eacute"] = pen.glyph()
    order = [".notdef", "acute", "e", "eacute"]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0xE9: "eacute", 0x65: "e"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph()} | shapes)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"psName": "Composite"})
    builder.setupPost()
    builder.save(path)
    return path
