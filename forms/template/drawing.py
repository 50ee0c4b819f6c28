"""The drawing of a form (版式): lines of cells between bars become cells with spans, and blocks with their headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.language import N_
from forms.template.model import Block, BlockColumn, Field, LayoutCell, Table, Tree
from forms.template.spelling import label_key, read_parts, split_bars
from forms.template.tree import Faults, Text
from forms.values import Kind

MAX_COLUMNS = 64
MAX_ROWS = 5_000
MAX_CELLS = 20_000
MAX_WORDS = 2_000
LEVEL1, LEVEL2 = "一级指标", "二级指标"

_LEFT, _UP, _HEADING = "<", "^", "# "
_Owners = dict[tuple[int, int], LayoutCell]  # which cell covers each place of the grid


@dataclass(slots=True)
class _Draft:
    row: int
    col: int
    text: str
    line: int
    places: set[tuple[int, int]] = field(default_factory=set)


def read_drawing(
    node: Text, columns: int, fields: Mapping[str, Field], faults: Faults
) -> tuple[int, tuple[LayoutCell, ...]] | None:
    """The number of rows and the cells of a drawing of `columns` columns; None where it does not fit at all.

    `<` merges a cell with its left neighbour, `^` with the one above, a short line ends in its last cell.
    """
    lines = [(node.line + 1 + number, text) for number, text in enumerate(node.text.split("\n")) if text.strip()]
    if not lines:
        faults.add(node.line, N_("“版式”是空的。"))
        return None
    if len(lines) > MAX_ROWS or len(lines) * columns > MAX_CELLS:
        faults.add(node.line, N_("版式太大：至多 {rows} 行、{cells} 格。"), rows=MAX_ROWS, cells=MAX_CELLS)
        return None
    rows = _tokens(lines, columns, faults)
    if rows is None:
        return None
    cells: list[LayoutCell] = []
    parts = 0
    spots = node.cells or [[line] * columns for line, _ in lines]
    for draft in _owners(spots, rows, faults):
        cells.append(_cell(draft, fields, faults))
        parts += len(cells[-1].parts)
        if parts > MAX_CELLS:
            faults.add(draft.line, N_("版式太大：填写格、方框和文字合起来至多 {cells} 段。"), cells=MAX_CELLS)
            return None
    return len(lines), tuple(cells)


def _tokens(lines: list[tuple[int, str]], columns: int, faults: Faults) -> list[list[str]] | None:
    """The cells of each line as written, `columns` of them; None where a line has more."""
    rows = []
    for line, text in lines:
        tokens = [text.strip()] if text.lstrip().startswith(_HEADING) else split_bars(text)
        if len(tokens) > columns:
            faults.add(line, N_("这一行有 {count} 格，列宽只有 {columns} 列。"), count=len(tokens), columns=columns)
        rows.append(tokens + [_LEFT] * (columns - len(tokens)))
    return rows if all(len(tokens) == columns for tokens in rows) else None


def _owners(spots: Sequence[Sequence[int]], rows: list[list[str]], faults: Faults) -> list[_Draft]:
    """The cells that own places of the grid; `spots` gives the line of each place."""
    drafts: list[_Draft] = []
    above: list[_Draft | None] = [None] * len(rows[0])
    for row, (lines, tokens) in enumerate(zip(spots, rows, strict=True)):
        current: list[_Draft | None] = []
        for col, (line, token) in enumerate(zip(lines, tokens, strict=True)):
            owner = _owner(token, current, above[col])
            if owner is None:
                if token in (_LEFT, _UP):
                    faults.add(line, N_("“{token}”的左边或上面没有可以合并的格。"), token=token)
                owner = _Draft(row, col, "" if token in (_LEFT, _UP) else token, line)
                drafts.append(owner)
            owner.places.add((row, col))
            current.append(owner)
        above = current
    return drafts


def _owner(token: str, current: list[_Draft | None], above: _Draft | None) -> _Draft | None:
    if token == _LEFT:
        return current[-1] if current else None
    return above if token == _UP else None


def _cell(draft: _Draft, fields: Mapping[str, Field], faults: Faults) -> LayoutCell:
    rows = max(row for row, _ in draft.places) - draft.row + 1
    cols = max(col for _, col in draft.places) - draft.col + 1
    if min(col for _, col in draft.places) < draft.col or len(draft.places) != rows * cols:
        faults.add(draft.line, N_("“{text}”合并出来的格不是长方形。"), text=draft.text)
        rows = cols = 1
    if len(draft.text) > MAX_WORDS:
        faults.add(draft.line, N_("一格里的字太多，至多 {most} 字。"), most=MAX_WORDS)
        return LayoutCell(draft.row, draft.col, rows, cols, line=draft.line)
    if draft.text.startswith("@"):
        return LayoutCell(draft.row, draft.col, rows, cols, block=draft.text[1:].strip(), line=draft.line)
    heading = draft.text.startswith(_HEADING)
    text = draft.text.removeprefix(_HEADING) if heading else draft.text
    parts = read_parts(text, draft.line, fields, faults)
    return LayoutCell(draft.row, draft.col, rows, cols, parts, heading=heading, line=draft.line)


# --- blocks: each column of a table or tree is found by the heading label above it ---


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a block shows: its columns in order, how a label names one, what stands under a heading without words."""

    columns: tuple[str, ...]
    labels: dict[str, str]
    unnamed: str
    optional: frozenset[str] = frozenset()


