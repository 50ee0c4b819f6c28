"""A system's file and a template's mapping file into records: every fault at once, with its line, as for templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from forms.errors import MappingRefused
from forms.language import N_
from forms.mapping.model import (
    Interchange,
    Measure,
    Part,
    Plan,
    Source,
    System,
    SystemColumn,
    Systems,
    SystemTable,
    Word,
)
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.expected import digits, mapping, switch, text, whole, word, words
from forms.template.model import GRAMMAR, Table, Template, Tree
from forms.template.tree import Faults, Items, Map, Node, Text, check_keys, parse

_SYSTEM_KEYS = ("语法", "系统", "名称", "依据", "待核", "长度按", "数据表")
_TABLE_KEYS = ("名", "列")
_COLUMN_KEYS = ("名", "长", "必填", "数", "禁")
_MAPPING_KEYS = ("语法", "表样", "系统", "长度按", "数据表")
_PLAN_KEYS = ("逐", "列")
_SOURCE_KEYS = ("取", "固定", "代码", "缺", "部分", "略", "后")
_LONGEST = 100_000
_MOST_DIGITS = 38  # of a number in any database in use

T = TypeVar("T")


def load_system(data: str, name: str = "") -> System:
    """The system a file's text describes; MappingRefused lists every fault. `name` is the file for people."""
    faults = Faults()
    root = parse(data, faults)
    return _sound(_system(root, faults) if root else None, name, faults)


def load_mapping(data: str, template: Template, systems: Systems, name: str = "") -> Interchange:
    """How `template` goes into a system, from a file's text; MappingRefused lists every fault."""
    faults = Faults()
    root = parse(data, faults)
    return _sound(_mapping(root, template, systems, faults) if root else None, name, faults)


def _sound(made: T | None, name: str, faults: Faults) -> T:
    if faults.found or made is None:
        raise MappingRefused(name, sorted(faults.found, key=lambda fault: fault.line))
    return made


def _system(root: Map, faults: Faults) -> System:
    check_keys(root, _SYSTEM_KEYS, faults)
    _check_grammar(root, faults)
    said = {key: _needed(root, key, faults) for key in ("系统", "名称")}
    spelt = mapping(root, "数据表", faults)
    tables = {name: _table(name, node, faults) for name, node in spelt if isinstance(node, Map)}
    for name in spelt.entries.keys() - tables.keys():
        faults.add(spelt.lines[name], N_("数据表“{name}”应写明“名”和“列”。"), name=name)
    measure = _measure(root, faults) or Measure.CHARACTERS
    return System(said["系统"], said["名称"], measure, tables, switch(root, "待核", faults))


def _check_grammar(root: Map, faults: Faults) -> None:
    if word(root, "语法", faults) != GRAMMAR:
        faults.add(root.lines.get("语法", 1), N_("“语法”应为 {grammar}；较新的对照表要用较新的程序。"), grammar=GRAMMAR)


def _needed(root: Map, key: str, faults: Faults) -> str:
    said = word(root, key, faults)
    if not said:
        faults.add(root.lines.get(key, root.line), N_("缺少“{key}”。"), key=key)
    return said


def _measure(root: Map, faults: Faults) -> Measure | None:
    return _one_of(root, "长度按", Measure, faults)


K = TypeVar("K", Measure, Part)


def _one_of(root: Map, key: str, kinds: type[K], faults: Faults) -> K | None:
    """The kind written under `key`; None where nothing is, or something else, which is a fault."""
    said = word(root, key, faults)
    known = {str(kind): kind for kind in kinds}
    if said and said not in known:
        faults.add(root.lines[key], N_("“{key}”只能写{allowed}。"), key=key, allowed="、".join(known))
    return known.get(said)


def _table(name: str, node: Map, faults: Faults) -> SystemTable:
    check_keys(node, _TABLE_KEYS, faults)
    spelt = mapping(node, "列", faults)
    columns = {}
    for column, said in spelt:
        if isinstance(said, Map):
            columns[column] = _column(column, said, faults)
        else:
            faults.add(spelt.lines[column], N_("列“{name}”应写成 {名: …, 长: …} 的样子。"), name=column)
    return SystemTable(name, _needed(node, "名", faults), columns)


def _column(name: str, node: Map, faults: Faults) -> SystemColumn:
    check_keys(node, _COLUMN_KEYS, faults)
    return SystemColumn(
        name, _needed(node, "名", faults), whole(node, "长", _LONGEST, faults), switch(node, "必填", faults),
        _number(node, faults), text(node, "禁", faults),
    )  # fmt: skip


def _number(node: Map, faults: Faults) -> tuple[int, int] | None:
    said = words(node, "数", faults)
    if not said:
        return None
    total, decimals = (digits(one, _MOST_DIGITS) for one in said) if len(said) == 2 else (None, None)
    if not total or decimals is None or decimals > total:
        faults.add(node.lines["数"], N_("“数”应写成 [5, 2]：一共几位，其中小数几位。"))
        return None
    return total, decimals


