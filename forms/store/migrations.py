"""The schema of the library, as numbered steps from an empty file to the newest version, all in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from forms.errors import LibraryDamaged
from forms.language import N_
from forms.store.connection import in_transaction
from forms.store.verification import digest_faults

if TYPE_CHECKING:
    from sqlite_utils import Database

Step = Callable[["Database"], None]

APPLICATION_ID = 0x4A495849  # "JIXI", so that a file tells whose it is

_TABLES = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE template (
        digest TEXT PRIMARY KEY CHECK (length(digest) = 64),
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT""",
    # `touched` orders by change and never by the clock; `updated` is the clock's word for people.
    """CREATE TABLE filing (
        id TEXT PRIMARY KEY CHECK (length(id) >= 4),
        template_digest TEXT NOT NULL REFERENCES template (digest),
        title TEXT NOT NULL,
        unit TEXT NOT NULL,
        year TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('draft', 'exported', 'submitted', 'returned', 'approved')),
        updated TEXT NOT NULL,
        touched INTEGER NOT NULL CHECK (touched >= 1),
        rev INTEGER NOT NULL CHECK (rev >= 1),
        seq INTEGER NOT NULL CHECK (seq >= 0)
    ) STRICT""",
    # `seq` is the last edit that the body contains, `sha256` the body's digest, `seal` that of the rest of the row:
    # a changed `seq` would leave edits out or apply them twice. The CHECKs call no json_valid, which SQLite holds for
    # unsafe where trusted_schema is off.
    """CREATE TABLE revision (
        filing_id TEXT NOT NULL REFERENCES filing (id),
        rev INTEGER NOT NULL CHECK (rev >= 1),
        seq INTEGER NOT NULL CHECK (seq >= 0),
        ts TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason <> ''),
        body TEXT NOT NULL CHECK (substr(body, 1, 1) = '{'),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        prev_sha256 TEXT NOT NULL CHECK (length(prev_sha256) = CASE rev WHEN 1 THEN 0 ELSE 64 END),
        seal TEXT NOT NULL CHECK (length(seal) = 64),
        PRIMARY KEY (filing_id, rev)
    ) STRICT""",
    """CREATE TABLE edit (
        filing_id TEXT NOT NULL REFERENCES filing (id),
        seq INTEGER NOT NULL CHECK (seq >= 1),
        ts TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin <> ''),
        format INTEGER NOT NULL CHECK (format >= 1),
        forward TEXT NOT NULL,
        inverse TEXT NOT NULL,
        undoes INTEGER CHECK (undoes < seq),
        seal TEXT NOT NULL CHECK (length(seal) = 64),
        PRIMARY KEY (filing_id, seq)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE import (
        filing_id TEXT PRIMARY KEY REFERENCES filing (id),
        ts TEXT NOT NULL,
        source TEXT NOT NULL,
        digest TEXT NOT NULL CHECK (length(digest) = 64),
        report TEXT NOT NULL CHECK (substr(report, 1, 1) = '{')
    ) STRICT""",
)

_APPEND_ONLY = ("revision", "edit", "template", "import")


def _first(db: Database) -> None:
    # sqlite-utils makes no CHECKs, so the tables are written out; the rest is its own.
    for table in _TABLES:
        db.execute(table)
    for table in _APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            db.execute(_append_only(table, act))
    db.table("filing").create_index(["touched"], unique=True)
    db.table("filing").create_index(["template_digest"])


def _second(db: Database) -> None:
    """The recycle bin, the log of what left it for good, batches, and the set of a filing beside its body."""
    # `removed` is the time a filing was put into the bin, empty while it stands in the list.
    for column in ("removed", "batch", "set_id"):
        db.execute(f"ALTER TABLE filing ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    db.execute(
        "UPDATE filing SET set_id = coalesce((SELECT json_extract(body, '$.set.id') FROM revision"
        " WHERE filing_id = filing.id AND revision.rev = 1), '')"
    )
    db.execute("""CREATE TABLE deletion (
        ts TEXT NOT NULL,
        filing_id TEXT NOT NULL,
        title TEXT NOT NULL,
        unit TEXT NOT NULL,
        year TEXT NOT NULL,
        template TEXT NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
    ) STRICT""")
    for act in ("UPDATE", "DELETE"):
        db.execute(_append_only("deletion", act))
    # What was written about a filing goes only where the filing lies in the bin.
    kept = "coalesce((SELECT removed FROM filing WHERE id = OLD.filing_id), '') = ''"
    for table in ("revision", "edit", "import"):
        db.execute(f"DROP TRIGGER {table}_keeps_delete")
        db.execute(_append_only(table, "DELETE", when=kept))
    db.execute(
        "CREATE TRIGGER filing_keeps_delete BEFORE DELETE ON filing WHEN OLD.removed = ''"
        " BEGIN SELECT raise(ABORT, 'a filing goes by way of the bin'); END"
    )


def _append_only(table: str, act: str, when: str = "true") -> str:
    return (
        f"CREATE TRIGGER {table}_keeps_{act.lower()} BEFORE {act} ON {table} WHEN {when}"
        f" BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
    )


STEPS: tuple[Step, ...] = (_first, _second)


def newest() -> int:
    """The schema version this program writes; versions count from 1."""
    return len(STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the library to the newest version: every step, its log row and the version number, or nothing.

    Foreign keys must not be enforced yet, as SQLite's procedure for rebuilding a table asks; they are checked at the
    end, and so is every digest. Raises sqlite3.Error, and LibraryDamaged where the outcome does not stand the check.
    """
    from sqlite_utils import Database  # noqa: PLC0415 — slow to import and needed once in a library's life

    def run(connection: sqlite3.Connection) -> None:
        db = Database(connection, execute_plugins=False)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for number, step in enumerate(STEPS[version:], version + 1):
            with db.atomic():
                step(db)
            logged = (f"version {number}", datetime.now(UTC).isoformat(timespec="seconds"))
            connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", logged)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {newest()}")
        _stand_check(connection)

    in_transaction(connection, run)


def _stand_check(connection: sqlite3.Connection) -> None:
    faults = digest_faults(connection)
    if faults or connection.execute("PRAGMA foreign_key_check").fetchall():
        message = N_("库升级后核对不符（{fault}），已退回原样；请先用备份恢复，再升级。")
        raise LibraryDamaged(message, fault=faults[0] if faults else "foreign_key_check")
