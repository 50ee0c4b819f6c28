"""The way back to what was: a place, a branch, a step or the whole, one command that can itself be taken back."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from forms.commands import AddIndicator, Batch, DropIndicator, DropRow, MoveIndicator, SetMeta, SetValue
from forms.comparison import Comparison, Side, What, compare
from forms.filing import Filing, Indicator, Place, new_id
from forms.history.branches import Branch, branches, within
from forms.history.restoring import untouched, way_back, whole_way
from tests.forms.history.lives import AMOUNT, GOAL, Life, change_at_random


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    made = Life(tmp_path_factory.mktemp("library"))
    yield made
    made.library.close()


def compared(life: Life, old: Filing, new: Filing) -> Comparison:
    return compare(Side(life.template, old), Side(life.template, new))


def done(filing: Filing, *commands: object) -> Filing:
    for command in commands:
        filing, _ = command.apply(filing)  # type: ignore[attr-defined]  # every one is a command
    return filing


@pytest.mark.parametrize("seed", range(60))
def test_the_whole_way_leads_from_any_state_to_any_other_and_back(life: Life, seed: int) -> None:
    chance = random.Random(seed)
    states = [life.filing]
    for _ in range(30):
        states.append(done(states[-1], change_at_random(states[-1], life.template, chance)))
    now, then = chance.choice(states), chance.choice(states)
    way = whole_way(now, then)
    if way is None:
        assert now == then
    else:
        there, inverse = way.apply(now)
        assert there == then
        assert done(there, inverse) == now


def test_the_state_is_nobodys_past(life: Life) -> None:
    assert whole_way(life.filing.replace(state="exported"), life.filing) is None


@pytest.mark.parametrize("seed", range(60))
def test_undoing_every_difference_leaves_none(life: Life, seed: int) -> None:
    chance = random.Random(seed)
    old = new = life.filing
    for _ in range(8):
        new = done(new, change_at_random(new, life.template, chance))
    found = compared(life, old, new)
    back = way_back(found.differences, old, new)
    assert back.left == 0
    after = done(new, back.step) if back.step else new
    left = [one for one in compared(life, old, after).differences if one.what is not What.MOVED]
    assert left == []


def test_one_field_comes_back_alone(life: Life) -> None:
    old = life.filing
    new = done(old, SetValue(AMOUNT, "1"), SetValue(GOAL, "二"))
    only = [one for one in compared(life, old, new).differences if one.at == AMOUNT]
    after = done(new, way_back(only, old, new).step)
    assert (after.text(AMOUNT), after.text(GOAL)) == ("88", "二")


def test_a_dropped_indicator_comes_back_to_its_own_place(life: Life) -> None:
    old = life.filing
    lost = old.indicators[1]
    new = done(old, DropIndicator(lost.id), SetValue(AMOUNT, "1"))
    only = [one for one in compared(life, old, new).differences if one.at.indicator == lost.id]
    after = done(new, way_back(only, old, new).step)
    assert after.indicators == old.indicators
    assert after.text(AMOUNT) == "1"


def test_a_branch_comes_back_and_another_stays(life: Life) -> None:
    old = life.filing
    mine, other = old.indicators[0], next(one for one in old.indicators if one.level1 != old.indicators[0].level1)
    name = next(iter(mine.columns))
    stranger = Indicator(new_id(), mine.level1, mine.level2, {name: "外来"}, mine.tree)
    new = done(
        old, SetValue(Place(indicator=mine.id, column=name), "改"), AddIndicator(stranger, 0),
        SetValue(Place(indicator=other.id, column=name), "也改"),
    )  # fmt: skip
    found = compared(life, old, new)
    first = next(one for one in found.differences if one.at.indicator == mine.id)
    narrow, wide, whole = branches(first, found)
    assert (narrow, wide, whole) == (
        Branch(mine.tree, mine.level1, mine.level2), Branch(mine.tree, mine.level1), Branch(mine.tree),
    )  # fmt: skip
    after = done(new, way_back(within(narrow, found), old, new).step)
    assert after.indicator(mine.id) == mine
    assert after.indicator(stranger.id) is None
    assert after.text(Place(indicator=other.id, column=name)) == "也改"
    assert len(within(whole, found)) == 3


def test_what_moved_out_of_a_branch_comes_back_with_it(life: Life) -> None:
    old = life.filing
    mine = old.indicators[0]
    other = next(one for one in old.indicators if one.level2 != mine.level2)
    new = done(old, MoveIndicator(mine.id, other.level1, other.level2, 99))
    found = compared(life, old, new)
    after = done(new, way_back(within(Branch(mine.tree, mine.level1, mine.level2), found), old, new).step)
    assert after.indicators == old.indicators


def test_a_field_lies_in_no_branch(life: Life) -> None:
    found = compared(life, life.filing, done(life.filing, SetValue(AMOUNT, "1")))
    assert branches(found.differences[0], found) == ()


def test_what_was_changed_again_since_a_step_is_not_untouched(life: Life) -> None:
    old = life.filing
    lost = old.indicators[1]
    pasted = done(old, Batch((SetValue(AMOUNT, "1"), SetValue(GOAL, "二"), DropIndicator(lost.id))))
    now = done(pasted, SetValue(GOAL, "后来又改"))
    still = untouched(compared(life, old, pasted).differences, now)
    assert {one.at for one in still} == {AMOUNT, Place(indicator=lost.id)}
    after = done(now, way_back(still, old, now).step)
    assert (after.text(AMOUNT), after.text(GOAL)) == ("88", "后来又改")
    assert after.indicator(lost.id) == lost


def test_what_has_gone_since_is_counted_and_stops_nothing(life: Life) -> None:
    old = life.filing
    one = old.indicators[0]
    changed = done(old, SetValue(Place(indicator=one.id, column=next(iter(one.columns))), "改"), SetValue(AMOUNT, "1"))
    now = done(changed, DropIndicator(one.id))
    back = way_back(compared(life, old, changed).differences, old, now)
    assert back.left == 1
    assert done(now, back.step).text(AMOUNT) == "88"


def test_a_year_beside_the_form_comes_back_with_the_whole(life: Life) -> None:
    now = done(life.filing, SetMeta("year", "2031"))
    way = whole_way(now, life.filing)
    assert way is not None
    assert done(now, way).year == life.filing.year


def test_rows_of_a_table_come_back(life: Life) -> None:
    listed = next(one.id for one in life.library.list() if one.template_id == "gd-qingdan-2022")
    old = life.library.filing(listed)
    table, rows = next(iter(old.tables.items()))
    new = done(old, DropRow(table, rows[0].id))
    template = life.desk.templates.of(old)
    found = compare(Side(template, old), Side(template, new))
    assert [one.what for one in found.differences] == [What.DROPPED]
    assert branches(found.differences[0], found) == (Branch(table),)
    assert done(new, way_back(found.differences, old, new).step) == old
