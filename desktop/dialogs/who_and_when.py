"""Who fills in a new form and for which year: two choices that stand in the dialog for a new filing."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from desktop.choice_box import ChoiceBox
from forms.bearings import budget_year
from forms.language import N_, sentence
from forms.profile import Profile


class WhoAndWhen(QWidget):
    """Offers the units of the library, the one used last first, and the years around the one being budgeted for."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[Profile, ...] = ()
        self._unit = ChoiceBox(self)
        self._unit.setObjectName("unit")
        self._year = ChoiceBox(self)
        self._year.setObjectName("year")
        usual = budget_year(today)
        self._year.addItems([str(year) for year in range(usual - 2, usual + 3)])
        self._year.setCurrentText(str(usual))
        self._labels = (QLabel(self), QLabel(self))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for label, box in zip(self._labels, (self._unit, self._year), strict=True):
            label.setBuddy(box)
            form.addRow(label, box)
        self.offer(())
        self.retranslate()

    def offer(self, units: tuple[Profile, ...]) -> None:
        """Offer these units; without any, nothing is filled in and that is said."""
        self._units = units
        self._unit.clear()
        self._unit.addItems([one.unit or one.person for one in units] or [""])
        self._unit.setEnabled(len(units) > 1)
        self._say_none()

    def unit(self) -> Profile | None:
        """The unit chosen; None where there is none."""
        return self._units[self._unit.currentIndex()] if self._units else None

    def year(self) -> str:
        """The year chosen, four digits."""
        return self._year.currentText()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        for label, box, words in zip(
            self._labels, (self._unit, self._year), (N_("填报单位"), N_("预算年度")), strict=True
        ):
            label.setText(sentence(words))
            box.setAccessibleName(sentence(words))
        self._say_none()

    def _say_none(self) -> None:
        if not self._units:
            self._unit.setItemText(0, sentence(N_("（在“文件 › 单位档案”里写一次）")))
