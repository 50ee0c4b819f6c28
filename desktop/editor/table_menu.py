"""The menu of a cell of a table: safe repairs, the choices of its column, and what can be done with rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.editor.tree_cell import CellEditor
from desktop.models.table_lines import Index
from forms.commands import Batch
from forms.language import N_, sentence
from forms.problem import Fix

if TYPE_CHECKING:
    from desktop.editor.row_view import TableView


def cell_menu(view: TableView, index: Index) -> QMenu:
    """What can be done at `index`; the menu goes away when it is closed."""
    menu = QMenu(view)
    menu.setObjectName("row_menu")
    menu.aboutToHide.connect(menu.deleteLater)
    model, line, column = view.row_model, index.row(), index.column()
    fixes = [problem.fix for problem in model.problems(line, column) if problem.fix is not None]
    for number, fix in enumerate(fixes):
        _add(menu, f"fix_{number}", str(fix), "").triggered.connect(lambda _=False, fix=fix: _mend(view, fix))
    if not model.is_fixed(line, column):
        for choice in model.columns[column].choices:
            action = _add(menu, "choice", choice, "")
            action.triggered.connect(lambda _=False, choice=choice: model.put(index, choice))
    menu.addSeparator()
    editor = view.cell_editor()
    if isinstance(editor, CellEditor):
        _add_all(
            menu,
            ("cut_text", N_("剪切文字"), "Ctrl+X", editor.cut),
            ("copy_text", N_("拷贝文字"), "Ctrl+C", editor.copy),
            ("paste_text", N_("粘贴文字"), "Ctrl+V", editor.paste),
        )
        menu.addSeparator()
    _add_rows(menu, view)
    return menu


def _add_rows(menu: QMenu, view: TableView) -> None:
    """The work on rows with its keys; what the form does not allow is there, and off."""
    work, editing, free = view.work, view.cell_editor() is not None, not view.row_model.fixed
    _add_all(
        menu,
        ("add", N_("增加一行"), "" if editing else "Ins", work.add),
        ("duplicate", N_("照样再加一行"), "Ctrl+D", work.duplicate),
        ("move_up", N_("上移"), "Alt+Up", work.move_up),
        ("move_down", N_("下移"), "Alt+Down", work.move_down),
        ("copy", N_("拷贝整行"), "" if editing else "Ctrl+C", work.copy),
        ("cut", N_("剪切整行"), "" if editing else "Ctrl+X", work.cut),
        ("paste", N_("粘贴为新的行") if free else N_("从这一行起粘贴"), "" if editing else "Ctrl+V", work.paste),
        ("remove", N_("删除整行"), "Ctrl+Del", work.remove),
    )
    stray = view.currentIndex().row() >= view.row_model.fixed  # a row the form does not know can go
    for action in menu.actions():
        if action.objectName() in ("add", "duplicate", "move_up", "move_down"):
            action.setEnabled(free)
        elif action.objectName() in ("cut", "remove"):
            action.setEnabled(stray)


def _mend(view: TableView, fix: Fix) -> None:
    """Do a safe repair as one step of undo."""
    view.bridge.do(Batch(fix.commands, str(fix)), origin="fix")  # type: ignore[arg-type]  # every command is one of its leaves


def _add_all(menu: QMenu, *entries: tuple[str, str, str, Callable[[], object]]) -> None:
    for name, words, key, deed in entries:
        _add(menu, name, sentence(words), key).triggered.connect(lambda _=False, deed=deed: deed())


def _add(menu: QMenu, name: str, words: str, key: str) -> QAction:
    # An ampersand of a text is a letter of it, not the mark of a shortcut.
    action = menu.addAction(words.replace("&", "&&"))
    action.setObjectName(name)
    action.setShortcut(QKeySequence(key))
    return action
