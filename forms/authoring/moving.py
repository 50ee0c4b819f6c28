"""A filing moved to another version of its template: what stays, what stands elsewhere, what finds no place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.authoring.pairing import paired_branches, paired_columns, paired_fields, paired_names, paired_trees
from forms.filing import Filing, Indicator, Origin, Place, Row, TemplateRef, new_id
from forms.importers.synonyms import branches
from forms.language import N_, sentence
from forms.succession.texts import carried
from forms.template.model import Field, Table, Template, Tree
from forms.template.spelling import branch_key
from forms.units import unit_of
from forms.values import Kind


class Fate(StrEnum):
    """What became of a text."""

    KEPT = "kept"
    MOVED = "moved"
    CONVERTED = "converted"
    DROPPED = "dropped"


_SENTENCES = {
    Fate.KEPT: N_("“{before}”：保留。"),
    Fate.MOVED: N_("“{before}”：移到“{after}”。"),
    Fate.CONVERTED: N_("“{before}”：{old} {unit}换算成 {new} {wanted}。"),
    Fate.DROPPED: N_("“{before}”：新表样里没有这一栏，原文“{old}”留在未放置的文字里。"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one text: where it stood, where it stands now (None: nowhere), and the words of both places."""

    fate: Fate
    source: Place
    at: Place | None
    text: str
    params: dict[str, str]

    def __str__(self) -> str:
        return sentence(_SENTENCES[self.fate], self.params)


@dataclass(frozen=True, slots=True)
class Moved:
    """The filing on the new version, and what became of every text of the old one."""

    filing: Filing
    told: tuple[Told, ...]

    @property
    def dropped(self) -> tuple[str, ...]:
        """The texts that have no place in the new version, each with the name of its old place."""
        return tuple(f"{one.params['before']}：{one.text}" for one in self.told if one.fate is Fate.DROPPED)


def moved(filing: Filing, old: Template, new: Template, *, revision: str = "") -> Moved:
    """Move `filing` from `old` to `new`: a new draft beside the old one, which stays as it is.

    Rows and indicators keep their ids. Amounts in another unit are converted exactly, and it is told; what cannot be
    read is kept as typed. Every text of the old filing is told of, once.
    """
    return _Mover(filing, old, new).moved(revision)


