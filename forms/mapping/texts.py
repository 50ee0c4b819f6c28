"""Rows of a system's tables back as the filing they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.filing import Filing, Indicator, Row
from forms.mapping.model import Interchange, Plan, Word
from forms.mapping.rows import JOINT
from forms.scope import block
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Template


@dataclass(slots=True)
class Entry:
    """A row or indicator on its way back; `block` is its table or tree, the rest as in Row and Indicator."""

    block: str
    id: str
    label: str = ""
    level1: str = ""
    level2: str = ""
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Texts:
    """The texts of a filing: those of fields; rows and indicators by block and id, in order."""

    values: dict[str, str] = field(default_factory=dict)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def entry(self, block: str, ident: str) -> Entry:
        """The entry of this id, a new one at the end where there is none."""
        return self.entries.setdefault((block, ident), Entry(block, ident))

    def filled(self, template: Template, filing: Filing) -> Filing:
        """`filing` with these texts for its own; blank texts and entries leave nothing behind."""
        tables: dict[str, tuple[Row, ...]] = {}
        indicators: list[Indicator] = []
        for one in self.entries.values():
            columns = {name: text for name, text in one.columns.items() if text}
            if one.block in template.trees:
                indicators.append(Indicator(one.id, one.level1, one.level2, columns, one.block))
            else:
                tables[one.block] = (*tables.get(one.block, ()), Row(one.id, columns, one.label))
        values = {name: text for name, text in self.values.items() if text}
        return filing.replace(values=values, tables=tables, indicators=tuple(indicators))


def texts_of(filing: Filing) -> Texts:
    """The texts of a filing, as a copy that can be changed."""
    found = Texts(dict(filing.values))
    for table, rows in filing.tables.items():
        for row in rows:
            found.entries[table, row.id] = Entry(table, row.id, row.label, columns=dict(row.cells))
    for one in filing.indicators:
        found.entries[one.tree, one.id] = Entry(one.tree, one.id, "", one.level1, one.level2, dict(one.columns))
    return found


def read_back(
    interchange: Interchange, template: Template, ident: str, tables: Mapping[str, Sequence[Mapping[str, str]]]
) -> Texts:
    """The texts that the rows of a system's tables hold of the filing `ident`.

    What a system column cannot give back (a joined text, a piece of a value) is left out.
    """
    back = Texts()
    for plan in interchange.plans:
        key = Word.ROW if plan.each else Word.FILING
        column, suffix = next(((name, one.suffix) for name, one in plan.sources.items() if one.word is key), ("", ""))
        for texts in tables.get(plan.table, ()):
            told = texts.get(column, "").removesuffix(suffix)
            if not _made_by(plan, texts):
                continue
            if not plan.each and told == ident:
                _take(plan, template, texts, back, None)
            elif plan.each and told.startswith(ident + JOINT):
                _take(plan, template, texts, back, back.entry(plan.each, told.removeprefix(ident + JOINT)))
    return back


def _made_by(plan: Plan, texts: Mapping[str, str]) -> bool:
    return all(texts.get(name) == source.fixed for name, source in plan.sources.items() if source.fixed)


def _take(plan: Plan, template: Template, texts: Mapping[str, str], into: Texts, entry: Entry | None) -> None:
    own = {column.name for column in block(template, plan.each).columns} if plan.each else set()
    for name, source in plan.sources.items():
        text = texts.get(name, "")
        if source.word is Word.LABEL and entry:
            entry.label = text
        if not text or len(source.names) != 1 or source.part or source.suffix:
            continue
        text = {code: said for said, code in source.codes.items()}.get(text, text)
        to = source.names[0]
        if entry and to == LEVEL1:
            entry.level1 = text
        elif entry and to == LEVEL2:
            entry.level2 = text
        elif entry and to in own:
            entry.columns.setdefault(to, text)
        else:
            into.values.setdefault(to, text)
