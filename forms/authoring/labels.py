"""How much a text looks like a label of a form, and labels made plain."""

from __future__ import annotations

import re

from forms.authoring.lexicon import Lexicon, is_date, is_number, is_sign
from forms.template.expected import MAX_NAME
from forms.template.spelling import LABEL_TAIL, label_key
from forms.values import Kind

_FORBIDDEN = re.compile(r"[\[\]{}|□☐☑■\n\t“”\"'‘’]")
_ORDINAL = re.compile(r"^[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?[、.．)）]\s*")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年(?=.)")
_LONGEST = 24


def joined(text: str) -> str:
    """A label on one line: breaks and blanks within it were made to fit a narrow cell."""
    if len(text) > 2 * _LONGEST:
        return text
    return re.sub(r"(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])", "", text).replace("\n", " ").strip()


def field_name(label: str) -> str:
    """The name of the field a label names: without its unit, colon and marks, short enough for a formula."""
    name = _ORDINAL.sub("", _FORBIDDEN.sub("", joined(label)).strip()).strip("：:*＊ ")
    name = LABEL_TAIL.sub("", name).strip("：: ").removeprefix("其中：").removeprefix("其中:")
    name = _YEAR.sub("", name)  # the same field next year
    return name[:MAX_NAME].strip()


def label_score(text: str, lexicon: Lexicon) -> float:
    """From about -4 to 4: below 0 it is rather something that was filled in."""
    plain = joined(text)
    if not plain:
        return 0.0
    if is_number(plain) or is_sign(plain):
        return -4.0
    score = 2.5 if lexicon.is_known(plain) else 0.0
    if lexicon.role_of(plain) or lexicon.is_branch(plain):
        score += 1.5
    kind = lexicon.kind_of(plain)
    if kind is not None and len(plain) <= _LONGEST // 2:
        score += 1.0 if kind is not Kind.REGION else 0.5
    if plain[-1] in "：:" or LABEL_TAIL.search(plain):
        score += 1.5
    score += 0.3 if len(plain) <= 8 else 0.0
    return score - _doubts(_YEAR.sub("", plain))


def _doubts(plain: str) -> float:
    """What speaks for something filled in: figures, dates, sentences, length."""
    doubts = 0.0
    if is_date(plain) or re.search(r"\d", label_key(plain)):
        doubts += 1.0
    if re.search(r"[。；！？≥≤]|\d{3,}", plain):
        doubts += 2.0
    if len(plain) > _LONGEST:
        doubts += 2.0
    return doubts
