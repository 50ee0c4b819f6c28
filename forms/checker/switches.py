"""The 检查 of a template: a check or rule switched off, or made more or less grave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from forms.problem import Problem, Severity

OFF = "关"
_SEVERITIES = {"错误": Severity.ERROR, "警告": Severity.WARNING, "提示": Severity.HINT}


def as_wanted(switches: Mapping[str, str], problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems as the switches of a template want them."""
    for problem in problems:
        wanted = switches.get(problem.rule, "")
        if wanted != OFF:
            yield replace(problem, severity=_SEVERITIES[wanted]) if wanted in _SEVERITIES else problem
