"""Changes to the rows of an indicator tree as commands: add, copy, move, take out, name a branch; all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from desktop.models.branches import plan
from forms.commands import AddIndicator, Batch, Command, DropIndicator, Leaf, MoveIndicator, SetValue
from forms.filing import Filing, Indicator, Place, new_id
from forms.language import N_
from forms.template.model import Tree

Branch = tuple[str, str]  # 一级 and 二级
Texts = Mapping[str, str]  # the texts of an indicator by column


class Edits:
    """Collects changes to one tree of a filing; each one sees what those before it did.

    `before` is the id of the indicator that others are to stand before, empty for the end of the branch.
    """

    def __init__(self, tree: Tree, filing: Filing) -> None:
        self.tree = tree
        self.filing = filing
        self._commands: list[Leaf] = []

    def command(self, title: str) -> Command | None:
        """Everything as one step of undo, called `title` where it is more than one change; None where it is nothing."""
        if len(self._commands) == 1:
            return self._commands[0]
        return Batch(tuple(self._commands), title) if self._commands else None

    def branches(self) -> list[Branch]:
        """Every branch in the order it is shown."""
        return [(limb, label) for limb, labels in plan(self.tree, self.filing).items() for label in labels]

    def members(self, branch: Branch) -> list[str]:
        """The ids of the indicators of a branch, in order."""
        return plan(self.tree, self.filing).get(branch[0], {}).get(branch[1], [])

    def branch_of(self, ident: str) -> Branch:
        """The branch of an indicator that is there."""
        found = next(one for one in self.filing.indicators if one.id == ident)
        return found.level1, found.level2

    def add(self, branch: Branch, rows: Iterable[Texts], before: str = "", goal: str = "") -> list[str]:
        """Add an indicator for each of `rows`; the ids they got."""
        added = []
        for texts in rows:
            columns = {column: text for column, text in texts.items() if text}
            made = Indicator(new_id(), *branch, columns, self.tree.name, goal)
            self._do(AddIndicator(made, self._position(branch, before)))
            added.append(made.id)
        return added

    def put(self, ident: str, texts: Texts) -> int:
        """Put texts into an indicator that is there; how many others they replaced."""
        one = self.filing.indicator(ident)
        before = one.columns if one is not None else {}
        for column, text in texts.items():
            if before.get(column, "") != text:
                self._do(SetValue(Place(indicator=ident, column=column), text))
        return sum(1 for column, text in texts.items() if before.get(column, "").strip() not in ("", text.strip()))

    def duplicate(self, idents: Sequence[str]) -> list[str]:
        """Put a copy of each indicator under its original; the ids the copies got."""
        added: list[str] = []
        for ident in idents:
            one = self.filing.indicator(ident)
            if one is not None:
                branch = self.branch_of(ident)
                added += self.add(branch, [one.columns], self._after(branch, ident), one.goal)
        return added

    def drop(self, idents: Iterable[str]) -> None:
        """Take indicators out."""
        for ident in idents:
            self._do(DropIndicator(ident))

    def move(self, idents: Sequence[str], branch: Branch, before: str = "") -> None:
        """Put indicators, in the order given, into `branch`."""
        if before in idents:
            rest = self.members(branch)
            rest = rest[rest.index(before) :]
            before = next((ident for ident in rest if ident not in idents), "")
        for ident in idents:
            position = self._position(branch, before, without=ident)
            standing = [one.id for one in self.filing.indicators].index(ident)
            if self.branch_of(ident) != branch or standing != position:
                self._do(MoveIndicator(ident, *branch, position))

    def shift(self, idents: Sequence[str], down: bool) -> None:
        """Move neighbours one place up or down; past the end of their branch into the next one."""
        branch = self.branch_of(idents[0])
        mine = [ident for ident in self.members(branch) if ident in idents]
        rest = self.members(branch)
        at = rest.index(mine[-1]) + 1 if down else rest.index(mine[0]) - 1
        if 0 <= at < len(rest):
            self.move(mine, branch, self._after(branch, rest[at]) if down else rest[at])
            return
        order = self.branches()
        at = order.index(branch) + (1 if down else -1)
        if 0 <= at < len(order):
            there = self.members(order[at])
            self.move(mine, order[at], there[0] if down and there else "")

    def rename(self, branch: Branch, label: str) -> None:
        """Give the 二级 of `branch` another label; one that has no indicator yet gets an empty one."""
        members = self.members(branch)
        if members:
            self.move(members, (branch[0], label))
        else:
            self.add((branch[0], label), [{}])

    def _after(self, branch: Branch, ident: str) -> str:
        members = self.members(branch)
        at = members.index(ident) + 1
        return members[at] if at < len(members) else ""

    def _position(self, branch: Branch, before: str, without: str = "") -> int:
        """The place in the filing's list: at `before`, after the last of the branch, or where the branch would be."""
        others = [one for one in self.filing.indicators if one.id != without]
        if before:
            return next(number for number, one in enumerate(others) if one.id == before)
        order = self.branches()
        upto = set(order[: order.index(branch) + 1]) if branch in order else set(order)
        places = [
            number
            for number, one in enumerate(others, 1)
            if one.tree == self.tree.name and (one.level1, one.level2) in upto
        ]
        own = [number for number in places if (others[number - 1].level1, others[number - 1].level2) == branch]
        return max(own or places, default=0)

    def _do(self, command: Leaf) -> None:
        self.filing, _ = command.apply(self.filing)
        self._commands.append(command)


def filled(one: Indicator | None) -> bool:
    """Whether anything stands in an indicator."""
    return one is not None and any(text.strip() for text in one.columns.values())


PASTE = N_("粘贴指标")
DROP = N_("删除指标")
DUPLICATE = N_("复制指标")
MOVE = N_("移动指标")
RENAME = N_("命名二级指标")
