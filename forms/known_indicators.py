"""What a library knows of indicators: the packs shipped and its own, and what its filings have used, newest first."""

from __future__ import annotations

from forms.desk import Desk
from forms.errors import IndicatorsRefused, JixiaoError
from forms.indicator_library import Entry, used_in
from forms.indicator_library.packs import own_folder, read, shipped

NEWEST = 400  # filings looked through: older ones would hardly be taken from, and reading takes its time


def packs(desk: Desk) -> tuple[tuple[Entry, ...], tuple[IndicatorsRefused, ...]]:
    """The entries of every pack, those of the library's own people first, and why packs of theirs were refused."""
    found: list[Entry] = []
    refused: list[IndicatorsRefused] = []
    for path in sorted(own_folder(desk.library.path).glob("*.yaml")):
        try:
            found += read(path)
        except IndicatorsRefused as error:
            refused.append(error)
    return (*found, *shipped()), tuple(refused)


def newest(desk: Desk) -> tuple[str, ...]:
    """The ids of the filings to look through, newest first."""
    return tuple(one.id for one in desk.library.list(NEWEST))


def used(desk: Desk, idents: tuple[str, ...]) -> tuple[Entry, ...]:
    """The indicators of some filings, in their order; those that cannot be read are told elsewhere."""
    found: list[Entry] = []
    for ident in idents:
        try:
            filing = desk.library.filing(ident)
            found += used_in(desk.templates.of(filing), filing)
        except JixiaoError:
            continue
    return tuple(found)
