"""The past of a filing: what it was at every point, and its steps in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.commands import Batch, DropIndicator, SetMeta, SetValue
from forms.errors import LibraryDamaged
from forms.filing import Filing, Place
from forms.history import stretches
from forms.journal import CONTINUED, UNDO
from tests.forms.history.lives import AMOUNT, GOAL, Life


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    made = Life(tmp_path)
    yield made
    made.library.close()


def test_a_filing_is_known_at_every_point(life: Life) -> None:
    states: list[Filing] = [life.filing]
    for number in range(150):
        life.put(AMOUNT, str(number))
        states.append(life.filing)
    past = life.past()
    for point in (0, 1, 63, 64, 65, 128, 149, 150):
        assert past.at(point) == states[point]
    assert past.at(9_999) == states[-1]


def test_the_first_step_is_the_coming_in_with_its_revision(life: Life) -> None:
    (only,) = life.past().steps()
    assert (only.first, only.last, only.origin) == (0, 0, "import")
    assert [one.number for one in only.revisions] == [1]


def test_a_step_tells_place_old_text_new_text_and_origin(life: Life) -> None:
    life.put(AMOUNT, "99.5", "pasted")
    step = life.past().steps()[-1]
    assert (step.where, step.before, step.after, step.origin) == ("资金需求", "88", "99.5", "pasted")


def test_a_stay_in_one_cell_is_one_step(life: Life) -> None:
    for text, origin in (("9", "typed"), ("99", CONTINUED), ("99.5", CONTINUED)):
        life.put(AMOUNT, text, origin)
    life.put(GOAL, "好")
    first, _ = life.past().steps()[1:]
    assert (first.first, first.last, first.before, first.after) == (1, 3, "88", "99.5")


def test_an_indicator_is_named_as_it_was_called_then(life: Life) -> None:
    tree = next(iter(life.template.trees.values()))
    name = tree.columns[0].name
    one = life.filing.indicators[0]
    life.put(Place(indicator=one.id, column=name), "新叫法")
    life.put(Place(indicator=one.id, column=tree.columns[1].name), "5")
    life.do(DropIndicator(one.id))
    named, valued, dropped = (step.where for step in life.past().steps()[1:])
    assert one.columns[name][:10] in named
    assert "“新叫法”" in valued
    assert dropped.startswith("删除指标")
    assert "“新叫法”" in dropped


def test_several_texts_at_once_are_told_by_name_and_number(life: Life) -> None:
    life.do(Batch((SetValue(AMOUNT, "1"), SetValue(GOAL, "二")), "粘贴"), "pasted")
    life.do(Batch((SetValue(AMOUNT, "2"), SetMeta("state", "draft"))))
    many, one = life.past().steps()[1:]
    assert (many.where, many.count) == ("粘贴", 2)
    assert (one.where, one.after) == ("资金需求", "2")


def test_revisions_stand_at_the_step_they_keep(life: Life) -> None:
    life.put(AMOUNT, "1")
    life.library.revise(life.ident, reason="check")
    life.put(AMOUNT, "2")
    assert [[one.reason for one in step.revisions] for step in life.past().steps()] == [["import"], ["check"], []]


def test_typing_without_a_break_is_one_stretch_and_a_paste_is_its_own(life: Life) -> None:
    for at, text, origin in (
        (AMOUNT, "1", "typed"),
        (GOAL, "二", "typed"),
        (AMOUNT, "3", "pasted"),
        (GOAL, "四", "typed"),
    ):
        life.clock.on(minutes=1)
        life.put(at, text, origin)
    life.clock.on(hours=2)
    life.put(GOAL, "五")
    assert [(one.origin, one.first, one.last) for one in stretches(life.past().steps())] == [
        ("import", 0, 0), ("typed", 1, 2), ("pasted", 3, 3), ("typed", 4, 4), ("typed", 5, 5),
    ]  # fmt: skip


def test_what_was_taken_back_is_told_as_such(life: Life) -> None:
    seq = life.put(AMOUNT, "1")
    life.do(SetValue(AMOUNT, "88"), UNDO, undoes=seq)
    assert life.past().steps()[-1].origin == UNDO


def test_a_change_tells_what_one_step_did(life: Life) -> None:
    life.put(AMOUNT, "1", "pasted")
    life.put(GOAL, "二")
    past = life.past()
    (only,) = past.change(past.steps()[1]).differences
    assert (only.at, only.before, only.after) == (AMOUNT, "88", "1")


def test_a_journal_that_does_not_fit_is_damage_and_no_traceback(life: Life) -> None:
    one = life.filing.indicators[0]
    life.do(DropIndicator(one.id))
    life.put(AMOUNT, "1")
    past = life.past()
    past.edits = (*past.edits, past.edits[0])
    with pytest.raises(LibraryDamaged):
        past.steps()
    with pytest.raises(LibraryDamaged):
        past.at(99)
