"""原文 -> 导入值 of one form that is about to come in, what differs first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop import theme
from forms.desk import Incoming
from forms.filing import Filing, Place
from forms.language import N_, sentence
from forms.places import Positions

_HEADINGS = (N_("位置"), N_("原文"), N_("导入值"))

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


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
        found = [Pair(positions.describe(at), text, text) for at, text in _texts(incoming.filing)]
    return tuple(sorted(found, key=lambda pair: not pair.differs))


def _texts(filing: Filing) -> Iterator[tuple[Place, str]]:
    yield from ((Place(field=name), text) for name, text in filing.values.items())
    for table, rows in filing.tables.items():
        yield from (
            (Place(table=table, row=row.id, column=name), text) for row in rows for name, text in row.cells.items()
        )
    for one in filing.indicators:
        yield from ((Place(indicator=one.id, column=name), text) for name, text in one.columns.items())


class PairModel(QAbstractTableModel):
    """The pairs of one form, all of them or only those that differ."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Pair, ...] = ()
        self._shown: tuple[Pair, ...] = ()
        self._only_different = False

    def show(self, found: tuple[Pair, ...], *, only_different: bool) -> None:
        """Show the pairs of another form, or more or fewer of them."""
        self.beginResetModel()
        self._all, self._only_different = found, only_different
        self._shown = tuple(pair for pair in found if pair.differs or not only_different)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's name
        """One row a place."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's name
        """Place, 原文, 导入值."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts; a difference is coloured and said."""
        if not index.isValid():
            return None
        pair = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (self._place(pair), pair.original, pair.taken)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and pair.differs and index.column():
            return theme.colour("warning")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = {"place": pair.place, "original": pair.original, "taken": pair.taken}
            return sentence(N_("{place}：原文“{original}”，导入“{taken}”"), told)
        return None

    def headerData(  # noqa: N802 — Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The headings of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return sentence(_HEADINGS[section])
        return None

    def _place(self, pair: Pair) -> str:
        words = f"{pair.place} {pair.address}".strip()
        return sentence(N_("{place}（有出入）"), {"place": words}) if pair.differs else words


class PairTable(QTableView):
    """Shows pairs; a row is as high as its texts, and is measured only when it is seen."""

    def __init__(self, model: PairModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pairs")
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, self.fontMetrics().horizontalAdvance("宽") * 15)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)
        for signal in (model.modelReset, self.verticalScrollBar().valueChanged, header.sectionResized):
            signal.connect(self._later)

    def _later(self) -> None:
        self._soon.start(0)

    def _fit(self) -> None:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        end = last + 1 if last >= 0 else self.model().rowCount()
        for row in range(max(first, 0), end):
            self.resizeRowToContents(row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Measure the rows that have come into view."""
        super().resizeEvent(event)
        self._later()
