"""Indicators offered in the tree while a 三级指标 is typed, and what taking one does to its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from desktop.editor.offers import Offers
from desktop.models.branches import ROW, Node
from forms.language import N_
from forms.template.model import Role

if TYPE_CHECKING:
    from desktop.editor.tree import IndicatorView
    from desktop.editor.tree_cell import CellEditor
    from forms.indicator_library import Entry, IndicatorLibrary

TAKE = N_("取用指标")
Library = Callable[[], "IndicatorLibrary | None"]


class TreeOffers:
    """What is offered in one tree; `library` is asked each time, and has nothing before it has been read."""

    def __init__(self, view: IndicatorView) -> None:
        self._view = view
        self.library: Library = lambda: None

    def attend(self, editor: CellEditor, node: Node, column: int) -> None:
        """Offer indicators in the editor of a name; in any other one nothing."""
        if node.depth == ROW and self._view.tree_model.columns[column].role is Role.NAME:
            label = node.label
            Offers(editor, lambda words: self._found(words, label), self.take)

    def take(self, entry: Entry) -> None:
        """Put an indicator into the row at work, as one step of undo; what stands in its other columns stays."""
        model, node = self._view.tree_model, self._view.current_node()
        edits, texts = model.edits(), dict(entry.texts(model.tree))
        standing = edits.filing.indicator(node.ident)
        if standing is None:
            (ident,) = edits.add(node.branch, [texts])
        else:
            ident, name = standing.id, model.tree.by_role(Role.NAME)
            kept = {column for column, text in standing.columns.items() if text.strip()} - {name.name if name else ""}
            edits.put(ident, {column: text for column, text in texts.items() if column not in kept})
        self._view.close_editor(keep=False)
        model.do(edits, TAKE)
        self._view.go_to(model.index_of_row(ident, self._view.currentIndex().column()))

    def _found(self, words: str, label: str) -> Sequence[Entry]:
        library = self.library()
        return library.search(words, label) if library is not None else ()
