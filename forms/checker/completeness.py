"""Checks of what a tree of indicators must have: a line under each heading, values, bases, few enough, none twice."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.usages import Category, LimbKind, category_of, limb_kind
from forms.checker.view import Branches, Line, comparable
from forms.commands import SetValue
from forms.filing import Place
from forms.language import N_
from forms.problem import Fix, Severity
from forms.template.model import Branch, Limb, Role, Template, Tree

LEAST, MOST = 3, 30
_LISTED_WITH = "财预〔2015〕88号"


def empty_branches(seen: Branches) -> Iterator[Finding]:
    """A 二级 without an indicator, under a 一级 that has some.

    A form that prints no empty rows leaves the filer free which effects to name; outputs are asked for all the same.
    """
    for limb in seen.tree.limbs:
        used = _used(seen, limb)
        if not used:
            continue
        for branch in limb.branches:
            if branch.free or branch.label in used or branch.label in seen.tree.required:
                continue
            if not seen.tree.print_empty and limb_kind(limb.label) is not LimbKind.OUTPUT:
                continue
            at = Place(table=seen.tree.name, column=branch.label)
            # Which effects a project has is for the filer to say; what it puts out is asked for all the same.
            softer = None if limb_kind(limb.label) is LimbKind.OUTPUT else Severity.HINT
            yield Finding(at, _message(limb, branch), {"label": branch.label}, softer=softer)


def _message(limb: Limb, branch: Branch) -> str:
    category = category_of(limb.label, branch.label)
    return (_EMPTY.get(category) if category else None) or N_("“{label}”下没有指标；不涉及的请说明。")


_EMPTY = {
    Category.QUANTITY: N_("“{label}”下没有指标；请写明要完成多少。"),
    Category.QUALITY: N_("“{label}”下没有指标；请写明要达到的标准。"),
    Category.TIME: N_("“{label}”下没有指标；请写明何时完成。"),
    Category.COST: N_("“{label}”下没有指标；请写明总成本或单位成本的控制数。"),
}


def empty_limbs(seen: Branches) -> Iterator[Finding]:
    """A whole 一级 without an indicator, where the tree has been begun."""
    if not seen.lines:
        return
    for limb in seen.tree.limbs:
        asked = {limb.label, *(branch.label for branch in limb.branches)} & set(seen.tree.required)
        if asked or _used(seen, limb):
            continue
        message = N_("“{label}”下一条指标也没有；请补上。")
        if limb_kind(limb.label) is LimbKind.SATISFACTION:
            message = N_("“{label}”下一条指标也没有；面向公众或服务对象的项目请补上，不涉及的请说明。")
        yield Finding(Place(table=seen.tree.name, column=limb.label), message, {"label": limb.label})


def _used(seen: Branches, limb: Limb) -> set[str]:
    return {line.indicator.level2 for line in seen.lines if line.indicator.level1 == limb.label}


def values(line: Line) -> Iterator[Finding]:
    """An indicator with a name and no target, on a form that does not ask for one itself."""
    value = line.value
    if line.named and value is not None and not value.filled and not value.field.required:
        yield Finding(value.at, N_("“{name}”没有指标值；请填写。"), {"name": line.name.shown})


def bases(line: Line) -> Iterator[Finding]:
    """An indicator that does not say where its target comes from, on a form that asks."""
    basis = line.of(Role.BASIS)
    if basis is not None and line.named and not basis.filled and not basis.field.required:
        message = N_("“{name}”没有写指标值的依据；请写明计划、标准或往年数据。")
        yield Finding(basis.at, message, {"name": line.name.shown})


def descriptions(line: Line) -> Iterator[Finding]:
    """A description that only says the name again."""
    described = line.of(Role.DESCRIPTION)
    if described is None or not described.filled or not line.named or comparable(described.text) != line.key:
        return
    fix = Fix(N_("清空描述"), (SetValue(described.at, ""),))
    message = N_("描述与指标名称“{name}”一字不差；请写明含义和算法。")
    yield Finding(described.at, message, {"name": line.name.shown}, (0, len(described.text)), fix)


def too_few(seen: Branches) -> Iterator[Finding]:
    """Fewer indicators than a reviewer takes seriously, where the form has no rule of its own about it."""
    if 0 < len(seen.lines) < LEAST and not seen.tree.least > 1 and not _ruled(seen.template, seen.tree, "COUNTA"):
        params = {"count": str(len(seen.lines)), "least": str(LEAST)}
        yield Finding(Place(table=seen.tree.name), N_("只有 {count} 条指标；一般不少于 {least} 条。"), params)


def too_many(seen: Branches) -> Iterator[Finding]:
    """So many indicators that none of them stands out."""
    if len(seen.lines) > MOST and not _ruled(seen.template, seen.tree, "<="):
        params = {"count": str(len(seen.lines)), "most": str(MOST)}
        message = N_("指标有 {count} 条，重点不突出；一般不超过 {most} 条。")
        yield Finding(Place(table=seen.tree.name), message, params)


def same_names(seen: Branches) -> Iterator[Finding]:
    """Two indicators of one tree under the same name."""
    if _ruled(seen.template, seen.tree, "唯一"):
        return
    first: dict[str, Line] = {}
    for line in seen.lines:
        if not line.named:
            continue
        before = first.setdefault(line.key, line)
        if before is not line:
            params = {"name": line.name.shown, "branch": before.indicator.level2}
            message = N_("指标“{name}”写了两次，另一条在“{branch}”下；请删去一条或改名。")
            yield Finding(line.name.at, message, params, (0, len(line.name.text)))


def _ruled(template: Template, tree: Tree, function: str) -> bool:
    """Whether a rule of the form already asks this of the names of a tree."""
    name = tree.by_role(Role.NAME)
    return name is not None and any(
        function in rule.formula.text
        and any((one.table, one.name) == (tree.name, name.name) for one in rule.formula.names)
        for rule in template.rules
    )


CHECKS = Checks(
    lines=(
        Check(
            Criterion("R-VAL-EMPTY", Severity.WARNING, Dimension.COMPLETE, N_("有名称的指标都有指标值"), _LISTED_WITH),
            values,
        ),
        Check(
            Criterion(
                "R-BASIS", Severity.WARNING, Dimension.FEASIBLE, N_("写明指标值的依据"), "公开的专项资金绩效目标表"
            ),
            bases,
        ),
        Check(
            Criterion("R-DUP-DESC", Severity.WARNING, Dimension.COMPLETE, N_("描述不只是重复名称"), "公开的项目绩效表"),
            descriptions,
        ),
    ),
    trees=(
        Check(
            Criterion("R-CAT-L1", Severity.WARNING, Dimension.COMPLETE, N_("每个一级指标下都有指标"), _LISTED_WITH),
            empty_limbs,
        ),
        Check(
            Criterion("R-CAT-EMPTY", Severity.WARNING, Dimension.COMPLETE, N_("每个二级指标下都有指标"), _LISTED_WITH),
            empty_branches,
        ),
        Check(
            Criterion("R-MIN-COUNT", Severity.WARNING, Dimension.COMPLETE, N_("指标不太少"), "各地的填报要求"),
            too_few,
        ),
        Check(
            Criterion(
                "R-MAX-COUNT", Severity.HINT, Dimension.RELEVANT, N_("指标不太多，重点突出"), "财预〔2021〕101号"
            ),
            too_many,
        ),
        Check(
            Criterion("R-DUP-NAME", Severity.WARNING, Dimension.COMPLETE, N_("同一棵树里指标不重名"), "财政系统的核对"),
            same_names,
        ),
    ),
)
