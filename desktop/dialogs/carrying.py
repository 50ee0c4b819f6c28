"""The dialog for a later form of the same life: next year's, or the monitoring and self-evaluation of a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.models.carried import CarriedLine, CarriedModel, lines, moved_lines
from desktop.wrapped_table import WrappedTable
from forms.authoring.moving import moved
from forms.desk import Desk, Incoming
from forms.errors import JixiaoError
from forms.filing import Filing
from forms.interchange import report
from forms.language import N_, sentence
from forms.template.model import Template

_NEXT, _OTHER = N_("下一年：{name}（{year}年）"), N_("{name}（{year}年）")
_MOVED = N_("移到新版：{name}（{version}）")
_LEAST = 3  # texts that have to come along before a form is offered


@dataclass(frozen=True, slots=True)
class _Offer:
    """One form that can be made, and what would come along into it; `unplaced` is kept beside a draft that moves."""

    template: Template
    filing: Filing
    kind: str  # a sentence with {name}, {year} and {version}
    lines: tuple[CarriedLine, ...]
    taken: int
    left: int
    unplaced: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The form and its year, or its version."""
        told = {"name": self.template.name, "year": self.filing.year, "version": self.template.version}
        return sentence(self.kind, told)

    def keep(self, desk: Desk) -> None:
        """Put it into the library; runs in the store's thread."""
        told = report("", self.unplaced, (), complete=True)
        desk.take_in([Incoming(self.template, self.filing, told)], origin="move" if self.kind == _MOVED else "new")


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
            same = template.id == source.id
            if same or (len(carried.taken) >= _LEAST and template.trees):
                told = lines(carried, template, source, old)
                kind, counts = _NEXT if same else _OTHER, (len(carried.taken), len(carried.left))
                offers.append(_Offer(template, carried.filing, kind, told, *counts))
        offers.sort(key=lambda one: (one.kind != _NEXT, -one.taken))
        newest = desk.templates.newest(source.id)
        return (*_newer(old, source, newest), *offers)

    def _show(self, offers: tuple[_Offer, ...]) -> None:
        self._offers = offers
        for offer in offers:
            QListWidgetItem(offer.words, self._list)
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def _look(self, row: int) -> None:
        if not 0 <= row < len(self._offers):
            return
        offer = self._offers[row]
        self._model.show(offer.lines)
        words = N_("带来 {count} 处。")
        if offer.left:
            words = N_("带来 {count} 处，{left} 处在这种表里没有位置，仍留在原来的表里。")
        self._verdict.setText(sentence(words, {"count": offer.taken, "left": offer.left}))
        self._ok.setEnabled(True)

    def _make(self) -> None:
        offer = self._offers[self._list.currentRow()]
        self._ok.setEnabled(False)

        def made(_: None) -> None:
            self.made.emit(offer.filing.id)
            self.accept()

        self._librarian.ask(offer.keep, self.while_open(made), self.while_open(self._fail))

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


def _newer(old: Filing, source: Template, newest: Template) -> Iterator[_Offer]:
    """The same draft on a newer version of its template, where there is one."""
    if newest.digest != source.digest:
        made = moved(old, source, newest)
        told = moved_lines(made, newest, source, old)
        yield _Offer(
            newest, made.filing, _MOVED, told, len(made.told) - len(made.dropped), len(made.dropped), made.dropped
        )
