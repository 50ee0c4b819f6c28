"""What an indicator value says, as a record, and that record written out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ReadingKind = Literal[
    "compare", "interval", "deadline", "frequency", "duration", "class", "choice", "rubric", "quantity", "text", "multi"
]


IN_WORDS = "定性"
"""What stands in a column for signs where the value is no number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a value, or of one of its clauses.

    `sign` is one of ≥ ≤ ＝ ＞ ＜ or empty; an interval runs from `number` to `number2`; `per` is the period of a
    frequency. A class (Ⅲ类) stands in `unit`, and so does an amount nobody can count (一批, kind text). A deadline is
    the last day that counts, None where its year is unknown; a measure may carry one too. `quantity` is one number
    with its unit amid words. `raw` is the text itself, `span` the characters of the whole text it was read from.
    `multi` has its `clauses` in order.
    """

    kind: ReadingKind
    sign: str
    number: Decimal | None
    number2: Decimal | None
    unit: str
    per: str
    deadline: date | None
    raw: str
    span: tuple[int, int]
    clauses: tuple[Reading, ...] = ()


def words_only(kind: ReadingKind, raw: str, span: tuple[int, int], unit: str = "") -> Reading:
    """Make a reading without numbers."""
    return Reading(kind, "", None, None, unit, "", None, raw, span)


def parts(reading: Reading) -> tuple[str, str, str] | None:
    """The sign, the number and the unit of a value that is one number and nothing else; None of any other.

    The unit of a frequency is that of one period: 次/季度.
    """
    if reading.kind not in ("compare", "duration", "frequency") or reading.number is None or reading.deadline:
        return None
    per = f"/{reading.per}" if reading.per else ""
    return reading.sign, format(reading.number, "f"), reading.unit + per


def express(reading: Reading) -> str:
    """Write sign, number and unit without blanks: ≥90%, 5～10天, 1次/周, 2023年12月31日前; words stay as typed."""
    due = f"{reading.deadline.year}年{reading.deadline.month}月{reading.deadline.day}日前" if reading.deadline else ""
    if reading.kind == "deadline" and due:
        return due
    if reading.kind not in ("compare", "interval", "frequency", "duration") or reading.number is None:
        return reading.raw.strip()
    number = format(reading.number, "f")
    if reading.number2 is not None:
        percent = "%" if reading.unit == "%" else ""
        number += f"{percent}～{reading.number2:f}"
    per = f"/{reading.per}" if reading.per else ""
    return f"{due}{reading.sign}{number}{reading.unit}{per}"
