"""What the command line says: JSON on standard output, sentences on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence

from forms.interchange import Json
from forms.language import N_, sentence
from forms.problem import Problem, Severity
from forms.rules import Review

_MARKS = {Severity.ERROR: N_("必须改"), Severity.WARNING: N_("请核对"), Severity.HINT: N_("提示")}


def say(message: str, **params: object) -> None:
    """One sentence on standard output."""
    print(sentence(message, params))  # noqa: T201 — the command line is made of prints


def plain(text: str) -> None:
    """Text on standard output as it is."""
    print(text)  # noqa: T201 — the command line is made of prints


def told(where: object, what: object) -> str:
    """What there is to say of a place, a form or a rule."""
    return sentence(N_("{where}：{what}"), {"where": where, "what": what})


def complain(text: str) -> None:
    """One sentence on standard error."""
    print(text, file=sys.stderr)  # noqa: T201 — the command line is made of prints


def as_json(value: Json | Sequence[Json]) -> None:
    """One JSON value on standard output and nothing else."""
    plain(json.dumps(value, ensure_ascii=False, indent=1))


def progress(number: int, count: int, what: str) -> None:
    """How far long work has come; on a terminal only, so that scripts see nothing of it."""
    if count > 1 and sys.stderr.isatty():
        text = sentence(N_("（{number}/{count}）{what}"), {"number": number, "count": count, "what": what})
        print("\r\x1b[K" + text, end="\n" if number == count else "", file=sys.stderr, flush=True)  # noqa: T201 — as above


def verdict(review: Review) -> str:
    """The first line of a check: may it be exported, or how much must be changed."""
    errors = sum(problem.severity is Severity.ERROR for problem in review.problems)
    rest = len(review.problems) - errors
    if errors:
        return sentence(N_("还有 {errors} 处必须改，{rest} 处请核对。"), {"errors": errors, "rest": rest})
    if rest:
        return sentence(N_("可以导出，{rest} 处请核对。"), {"rest": rest})
    return sentence(N_("可以导出。"))


def problem_lines(problems: Iterable[Problem], review: Review) -> Iterable[str]:
    """A line for each problem: how grave, where, what, and the repair on offer."""
    from forms.places import describe  # noqa: PLC0415 — kept out of the start of `jixiao --version`

    for problem in problems:
        fix = "  → " + str(problem.fix) if problem.fix else ""
        where = describe(problem.at, review.template, review.filing)
        yield f"  [{sentence(_MARKS[problem.severity])}] {told(where, problem)}{fix}  ({problem.rule})"
