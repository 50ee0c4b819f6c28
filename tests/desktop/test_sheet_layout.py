"""Cells on the screen in numbers: columns share a width, rows are as high as their cells, words and blanks flow."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.editor.flow import GAP, Item, place
from desktop.editor.sheet_layout import Placed, columns, rows, spot


def cell(row: int, col: int, rows: int, cols: int, height: int) -> Placed:
    return Placed(row, col, rows, cols, lambda _: height)


@given(st.lists(st.floats(1, 40), min_size=1, max_size=15), st.integers(100, 2_000))
def test_columns_fill_the_width_in_the_order_of_their_weights(weights: list[float], width: int) -> None:
    edges = columns(weights, width)
    assert edges[0] == 0
    assert edges[-1] == width
    assert len(edges) == len(weights) + 1
    assert all(left <= right for left, right in pairwise(edges))
    for (left, right), weight in zip(pairwise(edges), weights, strict=True):
        assert abs((right - left) - width * weight / sum(weights)) <= 1


def test_a_row_is_as_high_as_its_highest_cell_and_never_lower_than_the_least() -> None:
    assert rows([cell(0, 0, 1, 1, 50), cell(0, 1, 1, 1, 10), cell(1, 0, 1, 2, 5)], [0, 100, 200], 20) == [0, 51, 71]


def test_what_a_merged_cell_lacks_goes_to_its_last_row() -> None:
    cells = [cell(0, 0, 3, 1, 200), *(cell(row, 1, 1, 1, 30) for row in range(3))]
    assert rows(cells, [0, 50, 200], 20) == [0, 31, 62, 201]


def test_a_merged_cell_that_has_room_makes_nothing_higher() -> None:
    cells = [cell(0, 0, 2, 1, 40), cell(0, 1, 1, 1, 30), cell(1, 1, 1, 1, 30)]
    assert rows(cells, [0, 50, 200], 20)[-1] == 62


@given(st.lists(st.integers(0, 90), min_size=9, max_size=9), st.integers(90, 900))
def test_no_cell_covers_another(heights: list[int], width: int) -> None:
    cells = [cell(number // 3, number % 3, 1, 1, height) for number, height in enumerate(heights)]
    across = columns([1, 2, 3], width)
    down = rows(cells, across, 12)
    rects = [spot(one, across, down) for one in cells]
    assert not [(one, other) for one in rects for other in rects if one is not other and one.intersects(other)]
    assert all(rect.height() >= height for rect, height in zip(rects, heights, strict=True))


def item(qtbot: QtBot, width: int, *, grows: bool = False, alone: bool = False) -> Item:
    widget = QWidget()
    qtbot.addWidget(widget)
    return Item(widget, lambda: width, lambda _: 20, grows, alone)


def test_words_and_blanks_stand_in_a_line_and_what_is_left_goes_to_the_blanks(qtbot: QtBot) -> None:
    words, blank, unit = item(qtbot, 60), item(qtbot, 80, grows=True), item(qtbot, 40)
    assert place([words, blank, unit], QRect(0, 0, 300, 0)) == 20
    assert [one.widget.geometry().x() for one in (words, blank, unit)] == [0, 60 + GAP, 300 - 40]
    assert unit.widget.geometry().right() == 299


def test_what_does_not_fit_goes_to_the_next_line_and_a_long_text_has_its_own(qtbot: QtBot) -> None:
    items = [item(qtbot, 60), item(qtbot, 80), item(qtbot, 30, grows=True, alone=True), item(qtbot, 20)]
    assert place(items, QRect(10, 5, 120, 0)) == 4 * 20 + 3 * GAP
    assert [one.widget.geometry().y() for one in items] == [5, 27, 49, 71]
    assert items[2].widget.geometry().width() == 120


def test_a_title_stands_in_the_middle(qtbot: QtBot) -> None:
    one, two = item(qtbot, 50), item(qtbot, 48)
    place([one, two], QRect(0, 0, 200, 0), 0.5)
    assert (one.widget.x(), two.widget.geometry().right()) == (50, 149)


def test_nothing_is_wider_than_its_cell(qtbot: QtBot) -> None:
    wide = item(qtbot, 500, grows=True)
    place([wide], QRect(0, 0, 90, 0))
    assert wide.widget.width() == 90


def test_asking_for_the_height_moves_nothing(qtbot: QtBot) -> None:
    one = item(qtbot, 50)
    before = one.widget.geometry()
    assert place([one], QRect(30, 30, 90, 0), move=False) == 20
    assert one.widget.geometry() == before
