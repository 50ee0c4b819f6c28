"""A formula's text cut into words, with the full-width signs people type folded to plain ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from forms.errors import FormulaRefused
from forms.formula.syntax import is_part, is_start
from forms.language import N_

_DIGITS = "0123456789"
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if not chr(wide).isalpha()}
_PLAIN = _FULL_WIDTH | str.maketrans("−×÷“”‘’", "-*/\"\"''")
_WIDE_COMPARISONS = {"≤": "<=", "≥": ">=", "≠": "<>"}
_SIGNS = ("<>", "<=", ">=", *"+-*/&=<>(),!%")
_CLOSING = dict(zip("\"＂“”'＇‘’", "\"＂””'＇’’", strict=True))


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a formula; `text` is its meaning (unquoted, folded), `position` where it begins, from 0."""

    kind: Literal["number", "text", "name", "column", "sign", "end"]
    text: str
    position: int
    quoted: bool = False


def tokenize(text: str) -> Iterator[Token]:
    """Cut `text` into tokens, the last of kind `end`; raises FormulaRefused at a sign it does not know."""
    # One sign for one sign, so that positions stay those of the typed text.
    plain = text.translate(_PLAIN)
    at = 0
    while at < len(text):
        if plain[at].isspace():
            at += 1
            continue
        token, at = _token(text, plain, at)
        yield token
    yield Token("end", "", len(text))


def _token(text: str, plain: str, at: int) -> tuple[Token, int]:
    sign = plain[at]
    if sign == '"':
        content, end = _quoted(text, at)
        return Token("text", content, at), end
    if sign == "'":
        content, end = _quoted(text, at)
        return Token("name", _nonempty(content, at), at, quoted=True), end
    if sign == "[":
        content, end = _bracketed(text, plain, at)
        return Token("column", _nonempty(content, at), at), end
    if sign in _DIGITS:
        return _number(plain, at)
    if is_start(text[at]):
        end = _run(text, at)
        return Token("name", text[at:end], at), end
    return _sign(plain, at)


def _sign(plain: str, at: int) -> tuple[Token, int]:
    if plain[at] in _WIDE_COMPARISONS:
        return Token("sign", _WIDE_COMPARISONS[plain[at]], at), at + 1
    for sign in _SIGNS:
        if plain.startswith(sign, at):
            return Token("sign", sign, at), at + len(sign)
    raise FormulaRefused(
        N_("第 {place} 个字“{sign}”不是公式里的符号；名称里有符号时，给名称加单引号。"),
        at,
        place=at + 1,
        sign=plain[at],
    )


def _number(plain: str, at: int) -> tuple[Token, int]:
    end = _digits(plain, at)
    if plain.startswith(".", end) and _digits(plain, end + 1) > end + 1:
        end = _digits(plain, end + 1)
    if end < len(plain) and is_part(plain[end]):
        raise FormulaRefused(
            N_("第 {place} 个字处的名称以数字开头，要加单引号：'{name}'。"),
            at,
            place=at + 1,
            name=plain[at : _run(plain, at)],
        )
    if end - at > 28:
        raise FormulaRefused(N_("第 {place} 个字处的数字太长，最多 28 位。"), at, place=at + 1)
    return Token("number", plain[at:end], at), end


def _digits(plain: str, at: int) -> int:
    while at < len(plain) and plain[at] in _DIGITS:
        at += 1
    return at


def _run(text: str, at: int) -> int:
    while at < len(text) and is_part(text[at]):
        at += 1
    return at


def _quoted(text: str, at: int) -> tuple[str, int]:
    closing = _CLOSING[text[at]]
    parts: list[str] = []
    end = at + 1
    while end < len(text):
        if text[end] != closing:
            parts.append(text[end])
            end += 1
        elif text.startswith(closing * 2, end):
            parts.append(closing)
            end += 2
        else:
            return "".join(parts), end + 1
    raise FormulaRefused(N_("第 {place} 个字处的引号没有配成对。"), at, place=at + 1)


def _bracketed(text: str, plain: str, at: int) -> tuple[str, int]:
    start = at + 1
    while plain[start : start + 1].isspace():
        start += 1
    if plain[start : start + 1] == "'":
        content, end = _quoted(text, start)
        while plain[end : end + 1].isspace():
            end += 1
    else:
        end = plain.find("]", start)
        content = text[start:end].strip()
    if end < 0 or plain[end : end + 1] != "]":
        raise FormulaRefused(N_("第 {place} 个字处的方括号没有配成对。"), at, place=at + 1)
    return content, end + 1


def _nonempty(name: str, at: int) -> str:
    if not name:
        raise FormulaRefused(N_("第 {place} 个字处缺少名称。"), at, place=at + 1)
    return name
