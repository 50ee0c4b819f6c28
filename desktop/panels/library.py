"""The library at the left: what is filed, found by typing, and the templates a new filing starts from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.models.library import ID_ROLE, LibraryModel
from desktop.two_lines import TwoLines
from forms.errors import JixiaoError
from forms.language import N_, sentence

if TYPE_CHECKING:  # the core is loaded by the library's thread, after the first paint
    from desktop.librarian import Librarian
    from forms.desk import Desk
    from forms.store.finder import Found
    from forms.store.records import Summary

_TEMPLATES_SHOWN = 5
_MOST_FOUND = 500
_PATIENCE_S = 0.2  # for texts not known to the index yet; then others may ask the library something, too
_EMPTY = N_("库里还没有表。\n\n在下面双击一份表样，新填一份；\n或者把 Word、Excel 文件、申报包拖到窗口里。")
_NOT_FOUND = N_("没有找到。\n\n换一个词，或清空上面的查找框。")


@dataclass(frozen=True, slots=True)
class _Form:
    """A template as the list of new forms shows it."""

    id: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class _Contents:
    filings: tuple[Summary, ...]
    forms: tuple[_Form, ...]
    warning: str


class LibraryPanel(QWidget):
    """Lists the filings and templates. Enter or a double-click opens; nothing is read before `refresh` is called."""

    opened = Signal(str)  # the id of a filing
    new_wanted = Signal(str)  # the id of a template
    removed = Signal(str)  # the id of a filing that is to go into the bin
    found_again = Signal()  # a search was ended, for it hid what has just come
    warned = Signal(str)  # what the library has to say, empty when all is well

    def __init__(self, librarian: Librarian, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library-panel")
        self._librarian = librarian
        self._forms: tuple[_Form, ...] = ()
        self._opened = ""  # the id of the filing that is open
        self._expected: frozenset[str] = frozenset()  # what a search must not hide, until the next one
        self.model = LibraryModel(self)
        self._build()
        self.retranslate()

    def refresh(self) -> None:
        """Ask the library for its lists; the answer comes later."""
        self._librarian.ask(_read, self._show, self._refuse)

    def select(self, ident: str) -> None:
        """Put the bar on the filing that is open, now or once it is listed; on none where it is not."""
        if ident != self._opened:  # one that is only read anew leaves a search alone
            self._opened = ident
            self.expect((ident,))
        self.filings.setCurrentIndex(self.model.index(self.model.row_of(ident), 0))

    def expect(self, idents: Iterable[str]) -> None:
        """See to it that filings that were just opened, made or imported are listed: a search that hides one ends."""
        self._expected = frozenset(idents)
        self._end_search()

    def retranslate(self) -> None:
        """Show the program's own words in the language in use."""
        self.search.setPlaceholderText(sentence(N_("查找标题、单位、年度、表样")))
        self.search.setAccessibleName(sentence(N_("查找")))
        self.filings.setAccessibleName(sentence(N_("库中的表")))
        self.forms.setAccessibleName(sentence(N_("表样")))
        self._heading.setText(sentence(N_("新填一份")))
        self._again.setText(sentence(N_("再试一次")))
        self.model.retranslate()
        self._settle()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()
        elif event.type() == QEvent.Type.FontChange:
            self._size_forms()
        super().changeEvent(event)

    # --- how it is built

    def _build(self) -> None:
        self.search = QLineEdit(self)
        self.search.setObjectName("library-search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.textEdited.connect(lambda: self.expect(()))
        self.search.returnPressed.connect(self._open_first)
        self.filings = _Filings(self)
        self.filings.setModel(self.model)
        self.filings.chosen.connect(self._open)
        self.filings.dropped.connect(self.removed)
        self.filings.customContextMenuRequested.connect(self._menu)
        self._message = QLabel(self)
        self._again = QPushButton(self)
        self._heading = QLabel(self)
        self._build_forms()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.search)
        layout.addLayout(self._middle(), 1)
        layout.addWidget(self._heading)
        layout.addWidget(self.forms)
        self.setFocusProxy(self.search)

    def _middle(self) -> QStackedLayout:
        self._message.setObjectName("library-message")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._again.setObjectName("library-again")
        self._again.clicked.connect(self.refresh)
        self._again.hide()
        told = QWidget(self)
        column = QVBoxLayout(told)
        column.addStretch(2)
        column.addWidget(self._message)
        column.addWidget(self._again, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.filings)
        self._stack.addWidget(told)
        return self._stack

    def _build_forms(self) -> None:
        self.forms = QListWidget(self)
        self.forms.setObjectName("library-templates")
        self.forms.setUniformItemSizes(True)
        self.forms.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.forms.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.forms.setIconSize(QSize(16, 16))
        self.forms.itemActivated.connect(self._new)
        self._heading.setBuddy(self.forms)

    # --- what it shows

    def _show(self, contents: _Contents) -> None:
        self._keeping(lambda: self.model.show(contents.filings))
        self._end_search()
        self._again.hide()
        self.setToolTip("")
        if contents.forms != self._forms:
            self._show_forms(contents.forms)
        self._settle()
        self.warned.emit(contents.warning)

    def _end_search(self) -> None:
        if any(map(self.model.hides, self._expected)):
            self.search.clear()
            self.found_again.emit()

    def _keeping(self, change: Callable[[], None]) -> None:
        """Change what is listed; the bar stays on its filing, or comes to the one that is open."""
        current = self.filings.current() or self._opened
        change()
        self.filings.setCurrentIndex(self.model.index(self.model.row_of(current), 0))

    def _show_forms(self, forms: tuple[_Form, ...]) -> None:
        self._forms = forms
        self.forms.clear()
        for one in forms:
            item = QListWidgetItem(one.name)
            item.setData(ID_ROLE, one.id)
            item.setToolTip("　".join(filter(None, (one.name, one.region, one.id))))
            self.forms.addItem(item)
        self._draw_icons()
        self._size_forms()

    def _size_forms(self) -> None:
        """Show the first templates, and as many lines of them whatever the size of the letters is."""
        shown = min(max(self.forms.count(), 1), _TEMPLATES_SHOWN)
        self.forms.setFixedHeight(self.forms.sizeHintForRow(0) * shown + 2 * self.forms.frameWidth() + 2)

    def _draw_icons(self) -> None:
        icon = theme.icon("file-plus") if self.forms.count() else QIcon()
        for row in range(self.forms.count()):
            self.forms.item(row).setIcon(icon)

    def _refuse(self, error: JixiaoError) -> None:
        self.model.show(())
        self._tell(str(error))
        self._again.show()

    def _settle(self) -> None:
        if not self._again.isHidden():
            return
        if self.model.rowCount():
            self._message.clear()
            self._stack.setCurrentIndex(0)
        else:
            self._tell(sentence(_NOT_FOUND if self.model.count else _EMPTY))

    def _tell(self, text: str) -> None:
        self._message.setText(text)
        self._stack.setCurrentIndex(1)

    def _narrow(self, text: str) -> None:
        self._keeping(lambda: self.model.narrow(text))
        self._settle()
        if text.strip():
            self._look_into_texts(text)

    def _take_found(self, text: str, found: tuple[Found, ...], waiting: int) -> None:
        """Show what was found in the texts, unless another word is searched for by now; look on where it took long."""
        if text != self.search.text():
            return
        self._keeping(lambda: self.model.add_found({one.id: one.line for one in found}))
        self._settle()
        if waiting:
            self._look_into_texts(text)

    def _look_into_texts(self, text: str) -> None:
        self._librarian.ask(lambda desk: desk.finder.search(text, _MOST_FOUND, _PATIENCE_S),
                            lambda found: self._take_found(text, *found), lambda _: None)  # fmt: skip

    # --- what a person asks

    def _open(self, index: QModelIndex) -> None:
        if ident := index.data(ID_ROLE):
            self.opened.emit(ident)

    def _open_first(self) -> None:
        self._open(self.model.index(0, 0))

    def _new(self, item: QListWidgetItem) -> None:
        self.new_wanted.emit(item.data(ID_ROLE))

    def _menu(self, at: QPoint) -> None:
        ident = self.filings.indexAt(at).data(ID_ROLE)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if ident:
            menu.addAction(theme.icon("folder-open"), sentence(N_("打开")), lambda: self.opened.emit(ident))
            menu.addAction(sentence(N_("放进回收站")), lambda: self.removed.emit(ident))
        menu.addAction(theme.icon("refresh-cw"), sentence(N_("重新读取")), self.refresh)
        menu.popup(self.filings.viewport().mapToGlobal(at))


class _Filings(QListView):
    """The list of filings: opened by Enter or a double-click on every system."""

    chosen = Signal(QModelIndex)
    dropped = Signal(str)  # the id of a filing

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("library-filings")
        self.setItemDelegate(TwoLines(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(self.chosen)

    def current(self) -> str:
        """The id of the filing under the bar; empty where there is none."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Open by Enter; a Mac would start to rename."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Delete and self.current():
            self.dropped.emit(self.current())
            return
        super().keyPressEvent(event)


def _read(desk: Desk) -> _Contents:
    known = tuple(_Form(one.id, one.name, one.region) for one in desk.templates.current())
    return _Contents(desk.library.list(), known, desk.library.warning)
