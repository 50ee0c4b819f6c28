"""Checks of the letters of a text: blanks, brackets, quotation marks, commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.view import Text
from forms.commands import SetValue
from forms.language import N_
from forms.problem import Fix, Severity
from forms.template.model import Role
from forms.values import Kind

PROSE = frozenset({Kind.TEXT, Kind.LONG})
_SHORT = frozenset({Role.NAME, Role.VALUE})
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_NARROW = str.maketrans("()[]", "（）〔〕")  # < and > also compare
_PAIRS = dict(zip("）》〉〕】」", "（《〈〔【「", strict=True))
_OPENING = frozenset(_PAIRS.values())
# 1）and a) number the items of a list and need no opening.
_ITEM = re.compile(r"(?:^|[\s；;。，,：:、])([0-9０-９]{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})[）)]")
_WITHIN = re.compile(rf"(?<=[{_HAN}])[^\S\n]+(?=[{_HAN}])")
_WIDE_GAP = re.compile(r"(?<=\S)(?:[^\S\n]*\t[^\S\n]*|[^\S\n]{2,})(?=\S)|(?<=[，。；：、])[^\S\n]+(?=\S)")
_MARKS = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！"}
_ASCII_MARK = re.compile(rf"(?<=[{_HAN}”》）])[^\S\n]*[,:;?!]|(?<![A-Za-z/])[,:;?!](?=[^\S\n]*[{_HAN}“《])")
_CLOCK = re.compile(r"[0-9][,:][0-9]")


def blanks(text: Text) -> Iterator[Finding]:
    """Blanks around a short text, or within a name; what is looked up by its name is then not found."""
    if text.field.role not in _SHORT and text.field.kind is not Kind.TEXT:
        return
    trimmed = text.text.strip()
    if trimmed != text.text:
        start = text.text.index(trimmed)
        span = (0, start) if start else (len(trimmed), len(text.text))
        fix = Fix(N_("去掉首尾的空格"), (SetValue(text.at, trimmed),))
        yield Finding(text.at, N_("“{text}”前后有多余的空格；请去掉。"), {"text": text.shown}, span, fix)
    elif text.field.role is Role.NAME and (found := _WITHIN.search(text.text)):
        fix = Fix(N_("去掉中间的空格"), (SetValue(text.at, _WITHIN.sub("", text.text)),))
        message = N_("“{near}”中间有多余的空格；请去掉。")
        yield Finding(text.at, message, {"near": text.near(*found.span())}, found.span(), fix)


def gaps(text: Text) -> Iterator[Finding]:
    """Several blanks or a tab within the lines of a longer text."""
    found = _WIDE_GAP.search(text.text)
    if text.field.kind is not Kind.LONG or not found:
        return
    fix = Fix(N_("去掉多余的空格"), (SetValue(text.at, _WIDE_GAP.sub("", text.text)),))
    message = N_("“{near}”中间有多余的空格；请去掉。")
    softer = Severity.HINT
    yield Finding(text.at, message, {"near": text.near(*found.span())}, found.span(), fix, softer)


def brackets(text: Text) -> Iterator[Finding]:
    """A bracket, title mark or quotation mark that is opened and not closed, or the other way round."""
    if text.field.kind not in PROSE:
        return
    for at in _unpaired(text.text):
        message = N_("“{near}”处的“{sign}”没有配成一对；请补上或删去。")
        yield Finding(text.at, message, {"near": text.near(at, at + 1), "sign": text.text[at]}, (at, at + 1))


def quotes(text: Text) -> Iterator[Finding]:
    """Quotation marks the wrong way round, and narrow marks amid Chinese words."""
    if text.field.kind not in PROSE:
        return
    marks = [found.start() for found in re.finditer("[“”]", text.text)]
    turned = "".join("“”"[number % 2] for number in range(len(marks)))
    if len(marks) % 2 == 0 and "".join(text.text[at] for at in marks) != turned:
        first = next(at for at, right in zip(marks, turned, strict=True) if text.text[at] != right)
        fixed = list(text.text)
        for at, right in zip(marks, turned, strict=True):
            fixed[at] = right
        fix = Fix(N_("把引号的方向改正"), (SetValue(text.at, "".join(fixed)),))
        message = N_("“{near}”处的引号方向反了；请改正。")
        yield Finding(text.at, message, {"near": text.near(first, first + 1)}, (first, first + 1), fix)
    yield from _narrow_marks(text)


def _narrow_marks(text: Text) -> Iterator[Finding]:
    found = [one for one in _ASCII_MARK.finditer(text.text) if not _CLOCK.match(text.text, max(0, one.end() - 2))]
    if not found:
        return
    parts, end = [], 0
    for one in found:
        parts += [text.text[end : one.start()], _MARKS[one[0].strip()]]
        end = one.end()
        while text.text[end : end + 1] == " ":  # the wide mark brings its own room
            end += 1
    fix = Fix(N_("改成全角标点"), (SetValue(text.at, "".join(parts) + text.text[end:]),))
    span = found[0].end() - 1, found[0].end()
    params = {"near": text.near(*span), "sign": found[0][0].strip(), "count": str(len(found))}
    yield Finding(text.at, N_("“{near}”处用了半角的“{sign}”（共 {count} 处）；中文里用全角标点。"), params, span, fix)


def _unpaired(text: str) -> list[int]:
    """Where the brackets without a counterpart stand; quotation marks count only by their number."""
    folded = text.translate(_NARROW)
    items = {found.end() - 1 for found in _ITEM.finditer(text)}
    waiting: list[int] = []
    alone: list[int] = []
    for at, sign in enumerate(folded):
        if sign in _OPENING:
            waiting.append(at)
        elif sign in _PAIRS and waiting and folded[waiting[-1]] == _PAIRS[sign]:
            waiting.pop()
        elif sign in _PAIRS and at not in items:
            alone.append(at)
    return sorted(alone + waiting + _odd_quote(text))


def _odd_quote(text: str) -> list[int]:
    """The quotation mark that is one too many: the first that does not alternate, or the last."""
    marks = [found.start() for found in re.finditer("[“”]", text)]
    if len(marks) % 2 == 0:
        return []
    wrong = (at for number, at in enumerate(marks) if text[at] != "“”"[number % 2])
    return [next(wrong, marks[-1])]


CHECKS = Checks(
    texts=(
        Check(
            Criterion(
                "R-SPACE", Severity.WARNING, Dimension.COMPLETE, N_("名称和指标值没有多余的空格"), "公开的申报表"
            ),
            lambda text: (*blanks(text), *gaps(text)),
        ),
        Check(
            Criterion("R-BRACKET", Severity.WARNING, Dimension.COMPLETE, N_("括号、书名号、引号成对"), "公开的申报表"),
            brackets,
        ),
        Check(
            Criterion(
                "R-QUOTE", Severity.HINT, Dimension.COMPLETE, N_("引号方向正确，中文用全角标点"), "公开的部门预算"
            ),
            quotes,
        ),
    ),
)
