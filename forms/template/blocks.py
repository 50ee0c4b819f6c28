"""Tables (表) and indicator trees (指标) of a template, read from their maps."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from forms.language import N_
from forms.template.drawing import LEVEL1, LEVEL2, MAX_COLUMNS
from forms.template.expected import check_name, digits, mapping, text, whole, word, words
from forms.template.model import Branch, Field, Limb, Role, Table, Tree
from forms.template.spelling import Owner, read_field
from forms.template.tree import Faults, Items, Map, Node, Text, check_keys

MAX_TABLE_ROWS = 5_000
MAX_PRESET = 50
TREE = "指标"  # the name of a template's only tree
HOLE = re.compile(r"\{([^{}:]*+)(?::([^{}]*+))?\}")  # in 样: {名称}, {n}, {n:一}
SERIAL_STYLES = ("", "1", "一")

_TABLE_KEYS = ("列", "行", "无格", "级", "样")
_TREE_KEYS = ("列", "树", "印", "同", "至少", "必填")
_PRINT_WORDS = {"一级指标": ("合并", "逐行"), "二级指标": ("合并", "逐行"), "空行": ("印", "不印")}
_FREE = "自填"


def read_tables(root: Map, faults: Faults) -> dict[str, Table]:
    """The tables by name; `行` is `1..40` or the labels of fixed rows, `无格` the cells that do not exist."""
    spelt = mapping(root, "表", faults)
    tables = {}
    for name, node in spelt:
        if isinstance(node, Map):
            check_name(name, spelt.lines[name], faults)
            tables[name] = _table(name, node, faults)
        else:
            faults.add(spelt.lines[name], N_("表“{name}”应写明“列”和“行”。"), name=name)
    return tables


def _table(name: str, node: Map, faults: Faults) -> Table:
    check_keys(node, _TABLE_KEYS, faults)
    table = Table(name, _columns(name, node, Owner.TABLE, faults), pattern=text(node, "样", faults))
    rows = node.get("行")
    if isinstance(rows, Items):
        table = replace(table, labels=_labels(name, node, faults))
    elif rows is not None:
        table = _range(table, word(node, "行", faults), node.lines["行"], faults)
    if table.pattern:
        _check_pattern(table, node.lines["样"], faults)
    return _levels(_absent(table, node, faults), node, faults)


def _labels(name: str, node: Map, faults: Faults) -> tuple[str, ...]:
    labels = words(node, "行", faults)
    if not labels or len(set(labels)) != len(labels) or len(labels) > MAX_TABLE_ROWS:
        faults.add(node.lines["行"], N_("表“{table}”的行名有重复的，或者一行也没有。"), table=name)
    return labels


def _range(table: Table, spelt: str, line: int, faults: Faults) -> Table:
    least, dots, most = (part.strip() for part in spelt.partition(".."))
    numbers = digits(least, MAX_TABLE_ROWS), digits(most or str(MAX_TABLE_ROWS), MAX_TABLE_ROWS)
    if not dots or numbers[0] is None or numbers[1] is None or not numbers[0] <= numbers[1] > 0:
        message = N_("表“{table}”的行数应写成 1..40，至多 {most} 行。")
        faults.add(line, message, table=table.name, most=MAX_TABLE_ROWS)
        return table
    return replace(table, least=numbers[0], most=numbers[1])


def _check_pattern(table: Table, line: int, faults: Faults) -> None:
    holes = HOLE.findall(table.pattern)
    names = [column.name for column in table.columns]
    for name, style in holes:
        if name == "n" and style not in SERIAL_STYLES:
            faults.add(line, N_("“样”中的序号只能写成 {n} 或 {n:一}。"))
        elif name != "n" and (name not in names or style):
            messages = (
                N_("“样”中的“{name}”不是表“{table}”的列。"),
                N_("“样”中的“{name}”不是表“{table}”的列，是不是“{near}”？"),
            )
            faults.unknown(line, messages, name, names, table=table.name)
    drawn = Counter(name for name, _ in holes)
    for name in names:
        if drawn[name] != 1:
            faults.add(line, N_("“样”中“{name}”应写一次。"), name=name)


def _absent(table: Table, node: Map, faults: Faults) -> Table:
    spelt = mapping(node, "无格", faults)
    absent: set[tuple[str, str]] = set()
    for label in spelt.entries:
        line = spelt.lines[label]
        if label not in table.labels:
            messages = (
                N_("“无格”中的“{name}”不是表“{table}”的行。"),
                N_("“无格”中的“{name}”不是表“{table}”的行，是不是“{near}”？"),
            )
            faults.unknown(line, messages, label, table.labels, table=table.name)
        for column in words(spelt, label, faults):
            if table.column(column) is None:
                faults.add(line, N_("“无格”中的“{name}”不是表“{table}”的列。"), name=column, table=table.name)
            absent.add((label, column))
    return replace(table, absent=frozenset(absent))


def _levels(table: Table, node: Map, faults: Faults) -> Table:
    spelt = node.get("级")
    if spelt is None:
        return table
    line = node.lines["级"]
    lengths: list[int] = []
    if isinstance(spelt, Text):
        column = spelt.text.strip()
    else:
        pairs = mapping(node, "级", faults)
        column = next(iter(pairs.entries), "") if len(pairs.entries) == 1 else ""
        spelt_lengths = words(pairs, column, faults) if column else ()
        lengths = [number if (number := digits(length, 100)) is not None else -1 for length in spelt_lengths]
    if table.column(column) is None or lengths != sorted(set(lengths)) or -1 in lengths or lengths == [0]:
        message = N_("“级”应写成“科目编码: [3, 5, 7]”或“层次”，列须在表“{table}”中，长度由短到长。")
        faults.add(line, message, table=table.name)
    return replace(table, level_column=column, level_lengths=tuple(lengths))


def _columns(owner: str, node: Map, kind: Owner, faults: Faults) -> tuple[Field, ...]:
    spelt = mapping(node, "列", faults)
    if not spelt.entries or len(spelt.entries) > MAX_COLUMNS:
        faults.add(spelt.line, N_("“{owner}”应写明“列”，至多 {most} 列。"), owner=owner, most=MAX_COLUMNS)
        return ()
    return tuple(read_field(name, node, kind, faults) for name, node in spelt)


def read_trees(root: Map, faults: Faults) -> dict[str, Tree]:
    """The trees by name: a map with 列 and 树 is the only tree, named 指标; otherwise each key names one."""
    spelt = mapping(root, "指标", faults)
    if "树" in spelt.entries or "列" in spelt.entries:
        return {TREE: _tree(TREE, spelt, faults)}
    trees: dict[str, Tree] = {}
    for name, node in spelt:
        if not isinstance(node, Map):
            faults.add(spelt.lines[name], N_("指标“{name}”应写明“列”和“树”。"), name=name)
        elif check_name(name, spelt.lines[name], faults):
            trees[name] = _same(name, node, trees, faults) if "同" in node.entries else _tree(name, node, faults)
    return trees


def _same(name: str, node: Map, trees: dict[str, Tree], faults: Faults) -> Tree:
    """A tree like one before it (同); nothing else may be said of it."""
    check_keys(node, ("同",), faults)
    other = trees.get(word(node, "同", faults))
    if other is None:
        faults.add(node.lines["同"], N_("“同: {name}”之前没有这样一棵指标树。"), name=word(node, "同", faults))
        return Tree(name, (), ())
    return replace(other, name=name)


def _tree(name: str, node: Map, faults: Faults) -> Tree:
    check_keys(node, _TREE_KEYS, faults)
    columns = _columns(name, node, Owner.TREE, faults)
    _check_columns(name, columns, node, faults)
    spelt = mapping(node, "树", faults)
    limbs = tuple(Limb(label, tuple(_branches(label, spelt, faults))) for label in spelt.entries)
    labels = [label for limb in limbs for label in (limb.label, *(branch.label for branch in limb.branches))]
    for label in labels:
        check_name(label, spelt.line, faults)
    if not limbs or len(labels) > MAX_TABLE_ROWS:
        faults.add(spelt.line, N_("指标“{name}”应写明“树”，各级合起来至多 {most} 项。"), name=name, most=MAX_TABLE_ROWS)
    tree = Tree(name, columns, limbs, least=whole(node, "至少", MAX_TABLE_ROWS, faults) or 0)
    return _printed(_demanded(tree, node, faults), node, faults)


def _check_columns(name: str, columns: tuple[Field, ...], node: Map, faults: Faults) -> None:
    line = node.lines.get("列", node.line)
    if columns and sum(column.role is Role.NAME for column in columns) != 1:
        faults.add(line, N_("指标“{name}”应有且只有一列是“名称”。"), name=name)
    for column in columns:
        if column.name in (LEVEL1, LEVEL2):
            faults.add(line, N_("“{name}”不用写在“列”里，它来自“树”。"), name=column.name)


def _demanded(tree: Tree, node: Map, faults: Faults) -> Tree:
    required = words(node, "必填", faults)
    known = {label for limb in tree.limbs for label in (limb.label, *(branch.label for branch in limb.branches))}
    for label in required:
        if label not in known:
            messages = N_("“必填”中的“{name}”不在“树”里。"), N_("“必填”中的“{name}”不在“树”里，是不是“{near}”？")
            faults.unknown(node.lines["必填"], messages, label, known)
    return replace(tree, required=required)


def _branches(limb: str, parent: Map, faults: Faults) -> list[Branch]:
    """The 二级 of one 一级: texts, or labels with the rows kept free for them, or with 自填."""
    branches: list[Branch] = []
    node, line = parent.entries[limb], parent.lines[limb]
    for item in node.items if isinstance(node, Items) else (node,):
        if isinstance(item, Map):
            branches += [_branch(label, value, item.lines[label], faults) for label, value in item]
        elif isinstance(item, Text) and item.text.strip():
            branches.append(Branch(item.text.strip()))
        else:
            faults.add(line, N_("“{limb}”下面应是二级指标的名称，如 [数量指标, 质量指标]。"), limb=limb)
    counts = Counter(branch.label for branch in branches)
    for label in (label for label, count in counts.items() if count > 1):
        faults.add(line, N_("“{limb}”下面“{label}”写了两次。"), limb=limb, label=label)
    return branches


def _branch(label: str, node: Node, line: int, faults: Faults) -> Branch:
    said = node.text.strip() if isinstance(node, Text) else ""
    preset = digits(said, MAX_PRESET) or 0
    if said != _FREE and not preset:
        message = N_("“{label}”后面应是预留的行数（1 到 {most}）或“自填”。")
        faults.add(line, message, label=label, most=MAX_PRESET)
    return Branch(label, preset=preset or 1, free=said == _FREE)


def _printed(tree: Tree, node: Map, faults: Faults) -> Tree:
    spelt = mapping(node, "印", faults)
    check_keys(spelt, _PRINT_WORDS, faults)
    said = {key: word(spelt, key, faults) for key in _PRINT_WORDS}
    for key, allowed in _PRINT_WORDS.items():
        if said[key] and said[key] not in allowed:
            faults.add(spelt.lines[key], N_("“{key}”只能写{allowed}。"), key=key, allowed="、".join(allowed))
    return replace(
        tree,
        each_level1=said["一级指标"] == "逐行",
        each_level2=said["二级指标"] == "逐行",
        print_empty=said["空行"] != "不印",
    )
