"""The recycle bin: nothing is lost by going there, all of it comes back, and only what lies there can be deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.commands import SetValue
from forms.errors import FilingUnknown
from forms.filing import Place
from forms.store.library import Library
from tests.forms.sample_filings import FORM, a_filing


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        for ident in ("one1", "two2", "three3"):
            opened.add(a_filing(id=ident), FORM, title=ident, template_name="样表", report={"source": "x"})
        opened.edit("two2", _typed("改过"), _typed(""), origin="typed")
        yield opened


def _typed(text: str) -> SetValue:
    return SetValue(Place(field="甲"), text)


def listed(library: Library) -> list[str]:
    return [one.id for one in library.list()]


def test_what_goes_into_the_bin_comes_back_to_its_place_with_its_history(library: Library) -> None:
    before, journal = library.list(), library.journal("two2")
    library.remove(["two2", "one1"])
    assert listed(library) == ["three3"]
    assert {one.id for one in library.bin()} == {"two2", "one1"}
    assert all(one.removed for one in library.bin())
    assert library.filing("two2").values["甲"] == "改过"
    library.restore(["two2", "one1"])
    assert (library.list(), library.bin(), library.journal("two2")) == (before, (), journal)


def test_all_go_or_none(library: Library) -> None:
    with pytest.raises(FilingUnknown):
        library.remove(["one1", "nobody"])
    assert len(listed(library)) == 3


def test_only_what_lies_in_the_bin_is_deleted_for_good_and_the_log_says_what_it_was(library: Library) -> None:
    with pytest.raises(FilingUnknown):
        library.delete(["one1"])
    library.remove(["two2"])
    last = library.revisions("two2")[-1].sha256
    library.delete(["two2"])
    with pytest.raises(FilingUnknown):
        library.filing("two2")
    assert library.bin() == ()
    assert [(one.id, one.title, one.template, one.sha256) for one in library.deletions()] == [
        ("two2", "two2", "样表", last)
    ]
    assert library.check() == []


def test_nothing_of_the_text_remains_in_the_file(library: Library) -> None:
    library.edit("one1", _typed("只此一处的字句"), _typed(""), origin="typed")
    library.remove(["one1"])
    library.delete(["one1"])
    library.close()
    assert "只此一处的字句".encode() not in library.path.read_bytes()


@pytest.mark.parametrize("table", ["revision", "edit", "import", "deletion", "filing"])
def test_no_statement_deletes_what_is_not_in_the_bin(library: Library, table: str) -> None:
    library.remove(["three3"])
    library.delete(["three3"])
    with pytest.raises(sqlite3.IntegrityError):
        library._connection.execute(f"DELETE FROM {table}")
    assert library.check() == []


def test_the_same_filing_brought_in_again_comes_out_of_the_bin(library: Library) -> None:
    library.remove(["three3"])
    library.add(a_filing(id="three3"), FORM, title="three3", template_name="样表")
    assert "three3" in listed(library)
    assert library.bin() == ()


def test_a_batch_is_a_name_that_filings_share(library: Library) -> None:
    library.gather(["one1", "two2"], "第一批")
    library.gather(["two2"], "")
    assert {one.id: one.batch for one in library.list()} == {"one1": "第一批", "two2": "", "three3": ""}
