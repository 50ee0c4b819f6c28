"""The time line of a filing: days, the stretches of work of each, and their steps; the newest comes first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop import theme
from desktop.labels import literal
from forms.history import Step, Stretch, stretches
from forms.history.origins import origin_words, reason_words
from forms.language import N_, sentence

_HELD = Qt.ItemDataRole.UserRole
_SHORT = 40
_LINE = 1.6  # of a letter's height
_COLOURS = {"pasted": "warning", "import": "hint", "undo": "muted", "restore": "good", "fix": "good"}
_HEADINGS = (N_("时间"), N_("来源"), N_("改了什么"))

Moment = Step | Stretch


class Timeline(QTreeWidget):
    """Shows steps; one or two of them can be chosen. Items are made when they are unfolded: a long life opens fast."""

    chosen = Signal(object)  # a list of Moment, the earliest first

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setColumnCount(len(_HEADINGS))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.header().setStretchLastSection(True)
        # Not by its contents: the days run across all columns, and their items have no times of their own.
        self.header().resizeSection(0, self.fontMetrics().horizontalAdvance("00:00 – 00:00") + 2 * self.indentation())
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._steps: Sequence[Step] = ()
        self.itemExpanded.connect(self._fill)
        self.itemSelectionChanged.connect(lambda: self.chosen.emit(self.moments()))
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setAccessibleName(sentence(N_("历史")))
        self.setHeaderLabels([sentence(one) for one in _HEADINGS])
        self.show_steps(self._steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps, the day of the newest one unfolded and that step chosen."""
        self._steps = steps
        self.blockSignals(True)
        self.clear()
        for day, some in groupby(reversed(stretches(steps)), lambda one: one.time.date()):
            item = QTreeWidgetItem(self, [day.isoformat()])
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setFirstColumnSpanned(True)
            item.setSizeHint(0, self._line())
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
            self._hold(item, list(some))
        newest = self.topLevelItem(0)
        if newest is not None:
            self._fill(newest)
            newest.setExpanded(True)
            self.setCurrentItem(newest.child(0))
        self.blockSignals(False)
        self.chosen.emit(self.moments())

    def moments(self) -> list[Moment]:
        """What is chosen, the earliest first; a day is nothing that can be chosen."""
        found = [item.data(0, _HELD) for item in self.selectedItems()]
        return sorted((one[0] for one in found if isinstance(one, tuple)), key=lambda one: (one.last, -one.first))

    # --- how it is done

    def _hold(self, item: QTreeWidgetItem, inside: list[Moment]) -> None:
        item.setData(1, _HELD, inside)
        if inside:
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)

    def _line(self) -> QSize:
        return QSize(0, round(self.fontMetrics().height() * _LINE))

    def _fill(self, item: QTreeWidgetItem) -> None:
        if item.childCount():
            return
        for one in item.data(1, _HELD) or ():
            many = isinstance(one, Stretch) and len(one.steps) > 1
            made = QTreeWidgetItem(item, [_time(one), origin_words(one.origin), _what(one)])
            made.setData(0, _HELD, (one,))
            made.setSizeHint(0, self._line())
            made.setForeground(1, theme.colour(_COLOURS.get(one.origin, "muted")))
            made.setToolTip(2, literal(_what(one)))
            self._hold(made, list(reversed(one.steps)) if isinstance(one, Stretch) and many else [])


def _time(one: Moment) -> str:
    begun, ended = f"{one.time:%H:%M}", f"{one.until:%H:%M}"
    return begun if begun == ended else f"{begun}–{ended}"


def _what(one: Moment) -> str:
    step = one.steps[0] if isinstance(one, Stretch) and len(one.steps) == 1 else one
    words = step.where
    if isinstance(step, Step) and (step.before or step.after):
        told = {"place": step.where, "before": _short(step.before), "after": _short(step.after)}
        words = sentence(N_("{place}：“{before}”→“{after}”"), told)
    elif isinstance(step, Step) and step.count > 1:
        words = sentence(N_("{what}，{count} 处"), {"what": step.where, "count": step.count})
    kept = [
        sentence(N_("〔第 {number} 版 {reason}〕"), {"number": each.number, "reason": reason_words(each.reason)})
        for each in one.revisions
    ]
    return " ".join([words, *kept])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"
