from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import PackageRefused
from forms.zips import MOST_ENTRIES, MOST_ENTRY_BYTES, content, entries, read_zip, write_zip

FILES = {"p/bagit.txt": b"BagIt-Version: 1.0\n", "p/data/filing.json": b'{"a":"1"}' * 50, "p/empty": b""}
NAMES = st.from_regex(r"[a-z0-9]([a-z0-9._-]{0,20}[a-z0-9])?(/[a-z0-9]{1,8})?", fullmatch=True).filter(
    lambda name: name.split(".")[0].split("/")[0] not in ("con", "prn", "aux", "nul")
)
Hostile = Callable[[], bytes]


def packed(*files: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip as any program might write it."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")  # two files of one name are what some tests want
        for name, data in files:
            archive.writestr(name, data, method)
    return buffer.getvalue()


def named(name: str, **attributes: object) -> bytes:
    info = zipfile.ZipInfo(name)
    for attribute, value in attributes.items():
        setattr(info, attribute, value)
    return packed((info, b"text"))


def patched(central: int, local: int | None, code: str, value: int) -> bytes:
    """The good zip with one number of its first file changed in the directory and, if told, in the local header."""
    data = bytearray(write_zip(FILES))
    struct.pack_into(code, data, data.index(b"PK\x01\x02") + central, value)
    if local is not None:
        struct.pack_into(code, data, local, value)
    return bytes(data)


def end(code: str, offset: int, value: int) -> bytes:
    """The good zip with one number of its end record changed."""
    data = bytearray(write_zip(FILES))
    struct.pack_into(code, data, len(data) - 22 + offset, value)
    return bytes(data)


def with_gap() -> bytes:
    """Junk between the last file and the directory, all offsets right."""
    data = write_zip(FILES)
    at = data.index(b"PK\x01\x02")
    moved = bytearray(data[:at] + b"junk" + data[at:])
    struct.pack_into("<L", moved, len(moved) - 6, at + 4)
    return bytes(moved)


def overlapping() -> bytes:
    """A second directory record for the bytes of the first file."""
    data = packed(("a", b"text"), ("b", b"text"))
    at = data.rindex(b"PK\x01\x02")
    moved = bytearray(data)
    struct.pack_into("<L", moved, at + 42, 0)
    return bytes(moved)


def lying_stream(more: bytes) -> bytes:
    """A deflate stream that goes on after its declared size."""
    data = packed(("a", b"text" * 9))
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    longer = stream.compress(b"text" * 9 + more) + stream.flush()
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, zlib.crc32(b"text" * 9), len(longer), 36, 1, 0)
    central = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *struct.unpack("<5H3L2H", local[4:])[:9], 0, 0, 0, 0, 0, 0)
    body = local + b"a" + longer
    assert data[:4] == body[:4]
    return body + central + b"a" + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 47, len(body), 0)


