"""Words that mean the same: a template's own aliases first, then the groups of resources/lexicons/labels.yaml."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from forms.files import resource
from forms.template.model import Template, Tree
from forms.template.spelling import branch_key, label_key
from forms.template.tree import Faults, Items, Text, parse

_T = TypeVar("_T")


class Aliases:
    """The spellings of the labels of one template."""

    def __init__(self, template: Template) -> None:
        self._own = {label_key(name): tuple(map(label_key, spelt)) for name, spelt in template.aliases.items()}

    def of(self, words: str) -> tuple[frozenset[str], frozenset[str]]:
        """The keys a label is known by, and those that usage alone suggests."""
        key = label_key(words)
        keys = frozenset({key, *self._own.get(key, ())} - {""})
        return keys, frozenset(synonyms("栏目", key)) - keys


def branches(template: Template, tree: Tree) -> dict[str, tuple[str, str]]:
    """Every spelling of a 二级 of `tree` -> its 一级 and 二级 in the template's words."""
    pairs = [(limb.label, branch.label) for limb in tree.limbs for branch in limb.branches]
    return _spelt(template, {pair[1]: pair for pair in pairs})


def limbs(template: Template, tree: Tree) -> dict[str, str]:
    """Every spelling of a 一级 of `tree` -> its label in the template's words."""
    return _spelt(template, {limb.label: limb.label for limb in tree.limbs})


def _spelt(template: Template, drawn: dict[str, _T]) -> dict[str, _T]:
    """`drawn` by every spelling: its own words first, then the template's aliases, then usage."""
    spelt = {branch_key(label): meaning for label, meaning in drawn.items()}
    for label, meaning in drawn.items():
        for alias in template.aliases.get(label, ()):
            spelt.setdefault(branch_key(alias), meaning)
    for key, meaning in list(spelt.items()):
        for other in _following(key):
            spelt.setdefault(other, meaning)
    return spelt


def _following(key: str) -> tuple[str, ...]:
    # 效益 may stand for 效果 or the other way round, as the form at hand has it: only the first of a group leads on.
    return tuple(other for group in groups("指标") if group[0] == key for other in group[1:])


def synonyms(kind: str, key: str) -> tuple[str, ...]:
    """The other words of the group of `kind` (列名 or 栏目) that `key` belongs to."""
    return tuple(other for group in groups(kind) if key in group for other in group if other != key)


@cache
def groups(kind: str) -> tuple[tuple[str, ...], ...]:
    """The groups of labels.yaml that stand under `kind` (列名, 指标 or 栏目)."""
    faults = Faults()
    root = parse(resource("lexicons", "labels.yaml").read_text(encoding="utf-8"), faults)
    groups = root.get(kind) if root is not None else None
    return tuple(
        tuple(label_key(item.text) for item in group.items if isinstance(item, Text))
        for group in (groups.items if isinstance(groups, Items) else ())
        if isinstance(group, Items)
    )
