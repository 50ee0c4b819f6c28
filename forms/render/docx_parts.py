"""The package of a Word file (ECMA-376): its parts, what kind each is, and which belongs to which."""

from __future__ import annotations

from collections.abc import Mapping

from forms.render.docx_text import cleaned, quoted

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# No clock of the clerk's travels with a file, and the same filing gives the same bytes.
_STAMP = "1980-01-01T00:00:00Z"


def package(body: str, title: str, around: Mapping[str, str]) -> dict[str, bytes]:
    """The files of the zip. `body` is the inside of w:body; `around` are the other parts of the text by their names."""
    parts = {
        "[Content_Types].xml": _types(around),
        "_rels/.rels": _relations({
            "document": (f"{_OFFICE}/officeDocument", "word/document.xml"),
            "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        }),
        "docProps/core.xml": _core(title),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations({
            name: (f"{_OFFICE}/{_kind(name)}", f"{name}.xml") for name in around
        }),
        **{f"word/{name}.xml": part for name, part in around.items()},
    }  # fmt: skip
    return {name: (_DECLARATION + part).encode() for name, part in parts.items()}


def settings() -> str:
    """The part word/settings.xml."""
    # A file that names no mode is laid out as Word 2007 did, and its window says 兼容模式.
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'<w:settings xmlns:w="{_WORD}"><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{mode}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _kind(name: str) -> str:
    """What a part is called among its kind: footer2 is a footer."""
    return name.rstrip("0123456789")


def _types(around: Mapping[str, str]) -> str:
    kinds = {
        "word/document": f"{_TYPE}.document.main+xml",
        "docProps/core": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"word/{name}": f"{_TYPE}.{_kind(name)}+xml" for name in around},
    }
    overrides = "".join(f'<Override PartName="/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="{ident}" Type="{kind}" Target="{target}"/>' for ident, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _core(title: str) -> str:
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_STAMP}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{quoted(cleaned(title))}</dc:title><dc:creator>jixiao</dc:creator>{times}</cp:coreProperties>"
    )
