"""The parts of an unknown form that grow, as a template says them: the columns and rows of tables and trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forms.authoring.blanks import filled
from forms.authoring.blocks import Leaf, TableBlock, TreeBlock
from forms.authoring.given_cells import GivenForm
from forms.authoring.labels import field_name
from forms.authoring.lexicon import Lexicon, counts, is_dots, is_number, is_placeholder, is_sign
from forms.authoring.nodes import Plain
from forms.language import N_
from forms.template.blocks import MAX_PRESET
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Role
from forms.template.spelling import POSITION, label_key
from forms.values import Kind

_MOST_ROWS = 40  # proposed for a table without end; the printed ones where there are more


_OPTIONAL = "选填"  # printed beside a table that may stay empty


@dataclass(frozen=True, slots=True)
class Growth:
    """A table or tree as the template spells it, the aliases its headings need, and what is doubtful about it.

    `columns` gives for each place of the grid where a column begins its name.
    """

    said: dict[str, Plain]
    columns: dict[int, str]
    aliases: dict[str, Plain] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def tree_of(block: TreeBlock, lexicon: Lexicon) -> Growth:
    """An indicator tree: its columns by their roles, its taxonomy as printed or, where none is, the usual one."""
    columns: dict[str, Plain] = {}
    aliases: dict[str, Plain] = {}
    places: dict[int, str] = {}
    for leaf, role in zip(block.leaves, block.roles, strict=True):
        if role in (LEVEL1, LEVEL2):
            if label_key(leaf.name) != label_key(role):
                aliases[role] = [leaf.name]
            continue
        name = column_name(leaf, columns) or str(role)
        known = isinstance(role, Role) and str(role) not in columns.values()
        columns[name] = str(role) if known else str(filled(leaf.name, "", lexicon).kind)
        places[leaf.col] = name
    taxonomy, doubt = _taxonomy(block, lexicon)
    printed: dict[str, Plain] = {
        level: "逐行" for level, each in ((LEVEL1, block.each1), (LEVEL2, block.each2)) if each
    }
    said: dict[str, Plain] = {"列": columns, "树": taxonomy}
    return Growth(said | ({"印": printed} if printed else {}), places, aliases, (doubt,) if doubt else ())


def _taxonomy(block: TreeBlock, lexicon: Lexicon) -> tuple[dict[str, Plain], str]:
    if not block.limbs or not all(block.limbs) or not all(block.limbs.values()):
        doubt = N_("表上没有印全一级、二级指标，先写成通行的分类，请核对。")
        return {limb: list(under) for limb, under in lexicon.taxonomy.items()}, doubt
    printed: dict[str, Plain] = {
        limb: [_branch(label, count, blank=block.blank) for label, count in under.items()]
        for limb, under in block.limbs.items()
    }
    return printed, "" if block.blank else N_("一级、二级指标取自填过的表，没有填到的可能不全，请核对。")


def _branch(label: str, count: int, *, blank: bool) -> Plain:
    if is_dots(label):
        return {label: "自填"}
    return {label: str(min(count, MAX_PRESET))} if blank and count > 1 else label


def table_of(block: TableBlock, form: GivenForm, lexicon: Lexicon, name: str) -> Growth:
    """A table: its columns with their kinds, its rows by name or their number; `name` is what it is called."""
    columns: dict[str, Plain] = {}
    places: dict[int, str] = {}
    for number, leaf in enumerate(block.leaves):
        special = (
            Kind.ROW_LABEL if block.labels and not number else Kind.SERIAL if block.serial and not number else None
        )
        unnamed = lexicon.names[Kind.ROW_LABEL] if special is Kind.ROW_LABEL else POSITION if special else name
        places[leaf.col] = column_name(leaf, columns) or unnamed
        columns[places[leaf.col]] = str(special or _column_kind(leaf, block, form, lexicon))
    said: dict[str, Plain]
    if not block.labels:
        rows = (*block.heads, *block.rows)[:1]
        around = [form.at(row, col).text for row in rows for col in range(form.columns)]
        least = 0 if any(_OPTIONAL in text for text in around) else 1
        said = {"列": columns, "行": f"{least}..{max(_MOST_ROWS, len(block.rows))}"}
        return Growth(said, places, doubts=tuple(_dropped(block, form)))
    absent, printed = _printed_cells(block, form, places)
    said = {"列": columns, "行": list(block.labels)}
    doubt = N_("固定行的表里印着数字，表样里没有写进去，请核对。")
    return Growth(said | ({"无格": absent} if absent else {}), places, doubts=(doubt,) if printed else ())


def _dropped(block: TableBlock, form: GivenForm) -> Iterator[str]:
    """Tell that words are printed in the first column of rows that are blank but for them."""
    first, *others = block.leaves
    texts = [form.text(row, first.col) for row in block.rows]
    blank = all(is_placeholder(form.text(row, leaf.col)) for row in block.rows for leaf in others)
    if blank and not counts(texts) and not all(is_placeholder(text) or is_number(text) for text in texts):
        yield N_("表里各行印着的字没有写进表样，请核对；要印的可写成“行”的名称。")


def _printed_cells(block: TableBlock, form: GivenForm, places: Mapping[int, str]) -> tuple[dict[str, Plain], bool]:
    """The cells of fixed rows that are struck out, which do not exist; and whether others hold printed numbers."""
    absent: dict[str, Plain] = {}
    printed = False
    for label, row in zip(block.labels, block.rows, strict=True):
        struck = [name for col, name in places.items() if is_sign(form.at(row, col).text)]
        printed = printed or any(is_number(form.at(row, col).text) for col in places)
        if struck:
            absent[label] = struck
    return absent, printed


def column_name(leaf: Leaf, taken: Mapping[str, Plain]) -> str:
    """The name of a column: the lowest words of its heading, with those above them where they are not enough."""
    keys = {label_key(name) for name in taken}
    for start in range(len(leaf.words) - 1, -1, -1):
        name = field_name("".join(leaf.words[start:]))
        if name and label_key(name) not in keys:
            return name
    return ""


def _column_kind(leaf: Leaf, block: TableBlock, form: GivenForm, lexicon: Lexicon) -> Kind:
    """The kind most of the texts of a column have; one long text makes all of it long."""
    texts = [form.at(row, leaf.col).text for row in block.rows]
    texts = [] if leaf is block.leaves[0] and counts(texts) else texts
    kinds = [filled(leaf.name, text, lexicon).kind for text in texts if text.strip() and not is_sign(text)]
    if not kinds:
        return filled(leaf.name, "", lexicon).kind
    return Kind.LONG if Kind.LONG in kinds else max(dict.fromkeys(kinds), key=kinds.count)
