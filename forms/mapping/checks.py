"""What a finance system would refuse of a filing, as Problems at the very blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from forms.filing import Filing, Place
from forms.language import N_
from forms.mapping.model import Interchange, Measure, SystemColumn
from forms.mapping.rows import Record, Sent
from forms.problem import Problem, Severity

Span = tuple[int, int] | None

_PLAIN_NUMBER = re.compile(r"-?(\d+)(?:\.(\d+))?", re.ASCII)
_TOO_LONG = {
    Measure.CHARACTERS: N_("“{label}”在{system}里至多 {most} 字，现在 {length} 字；请缩短。"),
    Measure.GBK: N_("“{label}”在{system}里至多 {most} 字节（GBK，一个汉字 2 字节），现在 {length} 字节；请缩短。"),
    Measure.UTF8: N_("“{label}”在{system}里至多 {most} 字节（UTF-8，一个汉字 3 字节），现在 {length} 字节；请缩短。"),
}


def problems(interchange: Interchange, filing: Filing, made: Sequence[Record]) -> Iterator[Problem]:
    """What the system would refuse in the rows `made` of a filing, each thing once.

    They are errors where the system's file has been compared with a real system, otherwise warnings.
    """
    judge = _Judge(interchange, filing)
    seen = set()
    for record in made:
        for name, column in interchange.system.tables[record.plan.table].columns.items():
            for problem in judge.cell(column, record.cells.get(name)):
                # One blank may go into several columns, and a field into every row.
                key = (problem.rule, problem.at, problem.message, problem.params["label"])
                if key not in seen:
                    seen.add(key)
                    yield problem


class _Judge:
    """Looks at the cells of one filing's records."""

    def __init__(self, interchange: Interchange, filing: Filing) -> None:
        self.measure = interchange.measure
        self.system = interchange.system
        self.severity = Severity.WARNING if interchange.system.awaiting else Severity.ERROR
        self.filing = filing

    def cell(self, column: SystemColumn, sent: Sent | None) -> Iterator[Problem]:
        """What is wrong with the text for one column; `sent` is None where the form has nothing for it."""
        if sent is None:
            if column.required:
                message = N_("{system}里“{label}”必填，这份表样没有这一栏；请在系统里补填。")
                yield self._problem("R-REQ", Place(), message, column)
            return
        at = sent.places[0] if sent.places else Place()
        if not sent.text.strip():
            if column.required:
                message = N_("{system}里“{label}”必填，这里没有内容；请填写。")
                yield self._problem("R-REQ", at, message, column)
            return
        yield from self._length(column, at, sent)
        yield from self._number(column, at, sent)
        yield from self._characters(column, at, sent)

    def _length(self, column: SystemColumn, at: Place, sent: Sent) -> Iterator[Problem]:
        length = self.measure.length(sent.text)
        if column.length is None or length <= column.length:
            return
        fits = 0
        room = column.length
        while fits < len(sent.text) and (room := room - self.measure.length(sent.text[fits])) >= 0:
            fits += 1
        span = self._span(sent, fits, len(sent.text))
        message = _TOO_LONG[self.measure]
        yield self._problem("R-LEN", at, message, column, span=span, most=str(column.length), length=str(length))

    def _number(self, column: SystemColumn, at: Place, sent: Sent) -> Iterator[Problem]:
        if column.digits is None:
            return
        total, decimals = column.digits
        found = _PLAIN_NUMBER.fullmatch(sent.text)
        whole, fraction = (found[1].lstrip("0"), (found[2] or "").rstrip("0")) if found else ("", "")
        if not found or len(whole) > total - decimals or len(fraction) > decimals:
            message = N_("“{label}”在{system}里是数，至多 {whole} 位整数、{decimals} 位小数；请改写。")
            whole_places, places = str(total - decimals), str(decimals)
            yield self._problem("R-NUM-FMT", at, message, column, whole=whole_places, decimals=places)

    def _characters(self, column: SystemColumn, at: Place, sent: Sent) -> Iterator[Problem]:
        places = [number for number, ch in enumerate(sent.text) if ch in column.forbidden]
        if places:
            signs = "、".join(f"“{ch}”" for ch in dict.fromkeys(sent.text[one] for one in places))
            message = N_("“{label}”在{system}里不能有{signs}；日期写成 2023年12月31日前，范围写成 5～10。")
            span = self._span(sent, places[0], places[-1] + 1)
            yield self._problem("R-CHAR", at, message, column, span=span, signs=signs)

    def _span(self, sent: Sent, start: int, end: int) -> Span:
        """The characters as counted in the blank itself; None where the column's text is not the blank's."""
        same = len(sent.places) == 1 and self.filing.text(sent.places[0]) == sent.text
        return (start, end) if same else None

    def _problem(
        self, rule: str, at: Place, message: str, column: SystemColumn, *, span: Span = None, **params: str
    ) -> Problem:
        params |= {"label": column.label, "system": self.system.name}
        return Problem(rule, self.severity, at, message, params, span, "完整性", column.name)
