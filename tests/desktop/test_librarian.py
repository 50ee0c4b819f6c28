"""The store's thread: answers in order, in the window's thread, and an answer to everything, even to our own faults."""

from __future__ import annotations

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.faults import Unforeseen
from desktop.librarian import Librarian
from forms.desk import Desk, Opened
from forms.errors import FilingUnknown, JixiaoError


def never(error: JixiaoError) -> None:
    raise AssertionError(error)


def test_answers_come_in_order_and_in_the_thread_of_the_window(bare_librarian: Librarian, qtbot: QtBot) -> None:
    answers: list[tuple[int, bool]] = []
    for number in range(20):
        bare_librarian.ask(
            lambda _, number=number: (number, QThread.currentThread() is bare_librarian.thread()),  # type: ignore[misc]  # bound per question
            lambda told: answers.append((told[0], told[1] or QThread.currentThread() is not bare_librarian.thread())),
            never,
        )
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == [(number, False) for number in range(20)]


def test_a_refusal_is_an_answer(bare_librarian: Librarian, qtbot: QtBot) -> None:
    answers: list[Opened] = []
    told: list[JixiaoError] = []
    bare_librarian.ask(lambda desk: desk.open("没有"), answers.append, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert [type(one) for one in told] == [FilingUnknown]
    assert answers == []


def test_a_fault_of_ours_is_answered_in_a_sentence_and_raised_where_it_is_logged(
    bare_librarian: Librarian, qtbot: QtBot
) -> None:
    def stumble(_: Desk) -> int:
        return 1 // 0

    told: list[JixiaoError] = []
    answers: list[int] = []
    with qtbot.captureExceptions() as raised:
        bare_librarian.ask(stumble, answers.append, told.append)
        bare_librarian.ask(lambda _: 7, answers.append, never)  # the thread goes on
        qtbot.waitUntil(lambda: bool(answers))
    assert [type(one) for one in told] == [Unforeseen]
    assert "没有料到" in str(told[0])
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]
    assert answers == [7]
