"""A template read backwards: which blanks each label names, and how each block is headed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cache

from forms.importers.synonyms import Aliases, synonyms
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Blank, Block, LayoutCell, Sheet, Template, Words
from forms.template.spelling import label_key
from forms.values import Kind

RowAt = tuple[int, int]  # sheet and row of the drawing, from 0
_NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A label and the blanks it names: those to its `right`, or the one straight `below` it.

    `keys` are its spellings, `guesses` those that only usage knows. A field that no label names is found by its own
    name; such a label stands in no row of the drawing.
    """

    words: str
    row: RowAt
    keys: frozenset[str]
    right: tuple[LayoutCell, ...] = ()
    below: LayoutCell | None = None
    guesses: frozenset[str] = frozenset()

    @property
    def drawn(self) -> bool:
        """Whether it stands in the drawing."""
        return self.row[0] != _NOWHERE

    @property
    def fills(self) -> bool:
        """Whether it names a blank."""
        return bool(self.right) or self.below is not None


@dataclass(frozen=True, slots=True)
class Heading:
    """How a block is headed: each column by every spelling of its heading label."""

    block: Block
    columns: dict[str, str]  # label key -> column name
    at: RowAt = (_NOWHERE, 0)  # where the block begins
    unnamed: str = ""  # the column of the rows' names, which may have no heading

    def named(self, keys: Set[str]) -> set[str]:
        """The columns that `keys` name."""
        return {self.columns[key] for key in keys & self.columns.keys()}

    def is_told_by(self, keys: Set[str]) -> bool:
        """Whether `keys` name enough of the columns for a heading: half of them, of many columns three."""
        count = len(self.named(keys))
        return count >= 2 and count * 2 >= min(len(self.block.columns), 6)


@dataclass(slots=True)
class Guide:
    """Everything the matcher asks of a template.

    `after` gives the blanks below a row that no label names, `unheaded` the block beside a label that has no other
    heading. `above` has the words of headings that name no column, `words` those of everything the form prints.
    """

    template: Template
    rows: list[tuple[Label, ...]] = field(default_factory=list)
    names: list[Label] = field(default_factory=list)  # of fields without a label
    after: dict[RowAt, tuple[LayoutCell, ...]] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    unheaded: dict[str, Heading] = field(default_factory=dict)
    above: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    labels: dict[str, list[Label]] = field(default_factory=dict)
    guesses: dict[str, list[Label]] = field(default_factory=dict)

    def share(self, keys: Set[str], lines: Sequence[Set[str]]) -> float:
        """How many of the form's rows and headings show most of their labels among `keys`, from 0 to 1.

        Of a heading they must stand together, in one of the `lines`.
        """
        shown = [sum(bool(label.keys & keys) for label in row) * 2 >= len(row) for row in self.rows]
        for heading in self.headings:
            most = len(heading.named(keys)) * 2 > len(heading.block.columns)
            shown.append(most and any(len(heading.named(line)) * 2 > len(heading.block.columns) for line in lines))
        return sum(shown) / len(shown) if shown else 0.0

    def beside(self, heading: Heading) -> list[Heading]:
        """The headings of the blocks that begin on the same row further right."""
        at = next(number for number, one in enumerate(self.headings) if one is heading)
        return [one for one in self.headings[at + 1 :] if one.at == heading.at]

    def begins(self, keys: Set[str]) -> bool:
        """Whether the form's first row, which may be the heading of a block, is among `keys`."""
        first = self.headings[0] if self.headings and self.headings[0].block.heads else None
        if first and (not self.rows or (first.at[0], first.block.heads[0]) < self.rows[0][0].row):
            return first.is_told_by(keys)
        return bool(self.rows) and all(label.keys & keys for label in self.rows[0])


