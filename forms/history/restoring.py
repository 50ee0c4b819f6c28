"""The way back: commands that put a place, a branch or a whole filing as it was. They are one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from forms.commands import (
    AddIndicator,
    AddRow,
    Batch,
    DropIndicator,
    DropRow,
    Leaf,
    MoveIndicator,
    MoveRow,
    SetMeta,
    SetValue,
)
from forms.comparison import Difference, Seat, What
from forms.errors import CommandRefused
from forms.filing import Filing, Indicator, Place, Row
from forms.language import N_

TITLE = N_("恢复以前的内容")


class WayBack(NamedTuple):
    """`step` puts back what could be put back, None where that is nothing; `left` counts what could not."""

    step: Batch | None
    left: int = 0


def way_back(differences: Iterable[Difference], old: Filing, now: Filing) -> WayBack:
    """Undo differences, found on the way from `old` to a later filing, in the filing as it stands now.

    What has gone since is left out and counted.
    """
    done: list[Leaf] = []
    left, filing = 0, now
    for one in differences:
        try:
            commands: list[Leaf] = []
            changed = filing
            for command in _back(one, old, filing):
                changed, _ = command.apply(changed)
                commands.append(command)
        except CommandRefused:
            left += 1
        else:
            done += commands
            filing = changed
    return WayBack(_batch(done) if filing != now else None, left)


def untouched(differences: Iterable[Difference], now: Filing) -> tuple[Difference, ...]:
    """Those of a step's differences that nobody has changed again since."""
    return tuple(one for one in differences if _stands(one, now))


def whole_way(now: Filing, then: Filing) -> Batch | None:
    """Make the whole filing what it was, its state aside; None where it is that already."""
    done = [*_metas(now, then), *_fields(now, then)]
    for table in dict.fromkeys([*now.tables, *then.tables]):
        done += _table(table, now.rows(table), then.rows(table))
    done += _indicators(now.indicators, then.indicators)
    return _batch(done) if done else None


def _batch(commands: Sequence[Leaf]) -> Batch:
    return Batch(tuple(commands), TITLE)


# --- single differences


def _stands(one: Difference, now: Filing) -> bool:
    if one.name:
        return now.text(one.at) == one.after
    there = _entry(one.at, now) is not None
    return there is not (one.what is What.DROPPED)


def _entry(at: Place, filing: Filing) -> Row | Indicator | None:
    return filing.row(at.table, at.row) if at.table else filing.indicator(at.indicator)


def _back(one: Difference, old: Filing, now: Filing) -> Iterator[Leaf]:
    if one.name:
        yield SetValue(one.at, one.before)
    elif one.what is What.ADDED:
        yield from _without(one, now)
    elif one.what is What.DROPPED:
        yield from _again(one, old, now)
    elif one.old is not None:
        yield _moved(one.at, one.old, old, now)


def _without(one: Difference, now: Filing) -> Iterator[Leaf]:
    """Take out what came; a row the form prints stays and becomes empty."""
    row = now.row(one.at.table, one.at.row) if one.at.table else None
    if one.at.indicator:
        yield DropIndicator(one.at.indicator)
    elif row is not None and row.label:
        yield from (SetValue(_cell(one.at, name), "") for name, _ in one.columns)
    else:
        yield DropRow(one.at.table, one.at.row)


def _again(one: Difference, old: Filing, now: Filing) -> Iterator[Leaf]:
    """Bring back what went; where the row stands there, empty, its texts come back."""
    was = _entry(one.at, old)
    if was is None or one.old is None:
        raise CommandRefused(N_("没有行 {row}。"), row=one.at.row or one.at.indicator)
    if _entry(one.at, now) is not None:
        yield from (SetValue(_cell(one.at, name), text) for name, text in one.columns)
    elif isinstance(was, Row):
        yield AddRow(one.at.table, was, one.old.number - 1)
    else:
        yield AddIndicator(was, _position(one.old, old, now, was.id))


def _moved(at: Place, seat: Seat, old: Filing, now: Filing) -> Leaf:
    if at.table:
        return MoveRow(at.table, at.row, seat.number - 1)
    return MoveIndicator(at.indicator, seat.level1, seat.level2, _position(seat, old, now, at.indicator))


def _position(seat: Seat, old: Filing, now: Filing, ident: str) -> int:
    """Where an indicator comes to stand in the whole list, itself not counted, to have its old number in its branch."""
    others = [one for one in now.indicators if one.id != ident]
    branch = [
        at
        for at, one in enumerate(others)
        if (one.tree, one.level1, one.level2) == (seat.block, seat.level1, seat.level2)
    ]
    if branch:
        return branch[seat.number - 1] if seat.number <= len(branch) else branch[-1] + 1
    before = {one.id for one in takewhile(lambda one: one.id != ident, old.indicators)}
    return max((at + 1 for at, one in enumerate(others) if one.id in before), default=0)


def _cell(at: Place, column: str) -> Place:
    return Place("", at.table, at.row, at.indicator, column)


# --- a whole filing


def _metas(now: Filing, then: Filing) -> Iterator[Leaf]:
    pairs = (
        ("year", now.year, then.year),
        ("unit", now.unit.name, then.unit.name),
        ("region", now.unit.region, then.unit.region),
    )
    yield from (SetMeta(name, was) for name, text, was in pairs if text != was)


def _fields(now: Filing, then: Filing) -> Iterator[Leaf]:
    for name in dict.fromkeys([*now.values, *then.values]):
        text = then.values.get(name, "")
        if text != now.values.get(name, ""):
            yield SetValue(Place(field=name), text)


def _texts(at: Place, now: dict[str, str], then: dict[str, str]) -> Iterator[Leaf]:
    for name in dict.fromkeys([*now, *then]):
        if now.get(name, "") != then.get(name, ""):
            yield SetValue(_cell(at, name), then.get(name, ""))


def _table(table: str, now: Sequence[Row], then: Sequence[Row]) -> Iterator[Leaf]:
    staying = {(one.id, one.label) for one in then}
    kept = {one.id: one for one in now if (one.id, one.label) in staying}
    yield from (DropRow(table, one.id) for one in now if one.id not in kept)
    order = list(kept)
    for position, one in enumerate(then):
        if one.id not in kept:
            yield AddRow(table, one, position)
            order.insert(position, one.id)
            continue
        if order[position] != one.id:
            order.remove(one.id)
            order.insert(position, one.id)
            yield MoveRow(table, one.id, position)
        yield from _texts(Place(table=table, row=one.id), kept[one.id].cells, one.cells)


def _indicators(now: Sequence[Indicator], then: Sequence[Indicator]) -> Iterator[Leaf]:
    staying = {(one.id, one.tree, one.goal) for one in then}
    kept = {one.id: one for one in now if (one.id, one.tree, one.goal) in staying}
    yield from (DropIndicator(one.id) for one in now if one.id not in kept)
    order = list(kept)
    for position, one in enumerate(then):
        mine = kept.get(one.id)
        if mine is None:
            yield AddIndicator(one, position)
            order.insert(position, one.id)
            continue
        if order[position] != one.id or (mine.level1, mine.level2) != (one.level1, one.level2):
            order.remove(one.id)
            order.insert(position, one.id)
            yield MoveIndicator(one.id, one.level1, one.level2, position)
        yield from _texts(Place(indicator=one.id), mine.columns, one.columns)


__all__ = ["TITLE", "WayBack", "untouched", "way_back", "whole_way"]
