"""An amount of money in the capital numerals (大写) that cheques and contracts ask for.

Source: 《支付结算办法》附件《正确填写票据和结算凭证的基本规定》: 元 without 角 and 分 ends with 整, and zeros between
figures are one 零. What it leaves free is left out: 整 after 角, and 零 where only the last place before
万 or 元 is empty.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_FEN = Decimal("0.01")
_MOST = Decimal(10) ** 16


def capitals(yuan: Decimal) -> str:
    """An amount of 元 in words, rounded to 分; empty where it has more figures than there are words for."""
    rounded = abs(yuan).quantize(_FEN, ROUND_HALF_UP) if abs(yuan) < _MOST else _MOST
    if rounded >= _MOST:
        return ""
    whole, cents = divmod(int(rounded * 100), 100)
    if not whole and not cents:
        return "零元整"
    words = ("负" if yuan < 0 else "") + (f"{_whole(whole)}元" if whole else "")
    return words + _cents(cents, follows=bool(whole))


def _whole(number: int) -> str:
    """A whole number by groups of four figures; a group that does not fill its places begins with 零."""
    words = ""
    for at in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * at) % 10_000
        if group:
            gap = words and (group < 1_000 or number // 10 ** (4 * at + 4) % 10_000 == 0)
            words += ("零" if gap else "") + _group(group) + _GROUPS[at]
    # 万亿 and 亿 of one number share their last word: 壹万亿零壹佰亿 is said 壹万零壹佰亿.
    return words.replace("万亿", "万", 1) if words.count("亿") > 1 else words


def _group(number: int) -> str:
    words, zero = "", False
    for at in range(3, -1, -1):
        figure = number // 10**at % 10
        if figure:
            words += ("零" if zero and words else "") + _FIGURES[figure] + _PLACES[at]
        zero = not figure
    return words


def _cents(cents: int, *, follows: bool) -> str:
    jiao, fen = divmod(cents, 10)
    if not cents:
        return "整"
    words = f"{_FIGURES[jiao]}角" if jiao else "零" if follows else ""
    return words + (f"{_FIGURES[fen]}分" if fen else "")
