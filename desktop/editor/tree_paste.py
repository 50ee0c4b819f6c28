"""What a paste does to an indicator tree: which rows it fills, which it adds, and how they will stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, repeat

from desktop.editor.tree_clipboard import Pasted
from desktop.models.branches import ROW, Node
from desktop.models.indicator_edits import Edits, filled
from desktop.models.indicators import IndicatorModel
from forms.entries import indicator_problems
from forms.filing import Indicator
from forms.language import N_, sentence
from forms.problem import Severity
from forms.template.drawing import LEVEL1, LEVEL2


@dataclass(slots=True)
class PastePlan:
    """The changes of a paste, the ids of the rows they fill in the order of its lines, and what is to be said of it."""

    edits: Edits
    idents: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def planned(model: IndicatorModel, pasted: Pasted, node: Node, *, over: bool, before: str) -> PastePlan:
    """Put rows `over` those from `node` on, as far as there are any, or add them before the indicator `before`.

    Rows that tell their branch are added there. A row in which nothing stands gives way to what is added after it.
    """
    plan = PastePlan(model.edits(), notes=list(pasted.notes))
    over = over and node.depth == ROW and all(branch is None for branch, _ in pasted.rows)
    beneath = node.above.children[node.above.children.index(node) :] if over else []
    standing = chain((row.ident for row in beneath if row.ident), repeat(""))
    replaced = 0
    for (branch, texts), ident in zip(pasted.rows, standing, strict=False):
        if ident:
            replaced += plan.edits.put(ident, texts)
            plan.idents.append(ident)
        else:
            there = branch or node.branch
            plan.idents += plan.edits.add(there, [texts], before if there == node.branch and not over else "")
    if replaced:
        plan.notes.append(sentence(N_("有 {count} 格原来有内容，会被替换。"), {"count": replaced}))
    if not over and node.ident and not filled(model.bridge.filing.indicator(node.ident)):
        plan.edits.drop([node.ident])
    return plan


def headings(model: IndicatorModel) -> list[str]:
    """What stands above the cells of `outlook`."""
    return [LEVEL1, LEVEL2, *(column.name for column in model.columns)]


def outlook(model: IndicatorModel, plan: PastePlan) -> tuple[list[list[str]], dict[tuple[int, int], str]]:
    """The rows as they will stand, and by row and column what is said of those that cannot be taken as they are."""
    ones = [one for ident in plan.idents if (one := plan.edits.filing.indicator(ident)) is not None]
    names = [column.name for column in model.columns]
    rows = [[one.level1, one.level2, *(one.columns.get(name, "") for name in names)] for one in ones]
    marks = {
        (number, names.index(column) + 2): said
        for number, one in enumerate(ones)
        for column, said in _faults(model, one)
        if column in names
    }
    return rows, marks


def _faults(model: IndicatorModel, one: Indicator) -> Iterator[tuple[str, str]]:
    for problem in indicator_problems(model.bridge.template, model.tree, one):
        if problem.severity is Severity.ERROR and one.columns.get(problem.at.column, "").strip():
            yield problem.at.column, str(problem)
