"""The report of an import as a file, by its name: .xlsx a workbook, .json data, .txt lines."""

from __future__ import annotations

import json
from pathlib import Path

from forms.incoming.report import Report, as_object
from forms.incoming.report_text import to_text

KINDS = (".xlsx", ".json", ".txt")


def encode(report: Report, path: Path) -> bytes:
    """What a report file of this name holds; the same report, the same bytes."""
    kind = path.suffix.lower()
    if kind == ".xlsx":
        from forms.incoming.report_book import to_workbook  # noqa: PLC0415 — openpyxl is loaded when it is asked for

        return to_workbook(report)
    if kind == ".json":
        return json.dumps(as_object(report), ensure_ascii=False, indent=1).encode() + b"\n"
    return to_text(report).encode()
