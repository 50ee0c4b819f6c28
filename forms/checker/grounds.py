"""Checks of the grounds a form cites: whether they still hold in its year, and are documents at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lexicon import lexicon
from forms.checker.usages import Usage
from forms.checker.view import Form, Text
from forms.checker.words import Span, shown
from forms.language import N_
from forms.problem import Severity

_TITLE = re.compile("《[^《》]{1,80}》")
_YEAR = re.compile("(?<![0-9])20[0-9]{2}(?=年)")
_PERIOD = re.compile(r"(20[0-9]{2})\s*年?\s*[-－—~～至]+\s*(20[0-9]{2})\s*年")


def outdated(form: Form) -> Iterator[Finding]:
    """Plans that have ended, documents made for an earlier year, and what is no document."""
    for text in form.texts(Usage.GROUNDS):
        seen: list[Span] = []
        for span, message, params in (*_ended(text, form.year), *_yearly(text, form.year), *_no_documents(text)):
            if not any(start < span[1] and span[0] < end for start, end in seen):
                seen.append(span)
                yield Finding(text.at, message, params, span)


_Found = tuple[Span, str, dict[str, str]]


def _ended(text: Text, year: int | None) -> Iterator[_Found]:
    """Five-year plans and periods that end before the year of the form."""
    if year is None:
        return
    plans = lexicon().plans
    named = re.compile(rf"[“\"”]?({'|'.join(sorted(plans, key=len, reverse=True))})[”\"“]?(?=[^，。；]{{0,6}}规划)")
    ends = [(found.span(), found[1], int(plans[found[1]])) for found in named.finditer(text.text)]
    ends += [(found.span(), found[0], int(found[2])) for found in _PERIOD.finditer(text.text)]
    for span, words, end in ends:
        if end < year:
            message = N_("依据里的“{words}”到 {end} 年已经结束，早于 {year} 年；请换用现行的依据。")
            yield span, message, {"words": words, "end": str(end), "year": str(year)}


def _yearly(text: Text, year: int | None) -> Iterator[_Found]:
    """Documents made for one year, where that was an earlier one."""
    for title in _TITLE.finditer(text.text):
        years = [int(found[0]) for found in _YEAR.finditer(title[0])]
        if year is not None and years and max(years) < year and lexicon().yearly_documents.find(title[0]):
            message = N_("{title}是 {of} 年的年度文件，早于 {year} 年；请换用现行的依据。")
            yield title.span(), message, {"title": shown(title[0], 40), "of": str(max(years)), "year": str(year)}


def _no_documents(text: Text) -> Iterator[_Found]:
    for span in lexicon().no_documents.all(text.text):
        message = N_("“{words}”不是正式文件，不宜作依据；请改引正式文件。")
        yield span, message, {"words": text.text[slice(*span)]}


_OLD = Criterion("R-DOC-OLD", Severity.HINT, Dimension.RELEVANT, N_("依据是现行的文件"), "公开的申报表")

CHECKS = Checks(forms=(Check(_OLD, outdated),))
