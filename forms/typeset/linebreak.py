"""Breaks a text into lines by the rules of Chinese typesetting (禁则): no character is lost, no line is too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.typeset.fonts import Face

# GB/T 15834-2011, 附录 A: closing and pausing marks never begin a line, opening marks never end one.
NEVER_FIRST = frozenset("，。；：！？、）》〉」』】〕〗｝］”’…—·％%‰‱℃°．～,.;:!?)]}>〞﹞﹜﹚\u200d")
NEVER_LAST = frozenset("（《〈「『【〔〖｛［“‘([{<￥¥$〝﹝﹛﹙")

_FIRST = "".join(map(re.escape, sorted(NEVER_FIRST)))
_LAST = "".join(map(re.escape, sorted(NEVER_LAST)))
# Marks that sit on the character before them: combining accents and variation selectors.
_ATTACHED = "\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LETTER = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u04ff"
_WORD = rf"[≥≤＞＜＝=±≈+\-−]{{0,3}}[{_LETTER}]++(?:[.,:;'’/\\\-–_@&+*=#~^×][{_LETTER}]++)*+"
_CLUSTER = re.compile(rf"[{_LAST}]*(?:{_WORD}|.)[{_ATTACHED}{_FIRST} \t]*+", re.DOTALL)


def wrap(text: str, width: float, size: float, face: Face) -> tuple[str, ...]:
    r"""Break `text` into lines no wider than `width` points at a font size of `size` points.

    A `\n` ends a line; joined, the lines are the text without it. Words and numbers with their signs (`≥90%`) stay
    whole unless they are longer than a line. Only a single character wider than `width` stands on a line too narrow.
    """
    # Whole units are compared, as a sum of floats would depend on the order of adding.
    room = int(width * face.units / size + 1e-6)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_paragraph(paragraph, room, face))
    return tuple(lines)


def _paragraph(text: str, room: int, face: Face) -> Iterator[str]:
    if face.units_of(text) <= room:
        yield text
        return
    start, end, used = 0, 0, 0
    for match in _CLUSTER.finditer(text):
        needed = face.units_of(match.group())
        if used + needed > room and needed <= room and used:
            yield text[start:end]
            start, used = end, 0
        end, used = match.end(), used + needed
        while used > room:
            cut = _hard_break(text, start, end, room, face)
            yield text[start:cut]
            start, used = cut, face.units_of(text[cut:end])
    if start < end:
        yield text[start:end]


def _hard_break(text: str, start: int, end: int, room: int, face: Face) -> int:
    """Where to cut a run that is longer than a line: the last place that fits, if possible an allowed one."""
    last, used = start, 0
    while last < end and used + face.advance(text[last]) <= room:
        used += face.advance(text[last])
        last += 1
    if last <= start + 1:
        return start + 1
    for cut in range(last, start, -1):
        if text[cut] not in NEVER_FIRST and text[cut - 1] not in NEVER_LAST:
            return cut
    return last
