"""The library: every filing, its journal, its revisions and the forms they were filled on, in one SQLite file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from forms.canonical import canonical
from forms.commands import Command
from forms.errors import FilingUnknown, LibraryDamaged, SaveFailed, TemplateUnknown
from forms.files import digest
from forms.filing import Filing
from forms.journal import Edit, read_edit, replay
from forms.language import N_, sentence
from forms.store import dustbin, records
from forms.store.backup import back_up
from forms.store.backups import Backups, Pending
from forms.store.ballast import Ballast
from forms.store.connection import ERRORS, in_transaction, is_full, refusal, save_refusal
from forms.store.locking import LibraryLock
from forms.store.looking import look_into
from forms.store.opening import open_library
from forms.store.records import Addition, Deletion, Revision, StoredTemplate, Summary
from forms.store.verification import digest_faults, page_faults

__all__ = ["Addition", "Deletion", "Library", "Revision", "StoredTemplate", "Summary"]

T = TypeVar("T")

_RECENT = 50
_SHORTEST_BEGINNING = 4
_GONE = N_("库“{path}”不在原处了，这一步没有保存；请把文件放回原处。")
_RESERVE_SPENT = N_("磁盘快满了，备用空间已经用掉；请尽快清理磁盘，在此之前不能存入新的表。")


def _utc() -> datetime:
    return datetime.now(UTC)


class Library:
    """An open library. It has one connection, to be used in the thread that opened it.

    Every change is one transaction: it is on the disk when the method returns, or SaveFailed says that it is not.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: LibraryLock, clock: Callable[[], datetime]
    ) -> None:
        self.path = path
        self._file = path.stat()
        self._reserve_spent = False
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._ballast = Ballast(path)

    @classmethod
    def open(cls, path: Path, *, create: bool = True, clock: Callable[[], datetime] = _utc) -> Self:
        """Open the library at `path`, made anew where it is missing and `create` allows.

        Raises LibraryInUse, NotALibrary, LibraryTooNew, LibraryDamaged, and LibraryRefused for the rest.
        """
        path = path.absolute()
        connection, lock = open_library(path, create=create)
        return cls(path, connection, lock, clock)

    @classmethod
    def look_into(cls, path: Path) -> Self:
        """A library that is only read: a backup, or one that must not be touched. Every change is SaveFailed.

        Raises as `open`, LibraryInUse aside.
        """
        path = path.absolute()
        connection, borrowed = look_into(path)
        return cls(path, connection, borrowed, _utc)

    @property
    def warning(self) -> str:
        """What a notice is to say for as long as the disk has no room in reserve; empty while it has."""
        return sentence(_RESERVE_SPENT) if self._reserve_spent else ""

    def close(self) -> None:
        """Close the library; a second time does nothing."""
        # What cannot be written into the main file now stays in the log and is taken in at the next opening.
        with suppress(sqlite3.Error):
            self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- filings

    def add(
        self,
        filing: Filing,
        template_text: str,
        *,
        title: str = "",
        template_name: str = "",
        report: Mapping[str, object] | None = None,
        origin: str = "new",
    ) -> None:
        """Take in one filing as its revision 1; `origin` is the reason of that revision. Raises as `add_many`."""
        self.add_many([Addition(filing, template_text, title, template_name, report, origin)])

    def add_many(self, additions: Sequence[Addition]) -> None:
        """Take in filings with their forms and reports, all or none. The very same filing again changes nothing.

        FilingConflict where another filing has the id; SaveFailed while the reserve on a full disk is spent;
        TemplateUnknown where the text of the form is not the one the filing names.
        """
        self._require_reserve()
        now = self._now()

        def work(connection: sqlite3.Connection) -> None:
            for addition in additions:
                records.add(connection, addition, now)

        self._save(work)

    def resolve(self, text: str) -> str:
        """The id `text` stands for: a whole one, or its beginning of at least four characters. FilingUnknown."""
        text = text.strip()
        try:
            text.encode()
        except UnicodeEncodeError as error:  # bytes on the command line that are no text; SQLite refuses them
            raise records.unknown(text) from error
        found = [ident for (ident,) in self._rows("SELECT id FROM filing WHERE id = ?", text)]
        if not found and len(text) >= _SHORTEST_BEGINNING:
            beginning = "SELECT id FROM filing WHERE substr(id, 1, length(?1)) = ?1 ORDER BY touched DESC"
            found = [ident for (ident,) in self._rows(beginning, text)]
        if len(found) == 1:
            return str(found[0])
        if found:
            message = N_("编号“{id}”对得上 {count} 份表（{ids}）；请多写几位。")
            raise FilingUnknown(message, id=text, count=len(found), ids="、".join(found[:5]))
        raise records.unknown(text)

    def filing(self, ident: str) -> Filing:
        """The filing as it was last saved. FilingUnknown, LibraryDamaged."""
        return self._current(ident)[1]

    def list(self, limit: int | None = None) -> tuple[Summary, ...]:
        """The filings, or the first `limit` of them, those changed last coming first; none of the bin."""
        return tuple(map(Summary._make, self._rows(records.SUMMARY, -1 if limit is None else limit)))

    def kin(self, form: str, set_id: str, year: str) -> tuple[Summary, ...]:
        """The filings on a form, by its name or 编号, that are of a set or of a year."""
        return tuple(map(Summary._make, self._rows(records.KIN, form, set_id or "\n", year)))

    def members(self, set_id: str) -> tuple[Summary, ...]:
        """The filings of a set, those changed last first."""
        return tuple(map(Summary._make, self._rows(records.SET, set_id)))

    def changed(self, after: int) -> tuple[tuple[int, Summary], ...]:
        """The filings that were changed after step `after` of the whole library, in that order, with their steps."""
        return tuple((row[0], Summary._make(row[1:])) for row in self._rows(records.CHANGED, after))

    def gather(self, idents: Iterable[str], batch: str) -> None:
        """Put filings into the batch of this name; an empty name takes them out of theirs. FilingUnknown."""
        self._save(lambda connection: dustbin.gather(connection, idents, batch))

    # --- the bin

    def bin(self) -> tuple[Summary, ...]:
        """The filings that lie in the bin, the last to come first; each is as whole as any other."""
        return tuple(map(Summary._make, self._rows(records.BIN)))

    def lies_in_bin(self, ident: str) -> bool:
        """Whether a filing lies in the bin; one that is not known does not."""
        return bool(self._rows("SELECT 1 FROM filing WHERE id = ? AND removed <> ''", ident))

    def remove(self, idents: Iterable[str]) -> None:
        """Put filings into the bin: all of them or none. FilingUnknown."""
        now = self._now()
        self._save(lambda connection: dustbin.remove(connection, idents, now))

    def restore(self, idents: Iterable[str]) -> None:
        """Take filings out of the bin, each to its place in the list. FilingUnknown."""
        self._save(lambda connection: dustbin.restore(connection, idents))

    def delete(self, idents: Sequence[str]) -> None:
        """Delete filings of the bin with their history, for good; the log keeps a line of each. FilingUnknown."""
        now = self._now()

        def work(connection: sqlite3.Connection) -> None:
            for ident in idents:
                dustbin.delete(connection, ident, now)

        self._save(work)
        with suppress(sqlite3.Error):  # what was deleted leaves the log of the database, too
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def deletions(self) -> tuple[Deletion, ...]:
        """What was deleted for good, the last first."""
        return tuple(map(Deletion._make, self._rows(records.DELETIONS)))

    # --- changes

    def edit(
        self,
        ident: str,
        forward: Command,
        inverse: Command,
        *,
        origin: str,
        undoes: int | None = None,
        title: str | None = None,
        expected_seq: int | None = None,
    ) -> int:
        """Append one change to the journal and give its number; one transaction, one synchronisation of the disk.

        `expected_seq` is the number the caller counts on. The same change under the same number again is no change;
        another one is EditStale, a SaveFailed: it was made on a filing that has moved on since. FilingUnknown.
        """
        entry = records.Entry(forward, inverse, origin, undoes, title, expected_seq)
        now = self._now()
        return self._save(lambda connection: records.append(connection, ident, entry, now))

    def journal(self, ident: str) -> tuple[Edit, ...]:
        """Every change of a filing since it was taken in, in order. FilingUnknown, LibraryDamaged."""
        self._require(ident)
        return self._edits(ident, 0)

    def revise(self, ident: str, *, reason: str) -> Revision:
        """Keep the filing as it stands as a revision; the last one where nothing has changed since.

        `reason` is import, check, export, close, timer. FilingUnknown, LibraryDamaged, SaveFailed.
        """
        last, filing, seq = self._current(ident)
        body = canonical(filing)
        if digest(body) == last.sha256:
            return last
        new = Revision(last.number + 1, seq, self._now(), reason, digest(body), last.sha256)

        def work(connection: sqlite3.Connection) -> Revision:
            records.add_revision(connection, ident, new, body)
            connection.execute("UPDATE filing SET rev = ? WHERE id = ?", (new.number, ident))
            return new

        return self._save(work)

    def revisions(self, ident: str) -> tuple[Revision, ...]:
        """The revisions of a filing, the first one first. FilingUnknown."""
        self._require(ident)
        return tuple(map(Revision._make, self._rows(f"{records.REVISION} WHERE filing_id = ? ORDER BY rev", ident)))

    def revision(self, ident: str, number: int) -> tuple[Revision, Filing]:
        """One revision and the filing it keeps. FilingUnknown, LibraryDamaged."""
        rows = self._rows(f"{records.REVISION_AND_BODY} WHERE filing_id = ? AND rev = ?", ident, number)
        if not rows:
            raise FilingUnknown(N_("表 {id} 没有第 {number} 版；请先列出它的各版。"), id=ident, number=number)
        return records.read_revision(ident, rows[0])

    # --- beside the filings

    def template_text(self, template_digest: str) -> str:
        """The text of the form with this digest. TemplateUnknown, LibraryDamaged."""
        rows = self._rows("SELECT CAST(text AS BLOB) FROM template WHERE digest = ?", template_digest)
        if not rows:
            message = N_("库里没有摘要为 {digest} 的表样；请从原来的文件重新导入。")
            raise TemplateUnknown(message, digest=template_digest)
        if digest(rows[0][0]) != template_digest:
            message = N_("库里摘要为 {digest} 的表样已损坏；请用最近的备份恢复。")
            raise LibraryDamaged(message, digest=template_digest)
        return str(rows[0][0].decode())

    def keep_template(self, form: StoredTemplate, text: str) -> None:
        """Keep a form beside the filings, before any is filled on it; the very same one again changes nothing."""
        self._save(lambda connection: records.add_template(connection, form, text))

    def templates(self) -> tuple[StoredTemplate, ...]:
        """Every form the library keeps: those its filings were filled on, and those put in, in that order of time."""
        rows = self._rows("SELECT digest, id, version, name FROM template ORDER BY rowid")
        return tuple(map(StoredTemplate._make, rows))

    def report(self, ident: str) -> dict[str, object] | None:
        """The report of the import a filing came in by; None where it was filled in here. FilingUnknown."""
        self._require(ident)
        rows = self._rows("SELECT report FROM import WHERE filing_id = ?", ident)
        return dict(json.loads(rows[0][0])) if rows else None

    def setting(self, name: str) -> str | None:
        """What is set under `name` for the library; None where nothing is."""
        rows = self._rows("SELECT value FROM setting WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def set_setting(self, name: str, value: str) -> None:
        """Set `name` for everyone who uses this library."""
        upsert = "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        self._save(lambda connection: connection.execute(upsert, (name, value)))

    # --- care

    def backup(self, to: Path) -> None:
        """Write a copy of the library to `to`, proven before it replaces an older one. SaveFailed, LibraryDamaged."""
        if to.exists() and to.samefile(self.path):
            raise SaveFailed(N_("备份不能写在库自己的位置“{path}”上；请另选文件名。"), path=str(to))
        back_up(self._connection, to)

    def begin_backup(self, reason: str) -> Pending | None:
        """Copy the library into the folder of its backups; whoever gets the copy proves it, in any thread.

        None where nothing has changed since the newest, or that was made just now. SaveFailed.
        """
        try:
            return Backups(self.path).begin(self._connection, reason, self._clock())
        except sqlite3.Error as error:
            raise save_refusal(error, self.path) from error

    def keep_backup(self, reason: str) -> Path | None:
        """As `begin_backup`, proven at once. SaveFailed, LibraryDamaged."""
        pending = self.begin_backup(reason)
        return pending.finish() if pending else None

    def check(self) -> Sequence[str]:
        """What is wrong with the library, as sentences: SQLite's full check and the digest of every stored text."""
        return page_faults(self._connection, "integrity_check") + digest_faults(self._connection)

    def idle_check(self) -> Sequence[str]:
        """Look the newest revisions over and make room for bad times, while nobody waits; the faults as sentences."""
        faults = page_faults(self._connection, "quick_check") + digest_faults(self._connection, _RECENT)
        if not faults:
            with suppress(sqlite3.Error):  # the log only grows a little longer
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self._reserve_spent = not self._ballast.lay()
        return faults

    # --- how it is done

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _rows(self, query: str, *values: str | int) -> Sequence[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except ERRORS as error:
            raise refusal(error, self.path) from error

    def _require(self, ident: str) -> None:
        if not self._rows("SELECT 1 FROM filing WHERE id = ?", ident):
            raise records.unknown(ident)

    def _current(self, ident: str) -> tuple[Revision, Filing, int]:
        rows = self._rows(f"{records.REVISION_AND_BODY} WHERE filing_id = ? ORDER BY rev DESC LIMIT 1", ident)
        if not rows:
            raise records.unknown(ident)
        revision, filing = records.read_revision(ident, rows[0])
        edits = self._edits(ident, revision.seq)
        return revision, replay(filing, edits), edits[-1].seq if edits else revision.seq

    def _edits(self, ident: str, after: int) -> tuple[Edit, ...]:
        return tuple(read_edit(ident, row) for row in self._rows(records.EDITS, ident, after))

    def _require_reserve(self) -> None:
        if self._reserve_spent and not self._ballast.lay():
            raise SaveFailed(N_("磁盘已满，暂时不能存入新的表；请清理磁盘后重试，已打开的表还可以继续填写。"))
        self._reserve_spent = False

    def _require_file(self) -> None:
        # A file that was moved or deleted under an open connection takes every write, and nobody finds it again.
        with suppress(OSError):
            if os.path.samestat(self._file, self.path.stat()):
                return
        raise SaveFailed(_GONE, path=str(self.path))

    def _save(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self._require_file()
        try:
            return in_transaction(self._connection, work)
        except sqlite3.Error as error:
            if not (is_full(error) and self._ballast.free()):
                raise save_refusal(error, self.path) from error
        except UnicodeEncodeError as error:
            message = N_("文字中有半个字（不成对的代理码），没有保存；请删去显示为方框的字后重试。")
            raise SaveFailed(message) from error
        # Once more, in the room that was kept for this.
        self._reserve_spent = True
        try:
            return in_transaction(self._connection, work)
        except sqlite3.Error as error:
            raise save_refusal(error, self.path) from error
