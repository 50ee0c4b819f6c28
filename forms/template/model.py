"""What a template says, as frozen records; `forms.template.load` makes them from the YAML drawing (语法 1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from forms.filing import TemplateRef
from forms.formula import Formula
from forms.problem import Severity
from forms.typeset.papers import Paper
from forms.values import Kind

GRAMMAR = "1"


class Role(StrEnum):
    """What a column of an indicator tree means, whatever the form calls it."""

    NAME = "名称"
    DESCRIPTION = "描述"
    VALUE = "指标值"
    SIGN = "符号"
    NUMBER = "数值"
    UNIT = "单位"
    WEIGHT = "权重"
    BASIS = "依据"
    ACTUAL = "实际值"
    SCORE = "得分"
    REMARK = "备注"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a field of the form, or a column of a table or tree.

    `limit` counts characters; `places` is the declared number of decimals; `unit` is the money unit of this field
    (that of the form where empty); `formula` makes it computed and read-only; `role` is set in trees only.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    limit: int | None = None
    places: int | None = None
    unit: str = ""
    default: str = ""
    help: str = ""
    formula: Formula | None = None
    role: Role | None = None

    @property
    def proposes(self) -> bool:
        """Whether the formula only proposes: a score is a judgement, and one that is typed counts instead."""
        return self.formula is not None and self.role is Role.SCORE

    @property
    def fillable(self) -> bool:
        """Whether people may type here: nothing is calculated, or what is calculated only proposes."""
        return self.formula is None or self.proposes


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows: free (`least` to `most` rows) or fixed (`labels`, one row each).

    `absent` names the cells (label, column) that do not exist on the form. `level_column` tells a hierarchy: by the
    lengths of its codes (`level_lengths`), or where there are none by its whole numbers, which are not printed.
    `outlined` is the column whose text is printed with the level as its indent.
    `pattern` prints each row as one paragraph, for narratives: `（{n:一}）{名称}`.
    """

    name: str
    columns: tuple[Field, ...]
    least: int = 0
    most: int = 5000
    labels: tuple[str, ...] = ()
    absent: frozenset[tuple[str, str]] = frozenset()
    level_column: str = ""
    level_lengths: tuple[int, ...] = ()
    pattern: str = ""

    def column(self, name: str) -> Field | None:
        """The column of this name, or None."""
        return next((one for one in self.columns if one.name == name), None)

    @property
    def outlined(self) -> str:
        """The column printed with an indent: the first text behind the level column; empty without a hierarchy."""
        names = [column.name for column in self.columns]
        behind = self.columns[names.index(self.level_column) + 1 :] if self.level_column in names else ()
        texts = (column.name for column in (*behind, *self.columns) if column.kind in (Kind.TEXT, Kind.LONG))
        return next(texts, "") if self.level_column else ""

    def level(self, code: str) -> int:
        """How deep a row stands in the hierarchy, from 0, told by its code's length or its hidden number.

        A row without a code stands outside the hierarchy: -1; where a length of 0 is declared it is the top of it.
        """
        text = code.strip()
        if not text and 0 not in self.level_lengths:
            return -1
        if self.level_lengths:
            return sum(1 for length in self.level_lengths if len(text) > length)
        return int(text) - 1 if text.isdecimal() and 0 < int(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class Branch:
    """One 二级指标: its label, how many rows the blank form prints, whether the filer writes the label."""

    label: str
    preset: int = 1
    free: bool = False


@dataclass(frozen=True, slots=True)
class Limb:
    """One 一级指标 with its 二级."""

    label: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """An indicator tree: its columns, its taxonomy, and how the paper prints it.

    `each_level1` and `each_level2` repeat the label on every row instead of merging it; `print_empty` prints 二级
    without an indicator as blank rows. `least` counts the indicators it must have; `required` names the 一级 and 二级
    that must have one.
    """

    name: str
    columns: tuple[Field, ...]
    limbs: tuple[Limb, ...]
    each_level1: bool = False
    each_level2: bool = False
    print_empty: bool = True
    least: int = 0
    required: tuple[str, ...] = ()

    def column(self, name: str) -> Field | None:
        """The column of this name, or None."""
        return next((one for one in self.columns if one.name == name), None)

    def by_role(self, role: Role) -> Field | None:
        """The column that plays `role`, or None."""
        return next((one for one in self.columns if one.role is role), None)


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words of the form."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """The place of a field; `tick` is the choice whose box is ticked here, empty for ordinary blanks."""

    field: str
    tick: str = ""


Part = Words | Blank


@dataclass(frozen=True, slots=True)
class LayoutCell:
    """One cell of the drawing, merged cells once. `block` names the table or tree that grows here.

    Rows and columns count from 0. `heading` marks a full-width heading line (`#`), printed without borders.
    """

    row: int
    col: int
    rows: int
    cols: int
    parts: tuple[Part, ...] = ()
    block: str = ""
    heading: bool = False
    line: int = 0

    @property
    def words(self) -> str:
        """The printed words, if the cell holds nothing else; otherwise empty."""
        return "".join(part.text for part in self.parts if isinstance(part, Words)) if self.is_label else ""

    @property
    def is_label(self) -> bool:
        """Whether the cell holds words only."""
        return bool(self.parts) and all(isinstance(part, Words) for part in self.parts)


@dataclass(frozen=True, slots=True)
class BlockColumn:
    """One column of a block on the grid: `name` is a column of the table or tree, or 一级指标 or 二级指标."""

    name: str
    col: int
    cols: int


@dataclass(frozen=True, slots=True)
class Block:
    """Where a table or tree grows: its layout row, its columns, and its heading rows straight above."""

    name: str
    row: int
    columns: tuple[BlockColumn, ...]
    heads: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawing: title, furniture, column weights and cells. `repeat` ⊂ {标题, 抬头, 表头} is drawn on each page."""

    name: str
    title: tuple[Part, ...]
    paper: Paper
    widths: tuple[float, ...]
    rows: int
    cells: tuple[LayoutCell, ...]
    blocks: tuple[Block, ...] = ()
    left: tuple[Part, ...] = ()
    right: tuple[Part, ...] = ()
    repeat: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    signature: tuple[tuple[Part, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One 审核公式: what must hold, how grave it is when it does not, and what is said then.

    `each` names a table or tree whose rows are judged one by one (逐行); bare names are then columns of the row.
    """

    name: str
    severity: Severity
    formula: Formula
    message: str
    line: int = 0
    each: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One form, of one version. `text` is the file itself, `digest` its SHA-256; both travel with every filing.

    Two templates are the same only when they are one object, so that what is made of one can be kept by it.
    """

    id: str
    name: str
    version: str
    text: str
    digest: str
    region: str
    unit: str
    periods: tuple[str, ...]
    fields: dict[str, Field]
    tables: dict[str, Table]
    trees: dict[str, Tree]
    sheets: tuple[Sheet, ...]
    rules: tuple[Rule, ...]
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)
    rounded: bool = False
    follows: str = ""
    valid_from: str = ""
    valid_until: str = ""
    awaiting: bool = False

    @property
    def ref(self) -> TemplateRef:
        """How a filing names this very form."""
        return TemplateRef(self.id, self.version, self.digest)


@dataclass(frozen=True, slots=True)
class FormSet:
    """A document of several forms: 编号 of the templates in order, and how each is numbered."""

    id: str
    name: str
    version: str
    members: tuple[str, ...]
    numbering: str
    text: str
