"""Characters of a file made plain: line ends are LF, controls are gone, what is no character is refused."""

from __future__ import annotations

import re

from forms.errors import SourceRefused
from forms.language import N_

# Word writes a line break inside a paragraph as VT, old text files a page break as FF.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)}
_PLANE_ENDS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTER = re.compile(f"[\x00\ud800-\udfff\ufdd0-\ufdef{_PLANE_ENDS}]")


def plain(text: str) -> str:
    """`text` with LF line ends and without controls other than TAB and LF; its other code points are kept.

    Raises SourceRefused for NUL, lone surrogates and noncharacters, which no honest file holds.
    """
    if _NO_CHARACTER.search(text):
        raise SourceRefused(N_("“{name}”含有不是文字的内容，没有读取；请用 WPS 或记事本打开检查，另存后再导入。"))
    if text.isprintable():
        return text
    return _LINE_ENDS.sub("\n", text).translate(_CONTROLS)
