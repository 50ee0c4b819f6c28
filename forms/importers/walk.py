"""One form of a source read from top to bottom beside its template's own drawing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from forms.importers.blocks import Blocks
from forms.importers.chunks import keys_of
from forms.importers.columns import LEVELS, TOTALS, Columns, filled, reach, unknown_columns
from forms.importers.fieldrows import FieldRows, inline_key
from forms.importers.furniture import apart, read_furniture
from forms.importers.guide import guide
from forms.importers.intake import Intake
from forms.importers.mixed import unit_line
from forms.importers.paragraphs import Narrative
from forms.importers.segments import Segment
from forms.importers.source import SourceCell, SourceRow
from forms.importers.tablerows import join_short
from forms.importers.titles import in_figures
from forms.language import N_
from forms.template.spelling import label_key
from forms.values import Kind, fold


class Walk:
    """Reads one segment into `intake`; whether the form was all there is in `complete`."""

    def __init__(self, segment: Segment, intake: Intake) -> None:
        self.segment = segment
        self.template = segment.template
        self.guide = guide(segment.template)
        self.intake = intake
        self.fields = FieldRows(self.guide, self.intake, keys_of(segment.rows))
        self.blocks = Blocks(self.guide, self.intake)
        self._narrative = Narrative(segment.template, intake)
        self.complete = True
        self._columns: Columns | None = None  # of the block seen last
        self._inside = False  # whether rows belong to that block
        self._broken = False  # whether a page may have broken before the next row

    def read(self) -> None:
        """Take in the rows before the lines around them and the title: a cell of the form has the first word."""
        self.intake.unit = _stated_unit(self.segment) or self.intake.unit  # each sheet of a form may have its own
        for text in self.segment.before:
            self._paragraph(text, own=False)
        self._rows(list(self.segment.rows))
        self.blocks.finish()
        if self.segment.prose:
            self._narrative.read(self.segment.texts)
        for text in () if self.segment.prose else self.segment.texts:
            self._paragraph(text, own=True)
        for text in self.segment.after:
            self._paragraph(text, own=False)
        self._title()
        if self.segment.checked:
            self.intake.note("校验", N_("程序写成的校验表没有导入，检查时会重新得出。"))
        self.complete = self._narrative.is_whole() if self.segment.prose else self._is_complete()

    def headings(self) -> list[str]:
        """The words that head the columns; they may name the year."""
        return [words for columns in self.blocks.headed.values() for words in columns.words.values()]

    def _rows(self, rows: list[SourceRow]) -> None:
        at = 0
        while at < len(rows):
            row = rows[at]
            self._broken |= at in self.segment.breaks
            if rest := self._unheaded(row):
                row = rest
            cells = filled(row)
            if cells and all(read_furniture(self.template, cell.text) is not None for cell in cells):
                for cell in cells:
                    self._is_furniture(cell.text)
            elif self._beside(cells):
                pass
            elif len(cells) > 1 and {label_key(cell.text) for cell in cells} <= self.guide.above:
                self._inside = False
            elif columns := Columns.told_by(self.guide, row):
                columns.begun_above(rows[at - 1] if at else None)
                at += self._heading(row, columns, rows[at + 1 :])
                numbered = self.blocks.numbered(columns)
                rows[at + 1 :] = join_short(rows[at + 1 :], columns, numbered=numbered)
            elif columns := self._block_of(row):
                self.blocks.take(row, columns, broken=self._broken)
                self._broken &= not filled(row)
            elif self.fields.take(row, broken=self._broken):
                self._broken = False
            at += 1

    def _heading(self, row: SourceRow, columns: Columns, below: Sequence[SourceRow]) -> int:
        """Take in a heading; gives how many rows below belong to it."""
        self._broken |= self.blocks.head(columns)
        used = 0
        while used < len(below) and columns.extend(below[used]):
            used += 1
        under = min(max(columns.under, used), len(below))
        strange = [words for one in (row, *below[used:under]) for words in unknown_columns(self.guide, columns, one)]
        for words in strange:
            message = N_("表样中没有“{column}”一列，它的内容在未能放置的文字里。")
            if self.intake.note(columns.block, message, column=words.strip()):
                self.intake.leave(words)
        self._columns, self._inside = columns, True
        self.fields.close()
        return under

    def _unheaded(self, row: SourceRow) -> SourceRow | None:
        """The rest of a row that begins with the label of a block without a heading; the block is open from here."""
        cells = filled(row)
        heading = self.guide.unheaded.get(label_key(cells[0].text)) if cells else None
        at = row.cells.index(cells[0]) + 1 if cells else 0
        if heading is None or at == len(row.cells):
            return None
        rest = msgspec.structs.replace(row, cells=row.cells[at:])
        self._columns, self._inside = Columns.in_order(heading, rest), True
        self.blocks.head(self._columns)
        self.fields.close()
        return rest

    def _block_of(self, row: SourceRow) -> Columns | None:
        """The columns of the block a row belongs to; a label of the form's other rows leaves the block."""
        cells = filled(row)
        if cells and self._columns is None and (columns := self.blocks.without_heading(row)):
            self._columns, self._inside = columns, True
        columns = self._columns
        if columns is None or not cells:
            return columns if self._inside else None
        first = columns.names[min(columns.names)]
        at_edge = columns.of(cells[0]) in ("", first, *LEVELS)
        if at_edge and self.fields.leads(row) and not self.blocks.names_label(columns, cells[0]):
            self._inside = self._inside and self._is_total_above(columns, cells[0])
            return None
        if self.blocks.names_branch(columns, row):
            self._inside = True
        return columns if self._inside and not self._is_remark(row, columns) else None

    def _is_total_above(self, columns: Columns, cell: SourceCell) -> bool:
        """Whether a label names the total of a table that begins below it."""
        return label_key(cell.text) in TOTALS and not any(self.intake.rows.get(side.block) for side in columns.sides)

    def _is_remark(self, row: SourceRow, columns: Columns) -> bool:
        """Whether a row is one cell across several columns, or a lone one in a text: 注：…."""
        cells = filled(row)
        if len(cells) > 1 or len(columns.words) < 3 or self._broken or self.blocks.names_branch(columns, row):
            return False
        if self.blocks.numbered(columns) and label_key(cells[0].text).isdecimal():
            return False  # the number of a row that was cut off
        return cells[0].cols * 2 > columns.width or (len(row.cells) == 1 and reach(row) < columns.width)

    def _paragraph(self, text: str, *, own: bool) -> None:
        """Words above and below the table: what the form prints there, a field (in its own texts), or prose."""
        if self._is_furniture(text) or label_key(text) in self.guide.words:
            return
        if self._entries(text) or (own and self._is_field(text)):
            return
        self.intake.leave(text)

    def _beside(self, cells: Sequence[SourceCell]) -> bool:
        """Take a row that is a line of its own: the unit again at the head of a page, or entries outside a block."""
        if len(cells) != 1:
            return False
        if not self._inside:
            return cells[0].cols > 1 and self._entries(cells[0].text)
        if unit_line(cells[0].text):
            self.intake.leave(cells[0].text)
        return bool(unit_line(cells[0].text))

    def _entries(self, text: str) -> bool:
        """Take a line that holds several entries one by one; whether it is such a line."""
        entries = apart(text)
        for entry in entries if len(entries) > 1 else ():
            self._paragraph(entry, own=True)
        return len(entries) > 1

    def _is_furniture(self, text: str) -> bool:
        """Take a line that the form prints outside its table, with what its blanks hold."""
        values = read_furniture(self.template, text)
        for name, value in (values or {}).items():
            self.intake.field(name, self.intake.taken(self.template.fields[name], value))
        return values is not None

    def _is_field(self, text: str) -> bool:
        """Take a line such as `填报单位：…` into a field that has nothing yet."""
        labels = self.guide.labels.get(inline_key(text), [])
        if len(labels) != 1 or labels[0] in self.fields.seen:
            return False
        self.fields.close()
        return self.fields.take(SourceRow([SourceCell(text, 0)], 0, 0), broken=False)

    def _title(self) -> None:
        """Take the title last, for what stands in a cell of the form is nearer to what was meant."""
        title = self.segment.title
        for name, text in title.values.items() if title else ():
            before = self.intake.fields.get(name)
            if name in self.template.fields and not (before and fold(text) in fold(before.text)):
                taken = self.intake.taken(self.template.fields[name], text)
                if self.template.fields[name].kind is Kind.YEAR:
                    taken.text = in_figures(taken.text)
                self.intake.field(name, taken)
        for words in title.rest if title else ():
            if not self._is_furniture(words):
                self.intake.leave(words)

    def _is_complete(self) -> bool:
        """Whether the form is all there: its blocks, and most of its other rows."""
        gone = self.fields.missing()
        if gone:
            self.intake.note(self.template.name, N_("来文没有这些栏：{labels}。"), labels="、".join(gone))
        labels = sum(label.fills for row in self.guide.rows for label in row)
        return self.blocks.are_whole() and len(gone) * 2 <= labels


def _stated_unit(segment: Segment) -> str:
    """The money unit that a line or cell of its own states for all of a sheet; empty where there are several."""
    cells = (cell.text for row in segment.rows for cell in filled(row))
    stated = {unit for text in (*segment.before, *segment.texts, *cells) if (unit := unit_line(text))}
    return stated.pop() if len(stated) == 1 else ""
