"""What a blank form leaves behind: dots, crosses and stars instead of words, items with nothing in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.texts import PROSE
from forms.checker.view import Text
from forms.commands import SetValue
from forms.entries import is_placeholder
from forms.language import N_
from forms.problem import Fix, Severity
from forms.template.model import Role

_CROSSES = re.compile(
    r"(?<![A-Za-z0-9])[XxＸ×]{2,}(?![A-Za-z0-9])|(?<![*＊])[*＊]{2,}(?![*＊])|[_＿]{2,}|○{2,}|〇{2,}(?![0-9年])"
)
_DOTS = re.compile(r"\.{2,}|…")
_SAYS_NOTHING = re.compile(r"年度|目标|指标|任务|内容|[0-9０-９一二三四五六七八九十①②③④⑤（）()：:、.．…。；;，,\s]")
_PRINTED = re.compile(r"目标|指标|任务|内容|[:：、]$")
_EMPTY_GOAL = re.compile(r"(?:^|(?<=\n))[^\S\n]*(?:年度)?目标\s*[0-9一二三四五六七八九十]{1,2}\s*[:：][^\S\n]*(?=\n|$)")


def placeholders(text: Text) -> Iterator[Finding]:
    """Words of the blank form that nobody has replaced. Names and required texts have checks of their own."""
    own = text.field.role is Role.NAME or text.field.required
    if text.field.kind not in PROSE or (own and is_placeholder(text.text)):
        return
    if _is_left_blank(text.text):
        fix = Fix(N_("清空"), (SetValue(text.at, ""),))
        message = N_("“{text}”是空白表上的样子，没有内容；请填写，没有就清空。")
        yield Finding(text.at, message, {"text": text.shown}, (0, len(text.text)), fix)
        return
    for found in (*_CROSSES.finditer(text.text), *_EMPTY_GOAL.finditer(text.text)):
        message = N_("“{near}”处还留着空白表上的“{sign}”；请换成实际内容。")
        params = {"near": text.near(*found.span()), "sign": found[0].strip()}
        yield Finding(text.at, message, params, found.span())


def _is_left_blank(text: str) -> bool:
    """Whether nothing was written but numbers of items, dots and the words a blank form prints before them."""
    plain = text.strip()
    if is_placeholder(plain):
        return True
    return not _SAYS_NOTHING.sub("", plain) and bool(_DOTS.search(plain) or _PRINTED.search(plain))


CHECKS = Checks(
    texts=(
        Check(
            Criterion(
                "R-PLACEHOLDER", Severity.WARNING, Dimension.COMPLETE, N_("没有留着空白表上的样子"), "公开的申报表"
            ),
            placeholders,
        ),
    ),
)
