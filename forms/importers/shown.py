"""The text a workbook cell shows: a number or date under its number format, in digits, never in powers of ten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_MINUTE, _SECOND = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
# ECMA-376 part 1, 18.8.30: formats that Chinese Excel and WPS write by number only; in English some mean others.
CHINESE_FORMATS = {
    27: _MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _DAY, 32: _MINUTE, 33: _SECOND, 34: _MINUTE,
    35: _SECOND, 36: _MONTH, 50: _MONTH, 51: _MONTH_DAY, 52: _MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY, 55: _MINUTE,
    56: _SECOND, 57: _MONTH, 58: _MONTH_DAY,
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"-#,##0.00', 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
}  # fmt: skip

_LONGEST = 255  # characters of a format in Excel
_WIDEST = 5_000  # digits of a number: Python reads no longer ones
_DIGITS = 15  # what Excel keeps of a number; the rest of a binary fraction is noise
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|["\\\[])*', re.DOTALL)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]-]*)[^\]]*\]|(?P<condition>\[[<>=][^\]]*\])|\[[^\]]*\]'
    r"|(?P<general>General|G/通用格式|@)|(?P<power>E[+-]0+)|(?P<body>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)"
    r"|(?P<literal>.)",
    re.DOTALL | re.IGNORECASE,
)
_WORDS = re.compile(r'"[^"]*"|\[[^\]]*\]')
_MOMENT = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|[_*].|(?P<field>y+|m+|d+|h+|s+|a{3,4}(?!m)|AM/PM|上午/下午)|(?P<literal>.)',
    re.DOTALL | re.IGNORECASE,
)


class Shown(NamedTuple):
    """The text a cell shows; `full` has all digits where the format rounds some away, otherwise it is empty.

    `understood` is false where the number stands plainly because its format is none this program writes.
    """

    text: str
    full: str = ""
    understood: bool = True


def shown(value: object, number_format: str) -> Shown:
    """Show `value`, as openpyxl gives it, the way `number_format` asks; an unknown format shows the plain number.

    A number whose format hides every digit (a dash for zero) is shown plainly: an amount must not become a dash.
    """
    if value is None:
        return Shown("")
    if isinstance(value, bool):
        return Shown(str(value).upper())
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime | date | time | timedelta):
        return Shown(_moment(value, number_format))
    # Excel writes the carriage return of a pasted line end as an escape of its own.
    return Shown(str(value).replace("_x000D_\n", "\n").replace("_x000D_", "\n"))


def _number(value: float, number_format: str) -> Shown:
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_DIGITS}g}")
    if not exact.is_finite():
        return Shown("#NUM!")
    sections = _sections(number_format)
    sign = "-" if exact < 0 and len(sections) == 1 else ""
    place = 1 if exact < 0 else 2 if exact == 0 else 0
    section = sections[place] if place < len(sections) else sections[0]
    if section is None:
        return Shown(_plain(exact), understood=False)
    with localcontext(prec=_WIDEST):
        text, full = (sign + section.show(abs(exact), rounded=rounded) for rounded in (True, False))
    if not any(character.isdigit() for character in text):
        return Shown(_plain(exact))
    return Shown(text, full if full != text else "")


@lru_cache(maxsize=256)
def _sections(number_format: str) -> list[_Section | None]:
    """The sections for positive numbers, negative ones and zero, as far as they are there."""
    if len(number_format) > _LONGEST:
        return [None]
    return [_Section.of(section) for section in _SECTION.findall(number_format) if section] or [None]


class _Section(NamedTuple):
    """One section of a number format: the words before and after the digits, and how the digits are written."""

    before: str
    after: str
    body: str
    general: bool
    percents: int  # signs that multiply by 100: neither quoted nor escaped

    @classmethod
    def of(cls, section: str) -> _Section | None:
        """Read `section`; None where it is a condition, a fraction or anything else this program does not write."""
        words = ["", ""]
        body = ""
        general = False
        percents = 0
        for token in _TOKEN.finditer(section):
            kind = token.lastgroup
            if kind == "condition" or (kind in {"body", "general"} and (body or general)):
                return None
            if kind in {"power", "general"}:
                general = True
            elif kind == "body":
                body = token["body"]
            elif kind is not None:
                words[bool(body or general)] += token[kind]
                percents += token["literal"] == "%"
        if "/" in words[1] and re.search(r"/\s*[0-9?#]", section):
            return None
        return cls(words[0].lstrip(), words[1].rstrip(), body, general, percents)

    def show(self, number: Decimal, *, rounded: bool) -> str:
        number *= 100**self.percents
        return f"{self.before}{self._digits(number, rounded=rounded)}{self.after}"

    def _digits(self, number: Decimal, *, rounded: bool) -> str:
        if self.general or not self.body:
            return _plain(number) if self.general else ""
        whole, _, fraction = self.body.rstrip(",").partition(".")
        number /= 1000 ** (len(self.body) - len(self.body.rstrip(",")))
        if rounded:
            number = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
        integer, _, places = _plain(number).partition(".")
        places = places.ljust(len(fraction.rstrip("#?")), "0")
        integer = integer.lstrip("0").rjust(whole.count("0"), "0")
        if "," in whole:
            integer = f"{Decimal(integer or 0):,}"
        return f"{integer}.{places}" if places else integer


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: datetime | date | time | timedelta, number_format: str) -> str:
    """A date in Chinese words where the format is, otherwise in the order of ISO 8601."""
    if isinstance(value, datetime | date) and re.search("[年月日]", number_format):
        return "".join(_fields(value, number_format.partition(";")[0]))
    if not isinstance(value, datetime):
        return str(value)
    if re.search("[hs]", _WORDS.sub("", number_format), re.IGNORECASE):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    return value.date().isoformat()


def _fields(value: datetime | date, section: str) -> Iterator[str]:
    hour, minute, second = (value.hour, value.minute, value.second) if isinstance(value, datetime) else (0, 0, 0)
    after_hour = False
    for token in _MOMENT.finditer(section):
        if token.lastgroup != "field":
            yield token[token.lastgroup] if token.lastgroup else ""
            continue
        field = token["field"].lower()
        if field[0] == "m" and not after_hour:
            yield str(value.month).zfill(min(len(field), 2) if len(field) < 3 else 1)
        elif field[0] == "y":
            yield f"{value.year:04}" if len(field) > 2 else f"{value.year % 100:02}"
        elif field in {"am/pm", "上午/下午"}:
            yield "上午" if hour < 12 else "下午"
        elif field[0] == "a":
            yield ("星期" if len(field) == 4 else "") + "一二三四五六日"[value.weekday()]
        else:
            number = {"m": minute, "d": value.day, "h": hour, "s": second}[field[0]]
            yield str(number).zfill(min(len(field), 2))
        after_hour = field[0] == "h"
