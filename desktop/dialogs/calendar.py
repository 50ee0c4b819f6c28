"""Choosing a day on a calendar: another way to fill in a date, beside typing it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QWidget

from desktop.dialogs.frame import Frame, Role
from forms.language import N_, in_use, sentence
from forms.values import Kind, read, show

_SIZE = QSize(380, 340)


class CalendarDialog(Frame):
    """The month of the date that stands in a blank; `chosen` gives the text of the day that was picked."""

    chosen = Signal(str)

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__("calendar_dialog", _SIZE, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.calendar = QCalendarWidget(self)
        self.calendar.setObjectName("calendar")
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        standing = read(Kind.DATE, text)
        if isinstance(standing, date):
            self.calendar.setSelectedDate(QDate(standing.year, standing.month, standing.day))
        self.calendar.activated.connect(self.accept)  # a double click or Enter on a day
        self.content.addWidget(self.calendar)
        self._accept = self.button("accept", Role.AcceptRole)
        self._today = self.button("today", Role.ActionRole, lambda: self.calendar.setSelectedDate(QDate.currentDate()))
        self._cancel = self.button("cancel", Role.RejectRole)
        self.accepted.connect(self._tell)
        self.retranslate()
        self.calendar.setFocus()

    def retranslate(self) -> None:
        """Say everything in the language in use, months and days too."""
        self._accept.setText(sentence(N_("填入")))
        self._today.setText(sentence(N_("今天")))
        self._cancel.setText(sentence(N_("取消")))
        self.calendar.setLocale(QLocale(in_use()))

    def _tell(self) -> None:
        day = self.calendar.selectedDate()
        self.chosen.emit(show(Kind.DATE, date(day.year(), day.month(), day.day())))
