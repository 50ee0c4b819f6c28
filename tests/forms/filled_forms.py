"""The templates to test with, filings on them (tidy ones and wild ones), and commands that fit a filing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

from forms.commands import (
    AddIndicator,
    AddRow,
    Batch,
    Command,
    DropIndicator,
    DropRow,
    Leaf,
    MoveIndicator,
    MoveRow,
    SetMeta,
    SetValue,
)
from forms.files import resource
from forms.filing import Filing, Indicator, Membership, Place, Row, TemplateRef
from forms.template.load import is_set, load
from forms.template.model import Field, Table, Template, Tree
from forms.values import Kind
from tests.reliability.campaign import rounds

FOLDERS = (resource("templates"), Path(__file__).parents[1] / "fixtures" / "templates")
FILES = sorted(path for folder in FOLDERS for path in folder.glob("*.yaml"))
TEMPLATES = [load(text, path.name) for path in FILES if not is_set(text := path.read_text(encoding="utf-8"))]
BY_ID = {template.id: template for template in TEMPLATES}

FEW = settings(max_examples=rounds(20, 400), deadline=None)
"""For a law that is tried on every template."""

_TIDY = {
    Kind.MONEY: "12.5", Kind.PERCENT: "25", Kind.YEAR: "2026", Kind.DATE: "2026年3月31日", Kind.INTEGER: "3",
    Kind.CODE: "0201", Kind.LONG: "完成年度任务，保障正常运转。", Kind.TEXT: "样例文字", Kind.REGION: "中山市",
}  # fmt: skip


def blank(template: Template, **changes: object) -> Filing:
    """A filing on `template` in which nothing is filled in."""
    return Filing("f", TemplateRef(template.id, template.version, template.digest), year="2026").replace(**changes)


def tidy(template: Template) -> Filing:
    """A filing with something in every field, two rows a table, one indicator under every second 二级."""
    branches = [(tree, limb.label, branch.label) for tree in template.trees.values()
                for limb in tree.limbs for branch in limb.branches]  # fmt: skip
    return blank(
        template,
        set=Membership("s", "三"),
        values={name: _text(field) for name, field in template.fields.items() if not field.formula},
        tables={name: _rows(table) for name, table in template.tables.items()},
        indicators=tuple(
            Indicator(f"i{number}", level1, level2, _texts(tree.columns), tree.name)
            for number, (tree, level1, level2) in enumerate(branches[::2])
        ),
    )


def _text(field: Field) -> str:
    return field.choices[0] if field.choices else _TIDY[field.kind]


def _texts(columns: Sequence[Field]) -> dict[str, str]:
    typed = [one for one in columns if not one.formula and (one.choices or one.kind in _TIDY)]
    return {one.name: _text(one) for one in typed}


def _rows(table: Table) -> tuple[Row, ...]:
    labels = table.labels or ("", "")
    rows = []
    for number, label in enumerate(labels):
        cells = {name: text for name, text in _texts(table.columns).items() if (label, name) not in table.absent}
        if table.level_column and not table.level_lengths:
            cells[table.level_column] = str(number + 1)
        rows.append(Row(f"{table.name}{number}", cells, label))
    return tuple(rows)


TYPED = (
    "", "", "12", "3.50", "220万", "50万元", "2022年", "25%", "12a", "中山", "2022-01-01", "无", "…", " ", "０２",
    "1.2.3", "为“亚青会”的顺利举办提供\n生态环境保障，确保不发生较大以上环境事件", "≥90%", "√", "其他",
)  # fmt: skip


def texts(choices: Sequence[str] = ()) -> st.SearchStrategy[str]:
    """What people type, and anything else."""
    return st.sampled_from((*TYPED, *choices)) | st.text(
        st.characters(codec="utf-8", exclude_characters="\r"), max_size=8
    )


def filled(columns: Sequence[Field]) -> st.SearchStrategy[dict[str, str]]:
    """Texts in some of `columns`; an empty one leaves no key behind."""
    options = {one.name: texts(one.choices) for one in columns if not one.formula}
    return st.fixed_dictionaries({}, optional=options).map(lambda found: {k: v for k, v in found.items() if v})


def rows_of(table: Table) -> st.SearchStrategy[tuple[Row, ...]]:
    """Some rows, now and then under a label the table does not have or has already."""
    label = st.sampled_from((*table.labels, "未知行")) if table.labels else st.just("")
    rows = st.lists(st.tuples(label, filled(table.columns)), max_size=4)
    return rows.map(lambda some: tuple(Row(f"r{n}", cells, name) for n, (name, cells) in enumerate(some)))


def branch_of(tree: Tree) -> st.SearchStrategy[tuple[str, str]]:
    """A branch of the tree, or one it does not have."""
    known = [(limb.label, branch.label) for limb in tree.limbs for branch in limb.branches]
    return st.sampled_from((*known, (tree.limbs[0].label, "别的指标"), ("没有的一级", "没有的二级")))


@st.composite
def filings(draw: st.DrawFn, template: Template) -> Filing:
    """Any filing on `template`."""
    indicators: list[Indicator] = []
    for tree in template.trees.values():
        for level1, level2 in draw(st.lists(branch_of(tree), max_size=4)):
            columns = draw(filled(tree.columns))
            indicators.append(Indicator(f"i{len(indicators)}", level1, level2, columns, tree.name))
    tables = {name: draw(rows_of(table)) for name, table in template.tables.items()}
    position = draw(st.sampled_from((None, Membership("s"), Membership("s", "3"))))
    return blank(
        template, set=position, values=draw(filled(list(template.fields.values()))),
        tables={name: rows for name, rows in tables.items() if rows}, indicators=tuple(indicators),
    )  # fmt: skip


@st.composite
def steps(draw: st.DrawFn, template: Template, filing: Filing, most: int = 6) -> list[Command]:
    """Commands that fit one after the other, some of them in batches."""
    commands: list[Command] = []
    for number in range(draw(st.integers(1, most))):
        some: list[Leaf] = []
        for part in range(draw(st.sampled_from((1, 1, 1, 3)))):
            some.append(draw(_leaf(template, filing, f"n{number}-{part}")))
            filing, _ = some[-1].apply(filing)
        commands.append(Batch(tuple(some)) if len(some) > 1 else some[0])
    return commands


def _leaf(template: Template, filing: Filing, fresh: str) -> st.SearchStrategy[Leaf]:
    position = st.integers(0, 5)
    options: list[st.SearchStrategy[Leaf]] = [st.builds(SetMeta, st.just("year"), st.sampled_from(("2026", "2027")))]
    options += [_put(Place(field=name), field) for name, field in template.fields.items() if not field.formula]
    for table in template.tables.values():
        new = st.builds(lambda cells: Row(fresh, cells), filled(table.columns))
        options.append(st.builds(AddRow, st.just(table.name), new, position))
        options += _on_rows(table, filing, position)
    for tree in template.trees.values():
        options.append(_grow(tree, fresh))
        options += _on_indicators(tree, filing, position)
    return st.one_of(options)


def _grow(tree: Tree, fresh: str) -> st.SearchStrategy[Leaf]:
    def command(at: tuple[str, str], columns: dict[str, str], position: int) -> Leaf:
        return AddIndicator(Indicator(fresh, at[0], at[1], columns, tree.name), position)

    return st.builds(command, branch_of(tree), filled(tree.columns), st.integers(0, 5))


def _put(at: Place, field: Field) -> st.SearchStrategy[Leaf]:
    return st.builds(SetValue, st.just(at), texts(field.choices))


def _on_rows(table: Table, filing: Filing, position: st.SearchStrategy[int]) -> list[st.SearchStrategy[Leaf]]:
    found: list[st.SearchStrategy[Leaf]] = []
    for row in filing.rows(table.name):
        found += [st.just(DropRow(table.name, row.id)), st.builds(partial(MoveRow, table.name, row.id), position)]
        found += [_put(Place(table=table.name, row=row.id, column=column.name), column)
                  for column in table.columns if not column.formula]  # fmt: skip
    return found


def _move(ident: str, to: tuple[str, str], position: int) -> Leaf:
    return MoveIndicator(ident, to[0], to[1], position)


def _on_indicators(tree: Tree, filing: Filing, position: st.SearchStrategy[int]) -> list[st.SearchStrategy[Leaf]]:
    found: list[st.SearchStrategy[Leaf]] = []
    for one in filing.indicators:
        if one.tree == tree.name:
            found += [st.just(DropIndicator(one.id)), st.builds(partial(_move, one.id), branch_of(tree), position)]
            found += [_put(Place(indicator=one.id, column=column.name), column)
                      for column in tree.columns if not column.formula]  # fmt: skip
    return found
