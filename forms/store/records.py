"""The records of the library, and the statements that write them; each function runs inside a transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from forms.canonical import canonical, read_filing
from forms.commands import COMMAND_FORMAT, Command, encode
from forms.errors import FilingConflict, FilingUnknown, LibraryDamaged, LibraryTooNew, PackageRefused, TemplateUnknown
from forms.files import digest
from forms.filing import Filing
from forms.journal import EditStale, meta_set, seal
from forms.language import N_
from forms.titles import parted


class Summary(NamedTuple):
    """One line of the list of filings; `updated` is the clock's word, the order of the list does not rest on it.

    `seq` is the number of its last edit, `batch` the name of the group it was put into, `removed` when it came to lie
    in the bin, `set` the set it came in with, `digest` that of its form.
    """

    id: str
    template_id: str
    template: str
    title: str
    unit: str
    year: str
    state: str
    updated: str
    seq: int = 0
    batch: str = ""
    removed: str = ""
    set: str = ""
    digest: str = ""

    @property
    def printed(self) -> str:
        """The title as it stands on paper."""
        return parted(self.title)[0]

    @property
    def subject(self) -> str:
        """The project or unit the filing is about, where the title does not name it."""
        return parted(self.title)[1]


class Deletion(NamedTuple):
    """A filing that was deleted for good: what it was, and the digest of its last revision."""

    time: str
    id: str
    title: str
    unit: str
    year: str
    template: str
    sha256: str


class Revision(NamedTuple):
    """One whole state of a filing, kept for ever. `number` counts from 1; `seq` is the last edit it contains."""

    number: int
    seq: int
    time: str
    reason: str
    sha256: str
    prev_sha256: str

    @property
    def local_time(self) -> str:
        """Its time on the clock of this machine, to the minute."""
        return datetime.fromisoformat(self.time).astimezone().strftime("%Y-%m-%d %H:%M")


class StoredTemplate(NamedTuple):
    """A form the library keeps."""

    digest: str
    id: str
    version: str
    name: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A filing on its way into the library, with the text of its form and, from a file, the report of its import."""

    filing: Filing
    template_text: str
    title: str = ""
    template_name: str = ""
    report: Mapping[str, object] | None = None
    origin: str = "new"
    batch: str = ""


REVISION = "SELECT rev, seq, ts, reason, sha256, prev_sha256 FROM revision"
REVISION_AND_BODY = "SELECT rev, seq, ts, reason, sha256, prev_sha256, seal, CAST(body AS BLOB) FROM revision"
_COLUMNS = "filing.id, template.id, name, title, unit, year, state, updated, seq, batch, removed, set_id, digest"
_FROM = " FROM filing JOIN template ON digest = template_digest"
_SUMMARY = f"SELECT {_COLUMNS}{_FROM}"
SUMMARY = f"{_SUMMARY} WHERE removed = '' ORDER BY touched DESC LIMIT ?"
BIN = f"{_SUMMARY} WHERE removed <> '' ORDER BY removed DESC, touched DESC"
CHANGED = f"SELECT touched, {_COLUMNS}{_FROM} WHERE touched > ? ORDER BY touched"
KIN = f"{_SUMMARY} WHERE removed = '' AND ? IN (name, template.id) AND (set_id = ? OR year = ?) ORDER BY touched DESC"
SET = f"{_SUMMARY} WHERE removed = '' AND set_id = ? ORDER BY touched DESC"
DELETIONS = "SELECT ts, filing_id, title, unit, year, template, sha256 FROM deletion ORDER BY rowid DESC"
# Texts come as bytes, so that a damaged one meets its digest before it meets a decoder.
EDITS = (
    "SELECT seq, ts, origin, format, CAST(forward AS BLOB), CAST(inverse AS BLOB), undoes, seal"
    " FROM edit WHERE filing_id = ? AND seq > ? ORDER BY seq"
)

