"""The part of a face that a document uses, as a composite PDF font whose text comes back character for character."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from typing import NamedTuple

from forms.typeset.fonts import Face, vertical

_SYMBOLIC = 4
_STEM = 80  # asked for by the format, used only to imitate fonts that are not embedded
_WORDS, _SCALE, _MORE, _SCALE_XY, _SCALE_2X2 = 0x1, 0x8, 0x20, 0x40, 0x80  # flags of a component of a composite glyph


class _Drawn(NamedTuple):
    """One code of the font: the glyph drawn, its width in units of the face, the text it stands for."""

    gid: int
    width: int
    text: str


class Subset:
    """The characters of one face that a document draws, numbered in the order of first use.

    A code is a character, not a glyph: where two characters share a shape (目 and ⽬), or a bracket is turned for a
    vertical label, each still has its own entry in ToUnicode. PDF 32000-1, 9.7 (composite fonts) and 9.10.3.
    """

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._drawn = [_Drawn(0, face.glyph_advance(0), "")]
        self._codes: dict[tuple[str, bool], str] = {}

    def code(self, ch: str, *, turned: bool = False) -> str:
        """The character as four hexadecimal digits of a PDF string; `turned` draws its form for vertical lines."""
        code = self._codes.get((ch, turned))
        if code is None:
            code = self._codes[ch, turned] = f"{len(self._drawn):04x}"
            gid = self.face.gid(vertical(ch) if turned else ch)
            # What has no shape of its own is drawn as nothing, so that it can still be copied from the page.
            width = self.face.glyph_advance(gid) if gid else self.face.advance(ch)
            self._drawn.append(_Drawn(gid, width, ch))
        return code

    @property
    def name(self) -> str:
        """The PostScript name with the tag of a subset, which depends on the characters alone."""
        digest = hashlib.sha256(repr([(one.gid, one.text) for one in self._drawn]).encode()).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + self.face.postscript

    def widths(self) -> str:
        """The array W: widths of all codes in thousandths of the em."""
        return f"[0 [{' '.join(f'{self._thousandths(one.width):g}' for one in self._drawn)}]]"

    def descriptor(self) -> dict[str, object]:
        """The entries of the font descriptor that describe the face."""
        face = self.face
        return {
            "Flags": _SYMBOLIC,
            "FontBBox": f"[{' '.join(f'{self._thousandths(edge):g}' for edge in face.box)}]",
            "ItalicAngle": 0,
            "Ascent": self._thousandths(face.ascent),
            "Descent": self._thousandths(face.descent),
            "CapHeight": self._thousandths(face.ascent),
            "StemV": _STEM,
        }

    def to_unicode(self) -> bytes:
        """The map from codes back to the characters typed, beyond the first plane in surrogate pairs."""
        rows = [f"<{code:04x}> <{one.text.encode('utf-16-be').hex()}>" for code, one in enumerate(self._drawn) if code]
        blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return f"{_CMAP_HEAD}\n{body}\n{_CMAP_TAIL}\n".encode("ascii")

    def font_file(self) -> bytes:
        """A TrueType file of the glyphs drawn; the number of a glyph in it is its code."""
        gids = [one.gid for one in self._drawn]
        # The shape of glyph 0 is that of a missing character: shapeless characters get an empty outline instead.
        outlines = [b"" if code and not gid else self.face.glyph(gid) for code, gid in enumerate(gids)]
        _bring_components(outlines, gids, self.face)
        widths = [one.width for one in self._drawn] + [self.face.glyph_advance(gid) for gid in gids[len(self._drawn) :]]
        metrics = (struct.pack(">Hh", width, self.face.bearing(gid)) for width, gid in zip(widths, gids, strict=True))
        padded = [outline + bytes(-len(outline) % 4) for outline in outlines]
        places = [0]
        for outline in padded:
            places.append(places[-1] + len(outline))
        count = struct.pack(">H", len(gids))
        head = self.face.table("head")
        hhea, maxp = self.face.table("hhea"), self.face.table("maxp")
        return _sfnt(
            {
                b"glyf": b"".join(padded),
                b"head": head[:8] + bytes(4) + head[12:50] + b"\0\1" + head[52:54],
                b"hhea": hhea[:34] + count,
                b"hmtx": b"".join(metrics),
                b"loca": struct.pack(f">{len(places)}L", *places),
                b"maxp": maxp[:4] + count + maxp[6:],
            }
        )

    def _thousandths(self, units: float) -> float:
        return units * 1000 / self.face.units


def _bring_components(outlines: list[bytes], gids: list[int], face: Face) -> None:
    """Append the glyphs that composite ones are made of, and name them by their new numbers."""
    numbers: dict[int, int] = {}
    at = 0
    while at < len(outlines):
        outline = outlines[at]
        if outline[:2] >= b"\x80":  # a negative number of contours
            changed = bytearray(outline)
            for place, gid in _components(outline):
                if gid not in numbers:
                    numbers[gid] = len(outlines)
                    outlines.append(face.glyph(gid))
                    gids.append(gid)
                struct.pack_into(">H", changed, place, numbers[gid])
            outlines[at] = bytes(changed)
        at += 1


def _components(outline: bytes) -> Iterator[tuple[int, int]]:
    """Where a composite glyph names its components, and which they are (Open Font Format, table glyf)."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, gid = struct.unpack_from(">2H", outline, at)
        yield at + 2, gid
        at += 8 if flags & _WORDS else 6
        at += 2 * bool(flags & _SCALE) + 4 * bool(flags & _SCALE_XY) + 8 * bool(flags & _SCALE_2X2)


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """A TrueType file of `tables`, which are given in the order of their names."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = struct.pack(">L4H", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    body, start, adjustment = b"", 12 + 16 * count, 0
    for tag, data in tables.items():
        if tag == b"head":
            adjustment = start + len(body) + 8
        padded = data + bytes(-len(data) % 4)
        directory += struct.pack(">4s3L", tag, _checksum(padded), start + len(body), len(data))
        body += padded
    file = bytearray(directory + body)
    struct.pack_into(">L", file, adjustment, (0xB1B0AFBA - _checksum(bytes(file))) & 0xFFFFFFFF)
    return bytes(file)


def _checksum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}L", data)
    return sum(words) & 0xFFFFFFFF


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_CMAP_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
