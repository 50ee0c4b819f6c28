"""A filing under its rules: computed values and Problems, settled whole or only where a change touched them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache

from forms.checker import Checker
from forms.checker.switches import as_wanted
from forms.entries import count_problems, field_problems, indicator_problems, row_problems, tree_problems
from forms.errors import BudgetExceeded
from forms.filing import Filing, Place
from forms.formula import Budget, Scalar, Verdict, judge
from forms.formula.syntax import Reference, walk
from forms.language import N_
from forms.problem import Problem, Severity
from forms.scope import Alone, FilingScope, Neighbours, block, computed_text, entries, without_cell
from forms.template.dependencies import ABROAD, RULE, Key, blocks, computed_reads, readers
from forms.template.drawing import LEVEL1, LEVEL2
from forms.template.model import Blank, Field, Rule, Sheet, Template

_Entry = tuple[str, str, str]  # ("field", name, ""), ("count", block, ""), ("row", table, id), ("indicator", "", id)
_STEPS = 2_000_000  # of the rule language for settling a whole form; an honest one of 200 rules needs a hundredth
_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


class Review:
    """One filing and everything its template's rules and the checks of quality say of it, kept true by `update`.

    `computed` gives the text of every computed place; `problems` come gravest first, in form order; `pending` names
    the rules that cannot be judged yet, with the reason. What was dismissed with a reason is no longer a problem.
    """

    def __init__(self, template: Template, filing: Filing, neighbours: Neighbours | None = None) -> None:
        self.template = template
        self.filing = filing
        self.computed: dict[Place, str] = {}
        self.pending: dict[str, Verdict] = {}
        self._scope = FilingScope(template, filing, neighbours or Alone(), Budget(_STEPS))
        self._found: dict[_Entry, tuple[Problem, ...]] = {}
        self._printed: dict[Key, tuple[Place, ...]] = {}  # the places of each computed field or column
        self._judged: dict[str, dict[Place | None, Verdict]] = {}  # of each rule over rows
        self._checker: Checker | None = None  # made when first asked for: printing asks for no more than the verdict
        self._settle(computed_reads(template), _all_entries(template, filing), {rule.name for rule in template.rules})

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, gravest first and in the order of the form."""
        self.checker.relate()
        return self.standing

    @property
    def standing(self) -> tuple[Problem, ...]:
        """The problems without looking anew at how words and indicators go together, for those who cannot wait."""
        ranked = self._ranked()
        if not self.filing.dismissed:
            return tuple(ranked)
        return tuple(problem for problem in ranked if self._reason(problem) is None)

    @property
    def dismissed(self) -> tuple[tuple[Problem, str], ...]:
        """What was found and stays as it is, each with the written reason."""
        self.checker.relate()
        found = self._ranked() if self.filing.dismissed else ()
        return tuple((problem, reason) for problem in found if (reason := self._reason(problem)) is not None)

    @property
    def checker(self) -> Checker:
        """The checks of quality."""
        if self._checker is None:
            self._checker = Checker(self.template, self.filing)
        return self._checker

    def _ranked(self) -> list[Problem]:
        order = Order(self.template, self.filing)
        # Entries come before rules, rules as the template lists them; sorting keeps that order within a place.
        keys = sorted(self._found, key=lambda key: order.rules.get(key[1], -1) if key[0] == RULE else -1)
        problems = [problem for key in keys for problem in self._found[key]]
        problems += self.checker.problems
        return sorted(problems, key=order.rank)

    def _reason(self, problem: Problem) -> str | None:
        """Why a problem was dismissed; None where it was not, or must not be."""
        if problem.severity is Severity.ERROR:
            return None
        said = (one.reason for one in self.filing.dismissed if (one.rule, one.at) == (problem.rule, problem.at))
        return next(said, None)

    @property
    def verdicts(self) -> dict[str, str]:
        """How each rule stands: holds, broken or pending."""
        broken = {name for kind, name, *_ in self._found if kind == RULE}
        names = [rule.name for rule in self.template.rules]
        return {name: "broken" if name in broken else "pending" if name in self.pending else "holds" for name in names}

    @property
    def exportable(self) -> bool:
        """Whether nothing blocks the export."""
        every = (*self._found.values(), self.checker.problems)
        return all(problem.severity is not Severity.ERROR for found in every for problem in found)

    @contextmanager
    def seen_from(self, place: Place, field: Field) -> Iterator[FilingScope]:
        """The values of the filing as the formula of the computed `field` at a place sees them."""
        row = None if place.field else Place(table=place.table, row=place.row, indicator=place.indicator)
        with self._scope.at_row(row, field.formula, field):
            yield self._scope

    def update(self, filing: Filing, touched: Iterable[Place]) -> None:
        """Settle anew what the places `touched` reach; a place without a column is a whole row come, gone or moved."""
        old, self.filing = self.filing, filing
        touched = tuple(touched)
        trees = {one.id: one.tree for one in (*old.indicators, *filing.indicators)}
        names: set[Key] = {ABROAD} if (old.year, old.set) != (filing.year, filing.set) else set()
        keys: set[_Entry] = set()
        for place in touched:
            names.update(self._names_at(place, trees))
            keys.add(_entry_of(place))
            if owner := place.table or trees.get(place.indicator):
                keys.add(("count", owner, ""))
        reached = self._reached(names)
        self._scope.turn_to(filing, reached)
        rows = frozenset(place.row or place.indicator for place in touched)
        if self._checker is not None:
            self._checker.update(filing, touched)
        self._settle(reached, sorted(keys), {name for table, name in reached if table == RULE}, rows)

    def meet(self, neighbours: Neighbours) -> None:
        """Judge anew what names other filings: these are the ones there are now."""
        self._scope.neighbours = neighbours
        reached = self._reached({ABROAD})
        self._scope.turn_to(self.filing, reached | {ABROAD})
        self._settle(reached, (), {name for table, name in reached if table == RULE})

    def _names_at(self, place: Place, trees: Mapping[str, str]) -> Iterator[Key]:
        """The names a change at `place` touches: a column, or the whole of a table or tree when a row moves."""
        if place.field:
            yield "", place.field
            return
        owner = place.table or trees.get(place.indicator, "")
        if place.column:
            yield owner, place.column
            return
        yield from ((owner, name) for name in ("", LEVEL1, LEVEL2))
        for column in block(self.template, owner).columns:
            yield owner, column.name

    def _reached(self, names: set[Key]) -> set[Key]:
        """These names, every computed one that reads them, and the rules over any of them."""
        by_name = readers(self.template)
        reached, waiting = set(names), list(names)
        while waiting:
            for reader in by_name.get(waiting.pop(), ()):
                if reader not in reached:
                    reached.add(reader)
                    waiting.append(reader)
        return reached

    def _settle(
        self, names: Iterable[Key], keys: Iterable[_Entry], rules: set[str], rows: frozenset[str] | None = None
    ) -> None:
        """Settle these names, entries and rules; of the rules over single rows only those of `rows`, where told."""
        self._scope.budget.left = _STEPS
        for name in names:
            if name in computed_reads(self.template):
                self._compute(name)
        for key, found in self._entries(keys):
            self._keep(key, found)
        for rule in self.template.rules:
            if rule.name in rules:
                self._judge(rule, rows)

    def _compute(self, key: Key) -> None:
        table, name = key
        for place in self._printed.get(key, ()):
            self.computed.pop(place, None)
        column, places = self._computed_places(table, name)
        values = self._scope.values(key)
        self.computed.update((at, computed_text(column, value)) for at, value in zip(places, values, strict=True) if at)
        self._printed[key] = tuple(at for at in places if at)

    def _computed_places(self, table: str, name: str) -> tuple[Field, list[Place | None]]:
        """A computed field or column and its places, row by row; None where it has none or what is typed counts."""
        if not table:
            return self.template.fields[name], [Place(field=name)]
        owner = block(self.template, table)
        column = owner.column(name)
        assert column is not None  # noqa: S101 — the name of a computed column
        absent = without_cell(owner, self.filing, column)
        return column, [
            None
            if at.row in absent or (column.proposes and texts.get(name, "").strip())
            else Place("", at.table, at.row, at.indicator, name)
            for at, texts in entries(self.filing, table)
        ]

    def _entries(self, keys: Iterable[_Entry]) -> Iterator[tuple[_Entry, Iterable[Problem]]]:
        template, filing = self.template, self.filing
        rows = {("row", table, row.id): row for table in filing.tables for row in filing.rows(table)}
        indicators = {("indicator", "", one.id): one for one in filing.indicators}
        for key in keys:
            kind, name, _ = key
            found: Iterable[Problem] = ()
            if kind == "field" and name in template.fields:
                found = field_problems(template, filing, template.fields[name])
            elif kind == "count" and name in template.tables:
                found = count_problems(filing, template.tables[name])
            elif kind == "count" and name in template.trees:
                found = tree_problems(filing, template.trees[name])
            elif key in rows and name in template.tables:
                found = row_problems(template, template.tables[name], rows[key])
            elif key in indicators and indicators[key].tree in template.trees:
                found = indicator_problems(template, template.trees[indicators[key].tree], indicators[key])
            yield key, found

    def _judge(self, rule: Rule, touched: frozenset[str] | None) -> None:
        self.pending.pop(rule.name, None)
        rows = [at for at, _ in entries(self.filing, rule.each)] if rule.each else [None]
        stand = touched is not None and _is_of_one_row(self.template, rule)
        before = self._judged.get(rule.name, {}) if stand else {}
        verdicts = {
            row: before[row] if row in before and not _is_among(row, touched) else self._verdict(rule, row)
            for row in rows
        }
        found = []
        for row, verdict in verdicts.items():
            if verdict.state == "pending":
                self.pending[rule.name] = verdict
            elif verdict.state == "broken":
                found.append(_broken(self.template, self.filing, rule, verdict, row))
        # What was not judged for want of steps is judged when there are steps again.
        self._judged[rule.name] = verdicts if self._scope.budget.left > 0 else {}
        self._keep((RULE, rule.name, ""), found)

    def _verdict(self, rule: Rule, row: Place | None) -> Verdict:
        try:
            with self._scope.at_row(row, rule.formula):
                verdict = judge(rule.formula, self._scope, self._scope.budget)
            # A sentence of its own means that something was not found; in a form cut off that proves nothing.
            if verdict.state == "broken" and verdict.message and (form := self._cut_off(rule)):
                return Verdict(
                    "pending",
                    message=N_("“{form}”不完整，没有找到的可能在断掉的部分里，暂不核对。"),
                    params={"form": form},
                )
            return verdict  # noqa: TRY300 — the verdict as judged
        except BudgetExceeded:
            return Verdict("pending", message=N_("这条规则计算量太大，没有核对。"))

    def _cut_off(self, rule: Rule) -> str:
        """The form a rule names that is known to be incomplete; empty where there is none."""
        neighbours = self._scope.neighbours
        forms = sorted({name.form for name in rule.formula.names if name.form})
        cut = (
            form for form in forms for _, one in neighbours.named(form, self.filing) if neighbours.incomplete(one.id)
        )
        return next(cut, "")

    def _keep(self, key: _Entry, found: Iterable[Problem]) -> None:
        """Keep the problems of an entry or rule as the template's 检查 wants them: switched off, or less grave."""
        kept = tuple(as_wanted(self.template.checks, found))
        if kept:
            self._found[key] = kept
        else:
            self._found.pop(key, None)


