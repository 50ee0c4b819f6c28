"""A look at a .docx or .xlsx before any library opens it: the zip is sound, small enough and holds no program."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from forms.errors import SourceRefused
from forms.importers.markup import Markup
from forms.language import N_

MAX_ENTRIES = 2_000
MAX_PART = 64 << 20
MAX_TOTAL = 200 << 20
MAX_RATIO = 200
_SMALL = 1 << 20
_CHUNK = 1 << 16
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = (0, 8)  # stored, deflated: the only ones the standard allows
_PROGRAMS = ("vbaproject", "vbadata", "activex", "oleobject")
_MARKUP_ENDS = (".xml", ".rels", ".vml")
# Parts of a document that no reader of ours opens, so their start is enough. A workbook has none: openpyxl opens
# whatever the relations name.
_UNREAD = ("word/styles", "word/theme/", "word/numbering", "word/settings", "word/websettings", "word/fonttable",
           "docprops/", "customxml/")  # fmt: skip

DAMAGED = N_("“{name}”已损坏，或不是完整的 Word、Excel 文件；请用 WPS 或 Office 打开后另存，再导入另存的文件。")
_ABNORMAL = N_("“{name}”的内部结构不正常，为安全起见没有读取；请用 WPS 或 Office 打开后另存，再导入另存的文件。")
_TOO_LARGE = N_("“{name}”展开后过大，为安全起见没有读取；请删去图片、表外的空行空列等无关内容，另存后再导入。")
_LOCKED = N_("“{name}”加了密码，不能读取；请用 WPS 或 Office 打开，去掉密码后另存再导入。")
_PROGRAM = N_("“{name}”含有宏或嵌入的对象，为安全起见没有读取；请删去宏和嵌入的对象，另存后再导入。")
_NOT_WORD = N_("“{name}”的扩展名是 .docx，内容却不是 Word 文档；请用 WPS 或 Word 打开后另存为 .docx 再导入。")
_NOT_EXCEL = N_("“{name}”的扩展名是 .xlsx，内容却不是 Excel 工作簿；请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。")


class Prescan(NamedTuple):
    """What the look brought: the markup parts a reader may parse (docx), and Markup's two findings (xlsx)."""

    parts: dict[str, bytes]
    unvalued: bool
    buried: bool


def prescan(data: bytes, kind: str) -> Prescan:
    """Check `data`, a file of `kind` docx or xlsx, and return its markup; xlsx parts are checked but not kept.

    Raises SourceRefused when the zip is damaged, ambiguous, encrypted, too large or holds a program, and when its
    markup has entities, is too deep, too long or reaches too far (see markup.Markup).
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(data, entries, archive.start_dir)
            _check_kind({entry.filename for entry in entries}, kind)
            markup = Markup(kind)
            unread = _UNREAD if kind == "docx" else ()
            scanned = _scan(archive, entries, markup, unread)
            kept = {entry.filename: part for entry, part in scanned if kind == "docx"}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, UnicodeError, OSError) as error:
        raise SourceRefused(DAMAGED) from error
    return Prescan(kept, markup.unvalued, markup.buried)


def _scan(
    archive: ZipFile, entries: list[ZipInfo], markup: Markup, unread: tuple[str, ...]
) -> Iterator[tuple[ZipInfo, bytes]]:
    for entry in entries:
        name = entry.filename.casefold()
        chunks = _chunks(archive, entry)
        head = next(chunks, b"")
        if not name.endswith(_MARKUP_ENDS) and not _looks_like_markup(head):
            continue  # pictures and printer settings are never opened
        reader = markup.part(read=not name.startswith(unread))
        kept: list[bytes] = []
        for chunk in chain([head], chunks):
            reader.feed(chunk)
            kept.append(chunk)
            if reader.settled:
                break
        else:
            reader.close()
            yield entry, b"".join(kept)


def _chunks(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    left = entry.file_size
    with archive.open(entry) as part:  # reads no more than the declared size, then checks the CRC
        while chunk := part.read(_CHUNK):
            left -= len(chunk)
            yield chunk
    if left:
        raise BadZipFile


def _looks_like_markup(head: bytes) -> bool:
    return head[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _check_entries(data: bytes, entries: list[ZipInfo], end: int) -> None:
    if not entries or len(entries) > MAX_ENTRIES:
        raise SourceRefused(_ABNORMAL)
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names) or not all(map(_is_sound, entries)):
        raise SourceRefused(_ABNORMAL)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise SourceRefused(_LOCKED)
    if any(word in name for name in names for word in _PROGRAMS):
        raise SourceRefused(_PROGRAM)
    if any(map(_is_too_large, entries)) or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise SourceRefused(_TOO_LARGE)
    _check_places(data, entries, end)


def _is_sound(entry: ZipInfo) -> bool:
    name = entry.filename
    if len(name) > 250 or "\\" in name or ":" in name or not name.isprintable() or entry.orig_filename != name:
        return False
    if name.startswith("/") or ".." in name.split("/"):
        return False
    return entry.compress_type in _METHODS and not stat.S_ISLNK(entry.external_attr >> 16)


def _is_too_large(entry: ZipInfo) -> bool:
    if entry.file_size > MAX_PART:
        return True
    return entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size)


def _check_places(data: bytes, entries: list[ZipInfo], end: int) -> None:
    """Each entry has bytes of its own: parts that share bytes announce more than the file can hold."""
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        signature, name, extra = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
        if signature != b"PK\x03\x04" or entry.header_offset < free:
            raise SourceRefused(_ABNORMAL)
        free = entry.header_offset + _LOCAL_HEADER.size + name + extra + entry.compress_size
    if free > end or min(entry.header_offset for entry in entries) > 0:
        raise SourceRefused(_ABNORMAL)


def _check_kind(names: set[str], kind: str) -> None:
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise SourceRefused(DAMAGED)
    folder, refusal = ("word/", _NOT_WORD) if kind == "docx" else ("xl/", _NOT_EXCEL)
    if not any(name.startswith(folder) for name in names):
        raise SourceRefused(refusal)
