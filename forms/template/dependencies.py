"""What reads what in a template: the formulas with their owners, the names they read, and who reads a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from forms.formula import Formula
from forms.template.blocks import TREE
from forms.template.model import Field, Table, Template, Tree

Key = tuple[str, str]
"""(table or tree, column); a field has an empty first, a block as a whole an empty second."""

RULE = "=rule"  # (RULE, name) is a reader beside computed fields and columns
ABROAD: Key = ("=form", "")  # what is read of other forms


def blocks(template: Template) -> tuple[Table | Tree, ...]:
    """The tables and trees of a template."""
    return (*template.tables.values(), *template.trees.values())


@dataclass(frozen=True, slots=True)
class Owned:
    """A formula, the path of keys under which it is written, whose it is, and the block from whose rows it is seen."""

    path: tuple[str, ...]
    name: str
    formula: Formula
    row_of: Table | Tree | None = None


def owned_formulas(template: Template) -> Iterator[Owned]:
    """Every formula of a template: of fields, of columns, of rules."""
    for field in template.fields.values():
        if field.formula:
            yield Owned(("字段", field.name), field.name, field.formula)
    for block in blocks(template):
        for column in block.columns:
            if column.formula:
                yield Owned(path_of(template, block.name, column.name), column.name, column.formula, block)
    for rule in template.rules:
        row_of = template.tables.get(rule.each) or template.trees.get(rule.each)
        yield Owned(("规则", rule.name), rule.name, rule.formula, row_of)


def formulas(template: Template) -> Iterator[tuple[str, Formula, tuple[Field, ...]]]:
    """Every formula with the field, column or rule that owns it and the columns it sees beside the fields."""
    return ((one.name, one.formula, one.row_of.columns if one.row_of else ()) for one in owned_formulas(template))


def path_of(template: Template, owner: str, column: str = "") -> tuple[str, ...]:
    """The keys under which a field, a block or its column is written."""
    if not owner:
        return "字段", column
    if owner in template.trees:
        named = () if owner == TREE and len(template.trees) == 1 else (owner,)
        return ("指标", *named, "列", column) if column else ("指标", *named)
    return ("表", owner, "列", column) if column else ("表", owner)


@lru_cache(maxsize=64)
def computed_reads(template: Template) -> Mapping[Key, tuple[Key, ...]]:
    """What each computed field or column reads; a bare name in a column is of its own row first."""
    reads: dict[Key, tuple[Key, ...]] = {}
    for field in template.fields.values():
        if field.formula:
            reads[("", field.name)] = keys_of(field.formula, None)
    for block in blocks(template):
        for column in block.columns:
            if column.formula:
                reads[(block.name, column.name)] = keys_of(column.formula, block)
    return reads


def keys_of(formula: Formula, row_of: Table | Tree | None) -> tuple[Key, ...]:
    """The fields and columns of the form itself that a formula reads, seen from a row of `row_of`."""
    own = {column.name for column in row_of.columns} if row_of else set()
    return tuple(
        (name.table or (row_of.name if row_of and name.name in own else ""), name.name)
        for name in formula.names
        if not name.form
    )


def circles(reads: Mapping[Key, tuple[Key, ...]]) -> list[Key]:
    """Those that read themselves in the end, in order: what is left when all that end somewhere are taken away."""
    readers: dict[Key, list[Key]] = {}
    for reader, names in reads.items():
        for name in names:
            readers.setdefault(name, []).append(reader)
    left = _peeled({key: [one for one in names if one in reads] for key, names in reads.items()}, readers)
    backwards = {key: [one for one in readers.get(key, ()) if one in left] for key in left}
    left = _peeled(backwards, {key: [one for one in reads[key] if one in left] for key in left})
    return [key for key in reads if key in left]


def _peeled(waits_for: Mapping[Key, list[Key]], freed: Mapping[Key, list[Key]]) -> set[Key]:
    """Take away, again and again, whatever waits for nothing; gives what stays."""
    count = {key: len(names) for key, names in waits_for.items()}
    ready = [key for key, waiting in count.items() if not waiting]
    left = set(waits_for)
    while ready:
        key = ready.pop()
        left.discard(key)
        for other in freed.get(key, ()):
            if other in count:
                count[other] -= 1
                if not count[other]:
                    ready.append(other)
    return left


@lru_cache(maxsize=64)
def readers(template: Template) -> Mapping[Key, frozenset[Key]]:
    """Who reads each name: computed fields and columns, and rules as (RULE, name)."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for reader, names in computed_reads(template).items():
        for name in names:
            found[name].add(reader)
    for one in owned_formulas(template):
        reader = (RULE, one.name) if one.path[0] == "规则" else (one.row_of.name if one.row_of else "", one.name)
        if any(name.form for name in one.formula.names):
            found[ABROAD].add(reader)
        if reader[0] == RULE:
            for name in keys_of(one.formula, one.row_of):
                found[name].add(reader)
                table = template.tables.get(name[0])
                if table and table.level_column:  # 分级汇总 reads it unnamed
                    found[(table.name, table.level_column)].add(reader)
            if one.row_of:  # as many verdicts as rows
                found[(one.row_of.name, "")].add(reader)
    return {name: frozenset(some) for name, some in found.items()}
