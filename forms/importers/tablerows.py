"""Rows of tables: columns are found by their heading, rows that a page break cut are joined again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import msgspec

from forms.importers.columns import TOTALS, Columns, filled, reach
from forms.importers.guide import guide
from forms.importers.intake import Intake, Taken, TakenRow
from forms.importers.levels import INDENT
from forms.importers.mixed import stated_unit
from forms.importers.source import SourceCell, SourceRow
from forms.language import N_
from forms.template.model import Field, Table
from forms.template.spelling import label_key
from forms.units import unit_of
from forms.values import NUMBERS, Kind, read

_ENDS = ("。", "；", "！", "？", ".", ";")
_A_SENTENCE = 20  # characters; shorter texts are names, which may end and repeat anyhow


class TableRows:
    """Takes in the rows of one table."""

    def __init__(self, table: Table, intake: Intake) -> None:
        self.table = table
        self.intake = intake
        self.reaches: list[int] = []
        self._serial = next((column.name for column in table.columns if column.kind is Kind.SERIAL), "")
        self._above: dict[str, Taken] = {}

    def take(self, row: SourceRow, columns: Columns, *, broken: bool) -> None:
        """Take in one row; `broken` marks the first one after a page break."""
        shift = self._shift(row, columns)
        placed, extra = columns.place(row, shift)
        words = guide(self.intake.template).words  # a label beside the table comes again after a page break
        self.intake.leave(*(cell.text for cell in extra if label_key(cell.text) not in words))
        if not placed:
            return
        if self._is_aside(placed, columns):
            self.intake.leave(*(cell.text for cell in placed.values()))
            return
        self.reaches.append(reach(row))
        if set(placed) == {self._serial}:  # a row left blank, or cut off behind its number
            printed = reach(row) >= columns.width and self._is_printed(placed[self._serial].text)
            self.intake.leave(*(cell.text for cell in placed.values() if not printed))
            return
        taken = self._taken(placed, columns)
        if shift:
            self.intake.note(self.table.name, N_("来文这一行错了列，已按各列的内容对齐，请核对。"))
        if not self._goes_on(placed, taken, columns, broken=broken):
            self._add(taken, self._covered(row, columns))

    def finish(self) -> None:
        """Tell what only the whole table shows."""
        self._tell_copied(self.intake.rows.get(self.table.name, []))

    def _taken(self, placed: dict[str, SourceCell], columns: Columns) -> dict[str, Taken]:
        taken: dict[str, Taken] = {}
        for name, cell in placed.items():
            spec = self.table.column(name)
            if spec is None or self.intake.computes(spec, cell.text):
                continue
            taken[name] = self.intake.taken(spec, cell.text, stated_unit(columns.words.get(name, "")), cell.address)
            if name == self.table.outlined:
                taken[name].text = INDENT * cell.indent + taken[name].text
        return taken

    def _is_printed(self, text: str) -> bool:
        """Whether a number is one the blank form prints in advance: no more than the rows so far."""
        plain = label_key(text).rstrip(".、")
        return plain.isdecimal() and len(plain) < 6 and int(plain) <= len(self.reaches)

    def _is_aside(self, placed: dict[str, SourceCell], columns: Columns) -> bool:
        """Whether a row is no row of the table: a total, or a remark across it."""
        first = next(iter(placed.values()))
        key = label_key(first.text)
        if key in TOTALS and key not in map(label_key, self.table.labels):
            self.intake.note(self.table.name, N_("“{text}”行不是表中的一行，没有导入。"), text=first.text.strip())
            return True
        numbers = [label_key(cell.text) for cell in placed.values()]
        if len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]:
            return True  # the numbers of the columns, under their heading
        if len(placed) > 1 or len(columns.words) < 3:
            return False
        return first.cols * 2 > columns.width or (self._serial in placed and not _is_number(first.text))

    def _add(self, taken: dict[str, Taken], covered: Sequence[str]) -> None:
        count = len(self.intake.rows.get(self.table.name, ()))
        serial = taken.get(self._serial)
        if serial and serial.text == str(count + 1):
            del taken[self._serial]  # the number the form prints by itself
        for name in covered:  # a cell merged over several rows says the same of each of them
            if name in self._above and name not in taken:
                taken[name] = Taken(self._above[name].original, self._above[name].text, self._above[name].address)
                self.intake.note(self.table.name, N_("“{column}”一列有合并的格，已填入它所合并的每一行。"), column=name)
        label = next((name for name, spec in self._specs(taken) if spec.kind is Kind.ROW_LABEL), "")
        words = self._label(taken.pop(label).original) if label else ""
        if taken or (words and words not in self.table.labels):
            self._above = taken
            self.intake.add(self.table.name, TakenRow(taken, words))

    def _specs(self, names: dict[str, Taken]) -> Iterator[tuple[str, Field]]:
        return ((column.name, column) for column in self.table.columns if column.name in names)

    def _covered(self, row: SourceRow, columns: Columns) -> list[str]:
        names = [columns.of(cell) for cell in row.cells if cell.covered]
        return [name for name in names if (spec := self.table.column(name)) and spec.kind not in NUMBERS]

    def _label(self, text: str) -> str:
        aliases = self.intake.template.aliases
        spelt = {label_key(one): label for label in self.table.labels for one in (*aliases.get(label, ()), label)}
        label = spelt.get(label_key(text))
        if label is None:
            self.intake.note(self.table.name, N_("表中没有“{text}”这一行。"), text=text.strip())
        return label or text.strip()

    def _goes_on(
        self, placed: dict[str, SourceCell], taken: dict[str, Taken], columns: Columns, *, broken: bool
    ) -> bool:
        """Join the rest of a row that a page break cut: it has no number and few entries of its own."""
        last = self.intake.last(self.table.name)
        numbered = self._serial in columns.words
        required = [c.name for c in self.table.columns if c.required and c.name in columns.words]
        few = len(required) >= 2 and sum(name in placed for name in required) * 2 <= len(required)
        if last is None or self._serial in placed or not few:
            return False
        if not (broken or numbered or self._breaks_off(last, taken, required)):
            return False
        last.go_on(taken)
        self.intake.note(self.table.name, N_("分页断开的一行已接回上一行。"))
        return True

    def _breaks_off(self, last: TakenRow, taken: dict[str, Taken], required: Sequence[str]) -> bool:
        """Whether a whole row ends amid its sentences wherever the next one has a text, as page breaks leave it."""
        if not set(required) <= last.cells.keys() or not taken.keys() <= last.cells.keys():
            return False
        above = [last.cells[name].text.rstrip() for name in taken]
        prose = all(spec.kind in (Kind.TEXT, Kind.LONG) for _, spec in self._specs(taken))
        return prose and not any(text.endswith(_ENDS) for text in above) and max(map(len, above)) >= _A_SENTENCE

    def _tell_copied(self, rows: Sequence[TakenRow]) -> None:
        """Tell a text that stands once more in another column of the row before: it was put into the wrong cell."""
        for before, row in pairwise(rows):
            held = {"".join(taken.text.split()): name for name, taken in before.cells.items()}
            for name, taken in row.cells.items():
                other = held.get("".join(taken.text.split()), name)
                if other != name and len(taken.text) >= _A_SENTENCE:
                    message = N_("“{column}”一格与上一行的“{other}”文字相同，可能放错了格，请核对。")
                    self.intake.note(self.table.name, message, column=name, other=other)

    def _shift(self, row: SourceRow, columns: Columns) -> int:
        """How far a row has slid sideways: told by its numbers and choices, where they fit nowhere else."""
        fits, misfits = self._fit(row, columns, 0)
        if not misfits or fits > misfits:
            return 0
        for shift in (-1, 1, -2, 2, -3, 3):
            fits, misfits = self._fit(row, columns, shift)
            if fits >= 2 and not misfits:
                return shift
        return 0

    def _fit(self, row: SourceRow, columns: Columns, shift: int) -> tuple[int, int]:
        placed, extra = columns.place(row, shift)
        specs = [(spec, cell) for name, cell in placed.items() if (spec := self.table.column(name))]
        fits = [_fits(self.intake, spec, cell.text) for spec, cell in specs]
        return fits.count(True), fits.count(False) + len(extra)


def join_short(rows: Sequence[SourceRow], columns: Columns, *, numbered: bool) -> Iterator[SourceRow]:
    """Rows as they were before a page break cut them: a short row and the rest of it become one again.

    Where rows are `numbered` one that does not begin with a number is such a rest; otherwise the two must give a
    whole row exactly.
    """
    waiting: SourceRow | None = None
    for row in rows:
        if waiting is not None:
            last, both = reach(waiting), reach(waiting) + reach(row)
            whole = both <= columns.width if numbered else both == columns.width
            if whole and row.cells[0].text.strip() and not _is_number(row.cells[0].text) and _same_table(waiting, row):
                moved = [msgspec.structs.replace(cell, col=cell.col + last) for cell in row.cells]
                waiting = msgspec.structs.replace(waiting, cells=[*waiting.cells, *moved])
                continue
            yield waiting
        waiting = row
    if waiting is not None:
        yield waiting


def _same_table(one: SourceRow, other: SourceRow) -> bool:
    return one.table == other.table and bool(filled(one))


def _is_number(text: str) -> bool:
    return label_key(text).rstrip(".、").isdecimal()


def _fits(intake: Intake, spec: Field, text: str) -> bool | None:
    """Whether a text is what its column holds; None where anything would be."""
    if spec.kind is Kind.SERIAL:
        return _is_number(text)
    if spec.kind in NUMBERS:
        return isinstance(read(spec.kind, text, unit=unit_of(spec, intake.template)), Decimal)
    if spec.kind is Kind.CHOICE and spec.choices:
        return text.strip() in spec.choices
    return None
