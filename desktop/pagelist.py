"""Pages of a document one below the other, drawn only where they are seen and as sharp as the screen is."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.paper import Document

_GAP = 12  # logical pixels between pages and around them
_ONE_TO_ONE = 96 / 72  # logical pixels a point where 100 % shows paper in its own size
_SMALLEST, _LARGEST = 0.1, 6.0
_STEP = 1.2


class PageList(QAbstractScrollArea):
    """Shows a document. `zoom` is logical pixels a point, or the width of the widget where `fitting` is set."""

    turned = Signal(int, int)  # the page seen, from 1, and how many there are

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._images: dict[int, QImage] = {}
        self._mark: tuple[int, QRectF] | None = None
        self._zoom = _ONE_TO_ONE
        self.fitting = True
        self.setObjectName("pages")
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        self.viewport().setAutoFillBackground(True)
        self.verticalScrollBar().valueChanged.connect(self._tell_page)
        if (app := QCoreApplication.instance()) is not None:
            app.aboutToQuit.connect(lambda: self.show_document(None))  # PDFium complains of what is open at the end

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return len(self._document.sizes) if self._document else 0

    @property
    def zoom(self) -> float:
        """Logical pixels a point."""
        return self._zoom

    @property
    def drawn(self) -> tuple[int, ...]:
        """The pages held as pictures: those seen, and no others."""
        return tuple(self._images)

    def show_document(self, document: Document | None) -> None:
        """Show other pages; what was looked at stays where it is. The old document is closed."""
        if self._document is not None:
            self._document.close()
        self._document = document
        self._mark = None
        self._lay_out()

    def fit_width(self) -> None:
        """Make the widest page as wide as the widget, now and whenever it is resized."""
        self.fitting = True
        self._lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Show at a fixed size; the place in the middle stays in the middle."""
        self.fitting = False
        bar, half = self.verticalScrollBar(), self.viewport().height() / 2
        share = (bar.value() + half) / max(self._height(), 1)
        self._zoom = min(max(zoom, _SMALLEST), _LARGEST)
        self._lay_out()
        bar.setValue(round(share * self._height() - half))

    def actual_size(self) -> None:
        """Show the paper in its own size."""
        self.set_zoom(_ONE_TO_ONE)

    def zoom_in(self) -> None:
        """Show it larger."""
        self.set_zoom(self._zoom * _STEP)

    def zoom_out(self) -> None:
        """Show it smaller."""
        self.set_zoom(self._zoom / _STEP)

    def mark(self, spot: tuple[int, QRectF] | None) -> None:
        """Frame a spot of a page (in points) and bring it into view."""
        self._mark = spot if spot and spot[0] < self.pages else None
        if self._mark is not None:
            frame = self._on_screen(*self._mark).translated(0, self.verticalScrollBar().value())
            room = self.viewport().height()
            top = self.verticalScrollBar().value()
            if frame.top() < top or frame.bottom() > top + room:
                self.verticalScrollBar().setValue(round(frame.top() - room / 4))
        self.viewport().update()

    # --- how it is done

    def _lay_out(self) -> None:
        self._images.clear()
        if self.fitting and self._document:
            widest = max(size.width() for size in self._document.sizes)
            self._zoom = max((self.viewport().width() - 2 * _GAP) / widest, _SMALLEST)
        room = self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, self._height() - room.height()))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, self._width() - room.width()))
        self.horizontalScrollBar().setPageStep(room.width())
        self._tell_page()
        self.viewport().update()

    def _sizes(self) -> tuple[QSizeF, ...]:
        return tuple(size * self._zoom for size in self._document.sizes) if self._document else ()

    def _width(self) -> int:
        return round(max((size.width() for size in self._sizes()), default=0)) + 2 * _GAP

    def _height(self) -> int:
        return round(sum(size.height() + _GAP for size in self._sizes())) + _GAP

    def _frames(self) -> list[QRect]:
        """Where each page stands in the viewport."""
        sizes = self._sizes()
        width = max(self._width(), self.viewport().width())
        tops = accumulate((size.height() + _GAP for size in sizes), initial=float(_GAP))
        offset = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return [
            QRect(QPoint(round((width - size.width()) / 2), round(top)) - offset, size.toSize())
            for size, top in zip(sizes, tops, strict=False)
        ]

    def _on_screen(self, number: int, spot: QRectF) -> QRectF:
        origin = self._frames()[number].topLeft()
        return QRectF(spot.topLeft() * self._zoom, spot.size() * self._zoom).translated(origin)

    def _tell_page(self) -> None:
        middle = self.viewport().height() / 2
        seen = [number for number, frame in enumerate(self._frames(), 1) if frame.top() <= middle]
        self.turned.emit(seen[-1] if seen else min(self.pages, 1), self.pages)

    def _picture(self, number: int) -> QImage:
        if number not in self._images:
            assert self._document is not None  # noqa: S101 — only pages of a document are painted
            ratio = self.devicePixelRatioF()
            image = self._document.image(number, self._zoom * ratio)
            image.setDevicePixelRatio(ratio)
            self._images[number] = image
        return self._images[number]

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Wide enough to read an A4 page."""
        return QSize(420, 560)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Keep the width fitting."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 — Qt's name
        """Draw what has come into view."""
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Home, End and space, beside what a scroll area knows."""
        bar = self.verticalScrollBar()
        targets = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        targets[Qt.Key.Key_Space] = bar.value() + bar.pageStep()
        if Qt.Key(event.key()) in targets:
            bar.setValue(targets[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        """Paint the pages seen and forget the pictures of the others."""
        painter = QPainter(self.viewport())
        seen = {n: frame for n, frame in enumerate(self._frames()) if frame.intersects(self.viewport().rect())}
        for number, frame in seen.items():
            if frame.intersects(event.rect()):
                painter.drawImage(frame.topLeft(), self._picture(number))
        for number in self._images.keys() - seen.keys():
            del self._images[number]
        if self._mark is not None:
            accent = self.palette().color(QPalette.ColorRole.Highlight)
            painter.setPen(QPen(accent, 2))
            painter.fillRect(self._on_screen(*self._mark), QColor(accent.red(), accent.green(), accent.blue(), 28))
            painter.drawRect(self._on_screen(*self._mark))
