"""Turns the content of one example into headings and tables of cells, as a person would draw them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

CONTINUED = "^"
_SHORT = 16  # characters; longer texts stand at the left, shorter ones in the middle


@dataclass(frozen=True)
class Cell:
    """One cell: its text and how many columns and rows it takes; 0 rows continue the cell above."""

    text: str
    cols: int = 1
    rows: int = 1

    @property
    def lines(self) -> list[str]:
        """The paragraphs of the text."""
        return self.text.split("\n")

    @property
    def prose(self) -> bool:
        """Whether the text is sentences rather than a word, a number or an upright label."""
        return len(self.lines[0]) > _SHORT or (len(self.lines) > 1 and len(self.lines[0]) > 1)


@dataclass(frozen=True)
class Table:
    """One form: the lines above it (the last is its title), column widths in characters, and its rows."""

    heads: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    landscape: bool = False
    name: str = ""

    @property
    def title(self) -> str:
        """The line straight above the table."""
        return self.heads[-1]


def tables(content: Mapping[str, Any]) -> Iterator[Table]:
    """The tables of an example in order: the list that covers all forms first, where there is one."""
    before = tuple(content.get("抬头段", ()))
    if "清单" in content:
        listed = content["清单"]
        rows = tuple(tuple(map(cell, row)) for row in listed["版面"])
        yield Table((*before, listed["抬头"], listed["题"]), _widths(listed), rows, landscape="横放" in listed)
        before = ()
    for form in content["表"]:
        values = content.get("共同", {}) | form
        rows = _drawn(content["版面"], values)
        if "指标" in form:
            rows += tuple(indicators(form["指标"], content["指标栏"])) + _drawn(content.get("版尾", ()), values)
        yield Table((*before, form["题"]), _widths(content), rows, name=form.get("页名", ""))
        before = ()


def _drawn(rows: Sequence[Sequence[str]], values: Mapping[str, Any]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(cell(_filled(text, values)) for text in row) for row in rows)


def cell(drawn: str) -> Cell:
    """A cell from its drawing: `text`, `text|columns`, `text|columns|rows`; `^` continues the cell above."""
    text, *spans = drawn.split("|")
    if text == CONTINUED:
        return Cell("", int(spans[0]) if spans else 1, 0)
    return Cell(text, *map(int, spans))


def indicators(tree: Mapping[str, Sequence[Sequence[str]]], block: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the indicator table: headings, then each 一级 merged over its rows."""
    heads = tuple(map(cell, block["表头"]))
    count = 1 + sum(map(len, tree.values()))
    side = [Cell(_upright(block["竖标"]), 1, count)] if "竖标" in block else []
    yield (*side, *heads)
    for level1, entries in tree.items():
        label = _upright(level1) if "一级竖排" in block and len(entries) > 1 else level1
        for number, entry in enumerate(entries):
            first = Cell(label, heads[0].cols, 0 if number else len(entries))
            rest = (Cell(text, head.cols) for text, head in zip(entry, heads[1:], strict=True))
            yield (*(Cell("", 1, 0) for _ in side), Cell("" if number else label, first.cols, first.rows), *rest)


def _filled(drawn: str, values: Mapping[str, Any]) -> str:
    return re.sub(r"\{([^}]+)\}", lambda found: values[found[1]], drawn)


def _upright(label: str) -> str:
    return "\n".join(label)


def _widths(drawn: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(map(int, drawn["列宽"]))
