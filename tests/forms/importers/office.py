"""Word and Excel files made of bare markup, so that a test shows every tag it is about."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

Parts = dict[str, str | bytes]


def pack(parts: Parts) -> bytes:
    """A zip of `parts` in their order."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def relations(**targets: str) -> str:
    """The markup of a .rels part: kind of relation, which is its id too -> target."""
    lines = "".join(
        f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def types(**overrides: str) -> str:
    """The markup of [Content_Types].xml: part name -> its content type."""
    lines = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def document(body: str) -> str:
    """The main part of a Word document around `body`."""
    return (
        f'{_DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )


def docx_parts(body: str, more: Parts | None = None) -> Parts:
    """The parts of a Word document; `more` adds parts or replaces them."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts: Parts = {
        "[Content_Types].xml": types(**{"word/document.xml": main}),
        "_rels/.rels": relations(officeDocument="word/document.xml"),
        "word/document.xml": document(body),
    }
    return parts | (more or {})


def docx(body: str, more: Parts | None = None) -> bytes:
    """A Word document around `body`."""
    return pack(docx_parts(body, more))


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str = "", settings: str = "") -> str:
    """A cell of one paragraph; `settings` is the inside of w:tcPr."""
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    """A table; each row is the markup of its cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def xlsx_parts(sheet: str, more: Parts | None = None) -> Parts:
    """The parts of a workbook with one sheet whose inside is `sheet`; `more` adds parts or replaces them."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: Parts = {
        "[Content_Types].xml": types(
            **{"xl/workbook.xml": f"{kind}.sheet.main+xml", "xl/worksheets/sheet1.xml": f"{kind}.worksheet+xml"}
        ),
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{_DECLARATION}<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
            '<sheet name="表一" sheetId="1" r:id="worksheet"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'{_DECLARATION}<worksheet xmlns="{S}">{sheet}</worksheet>',
    }
    return parts | (more or {})


def xlsx(sheet: str, more: Parts | None = None) -> bytes:
    """A workbook with one sheet whose inside is `sheet`."""
    return pack(xlsx_parts(sheet, more))


def rows(*cells: str) -> str:
    """Sheet data of rows, each given as the markup of its cells."""
    return f"<sheetData>{''.join(f'<row>{row}</row>' for row in cells)}</sheetData>"


def words(text: str, place: str = "") -> str:
    """A cell that holds text."""
    at = f' r="{place}"' if place else ""
    return f'<c{at} t="inlineStr"><is><t>{text}</t></is></c>'
