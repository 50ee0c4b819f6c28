"""Numbers as people write them: full-width digits, thousands commas, Chinese numerals, units of money."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

DIGITS = 25
"""Digits a number may have: an amount in 亿元 down to the 分, with room to add up within 28 digits."""

FINEST = 10
"""Decimals of 亿元 down to the 分: nothing typed is finer, so whatever is, is a quotient."""

_SPACES = "".join(map(chr, range(0x2000, 0x200B)))
_BLANKS = "\t\v\f\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + _SPACES
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\xad"

# NFKC is too eager for numbers (10² would become 102), and would move every character behind a ligature.
_NARROW = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, _BLANKS + INVISIBLE), " ")
    | {ord("\r"): "\n", ord("￥"): "¥", ord("−"): "-"}
)

_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_MISGROUPED = re.compile(r"-?[0-9]+(?:,[0-9]+)+(?:\.[0-9]+)?")


def words(text: str) -> frozenset[str]:
    """Split a list of words written as one text."""
    return frozenset(text.split())


COUNTED = words(
    """
    台 辆 部 套 个 件 份 次 宗 家 家次 期 人 人次 名 户 户次 村 处 座 条 项 篇 本 册 张 块 株 棵 头 只 场 场次 批次 班次
    起 例 组 支 所 间 层 架 艘 枚 桶 袋 箱 瓶 盏 井 页 标段 点位 站点 断面 课时 学时 人天 人月
    年 个月 周 天 日 工作日 个工作日 小时 分钟 秒 分
    """
)
"""Words that count things or time, as they follow a number."""

_MONEY_POWERS = {"元": 0, "千元": 3, "万元": 4, "百万元": 6, "亿元": 8}

_NUMERALS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_COLLOQUIAL = frozenset("百千万亿")
NUMERALS = frozenset(_NUMERALS) | frozenset(_STEPS) | frozenset(_MYRIADS) | {"半"}

_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)


def narrow(text: str) -> str:
    """Write full-width ASCII narrow and every blank as a plain one; characters keep their places."""
    return text.translate(_NARROW)


def number(text: str) -> Decimal | None:
    """Read a whole narrow text as one number; commas must stand at the thousands. None where it is none."""
    if not _NUMBER.fullmatch(text) or sum(char.isdigit() for char in text) > DIGITS:
        return None
    value = Decimal(text.replace(",", ""))
    return value or abs(value)  # -0 is 0


def without_commas(text: str) -> Decimal | None:
    """Read a number whose commas stand at the wrong places, for a suggestion; None where it is something else."""
    return number(text.replace(",", "")) if _MISGROUPED.fullmatch(text) else None


def decimals(value: Decimal) -> int:
    """Count the digits written after the point."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: Decimal, places: int | None = None) -> str:
    """Print without exponent, padded or rounded half up to `places`; a quotient is cut at FINEST decimals."""
    if places is None and decimals(value) > FINEST:
        places = FINEST
    if places is not None and value.adjusted() + places < _WIDE.prec:
        value = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    return format(value, "f")


def shortest(value: Decimal) -> str:
    """Print without exponent and without trailing zeros."""
    return format(value.normalize(_WIDE), "f") if value else "0"


def money_power(unit: str) -> int | None:
    """Give the power of ten of 元 that a unit of money stands for; None for an unknown unit."""
    return _MONEY_POWERS.get(unit)


def chinese(text: str) -> Decimal | None:
    """Read a numeral in Chinese characters (一百二十, 两万, 二〇二二, 半); None where it is none."""
    if text == "半":
        return Decimal("0.5")
    if len(text) == 4 and all(char in _NUMERALS for char in text):
        return Decimal("".join(str(_NUMERALS[char]) for char in text))
    if text[-2:-1] in _COLLOQUIAL and text[-1:] in _NUMERALS:
        return None  # 一百二 is said for 120 and read as 102: nobody can tell
    total = section = digit = 0
    for char in text:
        if char in _NUMERALS and not digit:
            digit = _NUMERALS[char]
        elif char in _STEPS:
            section, digit = section + (digit or 1) * _STEPS[char], 0
        elif char in _MYRIADS and section + digit:
            total, section, digit = total + (section + digit) * _MYRIADS[char], 0, 0
        else:
            return None
    return Decimal(total + section + digit) if text else None
