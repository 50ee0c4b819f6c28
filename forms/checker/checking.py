"""The quality checks of one filing, kept true: each looks again only where a change touched what it looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.checker.catalogue import CHECKS
from forms.checker.criteria import Check, Seen
from forms.checker.switches import as_wanted
from forms.checker.usages import Usage
from forms.checker.view import Form, Text
from forms.filing import Filing, Indicator, Place, Row
from forms.problem import Problem
from forms.template.model import Template

Key = tuple[str, str, str]
"""("field", name, ""), ("row", table, id), ("indicator", "", id), ("tree", name, ""), FORM or RELATIONS."""

FORM: Key = ("form", "", "")
RELATIONS: Key = ("relations", "", "")
_TURN = {"tree": 1, "form": 2, "relations": 3}


class Checker:
    """What the catalogue has to say of one filing. `found` holds it by what was looked at; nothing found, no key.

    Relations of the words to the indicators are looked at by `relate` only, after a pause or before a verdict.
    """

    def __init__(self, template: Template, filing: Filing) -> None:
        self.template = template
        self.found: dict[Key, tuple[Problem, ...]] = {}
        self.related = False  # whether `relate` has looked since the last change
        self._form = Form(template, filing)
        self._settle(self._every())

    def update(self, filing: Filing, touched: Iterable[Place]) -> None:
        """Look again at what the places `touched` reach; a place without a column is a whole row."""
        old, year = self._form.filing, self._form.year
        self._form.turn_to(filing)
        touched = set(touched)
        everything = year != self._form.year  # deadlines are read by it
        keys = set(self._every()) if everything else {key for at in touched for key in self._reached(at, old)}
        if keys:
            self._leave_relations(touched)
        self._settle(keys)

    @property
    def problems(self) -> Iterator[Problem]:
        """What was found: entries, then trees, then the form as a whole; in the order of the catalogue at one place."""
        for key in sorted(self.found, key=lambda key: _TURN.get(key[0], 0)):
            yield from self.found[key]

    def relate(self) -> None:
        """Look at how the words of the form and its indicators go together, unless nothing has changed since."""
        if not self.related:
            self._keep(RELATIONS, _all(CHECKS.relations, self._form))
            self.related = True

    def _leave_relations(self, touched: set[Place]) -> None:
        """Let go of what was said of texts that have changed since; the rest stands until somebody looks again."""
        self.related = False
        rows = {(at.table, at.row, at.indicator) for at in touched if not at.field}
        standing = (
            one for one in self.found.get(RELATIONS, ())
            if one.at not in touched and (one.at.table, one.at.row, one.at.indicator) not in rows
        )  # fmt: skip
        self._keep(RELATIONS, standing)

    def _reached(self, at: Place, old: Filing) -> Iterator[Key]:
        if at.field:
            yield from (("field", at.field, ""), FORM)
        elif at.table:
            yield from (("row", at.table, at.row), FORM)
        else:
            yield "indicator", "", at.indicator
            owners = (filing.indicator(at.indicator) for filing in (old, self._form.filing))
            yield from (("tree", one.tree, "") for one in owners if one is not None)

    def _every(self) -> Iterator[Key]:
        filing = self._form.filing
        yield from (("field", name, "") for name in self.template.fields)
        yield from (("row", table, row.id) for table in self.template.tables for row in filing.rows(table))
        yield from (("indicator", "", one.id) for one in filing.indicators)
        yield from (("tree", name, "") for name in self.template.trees)
        yield FORM

    def _settle(self, keys: Iterable[Key]) -> None:
        keys = list(keys)
        rows, indicators = self._named(keys)
        for key in keys:
            self._keep(key, self._look(key, rows, indicators))

    def _named(self, keys: list[Key]) -> tuple[dict[Key, Row], dict[str, Indicator]]:
        """The rows and indicators that are there of those named."""
        filing = self._form.filing
        tables = {table for kind, table, _ in keys if kind == "row"}
        rows: dict[Key, Row] = {("row", table, row.id): row for table in tables for row in filing.rows(table)}
        return rows, {one.id: one for one in filing.indicators}

    def _look(self, key: Key, rows: dict[Key, Row], indicators: dict[str, Indicator]) -> Iterator[Problem]:
        kind, name, ident = key
        if key == FORM:
            yield from _all(CHECKS.forms, self._form)
        elif kind == "field" and name in self.template.fields:
            yield from _of_text(self._form.text(self.template.fields[name]))
        elif kind == "row" and name in self.template.tables and key in rows:
            yield from self._of_row(name, rows[key])
        elif kind == "indicator" and ident in indicators:
            yield from self._of_indicator(indicators[ident])
        elif kind == "tree" and name in self.template.trees:
            yield from _all(CHECKS.trees, self._form.branches(self.template.trees[name]))

    def _of_row(self, table: str, row: Row) -> Iterator[Problem]:
        entry = self._form.entry(self.template.tables[table], row)
        if entry is not None:
            for text in entry.texts:
                yield from _of_text(text)
            yield from _all(CHECKS.rows, entry)

    def _of_indicator(self, indicator: Indicator) -> Iterator[Problem]:
        line = self._form.line(indicator)
        if line is not None:
            for text in line.texts:
                yield from _of_text(text)
            yield from _all(CHECKS.lines, line)

    def _keep(self, key: Key, problems: Iterable[Problem]) -> None:
        kept = tuple(as_wanted(self.template.checks, problems))
        if kept:
            self.found[key] = kept
        else:
            self.found.pop(key, None)


def _all(checks: Iterable[Check[Seen]], seen: Seen) -> Iterator[Problem]:
    for check in checks:
        yield from check.problems(seen)


def _of_text(text: Text) -> Iterator[Problem]:
    """What is wrong with one text of the filer's; what the receiver writes and what is calculated is not his."""
    if text.filled and text.field.fillable and text.usage is not Usage.RECEIVER:
        yield from _all(CHECKS.texts, text)
