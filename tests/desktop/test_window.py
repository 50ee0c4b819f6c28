"""The window as a whole: first paint, layout on small and large screens, opening, saving, leaving, dropping files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.docks import FORM_WIDTH
from desktop.faults import Faults
from desktop.librarian import Librarian
from desktop.models.library import ID_ROLE, STATE
from desktop.settings import Settings
from desktop.window import Window
from forms.commands import SetValue
from forms.desk import Desk
from forms.errors import SaveFailed
from forms.filing import Place
from forms.store.library import Library
from tests.desktop.conftest import WAIT_MS, MakeWindow, children
from tests.desktop.open_forms import EXAMPLE, incoming

HEAVY = {"reportlab", "openpyxl", "lxml", "sqlite_utils", "pypdfium2", "cryptography", "docx", "fontTools", "PIL"}
FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.librarian import Librarian
from desktop.settings import Settings
from desktop.window import Window
window = Window(Librarian(Path(sys.argv[1])), Settings(Path(sys.argv[2])))
def look():
    if not window.library.model.rowCount():
        return QTimer.singleShot(10, look)
    print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
    window.close()
window.show()
QTimer.singleShot(0, look)
app.exec()
"""
AMOUNT = Place(field="资金需求")
NAME = Place(field="项目名称")


def titled(window: Window, words: str) -> str:
    """The id of the filing whose title holds `words`."""
    model = window.library.model
    rows = [model.index(row, 0) for row in range(model.rowCount())]
    return next(str(index.data(ID_ROLE)) for index in rows if words in index.data())


def open_titled(window: Window, qtbot: QtBot, words: str) -> str:
    ident = titled(window, words)
    window.work.open(ident)
    qtbot.waitUntil(lambda: window.open is not None and window.open.ident == ident, timeout=WAIT_MS)
    return ident


def listed_state(window: Window, ident: str) -> str:
    """The state of a filing as the list of the library has it."""
    model = window.library.model
    return str(model.index(model.row_of(ident), STATE).data())


def type_amount(window: Window, text: str) -> None:
    assert window.open is not None
    window.open.bridge.do(SetValue(AMOUNT, text))


def choose(window: Window, name: str) -> None:
    """Choose an action of the menus by its name."""
    next(one for one in children(window, QAction) if one.objectName() == name).trigger()


def stored(path: Path, ident: str, place: Place = AMOUNT) -> str:
    with Library.open(path) as library:
        return library.filing(ident).text(place)


# --- start and layout


