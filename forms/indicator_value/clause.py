"""One clause of an indicator value, read from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forms.indicator_value.cursor import Cursor
from forms.indicator_value.due import due
from forms.indicator_value.measure import measure
from forms.indicator_value.reading import Reading, words_only
from forms.indicator_value.tokens import Token
from forms.indicator_value.words import Sort


@dataclass(frozen=True, slots=True)
class _Found:
    """A reading and the tokens it was made of, from `first` up to but not with `last`."""

    reading: Reading
    first: int
    last: int


def readings(text: str, tokens: Sequence[Token], year: int | None) -> list[Reading]:
    """Find the deadlines and measures of a clause, in order; one class or text where it has none."""
    kept = _settled(_found(Cursor(text, tokens), year), len(tokens))
    if not kept:
        return [_in_words(text, tokens)]
    ends = [reading.span[1] for reading in kept[:-1]] + [tokens[-1].end]
    starts = [tokens[0].start, *ends[:-1]]
    return [replace(reading, raw=text[start:end]) for reading, start, end in zip(kept, starts, ends, strict=True)]


def _found(cursor: Cursor, year: int | None) -> list[_Found]:
    found = []
    period = ""
    while not cursor.done:
        start = cursor.at
        if each := cursor.take(Sort.EACH):
            period = each.word
        elif day := due(cursor, year):
            signed = start == 1 and cursor.tokens[0].sort in (Sort.SIGN, Sort.LEAD)
            if day.marked or start == 0 or signed:
                deadline = replace(words_only("deadline", "", (0, 0)), sign="≤", deadline=day.day)
                found.append(_placed(cursor, start, deadline))
        elif reading := measure(cursor, period):
            found.append(_placed(cursor, start, reading))
            period = ""
        elif cursor.at == start:
            cursor.at += 1
    return found


def _placed(cursor: Cursor, first: int, reading: Reading) -> _Found:
    if first and cursor.tokens[first - 1].sort is Sort.EACH:
        first -= 1
    span = (cursor.tokens[first].start, cursor.tokens[cursor.at - 1].end)
    return _Found(replace(reading, span=span), first, cursor.at)


def _settled(found: Sequence[_Found], tokens: int) -> list[Reading]:
    """Keep what says something: a bare number does only as a whole clause, a number amid words is a quantity."""
    due_ends = found[0].last if found and found[0].reading.kind == "deadline" else 0
    alone = sum(one.reading.kind != "deadline" for one in found) == 1
    kept = []
    for one in found:
        reading = one.reading
        whole = alone and one.first == due_ends and one.last == tokens
        if reading.kind in ("compare", "duration") and not (reading.sign or whole):
            reading = replace(reading, kind="quantity")
        if reading.kind == "deadline" or reading.sign or reading.unit or whole:
            kept.append(reading)
    return kept


def _in_words(text: str, tokens: Sequence[Token]) -> Reading:
    raw = text[tokens[0].start : tokens[-1].end]
    for token in tokens:
        if token.sort in (Sort.CLASS, Sort.VAGUE):
            span = (token.start, token.end)
            return words_only("class" if token.sort is Sort.CLASS else "text", raw, span, token.word)
    return words_only("text", raw, (tokens[0].start, tokens[-1].end))
