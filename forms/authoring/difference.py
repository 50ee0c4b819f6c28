"""What changed between two versions of a template, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from forms.authoring.pairing import paired_branches, paired_columns, paired_fields, paired_names, paired_trees
from forms.language import N_, sentence
from forms.template.model import Blank, Field, Part, Rule, Sheet, Table, Template, Tree, Words
from forms.template.spelling import label_key

ADDED, DROPPED, RENAMED, CHANGED = "added", "dropped", "renamed", "changed"

_ADDED = N_("{part}：增加“{name}”。")
_DROPPED = N_("{part}：去掉“{name}”。")
_RENAMED = N_("{part}：“{old}”改名为“{new}”。")
_CHANGED = N_("{part}“{name}”：{what}由“{old}”改为“{new}”。")
_SET = N_("{part}“{name}”：{what}定为“{new}”。")
_UNSET = N_("{part}“{name}”：不再写{what}，原为“{old}”。")
_SIMPLY = N_("{part}：由“{old}”改为“{new}”。")
_T = TypeVar("_T")
_LEVELS = {"error": "", "warning": "警告", "hint": "提示"}  # as the template writes them


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: the part of the template, what happened (added, dropped, renamed, changed), and the sentence."""

    part: str
    change: str
    message: str
    params: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return sentence(self.message, {"part": self.part} | self.params)

    def as_json(self) -> dict[str, object]:
        """The change for scripts."""
        return {"part": self.part, "change": self.change, **self.params, "message": str(self)}


def differences(old: Template, new: Template) -> list[Difference]:
    """What is different in `new`; nothing where both say the same."""
    return [
        *_overview(old, new),
        *_fields("字段", old.fields, new.fields, paired_fields(old.fields, old, new.fields, new)),
        *_tables(old, new),
        *_trees(old, new),
        *_sheets(old, new),
        *_rules(old, new),
        *_lists("别名", old.aliases, new.aliases, "、".join),
        *_lists("检查", old.checks, new.checks, str),
    ]


def _overview(old: Template, new: Template) -> Iterator[Difference]:
    told: dict[str, Callable[[Template], str]] = {
        "编号": lambda one: one.id, "模板": lambda one: one.name, "版本": lambda one: one.version,
        "适用": lambda one: one.region, "单位": lambda one: one.unit, "期间": lambda one: "、".join(one.periods),
        "取整": lambda one: _switch(one.rounded), "沿用": lambda one: one.follows, "生效": lambda one: one.valid_from,
        "失效": lambda one: one.valid_until, "待核": lambda one: _switch(one.awaiting),
    }  # fmt: skip
    for part, of in told.items():
        if of(old) != of(new):
            yield Difference(part, CHANGED, _SIMPLY, {"old": of(old), "new": of(new)})


def _switch(on: bool) -> str:
    return "是" if on else "否"


def _fields(
    part: str, old: Mapping[str, Field], new: Mapping[str, Field], pairs: Mapping[str, str]
) -> Iterator[Difference]:
    yield from _names(part, old, new, pairs)
    for name, own in pairs.items():
        before, after = _told_of(old[own]), _told_of(new[name])
        for what, text in after.items():
            yield from _change(part, name, what, before[what], text)


def _told_of(one: Field) -> dict[str, str]:
    """What is said of a field, by the words of the notation."""
    return {
        "类型": str(one.role or one.kind), "必填": _switch(one.required), "选项": "、".join(one.choices),
        "限": str(one.limit or ""), "位": "" if one.places is None else str(one.places), "单位": one.unit,
        "默认": one.default, "说明": one.help, "公式": one.formula.text if one.formula else "",
    }  # fmt: skip


def _names(
    part: str, old: Mapping[str, object], new: Mapping[str, object], pairs: Mapping[str, str]
) -> Iterator[Difference]:
    for name in old:
        if name not in pairs.values():
            yield Difference(part, DROPPED, _DROPPED, {"name": name})
    for name in new:
        if name not in pairs:
            yield Difference(part, ADDED, _ADDED, {"name": name})
        elif pairs[name] != name:
            yield Difference(part, RENAMED, _RENAMED, {"old": pairs[name], "new": name})


def _tables(old: Template, new: Template) -> Iterator[Difference]:
    pairs = paired_names(old.tables, old, new.tables, new)
    yield from _names("表", old.tables, new.tables, pairs)
    for name, own in pairs.items():
        before, after = old.tables[own], new.tables[name]
        columns, others = _columns(before), _columns(after)
        yield from _fields(f"表 {name}", columns, others, paired_fields(columns, old, others, new))
        for what, of in (("行", _rows), ("级", _levels), ("样", lambda one: one.pattern), ("无格", _absent)):
            yield from _change(f"表 {name}", name, what, of(before), of(after))


def _change(part: str, name: str, what: str, old: str, new: str) -> Iterator[Difference]:
    if old != new:
        message = _CHANGED if old and new else _SET if new else _UNSET
        yield Difference(part, CHANGED, message, {"name": name, "what": what, "old": old, "new": new})


def _columns(owner: Table | Tree) -> dict[str, Field]:
    return {column.name: column for column in owner.columns}


def _rows(table: Table) -> str:
    return "、".join(table.labels) or f"{table.least}..{table.most}"


def _levels(table: Table) -> str:
    return " ".join([table.level_column, *map(str, table.level_lengths)])


def _absent(table: Table) -> str:
    return "、".join(f"{label} {column}" for label, column in sorted(table.absent))


