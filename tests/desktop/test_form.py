"""The form on the screen, by real keys: where things stand, what is typed, what is said and when."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop import look, theme
from desktop.bridge import Bridge
from desktop.dialogs.calendar import CalendarDialog
from desktop.editor.fields import ChoiceEditor, DateEditor, LineEditor, TextEditor, TickEditor
from desktop.editor.filing_form import FormView
from desktop.editor.sheet import SheetView
from forms.draft import Draft
from forms.filing import Filing, Membership, Place, Row, TemplateRef
from forms.template.load import load
from forms.template.model import Blank, Template
from forms.templates import Templates
from tests.desktop.conftest import WAIT_MS, children, compose
from tests.desktop.open_forms import empty, opened

FIXTURES = Path(__file__).parents[1] / "fixtures" / "templates"

SMALL = """
语法: 1
编号: proof
模板: 校样表
版本: "1"
标题: "{年度}年校样表"
单位: 万元
抬头: {左: "填报单位：[填报单位]", 右: 单位：万元}
字段:
  年度: 年度*
  填报单位: 文本
  名称: 文本*
  类型: [甲类, 乙类]
  属性: 选项*(新增, 延续)
  总额: 金额 = 财政 + 其他
  财政: 金额*
  其他: 金额
  比例: 百分比
  起始: 日期
  代码: 编码
  目标: 长文*200
列宽: [10, 20, 10, 20]
版式: |
  年度 | [年度]年 | 名称 | [名称]
  类型 | [类型] | 属性 | [属性□]
  总额 | [总额] | 资金 | 财政[财政]万元，其他[其他]万元
  比例 | [比例] | 起始 | [起始]
  代码 | [代码] | < | <
  目标 | [目标]
注: [一条注。]
落款: 填报人：[填报人] | 日期：[日期]
规则:
  财政为正: 财政 > 0 | 财政应大于零，现为 {左}。
