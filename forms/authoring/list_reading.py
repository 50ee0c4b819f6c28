"""The lists of a workbook read back into the tree of a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from forms.authoring.cells import plain_text, said
from forms.authoring.lists import (
    ALIASES,
    BRANCHES,
    CHECKS,
    COLUMNS,
    FIELDS,
    HEADINGS,
    LISTED,
    OPEN_ENDED,
    OVERVIEW,
    REMARKS,
    ROLES,
    RULES,
    TABLES,
    TEXTUAL,
    TREES,
)
from forms.authoring.sheet_cells import GivenSheet, Spots
from forms.language import N_
from forms.template.tree import Faults, Items, Map, Node, Text

_EXTENDED = (TABLES, TREES)  # their columns are the keys of a table or tree, also such as this program does not know
_SCALARS = ("语法", "编号", "模板", "版本", "适用", "单位", "取整", "沿用", "生效", "失效", "待核")
_TWICE = N_("“{key}”写了两次。")
_RULE_LEVEL, _RULE_EACH, _RULE_FORMULA, _RULE_MESSAGE = 1, 2, 3, 4


@dataclass(slots=True)
class Growing:
    """A map while the rows of a sheet are still being put into it."""

    line: int
    entries: dict[str, Node] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def put(self, key: str, node: Node, line: int, faults: Faults) -> None:
        """Add an entry; a key that is there already is a fault."""
        if key in self.entries:
            faults.add(line, _TWICE, key=key)
        else:
            self.entries[key], self.lines[key] = node, line

    def map(self) -> Map:
        """The map as it is now."""
        return Map(self.entries, self.lines, self.line)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: its texts under the headings, and what its cells are known by in faults."""

    sheet: GivenSheet
    row: int
    columns: tuple[int, ...]
    spots: Spots

    def text(self, number: int) -> str:
        """The text under heading `number`, without blanks around it."""
        return self.raw(number).strip()

    def raw(self, number: int) -> str:
        """The text under heading `number` as it stands; empty where the sheet has no such heading."""
        return self.sheet.text(self.row, self.columns[number]) if self.columns[number] >= 0 else ""

    def rest(self, number: int) -> list[int]:
        """The filled columns from heading `number` on."""
        first = self.columns[number]
        return sorted(col for col in self.sheet.rows[self.row] if col >= first and self.sheet.text(self.row, col))

    def spot(self, *numbers: int) -> int:
        """The number of the cells under these headings; of the whole row where none is named."""
        cols = [self.columns[number] for number in numbers or range(len(self.columns))]
        return self.spots.add(self.sheet, self.row, [col for col in cols if col >= 0])

    def at(self, col: int) -> int:
        """The number of one cell of the row."""
        return self.spots.add(self.sheet, self.row, [col])


