"""Light and dark can be read, icons follow the colour of text, and the shipped font stands in for a missing one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from desktop import theme
from forms.files import resource
from forms.problem import Severity

OUTLINE = 1.5
READABLE = 4.5  # contrast of text, WCAG 2.1 AA


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.1, from 1 to 21."""

    def channel(value: float) -> float:
        return float(value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4)

    def luminance(colour: QColor) -> float:
        red, green, blue = (channel(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_text_can_be_read_on_its_ground(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    assert theme.is_dark() is (name != "light")
    palette = qapp.palette()
    for text, ground in (
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
        (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
        (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
        (QPalette.ColorRole.Link, QPalette.ColorRole.Base),
    ):
        assert contrast(palette.color(text), palette.color(ground)) >= READABLE
    for meaning in ("error", "warning", "hint", "good"):
        assert contrast(theme.colour(meaning), theme.colour(f"{meaning}_ground")) >= READABLE
        assert contrast(theme.colour(meaning), palette.color(QPalette.ColorRole.Base)) >= READABLE
    assert contrast(theme.colour("muted"), palette.color(QPalette.ColorRole.Base)) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_an_empty_tick_box_is_seen_on_its_ground(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    theme.apply(qapp, name)
    box = QCheckBox()
    qtbot.addWidget(box)
    image, ground = box.grab().toImage(), qapp.palette().color(QPalette.ColorRole.Window)
    drawn = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    assert max(contrast(colour, ground) for colour in drawn) >= OUTLINE


def test_every_severity_has_a_colour(qapp: QApplication) -> None:
    assert len({theme.colour(one).name() for one in Severity}) == len(Severity)


def test_icons_are_drawn_in_the_colour_of_text(qapp: QApplication) -> None:
    for name in ("light", "dark"):
        theme.apply(qapp, name)
        image = theme.icon("printer").pixmap(24, 24).toImage()
        drawn = {
            image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 250
        }
        assert qapp.palette().color(QPalette.ColorRole.WindowText).name() in drawn


def test_every_icon_that_is_shipped_can_be_drawn(qapp: QApplication) -> None:
    for path in resource("icons").glob("*.svg"):
        assert "currentColor" in path.read_text(encoding="utf-8")
        assert not theme.icon(path.stem).pixmap(16, 16).isNull()


def test_the_size_of_text_is_a_share_of_the_usual_one(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 100)
    usual = qapp.font().pointSizeF()
    theme.apply(qapp, "light", 150)
    assert qapp.font().pointSizeF() == pytest.approx(usual * 1.5)


def test_the_shipped_font_stands_in_where_the_system_has_no_chinese(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "_shipped", [])
    monkeypatch.setattr(QFontDatabase, "families", lambda *_: [])
    assert theme.font().families()[0].casefold().startswith("jixiao")
