"""The bar below the form that finds words in what was typed, and puts others in their place.

It is part of the window and no popup: an input method could not write into one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from desktop import theme
from forms.language import N_, sentence

if TYPE_CHECKING:  # the core is loaded after the first paint
    from desktop.opening import OpenFiling
    from forms.finding import Found

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """Looks through the open filing as it stands at each step: whatever was typed meanwhile is found, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find-bar")
        self.setAutoFillBackground(True)
        self._opening: OpenFiling | None = None
        self._at = -1  # which of those found is shown
        self.words = self._line("find-words", self._look)
        self.others = self._line("find-others", lambda _: None)
        self._exactly = QCheckBox(self)
        self._exactly.setObjectName("find-exactly")
        self._exactly.toggled.connect(lambda _: self._look(""))
        self._count = QLabel(self)
        self._count.setObjectName("find-count")
        self._next = self._button("find-forward", self.go_on)
        self._back = self._button("find-backward", self.go_back)
        self._one = self._button("replace-one", self.replace_one)
        self._all = self._button("replace-all", self.replace_all)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.addWidget(self.words, 3)
        row.addWidget(self._count)
        row.addWidget(self._back)
        row.addWidget(self._next)
        row.addWidget(self._exactly)
        row.addWidget(self.others, 2)
        row.addWidget(self._one)
        row.addWidget(self._all)
        row.addWidget(self._close)
        self.retranslate()
        self.hide()

    def show_filing(self, opening: OpenFiling | None) -> None:
        """Look through another filing from now on; without one the bar goes away."""
        self._opening = opening
        self._at = -1
        if opening is None:
            self.hide()
        elif self.isVisible():
            self._tell(self._found())

    def begin(self) -> None:
        """Show the bar with the caret in it."""
        if self._opening is None:
            return
        self._opening.flush()
        self.show()
        self.words.setFocus()
        self.words.selectAll()
        self._tell(self._found())

    def leave(self) -> None:
        """Take the bar away and give the caret back to the place that was found, or where it was before."""
        self.hide()
        opening = self._opening
        if opening is None:
            return
        found = self._found()
        if 0 <= self._at < len(found):
            opening.form.reveal(found[self._at].place, found[self._at].span)
        elif opening.place is not None:
            opening.form.reveal(opening.place)

    def go_on(self) -> None:
        """Show the next place, the first one after the last."""
        self._go(1)

    def go_back(self) -> None:
        """Show the place before, the last one before the first."""
        self._go(-1)

    def replace_one(self) -> None:
        """Put the other words where those found stand now, and show the next place."""
        found = self._found()
        if self._opening is None or not 0 <= self._at < len(found):
            self._go(1)
            return
        self._exchange(found[self._at : self._at + 1])
        self._at -= 1
        self._go(1)

    def replace_all(self) -> None:
        """Put the other words everywhere, as one step of undo."""
        found = self._found()
        if found:
            self._exchange(found)
            self._at = -1
            self._count.setText(sentence(N_("换了 {count} 处"), {"count": len(found)}))

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        for field, words in ((self.words, N_("查找")), (self.others, N_("替换为"))):
            field.setPlaceholderText(sentence(words))
            field.setAccessibleName(sentence(words))
        self._exactly.setText(sentence(N_("区分大小写、全半角")))
        self._back.setText(sentence(N_("上一个")))
        self._next.setText(sentence(N_("下一个")))
        self._one.setText(sentence(N_("替换")))
        self._all.setText(sentence(N_("全部替换")))
        self._close.setToolTip(sentence(N_("关闭查找")))
        self._close.setAccessibleName(sentence(N_("关闭查找")))
        self._close.setIcon(theme.icon("x"))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow the language and the theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc closes; Enter goes on, with Shift back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in _ENTER and self.others.hasFocus():
            self.replace_one()
        elif event.key() in _ENTER:
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    # --- how it is done

    def _found(self) -> tuple[Found, ...]:
        if self._opening is None or not self.words.text():
            return ()
        from forms.finding import find  # noqa: PLC0415 — brings the rules of the core

        bridge = self._opening.bridge
        return find(bridge.template, bridge.filing, self.words.text(), exactly=self._exactly.isChecked())

    def _exchange(self, found: tuple[Found, ...]) -> None:
        from forms.finding import exchange  # noqa: PLC0415 — brings the rules of the core

        if self._opening is not None:
            self._opening.flush()
            self._opening.bridge.do(exchange(self._opening.bridge.filing, found, self.others.text()), origin="replace")

    def _look(self, _text: str) -> None:
        """Count while the words are typed; the caret stays, for an input method may be at work."""
        self._at = -1
        found = self._found()
        if found and self._opening is not None:
            self._opening.form.show_place(found[0].place)
        self._tell(found)

    def _go(self, step: int) -> None:
        if self._opening is None:
            return
        self._opening.flush()
        self.show()
        found = self._found()
        if found:
            before = found[self._at] if 0 <= self._at < len(found) else None
            self._at = (max(self._at, -1 if step > 0 else 0) + step) % len(found)
            self._show(found[self._at], before)
        self._tell(found)

    def _show(self, one: Found, before: Found | None) -> None:
        """Mark what was found; the caret goes there too, unless the bar was asked, which keeps it."""
        if self._opening is None:
            return
        form, focus = self._opening.form, QApplication.focusWidget()
        asked_here = focus is not None and self.isAncestorOf(focus)
        if before is not None and before.place.field and before.place != one.place:
            form.reveal(before.place, (before.first, before.first))  # marked no longer
        form.reveal(one.place, one.span)
        form.show_place(one.place)
        if asked_here and focus is not None:
            focus.setFocus()

    def _tell(self, found: tuple[Found, ...]) -> None:
        if not self.words.text():
            words = ""
        elif not found:
            words = sentence(N_("没有找到"))
        else:
            words = f"{self._at + 1 or '–'}/{len(found)}"
        self._count.setText(words)
        for button in (self._next, self._back, self._one, self._all):
            button.setEnabled(bool(found))

    def _line(self, name: str, typed: Callable[[str], object]) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName(name)
        made.setClearButtonEnabled(True)
        made.textChanged.connect(typed)
        return made

    def _button(self, name: str, act: Callable[[], None]) -> QToolButton:
        made = QToolButton(self)  # narrower than a push button, and the bar is short of room on a small screen
        made.setObjectName(name)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda _checked: act())
        return made
