"""T13 and T14: a durable save of one field and the first list of filings, each against raw sqlite3 doing the same."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from forms.commands import SetMeta, SetValue
from forms.files import digest
from forms.filing import Filing, Place, TemplateRef, Unit, new_id
from forms.store import records
from forms.store.library import Addition, Library

FORM = "语法: 1\n"
FILINGS = 10_000
EDITS = 200
ROUNDS = 15
TRACED = 20  # a checkpoint comes after some fifty


def filing() -> Filing:
    """A filing of 20 fields, some 3 kB, as a county fills them."""
    values = {f"字段{number}": "完成年度目标任务，质量达标" * 4 for number in range(20)}
    return Filing(
        id=new_id(), template=TemplateRef("bench", "1", digest(FORM.encode())), unit=Unit("某局"), values=values
    )


def build(path: Path, count: int) -> Filing:
    """A library of `count` filings at `path`; gives the last one."""
    filings = [filing() for _ in range(count)]
    with Library.open(path) as library:
        library.add_many([Addition(one, FORM, f"项目 {one.id}", "基准表") for one in filings])
    return filings[-1]


def raw(path: Path) -> sqlite3.Connection:
    """A plain connection with the settings that make a save durable, and no more."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=200"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    return connection


def tell(result: object) -> None:
    """One line of the outcome."""
    sys.stdout.write(f"{result}\n")


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def raw_saves(path: Path, one: Filing) -> Callable[[], object]:
    """A function that saves EDITS edits by the library's statements, their values made by the standard library."""
    connection = raw(path)
    at = {"seq": 0}
    forward = {"do": "set", "at": {"field": "字段1"}, "text": "新的内容"}
    inverse = {"do": "set", "at": {"field": "字段1"}, "text": "原来的内容"}

    def work() -> None:
        for _ in range(EDITS):
            at["seq"] += 1
            seq = at["seq"]
            now = datetime.now(UTC).isoformat(timespec="seconds")
            texts = json.dumps(forward, ensure_ascii=False), json.dumps(inverse, ensure_ascii=False)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(records.TOUCH, (now, None, None, None, one.id, seq)).fetchall()
            connection.execute(records.APPEND, (one.id, seq, now, "typed", 1, *texts, None, "0" * 64))
            connection.execute("COMMIT")

    return work


def our_saves(library: Library, one: Filing) -> Callable[[], object]:
    """A function that saves EDITS edits through the library."""
    at = {"seq": 0}
    forward, inverse = SetValue(Place(field="字段1"), "新的内容"), SetValue(Place(field="字段1"), "原来的内容")

    def work() -> None:
        for _ in range(EDITS):
            at["seq"] += 1
            library.edit(one.id, forward, inverse, origin="typed", expected_seq=at["seq"])

    return work


def save_ratio(folder: Path) -> tuple[float, float]:
    """Seconds of one save, ours and raw, taken in turns so that a busy machine is busy for both."""
    one = build(folder / "ours.db", 500)
    shutil.copy(folder / "ours.db", folder / "raw.db")
    with Library.open(folder / "ours.db") as library:
        ours, peer = our_saves(library, one), raw_saves(folder / "raw.db", one)
        pairs = [(seconds(ours), seconds(peer)) for _ in range(ROUNDS)]
    return tuple(statistics.median(column) / EDITS for column in zip(*pairs, strict=True))


def list_ratio(folder: Path) -> tuple[float, float]:
    """Seconds to open a library of FILINGS filings and list the 100 newest, ours and raw, imports left out."""
    build(folder / "many.db", FILINGS)
    shutil.copy(folder / "many.db", folder / "many-raw.db")
    pairs = [(_alone("ours", folder / "many.db"), _alone("raw", folder / "many-raw.db")) for _ in range(ROUNDS)]
    return tuple(statistics.median(column) for column in zip(*pairs, strict=True))


def list_once(who: str, path: Path) -> None:
    """Open the library, list 100 filings, tell the seconds; in a process of its own, as a program starts."""
    if who == "raw":
        tell(seconds(lambda: raw(path).execute(records.SUMMARY, (100,)).fetchall()))
        return
    start = time.perf_counter()
    with Library.open(path, create=False) as library:
        library.list(100)
        taken = time.perf_counter() - start
    tell(taken)


def synchronisations(folder: Path) -> float:
    """How often one edit synchronises the disk, checkpoints apart, counted by strace."""
    one = build(folder / "traced.db", 1)
    trace = folder / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync,write", "-o", str(trace)]
    subprocess.run(
        [*command, sys.executable, "-m", __spec__.name, "edits", str(folder / "traced.db"), one.id], check=True
    )
    inside = trace.read_text().split("<<<")[1].split(">>>")[0]
    return inside.count("sync(") / TRACED


def edits_between_marks(path: Path, ident: str) -> None:
    """Save TRACED edits between two marks that a trace shows; too few for a checkpoint."""
    with Library.open(path) as library:
        command = SetMeta("year", "2022")
        library.edit(ident, command, command, origin="typed")
        os.write(2, b"<<<\n")
        for _ in range(TRACED):
            library.edit(ident, command, command, origin="typed")
        os.write(2, b">>>\n")


def _alone(who: str, path: Path) -> float:
    command = [sys.executable, "-m", __spec__.name, who, str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print name | ours | peer | ratio | target."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, measure, target in (
            ("T13 one save", save_ratio, "<= 1.15"),
            ("T14 open, list 100 of 10,000", list_ratio, "<= 1.3"),
        ):
            ours, peer = measure(folder)
            tell(f"{title} | {ours * 1e6:.0f} us | {peer * 1e6:.0f} us | {ours / peer:.2f} | {target}")
        count = synchronisations(folder)
        tell(f"T13 synchronisations an edit | {count:.2f} | 1 | {count:.2f} | = 1")


if __name__ == "__main__":
    if sys.argv[1:2] == ["edits"]:
        edits_between_marks(Path(sys.argv[2]), sys.argv[3])
    elif len(sys.argv) > 1:
        list_once(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
