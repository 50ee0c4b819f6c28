"""What every kind of file becomes before it is matched with a form: a stream of paragraphs and rows of cells."""

from __future__ import annotations

import msgspec


class SourceCell(msgspec.Struct, frozen=True):
    """One visual cell. A merged cell stands once, with its span; `covered` marks the lower cells of a vertical merge.

    `col` counts grid columns from 0 where the file tells them, else cells. `address` is what the user sees (`C7` in
    a workbook), `indent` how far it is set in without blanks of its own. Text keeps its code points; line ends are LF.
    """

    text: str
    col: int
    cols: int = 1
    rows: int = 1
    covered: bool = False
    address: str = ""
    indent: int = 0


class SourceRow(msgspec.Struct, frozen=True, tag="row"):
    """One row of a table; `table` and `row` count from 1 within the file."""

    cells: list[SourceCell]
    table: int
    row: int


class SourceText(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph outside tables; `number` counts from 1."""

    text: str
    number: int


class Source(msgspec.Struct, frozen=True):
    """A file as read: its kind (docx, xlsx, txt), the blocks in order, and what the reader had to say about it.

    `notices` are (message, params) pairs for the catalogue: hidden text, tracked changes, formulas without a value.
    """

    kind: str
    blocks: list[SourceRow | SourceText]
    notices: list[tuple[str, dict[str, str]]] = []
