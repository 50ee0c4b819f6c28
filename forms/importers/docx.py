"""Read the blocks of a .docx in order: paragraphs, and rows of visual cells with their spans."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.errors import SourceRefused
from forms.importers.characters import plain
from forms.importers.prescan import DAMAGED, prescan
from forms.importers.source import Source, SourceCell, SourceRow, SourceText
from forms.importers.wordtext import (
    CHANGES,
    COVERED,
    FURNITURE,
    NESTED,
    Told,
    attribute,
    child,
    is_on,
    local,
    opened,
    paragraph,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE_NUMBER = re.compile(r"[\s\d\W_]*(?:第|页|共|[Pp]age|of|[\s\d\W_])*")


def read(data: bytes) -> Source:
    """Read the bytes of a .docx. Raises SourceRefused when it is hostile, damaged or no Word document."""
    parts = prescan(data, "docx").parts
    main, related = _main_part(parts)
    body = child(_tree(parts[main]), "body")
    if body is None:
        raise SourceRefused(DAMAGED)
    reader = _Reader()
    reader.blocks_of(body)
    if any(_says_something(_tree(parts[name])) for name in related if name in parts):
        reader.told.tell(FURNITURE)
    return Source("docx", reader.blocks, [(message, {}) for message in reader.told])


def _tree(part: bytes) -> _Element:
    from lxml import etree  # noqa: PLC0415 — only the process that reads documents needs it

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise SourceRefused(DAMAGED) from error


def _main_part(parts: dict[str, bytes]) -> tuple[str, list[str]]:
    """The name of the document's main part, which Word does not always call document.xml, and of its furniture."""
    main = next(iter(_related(parts, "", "officeDocument")), "")
    if main not in parts:
        raise SourceRefused(DAMAGED)
    return main, [*_related(parts, main, "header"), *_related(parts, main, "footer")]


def _related(parts: dict[str, bytes], name: str, kind: str) -> list[str]:
    folder, _, file = name.rpartition("/")
    relations = parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
    if relations is None:
        return []
    return [
        posixpath.normpath(posixpath.join("/", folder, attribute(relation, "Target"))).lstrip("/")
        for relation in _tree(relations)
        if attribute(relation, "Type").endswith("/" + kind) and attribute(relation, "TargetMode") != "External"
    ]


def _says_something(furniture: _Element) -> bool:
    text = "".join(inner.text or "" for inner in furniture.iter("{*}t"))
    return _PAGE_NUMBER.fullmatch(text) is None


@dataclass(slots=True)
class _Draft:
    """A cell while the rows below it may still lengthen it."""

    text: str
    col: int
    cols: int
    rows: int = 1
    covered: bool = False


_Merging = dict[int, _Draft]  # by grid column: the cell that a vertical merge goes on from


class _Reader:
    """Walks the body once; `blocks` and `told` are what it found."""

    def __init__(self) -> None:
        self.blocks: list[SourceRow | SourceText] = []
        self.told = Told()
        self._tables = 0
        self._table_rows = 0
        self._paragraphs = 0

    def blocks_of(self, container: _Element) -> None:
        above = ""  # what came last: a table, or a hidden paragraph straight below one
        for inner in opened(container, self.told):
            if local(inner) == "p":
                self._paragraph(inner)
                above = "seam" if above and _is_hidden(inner) else ""
            elif local(inner) == "tbl":
                self._table(inner, goes_on=above == "seam")
                above = "table"

    def _paragraph(self, element: _Element) -> None:
        text, boxes = paragraph(element, self.told)
        text = plain(text).strip("\n")
        if text.strip():
            self._paragraphs += 1
            self.blocks.append(SourceText(text, self._paragraphs))
        for box in boxes:
            self.blocks_of(box)

    def _table(self, table: _Element, *, goes_on: bool) -> None:
        """Read a table; one that `goes_on` is parted from the last by a hidden paragraph only, so people see one."""
        if not goes_on:
            self._tables += 1
            self._table_rows = 0
        for row in self._rows(table):
            self._table_rows += 1
            if row:
                cells = [SourceCell(d.text, d.col, d.cols, d.rows, d.covered) for d in row]
                self.blocks.append(SourceRow(cells, self._tables, self._table_rows))

    def _rows(self, table: _Element) -> list[list[_Draft]]:
        rows: list[list[_Draft]] = []
        above: _Merging = {}
        for row in opened(table, self.told):
            if local(row) != "tr":
                continue
            if child(row, "trPr", "del") is not None:
                self.told.tell(CHANGES)
                continue
            drafts = self._row(row)
            rows.append([draft for draft, _ in drafts])
            above = {draft.col: self._merge(draft, merge, above) for draft, merge in drafts if merge}
        return rows

    def _row(self, row: _Element) -> list[tuple[_Draft, str]]:
        """The cells of `row`, each with its part in a vertical merge: restart, continue or none."""
        drafts: list[tuple[_Draft, str]] = []
        col = int(attribute(child(row, "trPr", "gridBefore"), "val", "0"))
        for cell in opened(row, self.told):
            if local(cell) != "tc":
                continue
            settings = _settings(cell)
            span = settings.get("gridSpan", "")
            cols = max(1, int(span)) if span.isdigit() else 1
            text = self._text(cell)
            if drafts and settings.get("hMerge") == "continue":
                drafts[-1][0].cols += cols
                self._uncover(drafts[-1][0], text)
            else:
                drafts.append((_Draft(text, col, cols), settings.get("vMerge", "")))
            col += cols
        return drafts

    def _merge(self, draft: _Draft, merge: str, above: _Merging) -> _Draft:
        """The cell that `draft` belongs to: itself, or the one of the rows above that goes on here."""
        top = above.get(draft.col)
        if merge == "restart" or top is None:
            return draft
        top.rows += 1
        self._uncover(top, draft.text)
        draft.text, draft.covered = "", True
        return top

    def _uncover(self, draft: _Draft, text: str) -> None:
        if text.strip():
            draft.text = f"{draft.text}\n{text}" if draft.text else text
            self.told.tell(COVERED)

    def _text(self, cell: _Element) -> str:
        lines = self._lines(cell)
        while lines and not lines[-1].strip():
            lines.pop()
        first = next((number for number, line in enumerate(lines) if line.strip()), 0)
        return plain("\n".join(lines[first:]))

    def _lines(self, container: _Element) -> list[str]:
        lines: list[str] = []
        for inner in opened(container, self.told):
            if local(inner) == "p":
                text, boxes = paragraph(inner, self.told)
                lines.extend(text.split("\n"))
                for box in boxes:
                    lines.extend(self._lines(box))
            elif local(inner) == "tbl":
                self.told.tell(NESTED)
                lines.extend("\t".join(draft.text for draft in row) for row in self._rows(inner))
        return lines


def _is_hidden(element: _Element) -> bool:
    return is_on(child(element, "pPr", "rPr", "vanish")) and child(element, "r") is None


def _settings(cell: _Element) -> dict[str, str]:
    """What w:tcPr says by name; a merge that does not say how goes on from the cell before."""
    settings = child(cell, "tcPr")
    return {} if settings is None else {local(inner): attribute(inner, "val", "continue") for inner in settings}
