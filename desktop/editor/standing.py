"""Which rows of a table or tree are chosen, and where the caret stands in it once a step was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex

from forms.filing import Place


class _Model(Protocol):
    def find(self, place: Place) -> QModelIndex: ...


class _View(Protocol):
    """A table or a tree of the form."""

    def currentIndex(self) -> QModelIndex: ...  # noqa: N802 — Qt's own name
    def selectionModel(self) -> QItemSelectionModel: ...  # noqa: N802 — Qt's own name
    def cell_editor(self) -> object | None: ...
    def go_to(self, index: QModelIndex, *, edit: bool = True) -> None: ...


def choose(view: _View, indexes: Iterable[QModelIndex]) -> None:
    """Select the rows of these cells and no others."""
    selection = QItemSelection()
    for index in indexes:
        selection.select(index, index)
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)


def return_to(view: _View, model: _Model, places: Iterable[Place]) -> bool:
    """Go to the rows of these places that are there: they are chosen, or the caret is in the first if it was in a cell.

    A place that is a whole row is met in the column the caret is in. False where the view has none of them.
    """
    column = max(view.currentIndex().column(), 0)
    found = sorted(
        (index if place.column else index.siblingAtColumn(column)
         for place in places if (index := model.find(place)).isValid()),
        key=_order,
    )  # fmt: skip
    if found and found[0] != view.currentIndex():
        view.go_to(found[0], edit=view.cell_editor() is not None)
    if found and view.cell_editor() is None:
        choose(view, found)
    return bool(found)


def _order(index: QModelIndex) -> tuple[int, ...]:
    return index.parent().parent().row(), index.parent().row(), index.row()
