"""Zip archives that are the same bytes every time, and the parts every Office file has."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

DATE = "2025-10-20T09:00:00Z"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOTTED = "application/vnd.openxmlformats-"


def pack(parts: Mapping[str, str]) -> bytes:
    """A zip of `parts` in their order. Stored, not compressed: compressors differ from machine to machine."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            entry = ZipInfo(name, (2025, 10, 20, 9, 0, 0))
            entry.create_system = 0  # the same on Windows and elsewhere
            archive.writestr(entry, part.encode("utf-8"))
    return file.getvalue()


def package(main: str, content_type: str, title: str, types: Mapping[str, str]) -> dict[str, str]:
    """The parts around a main part: content types, relations and document properties with a fixed date."""
    known = {main: content_type, "docProps/core.xml": "package.core-properties+xml"} | dict(types)
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{_DOTTED}{kind}"/>' for name, kind in known.items())
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="{main}"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escaped(title)}</dc:title>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{DATE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{DATE}</dcterms:modified></cp:coreProperties>',
    }


def relations(kinds: Mapping[str, str]) -> str:
    """The markup of a .rels part: target -> kind of relation, numbered rId1, rId2, …."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(kinds.items(), 1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def escaped(text: str) -> str:
    """The text as XML character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
