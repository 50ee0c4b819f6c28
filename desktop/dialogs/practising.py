"""The dialog for practice: the example files that come with the program, of which one is copied into the library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.dialogs.frame import Frame, Role
from desktop.labels import plain
from desktop.librarian import Librarian
from desktop.two_lines import DETAILS_ROLE, TwoLines
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.practice import examples, practise

_PATH = Qt.ItemDataRole.UserRole
_WHAT_FOR = N_(
    "挑一个例子，里面的表会放进库里，标着“练习”，可以随便填、随便改，不能导出。有几张故意带着毛病，好看看程序怎么说。"
)
_KINDS = {".docx": N_("Word 文件"), ".xlsx": N_("Excel 文件"), ".txt": N_("文本文件")}


class PracticeDialog(Frame):
    """Lets a person choose an example; `made` gives the id of its first form once it is in the library."""

    made = Signal(str)

    def __init__(self, librarian: Librarian, parent: QWidget | None = None) -> None:
        super().__init__("practice_dialog", QSize(620, 380), parent)
        self._librarian = librarian
        self._words = plain(name="practice_words")
        self._list = QListWidget(self)
        self._list.setObjectName("examples")
        self._list.setItemDelegate(TwoLines(self._list))
        self._list.itemActivated.connect(self.take)
        for path in examples():
            unit, _, name = path.stem.partition("_")
            item = QListWidgetItem(name.replace("_", " ") or unit, self._list)
            item.setData(_PATH, path)
            item.setToolTip(path.name)
        self._list.setCurrentRow(0)
        self._take = self.button("take", Role.ActionRole, self.take)
        self._take.setDefault(True)
        self._cancel = self.button("cancel", Role.RejectRole)
        self.content.addWidget(self._words)
        self.content.addWidget(self._list, 1)
        self.retranslate()
        self._list.setFocus()

    def take(self, _item: QListWidgetItem | None = None) -> None:
        """Copy the example under the caret into the library."""
        path: Path = self._list.currentItem().data(_PATH)
        self._take.setEnabled(False)
        self._librarian.ask(
            lambda desk: practise(desk, path), self.while_open(self._done), self.while_open(self._refused)
        )

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("用例子练习")))
        self._words.setText(sentence(_WHAT_FOR))
        self._list.setAccessibleName(sentence(N_("例子")))
        for row in range(self._list.count()):
            item = self._list.item(row)
            path: Path = item.data(_PATH)
            unit = path.stem.partition("_")[0]
            item.setData(DETAILS_ROLE, f"{unit} · {sentence(_KINDS[path.suffix])}")
        self._take.setText(sentence(N_("拿来练习")))
        self._cancel.setText(sentence(N_("取消")))

    def _done(self, idents: tuple[str, ...]) -> None:
        self.accept()
        self.made.emit(idents[0])

    def _refused(self, error: JixiaoError) -> None:
        self._take.setEnabled(True)
        self._words.setText(str(error))
