"""Checks of the name of one indicator: whether it names one thing that can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lexicon import lexicon
from forms.checker.targets import SEVERAL
from forms.checker.usages import Category
from forms.checker.view import Line, Text
from forms.checker.words import Span, shown
from forms.commands import AddIndicator, SetValue
from forms.files import digest
from forms.language import N_
from forms.problem import Fix, Severity
from forms.template.model import Role

_SHARED = (Role.VALUE, Role.SIGN, Role.NUMBER, Role.UNIT, Role.BASIS)
_ID_LENGTH = 16
_AT_THE_END = 10**6  # of all indicators, which is the end of its own 二级
_STOPS = "。；，、：.;,:！!"
_QUESTION = "是否"
_LABEL = "指标"
_JOINED = re.compile(
    r"(?:率|满意度|指标|次数|人数|户数|数量|份数|台数|场次|可靠性|准确性|及时性|时间)\s*(以及|[和及与、])\s*"
    r"[^，。；]{1,}(?:率|满意度|次数|人数|户数|数量|份数|台数|场次|性|时间)$"
)


def _named(line: Line) -> str:
    """A name without what stands around it, for the checks of its form; empty where it only repeats the value."""
    return line.name.text.strip().rstrip(_STOPS)


def stopped(line: Line) -> Iterator[Finding]:
    """A stop at the end of a name."""
    text = line.name.text.rstrip()
    bare = text.rstrip(_STOPS)
    if bare.strip() and bare != text:
        fix = Fix(N_("去掉末尾的标点"), (SetValue(line.name.at, bare.strip()),))
        message = N_("指标名称“{name}”末尾有标点；请删去。")
        yield Finding(line.name.at, message, {"name": shown(text)}, (len(bare), len(text)), fix)


def slogan(line: Line) -> Iterator[Finding]:
    """A name that is a deed, a slogan, a question or a verdict, and names nothing that can be measured."""
    name = _named(line)
    found = _said(name)
    if found is None:
        return
    message, span = found
    start = line.name.text.index(name)
    told = {"name": shown(name), "words": name[slice(*span)]}
    yield Finding(line.name.at, message, told, (start + span[0], start + span[1]))


def _said(name: str) -> tuple[str, Span] | None:
    known = lexicon()
    if end := name if name in known.generic else known.generic_ends.at_end(name):
        message = N_("指标名称“{name}”太笼统，看不出量的是什么；请写明是什么的数量、比例或时间。")
        return message, (len(name) - len(end), len(name))
    if name.startswith(_QUESTION):
        return N_("指标名称“{name}”是一句问话；请写成可以衡量的名称，如“项目总成本”。"), (0, len(_QUESTION))
    if (verb := known.slogans.at_start(name)) and not _is_measurable(name):
        message = N_("指标名称“{name}”以“{words}”开头，是工作要求而不是指标；请写成“……率”“……数量”这样可以衡量的名称。")
        return message, (0, len(verb))
    if verdict := known.verdicts.at_end(name):
        message = N_("指标名称“{name}”是一句结论；请写成“……合格率”“……运行率”这样可以衡量的名称。")
        return message, (len(name) - len(verdict), len(name))
    if (at := name.find(_LABEL)) >= 0:
        return N_("指标名称“{name}”里不必写“指标”；请直接写量的是什么。"), (at, at + len(_LABEL))
    return None


def _is_measurable(name: str) -> bool:
    known = lexicon()
    return bool(known.measures.at_end(name)) and not known.false_measures.at_end(name)


def joined(line: Line) -> Iterator[Finding]:
    """A name that joins two measures: they share one target, and neither can be judged."""
    found = _JOINED.search(line.name.text)
    if found:
        message = N_("指标名称“{name}”用“{joint}”连着两个指标，共用一个目标值，无法分别考核；请拆成两条。")
        told = {"name": shown(line.name.text), "joint": found[1]}
        yield Finding(line.name.at, message, told, found.span(1), _split(line, *found.span(1)))


def _split(line: Line, start: int, end: int) -> Fix:
    """Keep what stands before the joint here, and make an indicator with the same target of what stands behind it."""
    one, other = line.name.text[:start].strip(), line.name.text[end:].strip(_STOPS + " \n")
    columns = {text.field.name: text.text for role in _SHARED if (text := line.of(role)) is not None and text.filled}
    # The same finding offers the same repair whenever it is made, so the new id is made of the old one.
    ident = digest(f"{line.indicator.id}/{other}".encode())[:_ID_LENGTH]
    added = msgspec.structs.replace(line.indicator, id=ident, columns=columns | {line.name.field.name: other})
    commands = (SetValue(line.name.at, one), AddIndicator(added, _AT_THE_END))
    return Fix(N_("拆成“{one}”和“{other}”两条"), commands, {"one": shown(one, 12), "other": shown(other, 12)})


def spending(line: Line) -> Iterator[Finding]:
    """An indicator that measures spending the money; whether a rate is saved is a matter of cost."""
    if line.category is not Category.COST:
        yield from spent(line.name)


def spent(text: Text) -> Iterator[Finding]:
    """Words that make spending itself the aim."""
    span = lexicon().spending.find(text.text)
    if span:
        message = N_("“{words}”是花钱本身，不是产出或效果；请写花了钱要做成什么。")
        yield Finding(text.at, message, {"words": shown(text.text[slice(*span)])}, span)


_REGULATION = "财预〔2015〕88号第十三条"
INPUT = Criterion("R-INPUT", Severity.WARNING, Dimension.RELEVANT, N_("目标和指标不是花钱本身"), _REGULATION)
_FORM = Criterion("R-NAME-FORM", Severity.WARNING, Dimension.RELEVANT, N_("指标名称可以衡量"), _REGULATION)

CHECKS = Checks(lines=(Check(_FORM, slogan), Check(_FORM, stopped), Check(SEVERAL, joined), Check(INPUT, spending)))
