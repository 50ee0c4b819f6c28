"""What the blanks of an unknown form are called: by the labels beside and above them, on all its fillings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.authoring.blocks import Grown, TableBlock, is_pair
from forms.authoring.cell_roles import Judged, Part
from forms.authoring.given_cells import GivenCell, GivenForm, Place
from forms.authoring.labels import field_name, joined, label_score
from forms.authoring.lexicon import Lexicon, is_number
from forms.template.spelling import label_key

_LEAST_HEADINGS = 2  # labels over the blanks of a matrix
_LEAST_COPIES, _MOST_SPELLINGS = 3, 3  # fillings that tell how else a label is printed


@dataclass(frozen=True, slots=True)
class Naming:
    """A form read as labels and blanks; `copies` are its other fillings, `judged` what its cells were taken for."""

    form: GivenForm
    lexicon: Lexicon
    copies: Sequence[GivenForm]
    blocks: Sequence[Grown]
    judged: dict[Place, Judged]

    def other_spellings(self, chosen: str, cell: GivenCell) -> list[str]:
        """How else other fillings print a label whose words are `chosen`."""
        return [text for text in dict.fromkeys(self._spelt(cell)) if label_key(text) != label_key(chosen)]

    def label(self, cell: GivenCell) -> str:
        """The words of a label; where other fillings print others, those of most."""
        spelt = self._spelt(cell)
        return max(dict.fromkeys(spelt), key=spelt.count) if spelt else joined(cell.text)

    def _spelt(self, cell: GivenCell) -> list[str]:
        """The words of a label on every filling; nothing where they are too few or too different to tell."""
        texts = [cell.text, *(copy.by_shape.get(cell.shape, "") for copy in self.copies)]
        spelt = [text for text in map(joined, texts) if text and label_score(text, self.lexicon) > 0]
        return spelt if len(spelt) >= _LEAST_COPIES and len(set(spelt)) <= _MOST_SPELLINGS else []

    def labels_of(self, cell: GivenCell) -> list[str]:
        """The labels a blank stands beside or below, the nearest first."""
        above = self._over(cell)
        found = [above] if above else []
        col = cell.col - 1
        while col >= 0:
            owner = self.form.owners.get((cell.row, col))
            if owner is None:
                break
            if self.is_words(owner) and (not above or owner.rows > 1):
                found.append(self.label(owner))
            elif not found and owner.row == cell.row:
                break  # something to fill in stands between
            col = owner.col - 1
        found = found or self._crossing(cell)
        return [label for label in dict.fromkeys(found) if field_name(label) and not is_number(label)]

    def _crossing(self, cell: GivenCell) -> list[str]:
        """The label of a blank in a matrix: that of its row with the heading of its column, in a row of labels."""
        before = (self.form.owners.get((cell.row, col)) for col in range(cell.col - 1, -1, -1))
        row = next((one for one in before if one is not None and self.is_words(one) and not is_number(one.text)), None)
        above = (self.form.owners.get((at, cell.col)) for at in range(cell.row - 1, -1, -1))
        heading = next((one for one in above if one is not None and self.is_words(one)), None)
        if row is None or heading is None or (heading.col, heading.cols) != (cell.col, cell.cols):
            return []
        if any(heading.row in block.heads for block in self.blocks):
            return []
        beside = [one for one in self.form.lines[heading.row] if one.col > row.col]
        if len(beside) < _LEAST_HEADINGS or not all(map(self.is_words, beside)):
            return []
        return [joined(row.text) + joined(heading.text), joined(row.text)]

    def _over(self, cell: GivenCell) -> str:
        """The label straight above a blank, where none stands to its left and what is beside it is no blank."""
        for block in self.blocks:
            if isinstance(block, TableBlock) and block.pair and cell.row in block.rows:
                return next((leaf.name for leaf in block.leaves if leaf.col == cell.col), "")
        left = self.form.owners.get((cell.row, cell.col - 1))
        over = self.form.owners.get((cell.row - 1, cell.col))
        beside = self.form.owners.get((cell.row - 1, cell.col + cell.cols))
        grouped = left is not None and left.row < cell.row  # the label of a group says nothing of one blank
        if left and self.is_words(left) and not grouped:
            return ""
        if over is None or not self.is_words(over) or over.cols != cell.cols:
            return ""
        return joined(over.text) if beside is None or self.is_words(beside) else ""

    def is_words(self, cell: GivenCell) -> bool:
        """Whether a cell holds printed words."""
        judged = self.judged.get(cell.place)
        return bool(cell.text) and (judged is None or judged.part is Part.WORDS) and self.inside(cell) is None

    def inside(self, cell: GivenCell) -> Grown | None:
        """The block whose rows a cell is one of."""
        return next(
            (
                block
                for block in self.blocks
                if not is_pair(block) and cell.row in block.rows and cell.col >= block.leaves[0].col
                and cell.col < block.leaves[-1].col + block.leaves[-1].cols
            ),
            None,
        )  # fmt: skip

    def sample(self, cell: GivenCell) -> str:
        """What is filled in at a cell: on this form, else on the first other filling that has something there."""
        others = (copy.by_shape.get(cell.shape, "") for copy in self.copies)
        return cell.text or next(filter(None, others), "")
