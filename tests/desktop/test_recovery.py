"""What a killed window had in the journal is all there at the next start, and is said once, quietly."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.recovery import recovered
from forms.commands import SetValue
from forms.desk import Desk
from forms.filing import Place
from forms.store.library import Library
from forms.templates import Templates
from tests.desktop.conftest import WAIT_MS, MakeWindow

AMOUNT = Place(field="资金需求")


def type_and_vanish(path: Path, text: str) -> str:
    """Change the first filing as a window does that is killed afterwards; gives its title."""
    with Library.open(path) as library:
        first = library.list()[0]
        command = SetValue(AMOUNT, text)
        _, inverse = command.apply(library.filing(first.id))
        library.edit(first.id, command, inverse, origin="typed")
        return first.title


def test_an_orderly_end_leaves_nothing_to_recover(library: Path) -> None:
    with Library.open(library) as opened:
        assert recovered(Desk(opened, Templates.shipped())) == ()


def test_what_was_left_open_is_named_once_and_kept(library: Path) -> None:
    title = type_and_vanish(library, "77")
    with Library.open(library) as opened:
        desk = Desk(opened, Templates.shipped())
        assert [one.title for one in recovered(desk)] == [title]
        assert recovered(desk) == ()
        assert opened.filing(opened.list()[0].id).text(AMOUNT) == "77"


def test_a_change_that_was_taken_back_is_nothing_to_recover(library: Path) -> None:
    with Library.open(library) as opened:
        before = opened.filing(opened.list()[0].id).text(AMOUNT)
    type_and_vanish(library, "77")
    type_and_vanish(library, before)
    with Library.open(library) as opened:
        assert recovered(Desk(opened, Templates.shipped())) == ()


def test_a_damaged_filing_hides_no_other(library: Path) -> None:
    title = type_and_vanish(library, "77")
    with Library.open(library) as opened:
        damaged = opened.list()[1].id
        opened._connection.execute("DROP TRIGGER revision_keeps_update")
        change = "UPDATE revision SET body = replace(body, '2026', '2027') WHERE filing_id = ?"
        opened._connection.execute(change, (damaged,))
        assert [one.title for one in recovered(Desk(opened, Templates.shipped()))] == [title]


def test_the_next_window_says_so_in_its_status_bar_and_in_no_dialog(
    make_window: MakeWindow, library: Path, qtbot: QtBot
) -> None:
    title = type_and_vanish(library, "77")
    window = make_window(library)
    qtbot.waitUntil(lambda: title in window.status.currentMessage(), timeout=WAIT_MS)
    assert "保存过的内容都在" in window.status.currentMessage()
    window.close()
    again = make_window(library)
    qtbot.waitUntil(lambda: again.library.model.rowCount() > 0, timeout=WAIT_MS)
    assert again.status.currentMessage() == ""