class Order:
    """Where things stand on the form: fields and blocks as they are drawn, rows and columns within a block."""

    def __init__(self, template: Template, filing: Filing) -> None:
        self.rules, self._names, self._columns = _fixed_order(template)
        self._rows = {
            (row.table, row.row or row.indicator): (one.name, number)
            for one in blocks(template)
            for number, (row, _) in enumerate(entries(filing, one.name))
        }

    def rank(self, problem: Problem) -> tuple[int, int, int, int]:
        """A key that sorts problems: the gravest first, then as on the form."""
        return _GRAVITY[problem.severity], *self.of_place(problem.at)

    def of_place(self, at: Place) -> tuple[int, int, int]:
        """A key that sorts places as on the form."""
        owner, row = self._rows.get((at.table, at.row or at.indicator), (at.table, -1))
        named = self._names.get(at.field or owner, len(self._names))
        return named, row, self._columns.get((owner, at.column), -1)


@lru_cache(maxsize=64)  # it is asked for at every key, and stays while the template does
def _fixed_order(template: Template) -> tuple[dict[str, int], dict[str, int], dict[tuple[str, str], int]]:
    """The numbers of the rules, of what is drawn, and of the columns of each block."""
    drawn = dict.fromkeys(name for sheet in template.sheets for name in _drawn(sheet))
    return (
        {rule.name: number for number, rule in enumerate(template.rules)},
        {name: number for number, name in enumerate(drawn)},
        {(one.name, column.name): number for one in blocks(template) for number, column in enumerate(one.columns)},
    )


