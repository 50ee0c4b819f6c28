"""Indicator trees of an unknown form, found by the words of their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from forms.authoring.blocks import Leaf, TreeBlock, leaves_of
from forms.authoring.given_cells import GivenCell, GivenForm
from forms.authoring.labels import joined, label_score
from forms.authoring.lexicon import Lexicon, is_placeholder
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Role
from forms.template.spelling import branch_key
from forms.values import Kind

_Levels = dict[str, int]  # 一级 and 二级 by the column they stand in
_Role = Role | str | None
_Heading = tuple[range, tuple[Leaf, ...], tuple[_Role, ...]]
_MOST_HEADS = 3  # rows of a heading
_LONGEST_BRANCH = 14
_NARRATIVE = (Kind.LONG, Kind.MONEY)


class Trees:
    """Finds the trees of one form and what they say of 一级 and 二级."""

    def __init__(self, form: GivenForm, lexicon: Lexicon) -> None:
        self._form, self._lexicon = form, lexicon

    def headed_by(self, row: int) -> Iterator[TreeBlock]:
        """The trees whose heading is `row`; of two side by side each begins where a column comes again."""
        parts = self._parts(row) if row < self._form.rows else []
        blocks = [self._tree(part) for part in parts]
        last = max((block.rows.stop for block in blocks), default=0)
        for part, block in zip(parts, blocks, strict=True):
            whole = block if block.rows.stop == last else self._tree(part, last)
            # The labels of the first stand for those beside it.
            if whole.rows:
                yield whole if LEVEL1 in block.roles else replace(whole, limbs=blocks[0].limbs)

    def _parts(self, row: int) -> list[_Heading]:
        """The headings of trees in `row`: their rows, their columns and the roles of these."""
        cells = [cell for cell in self._form.lines[row] if self._lexicon.role_of(cell.text)]
        if not cells:
            return []
        height = min(max(cell.rows for cell in cells), _MOST_HEADS)
        heads = range(row, row + height)
        leaves = leaves_of(self._form, heads, range(cells[0].col, self._form.columns))
        parts: list[list[tuple[Leaf, _Role]]] = [[]]
        for leaf in leaves:
            role = self._role(leaf)
            if role and any(role == other for _, other in parts[-1]):
                parts.append([])
            parts[-1].append((leaf, role))
        sound = [part for part in parts if _heads_tree([role for _, role in part])]
        return [(heads, *zip(*part, strict=True)) for part in sound]  # type: ignore[misc]  # of each part its two columns

    def _role(self, leaf: Leaf) -> _Role:
        """The role of a column: of its lowest words, or where they tell of none of all its words."""
        return self._lexicon.role_of(leaf.name) or self._lexicon.role_of("".join(leaf.words))

    def _tree(self, part: _Heading, stop: int = 0) -> TreeBlock:
        heads, leaves, roles = part
        levels = (LEVEL1, LEVEL2)
        cols = {str(role): leaf.col for leaf, role in zip(leaves, roles, strict=True) if role in levels}
        last = heads.stop
        while last < self._form.rows and (last < stop or self._goes_on(last, leaves, cols)):
            last += 1
        rows = range(heads.stop, max(self._slipped(heads.start, last), stop))
        rest = [leaf for leaf, role in zip(leaves, roles, strict=True) if role not in levels]
        blank = all(is_placeholder(self._form.text(at, leaf.col)) for at in rows for leaf in rest)
        return TreeBlock(
            heads, rows, leaves, roles, self._limbs(rows, leaves, cols, blank=blank),
            self._repeats(rows, cols.get(LEVEL1)), self._repeats(rows, cols.get(LEVEL2)), blank,
        )  # fmt: skip

    def _slipped(self, head: int, last: int) -> int:
        """The end of a tree; farther down where rows that have slipped still name 一级 or 二级 before all else."""
        row = end = last
        beside = {self._form.text(head, 0), self._form.text(last - 1, 0)}  # printed again on the next page
        while row < self._form.rows and not any(
            begins_anew(self._lexicon, cell, beside) for cell in self._form.lines[row]
        ):
            row += 1
            if any(self._lexicon.is_branch(cell.text) for cell in self._form.lines[row - 1]):
                end = row
        return end

    def _goes_on(self, row: int, leaves: tuple[Leaf, ...], cols: _Levels) -> bool:
        """Whether a row is one more of a tree: nothing reaches into it from the left, its levels are such."""
        first = leaves[0].col
        here = [cell for cell in self._form.lines[row] if cell.col >= first]
        if any(cell.col < first < cell.col + cell.cols for cell in self._form.lines[row]) or not here:
            return False
        widths = {leaf.col: leaf.cols for leaf in leaves}
        if any(self._form.at(row, col).cols > widths[col] for col in cols.values()):
            return False  # one cell over both levels is none of a tree
        texts = [self._branch(row, col) for col in cols.values()]
        known = [text for text in texts if self._lexicon.is_branch(text)]
        if any(self._lexicon.role_of(cell.text) for cell in here) and not known:
            return False  # the heading of the next tree
        strange = [text for text in texts if text and text not in known]
        if any(len(text) > _LONGEST_BRANCH for text in strange):
            return False
        return not strange or bool(known) or self._is_blank_row(row, leaves, cols)

    def _is_blank_row(self, row: int, leaves: tuple[Leaf, ...], cols: _Levels) -> bool:
        """Whether a row has words at both levels, be they known or not, and is blank under all other headings."""
        cells = [self._form.at(row, leaf.col) for leaf in leaves]
        aligned = all(cell.cols == leaf.cols for cell, leaf in zip(cells, leaves, strict=True))
        rest = [cell.text for cell in cells if cell.col not in cols.values()]
        named = len(cols) > 1 and all(self._branch(row, col) for col in cols.values())
        return aligned and named and len(rest) > 1 and all(map(is_placeholder, rest))

    def _limbs(self, rows: range, leaves: tuple[Leaf, ...], cols: _Levels, *, blank: bool) -> dict[str, dict[str, int]]:
        limbs: dict[str, dict[str, int]] = {}
        limb = branch = ""
        for row in rows:
            for level, word in self._levels(row, leaves, cols, blank=blank):
                if level == LEVEL1:
                    limb, branch = word, "" if word != limb else branch
                else:
                    branch = word
            if LEVEL2 not in cols:
                branch = limb
            if limb or branch:
                under = limbs.setdefault(limb, {})
                if branch:
                    under[branch] = under.get(branch, 0) + 1
        return limbs

    def _levels(self, row: int, leaves: tuple[Leaf, ...], cols: _Levels, *, blank: bool) -> Iterator[tuple[str, str]]:
        """What a row says of 一级 and 二级, also where its cells have slipped out of their columns."""
        named = {level: self._branch(row, col) for level, col in cols.items() if self._form.at(row, col).row == row}
        rest = [self._form.text(row, leaf.col) for leaf in leaves if leaf.col not in cols.values()]
        for level, word in named.items():
            sound = blank or (rest and rest[0] and label_score(word, self._lexicon) > 0)
            if word and (self._lexicon.is_branch(word) or sound):
                yield str(level), word
        if any(map(self._lexicon.is_branch, named.values())):
            return
        for cell in self._form.lines[row]:
            word = joined(cell.text)
            if cell.col not in cols.values() and cell.col > leaves[0].col and self._lexicon.is_branch(word):
                yield LEVEL1 if branch_key(word) in self._lexicon.limbs else LEVEL2, word

    def _repeats(self, rows: range, col: int | None) -> bool:
        """Whether a level stands on every row, in cells of their own, although it is the same."""
        if col is None:
            return False
        pairs = [(self._form.at(row, col), self._form.at(row + 1, col)) for row in rows[:-1]]
        return any(one is not other and one.text and one.text == other.text for one, other in pairs)

    def _branch(self, row: int, col: int) -> str:
        """The text of a level; where an indicator was written behind it, only what stands before the colon."""
        text = self._form.text(row, col)
        word = text.replace(":", "：").partition("：")[0]
        return word if self._lexicon.is_branch(word) else text


def begins_anew(lexicon: Lexicon, cell: GivenCell, beside: set[str]) -> bool:
    """Whether a cell is a label at the left edge that no block has; `beside` are labels printed again on a new page."""
    known = lexicon.is_known(cell.text) or lexicon.kind_of(joined(cell.text)) in _NARRATIVE
    begins = cell.col == 0 and known and joined(cell.text) not in beside
    return begins and label_score(cell.text, lexicon) >= 1


def _heads_tree(roles: Sequence[Role | str | None]) -> bool:
    told = [role for role in roles if role]
    levels = [role for role in told if role in (LEVEL1, LEVEL2)]
    return Role.NAME in told and len(told) >= 2 and (bool(levels) or len(told) >= 3)
