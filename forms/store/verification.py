"""Whether a library is whole: SQLite's own check, and the digest of every text that was ever stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from forms.files import digest
from forms.journal import seal
from forms.language import N_, sentence
from forms.store.connection import ERRORS

ALL = -1


def page_faults(connection: sqlite3.Connection, check: Literal["quick_check", "integrity_check"]) -> list[str]:
    """What SQLite finds wrong with the pages of the file, as sentences; it does not notice a changed letter."""
    try:
        with _as_bytes(connection):
            rows = [row[0] for row in connection.execute(f"PRAGMA {check}")]
    except ERRORS as error:
        return [sentence(N_("数据库文件读不完整：{reason}。"), {"reason": error})]
    if rows == [b"ok"]:
        return []
    return [sentence(N_("数据库文件有错：{reason}。"), {"reason": row.decode("utf-8", "replace")}) for row in rows]


def digest_faults(connection: sqlite3.Connection, newest: int = ALL) -> list[str]:
    """The stored texts that are not as they were written, as sentences; only the `newest` revisions where given."""
    faults: list[str] = []
    searches = (_revisions(connection, newest), *([] if newest != ALL else [_edits(connection), _texts(connection)]))
    for search in searches:
        try:
            with _as_bytes(connection):
                faults.extend(search)
        except ERRORS as error:
            faults.append(sentence(N_("数据库文件读不完整：{reason}。"), {"reason": error}))
    return faults


def _revisions(connection: sqlite3.Connection, newest: int) -> Iterator[str]:
    rows = connection.execute(
        "SELECT filing_id, rev, seq, ts, reason, sha256, prev_sha256, seal, body"
        " FROM (SELECT * FROM revision ORDER BY rowid DESC LIMIT ?) ORDER BY filing_id, rev",
        (newest,),
    )
    before = (b"", 0, b"")
    for filing, rev, *written, prev, sealed, body in rows:
        sha256 = written[-1]
        if digest(body).encode() != sha256 or _seal(filing, rev, *written, prev) != sealed:
            yield _said(N_("表 {id} 的第 {number} 版与存入时不符，内容已损坏。"), filing, rev)
        expected = (before[1] + 1, before[2]) if filing == before[0] else (1, b"")
        if newest == ALL and (rev, prev) != expected:
            yield _said(N_("表 {id} 的第 {number} 版与前一版接不上。"), filing, rev)
        before = (filing, rev, sha256)


def _edits(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT filing_id, seq, ts, origin, format, forward, inverse, undoes, seal FROM edit ORDER BY filing_id, seq"
    )
    before = (b"", 0)
    for filing, seq, *written, sealed in rows:
        if _seal(filing, seq, *written) != sealed:
            yield _said(N_("表 {id} 的第 {number} 步修改与存入时不符，内容已损坏。"), filing, seq)
        if seq != (before[1] + 1 if filing == before[0] else 1):
            yield _said(N_("表 {id} 的第 {number} 步修改之前缺了记录。"), filing, seq)
        before = (filing, seq)


def _seal(*written: bytes | int | None) -> bytes:
    # What is no UTF-8 any more gives another seal, too.
    return seal(*(one.decode(errors="replace") if isinstance(one, bytes) else one for one in written)).encode()


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for sha256, name, text in connection.execute("SELECT digest, name, text FROM template"):
        if digest(text).encode() != sha256:
            yield _said(N_("表样“{id}”与存入时不符，内容已损坏。"), name)
    for sha256, filing, report in connection.execute("SELECT digest, filing_id, report FROM import"):
        if digest(report).encode() != sha256:
            yield _said(N_("表 {id} 的导入记录与存入时不符，内容已损坏。"), filing)
    lacking = connection.execute(
        "SELECT id FROM filing WHERE rev IS NOT (SELECT max(rev) FROM revision WHERE filing_id = id)"
        " OR seq IS NOT (SELECT ifnull(max(seq), 0) FROM edit WHERE filing_id = id)"
    )
    for (filing,) in lacking:
        yield _said(N_("表 {id} 最近的版本或修改不见了。"), filing)


def _said(message: str, ident: bytes, number: int = 0) -> str:
    return sentence(message, {"id": ident.decode("utf-8", "replace"), "number": number})


@contextmanager
def _as_bytes(connection: sqlite3.Connection) -> Iterator[None]:
    # A damaged text that is no UTF-8 any more must not stop the search for damaged texts.
    before = connection.text_factory
    connection.text_factory = bytes
    try:
        yield
    finally:
        connection.text_factory = before
