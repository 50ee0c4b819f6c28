"""The paragraphs of a narrative taken in: fields below their headings, rows by the pattern that prints them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forms.importers.furniture import read_furniture
from forms.importers.intake import Intake, Taken, TakenRow
from forms.importers.narrative import COUNTED, Heading, heading_of, headings
from forms.importers.titles import read_title
from forms.language import N_
from forms.template.blocks import HOLE
from forms.template.model import Table, Template

_VARIANTS = {"（": "[（(]", "）": "[）)]", "、": "[、.．]", ".": "[.．、]", "：": "[：:]"}
_ENDS = "。；：！？…”）》.;:!?)"
_NUMBERED = re.compile(rf"[(（第]?(?:{COUNTED})[、.．)）是部]")
_A_SENTENCE = 20  # characters; a shorter line is a heading
_DIGITS = "一二三四五六七八九"
_BRACKETED, _MARKED = re.compile(r"（\{n[^}]*\}）"), re.compile(r"\{n[^}]*\}[.、]")


class Narrative:
    """Reads the paragraphs of one narrative into `intake`."""

    def __init__(self, template: Template, intake: Intake) -> None:
        self.template = template
        self.intake = intake
        self._heading: Heading | None = None
        self._seen: set[Heading] = set()
        self._rows: _Rows | None = None

    def read(self, paragraphs: Sequence[str]) -> None:
        """Take in every paragraph: headings, rows, what goes on with them, and lines that the form prints."""
        for text in paragraphs:
            for line in text.split("\n"):
                if line.strip():
                    self._line(line)

    def is_whole(self) -> bool:
        """Whether every part of the form was there; what is missing is told."""
        gone = "、".join(one.words for one in headings(self.template) if one not in self._seen)
        if gone:
            self.intake.note(self.template.name, N_("来文没有这些部分：{parts}；此表不完整。"), parts=gone)
        return not gone

    def _line(self, line: str) -> None:
        title = read_title(self.template, line)
        heading = heading_of(self.template, line)
        if heading is not None:
            self._heading = heading
            self._seen.add(heading)
            table = self.template.tables.get(heading.block)
            self._rows = _Rows(table, self.intake) if table else None
        elif title is not None and title.exact:
            return
        elif (values := read_furniture(self.template, line)) is not None:
            for name, value in values.items():
                self.intake.field(name, self.intake.taken(self.template.fields[name], value))
        elif self._rows is not None:
            self._rows.take(line.strip())
        else:
            self._prose(line)

    def _prose(self, line: str) -> None:
        """A paragraph of the field below a heading; without one it has no place."""
        name = self._heading.field if self._heading else ""
        if not name:
            self.intake.leave(line)
            return
        before = self.intake.fields.get(name)
        if before is None:
            self.intake.field(name, self.intake.taken(self.template.fields[name], line.strip()))
        else:
            _go_on(self.intake, name, before, line.strip())


def _go_on(intake: Intake, place: str, before: Taken, text: str) -> None:
    """Add a paragraph, or the rest of one that a page break cut: it ends amid a sentence, and no number follows."""
    last = before.text.rpartition("\n")[2]
    cut = len(last) >= _A_SENTENCE and last[-1] not in _ENDS and _NUMBERED.match(text) is None
    if cut:
        intake.note(place, N_("分页断开的内容已接回。"))
    before.go_on(text, "" if cut else "\n")


class _Rows:
    """The rows of one table, each printed by a pattern of one or more lines."""

    def __init__(self, table: Table, intake: Intake) -> None:
        self.table = table
        self.intake = intake
        first, *others = table.pattern.split("\n")
        self._lines = [_Line(first), *map(_Line, others)]
        self._otherwise = _Line(
            _BRACKETED.sub("{n}、", first) if _BRACKETED.search(first) else _MARKED.sub("（{n}）", first)
        )
        self._row: TakenRow | None = None
        self._at = 0  # the line of the pattern that was read last
        self._number = ""  # as the source numbers the row

    def take(self, text: str) -> None:
        """Take a line as the beginning of a row, as the next line of its pattern, or as more of what came last."""
        if self._row is None and self._lines[0].read(text) is None and self._otherwise.read(text) is not None:
            self._lines[0] = self._otherwise  # the source numbers its items in the other way, all of them
        first = self._lines[0].read(text)
        if first is not None and (self._row is None or self._lines[0].words or len(self._lines) == 1):
            self._row, self._at, self._number = TakenRow({}), 0, first["n"]
            self._put(self._row, first)
        elif (found := self._next(text)) is not None:
            self._row = self._row or TakenRow({})
            self._at, read = found
            self._put(self._row, read)
        elif (found := self._unnumbered(text)) is not None:
            self._row, self._number = TakenRow({}), ""
            self._at, read = found
            self._put(self._row, read)
            self.intake.note(self.table.name, N_("来文有的条目没有编号或名称，已另起一条，请核对。"))
        else:
            assert self._row is not None, "without a row every line begins one"  # noqa: S101 — tells mypy so
            self._go_on(self._row, text)

    def _next(self, text: str) -> tuple[int, dict[str, str]] | None:
        """The line of the pattern that a text is, of those not read yet; one that prints no words takes anything."""
        below = range(self._at + 1, len(self._lines)) if self._row else range(0)
        return next(((at, read) for at in below if (read := self._lines[at].read(text)) is not None), None)

    def _unnumbered(self, text: str) -> tuple[int, dict[str, str]] | None:
        """The line of the pattern that begins a row without those before it; the last where the text is like none."""
        for at, line in enumerate(self._lines):
            if line.words and (read := line.read(text)) is not None:
                return at, read
        last = self._lines[-1].columns
        return (len(self._lines) - 1, dict.fromkeys(last, "") | {last[-1]: text}) if self._row is None else None

    def _put(self, row: TakenRow, read: dict[str, str]) -> None:
        taken = {name: Taken(read[name], read[name]) for name in self._lines[self._at].columns if read[name]}
        if taken and not row.cells:  # a row that the blank form prints in advance holds nothing
            self.intake.add(self.table.name, row)
            self._tell_number()
        row.cells.update(taken)

    def _go_on(self, row: TakenRow, text: str) -> None:
        name = self._lines[self._at].columns[-1]
        if name in row.cells:
            _go_on(self.intake, self.table.name, row.cells[name], text)
        else:
            self._put(row, dict.fromkeys(self._lines[self._at].columns, "") | {name: text})

    def _tell_number(self) -> None:
        count = len(self.intake.rows[self.table.name])
        if self._number and _count(self._number) != count:
            message = N_("来文这一条的序号是“{text}”，按次序印作第 {count} 条。")
            self.intake.note(f"{self.table.name} {count}", message, text=self._number, count=str(count))


class _Line:
    """One line of a pattern: `words` tells whether it prints anything besides its columns."""

    def __init__(self, line: str) -> None:
        self.columns = [name for name, _ in HOLE.findall(line) if name != "n"]
        self.words = len(self.columns) < len(HOLE.findall(line)) or bool(HOLE.sub("", line).strip())
        pattern, at = "", 0
        for hole in HOLE.finditer(line):
            # A column takes the blanks around it; a second pattern for them would be tried at every split.
            held = rf"\s*(?P<n>{COUNTED})\s*" if hole[1] == "n" else f"(?P<f{self.columns.index(hole[1])}>.*?)"
            pattern += _printed(line[at : hole.start()]) + held
            at = hole.end()
        self._pattern = re.compile(pattern + _printed(line[at:]))

    def read(self, text: str) -> dict[str, str] | None:
        """What the columns take of a text, and its number under `n`; None where it is no such line."""
        found = self._pattern.fullmatch(text)
        if found is None:
            return None
        taken = {name: found[f"f{number}"].strip() for number, name in enumerate(self.columns)}
        return taken | {"n": found.groupdict().get("n") or ""}


def _printed(words: str) -> str:
    """A pattern for the words of a form, in any width and with blanks between them."""
    return r"\s*".join(_VARIANTS.get(ch, re.escape(ch)) for ch in words if not ch.isspace())


def _count(text: str) -> int:
    """The number that 12 or 十二 means; 0 for what is no number."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return ((_DIGITS.find(tens) + 1 if tens else 1) * 10 if ten else 0) + (_DIGITS.find(ones) + 1 if ones else 0)