""".replace("  目标: 长文*200\n", "  目标: 长文*200\n  填报人: 文本\n  日期: 日期\n")


def bridge_of(template: Template, **values: str) -> Bridge:
    filing = Filing("f", TemplateRef(template.id, template.version, template.digest), values=values)
    return Bridge(Draft(filing), template)


def shown(bridge: Bridge, qtbot: QtBot, size: tuple[int, int] = (800, 700)) -> FormView:
    form = FormView(bridge)
    qtbot.addWidget(form)
    form.resize(*size)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow, timeout=WAIT_MS)
    QApplication.processEvents()
    return form


@pytest.fixture(scope="module")
def template() -> Template:
    return load(SMALL)


@pytest.fixture
def bridge(template: Template) -> Bridge:
    return bridge_of(template)


@pytest.fixture
def form(bridge: Bridge, qtbot: QtBot) -> FormView:
    return shown(bridge, qtbot)


def editor(form: FormView, field: str) -> QWidget:
    found = form.findChild(QWidget, f"field:{field}")
    assert isinstance(found, QWidget)
    return found


def go(form: FormView, field: str) -> QWidget:
    form.reveal(Place(field=field))
    found = QApplication.focusWidget()
    assert found is editor(form, field)
    return found


def said(form: FormView) -> list[str]:
    """What is said under the blanks now."""
    return [label.text() for label in children(form, QLabel) if label.objectName() == "problem" and label.isVisible()]


def text_of(bridge: Bridge, field: str) -> str:
    return bridge.filing.text(Place(field=field))


def every_template() -> list[Template]:
    fixtures = [load(path.read_text(encoding="utf-8")) for path in sorted(FIXTURES.glob("*.yaml"))]
    return [*Templates.shipped(), *fixtures]


# --- where things stand


@pytest.mark.parametrize("one", every_template(), ids=lambda one: one.id)
def test_every_form_is_drawn_with_its_words_and_one_editor_for_each_field(one: Template, qtbot: QtBot) -> None:
    form = shown(bridge_of(one), qtbot)
    sheets = children(form, SheetView)
    drawn = {words for sheet in sheets for words in sheet.words}
    cells = [cell for sheet in one.sheets for cell in sheet.cells]
    heads = {(number, row) for number, sheet in enumerate(one.sheets) for block in sheet.blocks for row in block.heads}
    outside = [
        cell.words
        for number, sheet in enumerate(one.sheets)
        for cell in sheet.cells
        if cell.is_label and (number, cell.row) not in heads
    ]
    assert len(sheets) == len(one.sheets)
    assert set(outside) <= drawn
    blanks = {part.field for cell in cells for part in cell.parts if isinstance(part, Blank) and not part.tick}
    places = [place.field for sheet in sheets for box in sheet.boxes for place in box.places]
    assert blanks <= set(places)
    ticked = {part.field for cell in cells for part in cell.parts if isinstance(part, Blank) and part.tick}
    assert {name for name in places if places.count(name) > 1} <= ticked


@pytest.mark.parametrize("width", [640, 900, 1400])
def test_cells_share_the_width_as_drawn_and_none_covers_another(width: int, bridge: Bridge, qtbot: QtBot) -> None:
    form = shown(bridge, qtbot, (width, 700))
    (sheet,) = children(form, SheetView)
    rects = [widget.geometry() for widget in children(sheet, QWidget) if widget.parentWidget() is sheet]
    assert not [(one, other) for one in rects for other in rects if one is not other and one.intersects(other)]
    assert all(sheet.rect().contains(rect) for rect in rects)
    year, name = editor(form, "年度"), editor(form, "名称")
    assert year.mapTo(sheet, QPoint()).x() < name.mapTo(sheet, QPoint()).x()
    assert abs(year.mapTo(sheet, QPoint()).y() - name.mapTo(sheet, QPoint()).y()) < 2 * year.height()


def test_a_wide_form_scrolls_sideways_and_is_never_squeezed(qtbot: QtBot) -> None:
    form = shown(empty("gd-qingdan-2022"), qtbot, (400, 400))
    assert form.horizontalScrollBar().maximum() > 0
    assert form.widget().width() > 400


def test_the_title_shows_what_a_cell_lets_be_typed(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    assert len([one for one in children(form, QComboBox) if one.objectName() == "field:年度"]) == 1
    qtbot.keyClicks(go(form, "年度"), "2027")
    assert "2027" in {label.text() for label in children(form, QLabel)}


def test_a_filing_of_a_set_has_its_number_in_the_title(qtbot: QtBot) -> None:
    bridge = empty()
    template = bridge.template
    filing = Filing("f", TemplateRef(template.id, template.version, template.digest), set=Membership("s", "12"))
    form = shown(Bridge(Draft(filing), template), qtbot)
    assert "12、" in {label.text() for label in children(form, QLabel)}


def test_each_kind_has_its_editor(form: FormView) -> None:
    kinds = {
        name: type(editor(form, name)) for name in ("年度", "名称", "类型", "财政", "比例", "起始", "代码", "目标")
    }
    assert kinds == {
        "年度": ChoiceEditor, "名称": TextEditor, "类型": ChoiceEditor, "财政": LineEditor, "比例": LineEditor,
        "起始": DateEditor, "代码": LineEditor, "目标": TextEditor,
    }  # fmt: skip
    assert len(children(form, TickEditor)) == 2


def test_a_long_text_grows_with_what_is_typed_and_with_a_narrow_window(form: FormView, qtbot: QtBot) -> None:
    goal = go(form, "目标")
    assert isinstance(goal, QPlainTextEdit)
    before = goal.height()
    compose(goal, commit="县里十七处水源地全部完成监测与评估，" * 30)
    qtbot.waitUntil(lambda: goal.height() > 2 * before, timeout=WAIT_MS)
    for width in (1200, 660):
        form.resize(width, 500)
        qtbot.waitUntil(lambda: goal.verticalScrollBar().maximum() == 0, timeout=WAIT_MS)

    def in_sight() -> bool:
        at = goal.viewport().mapTo(form.viewport(), goal.cursorRect().center())
        return form.viewport().rect().contains(at)

    qtbot.waitUntil(in_sight, timeout=WAIT_MS)


# --- what is typed


def test_every_letter_is_in_the_filing_and_one_stay_is_one_step_of_undo(
    form: FormView, bridge: Bridge, qtbot: QtBot
) -> None:
    amount = go(form, "财政")
    qtbot.keyClicks(amount, "12")
    assert text_of(bridge, "财政") == "12"
    qtbot.keyClicks(amount, ".5")
    assert text_of(bridge, "财政") == "12.5"
    go(form, "其他")
    qtbot.keyClicks(go(form, "财政"), "0")
    bridge.undo()
    assert text_of(bridge, "财政") == "12.5"
    bridge.undo()
    assert text_of(bridge, "财政") == ""
    assert isinstance(amount, QLineEdit)
    assert amount.text() == ""


@pytest.mark.parametrize("field", ["名称", "目标", "财政", "类型", "代码"])
def test_what_an_input_method_composes_enters_only_when_it_is_meant(
    field: str, form: FormView, bridge: Bridge, qtbot: QtBot
) -> None:
    where = go(form, field)
    told: list[object] = []
    bridge.changed.connect(told.append)
    compose(where, "s", "sh", "shui", commit="")
    assert told == []
    compose(where, "shui yuan", commit="水源地１２．５")
    assert text_of(bridge, field) == "水源地１２．５"
    assert len(told) == 1


def test_text_is_kept_as_it_was_typed(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    compose(go(form, "目标"), commit="甲\u00a0乙　丙 㐂")
    assert text_of(bridge, "目标") == "甲\u00a0乙　丙 㐂"


def test_enter_goes_on_and_makes_a_paragraph_where_there_are_paragraphs(
    form: FormView, bridge: Bridge, qtbot: QtBot
) -> None:
    qtbot.keyClicks(go(form, "财政"), "1")
    qtbot.keyClick(editor(form, "财政"), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is editor(form, "其他")
    goal = go(form, "目标")
    qtbot.keyClicks(goal, "a")
    qtbot.keyClick(goal, Qt.Key.Key_Return)
    qtbot.keyClicks(goal, "b")
    assert text_of(bridge, "目标") == "a\nb"
    name = go(form, "名称")
    qtbot.keyClicks(name, "a")
    qtbot.keyClick(name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(name, "b")
    assert text_of(bridge, "名称") == "a\nb"
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is not name


def test_tab_goes_through_the_blanks_in_the_order_of_the_form(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    form.setFocus()
    seen = []
    for _ in range(16):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.objectName().removeprefix("field:"))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    order = ["填报单位", "年度", "名称", "类型", "tick:属性:新增", "tick:属性:延续", "总额", "财政", "其他", "比例"]
    assert seen == [*order, "起始", "代码", "目标", "填报人", "日期", "填报单位"]


def test_a_box_is_ticked_by_the_space_bar_and_by_the_mouse(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    new, old = children(form, TickEditor)
    new.setFocus()
    qtbot.keyClick(new, Qt.Key.Key_Space)
    assert text_of(bridge, "属性") == "新增"
    qtbot.mouseClick(old, Qt.MouseButton.LeftButton, pos=QPoint(8, old.height() // 2))
    assert text_of(bridge, "属性") == "延续"
    assert not new.isChecked()
    bridge.undo()
    assert new.isChecked()


def test_a_choice_is_picked_from_its_list_or_typed(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    kind = go(form, "类型")
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    assert text_of(bridge, "类型") == "甲类"
    qtbot.keyClick(kind, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    compose(kind, commit="丙类")
    assert text_of(bridge, "类型") == "丙类"


def test_a_date_is_typed_or_picked_on_the_calendar(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    begin = go(form, "起始")
    compose(begin, commit="2027-3-5")
    assert text_of(bridge, "起始") == "2027-3-5"
    qtbot.keyClick(begin, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: form.findChild(QDialog, "calendar_dialog") is not None, timeout=WAIT_MS)
    dialog = form.findChild(QDialog, "calendar_dialog")
    assert isinstance(dialog, CalendarDialog)
    assert dialog.calendar.selectedDate().toString("yyyyMMdd") == "20270305"
    qtbot.keyClick(dialog.calendar.focusWidget() or dialog.calendar, Qt.Key.Key_Right)
    accept = dialog.findChild(QPushButton, "accept")
    assert isinstance(accept, QPushButton)
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert text_of(bridge, "起始") == "2027年3月6日"


def test_the_wheel_never_changes_a_value(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    kind = go(form, "类型")
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    where = QPointF(kind.rect().center())
    for delta in (120, -120, -120):
        none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        at = QPointF(kind.mapToGlobal(where.toPoint()))
        turn = QWheelEvent(where, at, QPoint(), QPoint(0, delta), none, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(kind, turn)
    assert text_of(bridge, "类型") == "甲类"


def test_what_is_computed_follows_and_cannot_be_typed(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    total = editor(form, "总额")
    assert isinstance(total, QLineEdit)
    assert total.isReadOnly()
    qtbot.keyClicks(go(form, "财政"), "30")
    qtbot.keyClicks(go(form, "其他"), "12.5")
    assert total.text() == "42.5"
    qtbot.keyClicks(go(form, "总额"), "7")
    assert total.text() == "42.5"


def test_pointing_at_a_computed_value_tells_how_it_was_made(form: FormView, qtbot: QtBot) -> None:
    qtbot.keyClicks(go(form, "财政"), "30")
    total = editor(form, "总额")
    QApplication.sendEvent(total, QHelpEvent(QEvent.Type.ToolTip, QPoint(3, 3), total.mapToGlobal(QPoint(3, 3))))
    assert "财政（30） + 其他（空）" in total.toolTip()


def test_ctrl_z_in_a_blank_is_the_undo_of_the_filing(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    for field in ("财政", "名称", "类型"):
        where = go(form, field)
        qtbot.keyClicks(where, "77")
        qtbot.keyClick(where, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert text_of(bridge, field) == ""
        qtbot.keyClick(where, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
        assert text_of(bridge, field) == "77"


def test_a_click_beside_the_blank_goes_into_it(form: FormView, qtbot: QtBot) -> None:
    box = editor(form, "财政").parentWidget()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert QApplication.focusWidget() is editor(form, "财政")


# --- what is said, and when


def test_what_is_missing_is_said_after_the_blank_was_left(form: FormView, qtbot: QtBot) -> None:
    name = go(form, "名称")
    assert said(form) == []
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    assert said(form) == ["“名称”必须填写。"]
    compose(go(form, "名称"), commit="水")
    assert said(form) == []


def test_after_a_check_everything_missing_is_said(form: FormView) -> None:
    form.show_missing(True)
    assert len(said(form)) == 5
    assert sum("属性" in one for one in said(form)) == 1


def test_what_is_wrong_is_said_after_a_pause_and_no_longer_said_at_once(
    form: FormView, bridge: Bridge, qtbot: QtBot
) -> None:
    amount = go(form, "财政")
    qtbot.keyClicks(amount, "12")
    qtbot.keyClicks(amount, "a")
    assert said(form) == []
    qtbot.waitUntil(lambda: len(said(form)) == 1, timeout=WAIT_MS)
    assert "12a" in said(form)[0]
    assert "12a" in amount.accessibleDescription()
    qtbot.keyClick(amount, Qt.Key.Key_Backspace)
    assert said(form) == []


def test_what_is_wrong_is_said_at_once_on_leaving(form: FormView, qtbot: QtBot) -> None:
    qtbot.keyClicks(go(form, "财政"), "12a")
    go(form, "其他")
    assert len(said(form)) == 1


def test_nothing_is_said_while_an_input_method_composes(form: FormView, qtbot: QtBot) -> None:
    amount = go(form, "财政")
    form.show_missing(True)
    before = said(form)
    compose(amount, "yi", "yi b", commit="")
    assert said(form) == before


def test_a_wrong_amount_is_put_right_by_its_button(form: FormView, bridge: Bridge, qtbot: QtBot) -> None:
    qtbot.keyClicks(go(form, "财政"), "3")
    compose(editor(form, "财政"), commit="亿元")
    go(form, "其他")
    fix = next(one for one in children(form, QPushButton) if one.objectName() == "fix" and one.isVisible())
    assert fix.width() < editor(form, "财政").parentWidget().width()
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert text_of(bridge, "财政") == "30000"
    assert said(form) == []
    bridge.undo()
    assert text_of(bridge, "财政") == "3亿元"


def test_what_is_said_is_never_read_as_markup(form: FormView, qtbot: QtBot) -> None:
    compose(go(form, "财政"), commit="<b>十</b>")
    go(form, "其他")
    assert "<b>十</b>" in said(form)[0]
    labels = [one for one in children(form, QLabel) if one.objectName() == "problem"]
    assert {one.textFormat() for one in labels} == {Qt.TextFormat.PlainText}


def test_every_blank_has_a_name_for_those_who_cannot_see_it(form: FormView) -> None:
    editors = [one for one in children(form, QWidget) if one.objectName().startswith(("field:", "tick:"))]
    assert len(editors) == 15
    assert all(one.accessibleName() for one in editors)


def test_sentences_follow_the_language(form: FormView, qtbot: QtBot) -> None:
    form.show_missing(True)
    chinese = said(form)
    look.speak("en")
    form.retranslate()
    assert len(said(form)) == len(chinese)
    assert not set(said(form)) & set(chinese)


def test_colours_follow_the_theme(form: FormView, qapp: QApplication, qtbot: QtBot) -> None:
    form.show_missing(True)
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    label = next(one for one in children(form, QLabel) if one.objectName() == "problem")
    assert label.palette().color(label.foregroundRole()) == theme.colour("error")


# --- going to a place


def test_f8_goes_through_fields_and_rows_in_the_order_of_the_form(qtbot: QtBot) -> None:
    template = next(one for one in Templates.shipped() if one.id == "zj-zhengti-2020")
    rows = (Row("r1", {"名称": "一项任务"}), Row("r2", {"名称": "又一项", "拟投入的资金": "很多"}))
    filing = Filing("f", TemplateRef(template.id, template.version, template.digest), tables={"重点任务": rows})
    form = shown(Bridge(Draft(filing), template), qtbot)
    order = list(form.places())
    seen: list[Place] = []
    place = form.next_gap(None)
    while place is not None and place not in seen:
        seen.append(place)
        place = form.next_gap(place)
    assert place == seen[0]
    assert [order.index(one) for one in seen] == sorted(order.index(one) for one in seen)
    assert {"部门名称", "部门预算金额"} <= {one.field for one in seen}
    assert Place(table="重点任务", row="r2", column="拟投入的资金") in seen


def test_a_place_is_shown_and_its_characters_marked(qtbot: QtBot) -> None:
    form = shown(opened("沙渡市"), qtbot, (700, 260))
    form.reveal(Place(field="总体目标"), (2, 6))
    goal = QApplication.focusWidget()
    assert isinstance(goal, QPlainTextEdit)
    assert goal.textCursor().selectedText() == goal.toPlainText()[2:6]
    assert form.viewport().rect().intersects(goal.rect().translated(goal.mapTo(form.viewport(), QPoint())))


def test_the_place_of_the_caret_is_told(form: FormView, qtbot: QtBot) -> None:
    told: list[Place] = []
    form.focused.connect(told.append)
    go(form, "财政")
    box = next(one for one in children(form, QCheckBox) if one.objectName() == "tick:属性:延续")
    box.setFocus()
    assert told[-2:] == [Place(field="财政"), Place(field="属性")]


def test_the_row_at_work_in_a_tree_stays_in_sight(qtbot: QtBot) -> None:
    form = shown(empty(), qtbot, (760, 420))
    (sheet,) = children(form, SheetView)
    tree = next(iter(sheet.blocks))
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    for number in range(12):
        where = QApplication.focusWidget()
        assert where is not None
        compose(where, commit=f"指标{number}")
        qtbot.keyClick(where, Qt.Key.Key_Return)
        focused = QApplication.focusWidget()
        assert focused is not None

        def in_sight(widget: QWidget = focused) -> bool:
            spot = widget.rect().translated(widget.mapTo(form.viewport(), QPoint()))
            return form.viewport().rect().contains(spot)

        qtbot.waitUntil(in_sight, timeout=WAIT_MS)


def test_what_was_wrong_when_the_form_was_opened_is_marked_from_the_start(template: Template, qtbot: QtBot) -> None:
    form = shown(bridge_of(template, 财政="1.2万"), qtbot)
    assert [one for one in said(form) if "1.2万" in one]
    assert not [one for one in said(form) if "必须填写" in one]


def test_a_filing_outside_a_set_has_no_mark_where_its_number_would_be(qtbot: QtBot) -> None:
    form = shown(empty(), qtbot)
    drawn = [label.text() for label in children(form, QLabel) if label.isVisible()]
    assert not [text for text in drawn if text.startswith("、")]
