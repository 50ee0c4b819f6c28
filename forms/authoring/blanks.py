"""What a cell that is filled in becomes: the kind of its field, and the words and boxes printed in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.authoring.labels import joined
from forms.authoring.lexicon import Lexicon, is_date, is_number, is_sign
from forms.importers.mixed import stated_unit
from forms.numerals import narrow
from forms.values import Kind

_BOX = "□☐☑■√"
_BEHIND = re.compile(rf"([^{_BOX}\s、，,；;/]{{1,20}})\s*[{_BOX}]")  # 新增项目□
_BEFORE = re.compile(rf"[{_BOX}]\s*([^{_BOX}\s、，,；;/]{{1,20}})")  # □ 新增项目
_LINE = re.compile(r"[_＿]{2,}")
_SIGNED = re.compile(r"(?:盖\s*章|签\s*[字名]|年\s+月\s+日)")
_NUMERIC = (Kind.MONEY, Kind.INTEGER, Kind.PERCENT, Kind.YEAR, Kind.CODE)
_YEARS = ("年度", "年")
_CALENDAR = re.compile(r"(?:19|20)\d\d")
_LEAST_LONG = 40  # characters of a value that make its field one of several lines


@dataclass(frozen=True, slots=True)
class Filled:
    """How a cell is drawn and what its field is: `before` and `behind` are words printed around the blank.

    `choices` are drawn as boxes where `boxed`; `unit` is the unit of an amount where the cell prints one.
    """

    kind: Kind
    before: str = ""
    behind: str = ""
    choices: tuple[str, ...] = ()
    unit: str = ""


def is_to_fill(text: str, lexicon: Lexicon) -> bool:
    """Whether a cell that has words in it is still one to fill in: boxes, lines, a unit alone, a place to sign."""
    plain = joined(text)
    boxed = any(box in text for box in _BOX) and bool(_BEHIND.search(text) or _BEFORE.search(text))
    alone = plain in (*lexicon.money_units, *lexicon.units, *_YEARS)
    return boxed or alone or _LINE.search(text) is not None or _SIGNED.search(text) is not None


def filled(label: str, text: str, lexicon: Lexicon) -> Filled:
    """What a cell is, told by what stands in it and by what its label asks for.

    `label` may have the labels of its groups before it, parted by blanks.
    """
    choices = tuple(dict.fromkeys(_BEFORE.findall(text) if text.strip()[:1] in _BOX else _BEHIND.findall(text)))
    if choices and any(box in text for box in _BOX):
        return Filled(Kind.CHOICE, choices=choices)
    plain = joined(text)
    words = label.split()
    asked = Kind.MONEY if words and stated_unit(words[-1]) else None
    asked = asked or next((kind for word in reversed(words) if (kind := lexicon.kind_of(word))), None)
    unit = _unit(plain, lexicon)
    if unit:
        return _measured(unit, asked, plain, lexicon)
    if plain and _SIGNED.search(text) and len(plain) <= _LEAST_LONG:
        return Filled(Kind.LONG, behind="\n" + re.sub(r"[ \t]+", " ", text.strip()))
    return Filled(_kind(asked, plain, label))


def _unit(plain: str, lexicon: Lexicon) -> str:
    """The unit a cell ends in, alone or behind a number or a line to write on."""
    for unit in (*lexicon.money_units, *_YEARS, *lexicon.units):
        number = _LINE.sub("", plain.removesuffix(unit)).strip()
        if plain.endswith(unit) and (not number or is_number(number)):
            return unit
    return ""


def _measured(unit: str, asked: Kind | None, plain: str, lexicon: Lexicon) -> Filled:
    if unit in lexicon.money_units:
        return Filled(Kind.MONEY, behind=unit, unit=unit)
    if unit == "年度" or (unit == "年" and (asked is Kind.YEAR or _CALENDAR.match(plain))):
        return Filled(Kind.YEAR, behind=unit)
    if unit == "%":
        return Filled(Kind.PERCENT, behind=unit)
    return Filled(asked if asked in (Kind.INTEGER, Kind.MONEY) else Kind.INTEGER, behind=unit)


def _kind(asked: Kind | None, plain: str, label: str) -> Kind:
    """The kind a label asks for, unless what stands there is something else."""
    percent = "%" in narrow(label)
    if not plain or is_sign(plain):
        return Kind.PERCENT if percent else asked or Kind.TEXT
    if is_number(plain):
        if percent or plain.endswith(("%", "％")):
            return Kind.PERCENT
        return asked if asked in _NUMERIC else Kind.TEXT if asked and "." not in plain else Kind.MONEY
    if is_date(plain) and asked is not Kind.LONG:
        return Kind.DATE if "日" in plain or plain.count("-") == 2 else Kind.TEXT
    if len(plain) >= _LEAST_LONG or "。" in plain:
        return Kind.LONG
    return asked if asked in (Kind.LONG, Kind.CODE, Kind.REGION) else Kind.TEXT
