"""Rows of indicator trees: branches are told by their labels, wherever the row has slid to."""

from __future__ import annotations

from forms.importers.columns import TOTALS, Columns, filled, head, reach
from forms.importers.guide import Guide
from forms.importers.intake import Intake, TakenRow
from forms.importers.slid import Aligner
from forms.importers.source import SourceCell, SourceRow
from forms.importers.treelabels import TreeLabels, beginning, looks_like_label
from forms.language import N_
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Role, Tree
from forms.template.spelling import branch_key, label_key

_SATISFACTION = "满意度"


class TreeRows:
    """Takes in the rows of one indicator tree, and knows in the end which 二级 the source did not have."""

    def __init__(self, tree: Tree, guide: Guide, intake: Intake) -> None:
        self.tree = tree
        self.guide = guide
        self.intake = intake
        self.reaches: list[int] = []
        self.seen: list[tuple[str, str]] = []
        self.slid: list[str] = []
        self.labels = TreeLabels(intake.template, tree)
        self._aligner = Aligner(tree, guide, self.labels)
        self._level1 = ""
        self._level2 = ""
        self._shows_level1 = True
        self._name = tree.by_role(Role.NAME)
        self._value = tree.by_role(Role.VALUE)

    def names_branch(self, row: SourceRow) -> bool:
        """Whether a cell of the row is the label of a 二级."""
        return any(self.labels.branch_of(cell.text) for cell in filled(row))

    def take(self, row: SourceRow, columns: Columns, *, broken: bool) -> None:
        """Take in one row; its branch is told by its labels, or is that of the row above."""
        cells = filled(row)
        self._shows_level1 = columns.start(LEVEL1) is not None  # of trees side by side only the first does
        if label_key(cells[0].text) in TOTALS:
            self.intake.note(self.tree.name, N_("“{text}”行不是表中的一行，没有导入。"), text=cells[0].text.strip())
            self.intake.leave(*(cell.text for cell in cells))
            return
        placed, extra, slid = self._aligner.align(row, columns, self.seen)
        label1, label2 = placed.pop(LEVEL1, None), placed.pop(LEVEL2, None)
        label1, label2 = self._from_beside(extra, label1, label2)
        if self._is_foreign(label1, label2):
            self.intake.leave(*(cell.text for cell in cells))
            return
        said1 = self._read_level1(label1, extra)
        said2 = self._read_level2(label2, extra, said1=said1, has_content=bool(placed))
        strange = [cell for cell in cells if any(cell is one for one in extra)]
        self.intake.leave(*(cell.text for cell in strange if label_key(cell.text) not in self.guide.words))
        if placed or said1 or said2:
            self.reaches.append(reach(row))
        if slid and placed:
            self.slid.append(self._level2)
        if placed:
            self._take_content(row, placed, columns, unlabelled=label2 is None and not said1, broken=broken)

    def missing(self) -> tuple[list[str], bool]:
        """The 二级 of the form that the source does not have, and whether it broke off before the last ones."""
        order = [(limb.label, branch.label) for limb in self.tree.limbs for branch in limb.branches if not branch.free]
        seen = set(self.seen)
        gone = [branch for limb, branch in order if (limb, branch) not in seen]
        if not self.tree.print_empty:
            return [], False
        return gone, bool(order) and order[-1] not in seen

    def names_label(self, text: str) -> bool:
        """Whether a text is the label of a 一级 or 二级."""
        return self.labels.names_label(text)

    def _from_beside(
        self, extra: list[SourceCell], label1: SourceCell | None, label2: SourceCell | None
    ) -> tuple[SourceCell | None, SourceCell | None]:
        """Labels in cells that no heading stands over."""
        for cell in list(extra):
            if label2 is None and branch_key(cell.text) in self.labels.branches and not self.labels.limb_of(cell.text):
                label2 = cell
                extra.remove(cell)
            elif label1 is None and self.labels.limb_of(cell.text):
                label1 = cell
                extra.remove(cell)
        return label1, label2

    def _is_foreign(self, label1: SourceCell | None, label2: SourceCell | None) -> bool:
        """Whether a row names neither a 一级 nor a 二级 of the form where both should stand: some other table's."""
        if label1 is None or label2 is None or self.labels.limb_of(label1.text) or self.labels.branch_of(label2.text):
            return False
        return not looks_like_label(label1.text) and not looks_like_label(label2.text)

    def _read_level1(self, cell: SourceCell | None, extra: list[SourceCell]) -> bool:
        label = self.labels.limb_of(cell.text) if cell else None
        if cell is None or (label is None and not looks_like_label(cell.text)):
            extra.extend([cell] if cell else [])
            return False
        if label is None:
            label = "".join(cell.text.split())
            self.intake.note(label, N_("表样中没有一级指标“{label}”，内容照原样保留。"), label=label)
        elif branch_key(cell.text) not in self.labels.limbs:
            self._overwritten(cell)
        self._level1, self._level2 = label, ""
        return True

    def _read_level2(self, cell: SourceCell | None, extra: list[SourceCell], *, said1: bool, has_content: bool) -> bool:
        if cell is not None:
            found = self.labels.branch_of(cell.text) or self._about_satisfaction(cell.text)
            if found is not None:
                self._tell_renamed(cell.text, found[1])
                self._enter(cell, found, said1=said1)
                return True
            if has_content:
                self._keep_unknown(cell.text)
            elif not self._is_spare(cell.text):
                extra.append(cell)
        elif not self._level2 and has_content:
            limb = next((one for one in self.tree.limbs if one.label == self._level1), self.tree.limbs[0])
            self._level1, self._level2 = limb.label, limb.branches[0].label
            self.seen.append((self._level1, self._level2))
            self.intake.note(self._level2, N_("来文这一行没有写二级指标，暂放在“{branch}”下。"), branch=self._level2)
        return False

    def _about_satisfaction(self, text: str) -> tuple[str, str] | None:
        """The branch for whose satisfaction it may be: every form words this one differently."""
        found = next((pair for name, pair in self.labels.branches.items() if _SATISFACTION in name), None)
        return found if _SATISFACTION in branch_key(text) else None

    def _tell_renamed(self, text: str, branch: str) -> None:
        """Tell that a 二级 stands under a word that neither the form nor its aliases have."""
        own = {branch_key(word) for word in (branch, *self.intake.template.aliases.get(branch, ()))}
        if not own & {branch_key(text), beginning(text)}:
            self.intake.note(branch, N_("来文的“{label}”已归到“{branch}”。"), label=text.strip(), branch=branch)

    def _enter(self, cell: SourceCell, found: tuple[str, str], *, said1: bool) -> None:
        key = branch_key(cell.text)
        if key not in self.labels.branches and beginning(cell.text) in self.labels.branches:
            self._overwritten(cell)
        first_of_limb = not any(limb == found[0] for limb, _ in self.seen)
        if self._level1 and self._level1 != found[0] and (said1 or first_of_limb) and self._shows_level1:
            self.intake.note(found[1], N_("来文把“{branch}”放在“{wrong}”下，已按表样归到“{right}”。"),
                             branch=found[1], wrong=self._level1, right=found[0])  # fmt: skip
        self._level1, self._level2 = found
        self.seen.append(found)

    def _keep_unknown(self, text: str) -> None:
        label = text.strip()
        self._level1 = self._level1 or self.tree.limbs[-1].label
        self._level2 = "".join(label.split())
        self.intake.note(label, N_("表样中没有二级指标“{label}”，内容照原样保留。"), label=label)

    def _is_spare(self, text: str) -> bool:
        """Whether it is the label of a row that the form leaves to the filer, printed as `……`."""
        return any(branch.free and branch.label == text.strip() for limb in self.tree.limbs for branch in limb.branches)

    def _overwritten(self, cell: SourceCell) -> None:
        """A label cell that goes on with prose (`质量指标：…`): the prose is kept apart and reported."""
        words = head(cell.text)
        rest = cell.text[len(words) :]
        prose = rest.removeprefix("：").removeprefix(":")
        shown = words + rest[: len(rest) - len(prose)]
        self.intake.note(words.strip(), N_("“{label}”一格里还写了内容，请移到指标行中。"), label=shown.strip())
        self.intake.leave(prose)

    def _take_content(
        self, row: SourceRow, placed: dict[str, SourceCell], columns: Columns, *, unlabelled: bool, broken: bool
    ) -> None:
        taken = {
            name: self.intake.taken(spec, cell.text, address=cell.address)
            for name, cell in placed.items()
            if (spec := self.tree.column(name)) and not self.intake.computes(spec, cell.text)
        }
        last = self.intake.last(self.tree.name)
        if last is not None and unlabelled and self._goes_on(row, placed, columns, last, broken=broken):
            last.go_on(taken)
            self.intake.note(self._level2, N_("分页断开的一行已接回上一行。"))
            return
        self.intake.add(self.tree.name, TakenRow(taken, level1=self._level1, level2=self._level2))

    def _goes_on(
        self, row: SourceRow, placed: dict[str, SourceCell], columns: Columns, last: TakenRow, *, broken: bool
    ) -> bool:
        """Whether a row without labels is the rest of the one above: it has no name, or the page cut the name."""
        name = self._name.name if self._name else ""
        value = self._value.name if self._value else ""
        if any(cell.covered and columns.of(cell) == name for cell in row.cells):
            return False  # one name merged over several values
        return name not in placed or (broken and value in placed and value not in last.cells)
