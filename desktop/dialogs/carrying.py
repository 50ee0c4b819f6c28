"""The dialog for a later form of the same life: next year's, or the monitoring and self-evaluation of a target."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.models.carried import CarriedLine, CarriedModel, lines
from desktop.wrapped_table import WrappedTable
from forms.desk import Desk
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.succession import Carried
from forms.template.model import Template

_LEAST = 3  # texts that have to come along before a form is offered


@dataclass(frozen=True, slots=True)
class _Offer:
    """One form that can be made, and what would come along into it."""

    template: Template
    carried: Carried
    same: bool
    lines: tuple[CarriedLine, ...]

    @property
    def words(self) -> str:
        """The form and its year."""
        told = {"name": self.template.name, "year": self.carried.filing.year}
        return sentence(N_("下一年：{name}（{year}年）") if self.same else N_("{name}（{year}年）"), told)


class CarryDialog(Frame):
    """Offers the forms that go on with a filing; `made` gives the id of the one that was made, now in the library."""

    made = Signal(str)

    def __init__(self, librarian: Librarian, ident: str, parent: QWidget | None = None) -> None:
        super().__init__("carry_dialog", LARGEST, parent)
        self._librarian, self._ident = librarian, ident
        self._offers: tuple[_Offer, ...] = ()
        self._list = QListWidget(self)
        self._list.setObjectName("offers")
        self._list.setWordWrap(True)
        self._list.currentRowChanged.connect(self._look)
        self._list.itemActivated.connect(self._make)
        self._verdict = plain("", "verdict")
        self._model = CarriedModel(self)
        self.table = WrappedTable("texts", self._model, self)
        self._ok = self.button("accept", Role.ActionRole, self._make)
        self._cancel = self.button("cancel", Role.RejectRole)
        self._ok.setDefault(True)
        self._ok.setEnabled(False)
        self._lay_out()
        self.retranslate()
        librarian.ask(self._found, self.while_open(self._show), self.while_open(self._fail))

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("由这份表做")))
        self._list.setAccessibleName(sentence(N_("做哪种表")))
        self.table.setAccessibleName(sentence(N_("带来的内容")))
        self._ok.setText(sentence(N_("做成这份表")))
        self._cancel.setText(sentence(N_("取消")))
        self._model.retranslate()
        for row, offer in enumerate(self._offers):
            self._list.item(row).setText(offer.words)
        self._look(self._list.currentRow())

    def _found(self, desk: Desk) -> tuple[_Offer, ...]:
        """Runs in the store's thread. The same form comes first, then those into which most comes along."""
        old = desk.library.filing(self._ident)
        source = desk.templates.of(old)
        offers = []
        for template in desk.templates.current():
            carried = desk.carry(self._ident, template.id)
            told = lines(carried, template, source, old)
            offers.append(_Offer(template, carried, template.id == source.id, told))
        fitting = [one for one in offers if one.same or (len(one.carried.taken) >= _LEAST and one.template.trees)]
        return tuple(sorted(fitting, key=lambda one: (not one.same, -len(one.carried.taken))))

    def _show(self, offers: tuple[_Offer, ...]) -> None:
        self._offers = offers
        for offer in offers:
            QListWidgetItem(offer.words, self._list)
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def _look(self, row: int) -> None:
        if not 0 <= row < len(self._offers):
            return
        carried = self._offers[row].carried
        self._model.show(self._offers[row].lines)
        told = {"count": len(carried.taken), "left": len(carried.left)}
        words = (
            N_("带来 {count} 处，{left} 处在这种表里没有位置，仍留在原来的表里。")
            if carried.left
            else N_("带来 {count} 处。")
        )
        self._verdict.setText(sentence(words, told))
        self._ok.setEnabled(True)

    def _make(self) -> None:
        filing = self._offers[self._list.currentRow()].carried.filing
        self._ok.setEnabled(False)

        def made(_: None) -> None:
            self.made.emit(filing.id)
            self.accept()

        self._librarian.ask(lambda desk: desk.file(filing), self.while_open(made), self.while_open(self._fail))

    def _fail(self, error: JixiaoError) -> None:
        self._verdict.setText(str(error))

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._verdict)
        column.addWidget(self.table, 1)
        self.table.widen(0, 7)
        self.table.widen(1, 14)
        for section in (2, 3):
            self.table.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._list)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([280, LARGEST.width() - 280])
        self.content.addWidget(split, 1)
