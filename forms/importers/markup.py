"""Limits on the markup of a .docx or .xlsx, checked by expat while it streams past, before any tree is built."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from xml.parsers.expat import ExpatError, ParserCreate

from forms.errors import SourceRefused
from forms.language import N_

MAX_DEPTH = 100
MAX_ELEMENTS = 1_500_000
MAX_ATTRIBUTE = 64 << 10
MAX_RUN = 1 << 20
MAX_ROWS = 20_000
MAX_COLUMNS = 400
MAX_MERGED = 20_000
MAX_SPAN = 200

_BROKEN = N_("“{name}”的内容已损坏，没有读取；请用 WPS 或 Office 打开后另存，再导入另存的文件。")
_ENTITIES = N_("“{name}”含有正常文件没有的实体声明，为安全起见没有读取；请用 WPS 或 Office 打开后另存再导入。")
_TOO_MUCH = N_("“{name}”的内容过多或嵌套过深，没有读取；请只保留要导入的表，另存后再导入。")
_TOO_FAR = N_("“{name}”有内容超出了 {rows} 行、{columns} 列；请删去表格以外的内容，另存后再导入。")
_MERGED = N_("“{name}”合并了过多的单元格；请取消整行、整列的合并，另存后再导入。")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")

Attributes = dict[str, str]


class Part:
    """One part of the file, fed in pieces; `markup` counts over all parts."""

    def __init__(self, markup: Markup, *, read: bool) -> None:
        self.settled = False
        self._parser = ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_entities
        self._parser.StartElementHandler = markup.start if read else self._settle
        if read:
            self._parser.buffer_text = True
            self._parser.EndElementHandler = markup.end
            self._parser.CharacterDataHandler = markup.characters

    def feed(self, chunk: bytes) -> None:
        """Check the next piece of the part; raises SourceRefused. Once `settled`, no more is needed."""
        self._parse(chunk, last=False)

    def close(self) -> None:
        """Tell that the part is over; raises SourceRefused when it is not whole."""
        self._parse(b"", last=True)

    def _settle(self, _name: str, _attributes: Attributes) -> None:
        self.settled = True  # a document type declaration can stand before the first element only
        self._parser.StartElementHandler = None

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except (ExpatError, ValueError, LookupError) as error:  # the last two: an encoding that does not exist
            raise SourceRefused(_BROKEN) from error


class Markup:
    """The limits of all parts together, and two things a reader of workbooks should know.

    `unvalued`: a formula stands without a stored value. `buried`: a merged range covers values of its own.
    A document type declaration is refused in every encoding expat reads: entities are declared nowhere else.
    Cells are measured where they hold something; formatting that reaches to the last row is harmless.
    """

    def __init__(self, kind: str) -> None:
        self.unvalued = self.buried = False
        self._elements = self._depth = self._run = self._merged = 0
        self._row = self._column = 0
        self._cell: Attributes | None = None
        self._held: set[tuple[int, int]] = set()
        self._formula = self._value = self._inside = False
        self._rules: dict[str, Callable[[Attributes], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._hold_value,
            "is": self._hold_value,
            "f": self._hold_formula,
            "mergeCell": self._merge,
        }
        if kind == "docx":
            self._rules = dict.fromkeys(("gridSpan", "gridBefore", "gridAfter"), self._span)

    def part(self, *, read: bool) -> Part:
        """A part to feed; with `read` false no reader will open it, and only a declaration is looked for."""
        self._depth = self._row = self._column = 0
        self._cell = None
        self._held.clear()
        return Part(self, read=read)

    def start(self, name: str, attributes: Attributes) -> None:
        """Take an opening tag."""
        self._elements += 1
        self._depth += 1
        self._run = 0
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS:
            raise SourceRefused(_TOO_MUCH)
        for value in attributes.values():
            if len(value) > MAX_ATTRIBUTE:
                raise SourceRefused(_TOO_MUCH)
        rule = self._rules.get(name.rpartition(":")[2])
        if rule is not None:
            rule(attributes)

    def end(self, name: str) -> None:
        """Take a closing tag."""
        self._depth -= 1
        self._run = 0
        local = name.rpartition(":")[2]
        if local in {"v", "is"}:
            self._inside = False
        if self._cell is not None and local == "c":
            # A formula whose result is the empty string is stored as text without a value.
            if self._formula and not self._value and self._cell.get("t") != "str":
                self.unvalued = True
            self._cell = None

    def characters(self, text: str) -> None:
        """Take a piece of text between two tags."""
        self._run += len(text)
        if self._run > MAX_RUN:
            raise SourceRefused(_TOO_MUCH)
        if self._inside and text.strip():
            self._value = True

    def _start_row(self, attributes: Attributes) -> None:
        self._row = _number(attributes.get("r", str(self._row + 1)))
        self._column = 0

    def _start_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            self._row, self._column = _place(attributes["r"])
        else:
            self._column += 1
        self._cell = attributes
        self._formula = self._value = self._inside = False

    def _hold_value(self, _attributes: Attributes) -> None:
        self._inside = True  # the tags alone are no value: some programs write them empty below a formula
        self._hold()

    def _hold_formula(self, _attributes: Attributes) -> None:
        self._formula = True
        self._hold()

    def _hold(self) -> None:
        self._held.add((self._row, self._column))
        if self._cell is not None and (self._row > MAX_ROWS or self._column > MAX_COLUMNS):
            raise SourceRefused(_TOO_FAR, rows=MAX_ROWS, columns=MAX_COLUMNS)

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        self._merged += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        if self._merged > MAX_MERGED:
            raise SourceRefused(_MERGED)
        if not self.buried:
            places = product(range(top, bottom + 1), range(left, right + 1))
            next(places, None)
            self.buried = not self._held.isdisjoint(places)

    def _span(self, attributes: Attributes) -> None:
        for name, value in attributes.items():
            if name.rpartition(":")[2] == "val" and _number(value) > MAX_SPAN:
                raise SourceRefused(_MERGED)


def _refuse_entities(*_declaration: object) -> None:
    raise SourceRefused(_ENTITIES)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        raise SourceRefused(_BROKEN)
    return int(text)


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise SourceRefused(_BROKEN)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
