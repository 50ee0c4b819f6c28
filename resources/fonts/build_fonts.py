"""Build the two shipped faces from the Noto SC files of two npm packages; README.md beside this file says how."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
EM = 1000
# What a printed form needs: outlines, places, widths, names. Layout features, hints and vertical metrics are not read.
KEPT_TABLES = {"head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post"}

Point = tuple[int, int]
TICK: tuple[Point, ...] = ((205, 415), (275, 475), (425, 295), (730, 655), (795, 600), (430, 160))
CROSS: tuple[Point, ...] = (
    (220, 175), (435, 380), (220, 585), (275, 640), (500, 435), (725, 640),
    (780, 585), (565, 380), (780, 175), (725, 120), (500, 325), (275, 120),
)  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """One face: its file, its names, the characters kept (None: all), the stroke of the boxes in units of the em."""

    file: str
    family: str
    style: str
    kept: tuple[range, ...] | None
    stroke: int

    @property
    def postscript(self) -> str:
        """The PostScript name, which must differ from that of the source: readers tell fonts apart by it."""
        return f"{self.family.replace(' ', '')}-{self.style}"


SERIF = Recipe("jixiao-serif-sc.ttf", "Jixiao Serif SC", "Regular", None, 40)
# Rare characters of a heading are taken from the serif, so the heading face carries the common Han block only.
SANS = Recipe(
    "jixiao-sans-sc-bold.ttf",
    "Jixiao Sans SC",
    "Bold",
    (range(0x20, 0x2E80), range(0x3000, 0x3040), range(0x3200, 0x3400), range(0x4E00, 0xA000), range(0xFE10, 0x10000)),
    60,
)


def build(source: Path, recipe: Recipe, target: Path) -> None:
    """Write the face of `recipe`, made from the TrueType file `source`, into the folder `target`.

    The same source gives the same bytes: no time stamp is taken.
    """
    font = TTFont(source, recalcTimestamp=False)
    _reduce(font, recipe.kept)
    cmap = font["cmap"]
    cmap.tables = [table for table in cmap.tables if (table.platformID, table.format) in {(3, 4), (3, 12)}]
    for character, inside in (("☐", ()), ("☑", TICK), ("☒", CROSS)):
        _add_box(font, character, recipe.stroke, inside)
    _rename(font, recipe)
    font.save(target / recipe.file, reorderTables=True)


def _reduce(font: TTFont, kept: Iterable[range] | None) -> None:
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    options.recalc_timestamp = False
    options.drop_tables = list(set(font.reader.keys()) - KEPT_TABLES)
    subsetter = Subsetter(options)
    characters = font.getBestCmap().keys()
    subsetter.populate(unicodes=[code for code in characters if kept is None or any(code in part for part in kept)])
    subsetter.subset(font)


def _add_box(font: TTFont, character: str, stroke: int, inside: tuple[Point, ...]) -> None:
    """Draw a box the size of □, with `inside` within it, as the glyph of `character`."""
    pen = TTGlyphPen(None)
    left, bottom, right, top = 100, -20, 900, 780
    _contour(pen, ((left, bottom), (left, top), (right, top), (right, bottom)))
    left, bottom, right, top = left + stroke, bottom + stroke, right - stroke, top - stroke
    _contour(pen, ((left, bottom), (right, bottom), (right, top), (left, top)))
    if inside:
        _contour(pen, inside)
    name = f"uni{ord(character):04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = pen.glyph()
    font["hmtx"].metrics[name] = (EM, 100)
    for table in font["cmap"].tables:
        table.cmap[ord(character)] = name


def _contour(pen: TTGlyphPen, points: tuple[Point, ...]) -> None:
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def _rename(font: TTFont, recipe: Recipe) -> None:
    names = font["name"]
    licence = {ident: names.getDebugName(ident) for ident in (0, 13, 14)}
    names.names = []
    texts = {
        0: licence[0],
        1: recipe.family,
        2: recipe.style,
        3: f"{recipe.postscript};1",
        4: f"{recipe.family} {recipe.style}",
        5: "Version 1.000",
        6: recipe.postscript,
        13: licence[13],
        14: licence[14],
    }
    for ident, text in texts.items():
        names.setName(text, ident, 3, 1, 0x409)


def main() -> None:
    """Build both faces from the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("serif", type=Path, help="NotoSerifSC_400Regular.ttf")
    parser.add_argument("sans", type=Path, help="NotoSansSC_700Bold.ttf")
    parser.add_argument("-o", dest="target", type=Path, default=HERE, help="folder to write to")
    chosen = parser.parse_args()
    build(chosen.serif, SERIF, chosen.target)
    build(chosen.sans, SANS, chosen.target)


if __name__ == "__main__":
    main()
