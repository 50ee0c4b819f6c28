"""What stands in the parts of a cell: words of the form, what was typed, what a formula made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from forms.filing import Filing, Place
from forms.grid.cells import Piece
from forms.template.model import Blank, Field, Part, Template
from forms.template.spelling import POSITION
from forms.values import Kind, fold, read

Computed = Mapping[Place, str]
NUMBER_MARKS = ("、", "．", ".")
_UNIT_WORDS = {Kind.YEAR: ("年度", "年"), Kind.PERCENT: ("%", "％")}
_NUMBER = re.compile(r"[-\d.,\s]*+")


class Filler:
    """Fills the parts of a drawing with one filing; `computed` gives the text of every computed place."""

    def __init__(self, template: Template, filing: Filing, computed: Computed) -> None:
        self.template = template
        self.filing = filing
        self.computed = computed

    def pieces(self, parts: Sequence[Part]) -> tuple[Piece, ...]:
        """The words and values of a cell. A unit drawn behind a blank is left out where the text brings its own."""
        pieces: list[Piece] = []
        before: Part | None = None
        for part in parts:
            if isinstance(part, Blank):
                pieces.append(self._blank(part))
            else:
                brought = self._brought(before, part.text) if isinstance(before, Blank) else ""
                if words := part.text.removeprefix(brought):
                    pieces.append(Piece(words))
            before = part
        return tuple(pieces)

    def value(self, place: Place, field: Field, text: str) -> Piece:
        """What stands at the place of a field or column in which `text` was typed."""
        if field.formula is not None and not (field.proposes and text.strip()):
            return Piece(self.computed.get(place, ""), place, computed=True)
        return Piece(text, place)

    def _blank(self, blank: Blank) -> Piece:
        if blank.field == POSITION:
            return Piece(self._position())
        place, text = Place(field=blank.field), self.filing.values.get(blank.field, "")
        if blank.tick:
            return Piece(blank.tick + ("☑" if fold(text) == fold(blank.tick) else "□"), place, tick=blank.tick)
        return self.value(place, self.template.fields[blank.field], text)

    def _position(self) -> str:
        return self.filing.set.position if self.filing.set else ""

    def _brought(self, blank: Blank, words: str) -> str:
        """What of the words behind a blank is not printed, because the text has it already or is no number."""
        if blank.field == POSITION:  # a filing outside a set has no number, and so no mark behind it
            return "" if self._position() else next((mark for mark in NUMBER_MARKS if words.startswith(mark)), "")
        field = self.template.fields[blank.field]
        text = fold(self.filing.values.get(blank.field, ""))
        if blank.tick or field.formula or _NUMBER.fullmatch(text):
            return ""
        unit = field.unit or self.template.unit
        units = (unit,) if field.kind is Kind.MONEY else _UNIT_WORDS.get(field.kind, ())
        if field.kind is Kind.INTEGER:
            units = (_NUMBER.sub("", text, count=1),)
        blanks = words[: len(words) - len(words.lstrip())]
        drawn = next((one for one in units if one and words.lstrip().startswith(one)), "")
        understood = isinstance(read(field.kind, text, unit=unit), Decimal)
        return blanks + drawn if drawn and (not understood or text.endswith(units)) else ""
