"""Interchange files of both kinds, by their names: .xlsx a workbook, any other JSON."""

from __future__ import annotations

from pathlib import Path

from forms.errors import SourceRefused
from forms.interchange_data import Dataset, Mapped, dataset, read_data, to_json
from forms.language import N_

_WORKBOOK = ".xlsx"


def encode(made: Mapped, name: str) -> bytes:
    """The file called `name` of filings in the columns of their finance system; the same filings, the same bytes."""
    if Path(name).suffix.lower() != _WORKBOOK:
        return to_json(dataset(made))
    from forms.interchange_book import to_workbook  # noqa: PLC0415 — openpyxl is loaded when a workbook is written

    return to_workbook(dataset(made), made[0][0].system)


def read(path: Path) -> Dataset:
    """What `encode` made. Raises SourceRefused, PackageRefused."""
    if path.suffix.lower() == _WORKBOOK:
        from forms.interchange_book import read_workbook  # noqa: PLC0415 — as above

        return read_workbook(path)
    try:
        return read_data(path.read_bytes(), path.name)
    except OSError as error:
        raise SourceRefused(N_("“{name}”打不开；请检查文件名和权限。"), name=path.name) from error
