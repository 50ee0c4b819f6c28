"""The form on the screen: drawn from the template's own drawing, with an editor in each blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.bridge import Bridge
from desktop.editor.blanks import FieldBox, TickBox
from desktop.editor.row_view import TableView
from desktop.editor.tree import IndicatorView
from forms.draft import Change
from forms.filing import Place
from forms.template.model import Blank, LayoutCell, Part, Sheet, Words
from forms.template.spelling import POSITION

_WIDTH = 700  # of a sheet at least, in pixels


class FormView(QScrollArea):
    """One open filing as its form. `focused` tells the place the person is at."""

    focused = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._fields: list[FieldBox | TickBox] = []
        self._views: list[TableView | IndicatorView] = []
        self.setObjectName("form")
        self.setWidgetResizable(True)
        body = QWidget()
        lines = QVBoxLayout(body)
        for sheet in bridge.template.sheets:
            lines.addWidget(self._strip(sheet))
            lines.addWidget(self._sheet(sheet))
        lines.addStretch(1)
        self.setWidget(body)
        for one in (*self._fields, *self._views):
            one.focused.connect(self.focused)
        bridge.changed.connect(self._follow)
        bridge.problems_changed.connect(self._judge)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 — Qt's own name
        """Put the caret into the first blank."""
        if self._fields:
            self._fields[0].select(None)
        else:
            super().setFocus(reason)

    def reveal(self, place: Place, span: tuple[int, int] | None = None) -> None:
        """Go to a place: scroll to it, open its branch, put the focus there and mark `span`."""
        for field in self._fields:
            if field.place == place:
                self.ensureWidgetVisible(field)
                field.select(span)
                return
        for view in self._views:
            if view.reveal(place, span) or view.objectName().endswith(f":{place.table}"):
                self.ensureWidgetVisible(view)
                if not place.row and not place.indicator:
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def flush(self) -> None:
        """Take over what stands in an open cell editor; fields send every letter by themselves."""
        for view in self._views:
            view.flush()

    def show_missing(self, on: bool) -> None:
        """After a check: what is missing is marked everywhere."""
        for field in self._fields:
            field.judge(missing=on)
        for view in self._views:
            if isinstance(view, IndicatorView):
                view.show_missing(on)

    def next_gap(self, after: Place | None) -> Place | None:
        """The next place with a problem in form order, from the first again behind the last."""
        places = sorted({one.at for one in self._bridge.problems}, key=self._rank)
        if not places:
            return None
        rank = self._rank(after) if after is not None else (-1, -1, "")
        return next((place for place in places if self._rank(place) > rank), places[0])

    def retranslate(self) -> None:
        """Say names and problems in the language in use."""
        for field in self._fields:
            field.retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow the size of the text and the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _rank(self, place: Place) -> tuple[int, int, str]:
        filing = self._bridge.filing
        names = [field.place.field for field in self._fields]
        if place.field:
            return (names.index(place.field) if place.field in names else len(names), 0, "")
        rows = [row.id for row in filing.rows(place.table)] if place.table else [one.id for one in filing.indicators]
        ident = place.row or place.indicator
        return len(names) + 1, rows.index(ident) if ident in rows else -1, place.column

    def _strip(self, sheet: Sheet) -> QWidget:
        """What the form prints in its title, above and below the table and nowhere in it."""
        drawn = {part.field for cell in sheet.cells for part in cell.parts if isinstance(part, Blank)}
        strip = QWidget()
        line = QHBoxLayout(strip)
        line.setContentsMargins(0, 0, 0, 0)
        parts = (*sheet.left, *sheet.title, *sheet.right, *(part for parts in sheet.signature for part in parts))
        for name in dict.fromkeys(part.field for part in parts if isinstance(part, Blank)):
            if name not in drawn and name != POSITION:
                line.addWidget(_label(name))
                line.addWidget(self._field(name), 1)
        return strip

    def _sheet(self, sheet: Sheet) -> QFrame:
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.Box)
        grid = QGridLayout(frame)
        grid.setSpacing(0)
        grid.setContentsMargins(0, 0, 0, 0)
        total = sum(sheet.widths)
        for col, width in enumerate(sheet.widths):
            grid.setColumnMinimumWidth(col, round(_WIDTH * width / total))
            grid.setColumnStretch(col, round(100 * width / total))
        heads = {row for block in sheet.blocks for row in block.heads}
        for cell in sheet.cells:
            # A tree or table shows its own headings, over the whole width; the labels beside it would only narrow it.
            if cell.row in heads or (
                cell.is_label and any(b.row < cell.row + cell.rows > cell.row + 1 for b in sheet.blocks)
            ):
                continue
            if cell.block:
                grid.addWidget(self._block(sheet, cell), cell.row, 0, 1, len(sheet.widths))
            else:
                grid.addWidget(self._cell(cell), cell.row, cell.col, cell.rows, cell.cols)
        return frame

    def _block(self, sheet: Sheet, cell: LayoutCell) -> QWidget:
        block = next(one for one in sheet.blocks if one.name == cell.block)
        tree = block.name in self._bridge.template.trees
        view: TableView | IndicatorView = IndicatorView(self._bridge, block) if tree else TableView(self._bridge, block)
        self._views.append(view)
        return view

    def _cell(self, cell: LayoutCell) -> QFrame:
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        line = QHBoxLayout(frame) if sum(isinstance(part, Blank) for part in cell.parts) < 3 else QVBoxLayout(frame)
        line.setContentsMargins(4, 3, 4, 3)
        for widget in self._parts(cell.parts):
            line.addWidget(widget, 0 if isinstance(widget, QLabel) and not cell.is_label else 1)
        return frame

    def _parts(self, parts: Sequence[Part]) -> Iterator[QWidget]:
        for part in parts:
            if isinstance(part, Words):
                if part.text.strip():
                    yield _label(part.text.strip())
            elif part.field != POSITION:
                yield self._tick(part) if part.tick else self._field(part.field)

    def _field(self, name: str) -> FieldBox:
        box = FieldBox(self._bridge, self._bridge.template.fields[name])
        self._fields.append(box)
        return box

    def _tick(self, blank: Blank) -> TickBox:
        box = TickBox(self._bridge, blank.field, blank.tick)
        self._fields.append(box)
        return box

    def _follow(self, change: Change) -> None:
        touched = {place.field for place in change.places if place.field}
        computed = {name for name, field in self._bridge.template.fields.items() if field.formula is not None}
        for field in self._fields:
            if field.place.field in computed or (field.place.field in touched and field is not change.asker):
                field.refresh()

    def _judge(self) -> None:
        for field in self._fields:
            field.judge()


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
