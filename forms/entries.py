"""What can be said of one entry alone: it is required and empty, cannot be read, is too long, is not on the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.commands import SetValue
from forms.filing import Filing, Indicator, Place, Row
from forms.language import N_
from forms.problem import Fix, Problem, Severity
from forms.template.model import Field, Role, Table, Template, Tree
from forms.typeset.fonts import missing
from forms.units import unit_of
from forms.values import Kind, Unread, fold, read

_UNREAD_RULES = {
    Kind.MONEY: "R-MONEY-FMT", Kind.YEAR: "R-YEAR", Kind.DATE: "R-DATE", Kind.PERCENT: "R-PLAN-FMT",
    Kind.INTEGER: "R-NUM-FMT", Kind.CHOICE: "R-ENUM",
}  # fmt: skip
# What filers leave in a place they have nothing for (domain.md 14, placeholders); 无 says nothing only where a name or
# a required text is asked for.
_PLACEHOLDERS = frozenset(["-", "--", "—", "——", "/", "…", "……", "...", "......", "XX", "××", "**", "_"])
_UNFILLED = _PLACEHOLDERS | {"无"}


def is_filled(text: str) -> bool:
    """Whether a name or a required text says anything: it is neither empty nor what filers put for nothing."""
    return bool(text.strip()) and fold(text) not in _UNFILLED


def is_placeholder(text: str) -> bool:
    """Whether a text is nothing but what filers leave in a place they have nothing for."""
    return fold(text) in _PLACEHOLDERS


def field_problems(template: Template, filing: Filing, field: Field) -> Iterator[Problem]:
    """What is wrong with one field of the form."""
    at = Place(field=field.name)
    text = filing.values.get(field.name, "")
    if field.required and field.formula is None:
        yield from _required(field, at, text)
    yield from _text_problems(template, field, at, text)


def row_problems(template: Template, table: Table, row: Row) -> Iterator[Problem]:
    """What is wrong with one row of a table; an empty row is neutral."""
    for column in table.columns:
        at = Place(table=table.name, row=row.id, column=column.name)
        text = row.cells.get(column.name, "")
        exists = (row.label, column.name) not in table.absent
        if exists and column.required and column.formula is None and _filled(row.cells):
            yield from _required(column, at, text)
        if exists or fold(text) not in _PLACEHOLDERS:
            yield from _text_problems(template, column, at, text)
    yield from _level_problems(table, row)


def _level_problems(table: Table, row: Row) -> Iterator[Problem]:
    """Whether a row of an outline says how deep it stands, which nothing printed tells."""
    if not table.level_column or table.level_lengths or row.cells.get(table.level_column, "").strip():
        return
    at = Place(table=table.name, row=row.id, column=table.level_column)
    if _filled(row.cells):
        yield Problem("R-LEVEL", Severity.WARNING, at, N_("这一行的层次没有填，分级汇总核对不到它。"))


def indicator_problems(template: Template, tree: Tree, indicator: Indicator) -> Iterator[Problem]:
    """What is wrong with one indicator; an empty one is neutral."""
    if not _filled(indicator.columns):
        return
    name = tree.by_role(Role.NAME)
    named = name is None or fold(indicator.columns.get(name.name, "")) not in _UNFILLED
    for column in tree.columns:
        at = Place(indicator=indicator.id, column=column.name)
        text = indicator.columns.get(column.name, "")
        if column.role is Role.NAME and (not text.strip() or not named):
            said = N_("名称写的是“{text}”；没有这项指标就把整行清空。")
            message = said if text.strip() else N_("这一行有内容而没有指标名称。")
            yield Problem("R-NAME-EMPTY", Severity.ERROR, at, message, {"text": text.strip()})
        elif column.required and named and (not text.strip() or fold(text) in _PLACEHOLDERS):
            rule = "R-VAL-EMPTY" if column.role is Role.VALUE else "R-REQ"
            yield Problem(rule, Severity.ERROR, at, N_("“{name}”没有填写。"), {"name": column.name})
        yield from _text_problems(template, column, at, text)


def count_problems(filing: Filing, table: Table) -> Iterator[Problem]:
    """Whether a free table has as many rows as the form asks for."""
    rows = sum(1 for row in filing.rows(table.name) if _filled(row.cells))
    at = Place(table=table.name)
    if not table.labels and rows < table.least:
        message = N_("表“{name}”至少要填 {least} 行，现有 {rows} 行。")
        params = {"name": table.name, "least": str(table.least), "rows": str(rows)}
        yield Problem("R-REQ", Severity.ERROR, at, message, params)
    if rows > table.most:
        message = N_("表“{name}”至多 {most} 行，现有 {rows} 行。")
        params = {"name": table.name, "most": str(table.most), "rows": str(rows)}
        yield Problem("R-LEN", Severity.ERROR, at, message, params)


def tree_problems(filing: Filing, tree: Tree) -> Iterator[Problem]:
    """Whether a tree has the indicators the form asks for: 至少 so many, and one under each 一级 or 二级 of 必填."""
    filled = [one for one in filing.indicators if one.tree == tree.name and _filled(one.columns)]
    at = Place(table=tree.name)
    if len(filled) < tree.least:
        params = {"least": str(tree.least), "count": str(len(filled))}
        yield Problem("R-MIN-COUNT", Severity.ERROR, at, N_("至少要填 {least} 条指标，现有 {count} 条。"), params)
    labels = {label for one in filled for label in (one.level1, one.level2)}
    for label in tree.required:
        if label not in labels:
            yield Problem("R-CAT-EMPTY", Severity.ERROR, at, N_("“{label}”下至少要有一条指标。"), {"label": label})


def _required(field: Field, at: Place, text: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem("R-REQ", Severity.ERROR, at, N_("“{name}”必须填写。"), {"name": field.name})
    elif fold(text) in _UNFILLED:
        message = N_("“{name}”写的是“{text}”，等于没有填；请写明内容。")
        yield Problem("R-REQ", Severity.ERROR, at, message, {"name": field.name, "text": text.strip()})


def _filled(texts: Mapping[str, str]) -> bool:
    return any(text.strip() for text in texts.values())


def _text_problems(template: Template, field: Field, at: Place, text: str) -> Iterator[Problem]:
    if not text:
        return
    if field.limit and len(text) > field.limit:
        params = {"name": field.name, "limit": str(field.limit), "count": str(len(text))}
        message = N_("“{name}”至多 {limit} 字，现有 {count} 字。")
        yield Problem("R-LEN", Severity.ERROR, at, message, params, span=(field.limit, len(text)))
    if unprinted := missing(text):
        at_first = text.index(unprinted[0])
        params = {"name": field.name, "characters": "、".join(unprinted)}
        message = N_("“{name}”中的“{characters}”字库里没有，印不出来；请换成别的写法。")
        yield Problem("R-GLYPH", Severity.ERROR, at, message, params, span=(at_first, at_first + 1))
    if not field.fillable:
        return
    value = read(field.kind, text, unit=unit_of(field, template), choices=field.choices, places=field.places)
    if isinstance(value, Unread):
        severity = Severity.WARNING if field.kind is Kind.CHOICE else Severity.ERROR
        fix = None
        if value.suggestion is not None:
            fix = Fix(N_("改为“{text}”"), (SetValue(at, value.suggestion),), {"text": value.suggestion})
        rule = _UNREAD_RULES.get(field.kind, "R-READ")
        yield Problem(rule, severity, at, value.message, dict(value.params), span=(0, len(text)), fix=fix)
