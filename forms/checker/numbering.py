"""Checks of numbers that are no amounts: the items of a list, the numbers of documents, amounts in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.texts import PROSE
from forms.checker.view import Text
from forms.commands import SetValue
from forms.language import N_
from forms.numerals import chinese, narrow
from forms.problem import Fix, Severity
from forms.values import Kind

_DOCUMENT = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff])(?P<before>[^\S\n]*)(?P<opening>[〔\[［【（(])[^\S\n]*(?P<year>(?:19|20)[0-9]{2})[^\S\n]*"
    r"(?P<closing>[〕\]］】）)])(?P<within>[^\S\n]*)(?:第)?(?P<number>[0-9]{1,5})(?P<after>[^\S\n]*)号"
)
_ITEM = re.compile(
    r"(?:^|(?<=[\n。；;]))[^\S\n]*(?P<open>[（(]?)(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?P<close>[、.．）)])(?![0-9０-９])"
)
_SHORT_MONEY = re.compile(r"(?P<number>[0-9][0-9,.]*)[^\S\n]*(?P<unit>[万亿])(?=$|[，。；、,;\n）)])")
_SPENT = re.compile(r"经费|资金|投入|补助|安排|支出|预算|金额|万元|亿元|采购|造价|投资")
_NEAR = 24  # as far before a number as the word that makes it money may stand


@dataclass(frozen=True, slots=True)
class _Item:
    """The number of one item of a list, with what stands around it."""

    opening: str
    closing: str
    number: int
    han: bool
    start: int
    end: int

    @property
    def family(self) -> tuple[bool, bool]:
        """What the eye takes for the same level: numerals and whether in brackets."""
        return self.han, self.closing in "）)"


def documents(text: Text) -> Iterator[Finding]:
    """The number of a document that is not written as 〔year〕number号; the figures themselves are never touched."""
    if text.field.kind not in PROSE:
        return
    for found in _DOCUMENT.finditer(text.text):
        right = f"{found['issuer']}〔{found['year']}〕{found['number']}号"
        if found[0] == right:
            continue
        fixed = text.text[: found.start()] + right + text.text[found.end() :]
        fix = Fix(N_("改为“{text}”"), (SetValue(text.at, fixed),), {"text": right})
        message = N_("文号“{text}”的写法不规范；文号写作“{right}”。")
        yield Finding(text.at, message, {"text": found[0], "right": right}, found.span(), fix)


def lists(text: Text) -> Iterator[Finding]:
    """A list that does not begin with its first item, or that changes the look of its numbers on the way."""
    if text.field.kind is not Kind.LONG:
        return
    last: dict[tuple[bool, bool], _Item] = {}
    for item in _items(text.text):
        before = last.get(item.family)
        if before is None and item.number == 2 and text.at.field:
            message = N_("从“{item}”开始编号，前面没有第一条；请补上编号。")
            yield Finding(text.at, message, {"item": text.text[item.start : item.end]}, (item.start, item.end))
        elif before and item.number == before.number + 1 and _look(item) != _look(before):
            params = {"item": text.text[item.start : item.end], "before": text.text[before.start : before.end]}
            message = N_("编号“{before}”后面写成了“{item}”；同一级的编号请用一种写法。")
            yield Finding(text.at, message, params, (item.start, item.end))
            return
        last[item.family] = item


def _items(text: str) -> Iterator[_Item]:
    for found in _ITEM.finditer(text):
        opening, closing = found["open"], found["close"]
        if opening and closing not in "）)":
            continue
        digits = narrow(found["number"])
        number = int(digits) if digits.isdecimal() else int(chinese(digits) or 0)
        start = found.start("open") if opening else found.start("number")
        yield _Item(opening, closing, number, not digits.isdecimal(), start, found.end())


def _look(item: _Item) -> tuple[str, str]:
    return item.opening, item.closing.replace("．", ".")


def amounts(text: Text) -> Iterator[Finding]:
    """An amount of money in prose that ends with 万 and leaves out 元."""
    if text.field.kind is not Kind.LONG:
        return
    for found in _SHORT_MONEY.finditer(text.text):
        if not _SPENT.search(text.text, max(0, found.start() - _NEAR), found.start()):
            continue
        right = f"{found['number']}{found['unit']}元"
        fixed = text.text[: found.start()] + right + text.text[found.end() :]
        fix = Fix(N_("改为“{text}”"), (SetValue(text.at, fixed),), {"text": right})
        message = N_("“{text}”缺“元”字；请写成“{right}”。")
        yield Finding(text.at, message, {"text": found[0], "right": right}, found.span(), fix)


CHECKS = Checks(
    texts=(
        Check(
            Criterion("R-DOCNO", Severity.HINT, Dimension.COMPLETE, N_("文号写作 〔年份〕号"), "党政机关公文格式"),
            documents,
        ),
        Check(
            Criterion("R-NUMBERING", Severity.HINT, Dimension.COMPLETE, N_("编号从一开始，写法一致"), "公开的申报表"),
            lists,
        ),
        Check(
            Criterion(
                "R-MONEY-FMT", Severity.WARNING, Dimension.COMPLETE, N_("金额写全单位，读得成数"), "公开的部门预算"
            ),
            amounts,
        ),
    ),
)
