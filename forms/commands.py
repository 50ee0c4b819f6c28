"""Changes to a filing as values: each is applied to give the new filing and the command that undoes it.

Commands are stored in the library's journal, so they are msgspec structs with a tag and the journal carries
COMMAND_FORMAT. Rows and indicators are named by id, never by index; a position counts among the rows of the same
table, or the indicators of the same tree and branch.
"""

from __future__ import annotations

import msgspec

from forms.errors import CommandRefused
from forms.filing import Dismissal, Filing, Indicator, Place, Row, with_text
from forms.language import N_

COMMAND_FORMAT = 1


class Command(msgspec.Struct, frozen=True, tag_field="do", forbid_unknown_fields=True):
    """A change: `apply` gives the new filing and its inverse, and refuses what does not fit the filing."""

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        raise NotImplementedError

    @property
    def structural(self) -> bool:
        """Whether rows come, go or move, so that a view has to be laid out anew."""
        return True

    @property
    def places(self) -> tuple[Place, ...]:
        """The places touched; a place without a column is the whole row."""
        return ()

    def followed_by(self, text: SetValue) -> Command | None:  # noqa: ARG002 — told by those that can be followed
        """The one command that does this and then puts `text`, where both are of one text or row; None elsewhere."""
        return None

    @property
    def leaves(self) -> tuple[AnyCommand, ...]:
        """The single commands it stands for."""
        return (self,)  # type: ignore[return-value]  # every command but Batch is a leaf


class SetValue(Command, frozen=True, tag="set"):
    """Put `text` at a place."""

    at: Place
    text: str

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        _require_row(filing, self.at)
        return filing.put(self.at, self.text), SetValue(self.at, filing.text(self.at))

    @property
    def structural(self) -> bool:
        return False

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.at,)

    def followed_by(self, text: SetValue) -> Command | None:
        return text if text.at == self.at else None


class AddRow(Command, frozen=True, tag="add_row"):
    """Insert a row into a table at `position` (0 is first; past the end is last)."""

    table: str
    row: Row
    position: int

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        rows = filing.rows(self.table)
        if any(one.id == self.row.id for one in rows):
            raise CommandRefused(N_("行 {row} 已经在表“{table}”中。"), row=self.row.id, table=self.table)
        at = min(max(self.position, 0), len(rows))
        return filing.with_rows(self.table, (*rows[:at], self.row, *rows[at:])), DropRow(self.table, self.row.id)

    @property
    def places(self) -> tuple[Place, ...]:
        return (Place(table=self.table, row=self.row.id),)

    def followed_by(self, text: SetValue) -> Command | None:
        if (text.at.table, text.at.row) != (self.table, self.row.id):
            return None
        cells = with_text(self.row.cells, text.at.column, text.text)
        return AddRow(self.table, msgspec.structs.replace(self.row, cells=cells), self.position)


class DropRow(Command, frozen=True, tag="drop_row"):
    """Take a row out of a table."""

    table: str
    row: str

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        rows = filing.rows(self.table)
        at = _index([one.id for one in rows], self.row)
        return filing.with_rows(self.table, rows[:at] + rows[at + 1 :]), AddRow(self.table, rows[at], at)

    @property
    def places(self) -> tuple[Place, ...]:
        return (Place(table=self.table, row=self.row),)


class MoveRow(Command, frozen=True, tag="move_row"):
    """Move a row of a table so that it stands at `position`."""

    table: str
    row: str
    position: int

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        rows = list(filing.rows(self.table))
        at = _index([one.id for one in rows], self.row)
        moved = rows.pop(at)
        rows.insert(min(max(self.position, 0), len(rows)), moved)
        return filing.with_rows(self.table, tuple(rows)), MoveRow(self.table, self.row, at)

    @property
    def places(self) -> tuple[Place, ...]:
        return (Place(table=self.table, row=self.row),)


