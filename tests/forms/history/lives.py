"""Lives of filings for tests: a form of the example in a real library, changed in many ways."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from forms.commands import (
    AddIndicator,
    AddRow,
    Command,
    DropIndicator,
    DropRow,
    MoveIndicator,
    MoveRow,
    SetMeta,
    SetValue,
)
from forms.desk import Desk
from forms.errors import CommandRefused
from forms.filing import Filing, Indicator, Place, Row, new_id
from forms.history import Past, read_past
from forms.store.library import Library
from forms.template.model import Template
from forms.templates import Templates
from tests.desktop.open_forms import incoming

AMOUNT = Place(field="资金需求")
GOAL = Place(field="总体目标")


class Clock:
    """A clock that tests move forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


class Life:
    """One filing of the example in a library of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.library = Library.open(folder / "library.jixiao", clock=self.clock)
        self.desk = Desk(self.library, Templates.shipped())
        self.desk.take_in(incoming())
        self.ident = next(one.id for one in self.library.list() if "沙渡" in one.title)

    @property
    def filing(self) -> Filing:
        return self.library.filing(self.ident)

    @property
    def template(self) -> Template:
        return self.desk.templates.of(self.filing)

    def do(self, command: Command, origin: str = "typed", undoes: int | None = None) -> int:
        _, inverse = command.apply(self.filing)
        return self.library.edit(self.ident, command, inverse, origin=origin, undoes=undoes)

    def put(self, at: Place, text: str, origin: str = "typed") -> int:
        return self.do(SetValue(at, text), origin)

    def past(self) -> Past:
        return read_past(self.library, self.template, self.ident)


def change_at_random(filing: Filing, template: Template, chance: random.Random) -> Command:
    """A command that fits the filing."""
    while True:
        command = _any(filing, template, chance)
        try:
            command.apply(filing)
        except CommandRefused:
            continue
        return command


def _any(filing: Filing, template: Template, chance: random.Random) -> Command:
    text = chance.choice(["", "甲", "乙丙", "2027", "10.5"])
    tree = next(iter(template.trees.values()))
    branch = chance.choice([(one.level1, one.level2) for one in filing.indicators] or [("产出指标", "数量指标")])
    position = chance.randrange(8)
    made = Indicator(new_id(), *branch, {tree.columns[0].name: text or "新"}, tree.name)
    some = chance.choice(filing.indicators or (made,))
    column = chance.choice(tree.columns).name
    commands: list[Command] = [
        SetValue(Place(field=chance.choice(list(template.fields))), text),
        SetValue(Place(indicator=some.id, column=column), text),
        AddIndicator(made, position),
        DropIndicator(some.id),
        MoveIndicator(some.id, *branch, position),
        SetMeta("year", chance.choice(["2026", "2027"])),
    ]
    for table in template.tables.values():
        rows = filing.rows(table.name)
        row = chance.choice(rows or (Row(new_id(), {}),))
        cell = Place(table=table.name, row=row.id, column=chance.choice(table.columns).name)
        commands += [
            AddRow(table.name, Row(new_id(), {table.columns[0].name: text}), position), SetValue(cell, text),
            DropRow(table.name, row.id), MoveRow(table.name, row.id, position),
        ]  # fmt: skip
    return chance.choice(commands)
