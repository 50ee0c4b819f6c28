"""Where the labels and contents of a row of an indicator tree stand, though cells have slid sideways."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from forms.importers.columns import LEVELS, Columns, filled
from forms.importers.guide import Guide
from forms.importers.source import SourceCell, SourceRow
from forms.importers.treelabels import TreeLabels, looks_like_label
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Role, Tree
from forms.template.spelling import branch_key, label_key

_VALUE = re.compile(r"[≥≤＞＜>＝=<]|\d+(\.\d+)?[%％]|.{1,6}/[天周月季年]|\d.*前$|\d[\d.,]*[^\d，。]{1,6}$")


class Placed(NamedTuple):
    """The cells of a row by column, those that belong to none, and whether the row had slid."""

    cells: dict[str, SourceCell]
    extra: list[SourceCell]
    slid: bool


class Aligner:
    """Puts the cells of rows under their columns: as the heading stands, moved as one, or else by their order."""

    def __init__(self, tree: Tree, guide: Guide, labels: TreeLabels) -> None:
        self.guide = guide
        self.labels = labels
        self._names = {role: spec.name for role in (Role.NAME, Role.VALUE) if (spec := tree.by_role(role))}
        self._moved = 0  # grid columns, in the row above

    def align(self, row: SourceRow, columns: Columns, seen: Collection[tuple[str, str]]) -> Placed:
        """Where the cells of a row belong; `seen` are the branches the source had so far."""
        shift = self._moved = self._shift(row, columns) or self._shift_above(row, columns)
        placed, extra = self._placed(row, columns, shift)
        if not self._is_astray(placed, extra, seen):
            return Placed(placed, extra, shift != 0)
        placed, extra = self._in_order(filled(row), columns)
        return Placed(placed, extra, slid=True)

    def _shift(self, row: SourceRow, columns: Columns) -> int:
        """How many grid columns further right than its heading the 二级 label of a row stands."""
        labels, start, cells = self.labels, columns.start(LEVEL2), filled(row)
        under = [cell for cell in cells if columns.of(cell) == LEVEL2]
        if start is None or any(labels.branch_of(cell.text) for cell in under):
            return 0
        first = next((cell for cell in cells if labels.branch_of(cell.text) and not labels.limb_of(cell.text)), None)
        labelled = any(looks_like_label(cell.text) for cell in under)
        if first is None or (labelled if first.col < start else any(not labels.limb_of(c.text) for c in under)):
            return 0
        if first.col < start:
            return first.col - start
        # Further right a word such as 数量 may be a name: a label says 指标 or follows a 一级, and a name follows it.
        before = cells[: cells.index(first)]
        sure = looks_like_label(first.text) or bool(before and labels.limb_of(before[-1].text))
        return first.col - start if sure and first is not cells[-1] else 0

    def _shift_above(self, row: SourceRow, columns: Columns) -> int:
        """The shift of the row above, where this one has no label and stands under the labels' columns only."""
        cells = filled(row)
        astray = all(columns.of(cell) in LEVELS and not self.labels.names_label(cell.text) for cell in cells)
        return self._moved if astray and len(cells) > 1 else 0

    def _placed(self, row: SourceRow, columns: Columns, shift: int) -> tuple[dict[str, SourceCell], list[SourceCell]]:
        placed, extra = columns.place(row, shift)
        cells = filled(row)
        at = next((number for number, cell in enumerate(cells) if self.labels.branch_of(cell.text)), None)
        if not shift or at is None or all(label_key(cell.text) in self.guide.words for cell in extra):
            return placed, extra
        # Merged cells of other widths than the heading's: what follows the label goes by order.
        above = cells[at - 1] if at and self.labels.limb_of(cells[at - 1].text) else None
        labels = {LEVEL2: cells[at]} | ({LEVEL1: above} if above else {})
        taken = dict(zip(_contents(columns), cells[at + 1 :], strict=False))
        used = [*labels.values(), *taken.values()]
        return labels | taken, [cell for cell in cells if not any(cell is one for one in used)]

    def _is_astray(
        self, placed: dict[str, SourceCell], extra: list[SourceCell], seen: Collection[tuple[str, str]]
    ) -> bool:
        """Whether cells stand where the heading has no place for them: they have slid, but not all as far."""
        name, value = (placed.get(self._names.get(role, "")) for role in (Role.NAME, Role.VALUE))
        label = value if name is None else None if value and is_value(value.text) else name
        if label is not None and self.labels.is_printed(label.text):
            return self.labels.branches.get(branch_key(label.text)) not in seen
        loose = [cell for level in LEVELS if (cell := placed.get(level)) and not self._is_label(cell.text)]
        loose += [cell for cell in extra if label_key(cell.text) not in self.guide.words]
        if name is not None:
            return any(cell in extra for cell in loose)
        last = max([*loose, *([value] if value else [])], key=lambda cell: cell.col, default=None)
        return bool(loose) and last is not None and is_value(last.text) and len(loose) + bool(value) > 1

    def _is_label(self, text: str) -> bool:
        return self.labels.names_label(text) or looks_like_label(text)

    def _in_order(self, cells: list[SourceCell], columns: Columns) -> tuple[dict[str, SourceCell], list[SourceCell]]:
        """The cells of a row by their order: labels first, then the contents of the columns from left to right."""
        labels = self.labels
        placed: dict[str, SourceCell] = {}
        rest = [cell for cell in cells if label_key(cell.text) not in self.guide.words or labels.is_printed(cell.text)]
        if rest and branch_key(rest[0].text) in labels.limbs:
            placed[LEVEL1] = rest.pop(0)
        if rest and branch_key(rest[0].text) in labels.branches:
            placed[LEVEL2] = rest.pop(0)
        order = _contents(columns)
        if len(rest) == 1 and is_value(rest[0].text):
            order = [self._names.get(Role.VALUE, order[0])]
        placed.update(zip(order, rest, strict=False))
        return placed, rest[len(order) :]


def _contents(columns: Columns) -> list[str]:
    """The columns behind the labels, from left to right."""
    in_order = dict.fromkeys(columns.names[col] for col in sorted(columns.names))
    return [name for name in in_order if name not in LEVELS]


def is_value(text: str) -> bool:
    """Whether a text can only be what an indicator is to reach: a comparison, a share, an amount, a time."""
    return _VALUE.match("".join(text.split())) is not None