class ListReader:
    """Reads list after list into `root`; what is wrong with a cell is among `faults`."""

    def __init__(self, root: Growing, spots: Spots, faults: Faults) -> None:
        self.remarks: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._root, self._spots, self._faults = root, spots, faults
        self._owners: dict[tuple[str, str], Growing] = {}
        self._readers: dict[str, Callable[[Entry], None]] = {
            OVERVIEW: self._overview, FIELDS: self._field, COLUMNS: self._column, BRANCHES: self._branch,
            ROLES: self._column, RULES: self._rule, ALIASES: self._alias, CHECKS: self._check, REMARKS: self._remark,
        }  # fmt: skip

    def read(self, sheets: dict[str, GivenSheet]) -> None:
        """Read the lists there are, in the order of a workbook this program writes."""
        for name in HEADINGS:
            if name not in sheets:
                continue
            headings, columns = self._headed(sheets[name])
            for row in sorted(sheets[name].rows)[1:]:
                entry = Entry(sheets[name], row, columns, self._spots)
                if name in _EXTENDED:
                    self._setting(entry, headings)
                elif entry.text(0) or self._is_filled(entry):
                    self._readers[name](entry)

    def _is_filled(self, entry: Entry) -> bool:
        """Whether a row without its first text holds others, which is a fault."""
        filled = any(entry.text(number) for number in range(len(entry.columns)))
        if filled:
            self._faults.add(entry.spot(0), N_("这一行缺少“{key}”。"), key=HEADINGS[entry.sheet.name][0])
        return False

    def _headed(self, sheet: GivenSheet) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The headings of a sheet and their columns; -1 for one that is missing."""
        first = min(sheet.rows)
        known = HEADINGS[sheet.name]
        found: dict[str, int] = {}
        for col in sorted(sheet.rows[first]):
            text = sheet.text(first, col).strip()
            if text in found or (text and text not in known and sheet.name not in _EXTENDED):
                spot = self._spots.add(sheet, first, [col])
                messages = N_("不认识“{name}”。"), N_("不认识“{name}”，是不是“{near}”？")
                self._faults.unknown(spot, messages, text, [one for one in known if one not in found])
            elif text:
                found[text] = col
        if known[0] not in found or (sheet.name in OPEN_ENDED and known[1] not in found):
            spot = self._spots.add(sheet, first, [0])
            message = N_("工作表“{sheet}”的第一行应是：{headings}。")
            self._faults.add(spot, message, sheet=sheet.name, headings="、".join(known))
        headings = (*known, *(text for text in found if text not in known))
        return headings, tuple(found.get(text, -1) for text in headings)

    def _under(self, key: str, entry: Entry) -> Growing:
        return self._owner("", key, entry)

    def _owner(self, parent: str, key: str, entry: Entry) -> Growing:
        """The map `key` of the whole, or of a table or tree named in the first column."""
        if (parent, key) not in self._owners:
            line = entry.spot(0)
            made = self._owners[parent, key] = Growing(line)
            above = self._owner("", parent, entry) if parent else self._root
            above.put(key, made.map(), line, self._faults)
        return self._owners[parent, key]

    def _overview(self, entry: Entry) -> None:
        key, cols = entry.text(0), entry.rest(1)
        if not cols:
            return
        line = entry.at(cols[0])
        if key in LISTED:
            texts = tuple(Text(plain_text(entry.sheet.text(entry.row, col)), entry.at(col)) for col in cols)
            node: Node = Items(texts, line)
        elif key in _SCALARS:
            node = Text(plain_text(entry.raw(1)), line)
        else:
            node = said(entry.raw(1), line, self._faults)
        self._root.put(key, node, entry.spot(0, 1), self._faults)

    def _field(self, entry: Entry) -> None:
        name = entry.text(0)
        self._under("字段", entry).put(
            name, said(entry.raw(1), entry.spot(1), self._faults), entry.spot(), self._faults
        )
        for number, key in ((2, "默认"), (3, "说明")):
            if entry.text(number):
                line = entry.spot(number)
                self._under(key, entry).put(name, Text(plain_text(entry.raw(number)), line), line, self._faults)

    def _setting(self, entry: Entry, headings: tuple[str, ...]) -> None:
        name = entry.text(0)
        if not name and not self._is_filled(entry):
            return
        owner = self._owner(entry.sheet.name, name, entry)
        for number, key in enumerate(headings[1:], 1):
            if entry.raw(number):
                line = entry.spot(number)
                text = entry.raw(number)
                node = Text(plain_text(text), line) if key in TEXTUAL else said(text, line, self._faults)
                owner.put(key, node, line, self._faults)

    def _columns_of(self, entry: Entry, key: str) -> Growing:
        """The map `key` within the table or tree that an entry names."""
        parent = TABLES if entry.sheet.name == COLUMNS else TREES
        name = entry.text(0)
        owner = self._owner(parent, name, entry)
        inner = self._owners.get((f"{parent}/{name}", key))
        if inner is None:
            inner = self._owners[f"{parent}/{name}", key] = Growing(entry.spot(0))
            owner.put(key, inner.map(), entry.spot(0), self._faults)
        return inner

    def _column(self, entry: Entry) -> None:
        node = said(entry.raw(2), entry.spot(2), self._faults)
        self._columns_of(entry, "列").put(entry.text(1), node, entry.spot(1, 2), self._faults)

    def _branch(self, entry: Entry) -> None:
        tree, limb, label = self._columns_of(entry, "树"), entry.text(1), entry.text(2)
        before = tree.entries.get(limb)
        items = before.items if isinstance(before, Items) else ()
        line = entry.spot(1, 2, 3)
        if label:
            preset = Text(entry.text(3), line)
            items += (Map({label: preset}, {label: line}, line) if preset.text else Text(label, line),)
        tree.entries[limb] = Items(items, line)
        tree.lines.setdefault(limb, line)

    def _rule(self, entry: Entry) -> None:
        each = entry.text(_RULE_EACH)
        words = (entry.text(_RULE_LEVEL), f"逐行 {each}" if each else "", entry.text(_RULE_FORMULA))
        formula = " ".join(word for word in words if word)
        message = plain_text(entry.raw(_RULE_MESSAGE)).strip()
        node = Text(f"{formula} | {message}", entry.spot(_RULE_FORMULA))
        self._under("规则", entry).put(entry.text(0), node, entry.spot(), self._faults)

    def _alias(self, entry: Entry) -> None:
        texts = tuple(Text(plain_text(entry.sheet.text(entry.row, col)), entry.at(col)) for col in entry.rest(1))
        self._under("别名", entry).put(entry.text(0), Items(texts, entry.spot(0)), entry.spot(0), self._faults)

    def _check(self, entry: Entry) -> None:
        self._under("检查", entry).put(entry.text(0), Text(entry.text(1), entry.spot(1)), entry.spot(), self._faults)

    def _remark(self, entry: Entry) -> None:
        path = tuple(self._path(entry))
        self.remarks[path] = (*self.remarks.get(path, ()), " ".join(entry.text(0).split("\n")))

    def _path(self, entry: Entry) -> Iterator[str]:
        return (entry.sheet.text(entry.row, col) for col in entry.rest(1))
