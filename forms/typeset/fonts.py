"""The shipped fonts: which one has a character, how wide a text is, and the outlines, read from the file on demand."""

from __future__ import annotations

import mmap
import os
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from forms.files import resource

FaceName = Literal["text", "heading"]

_FILES: dict[FaceName, str] = {"text": "jixiao-serif-sc.ttf", "heading": "jixiao-sans-sc-bold.ttf"}
_RARE = "HanaMinB.ttf"  # Han of the supplementary planes; opened where it is present and a character asks for it
# Controls, joiners, line and paragraph separators and variation selectors have no shape of their own.
_SHAPELESS = frozenset({"Cc", "Cf", "Zl", "Zp"})

# A vertical line is set with the presentation forms of Unicode (FE10 to FE44): the fonts carry them as characters.
_VERTICAL = dict(zip("，、。：；！？…—–（）｛｝〔〕【】《》", "︐︑︒︓︔︕︖︙︱︲︵︶︷︸︹︺︻︼︽︾", strict=True))
_VERTICAL |= dict(zip("〈〉「」『』“”‘’()", "︿﹀﹁﹂﹃﹄﹃﹄﹁﹂︵︶", strict=True))


class Face:
    """One TrueType file, mapped into memory: only the entries that are asked for are ever read.

    Lengths are in units of the em (`units`). `others` are asked, in order, for characters this file does not have.
    Format: ISO/IEC 14496-22 (Open Font Format).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._tables = self._directory()
        self.others: tuple[Face, ...] = ()
        self._gids: dict[str, int] = {}
        self._advances = _Advances(self)
        head, hhea = self._tables["head"][0], self._tables["hhea"][0]
        (self.units,) = self._read(">H", head + 18)
        self.box: tuple[int, ...] = self._read(">4h", head + 36)
        self._wide_loca: bool = self._read(">h", head + 50)[0] == 1
        self.ascent, self.descent = self._read(">2h", hhea + 4)
        (self._metrics,) = self._read(">H", hhea + 34)
        (self.glyphs,) = self._read(">H", self._tables["maxp"][0] + 4)

    def has(self, ch: str) -> bool:
        """Whether this file itself, without the others, has a shape for the character."""
        return self.gid(ch) != 0

    def gid(self, ch: str) -> int:
        """The number of the character's glyph in this file; 0 where there is none."""
        gid = self._gids.get(ch)
        if gid is None:
            at, form = self._cmap
            gid = self._gids[ch] = self._lookup12(at, ord(ch)) if form == 12 else self._lookup4(at, ord(ch))
        return gid

    def source(self, ch: str) -> Face | None:
        """The face that draws the character: this one, one of the others, the rare one; None where none can."""
        if self.gid(ch):
            return self
        return next((face for face in self._fallbacks() if face.gid(ch)), None)

    def advance(self, ch: str) -> int:
        """The width of the character in this face's units, whichever face draws it; 0 for shapeless ones."""
        return self._advances[ch]

    def units_of(self, text: str) -> int:
        """The width of a text in this face's units."""
        return sum(map(self._advances.__getitem__, text))

    def width(self, text: str, size: float) -> float:
        """The width of a text in points at a font size in points."""
        return self.units_of(text) * size / self.units

    def glyph_advance(self, gid: int) -> int:
        """The width of a glyph of this file."""
        row = min(gid, self._metrics - 1)
        return int(self._read(">H", self._tables["hmtx"][0] + 4 * row)[0])

    def bearing(self, gid: int) -> int:
        """The left side bearing of a glyph of this file."""
        at = self._tables["hmtx"][0]
        at += 4 * gid + 2 if gid < self._metrics else 2 * self._metrics + 2 * gid
        return int(self._read(">h", at)[0])

    def glyph(self, gid: int) -> bytes:
        """The outline of a glyph as it stands in table glyf; empty for a blank."""
        at = self._tables["loca"][0]
        if self._wide_loca:
            start, end = self._read(">2L", at + 4 * gid)
        else:
            start, end = (2 * half for half in self._read(">2H", at + 2 * gid))
        outlines = self._tables["glyf"][0]
        return self._data[outlines + start : outlines + end]

    def table(self, tag: str) -> bytes:
        """A whole table of the file; meant for the small ones (head, hhea, maxp)."""
        start, length = self._tables[tag]
        return self._data[start : start + length]

    @cached_property
    def postscript(self) -> str:
        """The PostScript name (table name, entry 6)."""
        at = self._tables["name"][0]
        count, texts = self._read(">2H", at + 2)
        for index in range(count):
            platform, _, _, ident, length, offset = self._read(">6H", at + 6 + 12 * index)
            if ident == 6 and platform == 3:
                start = at + texts + offset
                return self._data[start : start + length].decode("utf-16-be")
        return self.path.stem

    def _fallbacks(self) -> Iterator[Face]:
        yield from self.others
        rare = _rare_face()
        if rare is not None and rare is not self:
            yield rare

    def _read(self, form: str, at: int) -> tuple[int, ...]:
        return struct.unpack_from(form, self._data, at)

    def _directory(self) -> dict[str, tuple[int, int]]:
        (count,) = self._read(">H", 4)
        rows = (struct.unpack_from(">4sLLL", self._data, 12 + 16 * index) for index in range(count))
        return {tag.decode("ascii"): (start, length) for tag, _, start, length in rows}

    @cached_property
    def _cmap(self) -> tuple[int, int]:
        """Where the character map begins and its format; the full one (12) is preferred to that of the first plane."""
        table = self._tables["cmap"][0]
        (count,) = self._read(">H", table + 2)
        starts = [table + self._read(">2HL", table + 4 + 8 * index)[2] for index in range(count)]
        forms = {self._read(">H", start)[0]: start for start in starts}
        return (forms[12], 12) if 12 in forms else (forms[4], 4)

    def _lookup12(self, at: int, code: int) -> int:
        low, high = 0, self._read(">L", at + 12)[0]
        while low < high:
            middle = (low + high) // 2
            first, last, gid = self._read(">3L", at + 16 + 12 * middle)
            if code > last:
                low = middle + 1
            elif code < first:
                high = middle
            else:
                return gid + code - first
        return 0

    def _lookup4(self, at: int, code: int) -> int:
        (twice,) = self._read(">H", at + 6)
        ends, starts = at + 14, at + 16 + twice
        low, high = 0, twice // 2
        while low < high:
            middle = (low + high) // 2
            if self._read(">H", ends + 2 * middle)[0] < code:
                low = middle + 1
            else:
                high = middle
        if code > 0xFFFF or 2 * low >= twice or self._read(">H", starts + 2 * low)[0] > code:
            return 0
        (start,) = self._read(">H", starts + 2 * low)
        (delta,) = self._read(">H", starts + twice + 2 * low)
        place = starts + 2 * twice + 2 * low
        (offset,) = self._read(">H", place)
        if not offset:
            return (code + delta) & 0xFFFF
        (gid,) = self._read(">H", place + offset + 2 * (code - start))
        return (gid + delta) & 0xFFFF if gid else 0


