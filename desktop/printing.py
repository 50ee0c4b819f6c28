"""Prints a PDF on a printer of the system: each page as a picture as fine as the printer, up to a reasonable limit."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.jobs import Progress
from desktop.paper import Document
from forms.errors import SaveFailed
from forms.language import N_, sentence

_FINEST = 600  # dots an inch: a grey A4 page is 35 MB then, and no eye sees more
_A_POINT = 1 / 72  # of an inch


def print_pages(document: Document, printer: QPrinter, progress: Progress) -> int:
    """Print the pages the person chose in the print dialog and give their number. Raises SaveFailed.

    It may run in any thread. When it is cancelled the pages not yet sent are not printed.
    """
    first = max(printer.fromPage() - 1, 0)
    last = min(printer.toPage() or len(document.sizes), len(document.sizes))
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(document.sizes[first]))
    painter = QPainter()
    if not painter.begin(printer):
        raise SaveFailed(N_("打印机没有接受打印任务；请检查打印机是否接通，也可以先存为 PDF。"))
    try:
        for number in range(first, last):
            progress.step(number - first + 1, last - first, sentence(N_("第 {page} 页"), {"page": number + 1}))
            if number > first:
                printer.setPageLayout(page_layout(document.sizes[number]))
                printer.newPage()
            _draw(painter, document, number, printer)
    finally:
        painter.end()
    return last - first


def page_layout(size: QSizeF) -> QPageLayout:
    """The paper of a page of `size` points; a wide page is the upright paper turned."""
    wide = size.width() > size.height()
    paper = QPageSize(
        size.transposed() if wide else size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    return QPageLayout(paper, turned, QMarginsF())


def _draw(painter: QPainter, document: Document, number: int, printer: QPrinter) -> None:
    dots = printer.resolution()
    image = document.image(number, min(dots, _FINEST) * _A_POINT, grey=True)
    size = document.sizes[number] * (dots * _A_POINT)
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
