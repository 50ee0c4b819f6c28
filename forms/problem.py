"""What is wrong with a filing, as data; a sentence is made only where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from forms.commands import Command, Dismiss
from forms.errors import CommandRefused, ExportRefused
from forms.filing import Place
from forms.language import N_, sentence


class Severity(StrEnum):
    """`error` blocks export; `warning` a reviewer may accept; `hint` is advice."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe repair on offer: the words of its button and the commands it stands for."""

    label: str
    commands: tuple[Command, ...]
    params: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return sentence(self.label, self.params)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding at one place.

    `message` is a sentence of the catalogue, or of the template where `template_words` is set (those are never
    translated). `span` counts characters of the text at the place; `dimension` is one of 完整性 相关性 适当性 可行性;
    `source` names the regulation, the template's line or the catalogue entry behind the rule.
    """

    rule: str
    severity: Severity
    at: Place
    message: str
    params: dict[str, str] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    dimension: str = "完整性"
    source: str = ""
    fix: Fix | None = None
    template_words: bool = False

    def __str__(self) -> str:
        if not self.template_words:
            return sentence(self.message, self.params)
        text = self.message
        for name, value in self.params.items():
            text = text.replace("{" + name + "}", value)
        return text


def dismiss(problem: Problem, reason: str) -> Dismiss:
    """The command that lets a problem stay. Raises CommandRefused for one that blocks export, or without a reason."""
    if problem.severity is Severity.ERROR:
        raise CommandRefused(N_("必须改的问题不能保留；请修改。"))
    if not reason.strip():
        raise CommandRefused(N_("请写明保留的理由，审核的人会看到。"))
    return Dismiss(problem.rule, problem.at, reason.strip())


class ExportBlocked(ExportRefused):
    """Blocking problems remain; `problems` lists them."""

    def __init__(self, message: str, problems: Sequence[Problem], **params: object) -> None:
        super().__init__(message, **params)
        self.problems = tuple(problems)