class _Advances(dict[str, int]):
    """Widths of characters, each found once; what is measured on the screen and printed is the same number."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, ch: str) -> int:
        face = self._face
        source = face.source(ch)
        if source is not None:
            width = source.glyph_advance(source.gid(ch)) * face.units // source.units
        elif shapeless(ch):
            width = face.advance(" ") if ch == "\t" or unicodedata.category(ch) == "Zs" else 0
        else:
            width = face.units
        self[ch] = width
        return width


def vertical(text: str) -> str:
    """The characters drawn for `text` in a vertical line: brackets and punctuation turned, all others as they are."""
    return "".join(_VERTICAL.get(ch, ch) for ch in text)


@cache
def faces() -> Mapping[FaceName, Face]:
    """The two shipped faces: `text` (宋体) and `heading` (黑体); each helps out with the characters of the other."""
    opened = {name: Face(resource("fonts", file)) for name, file in _FILES.items()}
    opened["text"].others = (opened["heading"],)
    opened["heading"].others = (opened["text"],)
    return opened


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text`, each once, that no face has a shape for."""
    face = faces()["text"]
    return tuple(ch for ch in dict.fromkeys(text) if face.source(ch) is None and not shapeless(ch))


def shapeless(ch: str) -> bool:
    """Whether the character is printed as nothing, or as blank: controls, joiners, selectors, odd spaces."""
    code = ord(ch)
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return selector or ch.isspace() or unicodedata.category(ch) in _SHAPELESS


@cache
def _rare_face() -> Face | None:
    shipped = resource("fonts", _RARE)
    if shipped.is_file():
        return Face(shipped)
    found = (path for folder in _system_folders() if folder.is_dir() for path in folder.rglob(_RARE))
    path = next(found, None)
    return Face(path) if path else None


def _system_folders() -> tuple[Path, ...]:
    if os.name == "nt":
        return (Path(os.environ.get("WINDIR", "C:\\Windows")) / "Fonts",)
    return (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
