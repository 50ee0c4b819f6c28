"""原文 -> 导入值 of one form that is about to come in, what differs first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop import theme
from desktop.models.lines import LinesModel
from desktop.wrapped_table import WrappedTable
from forms.desk import Incoming
from forms.language import N_, sentence
from forms.places import Positions


@dataclass(frozen=True, slots=True)
class Pair:
    """One place in words, the text of the source, the text taken, and the source's address."""

    place: str
    original: str
    taken: str
    address: str = ""

    @property
    def differs(self) -> bool:
        """Whether more than blanks was changed on the way."""
        return "".join(self.original.split()) != "".join(self.taken.split())


def pairs(incoming: Incoming) -> tuple[Pair, ...]:
    """What comes in, place by place; those that differ from the source first. A package comes in as it is."""
    positions = Positions(incoming.template, incoming.filing)
    found = [Pair(positions.describe(one.place), one.original.strip(), one.taken, one.address)
             for one in incoming.matches]  # fmt: skip
    if not found:
        found = [Pair(positions.describe(at), text, text) for at, text in incoming.filing.texts()]
    return tuple(sorted(found, key=lambda pair: not pair.differs))


class PairModel(LinesModel[Pair]):
    """The pairs of one form, all of them or only those that differ."""

    headings = (N_("位置"), N_("原文"), N_("导入值"))

    def show(self, found: tuple[Pair, ...], *, only_different: bool) -> None:
        """Show the pairs of another form, or more or fewer of them."""
        self.beginResetModel()
        self.lines = tuple(pair for pair in found if pair.differs or not only_different)
        self.endResetModel()

    def said(self, line: Pair, column: int, role: int) -> object:
        """Texts; a difference is coloured and said."""
        if role == Qt.ItemDataRole.DisplayRole:
            return (_place(line), line.original, line.taken)[column]
        if role == Qt.ItemDataRole.ForegroundRole and line.differs and column:
            return theme.colour("warning")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = {"place": line.place, "original": line.original, "taken": line.taken}
            return sentence(N_("{place}：原文“{original}”，导入“{taken}”"), told)
        return None


class PairTable(WrappedTable):
    """Shows pairs: the source and what is taken of it in columns of one width."""

    def __init__(self, model: PairModel, parent: QWidget) -> None:
        super().__init__("pairs", model, parent)
        for section in (1, 2):
            self.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.widen(0, 15)


def _place(pair: Pair) -> str:
    words = f"{pair.place} {pair.address}".strip()
    return sentence(N_("{place}（有出入）"), {"place": words}) if pair.differs else words