def streamed() -> bytes:
    """A zip written to a pipe: sizes stand after the data."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        archive.writestr("a", b"text")
    return pipe.getvalue()


def encrypted() -> bytes:
    return patched(8, 6, "<H", 1)


HOSTILE: dict[str, tuple[str, Hostile]] = {
    "nothing": ("not-a-zip", lambda: b""),
    "text": ("not-a-zip", lambda: b"text" * 20),
    "a workbook of old": ("not-a-zip", lambda: b"\xd0\xcf\x11\xe0" * 20),
    "no files": ("too-many", packed),
    "too many files": ("too-many", lambda: packed(*((f"f{n}", b"") for n in range(MOST_ENTRIES + 1)))),
    "prefix": ("not-a-zip", lambda: b"MZ" + write_zip(FILES)),
    "suffix": ("cut", lambda: write_zip(FILES) + b"\0"),
    "two archives": ("damaged", lambda: write_zip(FILES) + write_zip({"a": b"other"})),
    "cut in half": ("cut", lambda: write_zip(FILES)[:200]),
    "one byte short": ("cut", lambda: write_zip(FILES)[:-1]),
    "comment": ("cut", lambda: end("<H", 20, 3) + b"abc"),
    "comment announced": ("comment", lambda: end("<H", 20, 3)),
    "other disk": ("damaged", lambda: end("<H", 4, 1)),
    "counts differ": ("damaged", lambda: end("<H", 8, 2)),
    "fewer files than there are": ("damaged", lambda: end("<L", 12, 10)),
    "directory elsewhere": ("damaged", lambda: end("<L", 16, 7)),
    "zip64": ("damaged", lambda: end("<L", 16, 0xFFFFFFFF)),
    "gap": ("gap", with_gap),
    "overlap": ("mismatch", overlapping),
    "twins": ("twice", lambda: packed(("a", b"1"), ("a", b"2"))),
    "twins by case": ("name", lambda: packed(("a", b"1"), ("A", b"2"))),
    "parent folder": ("name", lambda: named("../evil")),
    "parent folder inside": ("name", lambda: named("a/../../evil")),
    "root": ("name", lambda: named("/etc/passwd")),
    "drive": ("name", lambda: named("c:/x")),
    "backslash": ("name", lambda: packed((_backslash(), b""))),
    "device": ("name", lambda: named("nul")),
    "device with extension": ("name", lambda: named("data/con.txt")),
    "trailing dot": ("name", lambda: named("x.")),
    "trailing blank": ("name", lambda: named("x ")),
    "hidden": ("name", lambda: named(".x")),
    "upper case": ("name", lambda: named("README")),
    "Chinese": ("name", lambda: named("表样.pdf")),
    "full-width twin": ("name", lambda: named("ａ")),
    "direction turned": ("name", lambda: named("\u202egpj.exe")),
    "cut by NUL": ("name", lambda: write_zip({"aXb": b""}).replace(b"aXb", b"a\0b")),
    "newline": ("name", lambda: named("a\nb")),
    "very long": ("name", lambda: named("a" * 61)),
    "very deep": ("name", lambda: named("/".join("abcdef"))),
    "no name": ("name", lambda: named("")),
    "folder": ("name", lambda: named("folder/")),
    "folder by attribute": ("not-a-file", lambda: named("folder", external_attr=0x10)),
    "symbolic link": ("not-a-file", lambda: named("link", external_attr=0o120777 << 16, create_system=3)),
    "device file": ("not-a-file", lambda: named("dev", external_attr=0o020666 << 16, create_system=3)),
    "extra field": ("extra", lambda: named("x", extra=b"\x01\x00\x02\x00ab")),
    "comment of a file": ("damaged", lambda: named("x", comment=b"hello")),
    "bzip2": ("method", lambda: packed(("a", b"text"), method=zipfile.ZIP_BZIP2)),
    "lzma": ("method", lambda: packed(("a", b"text"), method=zipfile.ZIP_LZMA)),
    "sizes after the data": ("method", streamed),
    "encrypted": ("encrypted", encrypted),
    "names differ": ("mismatch", lambda: write_zip({"ab": b"text"}).replace(b"ab", b"cd", 1)),
    "dates differ": ("mismatch", lambda: patched(12, None, "<H", 5)),
    "position differs": ("mismatch", lambda: patched(42, None, "<L", 5)),
    "size beyond the cap": ("too-large", lambda: patched(24, 22, "<L", MOST_ENTRY_BYTES + 1)),
    "impossible ratio": ("ratio", lambda: patched(24, 22, "<L", MOST_ENTRY_BYTES)),
    "stored with another size": ("ratio", lambda: patched(10, 8, "<H", 0)),
    "bombs in sum": ("too-large", lambda: write_zip(dict.fromkeys("abcde", bytes(MOST_ENTRY_BYTES)))),
    "smaller than it says": ("changed", lambda: patched(24, 22, "<L", 20)),
    "larger than it says": ("changed", lambda: patched(24, 22, "<L", 18)),
    "wrong checksum": ("changed", lambda: patched(16, 14, "<L", 1)),
    "stream goes on": ("changed", lambda: lying_stream(b"more" * 1000)),
}


def _backslash() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("a")
    info.filename = "a\\b"
    return info


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_zip_is_refused_with_its_code_and_a_sentence(name: str) -> None:
    code, make = HOSTILE[name]
    with pytest.raises(PackageRefused) as caught:
        read_zip(make())
    assert caught.value.code == code
    assert "{" not in str(caught.value)


def test_there_are_enough_hostile_zips() -> None:
    assert len(HOSTILE) >= 60


@given(st.dictionaries(NAMES, st.binary(max_size=300), min_size=1, max_size=5))
def test_what_is_written_is_read_again_in_order(files: dict[str, bytes]) -> None:
    data = write_zip(files)
    assert list(read_zip(data).items()) == list(files.items())
    assert write_zip(files) == data


def test_other_programs_read_our_zips_and_see_fixed_times() -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip(FILES))) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {name: archive.read(name) for name in archive.namelist()} == FILES


def test_a_damaged_file_does_not_hide_the_others() -> None:
    data = bytearray(write_zip(FILES))
    listed = entries(bytes(data))
    data[listed[1].start + 3] ^= 1
    assert content(bytes(data), listed[0]) == FILES["p/bagit.txt"]
    with pytest.raises(PackageRefused, match=r"p/data/filing\.json"):
        content(bytes(data), listed[1])


def test_every_cut_is_refused() -> None:
    data = write_zip(FILES)
    for length in range(len(data)):
        with pytest.raises(PackageRefused):
            read_zip(data[:length])


def test_random_damage_never_gives_other_content() -> None:
    dice, data, accepted = random.Random(7), write_zip(FILES), 0
    for _ in range(2000):
        damaged = bytearray(data)
        for _ in range(dice.randint(1, 3)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        try:
            files = read_zip(bytes(damaged))
        except PackageRefused:
            continue
        accepted += 1
        assert list(files.values()) == list(FILES.values())
    assert accepted < 500
