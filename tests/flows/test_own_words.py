"""The words a clerk adds for the checks, from the command line and in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from forms.checker import lexicon
from forms.templates import own_words
from tests.desktop.conftest import WAIT_MS, MakeWindow
from tests.flows.running import WORKBOOK, Person


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    yield
    lexicon.use(None)


def test_words_beside_the_library_are_checked_by(tmp_path: Path) -> None:
    person = Person(tmp_path)
    library = tmp_path / "某县.jixiao"
    before = person.run("check", WORKBOOK, "--library", library)
    own_words(library).write_text("增加:\n  错字: {消防: 消仿}\n", encoding="utf-8")
    after = person.run("check", WORKBOOK, "--library", library)
    assert "消仿" not in before.out
    assert "消仿" in after.out


def test_words_that_cannot_be_used_are_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    person = Person(tmp_path)
    library = tmp_path / "某县.jixiao"
    own_words(library).write_text("增加:\n  笼统话: [走访]\n", encoding="utf-8")
    outcome = person.run("templates", "--library", library)
    assert outcome.code == 0
    assert "某县-words.yaml" in outcome.err
    assert "第 2 行" in outcome.err


@pytest.mark.usefixtures("chinese_and_light")
def test_the_window_says_so_too(make_window: MakeWindow, tmp_path: Path, qtbot: QtBot) -> None:
    library = tmp_path / "library.jixiao"
    own_words(library).write_text("增加:\n  笼统话: [走访]\n", encoding="utf-8")
    window = make_window(library)
    qtbot.waitUntil(lambda: "library-words.yaml" in window.notice.text, timeout=WAIT_MS)
    assert "设备购置" in lexicon.lexicon().generic
