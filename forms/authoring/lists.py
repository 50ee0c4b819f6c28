"""The lists of a template's workbook: which sheets there are, their headings, and the rows a tree fills them with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.authoring.cells import plainly, spelt
from forms.language import N_
from forms.template.blocks import TREE
from forms.template.comments import Comments
from forms.template.sheets import SHEET_KEYS
from forms.template.tree import Items, Map, Node, Text

OVERVIEW, FIELDS, TABLES, COLUMNS = "概要", "字段", "表", "表列"
TREES, BRANCHES, ROLES = "指标", "指标树", "指标列"
RULES, ALIASES, CHECKS, REMARKS, HELP = "规则", "别名", "检查", "注释", "写法"
DRAWING = "版式"  # every sheet whose name begins so is a drawing

HEADINGS = {
    OVERVIEW: ("项目", "内容"),
    FIELDS: ("名称", "类型", "默认", "说明"),
    TABLES: ("表", "行", "级", "样", "无格"),
    COLUMNS: ("表", "列", "类型"),
    TREES: ("指标", "同", "至少", "必填", "印"),
    BRANCHES: ("指标", "一级指标", "二级指标", "行数"),
    ROLES: ("指标", "列", "类型"),
    RULES: ("名称", "级别", "逐行", "公式", "提示"),
    ALIASES: ("名称", "写法"),
    CHECKS: ("名称", "级别"),
    REMARKS: ("注释", "位置"),
}
OPEN_ENDED = (OVERVIEW, ALIASES, REMARKS)  # their last column goes on to the right
LISTED = ("期间", "每页", "注", "落款")  # keys whose texts stand in a cell each
TEXTUAL = ("样", "默认", "说明", "标题")  # keys of texts that may begin with a bracket
LEVELS = ("警告", "提示")
_OWN_SHEETS = ("字段", "默认", "说明", "表", "指标", "别名", "规则", "检查", "页")
_OWN_COLUMNS = ("列", "树")


@dataclass(frozen=True, slots=True)
class Listing:
    """One sheet of the workbook that is a list: its name, its headings and its rows of texts."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def listings(root: Map, remarks: Comments) -> list[Listing]:
    """The lists of a sound template's tree, in the order of the workbook; those without rows are there to be filled."""
    tables, trees = _under(root, "表"), _trees(root)
    rows: dict[str, Iterator[tuple[str, ...]]] = {
        OVERVIEW: _overview(root),
        FIELDS: _fields(root),
        COLUMNS: ((name, *row) for name, node in tables for row in _pairs(node, "列")),
        BRANCHES: ((name, *row) for name, node in trees for row in _branches(node)),
        ROLES: ((name, *row) for name, node in trees for row in _pairs(node, "列")),
        RULES: (_rule(name, node) for name, node in _under(root, "规则")),
        ALIASES: ((name, *_several(node)) for name, node in _under(root, "别名")),
        CHECKS: _pairs(root, "检查"),
        REMARKS: ((remark, *path) for path, told in remarks.items() for remark in told if remark),
    }
    made = {name: Listing(name, HEADINGS[name], tuple(found)) for name, found in rows.items()}
    made[TABLES], made[TREES] = _settings(TABLES, tables), _settings(TREES, trees)
    return [made[name] for name in HEADINGS]


def _under(root: Map, key: str) -> Map:
    node = root.get(key)
    return node if isinstance(node, Map) else Map({}, {}, root.line)


def _trees(root: Map) -> Map:
    """The trees by name, also where there is only one, which has none."""
    node = _under(root, "指标")
    alone = any(key in node.entries for key in _OWN_COLUMNS)
    return Map({TREE: node}, {TREE: node.line}, node.line) if alone else node


def _overview(root: Map) -> Iterator[tuple[str, ...]]:
    paged = "页" in root.entries
    for key, node in root:
        if key not in _OWN_SHEETS and (paged or key not in SHEET_KEYS):
            yield (key, *(_several(node) if key in LISTED else (spelt(node),)))


def _several(node: Node) -> Iterator[str]:
    for item in node.items if isinstance(node, Items) else (node,):
        yield plainly(item.text) if isinstance(item, Text) else spelt(item)


def _fields(root: Map) -> Iterator[tuple[str, ...]]:
    defaults, helps = _under(root, "默认"), _under(root, "说明")
    for name, node in _under(root, "字段"):
        yield name, spelt(node), *(_textual(one.get(name)) for one in (defaults, helps))


def _textual(node: Node | None) -> str:
    return plainly(node.text) if isinstance(node, Text) else ""


def _pairs(parent: Node, key: str) -> Iterator[tuple[str, ...]]:
    return ((name, spelt(node)) for name, node in (_under(parent, key) if isinstance(parent, Map) else ()))


def _settings(sheet: str, owners: Map) -> Listing:
    """What is said of each table or tree as a whole; keys this module does not know get columns of their own."""
    first, *known = HEADINGS[sheet]
    nodes = [(name, node) for name, node in owners if isinstance(node, Map)]
    extra = dict.fromkeys(key for _, node in nodes for key in node.entries if key not in (*_OWN_COLUMNS, *known))
    keys = (*known, *extra)
    rows = tuple((name, *(_setting(key, node.get(key)) for key in keys)) for name, node in nodes)
    return Listing(sheet, (first, *keys), rows)


def _setting(key: str, node: Node | None) -> str:
    if node is None:
        return ""
    return _textual(node) if key in TEXTUAL else spelt(node)


def _branches(tree: Node) -> Iterator[tuple[str, ...]]:
    for limb, node in _under(tree, "树") if isinstance(tree, Map) else ():
        branches = list(_labels(node))
        for label, preset in branches or [("", "")]:
            yield limb, label, preset


def _labels(node: Node) -> Iterator[tuple[str, str]]:
    for item in node.items if isinstance(node, Items) else (node,):
        if isinstance(item, Map):
            yield from ((label, preset.text if isinstance(preset, Text) else "") for label, preset in item)
        elif isinstance(item, Text):
            yield item.text.strip(), ""


def _rule(name: str, node: Node) -> tuple[str, ...]:
    formula, _, message = (node.text if isinstance(node, Text) else "").partition("|")
    level, formula = _leading(formula.strip(), LEVELS)
    each = ""
    word, rest = _leading(formula, ("逐行",))
    if word:
        each, _, formula = rest.partition(" ")
    return name, level, each, formula.strip(), plainly(message.strip())


def _leading(formula: str, words: Sequence[str]) -> tuple[str, str]:
    first, _, rest = formula.partition(" ")
    return (first, rest.strip()) if first in words else ("", formula)


NOTATION = (
    N_("这个工作簿就是一份表样。版式照着空表画：要填的格里写 [字段]，合并照常，@表名 是表或指标从这里往下长。"),
    N_("左边第一列说明各行是什么：标题、抬头、列宽、版式、注、落款。插入行时左边可以空着；插入列时要在列宽一行写上宽度。"),
    N_("字段：写名称和类型（文本、长文、金额、百分比、年度、日期、整数、编码、地区），后加 * 为必填；选项一行写一个。"),
    N_("表列、指标列写各列的类型；指标树写一级、二级指标，行数写空表印几行，或写自填。"),
    N_("规则：公式照 Excel 的写法用字段名；级别空着就要改了才能导出，写警告或提示则不拦。提示里可用 {左} {右} {差}。"),
    N_("改好后用 jixiao template check 核对，有错会指出是哪张工作表的哪一格；用 jixiao template yaml 存成表样文件。"),
)  # fmt: skip
"""The words of the sheet 写法, which is not read back."""
