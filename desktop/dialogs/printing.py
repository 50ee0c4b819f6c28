"""The print dialog: the pages as they will be, to the printer or into a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import theme
from desktop.bridge import Bridge
from desktop.dialogs.frame import LARGEST, Frame, Role, tell
from desktop.dialogs.saving import save_pdf, suggested
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs
from desktop.labels import plain
from desktop.pagelist import PageList
from desktop.paper import Document
from desktop.still import Still
from forms import desk
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.problem import Severity

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class PrintDialog(Frame):
    """Prints the filing of a bridge as it stands when the dialog is made.

    `saved` tells the PDF that was written; `folder` is where the person is first asked to put it.
    """

    saved = Signal(object)  # pathlib.Path

    def __init__(self, bridge: Bridge, jobs: Jobs, parent: QWidget | None = None, *, folder: Path = Path()) -> None:
        super().__init__("print_dialog", QSize(640, LARGEST.height()), parent)
        self._jobs = jobs
        self._still = Still(bridge.review)
        self._folder = folder
        self._data = b""
        self._paper = QSizeF()
        self._about = plain("", "about")
        self._pages = PageList(self)
        self._print = self.button("print", Role.ActionRole, self.choose_printer)
        self._pdf = self.button("save_pdf", Role.ActionRole, self.save)
        self._close = self.button("close", Role.RejectRole)
        self._print.setDefault(True)
        self._print.setEnabled(False)
        column = QVBoxLayout()
        column.addWidget(self._about)
        column.addWidget(self._pages, 1)
        self.content.addLayout(column)
        self.finished.connect(lambda: self._pages.show_document(None))
        self.retranslate()
        still = self._still
        self._job = jobs.run(self.windowTitle(), lambda _: desk.pdf(still), self._show, self._fail)
        self.finished.connect(self._job.cancel)

    def save(self) -> None:
        """Write a PDF to a file the person names."""
        save_pdf(self, self._jobs, self._still, self.while_open(self._written), self._folder)

    def choose_printer(self) -> None:
        """Ask the system for a printer, then print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 — looks for printers when loaded

        from desktop.printing import page_layout  # noqa: PLC0415 — loads the same

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(suggested(self._still, ""))
        printer.setPageLayout(page_layout(self._paper))
        asked = QPrintDialog(printer, self)
        asked.setMinMax(1, self._pages.pages)
        if asked.exec():
            self.print_on(printer)
        asked.deleteLater()

    def print_on(self, printer: QPrinter) -> None:
        """Print on `printer` in a job that shows how far it is."""
        from desktop.printing import print_pages  # noqa: PLC0415 — as above

        document = Document(self._data)
        job = self._jobs.run(
            sentence(N_("正在打印")),
            lambda progress: print_pages(document, printer, progress),
            self.while_open(self._printed),
            self.while_open(self._fail),
        )
        job.ended.connect(document.close)
        wait_for(job, self)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("打印")))
        self._print.setText(sentence(N_("打印…")))
        self._pdf.setText(sentence(N_("存为 PDF…")))
        self._close.setText(sentence(N_("关闭")))
        self._pages.setAccessibleName(sentence(N_("打印预览")))
        self._say()

    # --- how it is done

    def _show(self, data: bytes) -> None:
        self._data = data
        document = Document(data)
        self._paper = document.sizes[0]
        self._pages.show_document(document)
        self._print.setEnabled(True)
        self._say()

    def _say(self) -> None:
        count = self._pages.pages
        words = [sentence(N_("共 {count} 页。"), {"count": count}) if count else sentence(N_("正在排版…"))]
        errors = sum(problem.severity is Severity.ERROR for problem in self._still.problems)
        if errors:
            words.append(sentence(N_("还有 {count} 处必须改，纸上会印“草稿”字样。"), {"count": errors}))
        self._about.setText("\n".join(words))

    def _fail(self, error: JixiaoError) -> None:
        self._about.setText(str(error))
        palette = self._about.palette()
        palette.setColor(self._about.foregroundRole(), theme.colour("error"))
        self._about.setPalette(palette)

    def _printed(self, count: int) -> None:
        tell(self, sentence(N_("已把 {count} 页送到打印机。"), {"count": count}))

    def _written(self, path: Path) -> None:
        self._about.setText(sentence(N_("已写成 {path}"), {"path": str(path)}))
        self.saved.emit(path)
