"""Documents made by code: one model of a table, written as Word, Excel and both conventions of text, and read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from forms.importers import docx, text, xlsx
from forms.importers.source import Source


@dataclass(frozen=True, repr=False)
class Box:
    """One visual cell; `label` marks words of the form, which an import need not keep."""

    text: str = ""
    cols: int = 1
    rows: int = 1
    label: bool = False
    number: float | None = None  # written as a number where the file can

    def __repr__(self) -> str:
        return repr(self.text) + ("*" if self.label else "")


@dataclass
class Table:
    """Rows of boxes; a box of several rows leaves no box in the rows below it."""

    rows: list[list[Box]] = field(default_factory=list)

    def grid(self) -> list[list[tuple[Box, int, bool]]]:
        """Each row with all its cells: the box, its first column, and whether it is a lower part of the box."""
        taken: dict[tuple[int, int], Box] = {}
        grid: list[list[tuple[Box, int, bool]]] = []
        for at, boxes in enumerate(self.rows):
            line: list[tuple[Box, int, bool]] = []
            waiting = list(boxes)
            col = 0
            while waiting or (at, col) in taken:
                above = taken.get((at, col))
                box = above or waiting.pop(0)
                line.append((box, col, above is not None))
                if above is None:
                    taken.update({(at + down, col): box for down in range(1, box.rows)})
                col += box.cols
            grid.append(line)
        return grid

    @property
    def width(self) -> int:
        """Grid columns of the widest row."""
        return max(line[-1][1] + line[-1][0].cols for line in self.grid() if line)


Block = str | Table


def as_docx(blocks: Sequence[Block]) -> Source:
    """The document as Word holds it, read back."""
    import docx as word

    document = word.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _word_table(document, block)
            document.add_paragraph()
    return docx.read(_saved(document.save))


def _word_table(document: Any, table: Table) -> None:
    made = document.add_table(len(table.rows), table.width)
    for at, line in enumerate(table.grid()):
        for box, col, below in line:
            if below:
                continue
            cell = made.cell(at, col)
            bottom = min(at + box.rows, len(table.rows)) - 1
            if box.cols > 1 or bottom > at:
                cell = cell.merge(made.cell(bottom, col + box.cols - 1))
            cell.text = box.text


def as_xlsx(blocks: Sequence[Block], *, merged: bool = True) -> Source:
    """Everything on one sheet, read back; `merged` false leaves blank cells beside and below instead."""
    return as_sheets([blocks], merged=merged)


def as_sheets(sheets: Sequence[Sequence[Block]], *, merged: bool = True) -> Source:
    """A workbook of several sheets, read back."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, blocks in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        row = 1
        for block in blocks:
            if isinstance(block, str):
                sheet.cell(row, 1).value = block
                row += 1
                continue
            for line in block.grid():
                for box, col, below in line:
                    if not below:
                        _excel_cell(sheet, row, col + 1, box, merged=merged)
                row += 1
    return xlsx.read(_saved(book.save))


def _excel_cell(sheet: Any, row: int, col: int, box: Box, *, merged: bool) -> None:
    cell = sheet.cell(row, col)
    cell.value = box.number if box.number is not None else box.text or None
    cell.data_type = "n" if box.number is not None else "s"
    if merged and (box.cols > 1 or box.rows > 1):
        sheet.merge_cells(start_row=row, start_column=col, end_row=row + box.rows - 1, end_column=col + box.cols - 1)


def as_cells(blocks: Sequence[Block]) -> Source:
    """The text with a cell a line: a tab before each cell, a blank line before each row."""
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        for line in block.grid():
            lines.append("")
            lines.extend("\t" + ("" if below else box.text) for box, _, below in line)
        lines.extend(["", "", ""])
    return text.read("\n".join(lines).encode())


def as_rows(blocks: Sequence[Block]) -> Source:
    """The text with a row a line: tabs between the cells, merged ones blank beside and below."""
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        for line in block.grid():
            cells: list[str] = []
            for box, _, below in line:
                cells.extend(["" if below else f"<p>{box.text}</p>".replace("\n", "</p><p>"), *[""] * (box.cols - 1)])
            lines.append("\t".join("" if cell == "<p></p>" else cell for cell in cells))
    return text.read("\n".join(lines).encode())


def _saved(save: Callable[[BytesIO], None]) -> bytes:
    file = BytesIO()
    save(file)
    return file.getvalue()


WRITERS: dict[str, Callable[[Sequence[Block]], Source]] = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "xlsx, nothing merged": lambda blocks: as_xlsx(blocks, merged=False),
    "txt, a cell a line": as_cells,
    "txt, a row a line": as_rows,
}


def content(blocks: Iterable[Block]) -> Counter[str]:
    """Every character that is no blank of every cell that is no label."""
    boxes = (box for block in blocks if isinstance(block, Table) for row in block.rows for box in row)
    return Counter("".join("".join(box.text.split()) for box in boxes if not box.label))


def label(words: str, cols: int = 1, rows: int = 1) -> Box:
    """A box with words of the form."""
    return Box(words, cols, rows, label=True)


def boxes(table: Table) -> Iterator[Box]:
    """All boxes of a table."""
    return (box for row in table.rows for box in row)
