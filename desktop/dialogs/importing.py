"""What is about to come in, file by file and form by form: 原文 -> 导入值, text without a place, what to notice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.dialogs.arrivals import ArrivalList
from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.dialogs.matches import Pair, PairModel, PairTable, pairs
from desktop.labels import plain
from forms.desk import Incoming
from forms.grid.arrange import title
from forms.interchange import notice_objects
from forms.language import N_, sentence
from forms.titles import called


class ImportDialog(Frame):
    """Shows forms that were read. `chosen` gives those that are to come in; `refused` says what could not be read.

    Forms the library holds already (`held`, in the order of `incoming`) are not ticked, nor those that a file before
    theirs brings (`twice`). `files` names the file of each form; they are grouped by it where there are several.
    """

    def __init__(
        self, incoming: Sequence[Incoming], refused: Sequence[str] = (), held: Sequence[bool] = (),
        parent: QWidget | None = None, *, twice: Sequence[bool] = (), files: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__("import_dialog", QSize(LARGEST), parent)
        self._incoming = tuple(incoming)
        self._held = tuple(held) or (False,) * len(self._incoming)
        self._twice = tuple(twice) or (False,) * len(self._incoming)
        self._pairs: dict[int, tuple[Pair, ...]] = {}
        self._refused = plain("\n".join(refused), "refused")
        self._refused.setVisible(bool(refused))
        palette = self._refused.palette()
        palette.setColor(self._refused.foregroundRole(), theme.colour("error"))
        self._refused.setPalette(palette)
        self._already = plain("", "already")
        self._already.setVisible(any(self._held) or any(self._twice))
        self._forms = ArrivalList(self)
        self._about = plain("", "about")
        self._only = QCheckBox(self)
        self._only.setObjectName("only_different")
        self._model = PairModel(self)
        self._table = PairTable(self._model, self)
        self._unplaced = _texts(self, "unplaced")
        self._notices = _texts(self, "notices")
        self._tabs = QTabWidget(self)
        self._ok = self.button("accept", Role.AcceptRole)
        self._cancel = self.button("cancel", Role.RejectRole)
        self._lay_out()
        self._list(files)
        self._forms.turned_to.connect(self._show)
        self._forms.ticked.connect(self._count)
        self._only.toggled.connect(lambda: self._show(self._forms.current()))
        self._forms.setCurrentRow(0)
        self.retranslate()
        self._forms.setFocus()

    def chosen(self) -> list[Incoming]:
        """The forms that are ticked, in the order of the files."""
        return list(compress(self._incoming, self._forms.ticks()))

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("导入")))
        self._cancel.setText(sentence(N_("取消")))
        self._only.setText(sentence(N_("只看与原文有出入的")))
        self._forms.setAccessibleName(sentence(N_("读到的表")))
        self._table.setAccessibleName(sentence(N_("原文与导入值")))
        self._already.setText("\n".join(self._not_ticked()))
        for number, words in enumerate(map(_named, self._incoming, self._held, self._twice)):
            self._forms.name(number, words)
        self._show(self._forms.current())
        self._count()

    # --- how it is done

    def _list(self, files: Sequence[str]) -> None:
        grouped = len(set(files)) > 1
        for number, one in enumerate(self._incoming):
            if grouped and (not number or files[number] != files[number - 1]):
                self._forms.begin(files[number])
            already = self._held[number] or self._twice[number]
            meaning = "muted" if already else "" if one.told["complete"] else "warning"
            self._forms.add(ticked=not already, meaning=meaning)

    def _not_ticked(self) -> list[str]:
        """Why forms are not ticked."""
        said = (
            (sum(self._held), N_("{count} 份与库中已有的相同，没有勾选；要再存一份就勾上。")),
            (sum(self._twice), N_("{count} 份在前面的文件里已有相同的，没有勾选。")),
        )
        return [sentence(message, {"count": count}) for count, message in said if count]

    def _show(self, number: int) -> None:
        if number < 0:
            return
        one = self._incoming[number]
        if number not in self._pairs:  # of many files only some are looked at
            self._pairs[number] = pairs(one)
        shown = self._pairs[number]
        different = sum(pair.differs for pair in shown)
        self._about.setText(_about(one, different))
        self._model.show(shown, only_different=self._only.isChecked())
        unplaced = one.told["unplaced"]
        assert isinstance(unplaced, list)  # noqa: S101 — a report always lists them
        notices = [f"{notice['place']}：{notice['text']}" for notice in notice_objects(one.told)]
        _fill(self._unplaced, unplaced)
        _fill(self._notices, notices)
        self._tabs.setTabText(0, sentence(N_("没有找到位置的文字（{count}）"), {"count": len(unplaced)}))
        self._tabs.setTabText(1, sentence(N_("请留意（{count}）"), {"count": len(notices)}))
        self._tabs.setCurrentIndex(1 if notices and not unplaced else 0)

    def _count(self) -> None:
        count = len(self.chosen())
        self._ok.setText(sentence(N_("导入 {count} 份"), {"count": count}))
        self._ok.setEnabled(count > 0)

    def _lay_out(self) -> None:
        self._tabs.addTab(self._unplaced, "")
        self._tabs.addTab(self._notices, "")
        top = QHBoxLayout()
        top.addWidget(self._about, 1)
        top.addWidget(self._only, 0, Qt.AlignmentFlag.AlignBottom)
        upper = QWidget(self)
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self._table, 1)
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.addWidget(upper)
        right.addWidget(self._tabs)
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 1)
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self._forms)
        both.addWidget(right)
        both.setStretchFactor(1, 1)
        both.setSizes([280, 760])
        for splitter in (both, right):
            splitter.setChildrenCollapsible(False)
        self.content.addWidget(self._refused)
        self.content.addWidget(self._already)
        self.content.addWidget(both, 1)


def _named(one: Incoming, held: bool, twice: bool) -> str:
    """The title of a form, and what is special about it."""
    remarks = [] if one.told["complete"] else [sentence(N_("（不完整）"))]
    if held:
        remarks.append(sentence(N_("（库中已有）")))
    if twice:
        remarks.append(sentence(N_("（前面已有）")))
    return called(title(one.template, one.filing, {}), one.template, one.filing) + "".join(remarks)


def _about(one: Incoming, different: int) -> str:
    """What kind of form it is, where it stood, and what is wrong with it as a whole."""
    told = {"template": one.template.name, "version": one.template.version, "source": one.told["source"]}
    words = [sentence(N_("表样：{template} {version}；来自 {source}"), told)]
    if one.runner_up:
        words.append(sentence(N_("也有几分像“{template}”。"), {"template": one.runner_up}))
    if not one.told["complete"]:
        words.append(sentence(N_("这份表不完整：来文里的表被截断了，缺的部分要补填。")))
    if different:
        words.append(sentence(N_("有 {count} 处与原文有出入，请核对。"), {"count": different}))
    return "\n".join(words)


def _texts(parent: QWidget, name: str) -> QListWidget:
    shown = QListWidget(parent)
    shown.setObjectName(name)
    shown.setWordWrap(True)
    shown.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    return shown


def _fill(shown: QListWidget, texts: Sequence[str]) -> None:
    shown.clear()
    shown.addItems(list(texts))
