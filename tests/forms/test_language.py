"""Sentences in the language in use: filled literally, and never a reason to fall over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import language
from forms.errors import JixiaoError
from forms.language import LANGUAGES, preferred, sentence, use

MESSAGE = "“{name}”必须填写。"


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    use("zh_CN")


def test_a_sentence_is_shown_in_the_language_in_use() -> None:
    shown = {}
    for one in LANGUAGES:
        use(one)
        shown[one] = sentence(MESSAGE, {"name": "总额"})
    assert shown == {"zh_CN": "“总额”必须填写。", "en": "“总额” must be filled in."}


def test_an_exception_speaks_the_language_it_is_shown_in() -> None:
    error = JixiaoError(MESSAGE, name="总额")
    use("en")
    assert str(error) == "“总额” must be filled in."


def test_what_the_catalogue_does_not_have_is_shown_as_it_is() -> None:
    use("en")
    assert sentence("表样自己的话 {x}", {"x": 1}) == "表样自己的话 1"
    assert sentence("") == ""


@pytest.mark.parametrize("unknown", ["", "fr", "EN", "../../etc", "zh_TW"])
def test_an_unknown_language_means_chinese(unknown: str) -> None:
    use("en")
    use(unknown)
    assert sentence(MESSAGE) == MESSAGE


def test_a_missing_catalogue_means_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_folder", lambda: tmp_path / "nowhere")
    use("en")
    assert sentence(MESSAGE) == MESSAGE


@pytest.mark.parametrize("data", [b"", b"x", b"\xde\x12\x04\x95", b"\xde\x12\x04\x95" + bytes(16), b"garbage" * 40])
def test_a_damaged_catalogue_means_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "jixiao.mo").write_bytes(data)
    monkeypatch.setattr(language, "_folder", lambda: tmp_path)
    use("en")
    assert sentence(MESSAGE) == MESSAGE


@given(first=st.text(), second=st.text())
def test_values_are_inserted_literally_whatever_they_hold(first: str, second: str) -> None:
    assert sentence("{a}|{b}|{a}", {"a": first, "b": second}) == f"{first}|{second}|{first}"


def test_braces_that_name_no_value_stay() -> None:
    assert sentence("{n} {n:一} {b}", {"a": 1}) == "{n} {n:一} {b}"
    assert sentence("{a}", {"a": "{b}", "b": "x"}) == "{b}"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C"}, "zh_CN"),
        ({"LANG": "fr_FR.UTF-8"}, "zh_CN"),
    ],
)
def test_the_language_follows_the_locale(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert preferred() == expected
