"""Turns filled grids into pages: every line of text, every rule and every repeated heading at its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, count

from forms.grid.cells import Grid
from forms.paper.flow import CONTINUED_HEIGHT, Fragment, flow
from forms.paper.marks import LineMark, Mark, Page, QrMark, TextMark, WatermarkMark
from forms.typeset.fonts import faces, vertical

__all__ = [
    "LineMark", "Mark", "Page", "QrMark", "TextMark", "WatermarkMark", "paginate", "paginate_all", "paginate_set",
]  # fmt: skip

_RULE = 0.5
_BASELINE = 0.88  # of a Chinese character's square lies above the baseline
_CONTINUED = "续"
_CONTINUED_SIZE = 9.0
_FOOTER_SIZE = 9.0
_CODE_SIZE = 7.5
_QR = 42.0  # 15 mm: the smallest that telephones read well from an office printer


def paginate(grid: Grid, *, stamp: str = "", code: str = "", start: int = 1, total: int = 0) -> tuple[Page, ...]:
    """Lay `grid` out on pages numbered from `start`.

    `total` is the number of pages of the whole document where it is known to be more than these. `stamp` is a word
    such as 草稿 that lies lightly across each page; `code` is the 核验码 of a filed revision, printed as text and as a
    QR code.
    """
    leaves = flow(grid)
    total = total or start - 1 + len(leaves)
    return tuple(_page(grid, leaf, (start + n, total), stamp=stamp, code=code) for n, leaf in enumerate(leaves))


def paginate_all(grids: Sequence[Grid], *, stamp: str = "", code: str = "") -> tuple[Page, ...]:
    """Lay several sheets out one after the other, the pages numbered through; each sheet begins a page."""
    return paginate_set([(grids, stamp, code)])[0]


def paginate_set(forms: Sequence[tuple[Sequence[Grid], str, str]]) -> tuple[tuple[Page, ...], ...]:
    """The pages of several forms, numbered through; a form is its sheets, its stamp, and its 核验码."""
    flowed = [[(grid, leaf) for grid in grids for leaf in flow(grid)] for grids, _, _ in forms]
    total, number = sum(map(len, flowed)), count(1)
    return tuple(
        tuple(_page(grid, leaf, (next(number), total), stamp=stamp, code=code) for grid, leaf in leaves)
        for leaves, (_, stamp, code) in zip(flowed, forms, strict=True)
    )


def _page(grid: Grid, leaf: Sequence[Fragment], number: tuple[int, int], *, stamp: str, code: str) -> Page:
    columns = tuple(accumulate(grid.widths, initial=grid.margins[3]))
    marks: list[Mark] = [_watermark(grid, stamp)] if stamp else []
    marks += _rules(leaf, columns)
    for fragment in leaf:
        marks += _text(fragment, columns, grid)
    marks += _footer(grid, number, stamp=stamp, code=code)
    return Page(grid.paper.width, grid.paper.height, tuple(marks), grid.name)


def _text(fragment: Fragment, columns: Sequence[float], grid: Grid) -> Iterator[TextMark]:
    cell, style, size = fragment.cell, fragment.cell.style, fragment.size
    face = faces()[style.face]
    left, right = columns[cell.col] + grid.padding, columns[cell.col + cell.cols] - grid.padding
    leading = size * grid.leading
    top = _first_line(fragment, leading, grid.padding)
    if fragment.continued:
        baseline = top - CONTINUED_HEIGHT + _BASELINE * _CONTINUED_SIZE
        yield TextMark(left, baseline, _CONTINUED, "heading", _CONTINUED_SIZE)
    baseline = top + (leading - size) / 2 + _BASELINE * size
    for line in fragment.lines:
        if line:
            x = left
            if style.align != "left":
                free = right - left - face.width(vertical(line) if style.vertical else line, size)
                x += free / 2 if style.align == "center" else free
            yield TextMark(x, baseline, line, style.face, size, style.vertical)
        baseline += leading


def _first_line(fragment: Fragment, leading: float, padding: float) -> float:
    """The top of the first line's box."""
    top = fragment.top + padding + (CONTINUED_HEIGHT if fragment.continued else 0.0)
    if fragment.anchored or fragment.cell.style.valign == "top":
        return top
    block = leading * len(fragment.lines)
    return max(top, (fragment.top + fragment.bottom - block) / 2)


def _rules(leaf: Iterable[Fragment], columns: Sequence[float]) -> list[Mark]:
    """The borders of the cells, an edge shared by cells once, edges that touch joined to one rule."""
    across: dict[float, list[tuple[float, float]]] = defaultdict(list)
    down: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for fragment in leaf:
        cell = fragment.cell
        if cell.style.border:
            left, right = columns[cell.col], columns[cell.col + cell.cols]
            for y in (fragment.top, fragment.bottom):
                across[round(y, 3)].append((left, right))
            for x in (left, right):
                down[round(x, 3)].append((fragment.top, fragment.bottom))
    rules: list[Mark] = [LineMark(x0, y, x1, y, _RULE) for y, edges in across.items() for x0, x1 in _joined(edges)]
    rules += [LineMark(x, y0, x, y1, _RULE) for x, edges in down.items() for y0, y1 in _joined(edges)]
    return rules


def _joined(edges: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    edges.sort()
    start, end = edges[0]
    for first, last in edges[1:]:
        if first > end + 0.01:
            yield start, end
            start, end = first, last
        end = max(end, last)
    yield start, end


def _watermark(grid: Grid, stamp: str) -> WatermarkMark:
    paper = grid.paper
    return WatermarkMark(paper.width / 2, paper.height / 2, stamp, min(paper.width, paper.height) / 4, 45.0)


def _footer(grid: Grid, number: tuple[int, int], *, stamp: str, code: str) -> Iterator[Mark]:
    paper, (_, right, bottom, _) = grid.paper, grid.margins
    baseline = paper.height - max(bottom / 2, 14.0) + _FOOTER_SIZE / 2
    face = faces()["text"]
    text = (f"{stamp}　" if stamp else "") + f"第 {number[0]}/{number[1]} 页"
    yield TextMark((paper.width - face.width(text, _FOOTER_SIZE)) / 2, baseline, text, "text", _FOOTER_SIZE)
    if code:
        size = max(min(_QR, bottom - 8.0), 0.0)
        text = f"核验码 {code}"
        edge = paper.width - right - size
        yield TextMark(edge - 6.0 - face.width(text, _CODE_SIZE), baseline, text, "text", _CODE_SIZE)
        yield QrMark(code, edge, paper.height - bottom + 4.0, size)
