"""Rows of labels and blanks: which label each cell is, and which blanks of the form the others fill."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from forms.importers.columns import filled
from forms.importers.guide import Guide, Label
from forms.importers.intake import Intake
from forms.importers.mixed import split_cell, stated_unit
from forms.importers.source import SourceCell, SourceRow
from forms.language import N_
from forms.template.model import Blank, LayoutCell
from forms.template.spelling import label_key

_LONGEST_LABEL = 20  # characters before the colon of a cell that holds its label too


class _Named(NamedTuple):
    """A cell that is a label, with what stands behind the label in the same cell."""

    label: Label
    inline: str


@dataclass(slots=True)
class _Group:
    """A label of the source and the cells behind it; the first group of a row has no label."""

    label: Label | None
    cell: SourceCell | None = None
    cells: list[SourceCell] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether the next cell must be what stands in the label's blank."""
        return self.label is not None and bool(self.label.right) and not self.cells


class FieldRows:
    """Matches the rows of one form outside its blocks.

    `keys` has the label of every cell of the source: a guess counts only where the form's own word is not among them.
    """

    def __init__(self, guide: Guide, intake: Intake, keys: Set[str]) -> None:
        self.guide = guide
        self.intake = intake
        self.keys = keys
        self.seen: set[Label] = set()
        self._open: list[tuple[SourceCell | None, LayoutCell]] = []  # blanks below, each with the label over it
        self._last: str = ""  # the field filled last, which the next row may go on with
        self._only: Label | None = None  # the label of the row above, where it had but one

    def leads(self, row: SourceRow) -> bool:
        """Whether a row begins with a label of the form."""
        cells = filled(row)
        named = self._named(cells[0], None, set()) if cells else None
        guessed = named is not None and not named.inline and label_key(cells[0].text) in named.label.guesses
        return named is not None and not guessed and not self._is_below(cells)

    def take(self, row: SourceRow, *, broken: bool) -> bool:
        """Take in one row; `broken` marks the first after a page break. Gives whether it said anything new."""
        cells = filled(row)
        groups = self._groups(row) if cells else []
        if any(group.label for group in groups):
            return self._labelled(groups, broken=broken)
        if cells and self._open:
            self._fill_below(row)
        elif cells and not self._goes_on(row, cells, broken=broken):
            self.close()
            self._strange(cells)
        return bool(cells)

    def close(self) -> None:
        """Expect no more of the field filled last: something else has come."""
        self._open, self._last, self._only = [], "", None

    def missing(self) -> list[str]:
        """The labels of blanks that the source did not have."""
        return [
            label.words
            for labels in self.guide.rows
            for label in labels
            if label.fills and label not in self.seen and not self._names(label) & set(self.intake.fields)
        ]

    def _names(self, label: Label) -> set[str]:
        cells = (*label.right, *([label.below] if label.below else []))
        return {part.field for cell in cells for part in cell.parts if isinstance(part, Blank)}

    def _groups(self, row: SourceRow) -> list[_Group]:
        groups = [_Group(None)]
        used: set[Label] = set()
        if self._is_below(filled(row)):
            groups[0].cells.extend(row.cells)
            return groups
        for number, cell in enumerate(row.cells):
            if self._is_repeated(cell, groups[-1], row.cells[number + 1 :]):
                continue
            named = self._named(cell, groups[-1], used)
            if named is None or not self._may_be(named, groups[-1], row.cells[number + 1 :]):
                groups[-1].cells.append(cell)
                continue
            used.add(named.label)
            rest = [SourceCell(named.inline, cell.col, cell.cols, address=cell.address)] if named.inline else []
            groups.append(_Group(named.label, cell, rest))
        return groups

    def _is_repeated(self, cell: SourceCell, group: _Group, behind: Sequence[SourceCell]) -> bool:
        """Whether a cell is the label before it once more, as where every cell of a merge has its text."""
        if not group.waits or group.cell is None or group.label is None or cell.text != group.cell.text:
            return False
        value = next((one for one in behind if not one.covered), None)
        other = self._pick(label_key(value.text), group, {group.label}) if value else None
        return value is not None and (other is None or other.row != group.label.row)

    def _is_below(self, cells: Sequence[SourceCell]) -> bool:
        """Whether a lone word stands in a blank below, though it spells a label that was there before."""
        named = self._named(cells[0], None, set()) if len(cells) == 1 and self._open else None
        return named is not None and not named.inline and named.label in self.seen

    def _may_be(self, named: _Named, group: _Group, behind: Sequence[SourceCell]) -> bool:
        """Whether a cell that spells a label is one here; otherwise it is what somebody wrote into a blank."""
        filled_behind = any(cell.text.strip() for cell in behind)
        if self._open and not named.inline and named.label in self.seen and not filled_behind:
            return False
        if group.label is None:
            return bool(behind) or bool(named.inline) or not self._open
        same_row = named.label.drawn and named.label.row == group.label.row
        if group.waits:
            return same_row and not named.inline and bool(behind)
        if any(cell.text.strip() for cell in group.cells) or not group.label.right:
            return bool(behind) or same_row or bool(named.inline)
        return same_row or filled_behind

    def _named(self, cell: SourceCell, group: _Group | None, used: Set[Label]) -> _Named | None:
        if cell.covered or not cell.text.strip():
            return None
        if label := self._pick(label_key(cell.text), group, used):
            return _Named(label, "")
        head, tail = _parted(cell.text)
        label = self._pick(label_key(head), group, used) if tail.strip() else None
        return _Named(label, tail.strip()) if label else None

    def _pick(self, key: str, group: _Group | None, used: Set[Label]) -> Label | None:
        """The label a word spells: of the row at hand, else the next one not seen, else the last one."""
        labels = [label for label in self.guide.labels.get(key, ()) if label not in used]
        if not labels:
            guesses = [one for one in self.guide.guesses.get(key, ()) if not one.keys & self.keys]
            labels = guesses if len(guesses) == 1 and guesses[0] not in used else []
        at = group.label.row if group and group.label else None
        near = [label for label in labels if label.row == at]
        fresh = [label for label in labels if label not in self.seen]
        return next(iter(near or fresh or labels[-1:]), None)

    def _labelled(self, groups: Sequence[_Group], *, broken: bool) -> bool:
        self._strange([cell for cell in groups[0].cells if cell.text.strip()])
        only = groups[1].label if len(groups) == 2 else None
        # A label may be printed again beside the rest of its text.
        broken = broken or (only is not None and only is self._only)
        self.close()
        self._only = only
        over: list[tuple[SourceCell | None, LayoutCell]] = []
        new = False
        for group in groups[1:]:
            assert group.label is not None, "only the first group is without a label"  # noqa: S101 — tells mypy so
            new |= self._take_group(group, group.label, over, broken=broken)
        after = [cell for group in groups[1:] if group.label for cell in self.guide.after.get(group.label.row, ())]
        self._open = over or [(None, cell) for cell in dict.fromkeys(after)]
        return new

    def _take_group(
        self, group: _Group, label: Label, over: list[tuple[SourceCell | None, LayoutCell]], *, broken: bool
    ) -> bool:
        values = [cell for cell in group.cells if cell.text.strip() and not cell.covered]
        words = group.cell.text if group.cell else ""
        new = label not in self.seen
        self.seen.add(label)
        if label_key(words) in label.guesses:
            told = {"words": words.strip(), "label": label.words}
            self.intake.note(label.words, N_("来文的“{words}”按“{label}”读入，请核对。"), **told)
        if group.cell and label_key(words) not in label.keys | label.guesses:
            inline = words[: len(words) - len(values[0].text)] if values else words
            self.intake.note(label.words, N_("“{label}”与它的内容写在一格里，已分开。"), label=inline.strip())
        blanks = label.right or ((label.below,) if label.below and values else ())
        if not blanks and not label.below:
            blanks = self.guide.after.get(label.row, ())
        elif not blanks and label.below:
            over.append((group.cell, label.below))
        if blanks:
            self._last = self._single(blanks[0])
        return self._fill(blanks, group.cells, stated_unit(words), broken=broken) or new

    def _fill(
        self, blanks: Sequence[LayoutCell], cells: Sequence[SourceCell], unit: str = "", *, broken: bool = False
    ) -> bool:
        cells = [cell for cell in cells if not cell.covered]
        if len(cells) != len(blanks):
            cells = [cell for cell in cells if cell.text.strip()]
        if len(cells) > len(blanks):
            # Where every cell of a merge has its text, the same text again is no other one.
            cells = [next(same) for _, same in groupby(cells, key=lambda cell: cell.text)]
        new = False
        for blank, cell in zip(blanks, cells, strict=False):
            new |= self._value(blank, cell, unit, broken=broken)
        self._strange([cell for cell in cells[len(blanks) :] if cell.text.strip()])
        return new

    def _fill_below(self, row: SourceRow) -> None:
        """Blanks without a label beside them: each goes below the label over it, else they go in order."""
        cells = [cell for cell in row.cells if not cell.covered]
        waiting, self._open = self._open, []
        if len(waiting) == 1:
            self._last = self._single(waiting[0][1])
        if len(cells) == len(waiting) or any(label is None for label, _ in waiting):
            self._fill([blank for _, blank in waiting], cells)
            return
        for cell in cells:
            blank = next((blank for label, blank in waiting if label and _over(label, cell)), None)
            if blank is not None:
                self._value(blank, cell, "")
            else:
                self._strange([cell] if cell.text.strip() else [])

    def _goes_on(self, row: SourceRow, cells: Sequence[SourceCell], *, broken: bool) -> bool:
        """Join a row without labels with the text of the row above: a page break or a merged label parted them."""
        lead = row.cells[0]
        if not self._last or len(cells) != 1 or (cells[0] is lead and not broken and self._last in self.intake.fields):
            return False
        spec = self.intake.template.fields[self._last]
        glue = "\n" if lead.covered else ""
        return self.intake.field(self._last, self.intake.taken(spec, cells[0].text), continued=True, glue=glue)

    def _single(self, blank: LayoutCell) -> str:
        """The field of a cell that holds nothing but one."""
        return blank.parts[0].field if len(blank.parts) == 1 and isinstance(blank.parts[0], Blank) else ""

    def _value(self, blank: LayoutCell, cell: SourceCell, unit: str, *, broken: bool = False) -> bool:
        if not cell.text.strip():
            return False
        template = self.intake.template
        texts, rest = split_cell(template, blank.parts, cell.text)
        new = False
        for name, text in texts.items():
            taken = self.intake.taken(template.fields[name], text, unit, cell.address)
            if sum(isinstance(part, Blank) for part in blank.parts) == 1 and taken.text:
                taken.original = cell.text
            new |= self.intake.field(name, taken, continued=broken)
        self.intake.leave(rest)
        return new

    def _strange(self, cells: Sequence[SourceCell]) -> None:
        """Cells with no place in the form: its own words are dropped, everything else is kept as unplaced."""
        self.intake.leave(*(cell.text for cell in cells if label_key(cell.text) not in self.guide.words))


def _parted(text: str) -> tuple[str, str]:
    """A cell at its first colon or line end, where that comes early enough to end a label."""
    places = [at for mark in "：:\n" if 0 < (at := text.find(mark)) < _LONGEST_LABEL]
    return (text[: min(places)], text[min(places) + 1 :]) if places else (text, "")


def inline_key(text: str) -> str:
    """The key of the label a cell begins with; empty where the cell holds nothing else."""
    head, tail = _parted(text)
    return label_key(head) if tail.strip() else ""


def _over(label: SourceCell, cell: SourceCell) -> bool:
    return label.col < cell.col + cell.cols and cell.col < label.col + label.cols
