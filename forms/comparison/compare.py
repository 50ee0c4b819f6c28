"""Compares two filings field by field, row by row and indicator by indicator."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from forms.comparison.model import Comparison, Difference, Entry, Seat, Side, What
from forms.comparison.pairing import Pair, pairs
from forms.comparison.spans import spans
from forms.filing import Filing, Place
from forms.scope import understood
from forms.template.model import Field, Role, Table, Template, Tree
from forms.template.spelling import label_key
from forms.units import unit_of
from forms.values import Kind, fold

_NAMING = (Kind.TEXT, Kind.LONG, Kind.REGION, Kind.CODE)
Names = Mapping[str, str]  # names of the old form → those of the new one


def compare(old: Side, new: Side) -> Comparison:
    """What differs between two filings, which may be on different versions of a form.

    A field or column with another name in the new form is found by its 别名 or, in a tree, by its role. What formulas
    compute is not compared: it follows from the rest.
    """
    likened: dict[str, int] = {}
    names = _renamed(old.template.fields.values(), new.template.fields.values(), new.template)
    differences = list(_fields(old, new, names))
    for before, after in _blocks(old.template, new.template):
        differences += _Block(old, new, before, after, likened).differences()
    return Comparison(old, new, tuple(differences), likened)


def _renamed(old: Iterable[Field], new: Iterable[Field], template: Template) -> Names:
    """For each old name the new one: the same, one that has it among its 别名, one of the same label or role."""
    fields = {field.name: field for field in new}
    names = {field.name: field.name for field in old if field.name in fields}
    free = [field for name, field in fields.items() if name not in names]
    for field in old:
        for other in free if field.name not in names else ():
            known = map(label_key, (other.name, *template.aliases.get(other.name, ())))
            if label_key(field.name) in known or (field.role is not None and field.role is other.role):
                names[field.name] = other.name
                free.remove(other)
                break
    return names


def _fields(old: Side, new: Side, names: Names) -> Iterator[Difference]:
    back = {to: name for name, to in names.items()}
    texts = old.filing.values, new.filing.values
    for name in dict.fromkeys([*names.values(), *texts[1]]):
        was = back.get(name, name)
        same = Reading(old.template, old.template.fields.get(was)), Reading(new.template, new.template.fields.get(name))
        yield from _text(Place(field=name), name, texts[0].get(was, ""), texts[1].get(name, ""), same)
    for name, text in texts[0].items():
        if name not in names and name not in texts[1]:
            yield from _text(Place(field=name), name, text, "")


class Reading(NamedTuple):
    """How a text of one side is to be read."""

    template: Template
    field: Field | None


def _text(
    at: Place, name: str, before: str, after: str, readings: tuple[Reading, Reading] | None = None
) -> Iterator[Difference]:
    if before != after:
        what = What.CHANGED if before and after else What.ADDED if after else What.DROPPED
        if what is What.CHANGED and readings and _means(readings[0], before) == _means(readings[1], after):
            what = What.REWRITTEN
        cut, put = spans(before, after)
        yield Difference(what, at, name, before, after, cut, put)


def _means(reading: Reading, text: str) -> object:
    """What a text says, apart from how it is written."""
    if reading.field is not None:
        value = understood(reading.field, text, reading.template)
        if isinstance(value, Decimal):
            return value, unit_of(reading.field, reading.template)
    return "".join(fold(text).split())


_Owner = Table | Tree | None


def _blocks(old: Template, new: Template) -> list[tuple[_Owner, _Owner]]:
    """The tables and trees that are the same: by name, and the only tree with the only tree."""
    found: list[tuple[_Owner, _Owner]] = []
    for mine, theirs in ((old.tables, new.tables), (old.trees, new.trees)):
        names = {name: name for name in mine if name in theirs}
        if mine is old.trees and len(mine) == len(theirs) == 1:
            names = dict(zip(mine, theirs, strict=True))
        found += [(mine.get(name), theirs.get(to)) for name, to in names.items()]
        found += [(mine.get(name), None) for name in mine if name not in names]
        found += [(None, theirs.get(name)) for name in theirs if name not in names.values()]
    return found


class _Block:
    """One table or tree on both sides."""

    def __init__(self, old: Side, new: Side, before: _Owner, after: _Owner, likened: dict[str, int]) -> None:
        self.old = _entries(old.filing, before)
        self.new = _entries(new.filing, after)
        self.likened = likened
        self.templates = old.template, new.template
        self.owners = before, after
        self.names: Names = {}
        if before and after:
            self.names = _renamed(before.columns, after.columns, new.template)
        self.naming = _naming(after or before)

    def differences(self) -> list[Difference]:
        """What differs, in the order of the new side; an entry that went stands behind the one it stood behind."""
        translated = [one._replace(columns=self._translated(one.columns)) for one in self.old]
        found = pairs(translated, self.new, self.naming)
        self.likened.update((other.id, likeness) for _, other, likeness in found if likeness < 100)
        by_new = {other.at: one for one, other, _ in found}
        staying = {one.at for one, _, _ in found}
        strayed = _strayed(found)
        gone = self._gone(translated, staying, {one.at: other.at for one, other, _ in found})
        told = list(gone[None])
        for other in self.new:
            one = by_new.get(other.at)
            told += self._pair(one, other, moved=other.at in strayed) if one else [_came(other)]
            told += gone[other.at]
        return told

    def _translated(self, columns: Mapping[str, str]) -> dict[str, str]:
        return {self.names.get(name, name): text for name, text in columns.items()}

    def _gone(
        self, old: Sequence[Entry], staying: set[Place], to: Mapping[Place, Place]
    ) -> dict[Place | None, list[Difference]]:
        """Entries that went, by the entry of the new side they are told after; None for those before all."""
        gone: dict[Place | None, list[Difference]] = defaultdict(list)
        last: Place | None = None
        for one in old:
            if one.at in staying:
                last = to[one.at]
            else:
                gone[last].append(_went(one))
        return gone

    def _pair(self, one: Entry, other: Entry, *, moved: bool) -> list[Difference]:
        told = [Difference(What.MOVED, other.at, old=one.seat, new=other.seat)] if moved else []
        for name in dict.fromkeys([*other.columns, *one.columns]):
            at = Place("", other.at.table, other.at.row, other.at.indicator, name)
            told += _text(at, name, one.columns.get(name, ""), other.columns.get(name, ""), self._readings(name))
        return told

    def _readings(self, name: str) -> tuple[Reading, Reading]:
        was = next((before for before, after in self.names.items() if after == name), name)
        fields = [owner.column(at) if owner else None for owner, at in zip(self.owners, (was, name), strict=True)]
        return Reading(self.templates[0], fields[0]), Reading(self.templates[1], fields[1])


def _came(one: Entry) -> Difference:
    return Difference(What.ADDED, one.at, new=one.seat, columns=_filled(one))


def _went(one: Entry) -> Difference:
    return Difference(What.DROPPED, one.at, old=one.seat, columns=_filled(one))


def _filled(one: Entry) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in one.columns.items() if text.strip())


def _entries(filing: Filing, owner: _Owner) -> list[Entry]:
    """The rows or indicators with something in them; an empty one is neither here nor there."""
    if owner is None:
        return []
    order = [column.name for column in owner.columns]
    found = []
    if isinstance(owner, Table):
        for number, row in enumerate(filing.rows(owner.name), 1):
            seat = Seat(owner.name, "", "", number)
            found.append(Entry(row.id, Place(table=owner.name, row=row.id), seat, row.label, _sorted(row.cells, order)))
    else:
        counts: Counter[tuple[str, str]] = Counter()
        for one in filing.indicators:
            if one.tree == owner.name:
                counts[one.level1, one.level2] += 1
                seat = Seat(owner.name, one.level1, one.level2, counts[one.level1, one.level2])
                found.append(Entry(one.id, Place(indicator=one.id), seat, "", _sorted(one.columns, order)))
    return [one for one in found if _filled(one)]


def _sorted(columns: Mapping[str, str], order: Sequence[str]) -> dict[str, str]:
    """Columns in the order of the form; names the form does not have come last."""
    return {name: columns[name] for name in (*order, *columns) if name in columns}


def _naming(owner: _Owner) -> str:
    """The column that names an entry: the one with that role, or the first of a table that is typed text."""
    if isinstance(owner, Tree):
        named = owner.by_role(Role.NAME)
        return named.name if named else ""
    typed = [column.name for column in owner.columns if column.kind in _NAMING] if owner else []
    return typed[0] if typed else ""


def _strayed(found: Iterable[Pair]) -> set[Place]:
    """The places (in the new filing) of as few entries as explain the new order.

    They are those under another 二级, and those outside the longest run that kept its order.
    """
    branches: dict[tuple[str, ...], list[tuple[Entry, Entry]]] = defaultdict(list)
    strayed = set()
    for one, other, _ in found:
        if one.seat[1:3] == other.seat[1:3]:
            branches[other.seat[:3]].append((one, other))
        else:
            strayed.add(other.at)
    for some in branches.values():
        some.sort(key=lambda pair: pair[1].seat.number)
        kept = _longest_rising([one.seat.number for one, _ in some])
        strayed |= {other.at for at, (_, other) in enumerate(some) if at not in kept}
    return strayed


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The positions of a longest rising run within `numbers` (patience sorting)."""
    tails: list[int] = []
    at_tail: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        slot = bisect_left(tails, number)
        before.append(at_tail[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [number]
        at_tail[slot : slot + 1] = [position]
    kept, position = set(), at_tail[-1] if at_tail else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return kept
