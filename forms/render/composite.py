"""A subset as reportlab wants its fonts: an object that adds itself to a document under a name."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFZCompress

from forms.render.cidfont import Subset


class CompositeFont:
    """A Type0 font (Identity-H, CIDFontType2) with every glyph it uses embedded. PDF 32000-1, 9.7.

    reportlab's own fonts split a text over simple fonts of 256 characters, and name characters beyond the first plane
    wrongly in ToUnicode; this one can go when both are mended.
    """

    def __init__(self, subset: Subset) -> None:
        self.subset = subset
        # What reportlab reads, under its names: a font complete from the start, none of the viewer's own.
        self.fontName = f"jixiao-{subset.resource}"
        self.face = SimpleNamespace(builtIn=False)
        self._dynamicFont = False
        self._multiByte = True

    def addObjects(self, doc: Any) -> None:  # noqa: N802 — reportlab calls it so
        """Add the font, its descriptor, outlines and character map to a reportlab document."""
        subset = self.subset
        name = PDFName(subset.name)
        outlines = _stream(subset.font_file())
        outlines.dictionary["Length1"] = len(outlines.content)
        descriptor = {"Type": "/FontDescriptor", "FontName": name, "FontFile2": doc.Reference(outlines)}
        descendant = {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": doc.Reference(PDFDictionary(descriptor | subset.descriptor())),
            "W": subset.widths(),
            "CIDToGIDMap": "/Identity",
        }
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": PDFArray([doc.Reference(PDFDictionary(descendant))]),
            "ToUnicode": doc.Reference(_stream(subset.to_unicode())),
        }
        doc.idToObject["BasicFonts"].dict[subset.resource] = doc.Reference(PDFDictionary(font))
        doc.fontMapping[self.fontName] = f"/{subset.resource}"


def _stream(content: bytes) -> Any:
    return PDFStream(content=content, filters=[PDFZCompress])
