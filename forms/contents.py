"""What a filing says: as a filing without what tells two copies of it apart, and as mere texts."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from forms.filing import Filing


def contents(filing: Filing) -> Filing:
    """A filing that is equal for all filings of one form that say the same; it is good for comparing only.

    Ids of rows, goals and indicators become their order; what a reviewer or the program added is left out.
    """
    numbers = {goal.id: str(number) for number, goal in enumerate(filing.goals)}
    return filing.replace(
        id="", state="draft", set=None, dismissed=(), remarks=(), origin=None,
        tables={
            name: tuple(msgspec.structs.replace(row, id="") for row in rows) for name, rows in filing.tables.items()
        },
        goals=tuple(msgspec.structs.replace(goal, id=numbers[goal.id]) for goal in filing.goals),
        indicators=tuple(
            msgspec.structs.replace(one, id="", goal=numbers.get(one.goal, "")) for one in filing.indicators
        ),
    )  # fmt: skip


def words(filing: Filing) -> Iterator[str]:
    """Every text that people wrote into a filing, beside it or about it, in order and one time each."""
    texts = [text for _, text in filing.texts()]
    texts += [goal.text for goal in filing.goals]
    texts += [one.level2 for one in filing.indicators]
    texts += [one.name for one in filing.attachments]
    texts += [one.reason for one in filing.dismissed]
    texts += [text for one in filing.remarks for text in (one.text, one.answer)]
    yield from dict.fromkeys(filter(None, texts))
