"""T15: a word of two characters looked up in 10,000 filings, against LIKE over the same texts; it finds no less."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from forms.store.finder import Finder
from forms.store.library import Addition, Library
from tests.benchmarks.bench_store import FILINGS, FORM, filing, seconds, tell

ROUNDS = 15
RARE = "渡槽"
EVERY = 400  # one filing in so many has the rare word
_CHARACTERS = [chr(code) for code in range(0x4E00, 0x5600)]


def build(path: Path) -> None:
    """A library of FILINGS filings of some 1,700 characters, each with sentences of its own."""
    draw = random.Random(15)
    additions = []
    for number in range(FILINGS):
        one = filing()
        words = {name: text + "".join(draw.choices(_CHARACTERS, k=40)) for name, text in one.values.items()}
        if number % EVERY == 0:
            words["字段7"] += f"维修{RARE}一座"
        additions.append(Addition(one.replace(values=words), FORM, f"项目 {number}", "基准表"))
    with Library.open(path) as library:
        library.add_many(additions)


def scan(texts: sqlite3.Connection, word: str) -> list[tuple[str]]:
    """What LIKE finds in every text."""
    return texts.execute("SELECT id FROM said WHERE head LIKE ?1 OR body LIKE ?1", (f"%{word}%",)).fetchall()


def median(work: Callable[[], object]) -> float:
    """The median of ROUNDS calls, in seconds."""
    return statistics.median(seconds(work) for _ in range(ROUNDS))


def main() -> None:
    """Print name | ours | peer | ratio | target."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "many.db"
        build(path)
        with Library.open(path) as library:
            finder = Finder(library)
            start = time.perf_counter()
            finder.tend()
            tell(f"index of {FILINGS:,} filings | {time.perf_counter() - start:.1f} s | | |")
            size = path.with_name("many.db.index").stat().st_size
            finder.close()
            texts = sqlite3.connect(path.with_name("many.db.index"))
            _compare(Finder(library), texts, path.stat().st_size, size)


def _compare(finder: Finder, texts: sqlite3.Connection, library: int, index: int) -> None:
    like = {ident for (ident,) in scan(texts, RARE)}
    peer = median(lambda: scan(texts, RARE))
    texts.close()
    hits, _ = finder.search(RARE)
    assert {one.id for one in hits} >= like
    assert len(like) == FILINGS // EVERY
    for title, word, target in (
        ("T15 two characters", RARE, "<= 0.01"), ("200 with a common word", "质量", ""), ("by pinyin", "wxdc", ""),
    ):  # fmt: skip
        ours = median(partial(finder.search, word, 200))
        tell(f"{title} in {FILINGS:,} | {ours * 1e6:.0f} us | {peer * 1e6:.0f} us | {ours / peer:.4f} | {target}")
    tell(f"size of the index | {index / 1e6:.0f} MB | {library / 1e6:.0f} MB | {index / library:.2f} |")
    finder.close()


if __name__ == "__main__":
    main()
