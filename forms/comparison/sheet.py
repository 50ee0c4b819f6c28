"""The printed 修改对照表: a comparison as a Grid, for the same pages and PDF as any form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from forms.comparison.documents import Documents
from forms.comparison.model import Comparison, Side, What
from forms.comparison.words import WHAT, Line, lines, signs
from forms.filing import Place
from forms.grid.arrange import LEADING, MARGINS, NOTE_SIZE, PADDING, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE
from forms.grid.cells import Cell, CellKind, Grid, Head, Piece, Style
from forms.typeset.fonts import faces
from forms.typeset.linebreak import wrap
from forms.typeset.papers import PAPERS

TITLE = "修改对照表"
_PAPER = PAPERS["A4横"]
_WEIGHTS = (4, 18, 11, 36, 36, 6)
_HEADS = ("序号", "位置", "栏目", "修改前", "修改后", "改动")
_ALL = len(_WEIGHTS)
_NOTHING = "没有不同"
_TITLE_STYLE = Style("center", face="heading", size=TITLE_SIZE, border=False)
_FURNITURE = Style("left", size=TEXT_SIZE, border=False)
_NOTE = Style("left", size=NOTE_SIZE, border=False)
_HEAD = Style("center", face="heading", size=SMALL_SIZE)
_LABEL, _TEXT = Style("center", size=SMALL_SIZE), Style("left", size=SMALL_SIZE)


class _Drawn(NamedTuple):
    """A cell before it has its place."""

    kind: CellKind
    words: str
    style: Style
    cols: int = 1


def sheet(comparison: Comparison, name: str = TITLE) -> Grid:
    """The comparison as a table: where, what stood there, what stands there now. `name` is for bookmarks."""
    drawn = _Sheet(_HEADS, comparison.old.name, comparison.new.name)
    told = groupby(lines(comparison, _in_chinese), _owner)
    for number, (_, some) in enumerate(told, 1):
        drawn.group(number, list(some))
    brackets = signs(comparison)
    return drawn.grid(
        name,
        f"注：修改前一栏{brackets}内的文字已删去，修改后一栏{brackets}内的文字是新的；……处没有改动；"
        "改动一栏的“写法”指内容相同，只有空格、全半角或数字的写法不同。",
    )


def sheets(documents: Documents) -> tuple[Grid, ...]:
    """What two documents differ in: a list of their forms, then a table for each form in which something differs."""
    differing = [one for one in documents.compared if one.differences]
    detailed = [sheet(one, f"{number}、{one.new.name}") for number, one in enumerate(differing, 1)]
    return (_overview(documents), *detailed)


def _overview(documents: Documents) -> Grid:
    drawn = _Sheet(("序号", "表", "", "修改前", "修改后", "改动"))
    rows: list[tuple[Side | None, Side | None, str]] = [
        (one.old, one.new, f"{len(one.differences)} 处" if one.differences else "相同") for one in documents.compared
    ]
    rows += [(side, None, WHAT[What.DROPPED]) for side in documents.dropped]
    rows += [(None, side, WHAT[What.ADDED]) for side in documents.added]
    for number, (old, new, told) in enumerate(rows, 1):
        form = next(side.template.name for side in (new, old) if side)
        names = [side.name if side else "" for side in (old, new)]
        drawn.row([
            _Drawn("label", str(number), _LABEL), _Drawn("label", form, _LABEL, 2),
            *(_Drawn("blank", name, _TEXT) for name in names), _Drawn("label", told, _LABEL),
        ])  # fmt: skip
    return drawn.grid("各表改动")


class _Sheet:
    """Collects the rows from the title down to the note."""

    def __init__(self, heads: Sequence[str], old: str = "", new: str = "") -> None:
        room = _PAPER.width - MARGINS[1] - MARGINS[3]
        self.widths = tuple(room * weight / sum(_WEIGHTS) for weight in _WEIGHTS)
        self.cells: list[Cell] = []
        self.heights: list[float] = []
        self.row([_Drawn("title", TITLE, _TITLE_STYLE, _ALL)])
        for words, name in (("修改前", old), ("修改后", new)) if old or new else ():
            self.row([_Drawn("furniture", f"{words}：{name}", _FURNITURE, _ALL)])
        # A head without words is the second half of the one before it.
        merged = [_Drawn("label", words, _HEAD, 1 + (after == "")) for words, after in pairwise((*heads, "-")) if words]
        self.top = self.row(merged)

    def grid(self, name: str, note: str = "") -> Grid:
        """The finished table, its note below; a table without rows says that nothing differs."""
        if len(self.heights) == self.top + 1:
            self.row([_Drawn("label", _NOTHING, _LABEL, _ALL)])
        body = range(self.top + 1, len(self.heights))
        if note:
            self.row([_Drawn("note", note, _NOTE, _ALL)])
        head = Head(range(self.top, self.top + 1), body)
        return Grid(
            name, _PAPER, MARGINS, self.widths, tuple(self.heights), tuple(self.cells), (head,), PADDING, LEADING
        )

    def group(self, number: int, told: Sequence[Line]) -> None:
        """The differences of one field, row or indicator: its number and words once beside them."""
        top = len(self.heights)
        whole = not any(line.name for line in told)
        for line in told:
            name = [] if whole else [_Drawn("label", line.name, _LABEL)]
            texts = [_Drawn("blank", line.before, _TEXT), _Drawn("blank", line.after, _TEXT)]
            what = _Drawn("label", WHAT[line.difference.what], _LABEL)
            self.row([*name, *texts, what], first=3 if whole else 2)
        beside = _Drawn("label", str(number), _LABEL), _Drawn("label", told[0].where, _LABEL, 1 + whole)
        for col, drawn in enumerate(beside):
            cell = self._placed(top, col, drawn, len(told))
            lacking = _needed(cell) - sum(self.heights[top:])
            for row in range(top, len(self.heights)) if lacking > 0 else ():
                self.heights[row] += lacking / len(told)

    def row(self, drawn: Sequence[_Drawn], first: int = 0) -> int:
        """Put cells side by side on a row of their own, and give its number."""
        row, col = len(self.heights), first
        height = 0.0
        for one in drawn:
            height = max(height, _needed(self._placed(row, col, one)))
            col += one.cols
        self.heights.append(height)
        return row

    def _placed(self, row: int, col: int, drawn: _Drawn, rows: int = 1) -> Cell:
        words, style = drawn.words, drawn.style
        width = sum(self.widths[col : col + drawn.cols]) - 2 * PADDING
        broken = wrap(words, width, style.size, faces()[style.face]) if words else ()
        cell = Cell(row, col, rows, drawn.cols, drawn.kind, (Piece(words),), broken, style)
        self.cells.append(cell)
        return cell


def _in_chinese(message: str, params: Mapping[str, object]) -> str:
    return message.format(**params)


def _owner(line: Line) -> Place:
    """The field, row or indicator a difference belongs to."""
    at = line.difference.at
    return Place(at.field, at.table, at.row, at.indicator)


def _needed(cell: Cell) -> float:
    return len(cell.lines) * cell.style.size * LEADING + 2 * PADDING
