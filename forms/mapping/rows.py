"""A filing as rows of a system's tables, each text with the places it was taken from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from forms import numerals
from forms.filing import Filing, Indicator, Place, Row
from forms.indicator_value import parts, understand
from forms.mapping.model import Interchange, Part, Plan, Source, Word
from forms.scope import block, entries, understood
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Field, Table, Template, Tree
from forms.values import Kind

JOINT = "-"  # between the id of a filing and that of its row
Computed = Mapping[Place, str]


@dataclass(frozen=True, slots=True)
class Sent:
    """The text for one system column, and the places it was taken from; none where it comes from beside the form."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a system table, made by `plan`; columns in the order of the system."""

    plan: Plan
    cells: dict[str, Sent]

    @property
    def texts(self) -> dict[str, str]:
        """The texts alone, without the columns that have none."""
        return {name: sent.text for name, sent in self.cells.items() if sent.text}


@dataclass(frozen=True, slots=True)
class _Seat:
    """The row of a table or tree a record is made of: its place, texts and number (from 1)."""

    owner: Table | Tree
    at: Place
    texts: Mapping[str, str]
    number: int
    entry: Row | Indicator


def records(interchange: Interchange, template: Template, filing: Filing, computed: Computed) -> Iterator[Record]:
    """The rows a filing makes in its system, table by table. A row of the form with nothing in it makes none."""
    filler = _Filler(interchange, template, filing, computed)
    for plan in interchange.plans:
        for seat in filler.seats(plan) if plan.each else (None,):
            yield filler.record(plan, seat)


class _Filler:
    """Takes texts out of one filing."""

    def __init__(self, interchange: Interchange, template: Template, filing: Filing, computed: Computed) -> None:
        self.interchange = interchange
        self.template = template
        self.filing = filing
        self.computed = computed

    def seats(self, plan: Plan) -> Iterator[_Seat]:
        """The rows with something in them; numbered as on the form, so that an empty one leaves a gap."""
        owner = block(self.template, plan.each)
        rows: dict[str, Row | Indicator] = {one.id: one for one in self.filing.indicators}
        rows |= {row.id: row for row in self.filing.rows(plan.each)}
        for number, (at, texts) in enumerate(entries(self.filing, plan.each), 1):
            if any(text.strip() for text in texts.values()):
                yield _Seat(owner, at, texts, number, rows[at.row or at.indicator])

    def record(self, plan: Plan, seat: _Seat | None) -> Record:
        """One row of a system table."""
        columns = self.interchange.system.tables[plan.table].columns
        return Record(plan, {name: self._sent(plan.sources[name], seat) for name in columns if name in plan.sources})

    def _sent(self, source: Source, seat: _Seat | None) -> Sent:
        if source.word is not None:
            return Sent(_suffixed(_beside(source.word, self.filing, seat), source))
        if source.fixed:
            return Sent(source.fixed)
        taken = [self._taken(name, seat) for name in source.names]
        sent = Sent(
            "".join(one.text for one in taken if one.text not in source.omitted),
            tuple(place for one in taken for place in one.places),
        )
        if not sent.text.strip() and source.otherwise:
            # The place stays that of the empty column: it is there that something can be written.
            return Sent(self._taken(source.otherwise, seat).text, sent.places)
        text = _part(sent.text, source.part) if source.part else sent.text
        return Sent(_suffixed(source.codes.get(text.strip(), text), source), sent.places)

    def _taken(self, name: str, seat: _Seat | None) -> Sent:
        if seat is not None:
            if isinstance(seat.entry, Indicator) and name in (LEVEL1, LEVEL2):
                return Sent(seat.entry.level1 if name == LEVEL1 else seat.entry.level2, (seat.at,))
            at = Place("", seat.at.table, seat.at.row, seat.at.indicator, name)
            if column := seat.owner.column(name):
                return Sent(self._written(column, self.computed.get(at, seat.texts.get(name, ""))), (at,))
        at = Place(field=name)
        text = self.computed.get(at, self.filing.values.get(name, ""))
        return Sent(self._written(self.template.fields[name], text), (at,))

    def _written(self, field: Field, text: str) -> str:
        """A typed text as systems take it: plain numbers, dates as yyyyMMdd, choices by their official word."""
        value = understood(field, text, self.template)
        if isinstance(value, Decimal):
            return numerals.plain(value)
        if field.kind is Kind.DATE and isinstance(value, str):
            return value.replace("-", "")
        return value if isinstance(value, str) else text if text.strip() else ""


def _suffixed(text: str, source: Source) -> str:
    return text + source.suffix if text else ""


def _beside(word: Word, filing: Filing, seat: _Seat | None) -> str:
    texts = {
        Word.FILING: filing.id, Word.YEAR: filing.year, Word.UNIT_NAME: filing.unit.name,
        Word.UNIT_CODE: filing.unit.code, Word.UNIT_REGION: filing.unit.region,
    }  # fmt: skip
    if seat is not None:
        texts |= {
            Word.ROW: filing.id + JOINT + seat.entry.id, Word.NUMBER: str(seat.number),
            Word.LABEL: seat.entry.label if isinstance(seat.entry, Row) else "",
        }  # fmt: skip
    return texts[word]


def _part(text: str, part: Part) -> str:
    """A piece of an indicator value; nothing of one that is not a single measure."""
    found = parts(understand(text))
    return dict(zip((Part.SIGN, Part.NUMBER, Part.UNIT), found, strict=True))[part] if found else ""
