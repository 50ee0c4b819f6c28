"""The menu of a cell of a table: safe repairs, the choices of its column, and what can be done with rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.editor.cell_menu import CellMenu
from desktop.models.table_lines import Index
from forms.language import N_

if TYPE_CHECKING:
    from desktop.editor.row_view import TableView


def cell_menu(view: TableView, index: Index) -> CellMenu:
    """What can be done at `index`."""
    menu, model = CellMenu(view), view.row_model
    line, column = index.row(), index.column()
    menu.add_fixes(view.bridge, model.problems(line, column))
    if not model.is_fixed(line, column):
        menu.add_choices(model.columns[column].choices, lambda choice: model.put(index, choice))
    menu.add_text_work(view.cell_editor())
    _add_rows(menu, view)
    return menu


def _add_rows(menu: CellMenu, view: TableView) -> None:
    """The work on rows with its keys; what the form does not allow is there, and off."""
    work, editing, free = view.work, view.cell_editor() is not None, not view.row_model.fixed
    menu.add_work(
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
