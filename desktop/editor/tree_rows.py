"""Work on the rows of an indicator tree: add, copy, move, take out, paste; each is one step of undo."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.dialogs.pasting import PasteDialog
from desktop.editor.tree_clipboard import copied, is_ours, pasted
from desktop.editor.tree_paste import headings, outlook, planned
from desktop.models.branches import BRANCH, ROW, Node
from desktop.models.indicator_edits import DROP, DUPLICATE, MOVE, PASTE, Branch, Edits, filled
from forms.journal import PASTED, TYPED

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView


class TreeRows:
    """The chosen rows of a view, and what can be done with them. Whoever was in a cell before is in one after it."""

    def __init__(self, view: IndicatorView) -> None:
        self._view = view
        self._model = view.tree_model

    def chosen(self) -> list[str]:
        """The ids of the selected rows in order; of the current one alone where the caret is in a cell."""
        current = self._view.current_node()
        nodes = [] if self._view.cell_editor() else map(self._model.node, self._view.selectionModel().selectedRows())
        idents = {node.ident for node in nodes if node is not None} or {current.ident}
        return [row.ident for row in self._model.rows() if row.ident and row.ident in idents]

    def add(self) -> None:
        """Add an empty indicator under the current one, or at the end of the current branch."""
        node = self._view.current_node()
        if node.waiting:
            self._view.caret.edit_cell()
        elif node.depth in (BRANCH, ROW):
            self.add_to(node.branch, self._after(node))

    def add_to(self, branch: Branch, before: str = "") -> None:
        """Add an empty indicator to `branch`, before the indicator `before` or at the end, and go into it."""
        edits = self._model.edits()
        added = edits.add(branch, [{}], before)
        self._model.do(edits, "")
        self._view.go_to(self._model.index_of_row(added[0]))

    def duplicate(self) -> None:
        """Put a copy of each chosen row under it."""
        edits = self._model.edits()
        self._show(edits, DUPLICATE, edits.duplicate(self.chosen()))

    def remove(self) -> None:
        """Take the chosen rows out; the row that follows becomes the current one."""
        idents = self.chosen()
        if not idents:
            return
        order = [row for row in self._model.rows() if row.ident]
        first = next(at for at, row in enumerate(order) if row.ident in idents)
        left = [row.ident for row in order if row.ident not in idents]
        column, editing = self._view.currentIndex().column(), self._view.cell_editor() is not None
        edits = self._model.edits()
        edits.drop(idents)
        self._model.do(edits, DROP)
        if left:
            self._view.go_to(self._model.index_of_row(left[min(first, len(left) - 1)], column), edit=editing)

    def move_up(self) -> None:
        """Move the chosen rows one place up, from the top of a branch to the end of the one before."""
        self._shift(down=False)

    def move_down(self) -> None:
        """Move the chosen rows one place down, from the end of a branch to the top of the next one."""
        self._shift(down=True)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a table."""
        if idents := self.chosen():
            QGuiApplication.clipboard().setMimeData(copied(self._model, idents))

    def cut(self) -> None:
        """Put the chosen rows on the clipboard and take them out."""
        self.copy()
        self.remove()

    def paste(self) -> None:
        """Add the rows of the clipboard under the current one, a row for each line."""
        self._paste(QGuiApplication.clipboard().text(), 0, over=False)

    def paste_text(self, text: str, first: int) -> None:
        """Put the lines of a copied table over the rows from the current one on, their cells from column `first` on.

        What has no row there gets new ones; lines that bring their 一级 and 二级 go there.
        """
        self._paste(text, first, over=True)

    def _paste(self, text: str, first: int, *, over: bool) -> None:
        """Paste at once what was copied here or is a single text; anything else after it was looked at."""
        node, found = self._view.current_node(), pasted(self._model, text, first)
        if not found.rows or node.depth not in (BRANCH, ROW):
            return
        words = [word for _, texts in found.rows for word in texts.values()]
        if len(words) == 1 and node.depth == BRANCH and self._model.named_by_filer(node):
            self._name(node, words[0])
            return
        plan = planned(self._model, found, node, over=over, before=self._after(node))
        column, editing = max(self._view.currentIndex().column(), 0), self._view.cell_editor() is not None
        enter = partial(self._show, plan.edits, PASTE, plan.idents, at=(column, editing))
        if len(words) == 1 or is_ours(self._model, QGuiApplication.clipboard().mimeData()):
            enter()
            return
        rows, marks = outlook(self._model, plan)
        dialog = PasteDialog(headings(self._model), rows, plan.notes, self._view, marks=marks)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(enter)
        dialog.open()

    def _name(self, node: Node, text: str) -> None:
        """Give a branch whose name is the filer's to write a name that was copied, and stay on its heading."""
        level1, name = node.level1, " ".join(text.split())
        self._model.put(self._model.index_of(node), name)
        self._view.go_to(self._model.branch_index(level1, name), edit=False)

    def filled(self, node: Node) -> bool:
        """Whether anything stands in the row."""
        return filled(self._model.bridge.filing.indicator(node.ident))

    def _after(self, node: Node) -> str:
        """The id of the indicator under a row; empty at the end of its branch."""
        if node.depth != ROW:
            return ""
        at = node.above.children.index(node) + 1
        return node.above.children[at].ident if at < len(node.above.children) else ""

    def _shift(self, *, down: bool) -> None:
        idents = self.chosen()
        edits = self._model.edits()
        if idents:
            edits.shift(idents, down=down)
            self._show(edits, MOVE, idents)

    def _show(self, edits: Edits, title: str, idents: Iterable[str], at: tuple[int, bool] | None = None) -> None:
        """Do what was collected and go to its rows: they are the chosen ones, or the caret is in the first.

        `at` is the column, and whether the caret was in a cell, where that is not so now.
        """
        now = max(self._view.currentIndex().column(), 0), self._view.cell_editor() is not None
        column, editing = at or now
        if self._model.do(edits, title, origin=PASTED if title == PASTE else TYPED):
            indexes = [self._model.index_of_row(ident, column) for ident in idents]
            self._view.go_to(indexes[0], edit=editing)
            if not editing:
                self._view.choose(indexes)
