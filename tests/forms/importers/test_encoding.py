from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import SourceRefused
from forms.importers.encoding import decode

FORM = "项目名称\t生态环境执法和应急\n资金需求\t50万元\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encodings_of_chinese_office_machines_are_told_apart(encoding: str) -> None:
    assert decode(FORM.encode(encoding)) == FORM


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_both_byte_orders_with_a_mark_are_read(mark: bytes) -> None:
    encoding = "utf-16-le" if mark == b"\xff\xfe" else "utf-16-be"
    assert decode(mark + "上一丁".encode(encoding)) == "上一丁"


@pytest.mark.parametrize(
    ("code", "character"),
    [
        ("a6d9", "︐"), ("a6da", "︒"), ("a6db", "︑"), ("a6dc", "︓"), ("a6dd", "︔"), ("a6de", "︕"), ("a6df", "︖"),
        ("a6ec", "︗"), ("a6ed", "︘"), ("a6f3", "︙"), ("fe59", "龴"), ("fe61", "龵"), ("fe66", "龶"), ("fe67", "龷"),
        ("fe6d", "龸"), ("fe7e", "龹"), ("fe90", "龺"), ("fea0", "龻"),
    ],
)  # fmt: skip
def test_the_eighteen_codes_that_moved_in_2022_are_characters(code: str, character: str) -> None:
    assert decode("项目".encode("gb18030") + bytes.fromhex(code)) == "项目" + character


@given(st.text(st.characters(codec="utf-8", min_codepoint=0x20, max_codepoint=0xDFFF)))
def test_every_character_survives_utf8_and_gb18030(text: str) -> None:
    form = FORM + text
    assert decode(form.encode("utf-8")) == form
    # Some pairs of GB 18030 bytes are UTF-8 as well; in front of them FORM is not, so the right one is taken.
    assert decode(form.encode("gb18030")) == form


@pytest.mark.parametrize(
    "data",
    [
        b"\x80\xff\xff\xff",
        "项目".encode("gb18030")[:-1],
        b"\xff\xfe\x00\xd8\n\x00",
        b"\xef\xbb\xbf\xff",
        b"abc\x00def",
        b"ab\x00cdefg\nxyz",
        "项目\x00名称\n".encode(),
    ],
)
def test_bytes_that_no_encoding_explains_are_refused(data: bytes) -> None:
    with pytest.raises(SourceRefused):
        decode(data)
