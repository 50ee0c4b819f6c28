"""A comparison in words: one line for each difference, with what changed between brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from forms.comparison.model import Comparison, Difference, Seat, Span, What
from forms.comparison.spans import marked
from forms.language import N_, sentence
from forms.template.model import Role, Template

WHAT = {
    What.ADDED: N_("新增"), What.DROPPED: N_("删去"), What.CHANGED: N_("修改"), What.MOVED: N_("移动"),
    What.REWRITTEN: N_("写法"),
}  # fmt: skip

Say = Callable[[str, Mapping[str, object]], str]

_SIGNS = ("【】", "〖〗", "［］", "〔〕", "「」")
_SHORT = 120  # characters of a text that is told whole
_CLAUSE = re.compile(r"[^。；\n]*(?:[。；\n]|$)")
_LEFT_OUT = "……"
_ROW, _ITEM = N_("第 {number} 行"), N_("第 {number} 条")


class Line(NamedTuple):
    """One difference in words. `where` is the field, or the row or indicator; `name` the column, empty for a whole."""

    difference: Difference
    where: str
    name: str
    before: str
    after: str


def signs(comparison: Comparison) -> str:
    """Two brackets that occur in none of the texts, so that nobody takes a typed one for a mark."""
    texts = "".join(one.before + one.after for one in comparison.differences)
    return next((pair for pair in _SIGNS if not set(pair) & set(texts)), _SIGNS[0])


def lines(comparison: Comparison, say: Say = sentence) -> Iterator[Line]:
    """The differences in order. Of long texts only the clauses are told in which something changed.

    `say` makes words of a sentence of the catalogue; a printed form speaks the language of the form.
    """
    brackets = signs(comparison)
    for one in comparison.differences:
        where = _where(comparison, one, say)
        if one.what is What.MOVED:
            yield Line(one, where, "", _seat(one.old, say), _seat(one.new, say))
        elif one.old or one.new:
            told = "\n".join(f"{name}：{text}" for name, text in one.columns)
            yield Line(one, where, "", told if one.old else "", told if one.new else "")
        else:
            name = "" if one.at.field else one.name
            yield Line(one, where, name, *_texts(one, brackets))


def _texts(one: Difference, brackets: str) -> tuple[str, str]:
    if one.what not in (What.CHANGED, What.REWRITTEN):
        return one.before, one.after
    return _excerpt(one.before, one.cut, one.put, brackets), _excerpt(one.after, one.put, one.cut, brackets)


def _excerpt(text: str, mine: Iterable[Span], others: Iterable[Span], brackets: str) -> str:
    """`text` with its changed characters between brackets, long stretches without a change left out."""
    mine = list(mine)
    if mine == [(0, len(text))]:  # marks around everything would tell nothing
        return text
    if len(text) <= _SHORT:
        return marked(text, mine, brackets)
    # What the other text has more stands before some character of this one, or behind the last.
    points = mine + [(at, at + 1) for at in (min(at, len(text) - 1) for at in _opposite(mine, others))]
    told: list[str] = []
    for clause in _CLAUSE.finditer(text):
        start, end = clause.span()
        if any(start < last and first < end for first, last in points):
            inside = [(max(a, start) - start, min(b, end) - start) for a, b in mine if a < end and b > start]
            told.append(marked(clause[0], inside, brackets))
        elif clause[0] and told[-1:] != [_LEFT_OUT]:
            told.append(_LEFT_OUT)
    return "".join(told).replace(brackets[::-1], "")  # a change that goes on over the end of a clause is one


def _opposite(mine: Iterable[Span], others: Iterable[Span]) -> Iterator[int]:
    """Where in this text the spans of the other one would stand."""
    longer = 0
    for start, end in others:
        at = start - longer  # so many characters before it are the same in both
        longer += end - start
        for first, last in mine:
            at += last - first if first <= at else 0
        yield at


def _where(comparison: Comparison, one: Difference, say: Say) -> str:
    if one.at.field:
        return one.at.field
    side = comparison.old if one.what is What.DROPPED and one.old else comparison.new
    if one.at.indicator:
        found = side.filing.indicator(one.at.indicator)
        if found is None:
            return ""
        name = _named(side.template, found.tree, found.columns)
        return f"{found.level1}\n{found.level2}" + (f"“{name}”" if name else "")
    rows = side.filing.rows(one.at.table)
    number, row = next(((n, row) for n, row in enumerate(rows, 1) if row.id == one.at.row), (0, None))
    return f"{one.at.table} " + (row.label if row and row.label else say(_ROW, {"number": number}))


def _named(template: Template, tree: str, columns: dict[str, str]) -> str:
    role = template.trees[tree].by_role(Role.NAME) if tree in template.trees else None
    return " ".join(columns.get(role.name, "").split()) if role else ""


def _seat(seat: Seat | None, say: Say) -> str:
    if seat is None:
        return ""
    told = say(_ITEM if seat.level2 else _ROW, {"number": seat.number})
    return f"{seat.level2} {told}".strip()
