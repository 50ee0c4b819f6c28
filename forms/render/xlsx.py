"""A filing as a workbook: every sheet as on the paper, and the template's rules as live formulas on a sheet 校验."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from forms.filing import Filing
from forms.grid.cells import Grid
from forms.template.model import Template
from forms.zips import write_zip

# A fixed date: the same filing gives the same bytes, and no clock of the clerk's travels with it.
_STAMP = b"1980-01-01T00:00:00Z"
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def render(
    grids: Sequence[Grid],
    template: Template,
    filing: Filing,
    *,
    code: str = "",
    verdicts: Mapping[str, str] | None = None,
) -> bytes:
    """Give the workbook of a filing; the same arguments give the same bytes.

    `code` is the 核验码 for the foot of each page. `verdicts` gives the state (holds, broken, pending) the program
    found for rules by name, shown where Excel cannot judge a rule. ExportRefused where a text does not fit a cell.
    """
    from forms.render.check_sheet import add_check_sheet  # noqa: PLC0415 — loads openpyxl, for those who print only
    from forms.render.workbook import FormBook  # noqa: PLC0415 — as above

    book = FormBook(template, filing, code)
    for grid in grids:
        book.add_grid(grid)
    if template.rules:
        add_check_sheet(book, template, filing, verdicts or {})
    saved = io.BytesIO()
    book.book.save(saved)
    return restamped(saved)


def restamped(saved: io.BytesIO) -> bytes:
    """Pack a saved workbook again without the times of its making."""
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = _STAMPS.sub(rb"\g<1>" + _STAMP, parts[core])
    return write_zip(parts)
