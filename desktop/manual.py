"""The manual in the program: chapters on the left, pages with pictures on the right, words found in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.frame import LARGEST
from desktop.labels import plain
from forms.files import resource
from forms.language import N_, sentence

_STEM = Qt.ItemDataRole.UserRole
_MARGIN = 48  # of a page, both sides, which a picture leaves free


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: the stem of its file, its heading and its text in Markdown."""

    stem: str
    heading: str
    text: str


def chapters() -> tuple[Chapter, ...]:
    """The chapters in order; the manual is written in Chinese."""
    found = []
    for path in sorted(resource("manual").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found.append(Chapter(path.stem, text.partition("\n")[0].removeprefix("# ").strip(), text))
    return tuple(found)


class Manual(QWidget):
    """A window of its own beside the main one, so that people read and work at the same time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("manual")
        self._chapters = chapters()
        self.search = QLineEdit(self)
        self.search.setObjectName("manual-search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._find)
        self.contents = QListWidget(self)
        self.contents.setObjectName("manual-contents")
        for one in self._chapters:
            item = QListWidgetItem(one.heading, self.contents)
            item.setData(_STEM, one.stem)
        self.contents.currentItemChanged.connect(lambda *_: self._show())
        self.page = _Page(self)
        self._none = plain(name="manual-none")
        self._lay_out()
        self.retranslate()
        self.contents.setCurrentRow(0)
        self.resize(QSize(920, LARGEST.height()))

    def open_at(self, stem: str = "") -> None:
        """Show the window at a chapter; at the one it was at where none is named."""
        self.search.clear()
        for row in range(self.contents.count()):
            if self.contents.item(row).data(_STEM) == stem:
                self.contents.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus()

    def retranslate(self) -> None:
        """Say the program's own words in the language in use."""
        self.setWindowTitle(sentence(N_("使用手册")))
        self.search.setPlaceholderText(sentence(N_("在手册里查找")))
        self.search.setAccessibleName(self.search.placeholderText())
        self.contents.setAccessibleName(sentence(N_("各章")))
        self._none.setText(sentence(N_("手册里没有这个词。")))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow the language, and the colours in which a page is written."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        item = self.contents.currentItem()
        if item is not None:
            self.page.read(next(one for one in self._chapters if one.stem == item.data(_STEM)))

    def _narrow(self, text: str) -> None:
        """Leave the chapters that have every word typed, and mark the first of them on the page."""
        wanted = text.casefold().split()
        found = [all(word in one.text.casefold() for word in wanted) for one in self._chapters]
        for row, there in enumerate(found):
            self.contents.item(row).setHidden(not there)
        self._none.setVisible(not any(found))
        if any(found) and not found[self.contents.currentRow()]:
            self.contents.setCurrentRow(found.index(True))
        self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
        self._find()

    def _find(self) -> None:
        """Go to the next place on the page that has the first word, round from the end."""
        words: Sequence[str] = self.search.text().split()
        if words and not self.page.find(words[0]):
            self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
            self.page.find(words[0])

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.contents, 1)
        left.addWidget(self._none)
        self._none.hide()
        both = QHBoxLayout(self)
        both.addLayout(left, 1)
        both.addWidget(self.page, 3)


class _Page(QTextBrowser):
    """One chapter. Pictures come from the manual's own folder and are no wider than the page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("manual-page")
        self.setOpenLinks(False)
        # A bar that came with the length of a chapter would make its pictures wider than what is left of the page.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setInputMethodHints(Qt.InputMethodHint.ImhNone)
        self._folder: Path = resource("manual")
        self.document().setDocumentMargin(_MARGIN / 2 - 4)

    def read(self, chapter: Chapter) -> None:
        """Show a chapter from its beginning."""
        self.document().setDefaultFont(self.font())
        self.setMarkdown(chapter.text)
        self.setAccessibleName(chapter.heading)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 — Qt's name
        """A picture of the manual, never anything from elsewhere."""
        path = (self._folder / QUrl(name).path()).resolve()
        if QTextDocument.ResourceType(kind) is not QTextDocument.ResourceType.ImageResource:
            return None
        if not path.is_relative_to(self._folder.resolve()) or not path.is_file():
            return None
        picture = QImage(str(path))
        room = self.viewport().width() - _MARGIN
        smooth = Qt.TransformationMode.SmoothTransformation
        return picture.scaledToWidth(room, smooth) if picture.width() > room > 0 else picture
