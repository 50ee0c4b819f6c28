"""The list of commands (Ctrl+K): everything the window can do now, found by a few letters and run by Enter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QMenu, QMenuBar, QTableView, QWidget

from desktop import theme
from desktop.dialogs.frame import Frame, Role
from desktop.labels import plain
from desktop.models.lines import LinesModel
from forms.language import N_, sentence

_SIZE = QSize(560, 460)
_MOVES = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do: its name, the menus it stands in, its keys in words, and the action that does it."""

    name: str
    menus: str
    keys: str
    action: QAction

    def answers(self, wanted: Sequence[str]) -> bool:
        """Whether each of the words typed, in lower case, occurs in name, menus or keys."""
        told = f"{self.name} {self.menus} {self.keys}".casefold()
        return all(word in told for word in wanted)


def commands(bar: QMenuBar) -> Iterator[Command]:
    """Every action of the menus that can be chosen now, in the order of the menus."""
    for action in bar.actions():
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _of_menu(menu, _name(action))


def _of_menu(menu: QMenu, path: str) -> Iterator[Command]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _of_menu(inner, f"{path} › {_name(action)}")
        elif action.isEnabled() and action.isVisible() and not action.isSeparator():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            yield Command(_name(action), path, keys, action)


def _name(action: QAction) -> str:
    """The words of an action, without the letter that is underlined in a menu."""
    words = action.text()
    mark = words.find("(&")
    return (words[:mark] if mark >= 0 else words.replace("&", "")).strip()


class _Commands(LinesModel[Command]):
    headings = (N_("命令"), N_("菜单"), N_("快捷键"))

    def show(self, found: Sequence[Command]) -> None:
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def said(self, line: Command, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.name, line.menus, line.keys)[column]
        if role == Qt.ItemDataRole.ForegroundRole and column:
            return theme.colour("muted")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (line.name, line.menus, line.keys)))
        return None


class CommandDialog(Frame):
    """Asks for a command; accepted with `chosen` set, which is to be triggered when the dialog is gone."""

    def __init__(self, bar: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__("commands", _SIZE, parent)
        self.chosen: QAction | None = None
        self._all = tuple(commands(bar))
        self._model = _Commands(self)
        self.search = QLineEdit(self)
        self.search.setObjectName("command-search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.table = self._made_table()
        self._none = plain(name="command-none")
        self.content.addWidget(self.search)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._none)
        self._run = self.button("run", Role.AcceptRole)
        self._close = self.button("close", Role.RejectRole)
        self._run.setDefault(True)
        self.retranslate()
        self._narrow("")
        self.search.setFocus()

    def accept(self) -> None:
        """Take the command under the caret, if there is one."""
        index = self.table.currentIndex()
        if index.isValid():
            self.chosen = self._model.lines[index.row()].action
            super().accept()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("所有命令")))
        self.search.setPlaceholderText(sentence(N_("输入要做的事，如“打印”“对照”，回车执行")))
        self.search.setAccessibleName(sentence(N_("查找命令")))
        self.table.setAccessibleName(sentence(N_("所有命令")))
        self._none.setText(sentence(N_("没有叫这个名字的命令，或者现在还不能用。")))
        self._run.setText(sentence(N_("执行")))
        self._close.setText(sentence(N_("关闭")))
        self._model.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Let ↑ and ↓ walk through the list while the caret stays in the search box."""
        if watched is not self.search or not isinstance(event, QKeyEvent) or event.key() not in _MOVES:
            return super().eventFilter(watched, event)
        return event.type() == QEvent.Type.KeyPress and QCoreApplication.sendEvent(self.table, event)

    def _narrow(self, text: str) -> None:
        wanted = text.casefold().split()
        self._model.show([one for one in self._all if one.answers(wanted)])
        some = bool(self._model.lines)
        if some:
            self.table.selectRow(0)
        self.table.setVisible(some)
        self._none.setVisible(not some)
        self._run.setEnabled(some)

    def _made_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("command-table")
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.doubleClicked.connect(self._take)
        return table

    def _take(self, index: QModelIndex) -> None:
        self.table.setCurrentIndex(index)
        self.accept()
