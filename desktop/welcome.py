"""What stands in the middle while no filing is open: how to begin, in one look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from forms.language import N_, sentence

if TYPE_CHECKING:  # the core is loaded after the first paint
    from forms.profile import Profile

_WIDTH = 440
_HOW_TO_BEGIN = N_("在左边双击一份表继续填写；也可以把 Word、Excel 文件或申报包拖到这里。填写的内容会自动保存。")

_FILLED_IN_FOR = N_("新填的表自动写上“{unit}”。")
_WRITTEN_ONCE = N_("单位名称、区划、填报人和电话写一次，新填的表会自动带上。")


class Welcome(QWidget):
    """A greeting with the ways to begin; the window connects the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._heading = QLabel(self)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setFixedWidth(_WIDTH)
        self.new = QPushButton(self)
        self.new.setObjectName("welcome-new")
        self.load = QPushButton(self)
        self.load.setObjectName("welcome-import")
        self.unit = QPushButton(self)
        self.unit.setObjectName("welcome-unit")
        self.practice = QPushButton(self)
        self.practice.setObjectName("welcome-practice")
        self._for = QLabel(self)
        self._for.setObjectName("welcome-for")
        self._for.setTextFormat(Qt.TextFormat.PlainText)
        self._units: tuple[Profile, ...] = ()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (self._heading, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        for button in (self.new, self.load, self.unit, self.practice):
            button.setMinimumWidth(220)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._for, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.retranslate()

    def know(self, units: tuple[Profile, ...]) -> None:
        """Tell which unit new forms are filled in for; the first of `units` is the one used last."""
        self._units = units
        self._tell_unit()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self._heading.setText(sentence(N_("绩效填报")))
        self._words.setText(sentence(_HOW_TO_BEGIN))
        self.new.setText(sentence(N_("新填一份…")))
        self.load.setText(sentence(N_("导入文件…")))
        self.unit.setText(sentence(N_("单位档案…")))
        self.practice.setText(sentence(N_("用例子练习…")))
        self._tell_unit()
        self._draw()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow the language, the theme and the size of text."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._draw()
        elif event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _tell_unit(self) -> None:
        unit = next((one.unit for one in self._units if one.unit), "")
        self._for.setText(sentence(_FILLED_IN_FOR if unit else _WRITTEN_ONCE, {"unit": unit}))

    def _draw(self) -> None:
        self.new.setIcon(theme.icon("file-plus"))
        self.load.setIcon(theme.icon("file-input"))

    def _fit(self) -> None:
        larger = self.font()
        larger.setPointSizeF(larger.pointSizeF() * 1.6)
        self._heading.setFont(larger)
        # A layout that is short of room would cut lines off a text that wraps.
        self._words.setFixedHeight(self._words.heightForWidth(_WIDTH))
