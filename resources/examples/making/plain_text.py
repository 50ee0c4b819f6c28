"""Writes tables as plain text, a cell a line: a tab before each cell, a blank line before each row."""

from __future__ import annotations

from collections.abc import Iterable

from .drawing import Table


def write(tables: Iterable[Table]) -> bytes:
    """The text file of `tables`; the lower cells of a vertical merge stand as empty cells."""
    blocks = []
    for table in tables:
        rows = ("".join(f"\n\t{cell.text}" for cell in row) for row in table.rows)
        blocks.append("\n".join(table.heads) + "\n" + "\n".join(rows) + "\n")
    return "\n\n".join(blocks).encode("utf-8")
