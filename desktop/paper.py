"""The printed form as pictures: a PDF opened and rendered page by page, and where each place stands on it."""

from __future__ import annotations

import threading
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage

from forms.filing import Place
from forms.rules import Review

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

Spots = dict[Place, tuple[int, QRectF]]

_pdfium = threading.Lock()  # PDFium works for one thread at a time


class Document:
    """A PDF in memory. Pages count from 0; lengths are points. To be closed by the thread that is done with it."""

    def __init__(self, data: bytes) -> None:
        from pypdfium2 import PdfDocument  # noqa: PLC0415 — loaded when the first page is looked at

        with _pdfium:
            self._pdf: PdfDocument = PdfDocument(data)
            sizes = (self._pdf.get_page_size(number) for number in range(len(self._pdf)))
            self.sizes = tuple(QSizeF(width, height) for width, height in sizes)

    def image(self, number: int, scale: float, *, grey: bool = False) -> QImage:
        """Page `number` at `scale` pixels a point, drawn by PDFium straight into the picture's own memory."""
        from pypdfium2 import PdfBitmap  # noqa: PLC0415 — as above

        made = QImage()

        def bitmap(width: int, height: int, format: int, **_: object) -> PdfBitmap:  # noqa: A002 — PDFium's own name
            nonlocal made
            made = QImage(width, height, QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32)
            return PdfBitmap.new_native(width, height, format, False, _buffer(made), made.bytesPerLine())

        with _pdfium:
            page = self._pdf[number]
            page.render(scale, bitmap_maker=bitmap, grayscale=grey, prefer_bgrx=True).close()
            page.close()
        return made

    def close(self) -> None:
        """Give the memory back."""
        with _pdfium:
            self._pdf.close()


def spots(review: Review) -> Spots:
    """The page and the cell of every place on the printed form; a cell that runs over pages counts where it begins."""
    from forms.grid.arrange import arrange  # noqa: PLC0415 — fonts are opened only when a form is laid out
    from forms.paper.flow import flow  # noqa: PLC0415 — as above

    found: Spots = {}
    number = 0
    for grid in arrange(review.template, review.filing, review.computed):
        edges = tuple(accumulate(grid.widths, initial=grid.margins[3]))
        for leaf in flow(grid):
            # A field that stands in the title too is shown where it is filled in.
            for fragment in sorted(leaf, key=lambda one: not one.cell.style.border):
                cell = fragment.cell
                left, right = edges[cell.col], edges[cell.col + cell.cols]
                spot = number, QRectF(left, fragment.top, right - left, fragment.bottom - fragment.top)
                for piece in cell.parts:
                    if piece.place is not None:
                        found.setdefault(piece.place, spot)
            number += 1
    return found


def _buffer(image: QImage) -> object:
    """The picture's memory as PDFium takes it."""
    import ctypes  # noqa: PLC0415 — only where a page is drawn

    return (ctypes.c_ubyte * image.sizeInBytes()).from_buffer(image.bits())
