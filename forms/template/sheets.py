"""The sheets of a template: paper, title, furniture, drawing and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.language import N_
from forms.template.drawing import MAX_COLUMNS, read_blocks, read_drawing
from forms.template.expected import mapping, text, texts, word, words
from forms.template.model import Field, Part, Sheet, Table, Tree
from forms.template.spelling import read_parts, split_bars
from forms.template.tree import Faults, Items, Map, Text, check_keys
from forms.typeset.papers import PAPERS, Paper

SHEET_KEYS = ("标题", "纸张", "抬头", "每页", "注", "落款", "列宽", "版式")
MAX_SHEETS = 50
_PAPER = "纸张"
_REPEATABLE = ("标题", "抬头", "表头")
_WIDTH = re.compile(r"[0-9]{1,4}(\.[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a drawing may name: fields, tables and trees, and how else their labels may be spelt."""

    fields: Mapping[str, Field]
    blocks: Mapping[str, Table | Tree]
    aliases: Mapping[str, tuple[str, ...]]


def read_sheets(root: Map, contents: Contents, faults: Faults) -> tuple[Sheet, ...]:
    """The sheets: those of `页`, or the one drawn at the top level; none where not all can be read."""
    pages = root.get("页")
    if pages is None:
        sheet = _sheet("", root, PAPERS["A4"], contents, faults)
        return (sheet,) if sheet else ()
    for key in SHEET_KEYS:
        if key in root.entries and key != _PAPER:
            faults.add(root.lines[key], N_("写了“页”，“{key}”就要写在各页里。"), key=key)
    items = [page for page in pages.items if isinstance(page, Map)] if isinstance(pages, Items) else []
    if not items or not isinstance(pages, Items) or len(items) != len(pages.items) or len(items) > MAX_SHEETS:
        faults.add(
            root.lines["页"], N_("“页”下面应是各张表，写明名、标题、列宽和版式，至多 {most} 张。"), most=MAX_SHEETS
        )
        return ()
    sheets = tuple(_pages(items, _paper(root, PAPERS["A4"], faults), contents, faults))
    return sheets if len(sheets) == len(items) else ()


def _pages(items: list[Map], paper: Paper, contents: Contents, faults: Faults) -> Iterator[Sheet]:
    seen: set[str] = set()
    for page in items:
        check_keys(page, ("名", *SHEET_KEYS), faults)
        name = word(page, "名", faults)
        if not name or name in seen:
            faults.add(page.line, N_("每一页要有自己的“名”。"))
        seen.add(name)
        sheet = _sheet(name, page, paper, contents, faults)
        if sheet:
            yield sheet


def _sheet(name: str, node: Map, paper: Paper, contents: Contents, faults: Faults) -> Sheet | None:
    widths = _widths(node, faults)
    drawing = node.get("版式")
    if not isinstance(drawing, Text) or not drawing.block:
        faults.add(node.lines.get("版式", node.line), N_("“版式”应写成 |，下面各行缩进着画出表格。"))
        return None
    if not widths:
        return None
    drawn = read_drawing(drawing, len(widths), contents.fields, faults)
    if drawn is None:
        return None
    rows, cells = drawn
    head = mapping(node, "抬头", faults)
    check_keys(head, ("左", "右"), faults)
    return Sheet(
        name=name,
        title=_line(node, "标题", contents, faults, "{}"),
        paper=_paper(node, paper, faults),
        widths=widths,
        rows=rows,
        cells=cells,
        blocks=read_blocks(cells, contents.blocks, contents.aliases, faults),
        left=_line(head, "左", contents, faults),
        right=_line(head, "右", contents, faults),
        repeat=_repeat(node, faults),
        notes=texts(node, "注", faults),
        signature=_signature(node, contents, faults),
    )


def _line(parent: Map, key: str, contents: Contents, faults: Faults, brackets: str = "[]") -> tuple[Part, ...]:
    return read_parts(text(parent, key, faults), parent.lines.get(key, 0), contents.fields, faults, brackets)


def _signature(node: Map, contents: Contents, faults: Faults) -> tuple[tuple[Part, ...], ...]:
    """The cells of the signature line between bars; of several lines, one after the other."""
    line = node.lines.get("落款", 0)
    spelt = [cell for signed in words(node, "落款", faults) for cell in split_bars(signed)]
    return tuple(read_parts(cell, line, contents.fields, faults) for cell in spelt)


def _widths(node: Map, faults: Faults) -> tuple[float, ...]:
    spelt = words(node, "列宽", faults)
    widths = tuple(float(one) for one in spelt if _WIDTH.fullmatch(one))
    if not widths or len(widths) != len(spelt) or len(widths) > MAX_COLUMNS or 0 in widths:
        line = node.lines.get("列宽", node.line)
        faults.add(line, N_("“列宽”应是一列大于零的数，如 [1, 2.5]，至多 {most} 列。"), most=MAX_COLUMNS)
        return ()
    return widths


def _paper(node: Map, default: Paper, faults: Faults) -> Paper:
    name = word(node, _PAPER, faults)
    if name and name not in PAPERS:
        faults.add(
            node.lines[_PAPER], N_("纸张“{paper}”不认识；可用：{papers}。"), paper=name, papers="、".join(PAPERS)
        )
    return PAPERS.get(name, default)


def _repeat(node: Map, faults: Faults) -> frozenset[str]:
    if "每页" not in node.entries:
        return frozenset({"表头"})
    names = words(node, "每页", faults)
    if not set(names) <= set(_REPEATABLE):
        faults.add(node.lines["每页"], N_("“每页”只能写{allowed}。"), allowed="、".join(_REPEATABLE))
    return frozenset(names)
