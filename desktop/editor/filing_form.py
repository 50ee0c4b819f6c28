"""The form on the screen: drawn from the template's own drawing, with an editor in each blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from desktop import theme
from desktop.bridge import Bridge
from desktop.editor.cell_box import CellBox
from desktop.editor.field_keys import FieldKeys
from desktop.editor.fields import Editor, TextEditor
from desktop.editor.saying import Saying
from desktop.editor.sheet import BlockView, SheetView
from desktop.editor.tree import IndicatorView
from desktop.editor.tree_filter import Only
from desktop.editor.tree_offers import Library
from desktop.models.remarks import insistent
from forms.commands import SetValue
from forms.draft import Change
from forms.filing import Place
from forms.journal import REDO, UNDO
from forms.problem import Problem
from forms.template.model import Blank

_PAUSE_MS = 900  # from the last letter until something new is found fault with
_GAP = 12  # logical pixels between two sheets
# The window or a menu that takes the focus does not mean that the blank was left.
_STILL_HERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class FormView(QScrollArea):
    """One open filing as its form. `focused` tells the place the person is at, `left` that a blank was left."""

    focused = Signal(object)  # forms.filing.Place
    left = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._saying = Saying(bridge)
        self._stay = 0  # how often the caret came to a blank; letters of one stay are one step of undo
        self._editors: dict[QObject, tuple[Place, Editor, CellBox]] = {}
        self._boxes: dict[Place, list[CellBox]] = {}
        self._gap = Place()  # where `next_gap` led last
        self._views: list[BlockView] = []
        self._judged = _of_fields(bridge.problems)
        self._keys = FieldKeys(bridge, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self.setObjectName("form")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its blanks have the focus
        self._sheets = self._made()
        for sheet in self._sheets:
            for box in sheet.boxes:
                self._join(box)
            for view in sheet.blocks:
                self._views.append(view)
                view.focused.connect(self.focused)
                view.focused.connect(partial(self._follow_row, view))
        bridge.changed.connect(self._follow)
        bridge.problems_changed.connect(self._judge_changed)
        self._judge()

    # --- what the window asks

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 — Qt's own name
        """Put the caret into the first blank."""
        first = next(iter(self._parts()), None)
        if isinstance(first, CellBox):
            first.editors[0][1].setFocus(reason)
        elif first is not None:
            first.setFocus(reason)
        else:
            super().setFocus(reason)

    def reveal(self, place: Place, span: tuple[int, int] | None = None) -> None:
        """Go to a place: scroll to it, open its branch, put the focus there and mark `span`."""
        for at, editor, box in self._editors.values():
            if at == place:
                self.ensureWidgetVisible(box)
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                if span is not None:
                    editor.mark(*span)
                return
        for view in self._views:
            if view.reveal(place, span):
                self._show_row(view)
                return

    def show_place(self, place: Place) -> None:
        """Scroll to the cell of a field and mark it, the focus staying where it is."""
        for box in self._boxes.get(place, ()):
            self.ensureWidgetVisible(box)
            _sheet_of(box).mark(box)

    def show_only(self, only: Only) -> int | None:
        """Leave of every tree the rows that want work; gives how many those are, None where there is no tree."""
        trees = [view for view in self._views if isinstance(view, IndicatorView)]
        return sum(view.filter.show(only) for view in trees) if trees else None

    def offer(self, library: Library) -> None:
        """Offer in every tree the indicators that `library` gives when it is asked."""
        for view in self._views:
            if isinstance(view, IndicatorView):
                view.offers.library = library

    def flush(self) -> None:
        """Take over what stands in an open cell editor, and what an input method still holds."""
        for _, editor, _ in self._editors.values():
            if editor.composing:
                QGuiApplication.inputMethod().commit()
        for view in self._views:
            view.flush()

    def show_missing(self, on: bool) -> None:
        """After a check: what is missing is marked everywhere."""
        self._saying.all_of_it = on
        self._judge()
        for view in self._views:
            view.show_missing(on)

    def next_gap(self, after: Place | None) -> Place | None:
        """The next place with a problem in form order, from the first again behind the last; hints are none."""
        order = {place: number for number, place in enumerate(self.places())}

        def number(place: Place) -> int:
            """Where a place stands; the headings within a block stand with the block."""
            return order.get(place, order.get(Place(table=place.table), len(order)))

        wanted = sorted({one.at for one in insistent(self._bridge.problems)}, key=lambda one: (number(one), one.column))
        if not wanted:
            return None
        here = number(after) if after is not None else -1
        if self._gap in wanted and number(self._gap) == here:  # nobody has gone elsewhere since
            self._gap = wanted[(wanted.index(self._gap) + 1) % len(wanted)]
        else:
            self._gap = next((one for one in wanted if number(one) > here), wanted[0])
        return self._gap

    def places(self) -> Iterator[Place]:
        """Every place of the form in the order of the form; a block stands as a whole before its cells."""
        for sheet in self._sheets:
            for part in sheet.parts:
                if isinstance(part, CellBox):
                    yield from part.places
                else:
                    yield Place(table=sheet.blocks[part])
                    yield from part.places()

    def retranslate(self) -> None:
        """Say names and problems in the language of now."""
        for box in self._all_boxes():
            box.retranslate()
        self._judge()

    # --- what Qt tells

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's own name
        """Follow a switch of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's own name
        """Follow the focus from blank to blank, and explain a blank that is pointed at."""
        if event.type() == QEvent.Type.ToolTip and watched in self._editors:
            self._editors[watched][2].explain()
        elif watched in self._editors and isinstance(event, QFocusEvent):
            place, _, box = self._editors[watched]
            sheet = _sheet_of(box)
            box.update()
            if event.gotFocus():
                self._stay += 1
                sheet.mark(box)
                self.focused.emit(place)
            elif event.lostFocus() and event.reason() not in _STILL_HERE:
                sheet.mark(None)
                self._saying.leave(place)
                self._say(box)
                self.left.emit()
        return super().eventFilter(watched, event)

    # --- what happens in the form

    def _typed(self, editor: Editor, place: Place) -> None:
        text = editor.text()
        if text == self._bridge.filing.text(place):
            return
        self._saying.type(place)
        self._pause.start()
        self._bridge.do(SetValue(place, text), asker=editor, merge=(place, self._stay))
        for box in self._boxes[place]:
            self._say(box)

    def _follow(self, change: Change) -> None:
        """Show what changed, and every computed value: few enough to be asked for each time."""
        computed = {place for place in self._bridge.review.computed if place.field}
        touched = {place for place in change.places if place.field} | computed
        for box in {id(box): box for place in touched for box in self._boxes.get(place, ())}.values():
            box.refresh()
        if change.origin in (UNDO, REDO):
            self._return_to(change.places)

    def _return_to(self, places: tuple[Place, ...]) -> None:
        """Stand where a step was taken back or done again; the keys follow where they were for the form."""
        here = self.isAncestorOf(QApplication.focusWidget())
        for view in self._views:
            if view.return_to(places):
                if here and view.cell_editor() is None:
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        field = next((place for place in places if place in self._boxes), None)
        if field is not None:
            (self.reveal if here else self.show_place)(field)

    def _look_up(self) -> None:
        self._saying.pause()
        self._judge()

    def _judge(self) -> None:
        """Say everything anew."""
        for box in self._all_boxes():
            self._say(box)

    def _judge_changed(self) -> None:
        """Say anew what is another problem than before, or none any more."""
        before, self._judged = self._judged, _of_fields(self._bridge.problems)
        for place in before.keys() | self._judged.keys():
            if before.get(place) != self._judged.get(place):
                for box in self._boxes.get(place, ()):
                    self._say(box)

    def _say(self, box: CellBox) -> None:
        box.say([one for place in box.places for one in self._saying.of(place)])

    def _show_caret(self) -> None:
        """Keep the caret of a long text in sight."""
        editor = QApplication.focusWidget()
        if isinstance(editor, TextEditor) and editor in self._editors:
            at = editor.viewport().mapTo(self.widget(), editor.cursorRect().center())
            self.ensureVisible(at.x(), at.y(), 0, 2 * self.fontMetrics().height())

    def _follow_row(self, view: BlockView, _: Place) -> None:
        """Keep the row at work in sight, once the view has made room for it."""
        QTimer.singleShot(0, view, partial(self._show_row, view))

    def _show_row(self, view: BlockView) -> None:
        cell = QRect(view.visualRect(view.currentIndex()))
        top_left = view.viewport().mapTo(self.widget(), cell.topLeft())
        at = QRect(top_left, cell.size()).center() if cell.isValid() else view.mapTo(self.widget(), QPoint(0, 0))
        self.ensureVisible(at.x(), at.y(), 0, cell.height() + 2 * self.fontMetrics().height())

    # --- how it is made

    def _made(self) -> list[SheetView]:
        template = self._bridge.template
        body = _Desk(self)
        lines = QVBoxLayout(body)
        lines.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        lines.setSpacing(_GAP)
        cells = [cell for sheet in template.sheets for cell in sheet.cells]
        within = {part.field for cell in cells for part in cell.parts if isinstance(part, Blank)}
        taken: set[str] = set()
        sheets = [SheetView(self._bridge, sheet, within, taken, body) for sheet in template.sheets]
        for sheet in sheets:
            lines.addWidget(sheet)
        lines.addStretch(1)
        body.resized.connect(self._show_caret, Qt.ConnectionType.QueuedConnection)
        self.setWidget(body)
        return sheets

    def _parts(self) -> Iterator[CellBox | BlockView]:
        for sheet in self._sheets:
            yield from sheet.parts

    def _all_boxes(self) -> Iterator[CellBox]:
        return (box for sheet in self._sheets for box in sheet.boxes)

    def _join(self, box: CellBox) -> None:
        for place in box.shown:
            self._boxes.setdefault(place, []).append(box)
        for place, editor in box.editors:
            self._editors[editor] = (place, editor, box)
            editor.installEventFilter(self)
            editor.installEventFilter(self._keys)
            editor.typed.connect(partial(self._typed, editor, place))
            if isinstance(editor, TextEditor):
                editor.cursorPositionChanged.connect(self._show_caret, Qt.ConnectionType.QueuedConnection)


def _sheet_of(box: CellBox) -> SheetView:
    sheet = box.parentWidget()
    assert isinstance(sheet, SheetView)  # noqa: S101 — a sheet makes its boxes
    return sheet


def _of_fields(problems: Iterable[Problem]) -> dict[Place, list[Problem]]:
    found: dict[Place, list[Problem]] = {}
    for one in problems:
        if one.at.field:
            found.setdefault(one.at, []).append(one)
    return found


class _Desk(QWidget):
    """What lies under the sheets. `resized` tells that they have another place or height."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's own name
        """Tell of it."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's own name
        """Its colour, in light or in dark."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("desk"))
        painter.end()
