"""A workbook read as a template; every fault is told with its cell, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from forms.authoring.cells import plain_text, said, token
from forms.authoring.list_reading import Growing, ListReader
from forms.authoring.lists import DRAWING, HEADINGS, HELP, LISTED, TEXTUAL
from forms.authoring.sheet_cells import GivenSheet, Spots, sheets_of
from forms.errors import Fault, SourceRefused, TemplateRefused
from forms.importers.reading import read as read_source
from forms.importers.source import Source
from forms.language import N_
from forms.template.blocks import TREE
from forms.template.drawing import MAX_CELLS, MAX_COLUMNS
from forms.template.load import load, look_over
from forms.template.model import Template
from forms.template.tree import UNPRINTABLE, Faults, Items, Map, Node, Text
from forms.template.writing import write

_ORDER = (
    "语法", "编号", "模板", "版本", "适用", "标题", "单位", "期间", "纸张", "抬头", "每页", "注", "落款", "取整",
    "沿用", "生效", "失效", "字段", "默认", "说明", "表", "指标", "列宽", "版式", "页", "别名", "规则", "检查", "待核",
)  # fmt: skip
_PAGE_ORDER = ("名", "标题", "纸张", "抬头", "每页", "注", "落款", "列宽", "版式")
_INNER_ORDER = ("列", "行", "级", "样", "无格", "树", "印", "至少", "必填")
_SIDES = {"抬头左": "左", "抬头右": "右"}
_RESERVED = re.compile(r"(?i)wps")  # sheets that WPS adds on its own


def read_file(path: Path) -> Template:
    """The template of a workbook file. Raises SourceRefused where it is none, TemplateRefused with all faults."""
    return read(read_source(path), path.name)


def read(source: Source, name: str) -> Template:
    """The template of a workbook as it was read; `name` is the file's, for people."""
    sheets = sheets_of(source)
    if not any(sheet.name.startswith(DRAWING) for sheet in sheets):
        raise SourceRefused(
            N_("“{name}”不是表样工作簿：没有工作表“版式”。从空表做新表样，请用 jixiao template new。"), name=name
        )
    spots, faults = Spots(), Faults()
    root, remarks = _tree(sheets, spots, faults)
    deeper = Faults()
    look_over(root, deeper)
    # What the reader doubts in single cells (a formula without a value, text under a merge) is no word of a template.
    doubts = [Fault(0, message, tuple(params.items())) for message, params in source.notices if "cells" in params]
    if doubts or faults.found or deeper.found:
        raise TemplateRefused(name, [*doubts, *spots.told(faults.found, deeper.found)])
    text = write(root, remarks)
    try:
        return load(text, name)
    except TemplateRefused as refused:  # what only the limits of the file itself can tell: its size, its depth
        raise TemplateRefused(name, [Fault(0, one.message, one.params) for one in refused.faults]) from refused


def _tree(sheets: list[GivenSheet], spots: Spots, faults: Faults) -> tuple[Map, dict[tuple[str, ...], tuple[str, ...]]]:
    """The tree that the sheets make together, its keys in the order of a file, and the comments."""
    first = next((sheet for sheet in sheets if sheet.name in HEADINGS), sheets[0])
    root = Growing(spots.add(first, min(first.rows), [0]))
    known: dict[str, GivenSheet] = {}
    pages: list[Map] = []
    for sheet in sheets:
        if sheet.name.startswith(DRAWING):
            pages.append(_Drawing(sheet, spots, faults).page())
        elif sheet.name in HEADINGS:
            known[sheet.name] = sheet
        elif sheet.name != HELP and not _RESERVED.match(sheet.name):
            messages = N_("不认识工作表“{name}”。"), N_("不认识工作表“{name}”，是不是“{near}”？")
            faults.unknown(spots.add(sheet, min(sheet.rows), [0]), messages, sheet.name, HEADINGS)
    reader = ListReader(root, spots, faults)
    reader.read(known)
    if len(pages) == 1 and "名" not in pages[0].entries:
        for key, node in pages[0]:
            root.put(key, node, pages[0].lines[key], faults)
    else:
        root.put("页", Items(tuple(pages), pages[0].line), pages[0].line, faults)
    return _ordered(root.map()), reader.remarks


def _ordered(root: Map) -> Map:
    """The tree with its keys in the order of a file, and the only tree of indicators without a name."""
    trees = root.entries.get("指标")
    if isinstance(trees, Map) and list(trees.entries) == [TREE]:
        root.entries["指标"] = trees.entries[TREE]
    for key in ("表", "指标"):
        owners = root.entries.get(key)
        if isinstance(owners, Map):
            inner = {name: node for name, node in owners if isinstance(node, Map) and name not in _INNER_ORDER}
            owners.entries.update({name: _sorted(node, _INNER_ORDER) for name, node in inner.items()})
    if isinstance(alone := root.entries.get("指标"), Map):
        root.entries["指标"] = _sorted(alone, _INNER_ORDER)
    return _sorted(root, _ORDER)


def _sorted(node: Map, order: Sequence[str]) -> Map:
    keys = sorted(node.entries, key=lambda key: order.index(key) if key in order else len(order))
    return Map({key: node.entries[key] for key in keys}, node.lines, node.line)


def _line_of(tokens: list[str]) -> str:
    """A line of the drawing; its last cell goes on to the right by itself."""
    while len(tokens) > 1 and tokens[-1] == "<":
        tokens = tokens[:-1]
    return "|" if tokens == [""] else " | ".join(tokens)


