"""Checks of who is spoken of: whose satisfaction is asked, and whether an office has one name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lexicon import lexicon
from forms.checker.usages import Category, Usage
from forms.checker.view import Form, Line, Text
from forms.checker.words import shown
from forms.language import N_
from forms.problem import Severity
from forms.values import Kind

_REGION = re.compile(r"^([\u4e00-\u9fff]{2,7}?)(?:省|市|县|区|州|旗)")
_SHORTEST = 8  # letters; shorter ones are said so often in prose that nobody minds


def of_nobody(form: Form) -> Iterator[Finding]:
    """The satisfaction of the public with things an office buys or runs for itself."""
    lines = list(form.lines())
    asked = [line for line in lines if line.category is Category.SATISFACTION and _asks_anyone(line)]
    if not asked or (thing := _internal(form, lines)) is None:
        return
    for line in asked:
        message = N_("项目是“{thing}”这类内部的事，群众不直接使用；“{name}”请写明调查谁，如使用人员满意度。")
        params = {"thing": thing, "name": shown(line.name.text.strip())}
        yield Finding(line.name.at, message, params, (0, len(line.name.text)))


def _asks_anyone(line: Line) -> bool:
    known, name = lexicon(), line.name.text.strip()
    return bool(known.anyone.at_start(name)) and len(name) - len(known.anyone.at_start(name)) <= len("满意程度")


def _internal(form: Form, lines: list[Line]) -> str | None:
    """What the project buys or runs for the office; None where somebody outside has the benefit of it."""
    known = lexicon()
    said = "\n".join(text.text for text in form.fields(Usage.CONTENT, Usage.PURPOSE, Usage.TITLE))
    quantities = [_words(line) for line in lines if line.category is Category.QUANTITY]
    if any(map(known.beneficiaries.find, (said, *quantities))):
        return None
    # Of a large office's many quantities some are always its own: there all must be.
    bought = "\n".join(quantities) if all(map(known.internal.find, quantities)) else ""
    found = ((words, span) for words in (said, bought) if (span := known.internal.find(words)))
    return next((words[slice(*span)] for words, span in found), None)


def _words(line: Line) -> str:
    return f"{line.name.text}\n{line.value.text if line.value else ''}"


def two_names(form: Form) -> Iterator[Finding]:
    """The name of the filing unit without its region: 市水务局 for 某某市水务局."""
    names = {text.text.strip() for text in form.fields(Usage.UNIT) if text.filled} | {form.filing.unit.name.strip()}
    texts = [text for text in _prose(form) if text.text.strip() not in names]
    for name in sorted(names):
        region = _REGION.match(name)
        short = name[region.end(1) :] if region else ""
        if region is None or len(short) < _SHORTEST:
            continue
        pattern = re.compile(rf"(?<!{re.escape(region[1])}){re.escape(short)}")
        found = ((text, hit) for text in texts if (hit := pattern.search(text.text)))
        for text, hit in found:
            message = N_("单位全称是“{name}”，这里写作“{short}”；请统一。")
            yield Finding(text.at, message, {"name": name, "short": short}, hit.span())


def _prose(form: Form) -> Iterator[Text]:
    fields = (form.text(field) for field in form.template.fields.values())
    cells = (text for entry in form.entries() for text in entry.texts)
    yield from (
        text for text in (*fields, *cells)
        if text.filled and text.field.kind in (Kind.TEXT, Kind.LONG) and text.usage is not Usage.RECEIVER
    )  # fmt: skip


_OBJECT = Criterion("R-SAT-OBJ", Severity.HINT, Dimension.RELEVANT, N_("满意度说得出调查谁"), "公开的申报表")
_NAME = Criterion("R-ORGNAME", Severity.HINT, Dimension.COMPLETE, N_("一个单位一个名称"), "公开的部门预算")

CHECKS = Checks(relations=(Check(_OBJECT, of_nobody), Check(_NAME, two_names)))
