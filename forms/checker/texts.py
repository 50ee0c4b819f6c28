"""Checks of the letters of a text: blanks, brackets, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.view import Text
from forms.commands import SetValue
from forms.language import N_
from forms.problem import Fix, Severity
from forms.template.model import Role
from forms.values import Kind

_SHORT = frozenset({Role.NAME, Role.VALUE})
_PROSE = frozenset({Kind.TEXT, Kind.LONG})
_OPENING, _CLOSING = "（《〔【“「", "）》〕】”」"
_NARROW = str.maketrans("()[]", "（）〔〕")
_PAIRS = dict(zip(_CLOSING, _OPENING, strict=True))
# 1）and a) number the items of a list and need no opening.
_ITEM = re.compile(r"(?:^|[\s；;。，,：:、])([0-9０-９]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[）)]")
_BLANKS = re.compile(r"[^\S\n]+")


def blanks(text: Text) -> Iterator[Finding]:
    """Blanks before or after a short text; a name that is looked up elsewhere is then not found."""
    if text.field.role not in _SHORT and text.field.kind is not Kind.TEXT:
        return
    trimmed = text.text.strip()
    if trimmed == text.text:
        return
    start = text.text.index(trimmed)
    span = (0, start) if start else (len(trimmed), len(text.text))
    fix = Fix(N_("去掉首尾的空格"), (SetValue(text.at, trimmed),))
    yield Finding(text.at, N_("“{text}”前后有多余的空格；请去掉。"), {"text": trimmed}, span, fix)


def brackets(text: Text) -> Iterator[Finding]:
    """A bracket, title mark or quotation mark that is opened and not closed, or the other way round."""
    if text.field.kind not in _PROSE:
        return
    for at in _unpaired(text.text):
        sign = text.text[at]
        near = text.text[max(0, at - 8) : at + 9].replace("\n", " ").strip()
        message = N_("“{near}”处的“{sign}”没有配成一对；请补上或删去。")
        yield Finding(text.at, message, {"near": near, "sign": sign}, (at, at + 1))


def _unpaired(text: str) -> list[int]:
    folded = text.translate(_NARROW)
    items = {found.end() - 1 for found in _ITEM.finditer(text)}
    waiting: list[int] = []
    alone: list[int] = []
    for at, sign in enumerate(folded):
        if sign in _OPENING:
            waiting.append(at)
        elif sign in _PAIRS and waiting and folded[waiting[-1]] == _PAIRS[sign]:
            waiting.pop()
        elif sign in _PAIRS and at not in items:
            alone.append(at)
    return sorted(alone + waiting)


CHECKS = Checks(
    texts=(
        Check(
            Criterion(
                "R-SPACE", Severity.WARNING, Dimension.COMPLETE, N_("名称和指标值前后没有多余的空格"), "公开的申报表"
            ),
            blanks,
        ),
        Check(
            Criterion("R-BRACKET", Severity.WARNING, Dimension.COMPLETE, N_("括号、书名号、引号成对"), "公开的申报表"),
            brackets,
        ),
    ),
)
