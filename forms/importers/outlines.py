"""The levels of the tables printed as outlines, told once all sheets of a form were read: others may have the codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from forms.importers.intake import Intake, Taken, TakenRow
from forms.importers.levels import INDENT, Outline, indented, numbered, outlined, unnumbered
from forms.language import N_
from forms.template.model import Table
from forms.units import unit_of
from forms.values import Kind, read


def settle(intake: Intake) -> None:
    """Fill in the hidden levels; the indent is what the form prints, so the texts are without it."""
    texts = {name: _texts(intake, name) for name in intake.rows if name in intake.template.tables}
    for name, names in texts.items():
        table = intake.template.tables[name]
        for row in intake.rows[name]:
            if table.outlined in row.cells:
                row.cells[table.outlined].text = row.cells[table.outlined].text.lstrip(INDENT)
        if table.level_column and not table.level_lengths:
            _settle(intake, table, names)


def _settle(intake: Intake, table: Table, texts: Sequence[str]) -> None:
    rows = intake.rows[table.name]
    outline = Outline(tuple(indented(texts)))
    if None in outline.levels:
        amounts = [_amount(intake, table, row) for row in rows]
        outline = outlined(texts, amounts, rounded=intake.template.rounded, known=_known(intake, texts))
        _tell(intake, table, texts, outline)
    for row, level in zip(rows, outline.levels, strict=True):
        if level is not None:
            row.cells[table.level_column] = Taken(str(level), str(level))


def _tell(intake: Intake, table: Table, texts: Sequence[str], outline: Outline) -> None:
    intake.note(table.name, N_("来文没有缩进，各行的层次是按编号和金额推出的，请核对。"))
    for head in outline.broken:
        message = N_("“{name}”下面各行的金额怎样分层都对不上，层次按最接近的一种填写，请核对金额和层次。")
        intake.note(table.name, message, name=texts[head].strip())
    if open_rows := outline.levels.count(None):
        message = N_("有 {count} 行的层次推不出来，这些行没有参加分级汇总的核对；请核对金额，并填上层次。")
        intake.note(table.name, message, count=str(open_rows))


def _known(intake: Intake, texts: Sequence[str]) -> Mapping[str, frozenset[int]]:
    """The levels at which the tables with codes have a name, of those that have most of the numbered rows' names."""
    heads = {unnumbered(text) for text, level in zip(texts, numbered(texts), strict=True) if level is not None}
    known: dict[str, set[int]] = {}
    for table in intake.template.tables.values():
        coded = list(_coded(intake, table)) if table.level_lengths else []
        if 2 * len(heads & {name for name, _ in coded}) >= len(heads):
            for name, level in coded:
                known.setdefault(name, set()).add(level)
    return {name: frozenset(levels) for name, levels in known.items()}


def _coded(intake: Intake, table: Table) -> Iterator[tuple[str, int]]:
    """The name and the level, from 1, of each row of a table that has a code."""
    top = 0 if 0 in table.level_lengths else 1
    for row in intake.rows.get(table.name, ()):
        code, name = (row.texts.get(column, "").strip() for column in (table.level_column, table.outlined))
        if code and name:
            yield unnumbered(name), table.level(code) + top


def _texts(intake: Intake, table: str) -> list[str]:
    outlined_by = intake.template.tables[table].outlined
    return [row.texts.get(outlined_by, "") for row in intake.rows[table]]


def _amount(intake: Intake, table: Table, row: TakenRow) -> Decimal | None:
    spec = next((column for column in table.columns if column.kind is Kind.MONEY), None)
    taken = row.cells.get(spec.name) if spec else None
    value = read(Kind.MONEY, taken.text, unit=unit_of(spec, intake.template)) if spec and taken else None
    return value if isinstance(value, Decimal) else None
