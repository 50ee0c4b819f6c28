"""The comparison dialog: the open filing beside a revision of it or another filing, difference by difference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.dialogs.frame import LARGEST, Frame, Role, tell
from desktop.dialogs.saving import ask_file, file_name
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs, Progress
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.models.differences import DifferenceModel
from desktop.still import Still
from desktop.wrapped_table import WrappedTable
from forms import desk
from forms.comparison import Comparison, Side, compare
from forms.desk import Desk
from forms.errors import JixiaoError
from forms.grid.arrange import title
from forms.history.origins import reason_words
from forms.language import N_, sentence
from forms.store.records import Revision, Summary

_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the filing can be compared with: its own revisions, newest first, and the filings that are like it."""

    revisions: tuple[Revision, ...]
    filings: tuple[Summary, ...]


class CompareDialog(Frame):
    """Compares what is on the screen. `jump` gives the place a person wants to see; `written` where the PDF went."""

    jump = Signal(object)  # forms.filing.Place
    written = Signal(object)  # pathlib.Path

    def __init__(
        self, librarian: Librarian, jobs: Jobs, still: Still, parent: QWidget | None = None, folder: Path = Path()
    ) -> None:
        super().__init__("compare_dialog", QSize(LARGEST.width(), LARGEST.height()), parent)
        self._librarian, self._jobs, self._folder = librarian, jobs, folder
        self._still = still
        self._title = title(still.template, still.filing, still.computed)
        self._comparison: Comparison | None = None
        self._choices = _Choices((), ())
        self._list = QTreeWidget(self)
        self._list.setObjectName("choices")
        self._list.setHeaderHidden(True)
        self._list.setWordWrap(True)
        self._list.currentItemChanged.connect(self._chosen)
        self._verdict = plain("", "verdict")
        self._model = DifferenceModel(self)
        self.table = WrappedTable("differences", self._model, self)
        self.table.entered_row.connect(self._go)
        self.table.doubleClicked.connect(self._go)
        self._save = self.button("save", Role.ActionRole, self._ask_file)
        self._close = self.button("close", Role.RejectRole)
        self._lay_out()
        self.retranslate()
        librarian.ask(self._known, self.while_open(self._show), self.while_open(self._fail))

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("对照")))
        self._list.setAccessibleName(sentence(N_("与哪一份对照")))
        self.table.setAccessibleName(sentence(N_("不同之处")))
        self._save.setText(sentence(N_("存为修改对照表…")))
        self._close.setText(sentence(N_("关闭")))
        self._model.retranslate()
        self._fill()
        self._tell()

    # --- what to compare with

    def _known(self, open_desk: Desk) -> _Choices:
        ident, kind = self._still.filing.id, self._still.filing.template.id
        like = [one for one in open_desk.library.list() if one.template_id == kind and one.id != ident]
        return _Choices(open_desk.library.revisions(ident)[::-1], tuple(like))

    def _show(self, choices: _Choices) -> None:
        self._choices = choices
        self._fill()
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first.child(0))
        self._list.setFocus()

    def _fill(self) -> None:
        """List the choices; the one that is looked at stays."""
        at = self._list.currentItem()
        kept = at.data(0, _KEY) if at is not None else None
        self._list.blockSignals(True)
        self._list.clear()
        revisions = [(("revision", one.number), _revision_words(one)) for one in self._choices.revisions]
        filings = [(("filing", one.id), f"{one.title}\n{one.year} {one.unit}".strip()) for one in self._choices.filings]
        for heading, entries in ((N_("这份表的各版"), revisions), (N_("同一种表"), filings)):
            if entries:
                top = QTreeWidgetItem(self._list, [sentence(heading)])
                top.setFlags(Qt.ItemFlag.ItemIsEnabled)
                for key, words in entries:
                    item = QTreeWidgetItem(top, [words])
                    item.setData(0, _KEY, key)
                    if key == kept:
                        self._list.setCurrentItem(item)
                top.setExpanded(True)
        self._list.blockSignals(False)

    def _chosen(self, item: QTreeWidgetItem | None) -> None:
        key = item.data(0, _KEY) if item is not None else None
        if item is None or key is None:
            return
        what, which = key
        ident = self._still.filing.id if what == "revision" else str(which)
        number = int(which) if what == "revision" else None
        self._librarian.ask(
            lambda open_desk: open_desk.side(ident, number),
            self.while_open(self._compare),
            self.while_open(self._fail),
        )

    # --- what differs

    def _compare(self, old: Side) -> None:
        now = sentence(N_("{title}（{told}）"), {"title": self._title, "told": sentence(N_("现在的内容"))})
        self._comparison = compare(old, Side(self._still.template, self._still.filing, now))
        self._model.show(self._comparison)
        self._tell()

    def _tell(self) -> None:
        self._save.setEnabled(self._comparison is not None)
        if self._comparison is None:
            return
        count = len(self._model.lines)
        params = {"name": self._comparison.old.name, "count": count}
        words = N_("与“{name}”相比，有 {count} 处不同。") if count else N_("与“{name}”没有不同。")
        self._verdict.setText(sentence(words, params))

    def _fail(self, error: JixiaoError) -> None:
        self._comparison = None
        self._model.show(None)
        self._save.setEnabled(False)
        self._verdict.setText(str(error))

    def _go(self, index: QModelIndex) -> None:
        self.jump.emit(self._model.lines[index.row()].difference.at)
        self.accept()

    def _ask_file(self) -> None:
        found = self._comparison
        if found is None:
            return
        words = sentence(N_("存为修改对照表"))
        name = file_name(self._title + sentence(N_("修改对照表")), ".pdf")
        path = ask_file(self, words, self._folder / name, sentence(N_("PDF 文件 (*.pdf)")))
        if path is None:
            return

        def failed(error: JixiaoError) -> None:
            tell(self, str(error), title=words)

        def work(progress: Progress) -> Path:
            from forms.comparison_pdf import comparison_pdf  # noqa: PLC0415 — drawing is loaded when something is printed

            progress.step(1, 1, path.name)
            desk.write(path, comparison_pdf(found))
            return path

        wait_for(self._jobs.run(words, work, self.written.emit, failed), self)

    def _lay_out(self) -> None:
        right = QWidget(self)
        lines = QVBoxLayout(right)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self._verdict)
        lines.addWidget(self.table, 1)
        self.table.widen(0, 4)
        self.table.widen(1, 12)
        self.table.widen(2, 7)
        for section in (3, 4):
            self.table.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        split = QSplitter(self)
        split.addWidget(self._list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([260, LARGEST.width() - 260])
        self.content.addWidget(split, 1)


def _revision_words(one: Revision) -> str:
    reason = reason_words(one.reason)
    told = {"number": one.number, "time": one.local_time, "reason": reason}
    return sentence(N_("第 {number} 版　{time}　{reason}"), told)
