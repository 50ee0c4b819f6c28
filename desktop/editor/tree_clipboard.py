"""Rows of an indicator tree as lines of tab-separated text, the way spreadsheets and Word copy and paste tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from desktop.models.indicator_edits import Branch, Edits, Texts
from desktop.models.indicators import IndicatorModel
from forms.filing import Place
from forms.template.drawing import LEVEL1, LEVEL2

Row = tuple[Branch | None, Texts]  # without a branch where the lines do not tell it


def copied(model: IndicatorModel, idents: Iterable[str]) -> str:
    """These rows as text, with 一级 and 二级 in front where they are of several branches."""
    names = [one.name for one in model.columns]
    rows = [(model.edits().branch_of(ident), ident) for ident in idents]
    several = len({branch for branch, _ in rows}) > 1
    lines = [
        [*(branch if several else ()), *(model.bridge.text(Place(indicator=ident, column=name)) for name in names)]
        for branch, ident in rows
    ]
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\n").writerows(lines)
    return written.getvalue()


def is_table(text: str) -> bool:
    """Whether a text is more than what goes into one cell: what spreadsheets copy has tabs between its cells."""
    return "\t" in text


def pasted(model: IndicatorModel, text: str, first: int = 0) -> list[Row]:
    """The rows a text stands for, column by column from `first` on, or as its own heading or its labels tell.

    Cells beyond the last column are added to what stands in it, so that nothing is lost; blank lines are left out.
    """
    lines = [line for line in csv.reader(io.StringIO(text), dialect="excel-tab") if any(map(str.strip, line))]
    if not lines:
        return []
    names = _heading(model, lines[0])
    if names:
        lines = lines[1:]
    else:
        names = [*_labels(model.edits(), lines), *(one.name for one in model.columns[first:])]
    return [_row(model, names, line) for line in lines]


def _heading(model: IndicatorModel, line: Sequence[str]) -> list[str]:
    """The columns a first line names, if it does nothing else."""
    known = {LEVEL1, LEVEL2, *(one.name for one in model.columns)}
    names = [cell.strip() for cell in line]
    return names if len(names) > 1 and known.issuperset(names) and len(set(names)) == len(names) else []


def _labels(edits: Edits, lines: Sequence[Sequence[str]]) -> list[str]:
    """一级指标 and 二级指标 where every line begins with the labels of a branch; nothing otherwise."""
    known = set(edits.branches())
    begins = all(len(line) > 2 and (line[0].strip(), line[1].strip()) in known for line in lines)
    return [LEVEL1, LEVEL2] if begins else []


def _row(model: IndicatorModel, names: Sequence[str], line: Sequence[str]) -> Row:
    cells: dict[str, str] = {}
    for number, cell in enumerate(line):
        name = names[min(number, len(names) - 1)]
        cells[name] = " ".join(filter(None, (cells.get(name, ""), cell)))
    branch = (cells.pop(LEVEL1, "").strip(), cells.pop(LEVEL2, "").strip())
    filled = {one.name: cells[one.name] for one in model.columns if one.formula is None and cells.get(one.name)}
    return (branch if any(branch) else None), filled
