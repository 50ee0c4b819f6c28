"""What two templates must share to be the same: everything but the text they were read from and its lines."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from forms.files import resource
from forms.template.load import is_set
from forms.template.model import LayoutCell, Rule, Sheet, Template

_FIXTURES = Path(__file__).parents[2] / "fixtures" / "templates"
_EXAMPLES = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def content(template: Template) -> dict[str, object]:
    """The records of a template without lines, text and digest."""
    told = {one.name: getattr(template, one.name) for one in fields(template) if one.name not in ("text", "digest")}
    return told | {
        "rules": tuple(_lineless(rule) for rule in template.rules),
        "sheets": tuple(_flat(sheet) for sheet in template.sheets),
    }


def _flat(sheet: Sheet) -> Sheet:
    return replace(sheet, cells=tuple(_lineless(cell) for cell in sheet.cells))


def _lineless(one: LayoutCell | Rule) -> LayoutCell:
    return replace(one, line=0)  # type: ignore[return-value]  # whichever of the two it is


def every_template() -> dict[str, str]:
    """The text of every template there is: shipped, of the fixtures, and the examples of the page on the notation."""
    files = [*sorted(resource("templates").glob("*.yaml")), *sorted(_FIXTURES.glob("*.yaml"))]
    texts = {f"{path.parent.name}/{path.stem}": path.read_text(encoding="utf-8") for path in files}
    page = resource("templates", "README.md").read_text(encoding="utf-8")
    texts |= {f"README/{number}": text for number, text in enumerate(_EXAMPLES.findall(page))}
    return {name: text for name, text in texts.items() if not is_set(text)}
