"""A form of several sheets as so many forms of one sheet, which is how files hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from forms.template.model import Blank, Part, Sheet, Template, Words


@cache
def views(template: Template) -> tuple[Template, ...]:
    """One form for each sheet of a template, with what that sheet draws; a form of one sheet is its only view."""
    if len(template.sheets) < 2:
        return (template,)
    return tuple(_view(template, sheet) for sheet in template.sheets)


def _view(template: Template, sheet: Sheet) -> Template:
    held = {part.field for part in _parts(sheet) if isinstance(part, Blank)}
    grown = {block.name for block in sheet.blocks}
    words = [part.text for part in sheet.title if isinstance(part, Words)]
    return replace(
        template,
        name=max(("".join(text.split()) for text in words), key=len, default=sheet.name),
        sheets=(sheet,),
        fields={name: field for name, field in template.fields.items() if name in held},
        tables={name: table for name, table in template.tables.items() if name in grown},
        trees={name: tree for name, tree in template.trees.items() if name in grown},
    )


def _parts(sheet: Sheet) -> Iterator[Part]:
    lines: Iterable[tuple[Part, ...]] = (sheet.title, sheet.left, sheet.right, *sheet.signature)
    for parts in (*lines, *(cell.parts for cell in sheet.cells)):
        yield from parts
