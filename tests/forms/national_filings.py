"""The national forms, each filled in: what `national_filings.yaml` says as filings, and how they stand on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

import yaml

from forms.filing import Filing, Indicator, Row, TemplateRef
from forms.grid.arrange import arrange
from forms.rules import Review
from forms.template.dependencies import blocks
from forms.template.model import Field, Table, Template, Tree
from forms.templates import Templates
from forms.values import Kind
from tests.forms.importers.untidy_files import Block, Box
from tests.forms.importers.untidy_files import Table as DrawnTable

Values: TypeAlias = dict[str, str]
Tables: TypeAlias = dict[str, list[tuple[str, dict[str, str]]]]
Indicators: TypeAlias = list[tuple[str, str, str, dict[str, str]]]

FILLED = Path(__file__).with_name("national_filings.yaml")


@cache
def national() -> dict[str, Template]:
    """The shipped templates of the Ministry of Finance by 编号."""
    return {one.id: one for one in Templates.shipped() if one.id.startswith("mof-")}


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILLED.read_text(encoding="utf-8"))
    return told


def empty(template: Template) -> Filing:
    """The form as it is begun: nothing in it."""
    return Filing("0123456789abcdef", TemplateRef(template.id, template.version, template.digest))


def filled(ident: str) -> Filing:
    """The example filing on the template `ident`."""
    template, told = national()[ident], _told()[ident]
    trees = ((template.trees[name], branches) for name, branches in told.get("指标", {}).items())
    return empty(template).replace(
        year=told["值"]["年度"],
        values=dict(told["值"]),
        tables={name: _rows(template.tables[name], rows) for name, rows in told.get("表", {}).items()},
        indicators=tuple(one for tree, branches in trees for one in _indicators(tree, branches)),
    )


def _rows(table: Table, rows: list[list[str]]) -> tuple[Row, ...]:
    columns = [one for one in table.columns if one.kind is not Kind.ROW_LABEL]
    labels = table.labels or ("",) * len(rows)
    return tuple(
        Row(f"{table.name}{number}", _cells(columns, texts), label)
        for number, (label, texts) in enumerate(zip(labels, rows, strict=True))
    )


def _cells(columns: list[Field], texts: list[str]) -> dict[str, str]:
    typed = [one.name for one in columns if one.formula is None or one.proposes]
    return {name: text for name, text in zip(typed, texts, strict=False) if text}


def _indicators(tree: Tree, branches: dict[str, list[list[str]]]) -> list[Indicator]:
    limbs = {branch.label: limb.label for limb in tree.limbs for branch in limb.branches}
    return [
        Indicator(f"{tree.name}{label}{number}", limbs[label], label, _cells(list(tree.columns), texts), tree.name)
        for label, rows in branches.items()
        for number, texts in enumerate(rows)
    ]


def on_paper(review: Review, renamed: Mapping[str, str] = MappingProxyType({})) -> list[Block]:
    """The printed form as paragraphs and a table, for writing it into files; `renamed` gives labels other words."""
    drawn: list[Block] = []
    for grid in arrange(review.template, review.filing, review.computed):
        table = None
        for row in range(len(grid.heights)):
            cells = sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.col)
            if cells and not cells[0].style.border:
                table = None
                drawn += [line for cell in cells for line in cell.text.split("\n")]
                continue
            if table is None:
                table = DrawnTable()
                drawn.append(table)
            table.rows.append([Box(renamed.get(_plain(cell.text), cell.text), cell.cols, cell.rows) for cell in cells])
    return drawn


def _plain(text: str) -> str:
    return "".join(text.split())


def typed(template: Template, filing: Filing) -> tuple[Values, Tables, Indicators]:
    """What people typed into a filing: without ids, empty rows, and texts where the form calculates."""
    computed = {block.name: {one.name for one in block.columns if one.formula} for block in blocks(template)}
    fields = {name for name, field in template.fields.items() if field.formula}
    return (
        {name: text for name, text in filing.values.items() if name not in fields},
        {
            table: [(row.label, cells) for row in rows if (cells := _without(row.cells, computed[table]))]
            for table, rows in filing.tables.items()
        },
        [(one.tree, one.level1, one.level2, _without(one.columns, computed[one.tree])) for one in filing.indicators],
    )


def _without(texts: Mapping[str, str], names: set[str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name not in names}
