"""What stands around a form without being a cell of it: 附件1, 单位：万元, 填报人：…, 注：…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from forms.importers.mixed import loose
from forms.template.model import Blank, Part, Sheet, Template, Words
from forms.template.spelling import label_key

_LONGEST = 40  # characters of what a blank of such a line may hold
# A label at the beginning, or behind a gap that nobody leaves within a sentence.
_ENTRY = re.compile(r"(?:^\s*|\s{2,}|　)([一-鿿][一-鿿（）()/、]{1,14}[：:])")
_GAP = re.compile("　{2,}")  # what a form prints left and right of it are two lines in a file


def read_furniture(template: Template, text: str) -> dict[str, str] | None:
    """What the blanks of a line take; empty where it has none or they are; None where it is no such line."""
    if any(label_key(text) == label_key(note) for sheet in template.sheets for note in sheet.notes):
        return {}
    return _read(template, text, within=True)


def apart(text: str) -> list[str]:
    """The entries of a line that holds several, each with its label (填报人：… 联系电话：…); else the line."""
    cuts = [found.start(1) for found in _ENTRY.finditer(text)]
    if not cuts or cuts[0] != len(text) - len(text.lstrip()):
        return [text]
    return [text[start:end].strip() for start, end in pairwise([*cuts, len(text)])]


def is_furniture(template: Template, text: str, *, within: bool = False) -> bool:
    """Whether a line is one that the form prints around its table, or `within` it without a border."""
    return _read(template, text, within=within) is not None


def _read(template: Template, text: str, *, within: bool) -> dict[str, str] | None:
    if len(text) > 2 * _LONGEST:
        return None
    lines = (parts for sheet in template.sheets for parts in _lines(sheet, within=within))
    return next((values for parts in lines if (values := _filled(parts, text.strip())) is not None), None)


def _lines(sheet: Sheet, *, within: bool) -> Iterator[list[Part]]:
    """Every line outside the table, and those `within` it that have no border, whole and by its gaps."""
    headings = [cell.parts for cell in sheet.cells if within and cell.heading and not cell.is_label]
    for parts in (sheet.left, sheet.right, *sheet.signature, *headings):
        pieces: list[list[Part]] = [[]]
        for part in parts:
            first, *others = _GAP.split(part.text) if isinstance(part, Words) else [part]
            pieces[-1].append(Words(first) if isinstance(first, str) else first)
            pieces.extend([Words(other)] for other in others if isinstance(other, str))
        yield list(parts)
        if len(pieces) > 1:
            yield from ([part for part in piece if part != Words("")] for piece in pieces)


def _filled(parts: Sequence[Part], text: str) -> dict[str, str] | None:
    if not any(isinstance(part, Words) and part.text.strip() for part in parts):
        return None
    pattern = r"\s*".join(
        loose(part.text) if isinstance(part, Words) else rf"(?P<f{number}>[^\n：:]{{0,{_LONGEST}}}?)"
        for number, part in enumerate(parts)
    )
    found = re.fullmatch(pattern, text)
    if found is None:
        return {} if label_key(text) == label_key("".join(p.text for p in parts if isinstance(p, Words))) else None
    values = {part.field: found[f"f{n}"].strip() for n, part in enumerate(parts) if isinstance(part, Blank)}
    return {name: value for name, value in values.items() if value}
