"""Which encoding a plain text is in: byte order mark, UTF-8, UTF-16 without a mark, then GB 18030-2022."""

from __future__ import annotations

import codecs

from forms.errors import SourceRefused
from forms.language import N_

_UNREADABLE = N_("“{name}”的文字编码不能识别，没有读取；请用记事本打开，另存为 UTF-8 编码后再导入。")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ASCII = dict.fromkeys(range(0x80))
_CONVINCING = 8  # characters in UTF-8 before the first fault: the file is UTF-8 and damaged, not in another encoding
# GB 18030-2022 moved eighteen characters out of the private use area; Python's codec still has the map of 2005.
_MOVED = {
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15, 0xE793: 0xFE16,
    0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7,
    0xE832: 0x9FB8, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB,
}  # fmt: skip


def decode(data: bytes) -> str:
    """The text of `data`, decoded strictly. Raises SourceRefused when no encoding fits every byte."""
    try:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data[len(mark) :].decode(encoding)
        if b"\x00" in data:
            return _without_mark(data)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            if len(data[: error.start].decode("utf-8").translate(_ASCII)) >= _CONVINCING:
                raise
            return data.decode("gb18030").translate(_MOVED)
    except UnicodeDecodeError as error:
        raise SourceRefused(_UNREADABLE) from error


def _without_mark(data: bytes) -> str:
    """UTF-16 without a mark: line ends, tabs and digits have their NUL on one side only.

    Any pair of ASCII letters is a Chinese character in UTF-16, so a text that shows no line end is not believed.
    """
    little = data[1::2].count(0) > data[::2].count(0)
    text = data.decode("utf-16-le" if little else "utf-16-be")
    if "\n" not in text:
        raise SourceRefused(_UNREADABLE)
    return text
