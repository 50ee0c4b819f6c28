"""Garbage that holds widgets is collected in the thread of the window, and in no other."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.collector import Collector
from tests.desktop.conftest import WAIT_MS, children


class Knot:
    """Something that only the collector can free; tells in which thread that happened."""

    def __init__(self, freed: list[int]) -> None:
        self.itself = self
        self.widget = QObject()
        self._told = weakref.finalize(self, lambda: freed.append(threading.get_ident()))


def litter() -> None:
    """Much garbage, as reading a library makes it."""
    for _ in range(50):
        kept = [[number] for number in range(1_000)]
        kept.append(kept)  # type: ignore[arg-type]  # a cycle


def test_it_is_at_work_in_the_program(qapp: QApplication) -> None:
    assert children(qapp, Collector)
    assert not gc.isenabled()


def test_another_thread_frees_no_widget_and_the_window_does(qapp: QApplication, qtbot: QtBot) -> None:
    freed: list[int] = []
    Knot(freed)
    thread = threading.Thread(target=litter)
    thread.start()
    thread.join()
    assert freed == []
    qtbot.waitUntil(lambda: bool(freed), timeout=WAIT_MS)
    assert freed == [threading.get_ident()]
