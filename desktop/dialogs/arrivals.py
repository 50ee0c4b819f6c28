"""The forms of one file or of many, to be ticked one by one or file by file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop import theme

_State = Qt.CheckState


class ArrivalList(QListWidget):
    """Lists forms by number, in groups under headings that are ticked with all of theirs.

    `turned_to` tells the number of the form that is looked at; of a heading it is the first below it.
    """

    turned_to = Signal(int)
    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("forms")
        self.setWordWrap(True)
        self._forms: list[QListWidgetItem] = []
        self._heads: list[tuple[QListWidgetItem, int]] = []  # each with the number of its first form
        self._at_work = False
        self.currentRowChanged.connect(lambda _row: self.turned_to.emit(self.current()))
        self.itemChanged.connect(self._changed)

    def begin(self, words: str) -> None:
        """Begin a group; the forms added from now on are its own."""
        item = self._made(words)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setBackground(theme.colour("label_ground"))
        self._heads.append((item, len(self._forms)))

    def add(self, *, ticked: bool, meaning: str = "") -> None:
        """One more form, in the colour of a meaning of `theme`; `name` gives it its words."""
        item = self._made("")
        if meaning:
            item.setForeground(theme.colour(meaning))
        self._forms.append(item)
        self._put(item, _State.Checked if ticked else _State.Unchecked)
        if self._heads:
            self._judge(len(self._heads) - 1)

    def name(self, number: int, words: str) -> None:
        """Give a form its words."""
        self._at_work = True
        self._forms[number].setText(words)
        self._at_work = False

    def ticks(self) -> list[bool]:
        """Whether each form is ticked."""
        return [item.checkState() is _State.Checked for item in self._forms]

    def current(self) -> int:
        """The number of the form that is looked at; -1 where there is none."""
        item = self.currentItem()
        if item in self._forms:
            return self._forms.index(item)
        return next((first for head, first in self._heads if head is item), -1)

    # --- how it is done

    def _made(self, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words, self)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        return item

    def _put(self, item: QListWidgetItem, state: _State) -> None:
        self._at_work = True
        item.setCheckState(state)
        self._at_work = False

    def _changed(self, item: QListWidgetItem) -> None:
        if self._at_work:
            return
        for group, (head, _) in enumerate(self._heads):
            if head is item:
                for form in self._below(group):
                    self._put(form, head.checkState())
            elif item in self._below(group):
                self._judge(group)
        self.ticked.emit()

    def _judge(self, group: int) -> None:
        """Tick a heading as its forms are: all, none or some of them."""
        states = {form.checkState() for form in self._below(group)}
        self._put(self._heads[group][0], states.pop() if len(states) == 1 else _State.PartiallyChecked)

    def _below(self, group: int) -> list[QListWidgetItem]:
        first = self._heads[group][1]
        after = self._heads[group + 1][1] if group + 1 < len(self._heads) else len(self._forms)
        return self._forms[first:after]
