"""Starting by the command: no screen is a sentence, a second start is no second window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop import display
from desktop.app import NoWindow, run
from desktop.single import SingleWindow
from tests.flows.running import Person, one_sentence


def test_without_a_screen_the_command_says_so_and_ends(tmp_path: Path) -> None:
    outcome = Person(tmp_path).run()
    assert outcome.code == 2
    assert one_sentence(outcome)
    assert "图形桌面" in outcome.err


def test_a_screen_that_does_not_answer_is_no_screen(tmp_path: Path) -> None:
    outcome = Person(tmp_path, DISPLAY=":987").run("--lang", "zh_CN")
    assert outcome.code == 2
    assert one_sentence(outcome)


def test_a_second_start_ends_well_and_at_once(qapp: QApplication, tmp_path: Path) -> None:
    library = tmp_path / "a.jixiao"
    first = SingleWindow(library)
    assert first.claim()
    outcome = Person(tmp_path, QT_QPA_PLATFORM="offscreen").run("--library", library)
    first.release()
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert not library.exists()


def test_a_missing_library_of_the_system_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(display, "_NEEDED", ("libnot-there.so.9",))
    monkeypatch.setattr(display, "_answers", lambda: True)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(NoWindow, match=r"libnot-there\.so\.9"):
        run(tmp_path / "a.jixiao")
