"""The recycle bin: what lies in it, and the way back or out of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListView, QMessageBox, QWidget

from desktop.dialogs.frame import Frame, Role
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.models.library import ID_ROLE, LibraryModel
from desktop.two_lines import TwoLines
from forms.desk import Desk
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.store.records import Summary

_Work = Callable[[Desk, tuple[str, ...]], object]


class BinDialog(Frame):
    """Lists what was removed, the last first; `changed` comes when something left the bin."""

    changed = Signal()

    def __init__(self, librarian: Librarian, parent: QWidget | None = None) -> None:
        super().__init__("bin_dialog", QSize(640, 460), parent)
        self._librarian = librarian
        self._words = plain(name="bin_words")
        self._model = LibraryModel(self)
        self.list = QListView(self)
        self.list.setObjectName("bin")
        self.list.setModel(self._model)
        self.list.setItemDelegate(TwoLines(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._settle())
        self._back = self.button("restore", Role.ActionRole, self.restore)
        self._delete = self.button("delete", Role.ActionRole, self._ask)
        self._close = self.button("close", Role.RejectRole)
        self.content.addWidget(self._words)
        self.content.addWidget(self.list, 1)
        self.retranslate()
        self._settle()
        self._read()

    def chosen(self) -> tuple[str, ...]:
        """The ids of the filings that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return tuple(str(self._model.index(row, 0).data(ID_ROLE)) for row in rows)

    def restore(self) -> None:
        """Take what is selected back into the library."""
        self._do(lambda desk, idents: desk.library.restore(idents))

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("回收站")))
        self.list.setAccessibleName(sentence(N_("回收站")))
        self._back.setText(sentence(N_("放回库里")))
        self._delete.setText(sentence(N_("彻底删除…")))
        self._close.setText(sentence(N_("关闭")))
        self._model.retranslate()
        self._say()

    # --- how it is done

    def _read(self) -> None:
        self._librarian.ask(
            lambda desk: desk.library.bin(), self.while_open(self._show), self.while_open(self._refused)
        )

    def _show(self, removed: tuple[Summary, ...]) -> None:
        self._model.show(removed)
        if removed:
            self.list.setCurrentIndex(self._model.index(0, 0))
        self._say()
        self._settle()

    def _say(self) -> None:
        some = bool(self._model.lines)
        words = N_("放在这里的表原样留着，连同它的历史，随时可以放回去。") if some else N_("回收站是空的。")
        self._words.setText(sentence(words))

    def _settle(self) -> None:
        for button in (self._back, self._delete):
            button.setEnabled(bool(self.chosen()))

    def _do(self, work: _Work) -> None:
        idents = self.chosen()
        self._librarian.ask(
            lambda desk: work(desk, idents), self.while_open(self._done), self.while_open(self._refused)
        )

    def _done(self, _: object) -> None:
        self.changed.emit()
        self._read()

    def _refused(self, error: JixiaoError) -> None:
        self._words.setText(str(error))

    def _ask(self) -> None:
        """Ask before what cannot be taken back; the answer that changes nothing is the one at hand."""
        words = sentence(
            N_("彻底删除选中的 {count} 份表和它们的历史？删除以后不能恢复。"), {"count": len(self.chosen())}
        )
        question = QMessageBox(QMessageBox.Icon.Warning, sentence(N_("彻底删除")), words, parent=self)
        question.setObjectName("delete_for_good")
        question.setTextFormat(Qt.TextFormat.PlainText)
        stay = question.addButton(sentence(N_("取消")), QMessageBox.ButtonRole.RejectRole)
        go = question.addButton(sentence(N_("彻底删除")), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(stay)
        question.setEscapeButton(stay)
        question.buttonClicked.connect(lambda clicked: self._do(_delete) if clicked is go else None)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()


def _delete(desk: Desk, idents: tuple[str, ...]) -> None:
    desk.library.delete(idents)
    desk.finder.forget(idents)