class AddIndicator(Command, frozen=True, tag="add_indicator"):
    """Insert an indicator at `position` of the filing's list of indicators."""

    indicator: Indicator
    position: int

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        kept = filing.indicators
        if any(one.id == self.indicator.id for one in kept):
            raise CommandRefused(N_("指标 {row} 已经在表中。"), row=self.indicator.id)
        at = min(max(self.position, 0), len(kept))
        changed = filing.replace(indicators=(*kept[:at], self.indicator, *kept[at:]))
        return changed, DropIndicator(self.indicator.id)

    @property
    def places(self) -> tuple[Place, ...]:
        return (Place(indicator=self.indicator.id),)

    def followed_by(self, text: SetValue) -> Command | None:
        if text.at.indicator != self.indicator.id:
            return None
        columns = with_text(self.indicator.columns, text.at.column, text.text)
        return AddIndicator(msgspec.structs.replace(self.indicator, columns=columns), self.position)


class DropIndicator(Command, frozen=True, tag="drop_indicator"):
    """Take an indicator out."""

    indicator: str

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        kept = filing.indicators
        at = _index([one.id for one in kept], self.indicator)
        return filing.replace(indicators=kept[:at] + kept[at + 1 :]), AddIndicator(kept[at], at)

    @property
    def places(self) -> tuple[Place, ...]:
        return (Place(indicator=self.indicator),)


class MoveIndicator(Command, frozen=True, tag="move_indicator"):
    """Move an indicator under a branch and to `position` of the filing's list of indicators."""

    indicator: str
    level1: str
    level2: str
    position: int

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        kept = list(filing.indicators)
        at = _index([one.id for one in kept], self.indicator)
        old = kept.pop(at)
        moved = msgspec.structs.replace(old, level1=self.level1, level2=self.level2)
        kept.insert(min(max(self.position, 0), len(kept)), moved)
        return filing.replace(indicators=tuple(kept)), MoveIndicator(self.indicator, old.level1, old.level2, at)

    @property
    def places(self) -> tuple[Place, ...]:
        return (Place(indicator=self.indicator),)


class SetMeta(Command, frozen=True, tag="set_meta"):
    """Set what stands beside the form: `year`, `state`, the name of the `unit` or its `region`."""

    name: str
    text: str

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        unit = filing.unit
        if self.name in ("year", "state"):
            return filing.replace(**{self.name: self.text}), SetMeta(self.name, str(getattr(filing, self.name)))
        if self.name == "unit":
            return filing.replace(unit=msgspec.structs.replace(unit, name=self.text)), SetMeta(self.name, unit.name)
        if self.name == "region":
            return filing.replace(unit=msgspec.structs.replace(unit, region=self.text)), SetMeta(self.name, unit.region)
        raise CommandRefused(N_("没有名为“{name}”的属性。"), name=self.name)


class Dismiss(Command, frozen=True, tag="dismiss"):
    """Let a warning at a place stay, with the written reason; the new reason where it stays already.

    A `position` below 0 is the end of the list of those that stay.
    """

    rule: str
    at: Place
    reason: str
    position: int = -1

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        kept = filing.dismissed
        new = Dismissal(self.rule, self.at, self.reason)
        number, old = _dismissal(filing, self.rule, self.at)
        if old is not None:
            dismissed = (*kept[:number], new, *kept[number + 1 :])
            return filing.replace(dismissed=dismissed), Dismiss(self.rule, self.at, old.reason)
        number = min(self.position, len(kept)) if self.position >= 0 else len(kept)
        return filing.replace(dismissed=(*kept[:number], new, *kept[number:])), Restore(self.rule, self.at)

    @property
    def structural(self) -> bool:
        return False


class Restore(Command, frozen=True, tag="restore"):
    """Count a warning again that was to stay."""

    rule: str
    at: Place

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        number, old = _dismissal(filing, self.rule, self.at)
        if old is None:
            raise CommandRefused(N_("这里没有保留的 {rule}。"), rule=self.rule)
        dismissed = filing.dismissed[:number] + filing.dismissed[number + 1 :]
        return filing.replace(dismissed=dismissed), Dismiss(self.rule, self.at, old.reason, number)

    @property
    def structural(self) -> bool:
        return False