def _mapping(root: Map, template: Template, systems: Systems, faults: Faults) -> Interchange | None:
    check_keys(root, _MAPPING_KEYS, faults)
    _check_grammar(root, faults)
    said = words(root, "表样", faults)
    if template.id not in said:
        message = N_("这份对照表是给“{said}”的，不是给“{id}”的。") if said else N_("缺少“{key}”。")
        faults.add(root.lines.get("表样", 1), message, said="、".join(said), id=template.id, key="表样")
    name = _needed(root, "系统", faults)
    system = systems(name) if name else None
    if system is None:
        if name:
            faults.add(root.lines["系统"], N_("没有名为“{name}”的系统。"), name=name)
        return None
    plans = _Plans(template, system, faults).read(mapping(root, "数据表", faults))
    return Interchange(said, system, _measure(root, faults) or system.measure, tuple(plans))


class _Plans:
    """Reads 数据表 of a mapping against what the template has and what the system takes."""

    def __init__(self, template: Template, system: System, faults: Faults) -> None:
        self.template = template
        self.system = system
        self.faults = faults

    def read(self, spelt: Map) -> Iterator[Plan]:
        """The plans in the order of the file; a table may have several, as a list."""
        for name, node in spelt:
            line = spelt.lines[name]
            if name not in self.system.tables:
                self._unknown(line, name, self.system.tables)
                continue
            for one in node.items if isinstance(node, Items) else (node,):
                if isinstance(one, Map):
                    yield self._plan(self.system.tables[name], one)
                else:
                    self.faults.add(line, N_("“{name}”下面应写明“列”。"), name=name)

    def _unknown(self, line: int, name: str, known: Iterable[str]) -> None:
        self.faults.unknown(line, (N_("不认识“{name}”。"), N_("不认识“{name}”，是不是“{near}”？")), name, known)

    def _plan(self, table: SystemTable, node: Map) -> Plan:
        check_keys(node, _PLAN_KEYS, self.faults)
        each = word(node, "逐", self.faults)
        blocks: dict[str, Table | Tree] = {**self.template.tables, **self.template.trees}
        if each and each not in blocks:
            self._unknown(node.lines["逐"], each, blocks)
        owner = blocks.get(each)
        names = {*self.template.fields, *(column.name for column in (owner.columns if owner else ()))}
        names |= {LEVEL1, LEVEL2} if each in self.template.trees else set()
        spelt = mapping(node, "列", self.faults)
        sources = {}
        for column, said in spelt:
            if column not in table.columns:
                self._unknown(spelt.lines[column], column, table.columns)
            sources[column] = self._source(said, spelt.lines[column], names, in_row=bool(each))
        return Plan(table.name, sources, each)

    def _source(self, node: Node, line: int, names: set[str], *, in_row: bool) -> Source:
        """A source as `总体目标`, `[符号, 数值]`, `=填报.编号`, or a map that says more."""
        if not isinstance(node, Map):
            node = Map({"取": node}, {"取": line}, line)
        check_keys(node, _SOURCE_KEYS, self.faults)
        taken = words(node, "取", self.faults)
        beside = self._word(taken, line, in_row=in_row)
        otherwise = word(node, "缺", self.faults)
        for name in (*(() if beside else taken), *([otherwise] if otherwise else [])):
            if not name.startswith("=") and name not in names:
                self._unknown(line, name, names)
        source = Source(
            () if beside else taken, beside, text(node, "固定", self.faults), self._codes(node), otherwise,
            _one_of(node, "部分", Part, self.faults), words(node, "略", self.faults),
            word(node, "后", self.faults),
        )  # fmt: skip
        if bool(taken) == bool(source.fixed):
            self.faults.add(line, N_("应写明取自哪一栏，或者写一个固定的内容，只写一样。"))
        return source

    def _word(self, taken: tuple[str, ...], line: int, *, in_row: bool) -> Word | None:
        spelt = [one for one in taken if one.startswith("=")]
        if not spelt:
            return None
        known = {str(one): one for one in Word if in_row or not one.startswith("=行.")}
        if len(taken) > 1 or spelt[0] not in known:
            self.faults.add(line, N_("“{name}”不能用；可用：{known}。"), name=spelt[0], known="、".join(known))
        return known.get(spelt[0])

    def _codes(self, node: Map) -> dict[str, str]:
        spelt = mapping(node, "代码", self.faults)
        codes = {name: word(spelt, name, self.faults) for name, said in spelt if isinstance(said, Text)}
        if len(set(codes.values())) < len(spelt.entries):
            self.faults.add(spelt.line, N_("“代码”中每一项应有自己的代码，不能空着或相同。"))
        return codes
