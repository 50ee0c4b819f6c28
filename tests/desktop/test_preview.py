"""The preview: the real PDF, made after a pause, drawn only where it is seen, never a stale one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.jobs import Jobs
from desktop.pagelist import PageList
from desktop.paper import Document, spots
from desktop.preview import Preview
from desktop.still import Still
from forms import desk
from forms.commands import SetValue
from forms.filing import Place
from forms.problem import Severity
from tests.desktop.open_forms import empty, opened
from tests.desktop.parts import part, press, said

LONG = Place(field="实施内容")


@pytest.fixture
def preview(jobs: Jobs, qtbot: QtBot) -> Iterator[Preview]:
    made = Preview(jobs)
    qtbot.addWidget(made)
    made.resize(460, 620)
    made.show()
    with qtbot.waitExposed(made):
        pass
    yield made
    made.show_bridge(None)


def show(preview: Preview, bridge: Bridge, qtbot: QtBot) -> None:
    preview.show_bridge(bridge)
    qtbot.waitUntil(lambda: preview.pages.pages > 0)


def long_form(qtbot: QtBot) -> Bridge:
    bridge = opened("青澜市")
    bridge.do(SetValue(LONG, "\n".join(f"第{number}项工作。" for number in range(150))))
    return bridge


def ink(image: QImage, area: QRectF) -> int:
    """How many pixels of an area (in points) are dark."""
    box = area.toRect()
    dark = (QColor(image.pixel(x, y)).lightness() < 128 for x in range(box.left(), box.right())
            for y in range(box.top(), box.bottom()))  # fmt: skip
    return sum(dark)


def test_a_page_is_drawn_as_the_pdf_says(qtbot: QtBot) -> None:
    still = Still(opened("青澜市").review)
    document = Document(desk.pdf(still))
    assert len(document.sizes) == 1
    image = document.image(0, 1.0)
    assert (image.width(), image.height()) == (596, 842)
    place = spots(still)[LONG]
    assert place[0] == 0
    assert ink(image, place[1]) > 300
    assert ink(image, QRectF(5, 5, 40, 40)) == 0
    document.close()
    assert ink(image, place[1]) > 300  # the picture owns its memory


def test_grey_pages_for_the_printer_take_a_byte_a_pixel(qtbot: QtBot) -> None:
    document = Document(desk.pdf(Still(opened("青澜市").review)))
    image = document.image(0, 2.0, grey=True)
    assert image.format() is QImage.Format.Format_Grayscale8
    assert ink(image, QRectF(100, 100, 900, 1000)) > 1000
    document.close()


def test_every_filled_place_has_a_spot_and_the_blank_wins_over_the_title(qtbot: QtBot) -> None:
    bridge = opened("青澜市")
    found = spots(Still(bridge.review))
    assert {place.field for place in found} >= set(bridge.filing.values)
    assert {place.indicator for place in found if place.indicator} == {one.id for one in bridge.filing.indicators}


def test_a_still_stays_as_it_was(qtbot: QtBot) -> None:
    bridge = opened("白渚市")
    still = Still(bridge.review)
    before = desk.pdf(still)
    bridge.do(SetValue(Place(field="资金需求"), "180"))
    assert bridge.review.exportable
    assert not still.exportable
    assert [one.rule for one in still.problems if one.severity is Severity.ERROR] == ["R-MONEY-FMT"]
    assert set(still.verdicts) == {rule.name for rule in bridge.template.rules}
    assert desk.pdf(still) == before != desk.pdf(bridge.review)


def test_the_pages_come_by_themselves_and_follow_a_change(preview: Preview, qtbot: QtBot) -> None:
    bridge = opened("青澜市")
    show(preview, bridge, qtbot)
    assert preview.pages.pages == 1
    bridge.do(SetValue(LONG, "\n".join("工作" for _ in range(150))))
    qtbot.waitUntil(lambda: preview.pages.pages > 2)
    assert said(preview, "page_number") == f"第 1/{preview.pages.pages} 页"


def test_many_keys_make_one_job(preview: Preview, jobs: Jobs, qtbot: QtBot) -> None:
    bridge = opened("青澜市")
    show(preview, bridge, qtbot)
    begun: list[object] = []
    jobs.started.connect(begun.append)
    for number in range(1, 150):
        bridge.do(SetValue(LONG, "\n".join("工作" for _ in range(number))), merge="stay")
    qtbot.waitUntil(lambda: preview.pages.pages > 2)
    assert len(begun) == 1


def test_a_result_for_a_filing_left_behind_is_dropped(preview: Preview, qtbot: QtBot) -> None:
    preview.show_bridge(long_form(qtbot))
    other = opened("望溪市")
    preview.show_bridge(other)
    qtbot.waitUntil(lambda: preview.pages.pages > 0)
    assert preview.pages.pages == 1
    preview.show_bridge(None)
    assert preview.pages.pages == 0
    assert part(preview, QLabel, "preview_words").isVisible()
    assert said(preview, "preview_words")


def test_only_pages_that_are_seen_are_drawn(preview: Preview, qtbot: QtBot) -> None:
    show(preview, long_form(qtbot), qtbot)
    qtbot.waitUntil(lambda: preview.pages.drawn == (0,))
    QTest.keyClick(preview.pages, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: preview.pages.pages - 1 in preview.pages.drawn)
    assert 0 not in preview.pages.drawn
    assert said(preview, "page_number") == f"第 {preview.pages.pages}/{preview.pages.pages} 页"


def test_it_follows_the_field_in_focus_to_its_page(preview: Preview, qtbot: QtBot) -> None:
    bridge = long_form(qtbot)
    show(preview, bridge, qtbot)
    last = bridge.filing.indicators[-1]
    preview.follow(Place(indicator=last.id))
    assert preview.pages.verticalScrollBar().value() > preview.pages.viewport().height()
    preview.follow(Place(field="项目名称"))
    assert preview.pages.verticalScrollBar().value() < 200


def test_following_a_place_that_is_not_on_paper_does_nothing(preview: Preview, qtbot: QtBot) -> None:
    show(preview, opened("青澜市"), qtbot)
    preview.follow(Place(field="没有这一栏"))
    assert preview.pages.verticalScrollBar().value() == 0


def test_the_width_fits_until_a_size_is_chosen(preview: Preview, qtbot: QtBot) -> None:
    show(preview, opened("青澜市"), qtbot)
    narrow = preview.pages.zoom
    preview.resize(700, 620)
    qtbot.waitUntil(lambda: preview.pages.zoom > narrow)
    press(preview, "preview_actual")
    assert preview.pages.zoom == pytest.approx(96 / 72)
    press(preview, "preview_in")
    assert preview.pages.zoom == pytest.approx(96 / 72 * 1.2)
    press(preview, "preview_out")
    press(preview, "preview_fit")
    assert preview.pages.fitting
    assert preview.pages.horizontalScrollBar().maximum() == 0


def test_a_character_no_font_has_is_named_in_place_of_the_pages(preview: Preview, qtbot: QtBot) -> None:
    bridge = opened("青澜市")
    show(preview, bridge, qtbot)
    bridge.do(SetValue(LONG, "张\U0003106c"))
    qtbot.waitUntil(lambda: part(preview, QLabel, "preview_words").isVisible())
    assert "\U0003106c" in said(preview, "preview_words")
    assert part(preview, QLabel, "preview_words").textFormat() == Qt.TextFormat.PlainText
    bridge.undo()
    qtbot.waitUntil(lambda: preview.pages.pages == 1)
    assert preview.pages.isVisible()


def test_nothing_is_made_while_nobody_sees_it(preview: Preview, jobs: Jobs, qtbot: QtBot) -> None:
    preview.hide()
    begun: list[object] = []
    jobs.started.connect(begun.append)
    preview.show_bridge(empty())
    assert begun == []
    preview.show()
    qtbot.waitUntil(lambda: preview.pages.pages > 0)
    assert len(begun) == 1


def test_the_language_is_switched_at_once(preview: Preview) -> None:
    preview.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert preview.pages.accessibleName() == "打印预览"


def test_the_picture_is_as_sharp_as_the_screen(qtbot: QtBot) -> None:
    pages = PageList()
    qtbot.addWidget(pages)
    pages.resize(500, 700)
    pages.show_document(Document(desk.pdf(Still(empty().review))))
    picture = pages._picture(0)
    assert picture.devicePixelRatio() == pages.devicePixelRatioF()
    assert picture.width() == pytest.approx(596 * pages.zoom * pages.devicePixelRatioF(), abs=2)
    pages.show_document(None)
