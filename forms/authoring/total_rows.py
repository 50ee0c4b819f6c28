"""A total printed above the rows it is the sum of, which a template draws below them, where its tables end."""

from __future__ import annotations

from dataclasses import replace

from forms.authoring.given_cells import GivenForm
from forms.authoring.labels import label_score
from forms.authoring.lexicon import Lexicon, is_dots

_LEAST_COLUMNS = 3  # of a heading above a total


def lowered(form: GivenForm, lexicon: Lexicon) -> tuple[GivenForm, tuple[int, ...]]:
    """The form with such totals below their rows, and the rows where they stand now."""
    moved: list[int] = []
    for row in range(1, form.rows - 1):
        last = _last_below(form, row) if _is_above(form, row, lexicon) else row
        if last > row:
            form = _moved(form, row, last)
            moved.append(last)
    return form, tuple(moved)


def _is_above(form: GivenForm, row: int, lexicon: Lexicon) -> bool:
    """Whether a row names a total straight below a row of labels."""
    over, here = form.lines[row - 1], form.lines[row]
    if len(over) < _LEAST_COLUMNS or not here or here[0].col or any(cell.rows > 1 for cell in here):
        return False
    labels = sum(label_score(cell.text, lexicon) > 0 for cell in over) * 2 > len(over)
    alone = not any(cell.text for cell in here[1:])
    return labels and all(cell.text for cell in over) and alone and lexicon.is_total(here[0].text)


def _last_below(form: GivenForm, row: int) -> int:
    """The last of the rows of a table that begin below `row`: numbered from 1, else blank."""
    counted = form.text(row + 1, 0).rstrip(".、．") == "1"
    last = row
    while last + 1 < form.rows and all(cell.rows == 1 for cell in form.lines[last + 1]):
        text = form.text(last + 1, 0).rstrip(".、．")
        goes_on = (
            text == str(last + 1 - row) or is_dots(text) if counted else not any(c.text for c in form.lines[last + 1])
        )
        if not goes_on or not form.lines[last + 1]:
            break
        last += 1
    return last


def _moved(form: GivenForm, row: int, last: int) -> GivenForm:
    """The form with one row moved down behind another."""
    to = {row: last} | {below: below - 1 for below in range(row + 1, last + 1)}
    cells = (replace(cell, row=to.get(cell.row, cell.row)) for cell in form.cells)
    return replace(form, cells=tuple(sorted(cells, key=lambda cell: cell.place)))
