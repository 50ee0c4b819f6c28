"""Forms for practice say so in lists and on paper, never leave the house, and what is made of them is for practice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.desk import Desk, pdf
from forms.errors import ExportRefused
from forms.outputs import stamp, title_of
from forms.practice import examples, practise
from forms.store.library import Library
from forms.templates import Templates

SOUND = "岚溪市水务局"  # nothing blocks its export


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.open(tmp_path / "library.jixiao") as library:
        yield Desk(library, Templates.shipped())


@pytest.fixture
def ident(desk: Desk) -> str:
    (example,) = (path for path in examples() if path.name.startswith(SOUND))
    return practise(desk, example)[0]


def test_every_form_of_an_example_comes_in_for_practice(desk: Desk) -> None:
    idents = [ident for example in examples() for ident in practise(desk, example)]
    assert len(idents) == len(set(idents)) > len(examples())
    assert all(desk.library.filing(ident).is_practice for ident in idents)
    assert all(one.title.startswith("（练习）") for one in desk.library.list())


def test_an_example_comes_anew_each_time(desk: Desk, ident: str) -> None:
    (example,) = (path for path in examples() if path.name.startswith(SOUND))
    again = practise(desk, example)[0]
    assert again != ident
    assert len(desk.library.list()) == 2


def test_it_is_stamped_and_never_exported_though_nothing_blocks_it(desk: Desk, ident: str, tmp_path: Path) -> None:
    review = desk.review(ident)
    assert review.exportable
    assert stamp(review) == "练习"
    assert pdf(review)[:5] == b"%PDF-"
    with pytest.raises(ExportRefused, match="练习"):
        desk.export(ident, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert desk.library.filing(ident).state == "draft"


def test_what_is_made_of_it_is_for_practice_too(desk: Desk, ident: str) -> None:
    assert desk.carry(ident, year="2027").filing.is_practice


def test_a_form_that_came_in_otherwise_is_not(desk: Desk) -> None:
    filing = desk.new(desk.templates.newest("gd-quyu-2022"))
    desk.file(filing)
    assert not desk.library.filing(filing.id).is_practice
    assert not title_of(desk.review(filing.id)).startswith("（练习）")
