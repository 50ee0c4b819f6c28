"""The history of the open filing: what was done when, what it changed, and the way back to a place, a branch or all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QMenu, QSplitter, QVBoxLayout, QWidget

from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.dialogs.timeline import Moment, Timeline
from desktop.jobs import Jobs
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.models.differences import DifferenceModel
from desktop.wrapped_table import WrappedTable
from forms.comparison import Comparison, Difference, Side, compare
from forms.errors import JixiaoError
from forms.filing import Filing
from forms.history import Past, Step, read_past
from forms.history.branches import Branch, branches, within
from forms.history.origins import origin_words
from forms.history.restoring import WayBack, untouched, way_back, whole_way
from forms.language import N_, sentence
from forms.template.model import Template

_ONE_STEP, _SINCE = "step", "since"
_TOLD = {
    _ONE_STEP: N_("这里改了 {count} 处；恢复就是退回修改前的样子，后来别处的修改不动。"),
    _SINCE: N_("从那时到现在改了 {count} 处；恢复就是回到那时的样子。"),
}
_SAME = N_("与现在没有不同。")


class HistoryDialog(Frame):
    """Shows the life of what is on the screen. `restored` gives the way back a person has chosen, to be done."""

    restored = Signal(object)  # forms.history.restoring.WayBack

    def __init__(
        self, librarian: Librarian, jobs: Jobs, template: Template, filing: Filing, parent: QWidget | None = None
    ) -> None:
        super().__init__("history_dialog", QSize(LARGEST.width(), LARGEST.height()), parent)
        self._jobs = jobs
        self._template, self._now = template, filing
        self._past: Past | None = None
        self._steps: Sequence[Step] = ()
        self._found: Comparison | None = None
        self._asked = 0  # of several comparisons under way only the last one counts
        self._origin = QComboBox(self)
        self._origin.setObjectName("origin")
        self._origin.currentIndexChanged.connect(self._filter)
        self._kind = QComboBox(self)
        self._kind.setObjectName("kind")
        self._kind.addItem("", _ONE_STEP)
        self._kind.addItem("", _SINCE)
        self.timeline = Timeline(self)
        self.timeline.chosen.connect(self._compare)
        self._kind.currentIndexChanged.connect(lambda _: self._compare(self.timeline.moments()))
        self._verdict = plain("", "verdict")
        self._model = DifferenceModel(self)
        self.table = WrappedTable("differences", self._model, self)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        self._here = self.button("restore_here", Role.ActionRole, self._restore_here)
        self._branch = self.button("restore_branch", Role.ActionRole)
        self._branch.setMenu(QMenu(self._branch))
        self._all = self.button("restore_all", Role.ActionRole, self._restore_all)
        self._close = self.button("close", Role.RejectRole)
        self._lay_out()
        self.retranslate()
        librarian.ask(
            lambda desk: read_past(desk.library, template, filing.id), self.while_open(self._read), self._fail
        )

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("历史")))
        self._origin.setAccessibleName(sentence(N_("只看来源")))
        self._kind.setAccessibleName(sentence(N_("与什么对照")))
        self._kind.setItemText(0, sentence(N_("看这一步改了什么")))
        self._kind.setItemText(1, sentence(N_("与现在对照")))
        self.table.setAccessibleName(sentence(N_("不同之处")))
        self._here.setText(sentence(N_("恢复此处")))
        self._branch.setText(sentence(N_("恢复此分支")))
        self._all.setText(sentence(N_("全部恢复")))
        self._close.setText(sentence(N_("关闭")))
        self.timeline.retranslate()
        self._model.retranslate()
        self._name_origins()
        self._show(self._found)

    # --- what there is

    def _read(self, past: Past) -> None:
        self._past = past
        words = sentence(N_("正在整理历史"))
        self._jobs.run(words, lambda _: past.steps(), self.while_open(self._know), self.while_open(self._fail))

    def _know(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._name_origins()
        self._filter()
        self.timeline.setFocus()

    def _name_origins(self) -> None:
        kept = self._origin.currentData()
        self._origin.blockSignals(True)
        self._origin.clear()
        self._origin.addItem(sentence(N_("所有来源")), "")
        for origin in dict.fromkeys(one.origin for one in self._steps):
            self._origin.addItem(origin_words(origin), origin)
        self._origin.setCurrentIndex(max(self._origin.findData(kept), 0))
        self._origin.blockSignals(False)

    def _filter(self) -> None:
        origin = self._origin.currentData()
        self.timeline.show_steps([one for one in self._steps if origin in ("", None, one.origin)])

    # --- what differs

    def _compare(self, chosen: Sequence[Moment]) -> None:
        past = self._past
        self._asked += 1
        if past is None or not chosen:
            self._show(None)
            return
        answer = partial(self._compared, self._asked)
        work = partial(_compared, past, self._now, chosen[0], chosen[-1], self._kind.currentData())
        words = sentence(N_("正在对照"))
        self._jobs.run(words, lambda _: work(), self.while_open(answer), self.while_open(self._fail))

    def _compared(self, number: int, found: Comparison) -> None:
        if number == self._asked:
            self._show(found)

    def _show(self, found: Comparison | None) -> None:
        self._found = found
        self._model.show(found)
        if found is not None:
            count = len(found.differences)
            self._verdict.setText(sentence(_TOLD[self._mode()] if count else _SAME, {"count": count}))
        if found is not None and found.differences:
            self.table.selectRow(0)
        self._enable()

    def _mode(self) -> str:
        return _ONE_STEP if len(self.timeline.moments()) > 1 else str(self._kind.currentData())

    def _fail(self, error: JixiaoError) -> None:
        self._show(None)
        self._verdict.setText(str(error))

    # --- the way back

    def _enable(self) -> None:
        one, found = self._difference(), self._found
        self._here.setEnabled(one is not None)
        self._all.setEnabled(one is not None)
        menu = self._branch.menu()
        menu.clear()
        if one is not None and found is not None:
            for branch in branches(one, found):
                menu.addAction(branch.words, partial(self._restore_within, branch))
        self._branch.setEnabled(not menu.isEmpty())

    def _difference(self) -> Difference | None:
        row = self.table.currentIndex().row()
        return self._model.lines[row].difference if 0 <= row < len(self._model.lines) else None

    def _restore_here(self) -> None:
        one = self._difference()
        if one is not None:
            self._restore([one])

    def _restore_within(self, branch: Branch) -> None:
        if self._found is not None:
            self._restore(within(branch, self._found))

    def _restore_all(self) -> None:
        found = self._found
        if found is None:
            return
        if self._mode() == _SINCE:
            self._leave_with(WayBack(whole_way(self._now, found.old.filing)))
            return
        still = untouched(found.differences, self._now)
        self._restore(still, left=len(found.differences) - len(still))

    def _restore(self, differences: Sequence[Difference], left: int = 0) -> None:
        if self._found is not None:
            back = way_back(differences, self._found.old.filing, self._now)
            self._leave_with(back._replace(left=back.left + left))

    def _leave_with(self, back: WayBack) -> None:
        if back.step is None:
            self._verdict.setText(sentence(N_("没有要恢复的：这些地方后来又改过，或现在就是那样。")))
            return
        self.restored.emit(back)
        self.accept()

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        for side, top, below in ((left, self._origin, self.timeline), (right, self._kind, self.table)):
            lines = QVBoxLayout(side)
            lines.setContentsMargins(0, 0, 0, 0)
            head = QHBoxLayout()
            head.addWidget(top)
            if side is right:
                head.addWidget(self._verdict, 1)
            else:
                head.addStretch(1)
            lines.addLayout(head)
            lines.addWidget(below, 1)
        self.table.widen(0, 5)
        self.table.widen(1, 10)
        self.table.widen(2, 5)
        for section in (3, 4):
            self.table.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([400, LARGEST.width() - 400])
        self.content.addWidget(split, 1)


def _compared(past: Past, now: Filing, first: Moment, last: Moment, kind: str) -> Comparison:
    """Between two moments; of a single one what it changed, or what has changed since."""
    if first is not last:
        return compare(past.side(first.last), past.side(last.last))
    if kind == _ONE_STEP and first.last:
        return past.change(first)
    return compare(past.side(first.last), Side(past.template, now))
