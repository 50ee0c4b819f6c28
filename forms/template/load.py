"""A template file into a Template: every unknown thing is refused, all faults at once, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from forms.errors import TemplateRefused
from forms.files import digest
from forms.language import N_
from forms.problem import Severity
from forms.template.blocks import read_tables, read_trees
from forms.template.checks import check
from forms.template.expected import check_name, mapping, switch, word, words
from forms.template.model import GRAMMAR, Field, FormSet, Rule, Template
from forms.template.sheets import SHEET_KEYS, Contents, read_sheets
from forms.template.spelling import MONEY_UNITS, POSITION, Owner, read_field, read_formula
from forms.template.tree import Faults, Map, check_keys, parse
from forms.values import Kind, Unread, read

MAX_RULES = 500
MAX_MEMBERS = 50
MAX_TITLE = 100
_KEYS = (
    "语法", "编号", "模板", "版本", "适用", "单位", "期间", "字段", "默认", "说明", "表", "指标", "别名", "规则",
    "检查", "取整", "沿用", "生效", "失效", "待核", "页", *SHEET_KEYS,
)  # fmt: skip
_SET_KEYS = ("语法", "编号", "成套", "版本", "次序", "序号")
_IDENT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LEVELS = {"警告": Severity.WARNING, "提示": Severity.HINT}
_SWITCHES = ("关", "错误", "警告", "提示")
_HOLES = ("{左}", "{右}", "{差}")


def load(text: str, name: str = "") -> Template:
    """The template a file's text describes; TemplateRefused lists every fault. `name` is the file for people."""
    faults = Faults()
    root = parse(text, faults)
    template = _template(root, text, faults) if root else None
    if faults.found or template is None:
        raise TemplateRefused(name or (template.name if template else ""), sorted(faults.found, key=lambda f: f.line))
    return template


def look_over(root: Map, faults: Faults) -> None:
    """Add to `faults` what is wrong with a template that is still a tree, as the sheets of a workbook give it."""
    _template(root, "", faults)


def load_set(text: str, name: str = "") -> FormSet:
    """The set of forms (成套) a file's text describes; TemplateRefused lists every fault."""
    faults = Faults()
    root = parse(text, faults)
    made = _form_set(root, text, faults) if root else None
    if faults.found or made is None:
        raise TemplateRefused(name or (made.name if made else ""), sorted(faults.found, key=lambda f: f.line))
    return made


def _form_set(root: Map, text: str, faults: Faults) -> FormSet:
    check_keys(root, _SET_KEYS, faults)
    said = _identity(root, ("编号", "成套", "版本"), faults)
    members = words(root, "次序", faults)
    if not members or not all(map(_IDENT.fullmatch, members)) or len(members) > MAX_MEMBERS:
        faults.add(
            root.lines.get("次序", root.line), N_("“次序”应列出各表样的编号，至多 {most} 个。"), most=MAX_MEMBERS
        )
    return FormSet(said["编号"], said["成套"], said["版本"], members, word(root, "序号", faults), text)


def is_set(text: str) -> bool:
    """Whether a file's text describes a set of forms rather than one form."""
    return re.search(r"^成套\s*:", text, re.MULTILINE) is not None


def _template(root: Map, text: str, faults: Faults) -> Template:
    check_keys(root, _KEYS, faults)
    said = _identity(root, ("编号", "模板", "版本"), faults)
    unit = word(root, "单位", faults)
    if unit and unit not in MONEY_UNITS:
        faults.add(root.lines["单位"], N_("单位只能是{units}。"), units="、".join(MONEY_UNITS))
    fields, tables, trees = _fields(root, faults), read_tables(root, faults), read_trees(root, faults)
    spelt = mapping(root, "别名", faults)
    aliases = {name: words(spelt, name, faults) for name in spelt.entries}
    template = Template(
        id=said["编号"], name=said["模板"], version=said["版本"], text=text, digest=digest(text.encode()),
        region=word(root, "适用", faults), unit=unit, periods=words(root, "期间", faults), fields=fields, tables=tables,
        trees=trees, sheets=read_sheets(root, Contents(fields, {**tables, **trees}, aliases), faults),
        rules=tuple(_rules(root, faults)), aliases=aliases, checks=_checks(root, faults),
        rounded=switch(root, "取整", faults), follows=word(root, "沿用", faults),
        valid_from=word(root, "生效", faults), valid_until=word(root, "失效", faults),
        awaiting=switch(root, "待核", faults),
    )  # fmt: skip
    _check_succession(root, template, faults)
    check(template, root, faults)
    return template


