"""The recycle bin: a filing lies in it as it is until somebody deletes it for good; then a line of the log remains."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from forms.errors import FilingUnknown
from forms.language import N_
from forms.store.records import unknown

_LAID = (
    "SELECT title, unit, year, name, sha256 FROM filing JOIN template ON digest = template_digest"
    " JOIN revision ON filing_id = filing.id AND revision.rev = filing.rev WHERE filing.id = ? AND removed <> ''"
)
_LOG = "INSERT INTO deletion (ts, filing_id, title, unit, year, template, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)"
_DELETE = (
    "DELETE FROM import WHERE filing_id = ?",
    "DELETE FROM edit WHERE filing_id = ?",
    "DELETE FROM revision WHERE filing_id = ?",
    "DELETE FROM filing WHERE id = ?",
)
_REMOVE = "UPDATE filing SET removed = CASE removed WHEN '' THEN ? ELSE removed END WHERE id = ?"
_RESTORE = "UPDATE filing SET removed = ? WHERE id = ?"
_GATHER = "UPDATE filing SET batch = ? WHERE id = ?"


def remove(connection: sqlite3.Connection, idents: Iterable[str], now: str) -> None:
    """Put filings into the bin; one that lies there already stays as it is. FilingUnknown."""
    for ident in idents:
        _set(connection, _REMOVE, ident, now)


def restore(connection: sqlite3.Connection, idents: Iterable[str]) -> None:
    """Take filings out of the bin, each to the place of the list where it stood. FilingUnknown."""
    for ident in idents:
        _set(connection, _RESTORE, ident, "")


def gather(connection: sqlite3.Connection, idents: Iterable[str], batch: str) -> None:
    """Put filings into the batch of this name, and out of any other; an empty name is no batch. FilingUnknown."""
    for ident in idents:
        _set(connection, _GATHER, ident, batch)


def delete(connection: sqlite3.Connection, ident: str, now: str) -> None:
    """Delete a filing of the bin with its whole history, and write so into the log. FilingUnknown."""
    laid = connection.execute(_LAID, (ident,)).fetchall()
    if not laid:
        raise FilingUnknown(N_("回收站里没有编号为“{id}”的表；先移入回收站，才能彻底删除。"), id=ident)
    title, unit, year, template, sha256 = laid[0]
    connection.execute(_LOG, (now, ident, title, unit, year, template, sha256))
    for statement in _DELETE:
        connection.execute(statement, (ident,))


def _set(connection: sqlite3.Connection, statement: str, ident: str, value: str) -> None:
    if not connection.execute(statement, (value, ident)).rowcount:
        raise unknown(ident)
