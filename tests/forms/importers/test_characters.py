from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import SourceRefused
from forms.importers.characters import plain


def test_line_ends_become_one_and_controls_go() -> None:
    assert plain("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\nh\ti\x01\x7f\x9f") == "a\nb\nc\nd\ne\nf\ng\nh\ti"


@pytest.mark.parametrize("code", [0x0, 0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF])
def test_what_is_no_character_is_refused(code: int) -> None:
    with pytest.raises(SourceRefused, match="不是文字"):
        plain(f"甲{chr(code)}乙")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))))
def test_every_other_code_point_is_kept(text: str) -> None:
    assert plain(text) == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\x00")))
def test_twice_is_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)
