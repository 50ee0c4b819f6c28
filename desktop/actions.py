"""Everything a person can ask of the window: names, keys and icons, and the menus and the tool bar made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from desktop import theme
from forms.language import N_, sentence

Key = QKeySequence.StandardKey | str
_Standard = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class _Entry:
    """One action: `name` is what the code calls it; `filing` says that it needs an open filing."""

    name: str
    words: str
    icon: str = ""
    keys: tuple[Key, ...] = ()  # the first one is told
    filing: bool = False


_ENTRIES = (
    _Entry("new", N_("新填一份…"), "file-plus", (_Standard.New,)),
    _Entry("import", N_("导入文件…"), "file-input", (_Standard.Open,)),
    _Entry("import-folder", N_("导入文件夹…"), "", ("Ctrl+Shift+O",)),
    _Entry("carry", N_("由这份表做…"), "", ("Ctrl+Shift+N",), filing=True),
    _Entry("print", N_("打印…"), "printer", (_Standard.Print,), filing=True),
    _Entry("print-set", N_("整套存为 PDF…"), "", ("Ctrl+Alt+P",), filing=True),
    _Entry("docx", N_("存为 Word 文件…"), "", ("Ctrl+Alt+S",), filing=True),
    _Entry("xlsx", N_("存为 Excel 文件…"), "sheet", ("Ctrl+Shift+S",), filing=True),
    _Entry("export", N_("导出申报包…"), "package", ("Ctrl+Shift+E",), filing=True),
    _Entry("templates", N_("表样库…"), "", ("Ctrl+Shift+T",)),
    _Entry("profiles", N_("单位档案…"), "", ("Ctrl+Shift+U",)),
    _Entry("backups", N_("备份…"), "archive-restore", ("Ctrl+Shift+B",)),
    _Entry("bin", N_("回收站…"), "", ("Ctrl+Shift+Delete",)),
    _Entry("verify", N_("核验申报包…"), "shield-check", ("Ctrl+Shift+K",)),
    _Entry("quit", N_("退出"), "", ("Ctrl+Q",)),
    _Entry("undo", N_("撤销"), "undo-2", ("Ctrl+Z",), filing=True),
    _Entry("redo", N_("恢复"), "redo-2", ("Ctrl+Y", "Ctrl+Shift+Z"), filing=True),
    _Entry("check", N_("检查"), "list-checks", ("F5",), filing=True),
    _Entry("next", N_("下一处"), "circle-arrow-down", ("F8",), filing=True),
    _Entry("compare", N_("对照…"), "", ("F7",), filing=True),
    _Entry("history", N_("历史…"), "history", ("Ctrl+Shift+H",), filing=True),
    _Entry("find-text", N_("查找和替换…"), "search", (_Standard.Find,), filing=True),
    _Entry("find-next", N_("查找下一个"), "", ("F3",), filing=True),
    _Entry("find-back", N_("查找上一个"), "", ("Shift+F3",), filing=True),
    _Entry("find", N_("在库里查找表"), "", ("Ctrl+Shift+F",)),
    _Entry("commands", N_("所有命令…"), "", ("Ctrl+K",)),
    _Entry("rows-empty", N_("只看没填全的指标"), "", ("Ctrl+Alt+E",), filing=True),
    _Entry("rows-faulty", N_("只看有问题的指标"), "", ("Ctrl+Alt+W",), filing=True),
    _Entry("rows-all", N_("显示全部指标"), "", ("Ctrl+Alt+A",), filing=True),
    _Entry("pane", N_("下一个窗格"), "", ("F6",)),
    _Entry("pane-back", N_("上一个窗格"), "", ("Shift+F6",)),
    _Entry("practice", N_("用例子练习…"), "", ("Ctrl+Shift+X",)),
    _Entry("manual", N_("使用手册"), "info", ("F1",)),
    _Entry("about", N_("关于绩效填报"), "", ("Shift+F1",)),
)
_LINE = "-"
_FILE = (
    "new", "import", "import-folder", "carry", _LINE, "print", "print-set", "docx", "xlsx", "export", _LINE,
    "verify", "templates", "profiles", "backups", "bin",
)  # fmt: skip
_MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("文件(&F)"), (*_FILE, _LINE, "quit")),
    (N_("编辑(&E)"), ("undo", "redo", "history", _LINE, "find-text", "find-next", "find-back", _LINE, "find")),
    (N_("检查(&C)"), ("check", "next", _LINE, "compare")),
    (N_("查看(&V)"), ("rows-empty", "rows-faulty", "rows-all", _LINE, "pane", "pane-back", _LINE)),
    (N_("帮助(&H)"), ("manual", "commands", "practice", _LINE, "about")),
)
_VIEW = 3
_TOOLS = ("new", "import", _LINE, "undo", "redo", _LINE, "check", "next", _LINE, "print", "xlsx", "export")
_SHORT = {
    "new": N_("新填"), "import": N_("导入"), "print": N_("打印"), "xlsx": N_("Excel"), "export": N_("导出"),
}  # fmt: skip
_THEMES = {"light": N_("浅色"), "dark": N_("深色"), "contrast": N_("高对比"), "system": N_("随系统")}
_LANGUAGES = {"zh_CN": "简体中文", "en": "English"}  # each in its own words, whatever the language of the window


class Actions(QObject):
    """The actions of one window by name, its menus and its tool bar."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._by_name = {entry.name: self._made(entry, window) for entry in _ENTRIES}
        self._menus = [window.menuBar().addMenu("") for _ in _MENUS]
        self._submenus: list[tuple[QMenu, str]] = []
        self._choices: list[tuple[QAction, str]] = []
        for menu, (_, names) in zip(self._menus, _MENUS, strict=True):
            self._fill(menu, names)
        self.tools = self._tool_bar(window)
        self.retranslate()
        self.enable_filing(on=False)

    def __getitem__(self, name: str) -> QAction:
        """The action called `name`."""
        return self._by_name[name]

    def connect_all(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Run `slots[name]` when the action of that name is chosen."""
        for name, slot in slots.items():
            self._by_name[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def add_view(self, actions: list[QAction]) -> None:
        """Add actions, such as those that show a dock, to the menu of what is seen."""
        self._menus[_VIEW].addActions(actions)
        self._menus[_VIEW].addSeparator()

    def add_choice(self, what: str, current: str, chosen: Callable[[str], None]) -> None:
        """Add a menu of `theme`, `language` or `text-size`; `chosen` hears the one taken."""
        words, choices = {
            "theme": (N_("外观"), _THEMES),
            "language": ("语言 / Language", _LANGUAGES),
            "text-size": (N_("文字大小"), {str(size): f"{size}%" for size in theme.TEXT_SIZES}),
        }[what]
        menu = self._menus[_VIEW].addMenu("")
        menu.setObjectName(f"menu-{what}")
        self._submenus.append((menu, words))
        group = QActionGroup(menu)
        for name, text in choices.items():
            action = group.addAction(text)
            action.setObjectName(f"{what}-{name}")
            action.setCheckable(True)
            action.setChecked(name == current)
            action.triggered.connect(lambda _checked=False, name=name: chosen(name))
            menu.addAction(action)
            self._choices.append((action, text))

    def enable_filing(self, *, on: bool) -> None:
        """Let the actions that need an open filing be chosen, or not; undo and redo have steps of their own."""
        for entry in _ENTRIES:
            if entry.filing and entry.name not in ("undo", "redo"):
                self._by_name[entry.name].setEnabled(on)
        if not on:
            self.name_steps("", "")

    def name_steps(self, undo: str, redo: str) -> None:
        """Name the steps that can be taken back and done again; an empty name means there is none."""
        for name, step in (("undo", undo), ("redo", redo)):
            action = self._by_name[name]
            words = sentence(N_("撤销")) if name == "undo" else sentence(N_("恢复"))
            action.setIconText(words)
            action.setText(f"{words}　{step}" if step else words)
            action.setToolTip(_tip(action))
            action.setEnabled(bool(step))

    def retranslate(self) -> None:
        """Show every name in the language in use."""
        for entry in _ENTRIES:
            action = self._by_name[entry.name]
            action.setText(sentence(entry.words))
            action.setIconText(sentence(_SHORT.get(entry.name, entry.words)))
            action.setToolTip(_tip(action))
        for menu, (words, _) in zip(self._menus, _MENUS, strict=True):
            menu.setTitle(sentence(words))
        for submenu, words in self._submenus:
            submenu.setTitle(sentence(words))
        for action, text in self._choices:
            action.setText(sentence(text))
        self.tools.setWindowTitle(sentence(N_("工具栏")))

    def redraw(self) -> None:
        """Draw the icons anew, in the colour of text of another theme."""
        for entry in _ENTRIES:
            if entry.icon:
                self._by_name[entry.name].setIcon(theme.icon(entry.icon))

    def _made(self, entry: _Entry, window: QMainWindow) -> QAction:
        action = QAction(window)
        action.setObjectName(f"action-{entry.name}")
        if entry.icon:
            action.setIcon(theme.icon(entry.icon))
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        window.addAction(action)  # its key works where the menu bar is hidden, too
        return action

    def _fill(self, menu: QMenu | QToolBar, names: tuple[str, ...]) -> None:
        for name in names:
            if name == _LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._by_name[name])

    def _tool_bar(self, window: QMainWindow) -> QToolBar:
        tools = window.addToolBar("")
        tools.setObjectName("tools")
        tools.setMovable(False)
        tools.setIconSize(QSize(18, 18))
        tools.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fill(tools, _TOOLS)
        return tools


def _tip(action: QAction) -> str:
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    words = action.text().rstrip("…")
    return f"{words}（{key}）" if key else words
