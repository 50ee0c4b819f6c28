"""One window for each library, however its path is written, and no ghost of one that was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.single import SingleWindow, name_of

HOLDER = """
import sys, pathlib
from PySide6.QtCore import QCoreApplication
from desktop.single import SingleWindow
app = QCoreApplication([])
print(SingleWindow(pathlib.Path(sys.argv[1])).claim(), flush=True)
app.exec()
"""


@pytest.fixture
def first(qapp: QApplication, tmp_path: Path) -> Iterator[SingleWindow]:
    made = SingleWindow(tmp_path / "a.jixiao")
    assert made.claim()
    yield made
    made.release()


def test_a_second_start_is_refused_and_raises_the_first(first: SingleWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(first.raised, timeout=20_000):
        assert not SingleWindow(tmp_path / "a.jixiao").claim()


def test_another_library_has_a_window_of_its_own(first: SingleWindow, tmp_path: Path) -> None:
    other = SingleWindow(tmp_path / "b.jixiao")
    assert other.claim()
    other.release()


def test_after_the_first_has_gone_the_next_is_the_first(first: SingleWindow, tmp_path: Path) -> None:
    first.release()
    assert SingleWindow(tmp_path / "a.jixiao").claim()


def test_one_library_has_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert name_of(Path("a.jixiao")) == name_of(tmp_path / "x" / ".." / "a.jixiao") != name_of(tmp_path / "b.jixiao")


def test_a_window_that_was_killed_keeps_nobody_out(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "killed.jixiao"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    next_one = SingleWindow(path)
    assert next_one.claim()
    next_one.release()
