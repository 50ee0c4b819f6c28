"""Cells put together again where a file has lost its merges, and a grid without columns nobody uses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from forms.authoring.given_cells import GivenCell, Place

_ORDINAL = re.compile(r"\d{1,2}|\.{3,6}|…+")
_YEAR = re.compile(r"20\d\d\s*年")
_LONGEST_LABEL = 24


def restored(cells: Sequence[GivenCell]) -> list[GivenCell]:
    """The cells as the paper has them: short rows go on to the right edge, lost merges are found, columns are used."""
    lines: dict[int, list[GivenCell]] = defaultdict(list)
    for cell in cells:
        lines[cell.row].append(cell)
    made = _widened(lines, lossy=all(cell.rows == cell.cols == 1 for cell in cells))
    if all(cell.rows == 1 for cell in cells):
        made = _merged_down(made)
    return _compressed(made)


def _widened(lines: dict[int, list[GivenCell]], *, lossy: bool) -> list[GivenCell]:
    """The last cell of a short row goes on to the right; so does one before blanks where the file lost its merges."""
    width = max((cell.col + cell.cols for line in lines.values() for cell in line), default=0)
    made: list[GivenCell] = []
    full = False  # whether the row above goes to the right edge with words, as a heading does
    tall = 0  # the row down to which a cell covers the right edge
    for number, line in sorted(lines.items()):
        row = _spread(line, {cell.col: cell.text for cell in lines.get(number + 1, ())}) if lossy else line
        row = _without_blanks(row) if lossy and not full else row
        last = row[-1]
        full = len(row) > 2 and last.col + last.cols == width and all(is_wordy(cell.text) for cell in row)
        if number >= tall:
            row[-1] = last = replace(last, cols=width - last.col)
        if last.col + last.cols == width:
            tall = max(tall, number + last.rows)
        made.extend(row)
    return made


def _without_blanks(row: list[GivenCell]) -> list[GivenCell]:
    """A row without the blanks at its end; after a label or an ordinal one is left, to be filled in."""
    last = max((at for at, cell in enumerate(row) if cell.text), default=len(row) - 1)
    if len(row) - last <= 2:
        return row
    labelled = last == 0 and is_wordy(row[0].text)
    numbered = last < 2 and _ORDINAL.fullmatch(row[last].text) is not None
    return row[: last + 2] if labelled or numbered else row[: last + 1]


def _spread(row: list[GivenCell], below: dict[int, str]) -> list[GivenCell]:
    """A heading over several columns, where a file has lost its merges: words and blanks over nothing but words."""
    words = [cell for cell in row if cell.text]
    if len(words) < 2 or not all(is_wordy(cell.text) for cell in words):
        return row
    whole = all(is_wordy(below.get(cell.col, "")) for cell in words)
    made: list[GivenCell] = []
    for cell in row:
        figures = re.fullmatch(r"[\d.,]+", below.get(cell.col + 1, "")) is not None
        if made and not cell.text and is_wordy(below.get(cell.col, "")) and (whole or figures):
            made[-1] = replace(made[-1], cols=made[-1].cols + cell.cols)
        else:
            made.append(cell)
    return made


def _merged_down(cells: Sequence[GivenCell]) -> list[GivenCell]:
    """Blanks below a label of a group belong to it, where a file has lost its vertical merges.

    They stand at the beginning of a row, or before words as the label itself does.
    """
    made: dict[Place, GivenCell] = {}
    above: dict[int, Place] = {}
    filled = {cell.row for cell in cells if cell.text}
    beside = {(cell.row, cell.col): cell.text for cell in cells}
    leading = -1
    before: GivenCell | None = None
    for cell in cells:
        if cell.col == 0:
            leading = cell.row if cell.row in filled else -1
        owner = made.get(above.get(cell.col, (-1, -1)))
        left = before.text if before is not None and before.row == cell.row else ""
        amid = left and not is_wordy(left) and is_wordy(beside.get((cell.row, cell.col + cell.cols), ""))
        within = leading == cell.row or amid
        if within and not cell.text and owner and owner.cols == cell.cols and _leads(owner, beside):
            made[owner.place] = replace(owner, rows=cell.row - owner.row + 1)
            before = None
            continue
        leading, before = -1, cell
        made[cell.place] = cell
        above[cell.col] = cell.place
    return list(made.values())


def _leads(cell: GivenCell, beside: dict[Place, str]) -> bool:
    """Whether a cell is the label of a group: words before other words."""
    return is_wordy(cell.text) and is_wordy(beside.get((cell.row, cell.col + cell.cols), ""))


def is_wordy(text: str) -> bool:
    """Whether a text may be a label: some words without a number."""
    return bool(text) and len(text) <= _LONGEST_LABEL and re.search(r"[\d。；]", _YEAR.sub("", text)) is None


def _compressed(cells: Sequence[GivenCell]) -> list[GivenCell]:
    """The cells on a grid that has only the columns at which some cell begins."""
    starts = sorted({cell.col for cell in cells})
    place = {col: number for number, col in enumerate(starts)}
    ends = {cell.col + cell.cols for cell in cells}
    after = {end: bisect_left(starts, end) for end in ends}
    return [replace(cell, col=place[cell.col], cols=after[cell.col + cell.cols] - place[cell.col]) for cell in cells]
