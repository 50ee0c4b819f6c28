"""The menu of a cell of an indicator tree: safe repairs, the choices of its column, and what can be done with rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.editor.cell_menu import CellMenu
from desktop.models.branches import ROW
from desktop.models.indicator_rows import Index
from forms.language import N_

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView


def row_menu(view: IndicatorView, index: Index) -> CellMenu:
    """What can be done at `index`."""
    menu, model = CellMenu(view), view.tree_model
    menu.add_fixes(view.bridge, model.problems(index))
    node = model.node(index)
    if node is not None and node.depth == ROW:
        menu.add_choices(model.columns[index.column()].choices, lambda choice: model.put(index, choice))
    editor, rows = view.cell_editor(), view.rows
    menu.add_text_work(editor)
    menu.add_work(
        ("add", N_("增加一条指标"), "" if editor else "Ins", rows.add),
        ("duplicate", N_("照样再加一条"), "Ctrl+D", rows.duplicate),
        ("move_up", N_("上移"), "Alt+Up", rows.move_up),
        ("move_down", N_("下移"), "Alt+Down", rows.move_down),
        ("copy", N_("拷贝整条"), "" if editor else "Ctrl+C", rows.copy),
        ("paste", N_("粘贴为新的指标"), "" if editor else "Ctrl+V", rows.paste),
        ("remove", N_("删除整条"), "Ctrl+Del", rows.remove),
    )
    return menu
