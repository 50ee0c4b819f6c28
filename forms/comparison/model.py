"""Two filings side by side and what differs between them, as values; words are made where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from forms.filing import Filing, Place
from forms.template.model import Template

Span = tuple[int, int]


class What(StrEnum):
    """What happened on the way from the old filing to the new one.

    A text is REWRITTEN where it says the same as before: 6,623 and 6623, other blanks, other widths.
    """

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    MOVED = "moved"
    REWRITTEN = "rewritten"


class Side(NamedTuple):
    """One of the two filings. `name` tells people which it is: a title, a revision, a file."""

    template: Template
    filing: Filing
    name: str = ""


class Seat(NamedTuple):
    """Where a row or indicator stands: its table or tree, its 一级 and 二级, the how manieth it is there, from 1."""

    block: str
    level1: str
    level2: str
    number: int


class Entry(NamedTuple):
    """A row or indicator, reduced to what is compared; `label` names a fixed row, `at` is its place."""

    id: str
    at: Place
    seat: Seat
    label: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    `at` is its place in the new filing, in the old one where it was dropped. In a text (`name` is its field or column)
    `before` and `after` are whole and `cut` and `put` the characters that are not in the other. A row that came, went
    or moved has its `old` and `new` seats, and the texts it came or went with in `columns`.
    """

    what: What
    at: Place
    name: str = ""
    before: str = ""
    after: str = ""
    cut: tuple[Span, ...] = ()
    put: tuple[Span, ...] = ()
    old: Seat | None = None
    new: Seat | None = None
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides and what differs, in the order of the form: what went stands where it stood.

    `likened` tells the rows and indicators (by id in the new filing) that were taken for the same because their texts
    are alike, in per cent; all others have the same id, label or text.
    """

    old: Side
    new: Side
    differences: tuple[Difference, ...]
    likened: Mapping[str, int]
