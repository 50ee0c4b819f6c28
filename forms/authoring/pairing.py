"""Which parts of one version of a template go on as which of another: by meaning, then by likeness."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping

from forms.succession.names import counterparts
from forms.succession.texts import WORDS
from forms.template.model import Field, Template, Tree
from forms.template.spelling import branch_key, label_key

_ALIKE = 0.6


def paired_fields(
    old: Mapping[str, Field], source: Template, new: Mapping[str, Field], target: Template
) -> dict[str, str]:
    """For each field or column of the new version the one of the old version that goes on in it."""
    return _paired(old, source, new, target, lambda one, other: _same_family(new[one], old[other]))


def paired_names(old: Iterable[str], source: Template, new: Iterable[str], target: Template) -> dict[str, str]:
    """For each table or fixed row of the new version the one of the old version that goes on in it."""
    return _paired(old, source, new, target, lambda _, __: True)


def paired_trees(source: Template, target: Template) -> dict[str, str]:
    """The same for indicator trees; where each version has only one it goes on whatever it is called."""
    if len(source.trees) == len(target.trees) == 1:
        return {next(iter(target.trees)): next(iter(source.trees))}
    return paired_names(source.trees, source, target.trees, target)


def paired_columns(old: Tree, source: Template, new: Tree, target: Template) -> dict[str, str]:
    """For each column of the new tree that of the old one: by its role, columns without one by their names."""
    found = {
        column.name: own.name
        for column in new.columns
        if column.role is not None and (own := old.by_role(column.role)) is not None
    }
    rest = {column.name: column for column in old.columns if column.name not in found.values()}
    waiting = {column.name: column for column in new.columns if column.name not in found}
    return found | paired_fields(rest, source, waiting, target)


def paired_branches(old: Tree, new: Tree, target: Template) -> dict[tuple[str, str], tuple[str, str]]:
    """For each 一级 and 二级 of the new tree those of the old one."""
    seats = [(limb.label, branch.label) for limb in old.limbs for branch in limb.branches]
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for limb in new.limbs:
        for branch in limb.branches:
            spelt = {branch_key(one) for one in (branch.label, *target.aliases.get(branch.label, ()))}
            alike = [seat for seat in seats if branch_key(seat[1]) in spelt and seat not in found.values()]
            alike.sort(key=lambda seat: branch_key(seat[0]) != branch_key(limb.label))
            if alike:
                found[limb.label, branch.label] = alike[0]
    return found


def _paired(
    old: Iterable[str], source: Template, new: Iterable[str], target: Template, fits: Callable[[str, str], bool]
) -> dict[str, str]:
    olds, news = list(old), list(new)
    found = {name: name for name in news if name in olds}
    rest = [name for name in olds if name not in found]
    waiting = [name for name in news if name not in found]
    found |= {name: own for name, own in counterparts(rest, source, waiting, target).items() if fits(name, own)}
    rest = [name for name in rest if name not in found.values()]
    waiting = [name for name in waiting if name not in found]
    ranked = sorted(((_likeness(one, other), one, other) for one in waiting for other in rest), reverse=True)
    for likeness, one, other in ranked:
        if likeness >= _ALIKE and one not in found and other not in found.values() and fits(one, other):
            found[one] = other
    return {name: found[name] for name in news if name in found}


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, label_key(one), label_key(other), autojunk=False).ratio()


def _same_family(one: Field, other: Field) -> bool:
    return one.kind is other.kind or (one.kind in WORDS and other.kind in WORDS)
