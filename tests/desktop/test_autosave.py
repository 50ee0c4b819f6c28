"""Saving by itself: in order, once, at once where it matters, and again where the disk refused."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.autosave import Autosave
from desktop.librarian import Librarian
from forms.commands import SetValue
from forms.desk import Desk
from forms.draft import Draft
from forms.errors import JixiaoError, SaveFailed
from forms.filing import Filing, Place, TemplateRef, new_id
from forms.store.library import Library
from tests.desktop.conftest import WAIT_MS
from tests.desktop.open_forms import named

AMOUNT = Place(field="资金需求")


@pytest.fixture
def filing() -> Filing:
    """A filing no library holds yet."""
    template = named("gd-quyu-2022")
    return Filing(new_id(), TemplateRef(template.id, template.version, template.digest))


@pytest.fixture
def draft(filing: Filing) -> Draft:
    return Draft(filing)


@pytest.fixture
def saving(bare_librarian: Librarian, filing: Filing, draft: Draft, qtbot: QtBot) -> Autosave:
    made = Autosave(bare_librarian, filing.id, bare_librarian, new=filing)
    draft.subscribe(lambda change: made.add(change, "一份表"))
    return made


def kept(librarian: Librarian, qtbot: QtBot) -> list[tuple[str, int]]:
    """Every filing of the library: its amount and how many changes it has had."""
    answers: list[list[tuple[str, int]]] = []
    refused: list[JixiaoError] = []

    def look(desk: Desk) -> list[tuple[str, int]]:
        library = desk.library
        return [(library.filing(one.id).text(AMOUNT), len(library.journal(one.id))) for one in library.list()]

    librarian.ask(look, answers.append, refused.append)
    qtbot.waitUntil(lambda: bool(answers or refused), timeout=WAIT_MS)
    assert refused == []
    return answers[0]


def type_text(draft: Draft, text: str, origin: str = "typed") -> None:
    draft.do(SetValue(AMOUNT, text), origin=origin)


def test_what_is_typed_waits_for_a_pause_and_comes_in_whole(
    saving: Autosave, draft: Draft, bare_librarian: Librarian, qtbot: QtBot
) -> None:
    assert saving.idle
    for text in ("1", "12", "120"):
        type_text(draft, text)
    assert not saving.idle
    assert not saving.kept
    with qtbot.waitSignal(saving.saved, timeout=WAIT_MS):
        pass
    assert saving.idle
    assert saving.kept
    assert kept(bare_librarian, qtbot) == [("120", 3)]


def test_anything_but_typing_is_saved_at_once(
    saving: Autosave, draft: Draft, bare_librarian: Librarian, qtbot: QtBot
) -> None:
    type_text(draft, "1")
    assert kept(bare_librarian, qtbot) == []
    type_text(draft, "2", origin="fix")
    assert kept(bare_librarian, qtbot) == [("2", 2)]


def test_a_new_filing_comes_in_by_itself_only_when_it_is_asked_for(
    saving: Autosave, bare_librarian: Librarian, qtbot: QtBot
) -> None:
    saving.flush()
    assert saving.idle
    assert kept(bare_librarian, qtbot) == []
    for _ in range(2):
        saving.keep()
    with qtbot.waitSignal(saving.saved, timeout=WAIT_MS):
        pass
    assert kept(bare_librarian, qtbot) == [("", 0)]


def test_what_the_disk_refused_is_tried_again_in_order_and_nothing_comes_in_twice(
    saving: Autosave, draft: Draft, bare_librarian: Librarian, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Library.edit
    calls: list[object] = []

    def third_is_refused(library: Library, *args: object, **named: object) -> int:
        calls.append(args)
        if len(calls) == 3:
            raise SaveFailed("磁盘已满。")
        return done(library, *args, **named)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Library, "edit", third_is_refused)
    with qtbot.waitSignal(saving.failed, timeout=WAIT_MS) as told:
        for text in ("1", "12", "120", "1200"):
            type_text(draft, text)
        saving.flush()
    assert str(told.args[0]) == "磁盘已满。"
    assert not saving.idle
    assert kept(bare_librarian, qtbot) == [("12", 2)]
    type_text(draft, "1201")
    with qtbot.waitSignal(saving.saved, timeout=WAIT_MS):
        saving.flush()
    assert saving.idle
    assert kept(bare_librarian, qtbot) == [("1201", 5)]
