"""What can be found out again, kept in a file beside the library: the words of every filing, and its verdict.

Nobody loses anything with this file. It is thrown away when it is damaged or of another version; where it cannot be
written the index is in memory. So edits never wait for it, and a backup does not carry it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from forms.store.connection import connect, in_memory
from forms.store.needle import tokens

_OURS = 0x4A584958  # "JXIX"
_VERSION = 1  # of the tables and of what `tokens` makes
_TABLES = (
    """CREATE TABLE said (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        seq INTEGER NOT NULL,
        updated TEXT NOT NULL,
        head TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT""",
    "CREATE VIRTUAL TABLE gram USING fts5(tokens, content='', detail=none, columnsize=0, tokenize=ascii)",
    """CREATE TABLE verdict (
        id TEXT PRIMARY KEY,
        mark TEXT NOT NULL,
        wrong INTEGER NOT NULL,
        missing INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
)
_FIND = (
    "SELECT id, head, body FROM gram CROSS JOIN said ON number = gram.rowid WHERE gram MATCH ? ORDER BY gram.rowid DESC"
)
_SETTINGS = ("locking_mode=EXCLUSIVE", "synchronous=NORMAL", "secure_delete=ON", "trusted_schema=OFF")

Mark = tuple[int, str]  # the last edit and its time: a library that was restored counts on from an earlier edit


class Verdict(NamedTuple):
    """How many blocking problems a filing had: what is `wrong`, and what is only `missing`."""

    wrong: int
    missing: int


class Index:
    """The file `<library>.index`, or the memory that stands in for it."""

    def __init__(self, library: Path | None) -> None:
        """The index of a library; of none it is in memory."""
        try:
            self._connection = _in_memory() if library is None else _opened(Path(f"{library}.index"))
        except (sqlite3.Error, OSError):
            self._connection = _in_memory()
        self.marks: dict[str, Mark] = {
            ident: (seq, updated)
            for ident, seq, updated in self._connection.execute("SELECT id, seq, updated FROM said")
        }
        verdicts = self._connection.execute("SELECT id, mark, wrong, missing FROM verdict")
        self.verdicts = {ident: (mark, Verdict(wrong, missing)) for ident, mark, wrong, missing in verdicts}

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def begin(self) -> None:
        """Begin to write; `end` keeps what was written since."""
        self._connection.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """Keep what was written since."""
        self._connection.execute("COMMIT")

    def put(self, ident: str, mark: Mark, head: str, body: str) -> None:
        """Know the words of a filing as it is now; the one known last is found first."""
        self._drop(ident)
        row = self._connection.execute(
            "INSERT INTO said (id, seq, updated, head, body) VALUES (?, ?, ?, ?, ?)", (ident, *mark, head, body)
        )
        self._connection.execute("INSERT INTO gram (rowid, tokens) VALUES (?, ?)", (row.lastrowid, tokens(head, body)))
        self.marks[ident] = mark

    def judge(self, ident: str, mark: str, verdict: Verdict) -> None:
        """Know the verdict on a filing; `mark` tells what it rests on."""
        self._connection.execute("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)", (ident, mark, *verdict))
        self.verdicts[ident] = mark, verdict

    def forget(self, ident: str) -> None:
        """Know nothing of a filing any more, down to the words that only it had."""
        self._drop(ident)
        self._connection.execute("DELETE FROM verdict WHERE id = ?", (ident,))
        self.verdicts.pop(ident, None)
        self._connection.execute("INSERT INTO gram (gram) VALUES ('optimize')")

    def find(self, query: str) -> Iterator[tuple[str, str, str]]:
        """Id, head and body of each filing that may hold what is asked for, the one known last first."""
        yield from self._connection.execute(_FIND, (query,))

    def _drop(self, ident: str) -> None:
        for number, head, body in self._connection.execute(
            "SELECT number, head, body FROM said WHERE id = ?", (ident,)
        ).fetchall():
            self._connection.execute(
                "INSERT INTO gram (gram, rowid, tokens) VALUES ('delete', ?, ?)", (number, tokens(head, body))
            )
            self._connection.execute("DELETE FROM said WHERE number = ?", (number,))
        self.marks.pop(ident, None)


def _opened(path: Path) -> sqlite3.Connection:
    """The index of a file, made anew where it is missing, damaged or of another version."""
    for _ in range(2):
        connection = connect(path, "rwc")
        try:
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            owner = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
            if (owner, version) == (0, 0):
                return _made(connection)
            if (owner, version) == (_OURS, _VERSION):
                connection.execute("SELECT id FROM said LIMIT 1").fetchall()
                return connection
            mine = owner == _OURS
        except sqlite3.DatabaseError:
            mine = True  # no database any more
        except BaseException:
            connection.close()
            raise
        connection.close()
        if not mine:
            break
        path.unlink()
    raise OSError(path)


def _in_memory() -> sqlite3.Connection:
    return _made(in_memory())


def _made(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("BEGIN IMMEDIATE")
    for table in _TABLES:
        connection.execute(table)
    connection.execute(f"PRAGMA application_id = {_OURS}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")
    return connection
