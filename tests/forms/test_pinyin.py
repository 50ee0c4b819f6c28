"""Pinyin: initials and syllables find Chinese, every reading of a character counts, and places stay."""

from __future__ import annotations

import pytest

from forms.pinyin import initials, signs, spelling


def found(word: str, text: str) -> str:
    spelt = spelling(word)
    assert spelt is not None
    hit = spelt.pattern.search(signs(text))
    return text[hit.start() : hit.end()] if hit else ""


@pytest.mark.parametrize(
    ("word", "text", "finds"),
    [
        ("gbznt", "某县高标准农田建设", "高标准农田"),
        ("nongtian", "某县高标准农田建设", "农田"),
        ("nongt", "某县高标准农田建设", "农田"),
        ("yh", "各家银行", "银行"),
        ("yinhang", "各家银行", "银行"),
        ("cq", "重庆市", "重庆"),
        ("xian", "西安市", "西安"),
        ("gdpzz", "本年gdp增长率", "gdp增长"),
        ("nvxing", "女性就业", "女性"),
        ("gbznt", "高标农田", ""),
        ("nongtan", "农田", ""),
    ],
)
def test_a_word_of_letters_finds_what_is_read_so(word: str, text: str, finds: str) -> None:
    assert found(word, text) == finds


@pytest.mark.parametrize("word", ["a", "农田", "a1", "", "x" * 30])
def test_what_nobody_types_as_pinyin_is_none(word: str) -> None:
    assert spelling(word) is None


def test_a_character_of_several_readings_gives_all_its_initials() -> None:
    assert {"zq", "cq"} <= initials(signs("重庆"), 2)
    assert initials(signs("农，田"), 2) == set()


def test_every_text_keeps_its_length() -> None:
    assert len(signs("高标准农田 GDP，𠮷")) == len("高标准农田 GDP，𠮷")