def read_blocks(
    cells: tuple[LayoutCell, ...],
    contents: Mapping[str, Table | Tree],
    aliases: Mapping[str, tuple[str, ...]],
    faults: Faults,
) -> tuple[Block, ...]:
    """The blocks of a drawing; `contents` are the tables and trees by name."""
    owners = {
        (row, col): cell
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for col in range(cell.col, cell.col + cell.cols)
    }
    blocks = []
    for cell in cells:
        if not cell.block:
            continue
        owner = contents.get(cell.block)
        if owner is None:
            messages = N_("“@{name}”既不是“表”也不是“指标”。"), N_("“@{name}”既不是“表”也不是“指标”，是不是“{near}”？")
            faults.unknown(cell.line, messages, cell.block, contents)
        elif isinstance(owner, Table) and owner.pattern:
            blocks.append(Block(owner.name, cell.row, (), ()))
        else:
            blocks.append(_block(cell, _wanted(owner, aliases), owners, faults))
    return tuple(blocks)


def _wanted(owner: Table | Tree, aliases: Mapping[str, tuple[str, ...]]) -> _Wanted:
    names = [column.name for column in owner.columns]
    if isinstance(owner, Tree):
        columns = (LEVEL1, LEVEL2, *names)
        return _Wanted(columns, _labels(columns, aliases), LEVEL1, frozenset({LEVEL1, LEVEL2}))
    hidden = owner.level_column if not owner.level_lengths else ""
    columns = tuple(name for name in names if name != hidden)
    unnamed = next((column.name for column in owner.columns if column.kind is Kind.ROW_LABEL), "")
    return _Wanted(columns, _labels(columns, aliases), unnamed)


def _labels(columns: tuple[str, ...], aliases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {label_key(label): name for name in columns for label in (name, *aliases.get(name, ()))}


def _block(cell: LayoutCell, wanted: _Wanted, owners: _Owners, faults: Faults) -> Block:
    heads = _heads(cell, owners)
    columns = _under_heads(cell, heads, wanted, owners, faults) if heads else _in_order(cell, wanted.columns, faults)
    drawn = Counter(column.name for column in columns)
    for name in wanted.columns:
        if not drawn[name] and name not in wanted.optional and columns:
            faults.add(cell.line, N_("“{block}”的列“{name}”没有画出来。"), block=cell.block, name=name)
        if drawn[name] > 1:
            faults.add(cell.line, N_("“{block}”的列“{name}”画了两次。"), block=cell.block, name=name)
    return Block(cell.block, cell.row, tuple(columns), tuple(heads))


def _under_heads(cell: LayoutCell, heads: range, wanted: _Wanted, owners: _Owners, faults: Faults) -> list[BlockColumn]:
    columns: list[BlockColumn] = []
    col, right = cell.col, cell.col + cell.cols
    while col < right:
        lowest = _at(owners, heads[-1], col)
        end = min(lowest.col + lowest.cols, right)
        spelt = [one.words for one in dict.fromkeys(_at(owners, row, col) for row in heads)]
        keys = [label_key("".join(spelt[start:])) for start in range(len(spelt))]
        name = next((wanted.labels[key] for key in keys if key in wanted.labels), "" if keys[-1] else wanted.unnamed)
        if name:
            columns.append(BlockColumn(name, col, end - col))
        else:
            messages = (
                N_("表头“{name}”对不上“{block}”的任何一列，可在“别名”中写明。"),
                N_("表头“{name}”对不上“{block}”的任何一列，是不是“{near}”？可在“别名”中写明。"),
            )
            faults.unknown(lowest.line, messages, lowest.words, wanted.columns, block=cell.block)
        col = end
    return columns


def _in_order(cell: LayoutCell, names: tuple[str, ...], faults: Faults) -> list[BlockColumn]:
    """Without a heading the columns stand in order, one grid column each; the last one has the rest."""
    if len(names) > cell.cols:
        message = N_("“@{block}”上面没有表头，又只占 {cols} 列，放不下 {count} 列。")
        faults.add(cell.line, message, block=cell.block, cols=cell.cols, count=len(names))
        return []
    last = len(names) - 1
    return [
        BlockColumn(name, cell.col + number, 1 if number < last else cell.cols - last)
        for number, name in enumerate(names)
    ]


def _heads(cell: LayoutCell, owners: _Owners) -> range:
    """The rows straight above `cell` that hold labels only within its columns and reach no further left."""
    columns = range(cell.col, cell.col + cell.cols)
    first = row = cell.row
    while row > 0:
        over = [_at(owners, row - 1, col) for col in columns]
        if any(one.col < cell.col or one.heading or one.block or (one.parts and not one.is_label) for one in over):
            break
        row -= 1
        if any(one.parts for one in over):
            first = row
    return range(first, cell.row)


def _at(owners: _Owners, row: int, col: int) -> LayoutCell:
    """The cell that covers a place; an empty one where a faulty drawing leaves a hole."""
    return owners.get((row, col)) or LayoutCell(row, col, 1, 1)
