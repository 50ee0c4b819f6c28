"""What the command line says: JSON on standard output, sentences on standard error."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress

from forms.errors import JixiaoError
from forms.interchange import Json
from forms.language import N_, sentence
from forms.problem import Problem, Severity
from forms.render.text import places
from forms.rules import Review

_CLEAR = "\r\x1b[K"
_MARKS = {Severity.ERROR: N_("必须改"), Severity.WARNING: N_("请核对"), Severity.HINT: N_("提示")}


class OutputRefused(JixiaoError):
    """Standard output takes no more: the disk it goes to is full, or the device is broken."""

    exit_code = 1


def say(message: str, **params: object) -> None:
    """One sentence on standard output."""
    plain(sentence(message, params))


def plain(text: str) -> None:
    """Text on standard output as it is. Raises OutputRefused."""
    try:
        print(text)  # noqa: T201 — the command line is made of prints
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused() from error


def finish() -> None:
    """Hand over what standard output still holds. Raises OutputRefused."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _refused() from error


def _refused() -> OutputRefused:
    return OutputRefused(N_("结果没有写完，标准输出写不进去；请检查磁盘是否已满，或换一个地方。"))


def told(where: object, what: object) -> str:
    """What there is to say of a place, a form or a rule."""
    return sentence(N_("{where}：{what}"), {"where": where, "what": what})


def complain(text: str) -> None:
    """One sentence on standard error; where that takes nothing either, there is nobody left to tell."""
    with suppress(OSError):
        print(_CLEAR + text if sys.stderr.isatty() else text, file=sys.stderr)  # noqa: T201 — as above


def as_json(value: Json | Sequence[Json]) -> None:
    """One JSON value on standard output and nothing else."""
    plain(json.dumps(value, ensure_ascii=False, indent=1))


def progress(number: int, count: int, what: str) -> None:
    """How far long work has come: part `number` of `count` begins."""
    if count > 1:
        told = {"number": number, "count": count, "what": what}
        passing(sentence(N_("（{number}/{count}）{what}"), told), stays=number == count)


def passing(text: str, *, stays: bool = False) -> None:
    """A line that makes room for the next, or `stays`; on a terminal only, so that scripts see nothing of it."""
    if not sys.stderr.isatty():
        return
    room = shutil.get_terminal_size().columns - 1
    while places(text) > room:  # a line that goes on below could not be taken back
        text = text[:-1]
    with suppress(OSError):
        print(_CLEAR + text, end="\n" * stays, file=sys.stderr, flush=True)  # noqa: T201 — as above


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
