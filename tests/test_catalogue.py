"""The English catalogue: complete, in step with the code, and English."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from forms import errors
from forms.language import LANGUAGES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "i18n" / "en" / "LC_MESSAGES"
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
ERRORS = {name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception)}
QUOTED = re.compile("“[^“”]*”")  # official words and what a person has to type stand in quotation marks


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    with (FOLDER / "jixiao.po").open("rb") as file:
        return [message for message in read_po(file) if message.id and message.string]


def test_every_sentence_of_the_code_is_translated_and_the_files_are_in_step() -> None:
    command = [sys.executable, str(ROOT / "i18n" / "update.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.stdout, done.returncode) == ("", 0)


def test_every_language_has_a_catalogue_and_chinese_needs_none() -> None:
    assert {path.name for path in (ROOT / "i18n").iterdir() if path.is_dir() and path.name[:1] not in "_."} == set(
        LANGUAGES[1:]
    )


@pytest.mark.parametrize("folder", ["forms", "desktop"])
def test_what_is_shown_is_marked_for_the_catalogue(folder: str) -> None:
    """A Chinese literal handed to `sentence`, `say` or an exception has gone through N_."""
    unmarked = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.args and _shows(call.func)
        if isinstance(call.args[0], ast.Constant) and CHINESE.search(str(call.args[0].value))
    ]
    assert unmarked == []


def _shows(called: ast.expr) -> bool:
    name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
    return name.strip("_") in {"sentence", "say", "complain"} or name in ERRORS


def test_nothing_is_fuzzy(messages: list[Message]) -> None:
    assert messages
    assert [message.id for message in messages if message.fuzzy] == []


def test_both_languages_fill_in_the_same_names(messages: list[Message]) -> None:
    def names(text: object) -> list[str]:
        return sorted(re.findall(r"\{\w+\}", str(text)))

    assert [message.id for message in messages if names(message.id) != names(message.string)] == []


def test_english_sentences_hold_chinese_only_in_quotation_marks(messages: list[Message]) -> None:
    texts = [str(message.string) for message in messages]
    assert [text for text in texts if CHINESE.search(QUOTED.sub("", text))] == []


def test_a_sentence_stays_a_sentence(messages: list[Message]) -> None:
    def ends(text: object) -> bool:
        return str(text).rstrip().endswith(("。", ".", "？", "?"))

    assert [message.id for message in messages if ends(message.id) != ends(message.string)] == []
