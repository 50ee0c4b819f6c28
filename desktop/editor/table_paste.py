"""What a paste from a spreadsheet means for a table: the rows as they will stand, what is left out, the commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.models.table_rows import RowModel
from forms.commands import AddRow, AnyCommand, SetValue
from forms.filing import Place, Row, new_id
from forms.language import N_, sentence
from forms.template.model import Field
from forms.units import unit_of
from forms.values import Kind, Unread, read

PASTE = N_("粘贴")

_NOWHERE = -1
_SAMPLE = 12  # letters of a text that tell which one is meant


@dataclass(slots=True)
class Pasting:
    """What would happen: `rows` as they will stand, under all columns; `marks` says what cannot be read where.

    `cut` tells that something has no place; what the program writes itself is left out of `rows` in any case.
    """

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    commands: list[AnyCommand] = field(default_factory=list)
    cut: bool = False


def pasted(
    model: RowModel,
    cells: Sequence[Sequence[str]],
    line: int,
    column: int,
    *,
    insert: bool,
    headings: Mapping[str, int] | None = None,
) -> Pasting:
    """Put cells over those from `line` and `column` on, or with `insert` into new rows that begin at `line`.

    A first line of the names of columns, or of their `headings` on paper, tells where each cell goes. An empty cell
    leaves alone what stands there.
    """
    known = dict(headings or {}) | {one.name: number for number, one in enumerate(model.columns)}
    return _Plan(model, insert=insert).made(cells, line, column, {_squeezed(name): at for name, at in known.items()})


class _Plan:
    """Collects what each pasted line does to the rows of a table."""

    def __init__(self, model: RowModel, *, insert: bool) -> None:
        self._model = model
        self._insert = insert and not model.fixed
        self._result = Pasting()
        self._replaced = 0
        self._beyond: list[str] = []
        self._kept_out: set[str] = set()
        self._most = model.fixed or model.table.most
        self._room = 0 if model.fixed else self._most - len(model.bridge.filing.rows(model.table.name))
        self._no_room = 0
        self._strangers: list[str] = []
        self._labels = {at for at, one in enumerate(model.columns) if one.kind is Kind.ROW_LABEL}
        self._added = 0
        self._start = 0

    def made(self, cells: Sequence[Sequence[str]], line: int, column: int, names: Mapping[str, int]) -> Pasting:
        order = _named(cells[0], names, len(self._model.columns)) if len(cells) > 1 else []
        rest = cells[1:] if order else cells
        self._start = line
        for texts in [one for one in rest if any(map(str.strip, one))] if self._insert else rest:
            goals = [*order, *[_NOWHERE] * len(texts)] if order else range(column, column + len(texts))
            found = [(at, text) for at, text in zip(goals, texts, strict=False) if text.strip()]
            placed = {at: text for at, text in found if 0 <= at < len(self._model.columns)}
            self._beyond += [text for at, text in found if at not in placed]
            there = self._line_of(placed, line)
            line = there + self._take(there, placed) if there != _NOWHERE else line
        self._result.notes = list(self._notes())
        self._result.cut = bool(self._beyond or self._strangers) or self._no_room > 0
        return self._result

    def _line_of(self, texts: Mapping[int, str], line: int) -> int:
        """The line that fixed rows are called by, whatever their order; `line` where they are not called at all."""
        called = next((text.strip() for at, text in texts.items() if at in self._labels), "")
        if not called or not self._model.fixed:
            return line
        labels = [_squeezed(label) for label in self._model.table.labels]
        if _squeezed(called) in labels:
            return labels.index(_squeezed(called))
        self._strangers.append(called)
        return _NOWHERE

    def _take(self, line: int, texts: dict[int, str]) -> int:
        """Put texts by column into a line; how far the next line is."""
        there = 0 <= line < self._model.rowCount() and not self._insert
        row = self._model.row(line) if there else Row("", {})
        shut = {at for at in texts if self._is_shut(line if there else -1, at)}
        free = {at: text for at, text in texts.items() if at not in shut}
        if not free:
            return 1 if row.id or row.label else 0
        if not row.id and not row.label:
            if self._room <= 0:
                self._no_room += 1
                return 0
            self._room -= 1
        differ = (at for at in shut if _squeezed(texts[at]) != _squeezed(self._model.text(line, at) if there else ""))
        self._kept_out.update(self._model.columns[at].name for at in differ)
        self._put(line, row, free)
        return 1

    def _is_shut(self, line: int, column: int) -> bool:
        waiting = self._model.rowCount() - 1 if line < 0 else line  # what holds for a new row holds for a waiting one
        return self._model.is_fixed(waiting, column)

    def _put(self, line: int, row: Row, texts: dict[int, str]) -> None:
        table, columns = self._model.table.name, self._model.columns
        named = {columns[at].name: text for at, text in texts.items()}
        if row.id:
            changed = {name: text for name, text in named.items() if row.cells.get(name, "") != text}
            self._replaced += sum(1 for name in changed if row.cells.get(name, "").strip())
            self._result.commands += [SetValue(Place(table=table, row=row.id, column=name), text)
                                      for name, text in changed.items()]  # fmt: skip
        else:
            at = self._model.position(self._start if self._insert else line) + self._added
            self._result.commands.append(AddRow(table, Row(new_id(), named, row.label), at))
            self._added += 1
        self._show(line, row, texts)

    def _show(self, line: int, row: Row, texts: dict[int, str]) -> None:
        number = len(self._result.rows)
        shown = []
        for at, column in enumerate(self._model.columns):
            standing = row.cells.get(column.name, "") or (self._model.text(line, at) if row.label else "")
            shown.append(texts.get(at, standing if column.formula is None else ""))
            if at in texts and (said := self._unread(column, texts[at])):
                self._result.marks[number, at] = said
        self._result.rows.append(shown)
        self._result.lines.append(line)

    def _unread(self, column: Field, text: str) -> str:
        """Why a text cannot be read; what is none of the choices may stay."""
        if column.kind is Kind.CHOICE:
            return ""
        unit = unit_of(column, self._model.bridge.template)
        value = read(column.kind, text, unit=unit, places=column.places)
        return sentence(value.message, value.params) if isinstance(value, Unread) else ""

    def _notes(self) -> Iterable[str]:
        if self._beyond:
            params = {"count": len(self._beyond), "text": _short(self._beyond[0])}
            yield sentence(N_("有 {count} 格表里没有地方放（“{text}”等），不粘贴。"), params)
        if self._no_room:
            params = {"count": self._no_room, "most": self._most}
            yield sentence(N_("多出 {count} 行，这张表至多 {most} 行，不粘贴。"), params)
        if self._strangers:
            names = "、".join(map(_short, self._strangers))
            yield sentence(N_("表里没有名为“{names}”的行，不粘贴。"), {"names": names})
        if self._kept_out:
            names = "、".join(one.name for one in self._model.columns if one.name in self._kept_out)
            yield sentence(N_("“{names}”不用填，贴来的内容不要。"), {"names": names})
        if self._replaced:
            yield sentence(N_("有 {count} 格原来有内容，会被替换。"), {"count": self._replaced})


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SAMPLE else line[:_SAMPLE] + "…"


def _named(line: Sequence[str], known: Mapping[str, int], columns: int) -> list[int]:
    """The columns a first line names, if that is what it does; what it calls otherwise stands for no column."""
    names = [_squeezed(cell) for cell in line]
    order = [known.get(name, _NOWHERE) for name in names]
    hits = [at for at in order if at != _NOWHERE]
    mostly = 2 * len(hits) > len([name for name in names if name])
    return order if mostly and len(set(hits)) == len(hits) >= min(2, columns) else []


def _squeezed(name: str) -> str:
    return "".join(name.split())
