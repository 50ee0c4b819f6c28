"""Long work: answers come in the window's thread, a cancelled job says nothing, a refusal is a sentence."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from desktop.faults import Unforeseen
from desktop.jobs import Jobs, Progress
from forms.errors import JixiaoError, SourceRefused


def never(error: JixiaoError) -> None:
    raise AssertionError(error)


def test_the_work_is_done_elsewhere_and_the_answer_comes_in_the_window_thread(jobs: Jobs, qtbot: QtBot) -> None:
    threads: list[tuple[QThread, QThread]] = []
    job = jobs.run(
        "数", lambda _: QThread.currentThread(), lambda there: threads.append((there, QThread.currentThread())), never
    )
    with qtbot.waitSignal(job.ended):
        pass
    (there, here) = threads[0]
    assert here is jobs.thread()
    assert there is not here
    assert jobs.running == ()


def test_progress_is_told_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[object] = []
    go = threading.Event()

    def work(progress: Progress) -> int:
        go.wait(5)
        for number in range(1, 4):
            progress.step(number, 3, f"第{number}")
        return 3

    job = jobs.run("数", work, told.append, never)
    job.progressed.connect(lambda *step: told.append(step))
    with qtbot.waitSignal(job.ended):
        go.set()
    assert told == [(1, 3, "第1"), (2, 3, "第2"), (3, 3, "第3"), 3]


def test_a_cancelled_job_ends_at_its_next_step_without_a_word(jobs: Jobs, qtbot: QtBot) -> None:
    begun, go, reached = threading.Event(), threading.Event(), []

    def work(progress: Progress) -> None:
        begun.set()
        go.wait(5)
        progress.step(1, 2, "")
        reached.append("beyond")

    job = jobs.run("数", work, lambda _: reached.append("answer"), never)
    begun.wait(5)
    job.cancel()
    with qtbot.waitSignal(job.ended):
        go.set()
    assert reached == []


def test_an_answer_that_comes_after_cancelling_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    go, answers = threading.Event(), list[int]()
    job = jobs.run("数", lambda _: 1 if go.wait(5) else 0, answers.append, never)
    job.cancel()
    with qtbot.waitSignal(job.ended):
        go.set()
    assert answers == []


def test_a_refusal_is_handed_over_and_not_raised(jobs: Jobs, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise SourceRefused("“{name}”是空文件。", name="表.docx")

    refused: list[str] = []
    job = jobs.run("数", work, lambda _: None, lambda error: refused.append(str(error)))
    with qtbot.waitSignal(job.ended):
        pass
    assert refused == ["“表.docx”是空文件。"]


def test_a_fault_of_ours_is_answered_and_raised_where_it_is_logged(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[JixiaoError] = []
    with qtbot.captureExceptions() as raised:
        job = jobs.run("数", lambda _: 1 // 0, lambda _: None, told.append)
        with qtbot.waitSignal(job.ended):
            pass
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]
    assert [type(one) for one in told] == [Unforeseen]


def test_many_jobs_all_end(jobs: Jobs, qtbot: QtBot) -> None:
    answers: list[int] = []
    for number in range(200):
        jobs.run("数", lambda _, number=number: number, answers.append, never)  # type: ignore[misc]  # bound per job
    qtbot.waitUntil(lambda: len(answers) == 200)
    assert sorted(answers) == list(range(200))
    assert jobs.running == ()


def test_closing_lets_no_work_be_begun_and_waits_for_the_rest(jobs: Jobs) -> None:
    begun: list[int] = []
    first, go = threading.Event(), threading.Event()

    def wait(_: Progress) -> None:
        first.set()
        go.wait(5)

    jobs.run("等", wait, lambda _: None, never)
    jobs.run("等", wait, lambda _: None, never)
    jobs.run("数", lambda _: begun.append(1), lambda _: None, never)
    first.wait(5)
    threading.Timer(0.05, go.set).start()
    jobs.close()
    assert begun == []
