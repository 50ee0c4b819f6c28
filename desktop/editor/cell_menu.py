"""The menu of a cell, be it of a table or of a tree: safe repairs, choices, the text under the caret, the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.editor.tree_cell import CellEditor
from forms.language import N_, sentence

if TYPE_CHECKING:
    from desktop.bridge import Bridge
    from forms.problem import Problem


class CellMenu(QMenu):
    """A menu that goes away when it is closed; what it offers is added part by part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("row_menu")
        self.aboutToHide.connect(self.deleteLater)

    def add_fixes(self, bridge: Bridge, problems: Iterable[Problem]) -> None:
        """The safe repair of each problem that has one."""
        fixes = [problem.fix for problem in problems if problem.fix is not None]
        for number, fix in enumerate(fixes):
            self._add(f"fix_{number}", str(fix), "").triggered.connect(lambda _=False, fix=fix: bridge.mend(fix))

    def add_choices(self, choices: Iterable[str], put: Callable[[str], object]) -> None:
        """The choices of a column; `put` takes the one that is clicked."""
        for choice in choices:
            self._add("choice", choice, "").triggered.connect(lambda _=False, choice=choice: put(choice))

    def add_text_work(self, editor: QWidget | None) -> None:
        """Cut, copy and paste of the text under the caret, where the caret is in a text."""
        self.addSeparator()
        if isinstance(editor, CellEditor):
            self.add_work(
                ("cut_text", N_("剪切文字"), "Ctrl+X", editor.cut),
                ("copy_text", N_("拷贝文字"), "Ctrl+C", editor.copy),
                ("paste_text", N_("粘贴文字"), "Ctrl+V", editor.paste),
            )
            self.addSeparator()

    def add_work(self, *entries: tuple[str, str, str, Callable[[], object]]) -> None:
        """Entries of a name, words (a key of the catalogue), the shown key, and what is done."""
        for name, words, key, deed in entries:
            self._add(name, sentence(words), key).triggered.connect(lambda _=False, deed=deed: deed())

    def _add(self, name: str, words: str, key: str) -> QAction:
        # An ampersand of a text is a letter of it, not the mark of a shortcut.
        action = self.addAction(words.replace("&", "&&"))
        action.setObjectName(name)
        action.setShortcut(QKeySequence(key))
        return action
