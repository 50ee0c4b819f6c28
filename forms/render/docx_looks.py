"""How paragraphs of a Word file look: each combination of font, size and alignment is one named paragraph style."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from forms.grid.cells import Cell

SONG, FANG_SONG, HEI = "宋体", "仿宋", "黑体"
TWIPS = 20  # in a point

_SIZES = {16.0: "三号", 10.5: "五号", 9.0: "小五"}
_ALIGNS = {"left": ("left", "左齐"), "center": ("center", "居中"), "right": ("right", "右齐")}
_NARRATIVE = ("heading", "note")  # what is printed without borders below the title, set as 公文 (GB/T 9704) sets it
# Automatic blanks between Chinese and digits, hanging marks and the grid of characters would break other lines than
# the grid did.
_AS_DRAWN = (
    '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:snapToGrid w:val="0"/>'
)
_ALTERNATIVES = {SONG: "SimSun", FANG_SONG: "FangSong", HEI: "SimHei"}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Look(NamedTuple):
    """A paragraph style: `size` in points, `line` the height of a line in twips.

    `title` puts the paragraph into Word's outline; `keep` holds it on the page of the paragraph that follows.
    """

    font: str
    size: float
    line: int
    align: str = "left"
    title: bool = False
    keep: bool = False

    @property
    def name(self) -> str:
        """What people find the style by in Word."""
        size = _SIZES.get(self.size, f"{self.size:g}磅")
        return f"{'标题 ' * self.title}{self.font}{size}{_ALIGNS[self.align][1]}{' 连下段' * self.keep}"


class Looks:
    """The paragraph styles of one Word file, in the order they came up."""

    def __init__(self) -> None:
        self._made: dict[Look, str] = {}

    def of(self, cell: Cell, leading: float, *, keep: bool = False) -> str:
        """The w:pStyle of a cell's paragraphs."""
        style = cell.style
        words_only = bool(cell.parts) and not any(part.place for part in cell.parts)
        heading = style.face == "heading" or (cell.kind == "heading" and words_only)
        font = HEI if heading else FANG_SONG if cell.kind in _NARRATIVE else SONG
        title = cell.kind == "title"
        keep = keep or title or (cell.kind == "heading" and words_only)
        line = round(style.size * leading * TWIPS)
        return self.reference(Look(font, style.size, line, style.align, title, keep))

    def reference(self, look: Look) -> str:
        """The w:pStyle that names a look."""
        ident = self._made.setdefault(look, f"J{len(self._made) + 1}")
        return f'<w:pStyle w:val="{ident}"/>'

    def styles(self) -> str:
        """The part word/styles.xml."""
        made = "".join(_style(look, ident) for look, ident in self._made.items())
        return (
            f"<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(SONG)}"
            '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
            f"<w:pPr>{_AS_DRAWN}</w:pPr></w:style>{made}</w:styles>"
        )


def font_table() -> str:
    """The part word/fontTable.xml: what the fonts are called where they have no Chinese name."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in _ALTERNATIVES.items()
    )
    return f"<w:fonts {_W}>{fonts}</w:fonts>"


def _style(look: Look, ident: str) -> str:
    half_points = round(look.size * 2)
    keep = "<w:keepNext/>" * look.keep
    outline = '<w:outlineLvl w:val="0"/>' * look.title
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ident}"><w:name w:val="{escape(look.name)}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}'
        f'<w:spacing w:before="0" w:after="0" w:line="{look.line}" w:lineRule="exact"/>'
        f'<w:jc w:val="{_ALIGNS[look.align][0]}"/>{outline}</w:pPr>'
        f'<w:rPr>{_fonts(look.font)}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _fonts(name: str) -> str:
    # The hint makes ambiguous marks (“” … ± □) Chinese ones, as wide as a character.
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'