def _drawn(sheet: Sheet) -> Iterator[str]:
    """The fields and blocks of a sheet from the title down to the signature."""
    cells = sorted(sheet.cells, key=lambda cell: (cell.row, cell.col))
    above = ((parts, "") for parts in (sheet.left, sheet.title, sheet.right))
    drawing = ((cell.parts, cell.block) for cell in cells)
    for parts, grown in (*above, *drawing, *((parts, "") for parts in sheet.signature)):
        yield from (part.field for part in parts if isinstance(part, Blank))
        if grown:
            yield grown


def _all_entries(template: Template, filing: Filing) -> Iterator[_Entry]:
    yield from (("field", name, "") for name in template.fields)
    yield from (("count", one.name, "") for one in blocks(template))
    yield from (("row", name, row.id) for name in template.tables for row in filing.rows(name))
    yield from (("indicator", "", one.id) for one in filing.indicators)


def _is_of_one_row(template: Template, rule: Rule) -> bool:
    """Whether a rule over rows reads nothing but what is typed in the row itself, so that other rows stand."""
    owner = block(template, rule.each)
    columns = [None if name.form or name.table else owner.column(name.name) for name in rule.formula.names]
    return all(column is not None and column.formula is None for column in columns)


def _is_among(row: Place | None, idents: frozenset[str] | None) -> bool:
    return row is None or idents is None or (row.row or row.indicator) in idents


