"""What is told of the problems of one cell: in the cell what must be looked at, in its tip and aloud all of it."""

from __future__ import annotations

from collections.abc import Sequence

from forms.language import N_, sentence
from forms.problem import Problem, Severity

SEVERITY = {Severity.ERROR: N_("必须改"), Severity.WARNING: N_("请核对"), Severity.HINT: N_("提示")}


def in_words(problems: Sequence[Problem]) -> str:
    """Every problem, one sentence a line, each with how grave it is."""
    return "\n".join(f"{sentence(SEVERITY[one.severity])}{sentence(N_('：'))}{one}" for one in problems)


def insistent(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those that are told in the form itself; hints stand in the list of problems, where nobody trips over them."""
    return tuple(one for one in problems if one.severity is not Severity.HINT)


def while_at_work(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those of a text that is being written: it is said to be wrong, but not yet judged."""
    return tuple(one for one in problems if one.severity is Severity.ERROR)
