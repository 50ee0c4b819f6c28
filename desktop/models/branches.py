"""The nodes of an indicator tree on the screen, and which of them may stay where they are when the filing changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from forms.filing import Filing
from forms.template.model import Tree

Plan = dict[str, dict[str, list[str]]]  # 一级 -> 二级 -> ids of the indicators, all in the order they are shown

ROOT, LIMB, BRANCH, ROW = range(4)


@dataclass(slots=True, eq=False)
class Node:
    """A 一级, a 二级 or a row under it; `ident` is the indicator's, empty in a row that waits for its first letter.

    `number` names the node to Qt. It is never used again, so an index that outlived its node finds nothing.
    """

    number: int
    depth: int
    parent: Node | None = None
    level1: str = ""
    level2: str = ""
    ident: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def above(self) -> Node:
        """The node it stands under; the root stands under itself."""
        return self.parent or self

    @property
    def branch(self) -> tuple[str, str]:
        """The 一级 and 二级 it is or stands under."""
        return self.level1, self.level2

    @property
    def label(self) -> str:
        """The word of the form a limb or branch is called by; a branch without a label has that of its 一级."""
        return self.level2 or self.level1

    @property
    def waiting(self) -> bool:
        """Whether it is the empty row of a branch that has no indicator."""
        return self.depth == ROW and not self.ident

    def child(self, label: str) -> Node | None:
        """The limb of a root, or the branch of a limb, with this very label."""
        labels = (one.level1 if self.depth == ROOT else one.level2 for one in self.children)
        return next((one for one, own in zip(self.children, labels, strict=True) if own == label), None)


def plan(tree: Tree, filing: Filing) -> Plan:
    """Where every indicator of `tree` belongs: the template's branches, then strangers, then those the filer names."""
    made: Plan = {}
    free: dict[str, list[str]] = {}
    for limb in tree.limbs:
        free[limb.label] = [branch.label for branch in limb.branches if branch.free]
        made[limb.label] = {branch.label: [] for branch in limb.branches if not branch.free}
        if not limb.branches:
            made[limb.label][""] = []
    for one in filing.indicators:
        if one.tree == tree.name:
            made.setdefault(one.level1, {}).setdefault(one.level2, []).append(one.id)
    for label, names in free.items():
        for name in names:
            made[label][name] = made[label].pop(name, [])
    return made


def steady(before: Sequence[str], after: Iterable[str]) -> frozenset[str]:
    """The most ids of `after` that can keep their place among `before` while the others move around them."""
    places = {ident: number for number, ident in enumerate(before)}
    kept = [ident for ident in after if ident in places]
    lows: list[int] = []  # the lowest last place of an ascending run of each length
    runs: list[tuple[str, int]] = []  # each id and the length of the longest run that ends with it
    for ident in kept:
        length = bisect_left(lows, places[ident])
        lows[length : length + 1] = [places[ident]]
        runs.append((ident, length))
    wanted, chosen, limit = len(lows) - 1, [], len(before)
    for ident, length in reversed(runs):
        if length == wanted and places[ident] < limit:
            chosen.append(ident)
            wanted, limit = wanted - 1, places[ident]
    return frozenset(chosen)


def runs(marked: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where runs of marked places begin and end, the last first, so that they can be taken out one by one."""
    end = len(marked)
    while end:
        start = end
        while start and marked[start - 1]:
            start -= 1
        if start < end:
            yield start, end
        end = max(start - 1, 0)
