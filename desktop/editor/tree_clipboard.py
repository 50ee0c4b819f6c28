"""Rows of an indicator tree as text, the way spreadsheets and Word copy and paste tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from desktop.editor.spreadsheet import cells_of, written
from desktop.models.indicator_edits import Branch, Edits, Texts
from desktop.models.indicators import IndicatorModel
from forms.filing import Place
from forms.language import N_, sentence
from forms.template.drawing import LEVEL1, LEVEL2

_OURS = "application/x-jixiao-copied-indicators"  # beside the text: of which form and tree the rows are

Row = tuple[Branch | None, Texts]  # without a branch where the lines do not tell it


@dataclass(frozen=True, slots=True)
class Pasted:
    """The rows a text stands for, and sentences on what of it does not stand as it was."""

    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


def copied(model: IndicatorModel, idents: Iterable[str]) -> QMimeData:
    """These rows as lines of cells, with 一级 and 二级 in front where they are of several branches."""
    names = [one.name for one in model.columns]
    rows = [(model.edits().branch_of(ident), ident) for ident in idents]
    several = len({branch for branch, _ in rows}) > 1
    lines = [
        [*(branch if several else ()), *(model.bridge.text(Place(indicator=ident, column=name)) for name in names)]
        for branch, ident in rows
    ]
    data = QMimeData()
    data.setText(written(lines))
    data.setData(_OURS, _origin(model))
    return data


def is_ours(model: IndicatorModel, data: QMimeData) -> bool:
    """Whether rows were copied here from a tree with the same columns, so that nobody has to look at them first."""
    return bytes(data.data(_OURS).data()) == _origin(model)


def _origin(model: IndicatorModel) -> bytes:
    return f"{model.bridge.template.digest}\n{model.tree.name}".encode()


def pasted(model: IndicatorModel, text: str, first: int = 0) -> Pasted:
    """What a text stands for, column by column from `first` on, or as its own heading or its labels tell.

    Cells beyond the last column are added to what stands in it, so that nothing is lost; blank lines are left out.
    """
    lines = [line for line in cells_of(text) if any(map(str.strip, line))]
    names = _heading(model, lines[0]) if lines else []
    if names:
        lines = lines[1:]
    else:
        names = [*_labels(model.edits(), lines), *(one.name for one in model.columns[first:])]
    rows = tuple(_row(model, names, line) for line in lines)
    return Pasted(rows, tuple(_notes(model, names, lines, rows)))


def _heading(model: IndicatorModel, line: Sequence[str]) -> list[str]:
    """The columns a first line names, if it does nothing else."""
    known = {LEVEL1, LEVEL2, *(one.name for one in model.columns)}
    names = [cell.strip() for cell in line]
    return names if len(names) > 1 and known.issuperset(names) and len(set(names)) == len(names) else []


def _labels(edits: Edits, lines: Sequence[Sequence[str]]) -> list[str]:
    """一级指标 and 二级指标 where every line begins with the labels of a branch; nothing otherwise."""
    known = set(edits.branches())
    begins = bool(lines) and all(len(line) > 2 and (line[0].strip(), line[1].strip()) in known for line in lines)
    return [LEVEL1, LEVEL2] if begins else []


def _row(model: IndicatorModel, names: Sequence[str], line: Sequence[str]) -> Row:
    cells: dict[str, str] = {}
    for number, cell in enumerate(line):
        name = names[min(number, len(names) - 1)]
        cells[name] = " ".join(filter(None, (cells.get(name, ""), cell)))
    branch = (cells.pop(LEVEL1, "").strip(), cells.pop(LEVEL2, "").strip())
    filled = {one.name: cells[one.name] for one in model.columns if one.fillable and cells.get(one.name)}
    return (branch if any(branch) else None), filled


def _notes(
    model: IndicatorModel, names: Sequence[str], lines: Sequence[Sequence[str]], rows: Sequence[Row]
) -> Iterator[str]:
    beyond = sum(1 for line in lines for cell in line[len(names) :] if cell.strip())
    if beyond:
        yield sentence(N_("右边多出 {count} 格，并入“{column}”。"), {"count": beyond, "column": names[-1]})
    computed = {one.name for one in model.columns if not one.fillable}
    for at, name in enumerate(names):
        if name in computed and any(line[at].strip() for line in lines if at < len(line)):
            yield sentence(N_("“{name}”由程序计算，贴来的内容不要。"), {"name": name})
    known = set(model.edits().branches())
    for branch in dict.fromkeys(branch for branch, _ in rows if branch and branch not in known):
        level1, level2 = branch
        yield sentence(N_("表样里没有“{level1} {level2}”，这些行会另成一类。"), {"level1": level1, "level2": level2})
