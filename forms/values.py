"""Typed text read as a person writes it: money, percentages, years, dates, choices; and text folded for comparison."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from forms import numerals
from forms.language import N_


class Kind(StrEnum):
    """What a field holds, in the words of those who write templates."""

    TEXT = "文本"
    LONG = "长文"
    MONEY = "金额"
    PERCENT = "百分比"
    YEAR = "年度"
    DATE = "日期"
    INTEGER = "整数"
    CODE = "编码"
    CHOICE = "选项"
    REGION = "地区"
    SERIAL = "序号"
    ROW_LABEL = "行名"


NUMBERS = (Kind.MONEY, Kind.PERCENT, Kind.INTEGER, Kind.YEAR)
"""The kinds whose values are numbers."""

Value = Decimal | date | str

_SHOWN = 40
_PLACES = 6
# Possessive, or a long wrong text would be tried at every split.
_PARTS = re.compile(r"(-?¥ *-?|-)?([0-9][0-9,.]*+)([^0-9]*)")
_DATE = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})| *年 *([0-9]{1,2}) *月 *([0-9]{1,2}) *日)")
_COMPACT = re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})")
_CENTURIES = ("19", "20")
_TICKS = frozenset("☑√✓✔")
_NEGATIONS = frozenset("不非未无否没")


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that is not yet a value of its kind: why not, and what a fix would put there (None: no safe fix)."""

    text: str
    message: str
    params: dict[str, str]
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class _Typed:
    """A text to read, narrow and without blanks around it, and what its field asks for."""

    text: str
    plain: str
    unit: str
    choices: tuple[str, ...]
    places: int | None

    def unread(self, message: str, suggestion: str | None = None, **params: str) -> Unread:
        typed = self.text.strip()
        shown = typed if len(typed) <= _SHOWN else typed[:_SHOWN] + "…"
        return Unread(self.text, message, {"text": shown} | params, suggestion)


def read(
    kind: Kind,
    text: str,
    *,
    unit: str = "",
    choices: tuple[str, ...] = (),
    places: int | None = None,
) -> Value | Unread | None:
    """Read a typed text as a value of its kind; None where nothing but blanks was typed.

    Money is in `unit`, never converted unseen; a percentage is in points (25% is 25); years and whole numbers are
    Decimal too. `places` limits the decimals; without it money goes down to the 分 and percentages to six.
    """
    if all(char.isspace() or char in numerals.INVISIBLE for char in text):
        return None
    reader = _READERS.get(kind)
    if reader is None:
        return text
    typed = _Typed(text, numerals.narrow(text).strip(), unit, choices, places)
    value = reader(typed)
    if isinstance(value, Unread) and value.suggestion is not None:
        # A fix that leaves the text unread is no fix.
        fixed = reader(replace(typed, text=value.suggestion, plain=value.suggestion))
        return replace(value, suggestion=None) if isinstance(fixed, Unread) else value
    return value


def show(kind: Kind, value: Value, *, places: int | None = None) -> str:
    """Print a value so that read() gives it back; numbers are padded or rounded half up to `places`."""
    if isinstance(value, Decimal):
        return numerals.plain(value, None if kind in (Kind.YEAR, Kind.INTEGER) else places)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return value


def fold(text: str) -> str:
    """Fold a text for comparison: NFKC, blanks around it gone, those within plain and single."""
    visible = "".join(char for char in text if char not in numerals.INVISIBLE)
    return " ".join(unicodedata.normalize("NFKC", visible).split())


def region_key(text: str) -> str:
    """Give the key two spellings of a region share: 中山 and 中山市, 广东 and 广东省, 广西 and 广西壮族自治区."""
    name = fold(text).replace(" ", "")
    if name in _AUTONOMOUS:
        return _AUTONOMOUS[name]
    # What remains must be a name: 沙市 is not 沙. And 吉林市 is a city within 吉林省.
    if name.endswith(("省", "市")) and len(name) > 2 and name != "吉林市":
        return name[:-1]
    return name


_AUTONOMOUS = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
}


def money_unit_factor(from_unit: str, to_unit: str) -> Decimal | None:
    """Give the exact factor from one unit of money (元 千元 万元 百万元 亿元) to another; None where one is unknown."""
    source, target = numerals.money_power(from_unit), numerals.money_power(to_unit)
    if source is None or target is None:
        return None
    return Decimal(1).scaleb(source - target)


def _money(typed: _Typed) -> Value | Unread:
    value, tail = _number_and_tail(typed)
    if value is None:
        return _not_money(typed)
    if tail not in ("", typed.unit):
        return _other_unit(typed, value, tail)
    return _within_places(typed, value, _finest(typed.unit))


def _finest(unit: str) -> int:
    power = numerals.money_power(unit)
    return _PLACES if power is None else power + 2


def _not_money(typed: _Typed) -> Unread:
    if typed.unit:
        return typed.unread(N_("“{text}”不是金额；请只填数字，单位是{unit}。"), _regrouped(typed), unit=typed.unit)
    return typed.unread(N_("“{text}”不是金额；请只填数字。"), _regrouped(typed))


