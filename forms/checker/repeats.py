"""Checks for what is said more than once: sentences, whole cells, one target for several indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.targets import COPIED
from forms.checker.usages import Usage
from forms.checker.view import Branches, Entry, Form, Line, Text
from forms.checker.words import Span, shown
from forms.language import N_
from forms.problem import Severity
from forms.template.model import Role
from forms.values import Kind, fold

_LEAST = 15  # letters of a sentence that nobody writes twice by chance
_SENTENCE = re.compile(r"[^。；;！!\n]+")
_NUMBER = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十0-9]{1,3}[）)、.．]\s*|[一二三四五六七八九十]是?)?")
_PROSE = frozenset({Kind.TEXT, Kind.LONG})
_SAID = frozenset({Usage.GOAL, Usage.CONTENT, Usage.WORKLOAD, Usage.PURPOSE})
_SAME_TARGETS = 3


def sentences(form: Form) -> Iterator[Finding]:
    """A sentence that stands twice in one text, or in two texts that should say different things."""
    first: dict[str, Text] = {}
    for text in _texts(form):
        told: set[str] = set()
        for words, span in _sentences(text.text):
            known = first.setdefault(words, text)
            again = words in told
            told.add(words)
            if again or (known is not text and _are_apart(known, text)):
                yield _repeated(text, span, None if again else known)


def _repeated(text: Text, span: Span, other: Text | None) -> Finding:
    params = {"words": shown(text.text[slice(*span)].strip())}
    if other is None:
        return Finding(text.at, N_("“{words}”这一句写了两遍；请删去一遍。"), params, span)
    message = N_("“{words}”与“{other}”里的一句完全相同；请各写各的内容。")
    return Finding(text.at, message, params | {"other": other.field.name}, span)


def _sentences(text: str) -> Iterator[tuple[str, Span]]:
    """The sentences that are long enough, without their numbers and blanks, and where each stands."""
    for found in _SENTENCE.finditer(text):
        number = _NUMBER.match(found[0])
        start = found.start() + (number.end() if number else 0)
        words = fold(text[start : found.end()]).replace(" ", "").strip("，,、")
        if len(words) >= _LEAST:
            yield words, (start, found.end())


def _texts(form: Form) -> Iterator[Text]:
    yield from (text for text in form.fields(*_SAID) if text.field.kind in _PROSE)
    for entry in form.entries():
        yield from (text for text in entry.texts if text.usage in _SAID or _is_prose(text))
    for line in form.lines():
        yield from (text for role in (Role.NAME, Role.VALUE) if (text := line.of(role)) is not None)


def _is_prose(text: Text) -> bool:
    return text.field.kind is Kind.LONG and text.usage is not Usage.RECEIVER


def _are_apart(one: Text, other: Text) -> bool:
    """Whether two texts should differ.

    Rows of a list may do the same work, a project of one year has one goal for all periods, and indicators are looked
    at elsewhere.
    """
    if one.usage is other.usage is Usage.GOAL and one.at.field and other.at.field:
        return False
    if one.at.indicator and other.at.indicator:
        return False
    return not (one.at.table and one.at.table == other.at.table and one.at.row != other.at.row)


def slid(form: Form) -> Iterator[Finding]:
    """A cell that holds what stands in another column of the row before: it may have slid there."""
    before: Entry | None = None
    for entry in form.entries():
        if before is not None and before.table is entry.table:
            yield from _slid(before, entry)
        before = entry


def _slid(before: Entry, entry: Entry) -> Iterator[Finding]:
    above = {fold(text.text): text for text in before.texts if len(text.text.strip()) >= _LEAST}
    for text in entry.texts:
        other = above.get(fold(text.text))
        if other is not None and other.field is not text.field:
            message = N_("“{name}”与上一行的“{other}”文字相同，可能放错了格；请核对。")
            params = {"name": text.field.name, "other": other.field.name}
            yield Finding(text.at, message, params, (0, len(text.text)))


def same_targets(branches: Branches) -> Iterator[Finding]:
    """Three indicators or more with the same words for a target."""
    alike: dict[str, list[Line]] = {}
    for line in branches.lines:
        if line.value is not None and line.value.filled and line.reading.kind == "text":
            alike.setdefault(fold(line.value.text), []).append(line)
    for lines in _long(alike.values()):
        for line in lines:
            assert line.value is not None  # noqa: S101 — only such lines were gathered
            message = N_("{count} 条指标的指标值都是“{value}”，说不出各自的目标；请分别写明。")
            params = {"count": str(len(lines)), "value": shown(line.value.text.strip())}
            yield Finding(line.value.at, message, params, line.span(0, len(line.value.text)))


def _long(groups: Iterable[list[Line]]) -> Iterator[list[Line]]:
    return (lines for lines in groups if len(lines) >= _SAME_TARGETS)


_SENTENCES = Criterion("R-DUP-SENT", Severity.WARNING, Dimension.COMPLETE, N_("一句话不写两遍"), "公开的申报表")
_SLID = Criterion("R-CELL-SHIFT", Severity.WARNING, Dimension.COMPLETE, N_("文字没有放错格"), "公开的部门整体表")

CHECKS = Checks(
    trees=(Check(COPIED, same_targets),),
    forms=(Check(_SLID, slid),),
    relations=(Check(_SENTENCES, sentences),),
)
