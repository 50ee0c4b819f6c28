"""What stands around a form without being a cell of it: 附件1, 单位：万元, 填报人：…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forms.template.model import Blank, Part, Template, Words
from forms.template.spelling import label_key

_LONGEST = 40  # characters of what a blank of such a line may hold


def read_furniture(template: Template, text: str) -> dict[str, str] | None:
    """What the blanks of a line take; empty where it has none or they are; None where it is no such line."""
    if len(text) > 2 * _LONGEST:
        return None
    for sheet in template.sheets:
        for parts in (sheet.left, sheet.right, *sheet.signature):
            values = _filled(parts, text.strip()) if parts else None
            if values is not None:
                return values
        if label_key(text) in map(label_key, sheet.notes):
            return {}
    return None


def is_furniture(template: Template, text: str) -> bool:
    """Whether a line is one that the form prints outside its table."""
    return read_furniture(template, text) is not None


def _filled(parts: Sequence[Part], text: str) -> dict[str, str] | None:
    words = [re.escape(part.text.strip()) for part in parts if isinstance(part, Words)]
    if not words:
        return None
    pattern = r"\s*".join(
        re.escape(part.text.strip()) if isinstance(part, Words) else rf"(?P<f{number}>[^\n：:]{{0,{_LONGEST}}}?)"
        for number, part in enumerate(parts)
    )
    found = re.fullmatch(pattern, text)
    if found is None:
        return {} if label_key(text) == label_key("".join(p.text for p in parts if isinstance(p, Words))) else None
    values = {part.field: found[f"f{n}"].strip() for n, part in enumerate(parts) if isinstance(part, Blank)}
    return {name: value for name, value in values.items() if value}
