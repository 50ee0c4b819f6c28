"""One cell with blanks: its words and editors as on paper, and beneath them what is wrong there."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from desktop import theme
from desktop.bridge import Bridge
from desktop.editor.cell_note import MARGIN, CellNote
from desktop.editor.fields import Editor, TextEditor, TickEditor, align, editor_for, letters
from desktop.editor.flow import Item, place
from desktop.editor.tree_cell import PADDING
from desktop.labels import literal, plain
from forms.filing import Place
from forms.grid.filling import NUMBER_MARKS
from forms.places import describe
from forms.problem import Problem
from forms.template.model import Blank, Part, Words
from forms.template.spelling import POSITION
from forms.values import Kind
from forms.working import explained

_BELOW_TITLE = Qt.AlignmentFlag.AlignHCenter


class CellBox(QWidget):
    """Words and editors of one cell. `editors` are in drawn order, each with the place it writes to.

    Fields in `elsewhere` have their editor in another cell; here their text is only shown. `align`, as in `flow.place`,
    is for what stands outside the table; in a cell it is None, and the blanks fill their lines.
    """

    changed = Signal()  # the height it needs, or its severity

    def __init__(
        self,
        bridge: Bridge,
        parts: Sequence[Part],
        parent: QWidget,
        elsewhere: Container[str] = (),
        align: float | None = None,
    ) -> None:
        super().__init__(parent)
        self.severity = ""
        self.editors: list[tuple[Place, Editor]] = []
        self._bridge = bridge
        self.align = align
        self._shown: list[tuple[Blank, QLabel, str]] = []  # with the mark that stands behind a number
        self._note: CellNote | None = None
        self._single = len(parts) == 1 and isinstance(parts[0], Blank) and not parts[0].tick
        self._items = list(self._made(parts, elsewhere))
        self.refresh()
        self.retranslate()

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that can be filled in here, in drawn order; that of several boxes once."""
        return tuple(dict.fromkeys(place for place, _ in self.editors))

    @property
    def shown(self) -> tuple[Place, ...]:
        """The places whose text is shown here, to be filled in or not."""
        echoed = (Place(field=part.field) for part, *_ in self._shown)
        return tuple(dict.fromkeys((*self.places, *echoed)))

    def height_for(self, width: int) -> int:
        """How high the cell is in a width."""
        return self._height(width) + self._note_height(width)

    def refresh(self) -> None:
        """Show what the filing holds."""
        for at, editor in self.editors:
            editor.put(self._bridge.text(at))
        for part, label, mark in self._shown:
            echo = self._echo(part)
            text = echo + mark if echo else ""  # a filing outside a set has no number, and so no mark behind it
            if label.text() != text:
                label.setText(text)
                self._arrange()

    def explain(self) -> None:
        """Have the tips tell how what is computed was made; asked for when somebody points at it."""
        for at, editor in self.editors:
            help_ = self._bridge.template.fields[at.field].help
            editor.setToolTip(literal("\n".join(filter(None, (explained(self._bridge.review, at), help_)))))

    def say(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong, gravest first, with the button of the first fix; nothing where nothing is wrong."""
        sentences = tuple(map(str, problems))
        if sentences == (self._note.sentences if self._note is not None else ()):
            return
        if self._note is None:
            self._note = CellNote(self._bridge, self, _BELOW_TITLE if self.align else Qt.AlignmentFlag.AlignLeft)
            if self.editors:
                QWidget.setTabOrder(self.editors[-1][1], self._note.button)
        self._note.tell(problems)
        self.severity = str(problems[0].severity) if problems else ""
        for _, editor in self.editors:
            editor.setAccessibleDescription("\n".join(sentences))
        self.changed.emit()
        self._arrange()

    def retranslate(self) -> None:
        """Say the names of the fields to those who cannot see the form, and what is wrong, in the language of now."""
        for at, editor in self.editors:
            editor.setAccessibleName(describe(at, self._bridge.template, self._bridge.filing))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's own name
        """Arrange the cell anew."""
        super().resizeEvent(event)
        self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's own name
        """Go into the blank that is nearest to the click, as if the whole cell were its editor."""
        at = event.position().toPoint()
        near = [(abs(at.y() - one.geometry().center().y()), abs(at.x() - one.geometry().center().x()), number)
                for number, (_, one) in enumerate(self.editors)]  # fmt: skip
        if near:
            self.editors[min(near)[-1]][1].setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's own name
        """A line under every blank that stands among words, or nobody would see it."""
        super().paintEvent(event)
        if self._single:
            return
        painter = QPainter(self)
        for _, editor in self.editors:
            if not isinstance(editor, TickEditor):
                here = self.palette().color(QPalette.ColorRole.Highlight)
                painter.setPen(QPen(here, 2) if editor.hasFocus() else theme.colour("paper_line"))
                painter.drawLine(editor.geometry().bottomLeft(), editor.geometry().bottomRight())
        painter.end()

    def _arrange(self) -> None:
        """Set everything into the cell: what is wrong at its foot, the rest in the middle of what remains."""
        width = self.width()
        beneath = self._note_height(width)
        room = self.rect().adjusted(0, 0, 0, -beneath)
        single = self._items[0].widget if self._single else None
        if single is not None and not isinstance(single, TextEditor):
            single.setGeometry(room)
        else:
            down = max(room.height() - self._height(width), 0) // 2
            margin = 0 if self._single else MARGIN
            place(self._items, room.adjusted(margin, margin + down, -margin, 0), self.align or 0)
        for at, editor in self.editors:
            align(editor, self._bridge.template.fields[at.field], editor.width())
        if self._note is not None:
            self._note.setGeometry(0, room.bottom() + 1, width, beneath)

    def _height(self, width: int) -> int:
        if self._single:
            return self._items[0].height(width)
        return place(self._items, QRect(0, 0, width - 2 * MARGIN, 0), self.align or 0, move=False) + 2 * MARGIN

    def _note_height(self, width: int) -> int:
        return self._note.height_for(width) if self._note is not None else 0

    def _made(self, parts: Sequence[Part], elsewhere: Container[str]) -> Iterator[Item]:
        for before, part in zip((None, *parts), parts, strict=False):
            if isinstance(part, Words):
                text = part.text[len(self._mark(before, part)) :]
                for line in filter(str.strip, text.split("\n")):
                    yield self._words(plain(line.strip(), wrap=False, parent=self))
            elif part.field == POSITION or (part.field in elsewhere and not part.tick):
                label = plain(wrap=False, parent=self)
                after = parts[parts.index(part) + 1 : parts.index(part) + 2]
                self._shown.append((part, label, self._mark(part, *after)))
                yield self._words(label)
            else:
                yield self._blank(part)

    def _words(self, label: QLabel) -> Item:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        label.setWordWrap(True)

        def width() -> int:
            return label.fontMetrics().horizontalAdvance(label.text()) + 1 if label.text() else 0

        return Item(label, width, label.heightForWidth)

    def _blank(self, blank: Blank) -> Item:
        field = self._bridge.template.fields[blank.field]
        editor = editor_for(field, blank.tick, self)
        self.editors.append((Place(field=blank.field), editor))
        if isinstance(editor, TextEditor):
            editor.grown.connect(self.changed)
            if not self._single:
                editor.textChanged.connect(self._arrange)
        least = letters(field)

        def width() -> int:
            if isinstance(editor, TickEditor):
                return editor.sizeHint().width()
            metrics = editor.fontMetrics()
            typed = metrics.horizontalAdvance(editor.text()) + 3 * PADDING if isinstance(editor, TextEditor) else 0
            return max(least * metrics.horizontalAdvance("国"), typed)

        def height(in_width: int) -> int:
            if isinstance(editor, TextEditor):
                return editor.height_for(in_width)
            return editor.sizeHint().height() + MARGIN

        grows = not isinstance(editor, TickEditor) and self.align is None
        return Item(editor, width, height, grows, alone=field.kind is Kind.LONG and not self._single)

    @staticmethod
    def _mark(before: Part | None, part: Part | None = None) -> str:
        """The mark with which words behind the number of a filing begin: it goes where the number goes."""
        if not isinstance(before, Blank) or before.field != POSITION or not isinstance(part, Words):
            return ""
        return next((mark for mark in NUMBER_MARKS if part.text.startswith(mark)), "")

    def _echo(self, part: Blank) -> str:
        if part.field == POSITION:
            return self._bridge.filing.set.position if self._bridge.filing.set else ""
        return self._bridge.text(Place(field=part.field))
