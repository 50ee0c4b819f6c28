"""The window: library, form, problems and preview side by side, and one filing open for work at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import Actions
from desktop.docks import FORM_WIDTH, Docks
from desktop.errands import Errands
from desktop.find_bar import FindBar
from desktop.indicators_known import KnownIndicators
from desktop.jobs import Jobs
from desktop.kept_keys import KeptKeys
from desktop.look import Look
from desktop.notice import Notice
from desktop.panels.library import LibraryPanel
from desktop.recovery import recovered
from desktop.safety import Safety
from desktop.settings import Settings
from desktop.status import Status
from desktop.welcome import Welcome
from desktop.work import Work
from forms.errors import JixiaoError, LexiconRefused
from forms.language import N_, Told, sentence

if TYPE_CHECKING:  # the core is loaded after the first paint
    from desktop.librarian import Librarian
    from desktop.opening import OpenFiling
    from desktop.panels.problems import ProblemsPanel
    from desktop.preview import Preview
    from forms.filing import Place
    from forms.store.records import Summary

_WAY_OUT = N_("可以先不退出，用“存为 Excel 文件”把这份表存到别的磁盘上，以后再导入。")
_FOR_PRACTICE = Told(N_("这是练习用的表：随便填、随便改，不会当成正式的表导出。"))
_SIZE = (1366, 768)
_FRAME = QSize(8, 40)  # what a title bar and borders may take of the screen
_SMALLEST = (860, 480)
_IDLE_MS = 5_000  # after the start; then nobody waits for the disk
_LIST_MS = 800  # the list of filings follows a save after this pause


class Window(QMainWindow):
    """The main window over one library. Nothing is read from the disk before it has been painted once."""

    def __init__(self, librarian: Librarian, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.librarian = librarian
        self.settings = settings
        self.jobs = Jobs(self)
        self.work = Work(librarian, self)
        self.known = KnownIndicators(librarian, self)
        self.begun = False  # whether everything is there; problems and preview come after the first paint
        self.problems: ProblemsPanel
        self.preview: Preview
        self._unsaved: JixiaoError | None = None  # why the last save failed, once one has
        self._painted = False
        self._ending = False
        self._build()
        self.errands = Errands(self)
        self.safety = Safety(librarian, self.jobs, self._warn, self)
        self._join()
        self.retranslate()

    # --- what is done with the open filing

    @property
    def open(self) -> OpenFiling | None:
        """The filing that is open for work."""
        return self.work.filing

    def check(self) -> None:
        """Check the open filing: from now on missing values are shown, too."""
        if self.open is not None:
            self.open.flush()
            self.open.form.show_missing(True)
            self.open.bridge.look()
            self.problems.recheck()
            self.docks.problems.show()
            self.docks.problems.raise_()
            self.open.revise("check")

    def go_next(self) -> None:
        """Go to the next place in form order where something is missing or wrong."""
        if self.open is None:
            return
        self.open.flush()
        place = self.open.form.next_gap(self.open.place)
        if place is None:
            self.status.say(sentence(N_("没有要补的，也没有要改的。")))
        else:
            self.reveal(place)

    def reveal(self, place: Place, span: tuple[int, int] | None = None) -> None:
        """Show a place of the form and put the caret there."""
        if self.open is not None:
            self.open.form.reveal(place, span)

    def step(self, *, back: bool) -> None:
        """Take the last step back, or do again what was taken back."""
        if self.open is not None:
            self.open.form.flush()
            bridge = self.open.bridge
            (bridge.undo if back else bridge.redo)()

    def look_over(self) -> None:
        """Let the library look over what it keeps; what it finds is said where it cannot be missed."""
        self.librarian.ask(lambda desk: desk.library.idle_check(), self._tell_faults, self.refuse)

    def refuse(self, error: JixiaoError) -> None:
        """Say why something could not be done, where it cannot be missed."""
        self.notice.say(error)

    def turn(self, *, back: bool) -> None:
        """Give the keys to the next pane, or the one before; in the form to the place they were at."""
        if self.docks.turn(self.middle, back=back) is not self.middle:
            return
        if self.open is not None and self.open.place is not None:
            self.reveal(self.open.place)
        else:
            self.middle.currentWidget().setFocus()

    # --- what comes from outside

    def greet(self) -> None:
        """Tell those who begin which unit new forms are filled in for."""
        self.librarian.ask(lambda desk: desk.profiles(), self.welcome.know, lambda _: None)

    def come_to_front(self) -> None:
        """Show the window above the others."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 — Qt's name
        """Take files, and nothing else."""
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 — Qt's name
        """Import the files that were dropped."""
        event.acceptProposedAction()
        paths = _files(event)
        # The other program waits until the drop is over; the dialog must not keep it.
        QTimer.singleShot(0, self, lambda: self.errands.import_files(paths))

    # --- what Qt tells

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        """Paint; after the first time the library is read."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._begin)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Arrange the docks for the width."""
        super().resizeEvent(event)
        self.docks.fit(event.size().width(), event.size().height())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 — Qt's name
        """Save everything and end; where the disk refuses, the person decides, and staying is what Enter means."""
        if self._ending or not (self.work.leave() or self._leave_unsaved()):
            event.ignore()
            return
        self._ending = True
        self.work.put_away()
        self.docks.remember()
        self.settings.set_layout("window", self.saveGeometry())
        self.settings.write()
        self.hide()  # what is left to do needs nobody
        self.safety.end()
        self.jobs.close()
        self.librarian.close()
        event.accept()

    def retranslate(self) -> None:
        """Show the program's own words in the language in use."""
        self.actions_.retranslate()
        self.docks.retranslate()
        self.status.redraw()
        self._name()

    # --- how it is built

    def _build(self) -> None:
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self.actions_ = Actions(self)
        KeptKeys(self)
        self.library = LibraryPanel(self.librarian, self)
        self.notice = Notice(self)
        self.welcome = Welcome(self)
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.welcome)
        self.find_bar = FindBar(self)
        self.status = Status(self)
        self.setStatusBar(self.status)
        central = QWidget(self)
        central.setMinimumWidth(FORM_WIDTH)
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.middle, 1)
        column.addWidget(self.find_bar)
        self.setCentralWidget(central)
        self.docks = Docks(self, self.settings, self.library)
        if not self.restoreGeometry(self.settings.layout("window")):
            free = self.screen().availableSize() - _FRAME
            self.resize(QSize(*_SIZE).boundedTo(free))

    def _join(self) -> None:
        errands = self.errands
        self.actions_.connect_all({
            "new": errands.new, "import": errands.import_chosen, "import-folder": errands.import_folder,
            "print": errands.print_out, "xlsx": errands.save_xlsx,
            "docx": errands.save_docx, "print-set": errands.save_set,
            "export": errands.export, "verify": errands.verify, "backups": errands.backups,
            "compare": errands.compare, "history": errands.history,
            "carry": errands.carry, "templates": errands.templates, "profiles": errands.profiles,
            "practice": errands.practise, "bin": errands.bin,
            "quit": self.close, "commands": errands.commands, "manual": errands.manual,
            **{f"rows-{only}": partial(errands.show_rows, only) for only in ("empty", "faulty", "all")},
            "about": errands.about,
            "undo": lambda: self.step(back=True), "redo": lambda: self.step(back=False),
            "check": self.check, "next": self.go_next, "find": self._find,
            "find-text": self.find_bar.begin, "find-next": self.find_bar.go_on, "find-back": self.find_bar.go_back,
            "pane": lambda: self.turn(back=False), "pane-back": lambda: self.turn(back=True),
        })  # fmt: skip
        self.actions_.add_view(self.docks.toggles)
        self.look = Look(self.settings, self.actions_)
        self.look.coloured.connect(self.notice.redraw)
        self.look.coloured.connect(self.status.redraw)
        self.library.opened.connect(self.work.open)
        self.library.new_wanted.connect(self.work.begin)
        self.library.removed.connect(errands.remove)
        self.library.warned.connect(self._warn)
        self.known.refused.connect(self.refuse)
        self.library.found_again.connect(lambda: self.status.say(sentence(N_("为了列出这份表，查找框已清空。"))))
        self.work.opened.connect(self._show)
        self.work.leaving.connect(self._take_away)
        self.work.stayed.connect(self._stayed)
        self.work.refused.connect(self.refuse)
        self.work.saved.connect(self._saved_at)
        self.work.failed.connect(self._save_failed)
        self.welcome.new.clicked.connect(errands.new)
        self.welcome.load.clicked.connect(errands.import_chosen)
        self.welcome.unit.clicked.connect(errands.profiles)
        self.welcome.practice.clicked.connect(errands.practise)
        self._list_soon = QTimer(self)
        self._list_soon.setSingleShot(True)
        self._list_soon.setInterval(_LIST_MS)
        self._list_soon.timeout.connect(self.library.refresh)

    def _begin(self) -> None:
        """Read the library and make the rest, now that there is something to look at."""
        self.librarian.ask(recovered, self._tell_recovered, lambda _: None)
        self._take_own_words()
        self.library.refresh()
        self.greet()
        self.known.gather()
        self._furnish()
        QTimer.singleShot(_IDLE_MS, self, self.look_over)
        QTimer.singleShot(_IDLE_MS, self.safety, self.safety.begin)

    def _take_own_words(self) -> None:
        """Check by the words the person has put beside the library; the program's own stand where they cannot be."""
        from forms.checker import lexicon  # noqa: PLC0415 — after the first paint
        from forms.templates import own_words  # noqa: PLC0415

        try:
            lexicon.use(own_words(self.librarian.path))
        except LexiconRefused as refused:
            self.notice.say(refused, "warning")

    def _furnish(self) -> None:
        """Make problems and preview, where that is not done yet."""
        if self.begun:
            return
        from desktop.panels.problems import ProblemsPanel  # noqa: PLC0415 — brings the rules of the core
        from desktop.preview import Preview  # noqa: PLC0415

        self.problems = ProblemsPanel(self)
        self.problems.activated.connect(self.reveal)
        self.preview = Preview(self.jobs, self)
        self.docks.problems.setWidget(self.problems)
        self.docks.preview.setWidget(self.preview)
        self.begun = True

    def _tell_recovered(self, found: tuple[Summary, ...]) -> None:
        if found:
            titles = "、".join(one.title for one in found)
            self.status.say(
                sentence(
                    N_("上次没有正常退出；“{titles}”保存过的内容都在，最后一秒内输入的请核对。"), {"titles": titles}
                )
            )

    def _tell_faults(self, faults: Sequence[str]) -> None:
        if faults:
            self.notice.say("\n".join(faults))

    # --- opening and leaving

    def _show(self, opening: OpenFiling) -> None:
        self._furnish()  # a filing may be asked for before the first paint
        opening.form.focused.connect(self.preview.follow)
        opening.form.offer(lambda: self.known.library)
        opening.bridge.undo_changed.connect(self._name_steps)
        self.problems.show_bridge(opening.bridge)
        self.find_bar.show_filing(opening)
        self.preview.show_bridge(opening.bridge)
        self.middle.addWidget(opening.form)
        self.middle.setCurrentWidget(opening.form)
        self.actions_.enable_filing(on=True)
        self.library.select(opening.ident)
        self.notice.say(_FOR_PRACTICE if opening.bridge.filing.is_practice else "", "warning")
        self._name_steps()
        opening.form.setFocus()

    def _take_away(self, opening: OpenFiling) -> None:
        self.problems.show_bridge(None)
        self.find_bar.show_filing(None)
        self.preview.show_bridge(None)
        self.middle.removeWidget(opening.form)
        self.actions_.enable_filing(on=False)

    def _stayed(self) -> None:
        if self.open is not None:
            self.library.select(self.open.ident)

    def _leave_unsaved(self) -> bool:
        words = self.notice.text or sentence(N_("最后的修改还没有写到磁盘上。"))
        question = QMessageBox(QMessageBox.Icon.Warning, sentence(N_("还没有存到磁盘")), words, parent=self)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setInformativeText(sentence(_WAY_OUT))
        stay = question.addButton(sentence(N_("不退出")), QMessageBox.ButtonRole.RejectRole)
        leave = question.addButton(sentence(N_("不保存，退出")), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(stay)
        question.setEscapeButton(stay)
        question.exec()
        return question.clickedButton() is leave

    # --- what is shown of it

    def _saved_at(self, time: str) -> None:
        self.status.saved(time)
        self.notice.withdraw(self._unsaved)
        self._list_soon.start()
        self._name()

    def _save_failed(self, error: JixiaoError) -> None:
        self.status.not_saved()
        self._unsaved = error
        self.notice.say(error)

    def _warn(self, text: str) -> None:
        if text:
            self.notice.say(text, "warning")

    def _find(self) -> None:
        self.docks.library.show()
        self.docks.library.raise_()
        self.library.search.setFocus()
        self.library.search.selectAll()

    def _name_steps(self) -> None:
        if self.open is not None:
            draft = self.open.bridge.draft
            self.actions_.name_steps(draft.undo_title, draft.redo_title)
        self._name()

    def _name(self) -> None:
        program = sentence(N_("绩效填报"))
        self.setWindowTitle(f"{self.open.title} — {program}" if self.open else program)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


__all__ = ["Window"]
