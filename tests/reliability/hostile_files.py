"""Files made to harm whoever reads them, each built by a few lines so that its trick can be seen."""

from __future__ import annotations

import random
import stat
import struct
import warnings
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tests.forms.importers.office import (
    Parts,
    S,
    cell,
    document,
    docx,
    docx_parts,
    pack,
    paragraph,
    relations,
    rows,
    table,
    types,
    words,
    xlsx,
    xlsx_parts,
)

HostileFile = tuple[str, bytes]  # a name and what is in it

_WORD = "word/document.xml"
_SHEET = "xl/worksheets/sheet1.xml"
_MB = 1 << 20
_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "绩绩绩绩绩绩绩绩绩绩">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504


def _garbage(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # the same in every run


def _chinese(size: int) -> str:
    return "".join(map(chr, random.Random(7).choices(range(0x4E00, 0x9FA5), k=size)))


def _sheet(data: str) -> str:
    return f'<worksheet xmlns="{S}">{data}</worksheet>'


def _with_doctype(markup: str, doctype: str) -> str:
    declaration, newline, rest = markup.partition("?>\n")
    return f"{declaration}{newline}{doctype}{rest}"


def _utf16(markup: str) -> bytes:
    return markup.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _inflating(name: str, part: str, megabytes: int, parts: Parts) -> HostileFile:
    """A part of many equal bytes, written in pieces so that the builder stays small itself."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for other, inside in parts.items():
            if other != part:
                archive.writestr(other, inside)
        with archive.open(part, "w") as stream:
            for _ in range(megabytes):
                stream.write(b" " * _MB)
    return name, file.getvalue()


def _zip(entries: list[tuple[str | ZipInfo, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with warnings.catch_warnings(action="ignore"), ZipFile(file, "w", method) as archive:  # about names used twice
        for name, inside in entries:
            archive.writestr(name, inside)
    return file.getvalue()


def _entries(parts: Parts) -> list[tuple[str | ZipInfo, bytes]]:
    return [(name, part.encode() if isinstance(part, str) else part) for name, part in parts.items()]


def _more(*entries: tuple[str | ZipInfo, bytes]) -> bytes:
    return _zip([*_entries(docx_parts(paragraph("甲"))), *entries])


def _link() -> bytes:
    info = ZipInfo("word/media/image1.png")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return _more((info, b"/etc/passwd"))


def _patched(data: bytes, central: int, local: int, value: bytes, name: bytes = b"word/document.xml") -> bytes:
    """`data` with `value` put into both headers of the part `name`, at the offsets given."""
    changed = bytearray(data)
    place = 0
    while (place := changed.find(name, place)) >= 0:
        for signature, header, offset in ((b"PK\x03\x04", 30, local), (b"PK\x01\x02", 46, central)):
            start = place - header
            if start >= 0 and changed[start : start + 4] == signature:
                changed[start + offset : start + offset + len(value)] = value
        place += 1
    return bytes(changed)


def _overlapping() -> bytes:
    """Two names in the directory for one run of bytes, the trick of the smallest bombs."""
    data = _more(("word/b.xml", b"<x/>"), ("word/c.xml", b"<x/>"))
    first = data.find(b"PK\x03\x04", data.find(b"word/document.xml") + 20)
    place = data.rfind(b"word/c.xml") - 46
    return data[: place + 42] + struct.pack("<I", first) + data[place + 46 :]


def _flipped(data: bytes) -> bytes:
    place = data.find(b"word/document.xml") + 40
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def _cells(inside: str) -> HostileFile:
    return "单元格.xlsx", xlsx(f'<sheetData><row r="1">{inside}</row></sheetData>')


def _merge(reference: str) -> HostileFile:
    return "合并.xlsx", xlsx(rows(words("甲")) + f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>')


def _word(inside: str, more: Parts | None = None) -> HostileFile:
    return "文档.docx", docx(inside, more)


def _main(markup: str | bytes) -> HostileFile:
    return "文档.docx", docx("", {_WORD: markup})


_GOOD = docx(paragraph("甲"))

# What is refused, by a word of the sentence that refuses it.
HOSTILE: dict[str, dict[str, Callable[[], HostileFile]]] = {
    "展开后过大": {
        "a document that inflates to 300 MB": lambda: _inflating("炸弹.docx", _WORD, 300, docx_parts("")),
        "a sheet that inflates to 300 MB": lambda: _inflating("炸弹.xlsx", _SHEET, 300, xlsx_parts("")),
        "a picture that inflates to 100 MB": lambda: _inflating("图.docx", "word/media/a.png", 100, docx_parts("")),
        "five honest looking parts of 63 MB": lambda: (
            "多.docx",
            _more(*((f"word/media/{n}.png", b"\0" * (63 * _MB)) for n in range(5))),
        ),
        "two hundred thousand levels": lambda: _word("<w:sdt>" * 200_000 + "</w:sdt>" * 200_000),
        "two million paragraphs": lambda: _word("<w:p/>" * 2_000_000),
        "ten million shared texts": lambda: (
            "串.xlsx",
            pack(
                xlsx_parts(rows(words("甲")))
                | {"xl/sharedStrings.xml": f'<sst xmlns="{S}">{"<si/>" * 10_000_000}</sst>'}
            ),
        ),
    },
    "内部结构不正常": {
        "a name used twice": lambda: ("双.docx", _more((_WORD, document(paragraph("乙")).encode()))),
        "a name used twice but for its case": lambda: ("双.docx", _more(("WORD/Document.xml", b"<x/>"))),
        "two names for the same bytes": lambda: ("叠.docx", _overlapping()),
        "a name that climbs out": lambda: ("爬.docx", _more(("../../../etc/cron.d/x", b"x"))),
        "an absolute name": lambda: ("根.docx", _more(("/etc/passwd", b"x"))),
        "a name of another system": lambda: ("反.docx", _more(("word\\..\\..\\x", b"x"))),
        "a drive letter": lambda: ("盘.docx", _more(("C:/x", b"x"))),
        "a name with turned-around writing": lambda: ("转.docx", _more(("word/\u202egnp.exe", b"x"))),
        "a name of 300 letters": lambda: ("长.docx", _more(("a" * 300, b"x"))),
        "a link": lambda: ("链.docx", _link()),
        "a way of packing that Office does not know": lambda: ("包.docx", _zip(_entries(docx_parts("")), ZIP_BZIP2)),
        "a way of packing that nobody knows": lambda: ("包.docx", _patched(_GOOD, 10, 8, b"\x63\x00")),
        "three thousand parts": lambda: ("多.docx", _more(*((f"word/{n}.bin", b"") for n in range(3_000)))),
        "bytes before the zip": lambda: ("前.docx", b"PK\x03\x04" + b"\0" * 60 + _GOOD),
        "two zips in a row": lambda: ("两.docx", _GOOD + docx(paragraph("乙"))),
        "a stored part longer than the file": lambda: (
            "长.docx",
            _patched(_zip(_entries(docx_parts("")), ZIP_STORED), 20, 18, struct.pack("<I", 60_000_000)),
        ),
    },
    "加了密码": {
        "an encrypted part": lambda: ("密.docx", _patched(_GOOD, 8, 6, b"\x01\x00")),
        "a document with a password": lambda: ("密.docx", _OLE + "EncryptedPackage".encode("utf-16-le")),
    },
    "已损坏": {
        "a part that claims 10 bytes and has 2 MB": lambda: (
            "谎.docx",
            _patched(docx(paragraph("甲" * 700_000)), 24, 22, struct.pack("<I", 10)),
        ),
        "a part that claims more than it has": lambda: ("谎.docx", _patched(_GOOD, 24, 22, struct.pack("<I", 900_000))),
        "a flipped byte": lambda: ("翻.docx", _flipped(_GOOD)),
        "no directory": lambda: ("断.docx", _GOOD[: _GOOD.find(b"PK\x01\x02")]),
        "half a file": lambda: ("半.docx", _GOOD[: len(_GOOD) // 2]),
        "a file without its last byte": lambda: ("缺.docx", _GOOD[:-1]),
        "only the first header": lambda: ("头.docx", _GOOD[:30]),
        "only the first four bytes": lambda: ("头.xlsx", b"PK\x03\x04"),
        "a zip that is no document": lambda: ("无.docx", pack({"a.txt": "x"})),
        "random bytes in a zip's clothes": lambda: ("乱.docx", b"PK\x03\x04" + _garbage(5_000)),
        "tags that do not match": lambda: _word("<w:p></w:r>"),
        "a prefix that means nothing": lambda: _word("<q:p/>"),
        "an encoding that does not exist": lambda: _main(document("").replace("UTF-8", "x-nothing")),
        "an encoding of several bytes": lambda: _main(document("").replace("UTF-8", "GBK").encode("gbk")),
        "a document in EBCDIC": lambda: _main(document("").replace("UTF-8", "cp037").encode("cp037")),
        "bytes that are no text": lambda: _main(document("甲").encode().replace("甲".encode(), b"\xff\xfe")),
        "a negative span": lambda: _word(table(cell("甲", '<w:gridSpan w:val="-5"/>'))),
        "a span that is no number": lambda: _word(table(cell("甲", '<w:gridSpan w:val="٣"/>'))),
        "a document that is not where it is said to be": lambda: _word(
            paragraph("甲"), {"_rels/.rels": relations(officeDocument="../../../etc/passwd")}
        ),
        "a document that has no body": lambda: _main("<x/>"),
        "a cell beyond all columns": lambda: _cells(words("甲", "ZZZZ1")),
        "a cell in no row": lambda: _cells(words("甲", "A0")),
        "a merge of nothing": lambda: _merge(""),
        "a text that is not in the list": lambda: _cells('<c t="s"><v>99999</v></c>'),
        "a number of five thousand digits": lambda: _cells(f"<c><v>{'9' * 5000}</v></c>"),
        "a number that is none": lambda: _cells("<c><v>nan</v></c>"),
        "a style that is not there": lambda: _cells('<c s="99999"><v>1</v></c>'),
        "a workbook that is not there": lambda: (
            "无.xlsx",
            pack({"[Content_Types].xml": types(), "_rels/.rels": relations(), "xl/a": ""}),
        ),
        "a sheet that is not there": lambda: ("无.xlsx", pack(xlsx_parts("") | {"xl/workbook.xml": "<x/>"})),
    },
    "实体声明": {
        "entities in a document": lambda: _main(_with_doctype(document(paragraph("&i;")), _BOMB)),
        "entities in UTF-16": lambda: _main(_utf16(_with_doctype(document(paragraph("&i;")), _BOMB))),
        "entities in a sheet": lambda: (
            "实体.xlsx",
            xlsx("", {_SHEET: _BOMB + _sheet(rows(words("&i;")))}),
        ),
        "entities in UTF-16 in a sheet": lambda: (
            "实体.xlsx",
            xlsx("", {_SHEET: (_BOMB + _sheet(rows(words("&i;")))).encode("utf-16")}),
        ),
        "an entity that reads a file": lambda: _main(
            _with_doctype(document(paragraph("&x;")), '<!DOCTYPE x [<!ENTITY x SYSTEM "/etc/passwd">]>')
        ),
        "an entity that asks the network": lambda: _main(
            _with_doctype(document(""), '<!DOCTYPE x [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]>')
        ),
        "a document type in the list of types": lambda: _word(
            "", {"[Content_Types].xml": _with_doctype(types(), "<!DOCTYPE Types []>")}
        ),
        "a document type in relations": lambda: _word(
            "", {"_rels/.rels": _with_doctype(relations(officeDocument=_WORD), "<!DOCTYPE x []>")}
        ),
        "a document type in a drawing": lambda: _word("", {"word/d.vml": "<!DOCTYPE x []><x/>"}),
        "a document type in styles": lambda: _word("", {"word/styles.xml": "<!DOCTYPE x []><x/>"}),
        "a document type in a part with another extension": lambda: _word(
            "", {"word/d.bin": "\ufeff <!DOCTYPE x []><x/>"}
        ),
    },
    "过多或嵌套过深": {
        "a hundred and fifty tables in each other": lambda: _word(
            "<w:tbl><w:tr><w:tc>" * 150 + "</w:tc></w:tr></w:tbl>" * 150
        ),
        "an attribute of 100 kB": lambda: _word(f'<w:p w:rsidR="{_chinese(100_000)}"/>'),
        "a text of 2 MB": lambda: _word(paragraph(_chinese(2_000_000))),
    },
    "过多的单元格": {
        "fifty million columns": lambda: _word(table(cell("甲", '<w:gridSpan w:val="50000000"/>'))),
        "fifty million columns skipped": lambda: _word(
            f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="50000000"/></w:trPr>{cell("甲")}</w:tr></w:tbl>'
        ),
        "a merge over the whole sheet": lambda: _merge("A1:XFD1048576"),
        "a merge of two million cells": lambda: _merge("A1:CV20000"),
        "a merge in a sheet that hides among the properties": lambda: (
            "藏.xlsx",
            xlsx(
                "",
                {
                    "docProps/custom.xml": _sheet('<sheetData/><mergeCells><mergeCell ref="A1:CV20000"/></mergeCells>'),
                    "xl/_rels/workbook.xml.rels": relations(worksheet="../docProps/custom.xml"),
                },
            ),
        ),
    },
    "宏或嵌入的对象": {
        "a program": lambda: _word(paragraph("甲"), {"word/vbaProject.bin": _OLE}),
        "an ActiveX control": lambda: _word(paragraph("甲"), {"word/activeX/activeX1.xml": "<x/>"}),
        "an embedded object": lambda: _word(paragraph("甲"), {"word/embeddings/oleObject1.bin": _OLE}),
    },
    "行、400 列": {
        "a value in the last cell of the sheet": lambda: _cells(words("甲", "XFD1048576")),
        "a value far to the right": lambda: _cells(words("甲", "XFD1")),
        "a value far to the right that does not say where it stands": lambda: _cells("<c/>" * 500 + words("甲")),
    },
    "文字编码不能识别": {
        "text with a NUL": lambda: ("空.txt", "项目\x00名称\n".encode()),
        "half a pair of UTF-16": lambda: ("对.txt", b"\xff\xfe" + "甲\n".encode("utf-16-le") + b"\x00\xd8"),
        "UTF-16 of an odd length": lambda: ("奇.txt", b"\xff\xfe" + "甲\n".encode("utf-16-le") + b"\x00"),
        "half a character": lambda: ("半.txt", "项目名称\t生态环境执法".encode()[:-1]),
        "random bytes": lambda: ("乱.txt", _garbage(5_000)),
    },
    "不是文字": {
        "a character that is none": lambda: ("非.txt", "甲\ufffe乙\n".encode()),
    },
    "内容过多": {
        "three million lines": lambda: ("列.txt", b"1\n" * 3_000_000),
        "thirty million cells": lambda: ("格.txt", b"\t" * 30_000_000),
    },
    "与扩展名不符": {
        "an empty zip": lambda: ("空.docx", pack({})),
        "a zip called a text": lambda: ("压.txt", _GOOD),
        "random bytes called a document": lambda: ("乱.docx", _garbage(5_000)),
        "random bytes called a workbook": lambda: ("乱.xlsx", _garbage(5_000)),
        "one byte": lambda: ("一.xlsx", b"P"),
    },
    "空文件": {
        "no bytes at all": lambda: ("空.docx", b""),
    },
    "扩展名是": {
        "a workbook called a document": lambda: ("换.docx", xlsx(rows(words("甲")))),
        "a document called a workbook": lambda: ("换.xlsx", _GOOD),
    },
    "另存为 .docx": {
        "an old document called a new one": lambda: ("旧.docx", _OLE),
    },
}

# Odd, some of them meant badly, but harmless here: they are read, and what they hold is there.
HARMLESS: dict[str, Callable[[], HostileFile]] = {
    "another document embedded": lambda: _word(paragraph("甲") + '<w:altChunk r:id="x"/>'),
    "a template from the network": lambda: _word(
        paragraph("甲"),
        {
            "word/_rels/settings.xml.rels": relations(attachedTemplate="http://127.0.0.1/x.dotm"),
            "word/settings.xml": "<x/>",
        },
    ),
    "a command in a formula": lambda: _cells("<c><f>cmd|'/c calc'!A0</f><v>1</v></c>" + words("甲")),
    "a size that is not true": lambda: ("小.xlsx", xlsx('<dimension ref="A1"/>' + rows(words("乙"), words("甲")))),
    "a size beyond all bounds": lambda: ("大.xlsx", xlsx('<dimension ref="A1:XFD1048576"/>' + rows(words("甲")))),
    "formatting down to the last row": lambda: (
        "行.xlsx",
        xlsx(f'<sheetData><row r="1">{words("甲")}</row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'),
    ),
    "a number beyond all numbers": lambda: _cells("<c><v>1e999</v></c>" + words("甲")),
    "a date before all dates": lambda: _cells('<c t="d"><v>0001-01-01</v></c>' + words("甲")),
    "a document in UTF-16": lambda: _main(_utf16(document(paragraph("甲")))),
    "controls within controls, as Word nests them": lambda: _word(
        "<w:sdt><w:sdtContent>" * 30 + paragraph("甲") + "</w:sdtContent></w:sdt>" * 30
    ),
    "a comment that looks like a document type": lambda: _word("<!-- <!DOCTYPE x> -->" + paragraph("甲")),
    "a text of one long line": lambda: ("长.txt", "甲".encode() * 1_000_000),
    "a text of blank lines": lambda: ("行.txt", b"\n" * 900_000 + "甲".encode()),
    "a text of quotation marks": lambda: ("引.txt", b'"' * 100_001 + b'\t"\n' * 3_000 + "甲".encode()),
    "a text of open paragraph marks": lambda: ("段.txt", "甲".encode() + b"</p> " * 20_000 + b"\tx\n"),
}