def test_nothing_heavy_is_loaded_before_somebody_asks_for_it(library: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", FIRST_PAINT, str(library), str(tmp_path / "person.ini")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    loaded = set(done.stdout.split())
    assert {"PySide6", "forms", "desktop"} <= loaded
    assert loaded.isdisjoint(HEAVY)


def test_on_a_small_screen_preview_and_library_are_tabs_and_the_form_keeps_its_width(
    window: Window, qtbot: QtBot
) -> None:
    window.resize(1092, 614)
    qtbot.waitUntil(lambda: window.docks.narrow)
    assert window.tabifiedDockWidgets(window.docks.library) == [window.docks.preview]
    assert window.middle.width() >= FORM_WIDTH
    assert window.width() == 1092


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_on_a_larger_screen_all_stand_side_by_side(window: Window, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    qtbot.waitUntil(window.docks.preview.isVisible)
    assert window.tabifiedDockWidgets(window.docks.library) == []
    assert window.middle.width() >= FORM_WIDTH
    library, problems, preview = (
        one.geometry() for one in (window.docks.library, window.docks.problems, window.docks.preview)
    )
    assert library.right() < window.middle.mapTo(window, QPoint(0, 0)).x() < preview.left()
    assert problems.top() > window.middle.mapTo(window, QPoint(0, 0)).y()


def test_where_the_docks_stood_is_remembered_for_each_kind_of_screen(
    make_window: MakeWindow, library: Path, settings: Settings, qtbot: QtBot
) -> None:
    first = make_window(library)
    first.resize(1366, 768)
    first.docks.problems.close()
    first.resize(1092, 614)
    assert first.docks.problems.isVisible()
    first.close()
    again = make_window(library)
    again.resize(1092, 614)
    assert again.docks.problems.isVisible()
    again.resize(1366, 768)
    qtbot.waitUntil(lambda: not again.docks.problems.isVisible())


def test_docks_have_their_widths_again_after_a_while_on_a_small_screen(window: Window, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    qtbot.waitUntil(window.docks.preview.isVisible)
    window.resizeDocks([window.docks.library], [310], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: window.docks.library.width() == 310)
    qtbot.waitUntil(lambda: not window.docks._calm.isActive())  # a person is not faster than that
    preview = window.docks.preview.width()
    for _ in range(2):
        window.resize(1092, 614)
        qtbot.waitUntil(lambda: window.docks.narrow)
        window.resize(1366, 768)
        qtbot.waitUntil(lambda: not window.docks.narrow)
        qtbot.waitUntil(lambda: window.docks.library.width() == 310)
        assert window.docks.preview.width() == preview


@pytest.mark.parametrize(("what", "name"), [("theme", "dark"), ("text-size", "150")])
def test_what_is_chosen_about_the_look_is_seen_at_once_and_remembered(
    window: Window, settings: Settings, qtbot: QtBot, what: str, name: str
) -> None:
    size = window.font().pointSizeF()
    window.notice.say("磁盘已满。")
    choose(window, f"{what}-{name}")
    if what == "theme":
        qtbot.waitUntil(lambda: window.palette().color(QPalette.ColorRole.Base).lightness() < 64)
        assert window.notice.palette().window().color() == theme.colour("error_ground")
        assert settings.theme == name
    else:
        qtbot.waitUntil(lambda: window.font().pointSizeF() == pytest.approx(size * 1.5))
        assert settings.text_size == 150
    assert window.middle.width() >= FORM_WIDTH


def test_larger_letters_are_those_of_the_docks_too(window: Window, qtbot: QtBot) -> None:
    window.resize(1366, 768)
    dock, forms = window.docks.problems, window.library.forms
    qtbot.waitUntil(dock.isVisible)

    def written() -> int:
        """How far the title of a dock reaches, in pixels."""
        title = dock.grab(QRect(0, 0, dock.width() // 2, 16)).toImage()
        ground = title.pixel(title.width() - 1, 0)
        return max(x for x in range(title.width()) for y in range(16) if title.pixel(x, y) != ground)

    before, lines = written(), forms.height() / forms.sizeHintForRow(0)
    choose(window, "text-size-150")
    qtbot.waitUntil(lambda: written() > before * 1.3, timeout=WAIT_MS)
    assert forms.height() / forms.sizeHintForRow(0) == pytest.approx(lines, abs=0.5)


# --- opening, saving, leaving


def test_an_open_filing_stands_everywhere(window: Window, qtbot: QtBot) -> None:
    ident = open_titled(window, qtbot, "沙渡")
    assert window.open is not None
    assert "沙渡" in window.windowTitle()
    assert window.middle.currentWidget() is window.open.form
    assert window.actions_["export"].isEnabled()
    assert window.library.filings.current() == ident


def test_a_change_is_saved_by_itself_and_the_time_is_shown(window: Window, qtbot: QtBot) -> None:
    open_titled(window, qtbot, "沙渡")
    type_amount(window, "123")
    qtbot.waitUntil(lambda: window.status.saving.startswith("已保存 "), timeout=WAIT_MS)
    assert window.open is not None
    assert window.open.idle


def test_closing_at_once_after_a_key_loses_nothing_and_asks_nothing(
    window: Window, library: Path, qtbot: QtBot
) -> None:
    ident = open_titled(window, qtbot, "沙渡")
    type_amount(window, "456")
    assert window.close()
    assert QApplication.activeModalWidget() is None
    assert stored(library, ident) == "456"
    with Library.open(library) as kept:
        assert kept.revisions(ident)[-1].reason == "close"


def test_going_to_another_filing_saves_the_one_before(window: Window, library: Path, qtbot: QtBot) -> None:
    first = open_titled(window, qtbot, "沙渡")
    type_amount(window, "789")
    open_titled(window, qtbot, "望溪")
    window.close()
    assert stored(library, first) == "789"


def test_undo_and_redo_are_named_and_work_from_the_menu(window: Window, qtbot: QtBot) -> None:
    open_titled(window, qtbot, "沙渡")
    assert window.open is not None
    before = window.open.bridge.text(AMOUNT)
    type_amount(window, "1")
    assert "填写" in window.actions_["undo"].text()
    window.actions_["undo"].trigger()
    assert window.open.bridge.text(AMOUNT) == before
    window.actions_["redo"].trigger()
    assert window.open.bridge.text(AMOUNT) == "1"


def test_what_is_taken_back_after_an_export_is_a_draft_in_the_list_too(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    ident = open_titled(window, qtbot, "沙渡")
    assert window.open is not None
    window.open.bridge.do(SetValue(NAME, "改过名的项目"))
    window.open.flush()
    window.librarian.ask(
        lambda desk: desk.export(ident, tmp_path), lambda _: window.errands._exported([ident]), window.refuse
    )
    assert window.open is not None
    qtbot.waitUntil(lambda: listed_state(window, ident) == "已导出", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.open is not None and window.open.bridge.filing.state == "exported", timeout=WAIT_MS)
    assert "填写" in window.actions_["undo"].text()
    window.actions_["undo"].trigger()
    assert window.open.bridge.filing.state == "draft"
    qtbot.waitUntil(lambda: listed_state(window, ident) == "草稿", timeout=WAIT_MS)


def test_a_failed_save_keeps_what_was_typed_says_so_and_is_tried_again(
    window: Window, library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ident = open_titled(window, qtbot, "沙渡")

    def refuse(*_: object, **__: object) -> int:
        raise SaveFailed("磁盘已满，没有保存；请清理磁盘。")

    with monkeypatch.context() as broken:
        broken.setattr(Library, "edit", refuse)
        type_amount(window, "321")
        qtbot.waitUntil(lambda: window.notice.text != "", timeout=WAIT_MS)
        assert window.notice.text == "磁盘已满，没有保存；请清理磁盘。"
        assert window.status.saving == "尚未保存"
        window.work.open(titled(window, "望溪"))
        qtbot.waitUntil(lambda: window.open is not None and window.open.form.isEnabled(), timeout=WAIT_MS)
        assert window.open is not None
        assert window.open.ident == ident
        assert window.open.bridge.text(AMOUNT) == "321"
    qtbot.waitUntil(lambda: window.status.saving.startswith("已保存 "), timeout=WAIT_MS)
    assert window.notice.text == ""


def full(desk: Desk, *, on: bool) -> None:
    """Let the library's file not grow any more, which is a full disk to SQLite; or let it grow again."""
    connection = desk.library._connection
    (used,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={used if on else 2**30}").fetchall()


def test_a_disk_that_is_full_is_told_until_the_next_save_succeeds(window: Window, library: Path, qtbot: QtBot) -> None:
    ident = open_titled(window, qtbot, "沙渡")
    window.librarian.ask(lambda desk: full(desk, on=True), lambda _: None, window.refuse)
    long = "9" * 20_000  # more than the pages there are have room for
    type_amount(window, long)
    qtbot.waitUntil(lambda: window.notice.text.startswith("磁盘已满"), timeout=WAIT_MS)
    assert window.status.saving == "尚未保存"
    assert window.open is not None
    assert window.open.bridge.text(AMOUNT) == long
    choose(window, "language-en")
    qtbot.waitUntil(lambda: window.notice.text.startswith("The disk is full"), timeout=WAIT_MS)
    window.librarian.ask(lambda desk: full(desk, on=False), lambda _: None, window.refuse)
    window.open.flush()
    qtbot.waitUntil(lambda: window.status.saving.startswith("Saved "), timeout=WAIT_MS)
    assert window.notice.text == ""
    window.close()
    assert stored(library, ident) == long


def test_a_library_that_was_moved_away_is_told_until_it_is_back(window: Window, library: Path, qtbot: QtBot) -> None:
    ident = open_titled(window, qtbot, "沙渡")
    away = library.rename(library.with_name("moved.jixiao"))
    type_amount(window, "55")
    qtbot.waitUntil(lambda: "不在原处" in window.notice.text, timeout=WAIT_MS)
    assert window.status.saving == "尚未保存"
    away.rename(library)
    qtbot.waitUntil(lambda: window.status.saving.startswith("已保存"), timeout=WAIT_MS)
    window.close()
    assert stored(library, ident) == "55"


def test_a_fault_of_ours_in_a_save_keeps_the_red_bar_and_is_told_once(
    window: Window, settings: Settings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    faults = Faults(settings.beside("jixiao.log"))
    open_titled(window, qtbot, "沙渡")
    with monkeypatch.context() as broken, qtbot.captureExceptions() as raised:
        broken.setattr(Library, "edit", stumble)
        type_amount(window, "5")
        qtbot.waitUntil(lambda: "没有料到" in window.notice.text, timeout=WAIT_MS)
        assert window.status.saving == "尚未保存"
        assert window.open is not None
        window.open.flush()
        qtbot.waitUntil(lambda: len(raised) == 2, timeout=WAIT_MS)
    for fault in raised:
        faults.take(*fault)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=WAIT_MS)
    message = QApplication.activeModalWidget()
    assert isinstance(message, QMessageBox)
    message.accept()
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None
    assert settings.beside("jixiao.log").read_text(encoding="utf-8").count("ZeroDivisionError") == 2
    qtbot.waitUntil(lambda: window.status.saving.startswith("已保存"), timeout=WAIT_MS)
    assert window.notice.text == ""


@pytest.mark.parametrize("leave", [False, True])
def test_leaving_what_could_not_be_saved_is_for_the_person_to_decide(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, leave: bool
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise SaveFailed("磁盘已满。")

    def answer(question: QMessageBox) -> int:
        default = question.defaultButton()
        other = next(one for one in question.buttons() if one is not default)
        (other if leave else default).click()
        return 0

    open_titled(window, qtbot, "沙渡")
    monkeypatch.setattr(Library, "edit", refuse)
    monkeypatch.setattr(QMessageBox, "exec", answer)
    type_amount(window, "9")
    assert window.close() is leave
    monkeypatch.undo()


def test_five_thousand_changes_are_five_thousand_signals(window: Window, library: Path, qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 aborts the process after some 550 of them.
    ident = open_titled(window, qtbot, "沙渡")
    assert window.open is not None
    heard: list[object] = []
    window.open.bridge.changed.connect(heard.append)
    for number in range(5_000):
        window.open.bridge.do(SetValue(NAME, str(number)), merge="one stay of the caret")
    assert len(heard) == 5_000
    assert window.close()
    assert stored(library, ident, NAME) == "4999"


def begin(window: Window, qtbot: QtBot, template: str) -> str:
    """Begin a new filing from the list of templates; gives its id."""
    forms = window.library.forms
    row = next(row for row in range(forms.count()) if forms.item(row).data(ID_ROLE) == template)
    forms.setCurrentRow(row)
    before = window.open
    qtbot.keyClick(forms, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.open is not None and window.open is not before, timeout=WAIT_MS)
    assert window.open is not None
    return window.open.ident


def ids(path: Path) -> set[str]:
    with Library.open(path) as library:
        return {one.id for one in library.list()}


def test_a_new_filing_is_in_the_library_from_its_first_change_on(window: Window, library: Path, qtbot: QtBot) -> None:
    count = window.library.model.rowCount()
    open_titled(window, qtbot, "沙渡")
    ident = begin(window, qtbot, "gd-quyu-2022")
    assert window.library.filings.current() == ""  # none of those listed is the one that is open
    type_amount(window, "12")
    qtbot.waitUntil(lambda: window.library.model.rowCount() == count + 1, timeout=WAIT_MS)
    assert window.library.filings.current() == ident
    assert window.open is not None
    window.open.bridge.undo()
    assert window.close()
    with Library.open(library) as kept:
        assert kept.filing(ident).values["项目等级"] == "二级项目"
        assert kept.filing(ident).text(AMOUNT) == ""
        assert len(kept.journal(ident)) == 2


@pytest.mark.parametrize("way", ["close", "another", "again"])
def test_a_new_filing_nobody_touched_leaves_nothing_behind(
    window: Window, library: Path, qtbot: QtBot, way: str
) -> None:
    count = window.library.model.rowCount()
    ident = begin(window, qtbot, "gd-quyu-2022")
    window.actions_["check"].trigger()
    window.work.reload()
    qtbot.waitUntil(lambda: window.open is not None and window.open.form.isEnabled(), timeout=WAIT_MS)
    if way == "another":
        open_titled(window, qtbot, "沙渡")
    elif way == "again":
        assert begin(window, qtbot, "gd-quyu-2022") != ident
    assert window.notice.text == ""
    assert window.close()
    assert ident not in ids(library)
    assert len(ids(library)) == count


def test_a_filing_asked_for_before_the_first_paint_is_shown(
    librarian: Librarian, settings: Settings, qtbot: QtBot
) -> None:
    ident = incoming()[1].filing.id
    window = Window(librarian, settings)
    window.work.open(ident)
    qtbot.waitUntil(lambda: window.open is not None, timeout=WAIT_MS)
    window.show()
    qtbot.waitUntil(lambda: window.library.model.rowCount() > 0, timeout=WAIT_MS)
    assert window.open is not None
    assert window.middle.currentWidget() is window.open.form
    window.close()
    window.deleteLater()


def test_a_library_in_use_is_told_in_the_window(make_window: MakeWindow, library: Path, qtbot: QtBot) -> None:
    with Library.open(library):
        window = make_window(library)
        again = window.library.findChild(QPushButton, "library-again")
        assert isinstance(again, QPushButton)
        qtbot.waitUntil(again.isVisible, timeout=WAIT_MS)
        assert window.open is None
    again.click()
    qtbot.waitUntil(lambda: window.library.model.rowCount() > 0, timeout=WAIT_MS)


def test_what_the_library_finds_wrong_with_itself_is_told(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "idle_check", lambda _: ["表 a 的第 1 版已损坏；请用最近的备份恢复。"])
    window.look_over()
    qtbot.waitUntil(lambda: "已损坏" in window.notice.text, timeout=WAIT_MS)
    open_titled(window, qtbot, "沙渡")
    window.look_over()
    type_amount(window, "5")
    qtbot.waitUntil(lambda: window.status.saving.startswith("已保存"), timeout=WAIT_MS)
    assert "已损坏" in window.notice.text  # a save that succeeds puts nothing else right


# --- panes by keyboard


@pytest.mark.parametrize("size", [(1092, 614), (1366, 768)])
def test_f6_goes_round_the_panes_and_back(window: Window, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    open_titled(window, qtbot, "沙渡")
    window.reveal(AMOUNT)
    docks = window.docks
    panes = [docks.problems, docks.preview, docks.library, window.middle, docks.problems]

    def turn(to: QWidget, *keys: Qt.KeyboardModifier) -> None:
        qtbot.keyClick(window, Qt.Key.Key_F6, *keys)
        focused = QApplication.focusWidget()
        assert to.isVisible()
        assert focused is not None
        assert to.isAncestorOf(focused)

    for pane in panes:
        turn(pane)
    for pane in panes[-2::-1]:
        turn(pane, Qt.KeyboardModifier.ShiftModifier)
    docks.problems.close()
    window.reveal(AMOUNT)
    turn(docks.preview)
    assert window.open is not None
    assert window.open.place == AMOUNT


def test_docks_are_closed_and_brought_back_by_keys(window: Window, qtbot: QtBot) -> None:
    window.resize(1092, 614)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    qtbot.waitUntil(lambda: not window.docks.problems.isVisible(), timeout=WAIT_MS)
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_3, control)
    qtbot.waitUntil(window.docks.preview.isVisible, timeout=WAIT_MS)  # before the library, whose tab it shares


# --- check, next, errands


def test_checking_keeps_a_revision_and_shows_the_problems(window: Window, library: Path, qtbot: QtBot) -> None:
    ident = open_titled(window, qtbot, "沙渡")
    type_amount(window, "")
    window.docks.problems.close()
    window.actions_["check"].trigger()
    assert window.docks.problems.isVisible()
    window.close()
    with Library.open(library) as kept:
        assert "check" in [one.reason for one in kept.revisions(ident)]


@pytest.mark.parametrize("name", ["new", "print", "export", "verify"])
def test_every_errand_opens_a_dialog_that_fits_a_small_screen_and_closes_by_escape(
    window: Window, qtbot: QtBot, name: str
) -> None:
    open_titled(window, qtbot, "沙渡")
    window.actions_[name].trigger()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=WAIT_MS)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    assert dialog.width() <= 1092
    assert dialog.height() <= 614
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=WAIT_MS)


def drop(window: Window, *paths: Path) -> bool:
    """Drop files on the window; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(400, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, buttons, keys))
    return enter.isAccepted()


def test_files_dropped_on_the_window_come_in_after_they_were_looked_at(
    make_window: MakeWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(tmp_path / "empty.jixiao")
    assert drop(window, EXAMPLE)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "import_dialog") is not None, timeout=WAIT_MS)
    assert window.library.model.rowCount() == 0
    dialog = window.findChild(QDialog, "import_dialog")
    assert isinstance(dialog, QDialog)
    dialog.accept()
    qtbot.waitUntil(lambda: window.library.model.rowCount() > 0 and window.open is not None, timeout=WAIT_MS)


def test_what_is_no_file_cannot_be_dropped(window: Window) -> None:
    assert not drop(window)


# --- faults


def test_an_unforeseen_fault_is_one_sentence_and_a_log_without_values(qtbot: QtBot, tmp_path: Path) -> None:
    faults = Faults(tmp_path / "log" / "jixiao.log")

    def stumble(secret: str) -> None:
        raise ValueError(secret)

    for _ in range(2):
        try:
            stumble("机密内容")
        except ValueError as error:
            faults.take(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=WAIT_MS)
    message = QApplication.activeModalWidget()
    assert isinstance(message, QMessageBox)
    assert str(tmp_path) in message.text()
    message.accept()
    log = (tmp_path / "log" / "jixiao.log").read_text(encoding="utf-8")
    assert log.count("stumble") == 2
    assert "ValueError" in log
    assert "机密内容" not in log