class Batch(Command, frozen=True, tag="batch"):
    """Several commands as one step: an import, a paste, a fix. All are applied or none."""

    commands: tuple[AnyCommand, ...]
    title: str = ""

    def apply(self, filing: Filing) -> tuple[Filing, Command]:
        inverses: list[Command] = []
        for command in self.commands:
            filing, inverse = command.apply(filing)
            inverses.append(inverse)
        return filing, Batch(tuple(reversed(inverses)), self.title)  # type: ignore[arg-type]  # every inverse is a leaf

    @property
    def structural(self) -> bool:
        return any(command.structural for command in self.commands)

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(place for command in self.commands for place in command.places)

    @property
    def leaves(self) -> tuple[AnyCommand, ...]:
        return tuple(leaf for command in self.commands for leaf in command.leaves)

    def followed_by(self, text: SetValue) -> Command | None:
        """As for the one command of it that touches the form: the others set what stands beside the form."""
        drawn = [command for command in self.commands if not isinstance(command, SetMeta)]
        joined = drawn[0].followed_by(text) if len(drawn) == 1 else None
        if joined is None:
            return None
        commands = tuple(joined if command is drawn[0] else command for command in self.commands)
        return Batch(commands, self.title)  # type: ignore[arg-type]  # what follows a leaf is a leaf


Leaf = (
    SetValue | AddRow | DropRow | MoveRow | AddIndicator | DropIndicator | MoveIndicator | SetMeta | Dismiss | Restore
)
AnyCommand = Leaf | Batch


def joined(step: Command, inverse: Command, more: Command, undo: Command) -> tuple[Command, Command] | None:
    """A step and the text typed after it as one step, with its inverse; None where it does not go on with that text.

    `more` may bring along what stands beside the form (SetMeta); `inverse` and `undo` take `step` and `more` back.
    """
    texts = [one for one in more.leaves if not isinstance(one, SetMeta)]
    both = step.followed_by(texts[0]) if len(texts) == 1 and isinstance(texts[0], SetValue) else None
    if both is None:
        return None
    told = {one.name: one for one in (*both.leaves, *more.leaves) if isinstance(one, SetMeta)}
    drawn = [one for one in both.leaves if not isinstance(one, SetMeta)]
    known = {one.name for one in inverse.leaves if isinstance(one, SetMeta)}
    back = [one for one in undo.leaves if isinstance(one, SetMeta) and one.name not in known]
    forward = Batch((*drawn, *told.values())) if told else both
    return forward, Batch((*back, *inverse.leaves)) if back else inverse


def encode(command: Command) -> bytes:
    """The command as JSON for the journal."""
    return msgspec.json.encode(command)


def decode(data: bytes | str) -> AnyCommand:
    """The command a journal row holds; raises msgspec.ValidationError on anything else."""
    return _decoder.decode(data)


def _dismissal(filing: Filing, rule: str, at: Place) -> tuple[int, Dismissal | None]:
    """The warning of this rule that stays at this place, with its number; None where there is none."""
    alike = ((n, one) for n, one in enumerate(filing.dismissed) if (one.rule, one.at) == (rule, at))
    return next(alike, (-1, None))


def _require_row(filing: Filing, at: Place) -> None:
    if at.table and filing.row(at.table, at.row) is None:
        raise CommandRefused(N_("表“{table}”中没有行 {row}。"), table=at.table, row=at.row)
    if not at.table and not at.field and filing.indicator(at.indicator) is None:
        raise CommandRefused(N_("没有指标 {row}。"), row=at.indicator)


def _index(idents: list[str], ident: str) -> int:
    if ident not in idents:
        raise CommandRefused(N_("没有行 {row}。"), row=ident)
    return idents.index(ident)


_decoder: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