def _entry_of(place: Place) -> _Entry:
    if place.field:
        return "field", place.field, ""
    return ("row", place.table, place.row) if place.table else ("indicator", "", place.indicator)


def _broken(template: Template, filing: Filing, rule: Rule, verdict: Verdict, row: Place | None) -> Problem:
    message, own_words = (verdict.message, False) if verdict.message else (rule.message, True)
    difference = None if verdict.difference is None else abs(verdict.difference)
    sides = {"左": _shown(verdict.left), "右": _shown(verdict.right), "差": _shown(difference)}
    at = _failing_cell(filing, verdict) or _first_read(template, rule, row)
    return Problem(
        rule.name, rule.severity, at, message, dict(verdict.params) | sides, dimension="适当性",
        source=rule.formula.text, template_words=own_words,
    )  # fmt: skip


def _shown(value: Scalar) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, str) else ""


def _failing_cell(filing: Filing, verdict: Verdict) -> Place | None:
    """The very cell at which 唯一, 不减 or 分级汇总 stumbled, where the verdict names it."""
    if verdict.column is None or verdict.row is None or verdict.column.form:
        return None
    at, _ = entries(filing, verdict.column.table)[verdict.row]
    return Place("", at.table, at.row, at.indicator, verdict.column.name)


def _first_read(template: Template, rule: Rule, row: Place | None) -> Place:
    """Where a broken rule is shown: at the first name of the form's own in its formula."""
    read = (node.name for node in walk(rule.formula.root) if isinstance(node, Reference) and not node.name.form)
    first = next(read, None)
    if first is None:
        return Place()
    if first.table:
        return Place(table=first.table, column=first.name)
    if row is not None and block(template, rule.each).column(first.name):
        return Place("", row.table, row.row, row.indicator, first.name)
    return Place(field=first.name)