@cache
def guide(template: Template) -> Guide:
    """The guide of a template; made once."""
    aliases = Aliases(template)
    made = Guide(template)
    for number, sheet in enumerate(template.sheets):
        _read_rows(made, number, sheet, aliases)
        blocks = sorted(sheet.blocks, key=lambda block: (block.row, *(column.col for column in block.columns[:1])))
        made.headings.extend(_heading(template, block, aliases, (number, block.row)) for block in blocks)
        made.words.update(_printed(sheet))
    for label in (label for row in made.rows for label in row):
        _enter(made, label)
    for label in _unlabelled(made, aliases):
        _enter(made, label)
    made.words.update(made.labels)
    made.words.update(made.above)
    for heading in made.headings:
        made.words.update(heading.columns)
        made.above.difference_update(heading.columns)
        beside = () if heading.block.heads else (one for row in made.rows for one in row if one.row == heading.at)
        made.unheaded.update({key: heading for label in beside for key in label.keys if not label.fills})
    made.words.update(label_key(label) for table in template.tables.values() for label in table.labels)
    for tree in template.trees.values():
        for limb in tree.limbs:
            made.words.update((label_key(limb.label), *(label_key(branch.label) for branch in limb.branches)))
    made.words.update(key for word in list(made.words) for key in synonyms("列名", word))
    made.words.discard("")
    return made


def _read_rows(made: Guide, number: int, sheet: Sheet, aliases: Aliases) -> None:
    heads = {row for block in sheet.blocks for row in block.heads}
    claimed: set[int] = set()
    for row in range(sheet.rows):
        cells = sorted((cell for cell in sheet.cells if cell.row == row), key=lambda cell: cell.col)
        if row in heads:
            made.above.update(label_key(cell.words) for cell in cells if cell.is_label)
            continue
        labels = tuple(_labels(cells, (number, row), sheet, aliases))
        claimed.update(id(cell) for label in labels for cell in (*label.right, label.below) if cell)
        if labels:
            made.rows.append(labels)
        elif rest := tuple(cell for cell in cells if _is_blank(cell) and id(cell) not in claimed):
            made.after[number, row - 1] = rest


def _labels(cells: list[LayoutCell], at: RowAt, sheet: Sheet, aliases: Aliases) -> Iterator[Label]:
    for number, cell in enumerate(cells):
        if not cell.is_label or not label_key(cell.words):
            continue
        right: list[LayoutCell] = []
        for one in cells[number + 1 :]:
            if one.is_label:
                break
            right.extend([one] if _is_blank(one) else [])
        below = None if right else next((one for one in sheet.cells if _is_below(one, cell) and _is_blank(one)), None)
        keys, guesses = aliases.of(cell.words)
        yield Label(cell.words, at, keys, tuple(right), below, guesses)


def _is_blank(cell: LayoutCell) -> bool:
    return bool(cell.parts) and not cell.is_label and not cell.block


def _is_below(cell: LayoutCell, label: LayoutCell) -> bool:
    return cell.row == label.row + label.rows and cell.col == label.col


def _unlabelled(made: Guide, aliases: Aliases) -> Iterator[Label]:
    """A label for every field that the drawing names nowhere: it may have one of its own in another print."""
    template = made.template
    alone = {
        blanks[0].field: cell
        for sheet in template.sheets
        for cell in sheet.cells
        if len(blanks := [part for part in cell.parts if isinstance(part, Blank)]) == 1
    }
    for number, name in enumerate(template.fields):
        keys, _ = aliases.of(name)
        if not keys & set(made.labels):
            home = alone.get(name) or LayoutCell(_NOWHERE, number, 1, 1, (Blank(name),))
            yield Label(name, (_NOWHERE, number), keys, (home,))


def _enter(made: Guide, label: Label) -> None:
    if not label.drawn:
        made.names.append(label)
    for key in label.keys:
        made.labels.setdefault(key, []).append(label)
    for key in label.guesses:
        made.guesses.setdefault(key, []).append(label)


def _printed(sheet: Sheet) -> Iterator[str]:
    for part in (*sheet.left, *sheet.right, *(part for parts in sheet.signature for part in parts)):
        if isinstance(part, Words):
            yield label_key(part.text)
    yield from map(label_key, sheet.notes)


def _heading(template: Template, block: Block, aliases: Aliases, at: RowAt) -> Heading:
    columns: dict[str, str] = {}
    for column in block.columns:
        keys, _ = aliases.of(column.name)
        columns.update(dict.fromkeys(keys, column.name))
    for column in block.columns:
        for key in synonyms("列名", label_key(column.name)):
            columns.setdefault(key, column.name)
    if block.name in template.trees:
        columns.setdefault(label_key(LEVEL1), LEVEL1)
        columns.setdefault(label_key(LEVEL2), LEVEL2)
    table = template.tables.get(block.name)
    unnamed = next((one.name for one in table.columns if one.kind is Kind.ROW_LABEL), "") if table else ""
    return Heading(block, columns, at, unnamed)
