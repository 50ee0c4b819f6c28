"""The preview: the real PDF of the open filing beside the form, made anew after each pause in typing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.bridge import Bridge
from desktop.jobs import Job, Jobs, Progress
from desktop.labels import plain
from desktop.pagelist import PageList
from desktop.paper import Document, Spots, spots
from desktop.still import Still
from forms import desk
from forms.errors import JixiaoError
from forms.filing import Place
from forms.language import N_, sentence

QUIET_MS = 300


class Preview(QWidget):
    """Shows the open filing on paper. What is printed is made in a job; a result that came too late is dropped."""

    def __init__(self, jobs: Jobs | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self._jobs = jobs or Jobs(self)
        self._bridge: Bridge | None = None
        self._job: Job | None = None
        self._stale = False
        self._spots: Spots = {}
        self._followed: Place | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._make)
        self.pages = PageList(self)
        self._words = plain("", "preview_words")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setMargin(24)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self.pages)
        self._number = plain("", "page_number", wrap=False)
        self.pages.turned.connect(self._tell_page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._tool_bar())
        layout.addWidget(self._stack, 1)
        self.retranslate()

    def show_bridge(self, bridge: Bridge | None) -> None:
        """Show another filing, or none."""
        if self._bridge is not None:
            self._bridge.changed.disconnect(self._changed)
        self._bridge = bridge
        self._followed = None
        self._spots = {}
        self._drop_job()
        self.pages.show_document(None)
        if bridge is not None:
            bridge.changed.connect(self._changed)
        self._say("")
        self._stale = bridge is not None
        self._quiet.stop()
        self._make()

    def follow(self, place: Place) -> None:
        """Bring the page and the cell of `place` into view and frame it."""
        self._followed = place
        self.pages.mark(self._spot(place))

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self._fit.setText(sentence(N_("适合宽度")))
        self._actual.setText("100%")
        self._out.setToolTip(sentence(N_("缩小")))
        self._in.setToolTip(sentence(N_("放大")))
        for button in (self._fit, self._actual, self._out, self._in):
            button.setAccessibleName(button.toolTip() or button.text())
        self._out.setIcon(theme.icon("zoom-out"))
        self._in.setIcon(theme.icon("zoom-in"))
        self.pages.setAccessibleName(sentence(N_("打印预览")))
        self._tell_page(min(self.pages.pages, 1), self.pages.pages)
        if self._bridge is None:
            self._say("")

    # --- making pages

    def _changed(self) -> None:
        self._stale = True
        self._quiet.start()

    def _make(self) -> None:
        """Begin a job where one is wanted; one that is under way is let go, and its end begins the next."""
        if not self._stale or self._bridge is None or not self.isVisible():
            return
        if self._job is not None:
            self._job.cancel()
            return
        self._stale = False
        still = Still(self._bridge.review)
        self._job = self._jobs.run(
            sentence(N_("预览")), lambda progress: _made(still, progress), self._show, self._fail
        )
        self._job.ended.connect(self._ended)

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        if not self._quiet.isActive():
            self._make()

    def _show(self, made: tuple[bytes, Spots]) -> None:
        data, self._spots = made
        self.pages.show_document(Document(data))
        self._turn_to(self.pages)
        if self._followed is not None:
            self.pages.mark(self._spot(self._followed))

    def _fail(self, error: JixiaoError) -> None:
        self.pages.show_document(None)
        self._say(str(error))

    def _say(self, text: str) -> None:
        self._words.setText(text or ("" if self._bridge else sentence(N_("打开一份表，这里就是它打印出来的样子。"))))
        self._turn_to(self._words)

    def _turn_to(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self.setFocusProxy(widget)

    def _spot(self, place: Place) -> tuple[int, QRectF] | None:
        """Where `place` is; of a whole row its first cell."""
        if place in self._spots or place.column or place.field:
            return self._spots.get(place)
        row = (place.table, place.row, place.indicator)
        return next((spot for at, spot in self._spots.items() if (at.table, at.row, at.indicator) == row), None)

    # --- the bar above the pages

    def _tool_bar(self) -> QHBoxLayout:
        self._fit = self._button("preview_fit", self.pages.fit_width)
        self._actual = self._button("preview_actual", self.pages.actual_size)
        self._out = self._button("preview_out", self.pages.zoom_out)
        self._in = self._button("preview_in", self.pages.zoom_in)
        bar = QHBoxLayout()
        bar.setContentsMargins(6, 4, 6, 4)
        for button in (self._fit, self._actual, self._out, self._in):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._number)
        return bar

    def _button(self, name: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        return button

    def _tell_page(self, page: int, count: int) -> None:
        words = sentence(N_("第 {page}/{count} 页"), {"page": page, "count": count})
        self._number.setText(words if count else "")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Make the pages that were not wanted while nobody saw them."""
        super().showEvent(event)
        self._make()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 — Qt's name
        """Nothing is made for nobody."""
        super().hideEvent(event)
        self._quiet.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow a switch of the language or of light and dark."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)


def _made(still: Still, progress: Progress) -> tuple[bytes, Spots]:
    """The pages and where every place stands on them."""
    data = desk.pdf(still)
    progress.step(2, 2, sentence(N_("预览")))
    return data, spots(still)