def _other_unit(typed: _Typed, value: Decimal, tail: str) -> Unread:
    found = tail if numerals.money_power(tail) is not None else tail + "元"
    factor = money_unit_factor(found, typed.unit)
    if factor is None:
        return _not_money(typed)
    suggestion = numerals.shortest(value * factor)
    if found != tail:
        message = N_("“{text}”缺“元”字；本栏单位是{unit}，请只填数字。")
    else:
        message = N_("“{text}”的单位不是本栏的{unit}；请换算后只填数字。")
    return typed.unread(message, suggestion, unit=typed.unit)


def _percent(typed: _Typed) -> Value | Unread:
    value, tail = _number_and_tail(typed)
    if value is not None and tail in ("", "%"):
        return _within_places(typed, value, _PLACES)
    suggestion = numerals.shortest(value.scaleb(-1)) if value is not None and tail == "‰" else _regrouped(typed)
    return typed.unread(N_("“{text}”不是百分比；请只填数字，25% 填 25。"), suggestion)


def _integer(typed: _Typed) -> Value | Unread:
    value, tail = _number_and_tail(typed)
    if value is not None and not tail and not numerals.decimals(value):
        return value
    counted = value is not None and (not tail or tail in numerals.COUNTED)
    suggestion = numerals.shortest(value) if value is not None and counted else _regrouped(typed)
    return typed.unread(N_("“{text}”不是整数；请只填数字。"), suggestion)


def _year(typed: _Typed) -> Value | Unread:
    year = typed.plain.removesuffix("年度").removesuffix("年").rstrip()
    if _is_year(year):
        return Decimal(year)
    found = [run for run in re.findall(r"[0-9]+", typed.plain) if _is_year(run) and run.startswith("20")]
    suggestion = found[0] if len(found) == 1 else None
    return typed.unread(N_("“{text}”不是年度；请填四位年份，如 2022。"), suggestion)


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and text.startswith(_CENTURIES)


def _date(typed: _Typed) -> Value | Unread:
    found = _DATE.fullmatch(typed.plain) or _COMPACT.fullmatch(typed.plain)
    if not found or not found[1].startswith(_CENTURIES):
        return typed.unread(N_("“{text}”不是日期；请按 2023年12月31日 的样子填写。"))
    year, month, day = (int(part) for part in (found[1], *found.groups()[2:]) if part)
    try:
        return date(year, month, day)
    except ValueError:
        return typed.unread(N_("没有“{text}”这一天；请核对月和日。"))


def _choice(typed: _Typed) -> Value | Unread:
    if not typed.choices:
        return typed.text
    folded = fold(typed.text)
    same = [one for one in typed.choices if fold(one) == folded or {folded, fold(one)} <= _TICKS]
    if same:
        return same[0]
    listed = "、".join(typed.choices)
    return typed.unread(N_("“{text}”不在可选项内；请选：{choices}。"), _nearest(folded, typed.choices), choices=listed)


def _nearest(text: str, choices: tuple[str, ...]) -> str | None:
    # 不合格 is near 合格 in letters only, so a choice must deny as much as the text does.
    alike = [one for one in choices if _NEGATIONS.intersection(one) == _NEGATIONS.intersection(text)]
    within = [one for one in alike if fold(one) in text or text in fold(one)]
    if len(within) == 1:
        return within[0]
    if within or len(text) > _SHOWN:
        return None
    import difflib  # noqa: PLC0415 — needed for a wrong choice only

    return next(iter(difflib.get_close_matches(text, alike, n=1, cutoff=0.6)), None)


def _code(typed: _Typed) -> Value | Unread:
    # A letter of a code is never changed: only the blanks around it and their width.
    visible = "".join(char for char in typed.text if char not in numerals.INVISIBLE)
    return " ".join(visible.split())


def _number_and_tail(typed: _Typed) -> tuple[Decimal | None, str]:
    found = _PARTS.fullmatch(typed.plain)
    if not found:
        return None, ""
    minus = "-" if "-" in (found[1] or "") else ""
    return numerals.number(minus + found[2]), found[3].replace(" ", "")


def _regrouped(typed: _Typed) -> str | None:
    value = numerals.without_commas(typed.plain)
    return None if value is None else numerals.plain(value)


def _within_places(typed: _Typed, value: Decimal, finest: int) -> Value | Unread:
    allowed = finest if typed.places is None else typed.places
    if numerals.decimals(value) <= allowed:
        return value
    suggestion = numerals.shortest(value)
    if not allowed:
        return typed.unread(N_("“{text}”带有小数；本栏只填整数。"), suggestion)
    return typed.unread(N_("“{text}”的小数太多；本栏最多 {places} 位小数。"), suggestion, places=str(allowed))


_READERS: dict[Kind, Callable[[_Typed], Value | Unread]] = {
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.INTEGER: _integer,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CODE: _code,
}
