"""What a paste would put into a table or tree, row by row as they will stand, before any of it enters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop import theme
from desktop.dialogs.frame import LARGEST, Frame, Role
from desktop.labels import plain
from desktop.models.remarks import SEVERITY
from forms.language import N_, sentence
from forms.problem import Severity

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

Marks = Mapping[tuple[int, int], str]  # row and column of a cell that cannot be read -> what is said of it

_SHORTEST = 6  # Chinese letters that the narrowest column has room for
_NOTES_SHOWN = 6


class PasteDialog(Frame):
    """Shows `rows` under their `headings` as they will stand; it is accepted for pasting them, rejected for nothing.

    `notes` are sentences about what is cut off, replaced or has no place; `marks` tells the cells that cannot be read.
    """

    def __init__(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        notes: Sequence[str],
        parent: QWidget | None = None,
        *,
        marks: Marks | None = None,
    ) -> None:
        super().__init__("paste_dialog", QSize(LARGEST), parent)
        self._count, self._marked = len(rows), len(marks or {})
        self._about = plain("", "about")
        self._notes = plain("\n".join(_shortened(notes)), "notes")
        self._notes.setVisible(bool(notes))
        self._table = _Preview(PreviewModel(headings, rows, marks or {}, self), self)
        self._paste = self.button("accept", Role.AcceptRole)
        self._cancel = self.button("cancel", Role.RejectRole)
        self.content.addWidget(self._about)
        self.content.addWidget(self._notes)
        self.content.addWidget(self._table, 1)
        self._paste.setDefault(True)
        self.retranslate()
        self._paste.setFocus()

    def retranslate(self) -> None:
        """Say everything in the language in use; the notes stay as they were said."""
        self.setWindowTitle(sentence(N_("粘贴之前")))
        words = [sentence(N_("粘贴以后这 {count} 行是这样："), {"count": self._count})]
        if self._marked:
            words.append(sentence(N_("标了颜色的 {count} 格读不出来，可以照贴，贴好再改。"), {"count": self._marked}))
        self._about.setText("\n".join(words))
        self._table.setAccessibleName(sentence(N_("将要粘贴的行")))
        self._paste.setText(sentence(N_("粘贴")))
        self._cancel.setText(sentence(N_("取消")))


def _shortened(notes: Sequence[str]) -> list[str]:
    """The first notes, and how many more there are: the rows below them are what is to be looked at."""
    more = len(notes) - _NOTES_SHOWN
    shown = list(notes[:_NOTES_SHOWN])
    return [*shown, sentence(N_("另有 {count} 条说明。"), {"count": more})] if more > 0 else shown


class PreviewModel(QAbstractTableModel):
    """Texts under headings, some of them marked."""

    def __init__(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], marks: Marks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._headings, self._rows, self._marks = headings, rows, marks

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's name
        """One a row of the paste."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 — Qt's name
        """One a heading."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts; a cell that cannot be read says why beneath its text, on a ground of its own."""
        if not index.isValid():
            return None
        texts, said = self._rows[index.row()], self._marks.get((index.row(), index.column()), "")
        text = texts[index.column()] if index.column() < len(texts) else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(filter(None, (text, _marked(said))))
        if said and role == Qt.ItemDataRole.BackgroundRole:
            return theme.colour("error_ground")
        if said and role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("error")
        return None

    def headerData(  # noqa: N802 — Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns, and the rows counted from 1."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headings[section] if orientation == Qt.Orientation.Horizontal else section + 1


def _marked(said: str) -> str:
    return f"{sentence(SEVERITY[Severity.ERROR])}{sentence(N_('：'))}{said}" if said else ""


class _Preview(QTableView):
    """The rows; they are as high as their texts and measured when they are seen."""

    def __init__(self, model: PreviewModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rows")
        self.setModel(model)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("宽") * _SHORTEST)
        header.setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._fit)
        for signal in (self.verticalScrollBar().valueChanged, header.sectionResized):
            signal.connect(self._later)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Share the width out among the columns; narrower than their least they scroll."""
        super().resizeEvent(event)
        columns = self.model().columnCount()
        for column in range(columns):
            named = self.horizontalHeader().sectionSizeHint(column)
            self.setColumnWidth(column, max(self.viewport().width() // columns, named))
        self._later()

    def _later(self) -> None:
        self._soon.start(0)

    def _fit(self) -> None:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        for row in range(max(first, 0), last + 1 if last >= 0 else self.model().rowCount()):
            self.resizeRowToContents(row)
