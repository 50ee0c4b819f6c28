"""Words found in the texts of a filing, in the order of the form, and exchanged for others as one change."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from forms.commands import Batch, SetValue
from forms.filing import Filing, Place
from forms.language import N_, sentence
from forms.rules import Order
from forms.template.model import Template

_SHOWN = 12  # characters of the words in the name of the step


@dataclass(frozen=True, slots=True)
class Found:
    """Where the words stand: a place, and the characters of its text from the first to behind the last."""

    place: Place
    first: int
    last: int

    @property
    def span(self) -> tuple[int, int]:
        """The characters, as problems name them."""
        return self.first, self.last


def find(template: Template, filing: Filing, words: str, *, exactly: bool = False) -> tuple[Found, ...]:
    """Every place where `words` stand in what was typed, as on the form; none for no words.

    Small and large letters, full and half width count as the same unless `exactly` is asked for.
    """
    if not words:
        return ()
    wanted = words if exactly else _plain(words)
    order = Order(template, filing)
    texts = sorted(filing.texts(), key=lambda one: order.of_place(one[0]))
    return tuple(
        Found(place, at, at + len(wanted))
        for place, text in texts
        for at in _starts(text if exactly else _plain(text), wanted)
    )


def exchange(filing: Filing, found: Sequence[Found], words: str) -> Batch:
    """The one change that puts `words` where others were found; `found` stands in the order `find` gives."""
    commands = tuple(
        SetValue(place, _exchanged(filing.text(place), tuple(group), words))
        for place, group in groupby(found, key=lambda one: one.place)
    )
    one = found[0]
    old = filing.text(one.place)[one.first : one.last]
    title = sentence(N_("把“{old}”换成“{new}”"), {"old": old[:_SHOWN], "new": words[:_SHOWN]})
    return Batch(commands, title)


def _exchanged(text: str, found: Sequence[Found], words: str) -> str:
    for one in reversed(found):
        text = text[: one.first] + words + text[one.last :]
    return text


def _starts(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def _plain(text: str) -> str:
    """The text in one width and case; every character stays one, so that places in it stay places in the text."""
    return "".join(map(_plain_character, text))


def _plain_character(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char).casefold()
    return plain if len(plain) == 1 else char