_ADD_TEMPLATE = "INSERT INTO template (digest, id, version, name, text) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_ADD_FILING = (
    "INSERT INTO filing (id, template_digest, title, unit, year, state, updated, batch, set_id, touched, rev, seq)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT ifnull(max(touched), 0) + 1 FROM filing), 1, 0)"
)
_ADD_IMPORT = "INSERT INTO import (filing_id, ts, source, digest, report) VALUES (?, ?, ?, ?, ?)"
_ADD_REVISION = (
    "INSERT INTO revision (filing_id, rev, seq, ts, reason, sha256, prev_sha256, seal, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
TOUCH = (
    "UPDATE filing SET seq = seq + 1, touched = (SELECT max(touched) + 1 FROM filing), updated = ?,"
    " title = ifnull(?, title), unit = ifnull(?, unit), year = ifnull(?, year), state = ifnull(?, state) WHERE id = ?"
    " AND seq + 1 = ifnull(?, seq + 1) RETURNING seq"
)
_WRITTEN = "SELECT origin, format, forward, inverse, undoes FROM edit WHERE filing_id = ? AND seq = ?"
APPEND = (
    "INSERT INTO edit (filing_id, seq, ts, origin, format, forward, inverse, undoes, seal)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def add(connection: sqlite3.Connection, addition: Addition, now: str) -> None:
    """Write a filing, its first revision, its form and the report of its import.

    The very same again is no change, unless it lies in the bin: it comes back.
    FilingConflict where another filing has the id; TemplateUnknown where the form is not the one the filing names.
    """
    filing, template = addition.filing, addition.filing.template
    if digest(addition.template_text.encode()) != template.digest:
        message = N_("表样“{name}”的内容与表中记下的摘要不符，没有存入；请重新取得表样。")
        raise TemplateUnknown(message, name=addition.template_name or template.id)
    body = canonical(filing)
    first = Revision(1, 0, now, addition.origin, digest(body), "")
    known = connection.execute("SELECT sha256 FROM revision WHERE filing_id = ? AND rev = 1", (filing.id,)).fetchone()
    if known == (first.sha256,):
        connection.execute("UPDATE filing SET removed = '' WHERE id = ? AND removed <> ''", (filing.id,))
        return
    if known:
        message = N_("库里已有这份表（编号 {id}），内容与来文不同，没有导入；请先在库里核对。")
        raise FilingConflict(message, id=filing.id)
    form = StoredTemplate(template.digest, template.id, template.version, addition.template_name)
    add_template(connection, form, addition.template_text)
    set_id = filing.set.id if filing.set else ""
    shown = (addition.title, filing.unit.name, filing.year, filing.state, now, addition.batch, set_id)
    connection.execute(_ADD_FILING, (filing.id, template.digest, *shown))
    add_revision(connection, filing.id, first, body)
    if addition.report is not None:
        report = json.dumps(addition.report, ensure_ascii=False, sort_keys=True)
        source = str(addition.report.get("source", ""))
        connection.execute(_ADD_IMPORT, (filing.id, now, source, digest(report.encode()), report))


def add_template(connection: sqlite3.Connection, form: StoredTemplate, text: str) -> None:
    """Write a form; one that is there already is no change."""
    connection.execute(_ADD_TEMPLATE, (*form, text))


def add_revision(connection: sqlite3.Connection, ident: str, revision: Revision, body: bytes) -> None:
    """Write one revision with the canonical `body` of the filing."""
    connection.execute(_ADD_REVISION, (ident, *revision, seal(ident, *revision), body.decode()))


class Entry(NamedTuple):
    """One change on its way into the journal; see `Library.edit`."""

    forward: Command
    inverse: Command
    origin: str
    undoes: int | None
    title: str | None
    expected_seq: int | None


def append(connection: sqlite3.Connection, ident: str, entry: Entry, now: str) -> int:
    """Write one change, keep the list of filings in step, and give the change's number. EditStale, FilingUnknown."""
    forward, inverse = encode(entry.forward).decode(), encode(entry.inverse).decode()
    written = (entry.origin, COMMAND_FORMAT, forward, inverse, entry.undoes)
    meta = meta_set(entry.forward)
    beside = (meta.get("unit"), meta.get("year"), meta.get("state"))
    touched = (now, entry.title, *beside, ident, entry.expected_seq)
    rows = connection.execute(TOUCH, touched).fetchall()
    if not rows:
        return _written_before(connection, ident, entry.expected_seq, written)
    seq: int = rows[0][0]
    row = (ident, seq, now, *written)
    connection.execute(APPEND, (*row, seal(*row)))
    return seq


def _written_before(connection: sqlite3.Connection, ident: str, seq: int | None, written: tuple[object, ...]) -> int:
    if not connection.execute("SELECT 1 FROM filing WHERE id = ?", (ident,)).fetchall():
        raise unknown(ident)
    if seq is None or connection.execute(_WRITTEN, (ident, seq)).fetchall() != [written]:
        raise EditStale(N_("这份表在别处已有更新，这一步没有保存；请重新打开这份表再改。"))
    return seq


def read_revision(ident: str, row: tuple[int, int, str, str, str, str, str, bytes]) -> tuple[Revision, Filing]:
    """The revision and its filing from a row of REVISION_AND_BODY; LibraryDamaged, LibraryTooNew."""
    revision, sealed, body = Revision._make(row[:6]), row[6], row[7]
    try:
        if digest(body) == revision.sha256 and seal(ident, *revision) == sealed:
            return revision, read_filing(body)
    except PackageRefused as error:
        if error.code == "unknown-version":
            message = N_("表 {id} 是较新版本的程序写的；请升级程序后再打开。")
            raise LibraryTooNew(message, id=ident) from error
    message = N_("表 {id} 的第 {number} 版已损坏，读不出来；请用最近的备份恢复这份表。")
    raise LibraryDamaged(message, id=ident, number=revision.number)


def unknown(ident: str) -> FilingUnknown:
    """That no filing has this id."""
    return FilingUnknown(N_("库里没有编号为“{id}”的表；请先列出各表，核对编号。"), id=ident)
