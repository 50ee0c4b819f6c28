"""What a filing says, without what tells two copies of it apart: ids, set, state, remarks."""

from __future__ import annotations

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