class _Drawing:
    """One sheet that is a drawing: the margin in the first column tells what each row is."""

    def __init__(self, sheet: GivenSheet, spots: Spots, faults: Faults) -> None:
        self._sheet, self._spots, self._faults = sheet, spots, faults
        self._page = Growing(spots.add(sheet, min(sheet.rows), [0]))

    def page(self) -> Map:
        """What is said of the page, with its drawing."""
        widths = 0
        for row in sorted(self._sheet.rows):
            key = self._sheet.text(row, 0).strip()
            if key == DRAWING:
                self._grid(row, widths)
            elif key == "列宽":
                widths = self._widths(row)
            elif key and not key.isdecimal():
                self._line(row, key)
            elif not key and DRAWING not in self._page.entries and self._filled(row):
                self._faults.add(self._spot(row, 0), N_("这一行左边第一格应写明是什么：标题、抬头左、列宽、版式、注。"))
        signed = self._page.entries.get("落款")
        if isinstance(signed, Items) and len(signed.items) == 1:
            self._page.entries["落款"] = signed.items[0]
        return _sorted(self._page.map(), _PAGE_ORDER)

    def _spot(self, row: int, col: int) -> int:
        return self._spots.add(self._sheet, row, [col])

    def _filled(self, row: int) -> list[int]:
        cells = self._sheet.rows.get(row, {})
        return sorted(col for col in cells if col and self._sheet.text(row, col).strip())

    def _widths(self, row: int) -> int:
        filled = self._filled(row)
        last = max(filled, default=0)
        items = tuple(Text(self._sheet.text(row, col).strip(), self._spot(row, col)) for col in range(1, last + 1))
        self._page.put("列宽", Items(items, self._spot(row, 0)), self._spot(row, 0), self._faults)
        return min(last, MAX_COLUMNS)

    def _line(self, row: int, key: str) -> None:
        """A row of furniture; keys that take several texts may have several rows and several cells."""
        filled, line = self._filled(row), self._spot(row, 0)
        texts = tuple(Text(plain_text(self._sheet.text(row, col)), self._spot(row, col)) for col in filled)
        if not texts:
            return
        if key in LISTED:
            before = self._page.entries.get(key)
            items = before.items if isinstance(before, Items) else ()
            self._page.entries[key] = Items((*items, *texts), line)
            self._page.lines.setdefault(key, line)
        elif key in _SIDES:
            head = self._page.entries.setdefault("抬头", Map({}, {}, line))
            self._page.lines.setdefault("抬头", line)
            assert isinstance(head, Map)  # noqa: S101 — nothing else is put there
            head.entries[_SIDES[key]], head.lines[_SIDES[key]] = texts[0], texts[0].line
        else:
            text = self._sheet.text(row, filled[0])
            node: Node = texts[0] if key in (*TEXTUAL, "名") else said(text, texts[0].line, self._faults)
            self._page.put(key, node, line, self._faults)

    def _grid(self, top: int, columns: int) -> None:
        line = self._spot(top, 0)
        last = self._last(top)
        if not columns:
            self._faults.add(line, N_("“版式”上面应有一行“列宽”，写出各列的宽窄。"))
        elif (last - top + 1) * columns > MAX_CELLS:
            self._faults.add(line, N_("版式太大：至多 {rows} 行、{cells} 格。"), rows=MAX_CELLS, cells=MAX_CELLS)
        else:
            rows = dict(enumerate(self._tokens(top, last, columns), top))
            drawn = {row: tokens for row, tokens in rows.items() if columns > 1 or tokens != [""]}
            lines = "\n".join(map(_line_of, drawn.values()))
            cells = tuple(tuple(self._spot(row, col + 1) for col in range(columns)) for row in drawn)
            self._page.put(DRAWING, Text(lines, line, block=True, cells=cells), line, self._faults)

    def _last(self, top: int) -> int:
        """The last row of the drawing that begins in row `top`."""
        last = top
        for row in sorted(self._sheet.rows):
            key = self._sheet.text(row, 0).strip()
            if row > top and key and not key.isdecimal():
                break
            merged = any(cell.covered for cell in self._sheet.rows[row].values())
            if row > top and (key or merged or self._filled(row)):
                last = row
        return last

    def _tokens(self, top: int, last: int, columns: int) -> list[list[str]]:
        rows = [["" for _ in range(columns)] for _ in range(top, last + 1)]
        for row, col, text, spans in self._cells(top, last):
            if col > columns:
                self._faults.add(self._spot(row, col), N_("这一格在“列宽”之外；请在“列宽”一行为这一列写上宽度。"))
                continue
            bottom, right = min(row + spans[0] - 1, last), min(col + spans[1] - 1, columns)
            for place in ((at, beside) for at in range(row, bottom + 1) for beside in range(col, right + 1)):
                rows[place[0] - top][place[1] - 1] = "<" if place[1] > col else "^"
            rows[row - top][col - 1] = self._token(row, col, text, whole=right - col + 1 == columns)
        return [row if not row[0].startswith("# ") else row[:1] for row in rows]

    def _cells(self, top: int, last: int) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
        for row in range(top, last + 1):
            for col, cell in sorted(self._sheet.rows.get(row, {}).items()):
                merged = cell.rows > 1 or cell.cols > 1
                if col and not cell.covered and (merged or cell.text.strip()):
                    yield row, col, cell.text, (cell.rows, cell.cols)

    def _token(self, row: int, col: int, text: str, *, whole: bool) -> str:
        spelt = token(text)
        if UNPRINTABLE.search(text):
            self._faults.add(self._spot(row, col), N_("这里有不能印出的控制字符。"))
        if spelt.startswith("# ") and col == 1 and not whole:
            message = N_("小标题要占整行：请把这一行合并成一格，或者把“# ”写成“\\# ”。")
            self._faults.add(self._spot(row, col), message)
        return spelt
