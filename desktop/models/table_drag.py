"""Rows of a table that are dragged with the mouse: known by id, and never taken out by Qt."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QMimeData

from forms.commands import AnyCommand, MoveRow
from forms.filing import Filing

MIME = "application/x-jixiao-dragged-rows"


def carried(filing: Filing, table: str, idents: Sequence[str]) -> QMimeData:
    """These rows as data of a drag."""
    mime = QMimeData()
    mime.setData(MIME, json.dumps([filing.id, table, *idents]).encode())
    return mime


def brought(data: QMimeData, filing: Filing, table: str) -> list[str]:
    """The rows that are dragged, if they are of this very table, every one."""
    if not data.hasFormat(MIME):
        return []
    try:
        of, name, *idents = json.loads(bytes(data.data(MIME).data()))
    except ValueError:
        return []
    here = {row.id for row in filing.rows(table)}
    return idents if (of, name) == (filing.id, table) and here.issuperset(idents) else []


def moves(order: Sequence[str], table: str, idents: Sequence[str], before: str) -> Iterator[AnyCommand]:
    """What puts rows, in the order given, before another one of `order`, or at the end where that is empty."""
    rest = [ident for ident in order if ident not in idents]
    at = order.index(before) if before else len(order)
    anchor = next((ident for ident in order[at:] if ident in rest), "")
    standing = list(order)
    for ident in idents:
        old = standing.index(ident)
        standing.remove(ident)
        new = standing.index(anchor) if anchor else len(standing)
        standing.insert(new, ident)
        if old != new:
            yield MoveRow(table, ident, new)
