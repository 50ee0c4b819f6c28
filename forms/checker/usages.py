"""What the fields and branches of a form are for, told by their labels: resources/lexicons/usages and categories."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

from forms.checker.lists import keyed
from forms.template.model import Field, Template
from forms.template.spelling import branch_key, label_key
from forms.values import Kind


class Usage(StrEnum):
    """What a field is for, whatever the form calls it."""

    GOAL = "目标"
    CONTENT = "内容"
    WORKLOAD = "工作量"
    PURPOSE = "用途"
    MEASURES = "指标"
    GROUNDS = "依据"
    TITLE = "名称"
    UNIT = "单位"
    TOTAL = "总额"
    FISCAL = "财政资金"
    OTHER_MONEY = "其他资金"
    PROGRESS = "进度"
    PERIOD = "起止"
    START = "开始"
    END = "结束"
    RECEIVER = "审核"


class Category(StrEnum):
    """What a 二级指标 measures."""

    QUANTITY = "数量"
    QUALITY = "质量"
    TIME = "时效"
    COST = "成本"
    ECONOMIC = "经济效益"
    SOCIAL = "社会效益"
    ECOLOGICAL = "生态效益"
    LASTING = "可持续影响"
    SATISFACTION = "满意度"


class LimbKind(StrEnum):
    """What a 一级指标 stands for."""

    OUTPUT = "产出"
    EFFECT = "效益"
    SATISFACTION = "满意度"
    COST = "成本"


_PROSE = frozenset({Kind.TEXT, Kind.LONG})
_KINDS = {
    Usage.TOTAL: frozenset({Kind.MONEY}),
    Usage.FISCAL: frozenset({Kind.MONEY}),
    Usage.OTHER_MONEY: frozenset({Kind.MONEY}),
    Usage.PROGRESS: frozenset({Kind.PERCENT}),
    Usage.START: _PROSE | {Kind.DATE},
    Usage.END: _PROSE | {Kind.DATE},
    Usage.RECEIVER: _PROSE | {Kind.DATE, Kind.CHOICE},
}


@lru_cache(maxsize=64)
def usages(template: Template) -> dict[tuple[str, str], Usage]:
    """What fields ("", name) and columns (table, name) are for; those whose label does not tell are left out."""
    columns = [("", field) for field in template.fields.values()]
    columns += [(table.name, column) for table in template.tables.values() for column in table.columns]
    told = {(owner, field.name): _told(field, template) for owner, field in columns}
    return {key: usage for key, usage in told.items() if usage is not None}


def _told(field: Field, template: Template) -> Usage | None:
    labels = tuple(map(label_key, (field.name, *template.aliases.get(field.name, ()))))
    known = _labels()
    exact = (known[label] for label in labels if label in known)
    endings = (known[end] for label in labels for start in range(1, len(label)) if (end := label[start:]) in known)
    fitting = (usage for usage in (*exact, *endings) if field.kind in _KINDS.get(usage, _PROSE))
    return next(fitting, None)


def category_of(level1: str, level2: str) -> Category | None:
    """What an indicator under these labels measures; None where the labels are the filer's own."""
    known = _branches("二级")
    found = known.get(branch_key(level2)) or known.get(branch_key(level1))
    return Category(found) if found else None


def limb_kind(level1: str) -> LimbKind | None:
    """What a 一级指标 stands for; None where its label does not tell."""
    found = _branches("一级").get(branch_key(level1))
    return LimbKind(found) if found else None


@cache
def _labels() -> dict[str, Usage]:
    return {label_key(label): Usage(name) for name, labels in keyed("usages").items() for label in labels}


@cache
def _branches(kind: str) -> dict[str, str]:
    return {branch_key(label): name for name, labels in keyed("categories", kind).items() for label in labels}