def _trees(old: Template, new: Template) -> Iterator[Difference]:
    pairs = paired_trees(old, new)
    yield from _names("指标", old.trees, new.trees, pairs)
    for name, own in pairs.items():
        before, after = old.trees[own], new.trees[name]
        part = name if name == "指标" else f"指标 {name}"
        columns = paired_columns(before, old, after, new)
        yield from _fields(part, _columns(before), _columns(after), columns)
        yield from _branches(part, before, after, new)
        for what, of in (
            ("至少", lambda one: str(one.least)),
            ("必填", lambda one: "、".join(one.required)),
            ("印", _printed),
        ):
            yield from _change(part, name, what, of(before), of(after))


def _printed(tree: Tree) -> str:
    return " ".join(
        word
        for on, word in (
            (tree.each_level1, "一级逐行"),
            (tree.each_level2, "二级逐行"),
            (not tree.print_empty, "空行不印"),
        )
        if on
    )


def _branches(part: str, old: Tree, new: Tree, target: Template) -> Iterator[Difference]:
    pairs = paired_branches(old, new, target)
    before = {(limb.label, branch.label): branch for limb in old.limbs for branch in limb.branches}
    after = {(limb.label, branch.label): branch for limb in new.limbs for branch in limb.branches}
    for seat in before.keys() - set(pairs.values()):
        yield Difference(part, DROPPED, _DROPPED, {"name": " ".join(seat)})
    for seat, branch in after.items():
        was = pairs.get(seat)
        if was is None:
            yield Difference(part, ADDED, _ADDED, {"name": " ".join(seat)})
            continue
        if was != seat:
            yield Difference(part, RENAMED, _RENAMED, {"old": " ".join(was), "new": " ".join(seat)})
        rows = [("自填" if one.free else str(one.preset)) for one in (before[was], branch)]
        yield from _change(part, " ".join(seat), "行数", *rows)


def _sheets(old: Template, new: Template) -> Iterator[Difference]:
    before, after = ({sheet.name: sheet for sheet in one.sheets} for one in (old, new))
    yield from _names("页", before, after, {name: name for name in after if name in before})
    for name, sheet in after.items():
        if name in before:
            yield from _drawing(f"版式 {name}".strip(), before[name], sheet)


def _drawing(part: str, old: Sheet, new: Sheet) -> Iterator[Difference]:
    told: dict[str, Callable[[Sheet], str]] = {
        "标题": lambda one: _spelt(one.title), "纸张": lambda one: one.paper.name,
        "抬头左": lambda one: _spelt(one.left),
        "抬头右": lambda one: _spelt(one.right), "每页": lambda one: "、".join(sorted(one.repeat)),
        "注": lambda one: "\n".join(one.notes), "落款": lambda one: " | ".join(map(_spelt, one.signature)),
        "列宽": lambda one: "、".join(f"{width:g}" for width in one.widths),
    }  # fmt: skip
    for what, of in told.items():
        if of(old) != of(new):
            yield Difference(f"{part} {what}", CHANGED, _SIMPLY, {"old": of(old), "new": of(new)})
    words, others = ([cell.words for cell in sheet.cells if cell.words] for sheet in (old, new))
    keys, other_keys = set(map(label_key, words)), set(map(label_key, others))
    for text in dict.fromkeys(words):
        if label_key(text) not in other_keys:
            yield Difference(part, DROPPED, N_("{part}：不再印“{name}”。"), {"name": text})
    for text in dict.fromkeys(others):
        if label_key(text) not in keys:
            yield Difference(part, ADDED, N_("{part}：加印“{name}”。"), {"name": text})
    if keys == other_keys and _shape(old) != _shape(new):
        yield Difference(part, CHANGED, N_("{part}：格子的排法变了，{old} 行变为 {new} 行。"), {
            "old": str(old.rows), "new": str(new.rows)})  # fmt: skip


def _shape(sheet: Sheet) -> list[tuple[object, ...]]:
    return [(one.row, one.col, one.rows, one.cols, one.block, one.heading, _spelt(one.parts)) for one in sheet.cells]


def _spelt(parts: tuple[Part, ...]) -> str:
    return "".join(part.text if isinstance(part, Words) else _blank(part) for part in parts)


def _blank(part: Blank) -> str:
    return f"[{part.field}□{part.tick}]" if part.tick else f"[{part.field}]"


def _rules(old: Template, new: Template) -> Iterator[Difference]:
    before, after = ({rule.name: rule for rule in one.rules} for one in (old, new))
    pairs = {name: name for name in after if name in before}
    for name, rule in after.items():
        same = [
            one
            for one, other in before.items()
            if other.formula.root == rule.formula.root and one not in pairs.values()
        ]
        if name not in pairs and same and same[0] not in after:
            pairs[name] = same[0]
    yield from _names("规则", before, after, pairs)
    for name, own in pairs.items():
        for what, of in (("公式", _formula), ("级别", _level), ("提示", lambda rule: rule.message)):
            yield from _change("规则", name, what, of(before[own]), of(after[name]))


def _formula(rule: Rule) -> str:
    return f"逐行 {rule.each} {rule.formula.text}" if rule.each else rule.formula.text


def _level(rule: Rule) -> str:
    return _LEVELS[str(rule.severity)]


def _lists(part: str, old: Mapping[str, _T], new: Mapping[str, _T], spell: Callable[[_T], str]) -> Iterator[Difference]:
    yield from _names(part, old, new, {name: name for name in new if name in old})
    for name in new:
        if name in old:
            yield from _change(part, name, part, spell(old[name]), spell(new[name]))
