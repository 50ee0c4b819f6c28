"""The profiles of the units that fill in forms here: what is typed once and then stands in every new form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.frame import Frame, Role, tell
from desktop.labels import plain
from desktop.librarian import Librarian
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.profile import Profile, keep_profiles

_WHAT_FOR = N_("写一次，以后新填的表会自动带上；已经填好的表不变。为几个单位填表的，可以各写一份。")
_NAMES = {"unit": N_("单位名称"), "region": N_("区划"), "person": N_("填报人"), "phone": N_("电话")}
_EXAMPLES = {"unit": N_("如：沙渡市生态环境局"), "region": N_("如：沙渡市"), "person": "", "phone": ""}


class ProfilesDialog(Frame):
    """Shows the units of a library and keeps what is changed; `kept` comes when that is in the library."""

    kept = Signal()

    def __init__(self, librarian: Librarian, parent: QWidget | None = None) -> None:
        super().__init__("profiles_dialog", QSize(640, 380), parent)
        self._librarian = librarian
        self._units: list[Profile] = [Profile()]
        self._words = plain(name="profiles_words")
        self._list = QListWidget(self)
        self._list.setObjectName("units")
        self._list.currentRowChanged.connect(self._show_unit)
        self._add = self._side_button("add_unit", self._add_unit)
        self._drop = self._side_button("drop_unit", self._drop_unit)
        self.fields = {name: self._field(name) for name in _NAMES}
        self._labels = {name: QLabel(self) for name in _NAMES}
        self._save = self.button("save", Role.ActionRole, self.save)
        self._cancel = self.button("cancel", Role.RejectRole)
        self._save.setDefault(True)
        self._lay_out()
        self.retranslate()
        self._settle(0)
        librarian.ask(lambda desk: desk.profiles(), self.while_open(self._show), self.while_open(self._refused))

    def save(self) -> None:
        """Write the units into the library and close; where that fails, say why and stay."""
        kept = tuple(self._units)
        self._librarian.ask(
            lambda desk: keep_profiles(desk.library, kept), self.while_open(self._done), self.while_open(self._refused)
        )

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("单位档案")))
        self._words.setText(sentence(_WHAT_FOR))
        self._list.setAccessibleName(sentence(N_("单位")))
        for name, words in _NAMES.items():
            self._labels[name].setText(sentence(words))
            self.fields[name].setAccessibleName(sentence(words))
            self.fields[name].setPlaceholderText(sentence(_EXAMPLES[name]) if _EXAMPLES[name] else "")
        self._add.setText(sentence(N_("再加一个单位")))
        self._drop.setText(sentence(N_("删去这个单位")))
        self._save.setText(sentence(N_("保存")))
        self._cancel.setText(sentence(N_("取消")))
        self._name_units()

    # --- how it is done

    def _show(self, known: tuple[Profile, ...]) -> None:
        self._units = list(known) or [Profile()]
        self._settle(0)

    def _done(self, _: None) -> None:
        self.accept()
        self.kept.emit()

    def _refused(self, error: JixiaoError) -> None:
        tell(self, str(error))

    def _add_unit(self) -> None:
        self._units.append(Profile())
        self._settle(len(self._units) - 1)

    def _drop_unit(self) -> None:
        row = self._list.currentRow()
        del self._units[row]
        self._units = self._units or [Profile()]
        self._settle(min(row, len(self._units) - 1))

    def _settle(self, row: int) -> None:
        """Show the list anew, with the caret in the first field of one unit."""
        self._list.blockSignals(True)
        self._list.clear()
        self._list.addItems([""] * len(self._units))
        self._list.setCurrentRow(row)
        self._list.blockSignals(False)
        self._name_units()
        self._show_unit(row)
        self._drop.setEnabled(self._units != [Profile()])
        self.fields["unit"].setFocus()

    def _show_unit(self, row: int) -> None:
        for name, field in self.fields.items():
            field.setText(getattr(self._units[row], name))

    def _typed(self, _text: str) -> None:
        """Take what stands in the fields; only people type, for `setText` is not heard as an edit."""
        row = self._list.currentRow()
        self._units[row] = Profile(**{name: field.text().strip() for name, field in self.fields.items()})
        self._name_units()
        self._drop.setEnabled(self._units != [Profile()])

    def _name_units(self) -> None:
        for row, one in enumerate(self._units):
            item = self._list.item(row)
            if item is not None:
                item.setText(one.unit or sentence(N_("（还没有写名称）")))
                item.setToolTip(one.unit)

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName(name)
        made.textEdited.connect(self._typed)
        return made

    def _side_button(self, name: str, act: Callable[[], None]) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(name)
        made.setAutoDefault(False)
        made.clicked.connect(lambda _checked: act())
        return made

    def _lay_out(self) -> None:
        left, right, both = QVBoxLayout(), QFormLayout(), QHBoxLayout()
        left.addWidget(self._list, 1)
        left.addWidget(self._add)
        left.addWidget(self._drop)
        for name, label in self._labels.items():
            label.setBuddy(self.fields[name])
            right.addRow(label, self.fields[name])
        both.addLayout(left, 2)
        both.addLayout(right, 3)
        self.content.addWidget(self._words)
        self.content.addLayout(both, 1)
