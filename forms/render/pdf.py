"""Draws pages as a PDF file: every mark at its place, every font embedded, the same pages always the same bytes."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TypeVar

from forms.errors import GlyphMissing
from forms.language import N_
from forms.paper.marks import LineMark, Page, QrMark, TextMark, WatermarkMark
from forms.render.cidfont import Subset
from forms.typeset.fonts import Face, FaceName, faces, missing

M = TypeVar("M", TextMark, LineMark, WatermarkMark, QrMark)

_WATERMARK_GREY = 0.92
_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004, 6.3.8)
_registry = threading.Lock()  # reportlab knows fonts by name, once for the whole process


def render(pages: Sequence[Page], *, title: str, bookmarks: Sequence[tuple[str, int]] = ()) -> bytes:
    """The PDF file of `pages`; `bookmarks` are words and page numbers, from 1.

    Raises GlyphMissing before anything is drawn. Text is drawn as it stands and never parsed.
    """
    check_glyphs(pages)
    inks = _Inks()
    contents = [_content(page, inks) for page in pages]
    return _document(pages, contents, inks, title, bookmarks)


def check_glyphs(pages: Iterable[Page]) -> None:
    """Raise GlyphMissing, naming the page and the characters, where no font has a shape for a character."""
    for number, page in enumerate(pages, 1):
        characters = {ch for mark in page.marks if isinstance(mark, (TextMark, WatermarkMark)) for ch in mark.text}
        lost = missing("".join(sorted(characters)))
        if lost:
            raise GlyphMissing(
                N_("第 {page} 页有字库里没有的字：{characters}；请换个写法，或安装花园明朝字体（HanaMinB）。"),
                page=number,
                characters="、".join(lost),
            )


class _Inks:
    """The fonts of one document, each begun when its first character is drawn."""

    def __init__(self) -> None:
        self.subsets: dict[Face, Subset] = {}
        self._codes: dict[tuple[FaceName, bool], dict[str, tuple[Subset, str]]] = {}
        self.of(faces()["text"])

    def of(self, face: Face) -> Subset:
        """The font of a face."""
        if face not in self.subsets:
            self.subsets[face] = Subset(face, f"F{len(self.subsets) + 1}")
        return self.subsets[face]

    def show(self, text: str, name: FaceName, size: float, *, turned: bool = False) -> str:
        """The operators that draw a text at the current place, changing fonts where a face lacks a character."""
        codes = self._codes.setdefault((name, turned), {})
        operators: list[str] = []
        current: Subset | None = None
        for ch in text:
            subset, code = codes.get(ch) or self._find(ch, name, codes, turned=turned)
            if subset is not current:
                ended = "> Tj\n" if current else ""
                operators.append(f"{ended}/{subset.resource} {size:g} Tf <")
                current = subset
            operators.append(code)
        return "".join(operators) + "> Tj" if operators else ""

    def _find(
        self, ch: str, name: FaceName, codes: dict[str, tuple[Subset, str]], *, turned: bool
    ) -> tuple[Subset, str]:
        face = faces()[name]
        subset = self.of(face.source(ch) or face)
        codes[ch] = subset, subset.code(ch, turned=turned)
        return codes[ch]


def _content(page: Page, inks: _Inks) -> str:
    """The operators of one page; PDF counts from the bottom, pages from the top."""
    height = page.height
    operators = [_watermark(mark, height, inks) for mark in _of(WatermarkMark, page)]
    operators += _rules(_of(LineMark, page), height)
    operators.append("BT")
    for mark in _of(TextMark, page):
        shown = inks.show(mark.text, mark.face, mark.size, turned=mark.vertical)
        operators.append(f"1 0 0 1 {_n(mark.x)} {_n(height - mark.y)} Tm {shown}")
    operators.append("ET")
    for code in _of(QrMark, page):
        operators += _qr(code, height)
    return "\n".join(operators)


def _of(kind: type[M], page: Page) -> Iterator[M]:
    return (mark for mark in page.marks if isinstance(mark, kind))


def _rules(marks: Iterable[LineMark], height: float) -> Iterator[str]:
    # A projecting cap (2 J) closes the corners of borders.
    yield "q 2 J"
    width = 0.0
    for mark in marks:
        if mark.width != width:
            width = mark.width
            yield f"{_n(width)} w"
        yield f"{_n(mark.x0)} {_n(height - mark.y0)} m {_n(mark.x1)} {_n(height - mark.y1)} l S"
    yield "Q"


def _watermark(mark: WatermarkMark, height: float, inks: _Inks) -> str:
    turn = math.radians(mark.angle)
    cosine, sine = math.cos(turn), math.sin(turn)
    shown = inks.show(mark.text, "heading", mark.size)
    left, down = -faces()["heading"].width(mark.text, mark.size) / 2, -0.38 * mark.size
    place = f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {_n(mark.x)} {_n(height - mark.y)} cm"
    return f"q {_WATERMARK_GREY} g {place} BT {_n(left)} {_n(down)} Td {shown} ET Q"


def _qr(mark: QrMark, height: float) -> Iterator[str]:
    """The dark modules of a code as rectangles, one for each run in a row."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # noqa: PLC0415 — slow to import

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(mark.text)
    code.make()
    side = mark.size / (len(code.modules) + 2 * _QUIET)
    for row, modules in enumerate(code.modules):
        y = height - mark.y - (row + _QUIET + 1) * side
        start = None
        for column, dark in enumerate([*modules, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                x = mark.x + (start + _QUIET) * side
                yield f"{x:.3f} {y:.3f} {(column - start) * side:.3f} {side:.3f} re"
                start = None
    yield "f"


def _document(
    pages: Sequence[Page], contents: Sequence[str], inks: _Inks, title: str, bookmarks: Sequence[tuple[str, int]]
) -> bytes:
    from reportlab import rl_config  # noqa: PLC0415 — slow to import
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415 — slow to import
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 — slow to import

    from forms.render.composite import CompositeFont  # noqa: PLC0415 — imports reportlab

    fonts = [CompositeFont(subset) for subset in inks.subsets.values()]
    file = BytesIO()
    with _registry:
        rl_config.useA85 = 0
        for font in fonts:
            registerFont(font)
        canvas = Canvas(file, invariant=1, pageCompression=1, lang="zh-CN", initialFontName=fonts[0].fontName)
        for number, (page, content) in enumerate(zip(pages, contents, strict=True), 1):
            canvas.setPageSize((page.width, page.height))
            for font in fonts[1:]:
                canvas.setFont(font.fontName, 1)
            canvas.addLiteral(content)
            for place, words in ((n, words) for n, (words, at) in enumerate(bookmarks) if at == number):
                canvas.bookmarkPage(f"B{place}")
                canvas.addOutlineEntry(words, f"B{place}")
            canvas.showPage()
        canvas.setTitle(title)
        canvas.setCreator("jixiao")
        canvas.save()
    return file.getvalue()


def _n(value: float) -> str:
    """A length as PDF writes it: two decimals are a three-hundredth of a millimetre, never an exponent."""
    return f"{round(value, 2):.7g}"
