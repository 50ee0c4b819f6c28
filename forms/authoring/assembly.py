"""The parts of an unknown form put together as the tree of a template, and written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from forms.authoring.blanks import filled
from forms.authoring.blocks import Grown, TreeBlock, is_pair
from forms.authoring.cell_roles import Decision, Judged, Part
from forms.authoring.given_cells import GivenCell, Place
from forms.authoring.growths import table_of, tree_of
from forms.authoring.headings import read_headings
from forms.authoring.labels import field_name, joined
from forms.authoring.lexicon import is_number
from forms.authoring.naming import Naming
from forms.authoring.nodes import Plain, tree
from forms.authoring.sketch import Sketch, literal, printed
from forms.files import digest
from forms.formula import Name
from forms.language import N_
from forms.template.blocks import TREE
from forms.template.expected import MAX_NAME
from forms.template.model import GRAMMAR
from forms.template.spelling import MONEY_UNITS, POSITION, label_key
from forms.template.writing import write
from forms.values import Kind

_LEVELLED = re.compile(r"[一二三四五六七八九十]+、|[(（]?\d+[)）.．、]\S")

Doubt = tuple[str, dict[str, str], GivenCell | None]


class Assembly:
    """One form on its way to a template: names, fields, tables, trees and the tokens of the drawing."""

    def __init__(self, naming: Naming, said: Mapping[Place, Decision]) -> None:
        self.judged = naming.judged
        self.fields: dict[str, Plain] = {}
        self.placed: dict[Place, str] = {}
        self.doubts: list[Doubt] = []
        self._naming, self._said = naming, said
        self._form, self._lexicon, self._blocks = naming.form, naming.lexicon, naming.blocks
        self._tables: dict[str, Plain] = {}
        self._trees: dict[str, Plain] = {}
        self._aliases: dict[str, Plain] = {}
        self._values: dict[str, str] = {}
        self._units: list[str] = []
        # Below a table: its name, the column's and its kind, and whether no row is the sum of others.
        self._sums: dict[Place, tuple[str, str, str, bool]] = {}
        self._sketch = Sketch(self._form, self._blocks)
        for block in self._blocks:
            self._draw_block(block)
        self._draw_cells()
        around = (self._form, [copy.above for copy in naming.copies])
        self._headings = read_headings(*around, self._values, self._lexicon)
        lines = self._headings.lines
        self._above = [f"# {literal(label)}：[{self._line_field(field)}]" for label, field in lines]

    # --- the drawing ---

    def _draw_cells(self) -> None:
        heads = {
            (row, leaf.col + at) for block in self._blocks for row in block.heads for leaf in block.leaves
            for at in range(leaf.cols)
        }  # fmt: skip
        for cell in sorted(self._form.cells, key=lambda cell: cell.place):
            if self._naming.inside(cell) or self._is_folded(cell):
                continue
            if cell.place not in heads and cell.place not in self.judged:
                self._judge_beside(cell)
            judged = self.judged.get(cell.place)
            words = judged is None or judged.part is Part.WORDS
            self._sketch.put(self._with_corner(cell), self._words(cell) if words else self._blank(cell))

    def _words(self, cell: GivenCell) -> str:
        """A label as it is drawn; how else other fillings print it becomes its aliases."""
        words = self._naming.label(cell)
        if others := self._naming.other_spellings(words, cell):
            self._aliases[field_name(words)] = others
        return literal(words)

    def _with_corner(self, cell: GivenCell) -> GivenCell:
        """The label beside a block, with the empty corner above it where the file parts the two."""
        over = self._form.owners.get((cell.row - 1, cell.col))
        begins = any(cell.row == block.rows.start and over and over.row in block.heads for block in self._blocks)
        if not begins or over is None or over.text or over.cols != cell.cols or not cell.text:
            return cell
        return replace(cell, row=over.row, rows=cell.rows + cell.row - over.row)

    def _is_folded(self, cell: GivenCell) -> bool:
        """Whether a cell stands beside a block in a row that is no longer drawn."""
        return any(cell.row in block.rows[1:] for block in self._blocks if not is_pair(block))

    def _judge_beside(self, cell: GivenCell) -> None:
        """What stands in a row of a block but not in its columns: the label at its side, or nothing."""
        pair = any(
            is_pair(block) and cell.row in block.rows and block.leaves[0].col <= cell.col for block in self._blocks
        )
        part = Part.BLANK if pair else Part.WORDS if cell.text else Part.EMPTY
        self.judged[cell.place] = Judged(part, 80, N_("在表或指标的旁边"))

    def _blank(self, cell: GivenCell) -> str:
        """A cell to fill in, as it is drawn; one that nothing names is left empty."""
        place = cell.place
        judged = self.judged[place]
        if (total := self._total(cell)) is not None:
            return total
        labels, said = self._naming.labels_of(cell), self._said.get(place, Decision())
        if judged.part is Part.EMPTY or not (labels or said.name):
            self.judged[place] = Judged(Part.EMPTY, judged.sure, N_("空着，左边和上面都没有栏目名"))
            if cell.text:
                self.doubts.append((N_("这一格左边和上面都没有栏目名，没有当作填写的格。"), {}, cell))
            return literal(joined(cell.text)) if judged.part is Part.EMPTY else ""
        label = labels[0] if labels else said.name
        found = filled(" ".join(reversed(labels)) or label, self._naming.sample(cell), self._lexicon)
        name = self._name(said.name or label, labels)
        self.placed[place] = name
        wide = cell.cols * 4 >= self._form.columns * 3 and self._lexicon.kind_of(label) is None
        self.fields[name] = said.kind or (
            list(found.choices) if found.choices else str(Kind.LONG if wide and found.kind is Kind.TEXT else found.kind)
        )
        if found.unit:
            self._units.append(found.unit)
        if cell.text and not is_number(cell.text):
            self._values[name] = cell.text
        box = "□" if found.choices else ""
        return f"{printed(found.before)}[{name}{box}]{printed(found.behind)}"

    def _total(self, cell: GivenCell) -> str | None:
        """The sum of the column above, where a cell stands in the row of sums right below a table; else None."""
        first = next((one.text for one in self._form.cells if one.row == cell.row and one.text), "")
        column = self._sums.get(cell.place)
        if column is None or not self._lexicon.is_total(first):
            return None
        table, name, kind, flat = column
        if kind != Kind.MONEY:
            self.judged[cell.place] = Judged(Part.EMPTY, 80, N_("合计行里没有合计的一格"))
            return literal(joined(cell.text))
        word = next(word for word in self._lexicon.totals if field_name(first).endswith(word))
        beside = self._naming.labels_of(cell)[:1] if self._is_total_at(cell.row, cell.col - 1) else []
        own = name if name.endswith(word) else name + word
        field = self._name(field_name(beside[0]) if beside else own, [own])
        self.placed[cell.place] = field
        self.fields[field] = f"{kind} = SUM({Name(name, table=table)})" if flat else kind
        if flat:
            self.doubts.append((N_("“{name}”当作上面各行之和，请核对。"), {"name": field}, cell))
        return f"[{field}]"

    def _is_total_at(self, row: int, col: int) -> bool:
        return self._lexicon.is_total(self._form.text(row, col))

    def _is_flat(self, block: Grown, kinds: str) -> bool:
        """Whether the rows of a table have no levels: neither codes nor ordinals tell of any."""
        first = [self._form.text(row, block.leaves[0].col) for row in block.rows]
        return str(Kind.CODE) not in kinds and not any(map(_LEVELLED.match, first))

    def _name(self, label: str, labels: Sequence[str]) -> str:
        """A name no other field has: the label's, else with the label of its group before it, else with a number."""
        plain = field_name(label) or str(Kind.TEXT)
        wider = [field_name(other) + plain for other in labels if field_name(other) != plain]
        counted = (f"{plain[: MAX_NAME - 4]}{number}" for number in range(2, 9999))
        taken = {*self.fields, *self._tables, *self._trees, POSITION}
        return next(
            name for name in (plain, *(one for one in wider if len(one) <= MAX_NAME), *counted) if name not in taken
        )

    # --- tables and trees ---

    def _draw_block(self, block: Grown) -> None:
        if is_pair(block):
            return
        name = self._block_name(block)
        if isinstance(block, TreeBlock):
            growth = tree_of(block, self._lexicon)
            self._trees[name] = growth.said
        else:
            growth = table_of(block, self._form, self._lexicon, name)
            self._tables[name] = growth.said
            kinds = growth.said["列"]
            assert isinstance(kinds, Mapping)  # noqa: S101 — as table_of makes it
            flat = self._is_flat(block, str(kinds))
            for col, one in growth.columns.items():
                self._sums[block.rows.stop, col] = name, one, str(kinds[one]), flat
        self._aliases.update(growth.aliases)
        self.doubts.extend((doubt, {}, None) for doubt in growth.doubts)
        self._sketch.put_block(block, name)

    def _block_name(self, block: Grown) -> str:
        """The label at the side of a block, or the words over its columns; a only tree needs no name of its own."""
        trees = [one for one in self._blocks if isinstance(one, TreeBlock)]
        if isinstance(block, TreeBlock) and len(trees) == 1:
            return TREE
        rows, first = (*block.heads, block.rows.start), block.leaves[0]
        beside = [self._form.owners.get((row, first.col - 1)) for row in rows]
        over = [self._form.owners.get((block.heads.start - 1, first.col))] if isinstance(block, TreeBlock) else []
        texts = [cell.text for cell in (*over, *beside) if cell is not None and self._naming.is_words(cell)]
        shared = {leaf.words[0] for leaf in block.leaves if len(leaf.words) > 1}
        if len(shared) == 1 and all(len(leaf.words) > 1 for leaf in block.leaves):
            texts = [*shared, *texts]
        kind = "指标" if isinstance(block, TreeBlock) else "表"
        return self._name(next(filter(None, map(field_name, texts)), self._lexicon.names[kind]), ())

    # --- the whole ---

    def text(self, ident: str = "", name: str = "") -> str:
        """The template as a file."""
        around, lines = self._headings, [*self._above, *self._sketch.lines()]
        fields = {name: kind for name, kind in around.fields.items() if name not in self.fields} | self.fields
        unit = around.unit or next((one for one in self._units if one in MONEY_UNITS), "") or self._unit_in_labels()
        shown = name or around.name or self._lexicon.names["表样"]
        made: dict[str, Plain] = {
            "语法": GRAMMAR,
            "编号": ident or "biao-" + digest(repr(lines).encode())[:8],
            "模板": shown.replace("\n", "")[:100],
            "版本": "1",
            "标题": around.title,
            "单位": unit,
            "抬头": {key: text for key, text in (("左", around.left), ("右", around.right)) if text},
            "注": around.notes,
            "落款": around.signature,
            "字段": dict(fields),
            "默认": self._defaults(fields),
            "表": self._tables,
            "指标": self._trees[TREE] if [*self._trees] == [TREE] else self._trees,
            "列宽": [str(width) for width in self._sketch.widths()],
            "版式": "\n".join(lines),
            "别名": self._aliases,
            "待核": "是",
        }
        return write(tree(made))

    def _line_field(self, name: str) -> str:
        """The field of a line above the table, which no cell of the table has."""
        own = self._name(name, ())
        kind = self._lexicon.kind_of(name)
        self.fields = {own: str(Kind.DATE if kind is Kind.DATE else Kind.TEXT)} | self.fields
        return own

    def _defaults(self, fields: Mapping[str, Plain]) -> dict[str, Plain]:
        """The defaults from the profile of the unit, each for the first field that asks for it."""
        found: dict[str, str] = {}
        for name in fields:
            if default := self._lexicon.profile.get(label_key(name)):
                found.setdefault(default, name)
        return {name: default for default, name in found.items()}

    def _unit_in_labels(self) -> str:
        units = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
        found = (re.search(rf"[(（](?:单位[:：])?({units})[)）]", cell.text) for cell in self._form.cells)
        return next((one[1] for one in found if one), "")
