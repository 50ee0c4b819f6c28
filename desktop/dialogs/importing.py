"""What is about to come in, form by form: 原文 -> 导入值, text that found no place, and what to notice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.dialogs.matches import PairModel, PairTable, pairs
from desktop.labels import plain
from forms.desk import Incoming
from forms.grid.arrange import title
from forms.interchange import notice_objects
from forms.language import N_, sentence

_KEY = Qt.ItemDataRole.UserRole


class ImportDialog(Frame):
    """Shows forms that were read. `chosen` gives those that are to come in; `refused` says what could not be read."""

    def __init__(
        self, incoming: Sequence[Incoming], refused: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__("import_dialog", QSize(LARGEST), parent)
        self._incoming = tuple(incoming)
        self._pairs = [pairs(one) for one in incoming]
        self._refused = plain("\n".join(refused), "refused")
        self._refused.setVisible(bool(refused))
        palette = self._refused.palette()
        palette.setColor(self._refused.foregroundRole(), theme.colour("error"))
        self._refused.setPalette(palette)
        self._forms = QListWidget(self)
        self._forms.setObjectName("forms")
        self._forms.setWordWrap(True)
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
        for number, one in enumerate(self._incoming):
            self._list(number, one)
        self._forms.currentRowChanged.connect(self._show)
        self._forms.itemChanged.connect(self._count)
        self._only.toggled.connect(lambda: self._show(self._forms.currentRow()))
        self._forms.setCurrentRow(0)
        self.retranslate()
        self._forms.setFocus()

    def chosen(self) -> list[Incoming]:
        """The forms that are ticked, in the order of the file."""
        items = (self._forms.item(row) for row in range(self._forms.count()))
        ticked = [item.data(_KEY) for item in items if item.checkState() is Qt.CheckState.Checked]
        return [self._incoming[number] for number in ticked]

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("导入")))
        self._cancel.setText(sentence(N_("取消")))
        self._only.setText(sentence(N_("只看与原文有出入的")))
        self._forms.setAccessibleName(sentence(N_("读到的表")))
        self._table.setAccessibleName(sentence(N_("原文与导入值")))
        self._show(self._forms.currentRow())
        self._count()

    # --- how it is done

    def _list(self, number: int, one: Incoming) -> None:
        words = title(one.template, one.filing, {})
        state = "" if one.told["complete"] else sentence(N_("（不完整）"))
        item = QListWidgetItem(f"{words}{state}", self._forms)
        item.setData(_KEY, number)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        if state:
            item.setForeground(theme.colour("warning"))

    def _show(self, row: int) -> None:
        if row < 0:
            return
        one = self._incoming[row]
        different = sum(pair.differs for pair in self._pairs[row])
        self._about.setText(_about(one, different))
        self._model.show(self._pairs[row], only_different=self._only.isChecked())
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
        self.content.addWidget(both, 1)


def _about(one: Incoming, different: int) -> str:
    """What kind of form it is, where it stood, and what is wrong with it as a whole."""
    told = {"template": one.template.name, "version": one.template.version, "source": one.told["source"]}
    words = [sentence(N_("表样：{template} {version}；来自 {source}"), told)]
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
