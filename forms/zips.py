"""Zip files: a strict reader for what comes from outside, and a writer that gives the same bytes every time."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from forms.errors import PackageRefused
from forms.language import N_

MOST_ENTRIES = 200
MOST_ENTRY_BYTES = 50 * 1024 * 1024
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 1100  # deflate itself cannot do more than about 1,032

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_EPOCH = (1980, 1, 1, 0, 0, 0)
# Lower-case ASCII leaves no twins by case or Unicode form, no drive, no parent folder and no foreign code page.
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?/){0,4}[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?", re.ASCII)
_RESERVED = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?(?:/|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a zip as its directory tells it; `start` is where its bytes begin, `packed` how many they are."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    start: int


def read_zip(data: bytes) -> dict[str, bytes]:
    """Read every file of a zip into memory, in order; PackageRefused as `entries` and `content`."""
    return {entry.name: content(data, entry) for entry in entries(data)}


def entries(data: bytes) -> tuple[Entry, ...]:
    """List the files of a zip without unpacking one.

    The file must be one local header after another, the directory and the end record, with nothing before, between
    or after; plain files, stored or deflated, without comments, extra fields or encryption. PackageRefused codes:
    `too-large`, `not-a-zip`, `too-many`, `comment`, `damaged`, `name`, `twice`, `method`, `encrypted`, `extra`,
    `not-a-file`, `ratio`, `mismatch`, `gap`.
    """
    count, directory = _end(data)
    listed: list[Entry] = []
    at = position = 0
    for _ in range(count):
        entry, length = _central(data, directory + at, position)
        position = entry.start + entry.packed
        at += length
        listed.append(entry)
    if directory + at != len(data) - _END.size or position != directory:
        raise PackageRefused("gap", N_("压缩包的内容之间夹有其他数据，不予读取；请让填报单位重新导出。"))
    if len({entry.name for entry in listed}) != len(listed):
        raise PackageRefused("twice", N_("压缩包中有两个同名文件，不予读取；请让填报单位重新导出。"))
    if sum(entry.size for entry in listed) > MOST_BYTES:
        raise _too_large()
    return tuple(listed)


def content(data: bytes, entry: Entry) -> bytes:
    """Unpack one file; PackageRefused, code `changed`, where its bytes do not fit its size and checksum."""
    packed = data[entry.start : entry.start + entry.packed]
    unpacked: bytes | None = packed
    if entry.method == zipfile.ZIP_DEFLATED:
        unpacked = _inflate(packed, entry.size)
    if unpacked is None or len(unpacked) != entry.size or zlib.crc32(unpacked) != entry.crc:
        raise PackageRefused("changed", N_("{file} 被改动：内容与压缩包的校验值不符。"), file=entry.name)
    return unpacked


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Give a zip of `files` in their order: the same files give the same bytes, whatever the day and the machine."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # the same on Windows
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, text, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def _end(data: bytes) -> tuple[int, int]:
    if len(data) > MOST_BYTES:
        raise _too_large()
    if len(data) < _END.size or not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise PackageRefused("not-a-zip", N_("这个文件不是压缩包，或者没有复制完整；请重新取得文件。"))
    sign, disk, first, here, count, size, directory, comment = _END.unpack_from(data, len(data) - _END.size)
    if sign != b"PK\x05\x06":
        raise PackageRefused("cut", N_("压缩包的结尾不完整，或者后面接有其他数据；请重新取得文件。"))
    if comment:
        raise PackageRefused("comment", N_("压缩包带有注释，不予读取；请让填报单位重新导出。"))
    if disk or first or here != count or directory + size != len(data) - _END.size:
        raise _damaged()
    if not 0 < count <= MOST_ENTRIES:
        raise PackageRefused("too-many", N_("压缩包中的文件数目不在 1 至 200 之间，不予读取；请核对文件来源。"))
    return count, directory


def _central(data: bytes, at: int, position: int) -> tuple[Entry, int]:
    """Read the directory record at `at` of the file whose local header must stand at `position`."""
    if at + _CENTRAL.size > len(data):
        raise _damaged()
    record = _CENTRAL.unpack_from(data, at)
    sign, _, version, flags, method, time, date, crc, packed, size, names, extra, comment, disk = record[:14]
    name_at = at + _CENTRAL.size
    name = _name(data[name_at : name_at + names], names)
    if sign != b"PK\x01\x02" or disk or comment:
        raise _damaged()
    _require_plain(name, flags, method, extra, record[15])
    _require_size(name, method, packed, size)
    if record[16] != position or not data.startswith(data[name_at : name_at + names], position + _LOCAL.size):
        raise PackageRefused(
            "mismatch", N_("压缩包目录与 {file} 的位置不符，不予读取；请让填报单位重新导出。"), file=name
        )
    expected = _LOCAL.pack(b"PK\x03\x04", version, flags, method, time, date, crc, packed, size, names, 0)
    if data[position : position + _LOCAL.size] != expected:
        raise PackageRefused(
            "mismatch", N_("压缩包目录与 {file} 的记录不符，不予读取；请让填报单位重新导出。"), file=name
        )
    start = position + _LOCAL.size + names
    return Entry(name, method, crc, packed, size, start), _CENTRAL.size + names


def _name(raw: bytes, length: int) -> str:
    name = raw.decode("ascii", "replace")
    if len(raw) != length or not _NAME.fullmatch(name) or _RESERVED.search(name):
        message = N_("压缩包中的文件名“{file}”不合规定（只用小写字母、数字和 . _ -），不予读取；请核对文件来源。")
        raise PackageRefused("name", message, file=ascii(name)[1:-1][:60])
    return name


def _require_plain(name: str, flags: int, method: int, extra: int, attributes: int) -> None:
    if flags & 0x2041:  # encrypted, strongly encrypted, or with its directory hidden
        raise PackageRefused("encrypted", N_("{file} 是加密的，不予读取；请让填报单位不加密码重新导出。"), file=name)
    if flags & ~0x0806 or method not in _METHODS:  # only the level of deflate and the mark of UTF-8 names may be set
        raise PackageRefused("method", N_("{file} 的压缩方式不在规定之内，不予读取；请让填报单位重新导出。"), file=name)
    if extra:
        raise PackageRefused("extra", N_("{file} 带有附加数据，不予读取；请让填报单位重新导出。"), file=name)
    kind = stat.S_IFMT(attributes >> 16)
    if kind not in (0, stat.S_IFREG) or attributes & 0x18:  # the volume and folder bits of DOS
        raise PackageRefused("not-a-file", N_("{file} 不是普通文件，不予读取；请核对文件来源。"), file=name)


def _require_size(name: str, method: int, packed: int, size: int) -> None:
    if size > MOST_ENTRY_BYTES:
        raise _too_large()
    if size > packed * MOST_RATIO or (method == zipfile.ZIP_STORED and size != packed):
        raise PackageRefused("ratio", N_("{file} 声称的大小不可能，不予读取；请核对文件来源。"), file=name)


def _inflate(packed: bytes, size: int) -> bytes | None:
    """Inflate to at most `size` bytes; None where the stream is longer, shorter or broken."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        unpacked = stream.decompress(packed, size + 1)
    except zlib.error:
        return None
    return unpacked if stream.eof and not stream.unused_data else None


def _damaged() -> PackageRefused:
    return PackageRefused("damaged", N_("压缩包的目录已损坏，不予读取；请重新取得文件。"))


def _too_large() -> PackageRefused:
    return PackageRefused(
        "too-large", N_("压缩包太大（每个文件至多 50 MB，合计至多 200 MB），不予读取；请核对文件来源。")
    )
