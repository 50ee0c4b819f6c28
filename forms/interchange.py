"""The JSON objects of the command line: a filing as `import` and `show` give it, and a check's findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from forms.filing import Filing, Place
from forms.grid.arrange import title
from forms.importers.intake import Notice
from forms.language import sentence
from forms.places import Positions
from forms.problem import Problem
from forms.rules import Review
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Template
from forms.values import Kind

if TYPE_CHECKING:  # comparing is for few; every start of the program loads this module
    from forms.comparison import Comparison, Difference, Seat, Side

Json = dict[str, object]


def report(source: str, unplaced: Sequence[str], notices: Sequence[Notice], *, complete: bool) -> Json:
    """What an import had to say, as it is kept beside the filing: sentences stay apart from what fills them."""
    told = [{"place": one.place, "message": one.message, "params": one.params} for one in notices]
    return {"source": source, "unplaced": list(unplaced), "notices": told, "complete": complete}


def notice_objects(told: Mapping[str, object]) -> list[Json]:
    """The notices of a report as sentences in the language in use."""
    notices = told.get("notices")
    return [
        {"place": one["place"], "text": sentence(one["message"], one["params"])}
        for one in (notices if isinstance(notices, list) else ())
    ]


def filing_object(review: Review, told: Mapping[str, object] | None) -> Json:
    """The object of `import` and `show`. Values are the text the filing holds; `told` is the import's report."""
    template, filing = review.template, review.filing
    told = told or {}
    positions = Positions(template, filing)
    return {
        "id": filing.id,
        "source": told.get("source", ""),
        "template": template.name,
        "template_id": template.id,
        "version": filing.template.version,
        "title": title(template, filing, review.computed),
        "year": filing.year,
        "unit": filing.unit.name,
        "state": filing.state,
        "values": dict(filing.values),
        "tables": {name: _rows(template, filing, name) for name in filing.tables},
        "indicators": _indicators(filing),
        "computed": {positions.describe(at): text for at, text in review.computed.items()},
        "unplaced": told.get("unplaced", []),
        "notices": notice_objects(told),
        "complete": told.get("complete", True),
    }


def check_object(review: Review) -> Json:
    """The findings of one filing."""
    positions = Positions(review.template, review.filing)
    return {
        "id": review.filing.id,
        "title": title(review.template, review.filing, review.computed),
        "template": review.template.name,
        "exportable": review.exportable,
        "problems": [_problem(problem, positions) for problem in review.problems],
        "dismissed": [_problem(problem, positions) | {"reason": reason} for problem, reason in review.dismissed],
        "pending": [
            {"rule": rule, "message": sentence(verdict.message, verdict.params)}
            for rule, verdict in review.pending.items()
        ],
    }


def comparison_object(comparison: Comparison) -> Json:
    """What differs between two filings: whole texts, with the characters that are not in the other as spans."""
    return {
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "differences": [_difference(one, comparison) for one in comparison.differences],
    }


def _side(side: Side) -> Json:
    return {
        "id": side.filing.id,
        "name": side.name,
        "template_id": side.template.id,
        "version": side.filing.template.version,
    }


def _difference(one: Difference, comparison: Comparison) -> Json:
    side = comparison.new if one.new or one.name else comparison.old
    positions = Positions(side.template, side.filing)
    told: Json = {"what": str(one.what), "place": positions.describe(one.at), "at": _at(one.at, positions)}
    if one.name:
        told |= {"before": one.before, "after": one.after, "cut": list(one.cut), "put": list(one.put)}
    else:
        told |= {"from": _seat(one.old), "to": _seat(one.new), "texts": dict(one.columns)}
    likeness = comparison.likened.get(one.at.indicator or one.at.row)
    return told | ({"likeness": likeness} if likeness else {})


def _seat(seat: Seat | None) -> Json | None:
    if seat is None:
        return None
    branch = {LEVEL1: seat.level1, LEVEL2: seat.level2} if seat.level2 else {}
    return {"table": seat.block, **branch, "row": seat.number}


def _problem(problem: Problem, positions: Positions) -> Json:
    return {
        "rule": problem.rule,
        "severity": str(problem.severity),
        "place": positions.describe(problem.at),
        "at": _at(problem.at, positions),
        "span": list(problem.span) if problem.span else None,
        "dimension": problem.dimension,
        "message": str(problem),
        "fix": str(problem.fix) if problem.fix else None,
    }


def _at(at: Place, positions: Positions) -> Json:
    """A place as {field} or {table, row, column} or {indicator, row, column}; rows count from 1."""
    if at.field:
        return {"field": at.field}
    if at.indicator:
        number, one = positions.indicators.get(at.indicator, (None, None))
        return {"indicator": f"{one.level1}/{one.level2}" if one else "", "row": number, "column": at.column}
    row, _ = positions.rows.get((at.table, at.row), (None, None))
    return {"table": at.table, "row": row, "column": at.column}


def _rows(template: Template, filing: Filing, name: str) -> list[dict[str, str]]:
    """The rows of a table; a fixed row's label and a row's own number stand in their columns, as on paper."""
    table = template.tables.get(name)
    serial = next((c.name for c in table.columns if c.kind is Kind.SERIAL), "") if table else ""
    labelled = next((c.name for c in table.columns if c.kind is Kind.ROW_LABEL), "") if table else ""
    rows = []
    for number, row in enumerate(filing.rows(name), 1):
        texts = {serial: str(number)} if serial else {}
        if row.label:
            texts[labelled or "行"] = row.label
        rows.append(texts | row.cells)
    return rows


def _indicators(filing: Filing) -> list[dict[str, str]]:
    many = len({one.tree for one in filing.indicators}) > 1
    return [
        {LEVEL1: one.level1, LEVEL2: one.level2} | ({"指标树": one.tree} if many else {}) | one.columns
        for one in filing.indicators
        if any(text.strip() for text in one.columns.values())
    ]
