"""The journal of a filing: every change as one sealed record, and the filing that comes of replaying them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from forms.commands import COMMAND_FORMAT, AnyCommand, Batch, Command, SetMeta, decode
from forms.errors import CommandRefused, LibraryDamaged, LibraryTooNew, SaveFailed
from forms.files import digest
from forms.filing import Filing
from forms.language import N_

TYPED = "typed"
PASTED = "pasted"
CONTINUED = "continued"  # the origin of an edit that belongs to the undo step before it
UNDO = "undo"
REDO = "redo"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change as it was saved. `seq` counts from 1 within a filing; `undoes` names the edit taken back."""

    seq: int
    time: str
    origin: str
    forward: AnyCommand
    inverse: AnyCommand
    undoes: int | None = None


# seq, ts, origin, format, forward, inverse, undoes, seal, as the library holds them
Row = tuple[int, str, str, int, bytes, bytes, int | None, str]


class EditStale(SaveFailed):
    """A change made on a filing that has moved on since; nothing was saved."""


def seal(*written: str | int | None) -> str:
    """The SHA-256 over a row of the library, in the order of its columns: SQLite does not notice a changed letter."""
    return digest("\x1f".join(map(str, written)).encode())


def read_edit(filing: str, row: Row) -> Edit:
    """The edit a row of the journal holds; LibraryDamaged, LibraryTooNew."""
    seq, time, origin, form, forward, inverse, undoes, sealed = row
    # What is no UTF-8 any more gives another digest, too.
    texts = forward.decode(errors="replace"), inverse.decode(errors="replace")
    if seal(filing, seq, time, origin, form, *texts, undoes) != sealed:
        raise damaged_edit(filing, seq)
    if form > COMMAND_FORMAT:
        message = N_("表 {id} 的第 {seq} 步修改是较新版本的程序写的；请升级程序后再打开。")
        raise LibraryTooNew(message, id=filing, seq=seq)
    try:
        return Edit(seq, time, origin, decode(forward), decode(inverse), undoes)
    except msgspec.DecodeError as error:  # also the base of ValidationError
        raise damaged_edit(filing, seq) from error


def replay(filing: Filing, edits: Iterable[Edit]) -> Filing:
    """The filing after `edits`; LibraryDamaged where one does not fit what the edits before it left."""
    for edit in edits:
        try:
            filing, _ = edit.forward.apply(filing)
        except CommandRefused as error:
            raise damaged_edit(filing.id, edit.seq) from error
    return filing


def meta_set(command: Command) -> dict[str, str]:
    """What `command` sets beside the form: `year`, `state`, `unit`, `region`, the last word of a batch counting."""
    if isinstance(command, SetMeta):
        return {command.name: command.text}
    found: dict[str, str] = {}
    if isinstance(command, Batch):
        for one in command.commands:
            found |= meta_set(one)
    return found


def damaged_edit(filing: str, seq: int) -> LibraryDamaged:
    """That an edit is not as it was written, or does not fit what was there before it."""
    message = N_("表 {id} 的第 {seq} 步修改已损坏，读不出来；请用最近的备份恢复这份表。")
    return LibraryDamaged(message, id=filing, seq=seq)
