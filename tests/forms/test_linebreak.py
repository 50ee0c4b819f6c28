from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.typeset.fonts import faces
from forms.typeset.linebreak import NEVER_FIRST, NEVER_LAST, wrap

TEXT = faces()["text"]
SIZE = 10.5
LETTERS = "绩效目标，。；：）》”（《“、％ ≥90.5,%-/abcXYZ—…\u200d\t\u3000①𬭎"


def broken(text: str, characters: float) -> tuple[str, ...]:
    """`text` in lines as wide as so many Chinese characters."""
    return wrap(text, characters * SIZE, SIZE, TEXT)


@settings(deadline=None)
@given(st.text(LETTERS + "\n", max_size=300), st.floats(1.0, 40.0))
def test_joined_lines_are_the_text_and_none_is_too_wide(text: str, characters: float) -> None:
    lines = broken(text, characters)
    assert "".join(lines) == text.replace("\n", "")
    assert all(TEXT.width(line, SIZE) <= characters * SIZE + 1e-6 for line in lines)


@settings(deadline=None)
@given(st.text(max_size=80), st.floats(0.1, 5.0))
def test_no_text_whatever_loses_a_character(text: str, characters: float) -> None:
    assert "".join(broken(text, characters)) == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("", 5, ("",)),
        ("甲\n\n乙", 5, ("甲", "", "乙")),
        ("项目资金，全部到位", 4, ("项目资", "金，全部", "到位")),
        ("按照《预算法》执行", 3, ("按照", "《预算", "法》执", "行")),
        ("完成率≥90%以上", 5.4, ("完成率", "≥90%以上")),
        ("补助1,354.00万元", 4, ("补助", "1,354.00", "万元")),
        ("编号000-9999-JSN-0448号", 10, ("编号", "000-9999-JSN-0448号")),
        ("目标一……目标二", 4, ("目标", "一……目", "标二")),
        ("word after word", 6, ("word after ", "word")),
    ],
)
def test_breaks_where_a_typesetter_would(text: str, characters: float, lines: tuple[str, ...]) -> None:
    assert broken(text, characters) == lines


def test_a_number_longer_than_a_line_is_cut_and_fills_it() -> None:
    lines = broken("1234567890" * 6, 10)
    assert len(lines) == 4
    assert all(TEXT.width(line, SIZE) > 9 * SIZE for line in lines[:-1])


def test_a_run_of_marks_longer_than_a_line_is_cut() -> None:
    assert broken("。" * 9, 4) == ("。。。。", "。。。。", "。")


def test_a_character_wider_than_the_line_stands_alone() -> None:
    assert broken("宽字", 0.5) == ("宽", "字")


def test_variation_selectors_and_accents_stay_with_their_character() -> None:
    lines = broken("葛\U000e0100" * 7, 3)
    assert [line[0] for line in lines] == ["葛"] * 3


def test_a_sentence_of_ten_thousand_signs_is_broken_in_one_pass() -> None:
    for sign in "（=。a -":
        assert "".join(broken(sign * 20_000, 12)) == sign * 20_000


@pytest.mark.samples
@pytest.mark.parametrize("characters", [6, 9.7, 13, 21.4, 34, 45])
def test_real_forms_break_by_the_rules(samples: Path, characters: float) -> None:
    for path in samples.glob("*.txt"):
        for paragraph in path.read_text("utf-8").splitlines():
            lines = broken(paragraph.expandtabs(1).strip(), characters)
            assert not [line for line in lines if TEXT.width(line, SIZE) > characters * SIZE + 1e-6]
            assert not [line for line in lines[1:] if line[0] in NEVER_FIRST]
            assert not [line for line in lines[:-1] if line.rstrip(" ")[-1:] in NEVER_LAST]