class _Mover:
    def __init__(self, filing: Filing, old: Template, new: Template) -> None:
        self._filing, self._old, self._new = filing, old, new
        self._told: list[Told] = []
        self._places: dict[Place, Place] = {}

    def moved(self, revision: str) -> Moved:
        values = dict(self._values())
        tables = {name: rows for name, table in self._new.tables.items() if (rows := tuple(self._rows(table)))}
        indicators = tuple(self._indicators())
        self._drop_rest()
        made = self._filing.replace(
            id=new_id(), template=TemplateRef(self._new.id, self._new.version, self._new.digest), state="draft",
            values=values, tables=tables, indicators=indicators, origin=Origin(self._filing.id, revision),
            dismissed=tuple(self._dismissed()), remarks=tuple(self._remarks()),
        )  # fmt: skip
        return Moved(made, tuple(self._told))

    # --- texts

    def _values(self) -> Iterator[tuple[str, str]]:
        for name, own in paired_fields(self._old.fields, self._old, self._new.fields, self._new).items():
            text = self._text(Place(field=own), Place(field=name), self._old.fields[own], self._new.fields[name])
            if text:
                yield name, text

    def _text(self, source: Place, at: Place, old: Field, new: Field) -> str:
        """A text as it stands in its new place; empty where it cannot stand there, which is told at the end."""
        text = self._filing.text(source)
        put = carried(text, old, self._old, new, self._new) if text else None
        if not put:
            return ""
        self._places[source] = at
        before, after = _words(source), _words(at)
        fate = Fate.CONVERTED if put != text else Fate.KEPT if before == after else Fate.MOVED
        units = {"unit": unit_of(old, self._old), "wanted": unit_of(new, self._new)} if old.kind is Kind.MONEY else {}
        self._tell(fate, source, at, text, {"before": before, "after": after, "old": text, "new": put} | units)
        return put

    def _tell(self, fate: Fate, source: Place, at: Place | None, text: str, params: dict[str, str]) -> None:
        self._told.append(Told(fate, source, at, text, params))

    # --- tables

    def _rows(self, table: Table) -> Iterator[Row]:
        own = paired_names(self._old.tables, self._old, self._new.tables, self._new).get(table.name)
        before = self._old.tables[own] if own else None
        if before is None or bool(before.labels) != bool(table.labels):
            return
        columns = paired_fields(_columns(before), self._old, _columns(table), self._new)
        labels = {was: now for now, was in paired_names(before.labels, self._old, table.labels, self._new).items()}
        for row in self._filing.rows(before.name):
            label = labels.get(row.label, "")
            if table.labels and not label:
                continue
            cells = dict(self._cells(before, table, columns, row, label))
            if cells or row.cells == {}:
                yield Row(row.id, cells, label)

    def _cells(
        self, before: Table, table: Table, columns: dict[str, str], row: Row, label: str
    ) -> Iterator[tuple[str, str]]:
        old, new = _columns(before), _columns(table)
        for name, own in columns.items():
            if (label, name) in table.absent:
                continue
            source = Place(table=before.name, row=row.id, column=own)
            at = Place(table=table.name, row=row.id, column=name)
            if text := self._text(source, at, old[own], new[name]):
                yield name, text

    # --- indicators

    def _indicators(self) -> Iterator[Indicator]:
        trees = {own: name for name, own in paired_trees(self._old, self._new).items()}
        seats = {own: self._seats(self._old.trees[own], self._new.trees[name]) for own, name in trees.items()}
        for one in self._filing.indicators:
            if one.tree not in trees:
                continue
            before, after = self._old.trees[one.tree], self._new.trees[trees[one.tree]]
            seat = seats[one.tree].get((one.level1, one.level2)) or self._free_seat(after, one)
            if seat is not None:
                yield Indicator(one.id, *seat, dict(self._texts(one, before, after)), after.name, one.goal)

    def _seats(self, before: Tree, after: Tree) -> dict[tuple[str, str], tuple[str, str]]:
        return {was: now for now, was in paired_branches(before, after, self._new).items()}

    def _free_seat(self, after: Tree, one: Indicator) -> tuple[str, str] | None:
        """A seat by usage, or among those the filer names; None where the new tree has neither."""
        known = branches(self._new, after).get(branch_key(one.level2))
        limb = next((limb for limb in after.limbs if branch_key(limb.label) == branch_key(one.level1)), None)
        if known is None and limb is not None and any(branch.free for branch in limb.branches):
            return limb.label, one.level2
        return known

    def _texts(self, one: Indicator, before: Tree, after: Tree) -> Iterator[tuple[str, str]]:
        for name, own in paired_columns(before, self._old, after, self._new).items():
            old, new = before.column(own), after.column(name)
            source, at = Place(indicator=one.id, column=own), Place(indicator=one.id, column=name)
            if old is not None and new is not None and (text := self._text(source, at, old, new)):
                yield name, text

    # --- what stands beside

    def _drop_rest(self) -> None:
        for source, text in self._filing.texts():
            if text.strip() and source not in self._places:
                self._tell(Fate.DROPPED, source, None, text, {"before": _words(source), "old": text})

    def _dismissed(self) -> Iterator[object]:
        """Dismissals of rules that still are, at places that still are."""
        rules = {rule.name for rule in self._new.rules}
        for one in self._filing.dismissed:
            at = self._places.get(one.at)
            if at is not None and (one.rule in rules or one.rule.startswith("R-")):
                yield type(one)(one.rule, at, one.reason)

    def _remarks(self) -> Iterator[object]:
        for one in self._filing.remarks:
            at = self._places.get(one.at)
            if at is not None:
                yield type(one)(at, one.text, one.answer)
            else:
                text = f"{one.text} {one.answer}".strip()
                self._tell(Fate.DROPPED, one.at, None, text, {"before": _words(one.at), "old": text})


def _columns(table: Table) -> dict[str, Field]:
    return {column.name: column for column in table.columns}


def _words(at: Place) -> str:
    """A place by the names of its template; rows and indicators by their columns."""
    if at.field:
        return at.field
    return f"{at.table} {at.column}".strip()
