"""Searching: whatever LIKE finds is found, by pinyin too, at once after an edit, whatever became of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.commands import SetValue
from forms.filing import Place
from forms.store.finder import Finder
from forms.store.index import Index
from forms.store.library import Addition, Library
from forms.store.needle import Needle
from tests.forms.sample_filings import FORM, a_filing

TEXTS = {
    "road1": ("农村公路", "新建公路12.5公里，验收合格率≥98%"),
    "farm2": ("高标准农田建设", "改造提升高标准农田，ＧＤＰ增长"),
    "bank3": ("重庆银行贴息", "贷款贴息，x"),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        opened.add_many([
            Addition(a_filing(id=ident, values={"甲": text}, tables={}, indicators=()), FORM, title, "样表")
            for ident, (title, text) in TEXTS.items()
        ])  # fmt: skip
        yield opened


@pytest.fixture
def finder(library: Library) -> Iterator[Finder]:
    made = Finder(library)
    yield made
    made.close()


def found(finder: Finder, text: str) -> set[str]:
    hits, left = finder.search(text)
    assert left == 0
    return {one.id for one in hits}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("公路", {"road1"}),
        ("合格率", {"road1"}),
        ("≥9", {"road1"}),
        ("，", {"road1", "farm2", "bank3"}),
        ("x", {"bank3"}),
        ("%", {"road1"}),
        ("gdp增长", {"farm2"}),
        ("GDP", {"farm2"}),
        ("高标准 增长", {"farm2"}),
        ("公路 增长", set()),
        ("gbznt", {"farm2"}),
        ("nongtian", {"farm2"}),
        ("yh", {"bank3"}),
        ("cqyh", {"bank3"}),
        ("tx", {"bank3"}),
        ("xj", set()),
        ("xjgl", {"road1"}),
        ("样表", {"road1", "farm2", "bank3"}),
        ("没有的词", set()),
        ('"公 OR', set()),
        ("  ", set()),
    ],
)
def test_a_search_finds_every_filing_with_all_its_words(finder: Finder, text: str, ids: set[str]) -> None:
    assert found(finder, text) == ids


def test_the_line_that_was_found_is_shown_unless_the_name_says_it(finder: Finder) -> None:
    assert [one.line for one in finder.search("合格率")[0]] == ["新建公路12.5公里，验收合格率≥98%"]
    assert [one.line for one in finder.search("公路")[0]] == [""]


def test_a_long_line_is_cut_around_the_word() -> None:
    line = Needle("合格").found("", "开头" * 40 + "合格" + "结尾" * 40)
    assert line is not None
    assert line.startswith("…")
    assert line.endswith("…")
    assert "合格" in line
    assert len(line) <= 50


def test_an_edit_is_found_by_the_next_search_and_the_old_text_no_more(library: Library, finder: Finder) -> None:
    assert found(finder, "验收") == {"road1"}
    old, new = (SetValue(Place(field="甲"), text) for text in (TEXTS["road1"][1], "安装路灯"))
    library.edit("road1", new, old, origin="typed")
    assert (found(finder, "验收"), found(finder, "路灯")) == (set(), {"road1"})


def test_what_was_indexed_before_is_known_by_the_next_process(library: Library) -> None:
    first = Finder(library)
    assert first.tend() == 0
    first.close()
    library.edit("road1", SetValue(Place(field="甲"), "安装路灯"), SetValue(Place(field="甲"), ""), origin="typed")
    second = Finder(library)
    assert second.tend(0) == 1
    assert found(second, "路灯") == {"road1"}
    second.close()


def test_nothing_is_missed_without_saying_so(finder: Finder) -> None:
    hits, left = finder.search("公路", seconds=0)
    assert (hits, left) == ((), 3)
    assert found(finder, "公路") == {"road1"}


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_index_is_made_anew(library: Library, damage: bytes) -> None:
    first = Finder(library)
    first.tend()
    first.close()
    library.path.with_name("library.db.index").write_bytes(damage)
    second = Finder(library)
    assert found(second, "公路") == {"road1"}
    second.close()


def test_an_index_that_fails_at_work_gives_way_to_another(finder: Finder) -> None:
    assert found(finder, "公路") == {"road1"}
    assert finder._index is not None
    finder._index._connection.execute("DROP TABLE said")
    assert found(finder, "公路") == {"road1"}


def test_a_foreign_file_of_that_name_is_left_alone(library: Library) -> None:
    foreign = library.path.with_name("library.db.index")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.execute("PRAGMA application_id = 7")
    connection.close()
    finder = Finder(library)
    assert found(finder, "公路") == {"road1"}
    finder.close()
    with sqlite3.connect(foreign) as connection:
        assert connection.execute("SELECT count(*) FROM theirs").fetchall() == [(0,)]
    connection.close()


def test_what_was_deleted_for_good_leaves_no_word_behind(library: Library, finder: Finder) -> None:
    assert found(finder, "贴息") == {"bank3"}
    library.remove(["bank3"])
    library.delete(["bank3"])
    finder.forget(["bank3"])
    library.add(a_filing(id="next4", values={"甲": "另一份"}), FORM, title="新来的", template_name="样表")
    assert (found(finder, "贴息"), found(finder, "另一份")) == (set(), {"next4"})
    finder.close()
    assert "贴息".encode() not in library.path.with_name("library.db.index").read_bytes()


WORDS = st.text(alphabet="高标准农田ＡaB1１%_≥，éﬁ\u0301", min_size=1, max_size=4)
LINES = st.text(alphabet="高标准农田ＡaB1１%_≥，éﬁ\u0301 ", max_size=40)


@given(bodies=st.lists(LINES, min_size=1, max_size=8), word=WORDS)
def test_everything_like_finds_is_found(bodies: list[str], word: str) -> None:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    connection = sqlite3.connect(":memory:")
    like = [connection.execute("SELECT ? LIKE ? ESCAPE '\\'", (one, f"%{escaped}%")).fetchone() for one in bodies]
    connection.close()
    index = _index(bodies)
    hits = {ident for ident, head, body in index.find(Needle(word).query) if Needle(word).found(head, body) is not None}
    index.close()
    assert {str(number) for number, (yes,) in enumerate(like) if yes} <= hits


def _index(bodies: list[str]) -> Index:
    made = Index(None)
    made.begin()
    for number, body in enumerate(bodies):
        made.put(str(number), (1, ""), "", body)
    made.end()
    return made
