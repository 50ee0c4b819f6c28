"""Tables of an unknown form, found by a row of labels over rows that stand under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from forms.authoring.blocks import Grown, Leaf, TableBlock, leaves_of
from forms.authoring.given_cells import GivenCell, GivenForm
from forms.authoring.labels import label_score
from forms.authoring.lexicon import Lexicon, counts, is_dots, is_number, is_sign
from forms.authoring.tree_blocks import Trees, begins_anew
from forms.template.spelling import label_key
from forms.values import Kind

_MOST_HEADS = 3  # rows of a heading
_MOST_PAIRED = 6  # labels over a single row of blanks that are fields rather than a table
_LEAST_COLUMNS = 3  # of a table that has only one blank row
_MOST_FIXED = 40  # rows; a longer table is a list whose first column happens to be filled
_LEAST_LABELS = 0.5  # the mean score that makes a row of labels a heading
_LEAST_LABEL = 0.3  # the score below which a text over values is no heading
_SERIALS = ("序号", "编号", "序")


def find(form: GivenForm, lexicon: Lexicon) -> list[Grown]:
    """The trees and tables of a form from the top down; no two share a row."""
    trees, tables = Trees(form, lexicon), Tables(form, lexicon)
    found: list[Grown] = []
    row = 0
    while row < form.rows:
        blocks: list[Grown] = [*trees.headed_by(row)] or [*tables.headed_by(row)] or [*tables.numbered_from(row)]
        found.extend(blocks)
        row = max([block.rows.stop for block in blocks], default=row + 1)
    return found


class Tables:
    """Finds the tables of one form."""

    def __init__(self, form: GivenForm, lexicon: Lexicon) -> None:
        self._form, self._lexicon = form, lexicon
        self._trees = Trees(form, lexicon)

    def headed_by(self, row: int) -> Iterator[TableBlock]:
        """The table whose heading begins in `row`, if there is one."""
        side = self._side(row)
        heads = [cell for cell in self._form.lines[row] if cell not in side]
        if len(heads) < 2 or [*self._trees.headed_by(row + 1)]:
            return
        height = max(cell.rows for cell in heads)
        if height > _MOST_HEADS or any(cell.rows not in (height, 1) for cell in heads):
            height = min(cell.rows for cell in heads)
        height = self._deepened(row, heads, height)
        below = range(row + height, self._form.rows)
        cols = range(heads[0].col, heads[-1].col + heads[-1].cols)
        leaves = leaves_of(self._form, range(row, row + height), cols)
        rows = self._counted(below) if self._is_serial(leaves) else self._beside(side, self._aligned(below, leaves))
        rows = self._without_total(rows, leaves)
        if leaves and rows and self._is_heading(leaves, rows, beside=bool(side)):
            for part in _parts(leaves):
                yield self._table(range(row, row + height), rows, part)

    def numbered_from(self, row: int) -> Iterator[TableBlock]:
        """Rows that are numbered 1, 2, 3 without a heading above them; a label may stand beside the first."""
        first = next((n for n, c in enumerate(self._form.lines[row][:2]) if c.text.strip(".、．") == "1"), None)
        if first is None or len(self._form.lines[row]) < first + 2:
            return
        wanted = [(cell.col, cell.cols) for cell in self._form.lines[row][first:]]
        last = row
        while last < self._form.rows and self._is_next(last, last - row + 1, wanted):
            last += 1
        if last - row > 1:
            leaves = tuple(Leaf(col, cols, ("",)) for col, cols in wanted)
            yield TableBlock(range(row, row), range(row, last), leaves, serial=True)

    def _is_next(self, row: int, number: int, wanted: list[tuple[int, int]]) -> bool:
        """Whether a row is the next of numbered ones: its number or dots, and nothing to the left of it."""
        here = [self._form.at(row, col) for col, _ in wanted]
        left = [cell for cell in self._form.lines[row] if cell.col < wanted[0][0] and cell.text]
        text = here[0].text.strip(".、．")
        counted = text == str(number) or (number > 1 and is_dots(here[0].text))
        return counted and [(cell.col, cell.cols) for cell in here] == wanted and (number == 1 or not left)

    def _deepened(self, row: int, heads: Sequence[GivenCell], height: int) -> int:
        """The height of a heading; one more row where labels stand below a label that goes over several columns."""
        wide = [cell for cell in heads if cell.cols > 1 and cell.rows == 1]
        under = [self._form.at(row + 1, col) for cell in wide for col in range(cell.col, cell.col + cell.cols)]
        deeper = wide and all(cell.text and cell.row == row + 1 and cell.cols == 1 for cell in under)
        deeper = deeper and all(label_score(cell.text, self._lexicon) >= 0 for cell in wide)
        scores = [label_score(cell.text, self._lexicon) for cell in under]
        return max(height, 2) if deeper and sum(scores) >= _LEAST_LABELS * len(scores) else height

    def _side(self, row: int) -> list[GivenCell]:
        """The labels at the left that go on below the row: what a block is called."""
        side = []
        for cell in self._form.lines[row]:
            if cell.rows < 2 or any(other.rows >= cell.rows for other in self._form.lines[row] if other.col > cell.col):
                break
            side.append(cell)
        return side

    def _aligned(self, below: range, leaves: tuple[Leaf, ...]) -> range:
        """The rows straight below a heading whose cells stand under its columns exactly."""
        wanted = [(leaf.col, leaf.cols) for leaf in leaves]
        row = below.start
        while row < below.stop:
            cells = [self._form.at(row, col) for col, _ in wanted]
            if [(cell.col, cell.cols) for cell in cells] != wanted or any(cell.row < below.start for cell in cells):
                break
            sides = [cell for cell in self._form.lines[row] if cell.col + cell.cols <= leaves[0].col and cell.text]
            if row > below.start and (sides or self._is_labelled(row, leaves)):
                break
            row += 1
        return range(below.start, row)

    def _is_serial(self, leaves: tuple[Leaf, ...]) -> bool:
        return bool(leaves) and label_key(leaves[0].name) in _SERIALS

    def _counted(self, below: range) -> range:
        """The rows of a table whose rows are numbered: all until something else begins, in line or not."""
        row = below.start
        while row < below.stop and not any(begins_anew(self._lexicon, cell, set()) for cell in self._form.lines[row]):
            row += 1
        return range(below.start, row)

    def _beside(self, side: Sequence[GivenCell], rows: range) -> range:
        """The rows of a block, on to the end of the label beside it where no label stands in those that are left."""
        stop = min((cell.row + cell.rows for cell in side), default=rows.stop)
        rest = [cell for cell in self._form.cells if rows.stop <= cell.row < stop and cell.text]
        strange = any(label_score(cell.text, self._lexicon) > _LEAST_LABELS for cell in rest)
        return range(rows.start, stop) if rows and stop > rows.stop and not strange else rows

    def _without_total(self, rows: range, leaves: tuple[Leaf, ...]) -> range:
        """The rows without the sum below them."""
        last = rows.stop - 1
        total = len(rows) > 1 and self._lexicon.is_total(self._form.text(last, leaves[0].col))
        return range(rows.start, last) if total else rows

    def _is_labelled(self, row: int, leaves: tuple[Leaf, ...]) -> bool:
        """Whether a row is a heading or a row of fields of its own: labels known from other forms stand in it."""
        texts = [self._form.text(row, leaf.col) for leaf in leaves]
        known = sum(self._lexicon.is_known(text) for text in texts)
        return known > 1 and known * 2 >= sum(map(bool, texts))

    def _is_heading(self, leaves: tuple[Leaf, ...], rows: range, *, beside: bool) -> bool:
        """Whether labels stand over blanks or values, judged by how much more like labels they are."""
        names = [leaf.name for leaf in leaves]
        if not all(names[1:]) or any(is_number(name) or "。" in name for name in names):
            return False
        scores = [label_score(name, self._lexicon) for name in names if name]
        score = sum(scores) / len(scores)
        if not names[0]:
            return score >= 0 and bool(self._fixed(rows, leaves))
        body = [self._form.text(rows.start, leaf.col) for leaf in leaves]
        if beside and len(set(names)) == len(names) and all(not text or is_number(text) for text in body):
            return True
        filled = [label_score(text, self._lexicon) for text in body if text]
        if filled and not self._is_serial(leaves) and self._is_mixed(scores, filled):
            return False
        return score >= _LEAST_LABELS and score - sum(filled) / len(leaves) >= _LEAST_LABELS

    def _is_mixed(self, scores: Sequence[float], below: Sequence[float]) -> bool:
        """Whether labels and what was filled in take turns in a row, as on a row of fields."""
        doubtful = sum(one < _LEAST_LABEL for one in scores)
        turns = all((one >= 1) == (number % 2 == 0) for number, one in enumerate(scores))
        labels_below = sum(one >= 1 for one in below[1:])
        few = len(scores) < 4 and min(scores) < 1
        return doubtful > len(scores) // 4 or turns or few or labels_below * 4 > len(below)

    def _table(self, heads: range, rows: range, leaves: tuple[Leaf, ...]) -> TableBlock:
        first = [self._form.text(row, leaves[0].col) for row in rows]
        named = self._lexicon.kind_of(leaves[0].name) in (Kind.TEXT, Kind.LONG)  # of what is written behind numbers
        serial = self._is_serial(leaves) or (len(rows) > 1 and not named and counts(first))
        labels = () if serial else self._fixed(rows, leaves)
        single = len(rows) == 1 and not serial and not labels and self._are_fields(leaves)
        return TableBlock(heads, rows, leaves, labels, single, serial)

    def _are_fields(self, leaves: tuple[Leaf, ...]) -> bool:
        """Whether labels over a single row of blanks are fields: few, or all of one kind, or amounts first."""
        kinds = [self._lexicon.kind_of(leaf.name) for leaf in leaves]
        named = kinds[0] in (Kind.TEXT, Kind.LONG) and len(set(kinds)) > 1
        return len(leaves) < _LEAST_COLUMNS or (len(leaves) <= _MOST_PAIRED and not named)

    def _fixed(self, rows: range, leaves: tuple[Leaf, ...]) -> tuple[str, ...]:
        """The names of the rows, where the first column holds labels and the others blanks or numbers."""
        labels = [self._form.text(row, leaves[0].col) for row in rows]
        rest = [self._form.text(row, leaf.col) for row in rows for leaf in leaves[1:]]
        plain = sum(not text or is_number(text) or is_sign(text) for text in rest)
        sound = len(rows) > 1 and all(labels) and len({label_key(label) for label in labels}) == len(labels)
        alike = sum(label_score(label, self._lexicon) > 0 for label in labels) * 2 >= len(labels)
        if not sound or not alike or plain < 0.9 * len(rest) or len(rows) > _MOST_FIXED:
            return ()
        return tuple(labels) if not any(map(is_number, labels)) else ()


def _parts(leaves: tuple[Leaf, ...]) -> list[tuple[Leaf, ...]]:
    """The columns of each table where two alike stand side by side under words of their own (收入, 支出)."""
    half = len(leaves) // 2
    left, right = leaves[:half], leaves[half:]
    twice = half and [label_key(leaf.name) for leaf in left] == [label_key(leaf.name) for leaf in right]
    own = all(len(leaf.words) > 1 and leaf.words[0] == part[0].words[0] for part in (left, right) for leaf in part)
    return [left, right] if twice and own else [leaves]
