"""The backups dialog: what backups there are, what is in one, and how it differs from now; and the way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMessageBox, QSplitter, QWidget

from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.jobs import Jobs
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.models.backups import BackupModel, KeptModel
from desktop.models.differences import DifferenceModel
from desktop.wrapped_table import WrappedTable
from forms.comparison import Comparison
from forms.desk import Desk
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.retrieval import retrieve_copy, retrieve_state, then_and_now
from forms.store.backups import MADE_BY_HAND, Backups
from forms.store.library import Library
from forms.store.records import Summary
from forms.store.swapping import Contents, put_in_place
from forms.store.thinning import Backup

Retrieve = Callable[[Desk, Library, str], str]

_REPLACE = N_(
    "用 {time} 的备份换下整个库？\n\n备份里有 {count} 份表。现在的库先备份，再原样留在旁边的文件夹里，什么都不会丢。"
)


class BackupsDialog(Frame):
    """Lists backups and looks into each. `retrieved` gives the id of a filing that has come back.

    Before the whole library is replaced `replacing` asks for the open filing to be put away; `replaced` tells the
    folder in which the library that stood there is kept.
    """

    retrieved = Signal(str)
    replacing = Signal()
    replaced = Signal(object)  # pathlib.Path

    def __init__(self, librarian: Librarian, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("backups_dialog", QSize(LARGEST.width(), LARGEST.height()), parent)
        self._librarian, self._jobs = librarian, jobs
        self._backups = Backups(librarian.path.absolute())
        self._known, self._inside, self._found = BackupModel(), KeptModel(), DifferenceModel(self)
        self.list = WrappedTable("backups", self._known, self)
        self.kept = WrappedTable("kept", self._inside, self)
        self.table = WrappedTable("differences", self._found, self)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._look())
        self.kept.selectionModel().currentRowChanged.connect(lambda *_: self._compare())
        self._verdict = plain("", "verdict")
        self._now = self.button("back_up", Role.ActionRole, self._back_up)
        self._state = self.button("retrieve", Role.ActionRole, self._retrieve)
        self._copy = self.button("retrieve_copy", Role.ActionRole, self._retrieve_copy)
        self._all = self.button("retrieve_all", Role.ActionRole, self._ask)
        self._close = self.button("close", Role.RejectRole)
        self._lay_out()
        self.retranslate()
        self._list()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("备份")))
        self.list.setAccessibleName(sentence(N_("备份")))
        self.kept.setAccessibleName(sentence(N_("备份里的表")))
        self.table.setAccessibleName(sentence(N_("不同之处")))
        self._now.setText(sentence(N_("现在备份")))
        self._state.setText(sentence(N_("恢复这份表")))
        self._copy.setText(sentence(N_("取回成另一份")))
        self._all.setText(sentence(N_("恢复整个库…")))
        self._close.setText(sentence(N_("关闭")))
        for model in (self._known, self._inside, self._found):
            model.retranslate()

    # --- what there is

    def _list(self) -> None:
        self._known.show(self._backups.all())
        if self._known.lines:
            self.list.selectRow(0)
        else:
            self._verdict.setText(sentence(N_("还没有备份。")))
        self._enable()
        self._look_next()

    def _look_next(self) -> None:
        """Look into the backups one after another, the newest first."""
        model = self._known
        one = next((one for one in model.lines if one not in model.found), None)
        if one is not None:
            self._jobs.run(
                sentence(N_("正在核对备份")), lambda _: Contents(one.path),
                self.while_open(partial(self._learn, one)), self.while_open(lambda error: self._learn(one, str(error))),
            )  # fmt: skip

    def _learn(self, one: Backup, contents: Contents | str) -> None:
        self._known.know(one, contents)
        if one == self._backup():
            self._look()
        self._look_next()

    def _look(self) -> None:
        one = self._backup()
        found = self._known.found.get(one) if one is not None else None
        self._inside.show(found.filings if isinstance(found, Contents) else ())
        self._found.show(None)
        self._verdict.setText(found if isinstance(found, str) else "")
        if self._inside.lines:
            self.kept.selectRow(0)
        self._enable()

    def _compare(self) -> None:
        backup, filing = self._backup(), self._filing()
        self._enable()
        if backup is None or filing is None:
            return

        def read(desk: Desk) -> Comparison:
            with Library.look_into(backup.path) as looked:
                return then_and_now(desk, looked, filing.id)

        self._librarian.ask(read, self.while_open(partial(self._show, filing)), self.while_open(self._fail))

    def _show(self, filing: Summary, found: Comparison) -> None:
        if filing != self._filing():
            return
        self._found.show(found)
        count = len(found.differences)
        words = N_("“{title}”从那时到现在有 {count} 处不同。") if count else N_("“{title}”与现在没有不同。")
        self._verdict.setText(sentence(words, {"title": filing.title, "count": count}))

    def _fail(self, error: JixiaoError) -> None:
        self._verdict.setText(str(error))

    def _enable(self) -> None:
        for one in (self._state, self._copy):
            one.setEnabled(self._filing() is not None)
        known = self._known.found.get(backup) if (backup := self._backup()) else None
        self._all.setEnabled(isinstance(known, Contents) and not known.faults)

    def _backup(self) -> Backup | None:
        row, lines = self.list.currentIndex().row(), self._known.lines
        return lines[row] if 0 <= row < len(lines) else None

    def _filing(self) -> Summary | None:
        row, lines = self.kept.currentIndex().row(), self._inside.lines
        return lines[row] if 0 <= row < len(lines) else None

    # --- what is done

    def _back_up(self) -> None:
        def done(path: Path | None) -> None:
            self._list()
            words = N_("已备份，读回核对无误。") if path else N_("最近一份备份之后没有改动，不用再备份。")
            self._verdict.setText(sentence(words))

        self._librarian.ask(
            lambda desk: desk.library.keep_backup(MADE_BY_HAND), self.while_open(done), self.while_open(self._fail)
        )

    def _retrieve(self) -> None:
        self._take_back(lambda desk, backup, ident: ident if retrieve_state(desk, backup, ident) else "")

    def _retrieve_copy(self) -> None:
        self._take_back(retrieve_copy)

    def _take_back(self, how: Retrieve) -> None:
        backup, filing = self._backup(), self._filing()
        if backup is None or filing is None:
            return

        def work(desk: Desk) -> str:
            with Library.look_into(backup.path) as looked:
                return how(desk, looked, filing.id)

        self._librarian.ask(work, self.while_open(self._taken_back), self.while_open(self._fail))

    def _taken_back(self, ident: str) -> None:
        if ident:
            self.retrieved.emit(ident)
            self.accept()
        else:
            self._verdict.setText(sentence(N_("没有要恢复的，现在就是那样。")))

    def _ask(self) -> None:
        one = self._backup()
        if one is None:
            return
        told = {"time": f"{one.time.astimezone():%Y-%m-%d %H:%M}", "count": len(self._inside.lines)}
        words, title = sentence(_REPLACE, told), sentence(N_("恢复整个库"))
        question = QMessageBox(QMessageBox.Icon.Question, title, words, parent=self)
        question.setObjectName("replace")
        question.setTextFormat(Qt.TextFormat.PlainText)
        stay = question.addButton(sentence(N_("取消")), QMessageBox.ButtonRole.RejectRole)
        go = question.addButton(title, QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(stay)
        question.setEscapeButton(stay)
        question.buttonClicked.connect(lambda clicked: self._replace(one) if clicked is go else None)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    def _replace(self, one: Backup) -> None:
        self.replacing.emit()
        self._librarian.ask(lambda desk: desk.library.keep_backup("restore"), lambda _: None, lambda _: None)
        self._librarian.ask_closed(
            lambda library: put_in_place(library, one.path),
            self.while_open(self._replaced),
            self.while_open(self._fail),
        )

    def _replaced(self, kept: Path) -> None:
        self.replaced.emit(kept)
        self.accept()

    def _lay_out(self) -> None:
        for table, columns in ((self.list, (8, 4, 4, 2.5)), (self.table, (5, 8, 5))):
            for section, width in enumerate(columns):
                table.widen(section, width)
        self.list.horizontalHeader().setStretchLastSection(True)
        self.kept.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (3, 4):
            self.table.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.addWidget(self.kept)
        right.addWidget(self.table)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([430, LARGEST.width() - 430])
        self.content.addWidget(self._verdict)
        self.content.addWidget(split, 1)
