"""The menu of a cell of an indicator tree: safe repairs, the choices of its column, and what can be done with rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.editor.tree_cell import CellEditor
from desktop.models.branches import ROW
from desktop.models.indicator_rows import Index
from forms.commands import Batch
from forms.language import N_, sentence
from forms.problem import Fix

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView


def row_menu(view: IndicatorView, index: Index) -> QMenu:
    """What can be done at `index`; the menu goes away when it is closed."""
    menu = QMenu(view)
    menu.setObjectName("row_menu")
    menu.aboutToHide.connect(menu.deleteLater)
    fixes = [problem.fix for problem in view.tree_model.problems(index) if problem.fix is not None]
    for number, fix in enumerate(fixes):
        _add(menu, f"fix_{number}", str(fix), "").triggered.connect(lambda _=False, fix=fix: mend(view, fix))
    node = view.tree_model.node(index)
    if node is not None and node.depth == ROW:
        for choice in view.tree_model.columns[index.column()].choices:
            action = _add(menu, "choice", choice, "")
            action.triggered.connect(lambda _=False, choice=choice: view.tree_model.put(index, choice))
    editor = view.cell_editor()
    menu.addSeparator()
    if isinstance(editor, CellEditor):
        _add_all(
            menu,
            ("cut_text", N_("剪切文字"), "Ctrl+X", editor.cut),
            ("copy_text", N_("拷贝文字"), "Ctrl+C", editor.copy),
            ("paste_text", N_("粘贴文字"), "Ctrl+V", editor.paste),
        )
        menu.addSeparator()
    rows = view.rows
    _add_all(
        menu,
        ("add", N_("增加一条指标"), "" if editor else "Ins", rows.add),
        ("duplicate", N_("照样再加一条"), "Ctrl+D", rows.duplicate),
        ("move_up", N_("上移"), "Alt+Up", rows.move_up),
        ("move_down", N_("下移"), "Alt+Down", rows.move_down),
        ("copy", N_("拷贝整条"), "" if editor else "Ctrl+C", rows.copy),
        ("paste", N_("粘贴为新的指标"), "" if editor else "Ctrl+V", rows.paste),
        ("remove", N_("删除整条"), "Ctrl+Del", rows.remove),
    )
    return menu


def mend(view: IndicatorView, fix: Fix) -> None:
    """Do a safe repair as one step of undo."""
    single = len(fix.commands) == 1
    view.bridge.do(fix.commands[0] if single else Batch(fix.commands, fix.label), origin="fix")  # type: ignore[arg-type]  # every command is one of its leaves


def _add_all(menu: QMenu, *entries: tuple[str, str, str, Callable[[], object]]) -> None:
    for name, words, key, deed in entries:
        _add(menu, name, sentence(words), key).triggered.connect(lambda _=False, deed=deed: deed())


def _add(menu: QMenu, name: str, words: str, key: str) -> QAction:
    # An ampersand of a text is a letter of it, not the mark of a shortcut.
    action = menu.addAction(words.replace("&", "&&"))
    action.setObjectName(name)
    action.setShortcut(QKeySequence(key))
    return action
