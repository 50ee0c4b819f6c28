"""Checks of a column of a list: one row that says otherwise where all others say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.view import Form, Text
from forms.checker.words import shown
from forms.language import N_
from forms.problem import Severity
from forms.values import Kind, fold

_ROWS = 8  # rows from which a custom can be told
_SHARE = 0.8  # of the rows that say the same
_STRAYS = 2  # rows that say one other thing


def strays(form: Form) -> Iterator[Finding]:
    """A cell that differs where nearly all rows of the list have the same words."""
    columns: dict[tuple[str, str], list[Text]] = {}
    for entry in form.entries():
        for text in entry.texts:
            if text.filled and text.field.kind is Kind.TEXT:
                columns.setdefault((entry.table.name, text.field.name), []).append(text)
    for texts in columns.values():
        yield from _strays(texts)


def _strays(texts: list[Text]) -> Iterator[Finding]:
    counts = Counter(fold(text.text) for text in texts)
    (usual, times), *_ = counts.most_common(1)
    if len(texts) < _ROWS or times < _SHARE * len(texts):
        return
    for text in texts:
        own = fold(text.text)
        if own != usual and counts[own] <= _STRAYS:
            message = N_("{count} 行都写“{usual}”，这里写“{own}”；请核对是否应当一致。")
            params = {"count": str(times), "usual": shown(usual), "own": shown(own)}
            yield Finding(text.at, message, params, (0, len(text.text)))


_STRAY = Criterion("R-ENUM", Severity.WARNING, Dimension.COMPLETE, N_("同一栏的写法一致"), "公开的任务清单")

CHECKS = Checks(forms=(Check(_STRAY, strays),))
