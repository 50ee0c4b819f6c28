"""The words of the checks: the shipped ones, what a user adds and takes away, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from forms.checker import lexicon
from forms.checker.words import Words, shown
from forms.errors import LexiconRefused
from forms.templates import own_words
from tests.forms.checker.looked_over import in_line


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    lexicon.use(None)


def own(folder: Path, text: str) -> Path:
    path = own_words(folder / "某县.jixiao")
    path.write_text(text, encoding="utf-8")
    return path


def test_a_user_adds_words_and_takes_words_away(tmp_path: Path) -> None:
    assert in_line("R-NAME-FORM", "数量", "平台建设", "≥1个")
    assert not in_line("R-NAME-FORM", "数量", "走访慰问", "≥1次")
    lexicon.use(
        own(tmp_path, "增加:\n  笼统: [走访慰问]\n  错字: {渠到: 渠道}\n去掉:\n  笼统: [平台建设]\n  错字: [冶理]\n")
    )
    assert not in_line("R-NAME-FORM", "数量", "平台建设", "≥1个")
    assert in_line("R-NAME-FORM", "数量", "走访慰问", "≥1次")
    assert lexicon.lexicon().corrections["渠到"] == "渠道"
    assert "冶理" not in lexicon.lexicon().typos


def test_without_a_file_the_shipped_words_are_in_force(tmp_path: Path) -> None:
    lexicon.use(tmp_path / "没有.yaml")
    assert "设备购置" in lexicon.lexicon().generic


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("增加:\n  笼统话: [走访]\n", 2, "是不是“笼统”"),
        ("添加:\n  笼统: [走访]\n", 1, "不认识“添加”"),
        ("增加:\n  笼统: 走访\n", 2, "[甲, 乙]"),
        ("增加:\n  错字: [渠到]\n", 2, "{甲: 乙}"),
        ("增加:\n  笼统: [[走访]]\n", 2, "应是一个词"),
        ("增加: [走访]\n", 1, "栏名"),
        ("增加:\n\t笼统: [走访]\n", 2, "YAML"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = own(tmp_path, text)
    with pytest.raises(LexiconRefused) as refused:
        lexicon.use(path)
    assert path.name in str(refused.value)
    assert refused.value.faults[0].line == line
    assert words in str(refused.value)
    assert "设备购置" in lexicon.lexicon().generic


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = own_words(tmp_path / "某县.jixiao")
    path.write_bytes("增加:\n  笼统: [走访]\n".encode("gbk"))
    with pytest.raises(LexiconRefused, match="UTF-8"):
        lexicon.use(path)


def test_a_gap_never_goes_beyond_a_stop() -> None:
    words = Words(["提供…保障"])
    assert words.find("为春耕提供用水保障") == (3, 9)
    assert words.find("提供种子，有保障") is None


def test_what_lies_in_an_exception_is_no_find() -> None:
    words = Words(["己完成"], ["自己完成"])
    assert words.all("己完成，自己完成，己完成") == [(0, 3), (9, 12)]


def test_no_words_find_nothing() -> None:
    nothing = Words([])
    assert (nothing.find("甲"), nothing.at_start("甲"), nothing.at_end("甲")) == (None, "", "")


def test_of_two_words_the_longer_counts() -> None:
    words = Words(["按期", "按期完成", "率", "合格率"])
    assert words.at_start("按期完成招标") == "按期完成"
    assert words.at_end("一次合格率") == "合格率"


def test_a_long_text_is_cut_and_stays_on_one_line() -> None:
    assert shown("甲\n乙 丙") == "甲 乙 丙"
    assert shown("字" * 30, 4) == "字字字字…"
