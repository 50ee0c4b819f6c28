"""Headers and footers of a Word file: the stamp, the number of each page, the 核验码 of a filed revision."""

from __future__ import annotations

from forms.render.docx_looks import HEI, SONG, TWIPS, Look, Looks
from forms.render.docx_text import run

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_FOOT = Look(SONG, 9.0, 12 * TWIPS, "center")
_MARK_COLOUR, _MARK_SIZE = "#ebebeb", "width:300pt;height:150pt"


class Furniture:
    """The headers and footers of one Word file; sections that say the same share a part."""

    def __init__(self, looks: Looks) -> None:
        self._foot = looks.reference(_FOOT)
        self._made: dict[str, str] = {}

    def header(self, stamp: str) -> str:
        """The reference of a section to its header, which holds the stamp, such as 草稿, or nothing."""
        return self._reference("header", f"<w:hdr {_SPACES}>{_mark(stamp) if stamp else '<w:p/>'}</w:hdr>")

    def footer(self, code: str) -> str:
        """The reference of a section to its footer: the number of the page, and `code` where there is one."""
        number = f"{run('第 ')}{_field('PAGE')}{run('/')}{_field('NUMPAGES')}{run(' 页')}"
        filed = run(f"　　核验码 {code}" if code else "")
        content = f"<w:p><w:pPr>{self._foot}</w:pPr>{number}{filed}</w:p>"
        return self._reference("footer", f"<w:ftr {_SPACES}>{content}</w:ftr>")

    def parts(self) -> dict[str, str]:
        """The headers and footers in use by their names."""
        return {name: part for part, name in self._made.items()}

    def _reference(self, kind: str, part: str) -> str:
        name = self._made.setdefault(part, f"{kind}{len(self._made) + 1}")
        return f'<w:{kind}Reference w:type="default" r:id="{name}"/>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} ">{run("1")}</w:fldSimple>'


def _mark(stamp: str) -> str:
    """Words stretched over the middle of the page behind its text, turned as on our own paper."""
    middle = "".join(
        f"mso-position-{way}:center;mso-position-{way}-relative:margin;" for way in ("horizontal", "vertical")
    )
    style = f"position:absolute;{_MARK_SIZE};rotation:315;z-index:-251658240;{middle}"
    # By such a name Word knows a watermark as its own, so that its command to remove one finds it.
    name = "PowerPlusWaterMarkObject1"
    return (
        '<w:p><w:r><w:pict><v:shapetype id="words" coordsize="21600,21600" o:spt="136" '
        'path="m0,0l21600,0m0,21600l21600,21600e"><v:path textpathok="t"/><v:textpath on="t" fitshape="t"/>'
        f'</v:shapetype><v:shape id="{name}" type="#words" style="{style}" fillcolor="{_MARK_COLOUR}" stroked="f">'
        f'<v:textpath style="font-family:&quot;{HEI}&quot;;font-size:1pt" string="{stamp}"/></v:shape>'
        "</w:pict></w:r></w:p>"
    )