def _identity(root: Map, keys: tuple[str, str, str], faults: Faults) -> dict[str, str]:
    if word(root, "语法", faults) != GRAMMAR:
        faults.add(root.lines.get("语法", 1), N_("“语法”应为 {grammar}；较新的表样要用较新的程序。"), grammar=GRAMMAR)
    said = {key: word(root, key, faults) for key in keys}
    for key, text in said.items():
        if not text:
            faults.add(root.lines.get(key, 1), N_("缺少“{key}”。"), key=key)
        elif len(text) > MAX_TITLE or "\n" in text:
            faults.add(root.lines[key], N_("“{key}”至多 {most} 字，写在一行里。"), key=key, most=MAX_TITLE)
    if said["编号"] and (not _IDENT.fullmatch(said["编号"]) or len(said["编号"]) > 32):
        faults.add(root.lines["编号"], N_("编号只用小写字母、数字和连字符，至多 32 个，例如 gd-quyu-2022。"))
    return said


def _check_succession(root: Map, template: Template, faults: Faults) -> None:
    ident, at, version = template.follows.partition("@")
    if template.follows and not (at and version and _IDENT.fullmatch(ident)):
        faults.add(root.lines["沿用"], N_("“沿用”应写成 编号@版本，例如 gd-quyu-2022@2022.1。"))
    for key, text in (("生效", template.valid_from), ("失效", template.valid_until)):
        if text and isinstance(read(Kind.DATE, text), Unread):
            faults.add(root.lines[key], N_("“{key}”应是日期，例如 2026-01-01。"), key=key)


def _fields(root: Map, faults: Faults) -> dict[str, Field]:
    spelt = mapping(root, "字段", faults)
    fields = {name: read_field(name, node, Owner.FORM, faults) for name, node in spelt}
    if POSITION in fields:
        faults.add(spelt.lines[POSITION], N_("“{name}”是一份表在一套中的序号，不能作字段名。"), name=POSITION)
    for key in ("默认", "说明"):
        said = mapping(root, key, faults)
        for name in said.entries:
            text = word(said, name, faults)
            if name in fields:
                fields[name] = (
                    replace(fields[name], default=text) if key == "默认" else replace(fields[name], help=text)
                )
            else:
                messages = (
                    N_("“{key}”中的“{name}”没有在“字段”中定义。"),
                    N_("“{key}”中的“{name}”没有在“字段”中定义，是不是“{near}”？"),
                )
                faults.unknown(said.lines[name], messages, name, fields, key=key)
    return fields


def _rules(root: Map, faults: Faults) -> Iterator[Rule]:
    spelt = mapping(root, "规则", faults)
    if len(spelt.entries) > MAX_RULES:
        faults.add(spelt.line, N_("规则至多 {most} 条。"), most=MAX_RULES)
        return
    for name, line in spelt.lines.items():
        check_name(name, line, faults)
        formula, bar, message = map(str.strip, word(spelt, name, faults).partition("|"))
        if not bar or not message:
            faults.add(line, N_("规则“{name}”应写成“公式 | 不满足时的提示”。"), name=name)
            continue
        for hole in re.findall(r"\{[^{}]*+\}", message):
            if hole not in _HOLES:
                faults.add(line, N_("规则“{name}”的提示里只能用{holes}。"), name=name, holes="、".join(_HOLES))
        severity, each, formula = _prefixes(formula)
        parsed = read_formula(formula, line, faults)
        if parsed and not parsed.is_comparison:
            faults.add(line, N_("规则“{name}”应是条件，如 甲 = 乙 + 丙；现在只是一个值。"), name=name)
        elif parsed:
            yield Rule(name, severity, parsed, message, line, each)


def _prefixes(formula: str) -> tuple[Severity, str, str]:
    """What stands before a rule's formula: `警告` or `提示`, then `逐行` and a table, in this order."""
    severity, each = Severity.ERROR, ""
    first, _, rest = formula.partition(" ")
    if first in _LEVELS:
        severity, formula = _LEVELS[first], rest.strip()
    first, _, rest = formula.partition(" ")
    if first == "逐行":
        each, _, formula = rest.strip().partition(" ")
    return severity, each, formula.strip()


def _checks(root: Map, faults: Faults) -> dict[str, str]:
    spelt = mapping(root, "检查", faults)
    said = {name: word(spelt, name, faults) for name in spelt.entries}
    for name, level in said.items():
        if level not in _SWITCHES:
            faults.add(spelt.lines[name], N_("检查“{name}”只能写{allowed}。"), name=name, allowed="、".join(_SWITCHES))
    return said
