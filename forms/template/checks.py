"""What must hold across a whole template: everything drawn once, every name defined, no circle of formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from forms.formula import Name
from forms.language import N_, sentence
from forms.template.dependencies import blocks, circles, computed_reads, formulas, owned_formulas, path_of
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Blank, LayoutCell, Table, Template, Tree
from forms.template.spelling import label_key
from forms.template.tree import Faults, Map
from forms.values import Unread, read

__all__ = ["blocks", "check", "formulas"]

PROFILE = ("=档案.单位名称", "=档案.区划", "=档案.填报人", "=档案.电话")


def check(template: Template, root: Map, faults: Faults) -> None:
    """Add to `faults` what is wrong between the parts of a template."""
    for name in template.tables.keys() & template.trees.keys():
        faults.add(_line(root, "指标", name), N_("“{name}”既是表又是指标，请换一个名称。"), name=name)
    if template.sheets:  # otherwise nothing could be read of what is drawn
        _drawn_once(template, root, faults)
    _defaults_readable(template, root, faults)
    _names_known(template, root, faults)
    _switches_known(template, root, faults)
    _aliases_known(template, root, faults)
    for owner, name in circles(computed_reads(template)):
        faults.add(_line(root, *path_of(template, owner, name)), N_("“{name}”的公式绕回到它自己。"), name=name)


def _drawn_once(template: Template, root: Map, faults: Faults) -> None:
    blanks = [part for cell in _cells(template) for part in cell.parts if isinstance(part, Blank)]
    drawn = Counter(blanks)
    printed = {part.field for sheet in template.sheets
               for parts in (sheet.title, sheet.left, sheet.right, *sheet.signature)
               for part in parts if isinstance(part, Blank)}  # fmt: skip
    for blank, times in drawn.items():
        line = _line(root, "字段", blank.field)
        if times > 1 and blank.tick:
            faults.add(line, N_("“{name}”的方框“{tick}”画了两次。"), name=blank.field, tick=blank.tick)
        elif times > 1:
            faults.add(line, N_("“{name}”在版式中画了两次。"), name=blank.field)
    for name, field in template.fields.items():
        ticks = [choice for choice in field.choices if drawn[Blank(name, choice)]]
        if not ticks and not drawn[Blank(name)] and name not in printed:
            faults.add(_line(root, "字段", name), N_("“{name}”没有画在版式中。"), name=name)
        if ticks and (len(ticks) < len(field.choices) or drawn[Blank(name)]):
            message = N_("“{name}”画了方框，就要把各选项的方框都画出来，不再另画填写格。")
            faults.add(_line(root, "字段", name), message, name=name)
    grown = Counter(cell.block for cell in _cells(template) if cell.block)
    for name in (*template.tables, *template.trees):
        if grown[name] != 1:
            message = N_("“@{name}”没有画在版式中。") if not grown[name] else N_("“@{name}”画了两次。")
            faults.add(_line(root, *path_of(template, name)), message, name=name)


def _cells(template: Template) -> Iterator[LayoutCell]:
    return (cell for sheet in template.sheets for cell in sheet.cells)


def _defaults_readable(template: Template, root: Map, faults: Faults) -> None:
    for name, field in template.fields.items():
        line = _line(root, "默认", name) or _line(root, "字段", name)
        if field.default.startswith("="):
            if field.default not in PROFILE:
                faults.add(line, N_("“{name}”的默认值只能取自{profile}。"), name=name, profile="、".join(PROFILE))
        elif field.default:
            unit = field.unit or template.unit
            value = read(field.kind, field.default, unit=unit, choices=field.choices, places=field.places)
            if isinstance(value, Unread):
                faults.add(line, N_("“{name}”的默认值“{text}”不能填在这里：{reason}"), name=name, text=field.default,
                           reason=sentence(value.message, value.params))  # fmt: skip
        if field.default and field.formula:
            faults.add(line, N_("“{name}”是算出来的，不能有默认值。"), name=name)


def _names_known(template: Template, root: Map, faults: Faults) -> None:
    contents = {block.name: block for block in blocks(template)}
    for rule in template.rules:
        if rule.each and rule.each not in contents:
            messages = N_("“逐行 {name}”：没有这个表或指标。"), N_("“逐行 {name}”：没有这个表或指标，是不是“{near}”？")
            faults.unknown(rule.line, messages, rule.each, contents)
    for one in owned_formulas(template):
        for name in sorted(one.formula.names, key=str):
            if name.form:
                continue
            if not _is_known(template, name, one.row_of):
                messages = (
                    N_("“{owner}”的公式用到“{name}”，表样里没有。"),
                    N_("“{owner}”的公式用到“{name}”，表样里没有，是不是“{near}”？"),
                )
                known = _known(template, name, one.row_of)
                faults.unknown(_line(root, *one.path), messages, str(name), known, owner=one.name)


def _is_known(template: Template, name: Name, row_of: Table | Tree | None) -> bool:
    if name.table:
        block = template.tables.get(name.table) or template.trees.get(name.table)
        printed = (LEVEL1, LEVEL2) if name.table in template.trees else ()
        return block is not None and (name.name in printed or block.column(name.name) is not None)
    return name.name in template.fields or (row_of is not None and row_of.column(name.name) is not None)


def _known(template: Template, name: Name, row_of: Table | Tree | None) -> Iterator[str]:
    """What a formula may write in the place of `name`, as it is written there."""
    if not name.table:
        own = [column.name for column in row_of.columns] if row_of else []
        yield from (str(Name(one)) for one in (*template.fields, *own))
        return
    for block in blocks(template):
        yield from (str(Name(column.name, table=block.name)) for column in block.columns)


def _switches_known(template: Template, root: Map, faults: Faults) -> None:
    rules = [rule.name for rule in template.rules]
    for name in template.checks:
        if name not in rules and not name.startswith("R-"):
            messages = (
                N_("“检查”中的“{name}”不是“规则”中的一条。"),
                N_("“检查”中的“{name}”不是“规则”中的一条，是不是“{near}”？"),
            )
            faults.unknown(_line(root, "检查", name), messages, name, rules)


def _aliases_known(template: Template, root: Map, faults: Faults) -> None:
    known = {template.name, LEVEL1, LEVEL2, *template.fields}
    known |= {column.name for block in blocks(template) for column in block.columns}
    known |= {label for tree in template.trees.values() for limb in tree.limbs
              for label in (limb.label, *(branch.label for branch in limb.branches))}  # fmt: skip
    known |= {label for table in template.tables.values() for label in table.labels}
    keys = {label_key(name) for name in known} | {label_key(cell.words) for cell in _cells(template)}
    for name in template.aliases:
        if label_key(name) not in keys:
            messages = N_("“别名”中的“{name}”在表样里没有。"), N_("“别名”中的“{name}”在表样里没有，是不是“{near}”？")
            faults.unknown(_line(root, "别名", name), messages, name, sorted(known))


def _line(root: Map, *path: str) -> int:
    """The line of the last key of `path` that is there; 0 where not even the first is."""
    line = 0
    node: object = root
    for key in path:
        if not isinstance(node, Map) or key not in node.entries:
            break
        line, node = node.lines[key], node.entries[key]
    return line
