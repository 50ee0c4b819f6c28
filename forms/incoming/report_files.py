"""The report of an import as a file, by its name: .xlsx a workbook, .json data, .txt lines."""

from __future__ import annotations

import json
from pathlib import Path

from forms.errors import SaveFailed
from forms.incoming.report import Report, as_object
from forms.incoming.report_text import to_text
from forms.language import N_

KINDS = (".xlsx", ".json", ".txt")


def require_kind(path: Path) -> None:
    """Raise SaveFailed unless a report can be written under this name; better asked before the work than after."""
    if path.suffix.lower() not in KINDS:
        raise SaveFailed(N_("导入报告写成 .xlsx、.json 或 .txt，“{path}”不是其中一种；请改文件名。"), path=str(path))
    if path.is_dir():
        raise SaveFailed(N_("“{path}”是文件夹，没有写成；请写明文件名。"), path=str(path))


def encode(report: Report, path: Path) -> bytes:
    """What a report file of this name holds; the same report, the same bytes."""
    kind = path.suffix.lower()
    if kind == ".xlsx":
        from forms.incoming.report_book import to_workbook  # noqa: PLC0415 — openpyxl is loaded when it is asked for

        return to_workbook(report)
    if kind == ".json":
        return json.dumps(as_object(report), ensure_ascii=False, indent=1).encode() + b"\n"
    return to_text(report).encode()
