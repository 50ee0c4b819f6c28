"""The problems panel: the verdict first, then every problem by severity; each leads to its place or is repaired."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.bridge import Bridge
from desktop.labels import plain
from desktop.models.problems import Column, Entry, ProblemModel, entries
from desktop.wrapped_table import WrappedTable
from forms.language import N_, sentence
from forms.problem import Severity

_TOGETHER_MS = 40  # changes that come faster than this are shown together


class ProblemsPanel(QWidget):
    """Lists what is wrong with the open filing, live while somebody types."""

    activated = Signal(object, object)  # forms.filing.Place, span or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems_panel")
        self._bridge: Bridge | None = None
        self._model = ProblemModel(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER_MS)
        self._soon.timeout.connect(self.recheck)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._verdict = plain("", "verdict")
        self._fix = QPushButton(self)
        self._fix.setObjectName("fix")
        self._fix.clicked.connect(self.fix_current)
        self.view = WrappedTable("problems", self._model, self)
        self.view.setShowGrid(False)
        self.view.setAlternatingRowColors(True)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._arrange_columns()
        self.view.selectionModel().currentChanged.connect(self._offer_fix)
        self.view.doubleClicked.connect(self._double_click)
        self.view.entered_row.connect(self._go)
        self.view.clicked.connect(self._click)
        self.view.customContextMenuRequested.connect(self._menu)
        self._empty = plain("", "problems_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        self._lay_out()
        self.retranslate()

    def show_bridge(self, bridge: Bridge | None) -> None:
        """Show the problems of another filing, or none."""
        if self._bridge is not None:
            self._bridge.changed.disconnect(self._later)
            self._bridge.problems_changed.disconnect(self._later)
        self._bridge = bridge
        if bridge is not None:
            bridge.changed.connect(self._later)
            bridge.problems_changed.connect(self._later)
        self._model.update(())
        self.recheck()

    def recheck(self) -> None:
        """Show what stands now, without waiting for a pause."""
        self._soon.stop()
        self._model.update(entries(self._bridge.review) if self._bridge else ())
        self.view.setColumnHidden(Column.FIX, not any(line.fix for line in self._model.lines))
        self._say_verdict()
        self._offer_fix()

    def fix_current(self) -> None:
        """Do the repair on offer for the current problem, as one step of undo."""
        entry = self._current()
        if self._bridge and entry and entry.problem and entry.problem.fix:
            self._bridge.mend(entry.problem.fix, asker=self)
            self.recheck()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.view.setAccessibleName(sentence(N_("问题")))
        self._model.retranslate()
        self.recheck()

    # --- how it is done

    def _later(self) -> None:
        self._soon.start()

    def _current(self) -> Entry | None:
        index = self.view.currentIndex()
        return self._model.lines[index.row()] if index.isValid() else None

    def _go(self, index: QModelIndex) -> None:
        problem = self._model.lines[index.row()].problem
        if problem is not None:
            self.activated.emit(problem.at, problem.span)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == Column.FIX and self._model.lines[index.row()].fix and not self._calm.isActive():
            # The line goes away; the second half of a double click must not repair the one that takes its place.
            self._calm.start(QApplication.doubleClickInterval())
            self.fix_current()

    def _double_click(self, index: QModelIndex) -> None:
        if index.column() != Column.FIX:
            self._go(index)

    def _menu(self, at: QPoint) -> None:
        entry = self._current()
        if entry is None or entry.problem is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(sentence(N_("转到该处")), lambda: self._go(self.view.currentIndex()))
        if entry.fix:
            menu.addAction(entry.fix, self.fix_current)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _say_verdict(self) -> None:
        text, meaning = self._judged()
        self._verdict.setText(text)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(meaning))
        self._verdict.setPalette(palette)
        self._empty.setText(
            sentence(N_("没有发现问题。")) if self._bridge else sentence(N_("打开一份表，这里列出要改和要核对的地方。"))
        )
        shown = self.view if self._model.lines else self._empty
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)

    def _judged(self) -> tuple[str, str]:
        """The verdict in words, and the meaning of its colour."""
        if self._bridge is None:
            return "", "muted"
        grave = [one.severity for one in self._bridge.problems]
        errors, warnings = grave.count(Severity.ERROR), grave.count(Severity.WARNING)
        told = {"count": errors, "rest": warnings}
        if errors:
            words = N_("还有 {count} 处必须改，{rest} 处请核对") if warnings else N_("还有 {count} 处必须改")
            return sentence(words, told), "error"
        if warnings:
            return sentence(N_("可以导出，{rest} 处请核对"), told), "warning"
        return sentence(N_("可以导出")), "good"

    def _offer_fix(self) -> None:
        entry = self._current()
        words = entry.fix if entry else ""
        self._fix.setVisible(bool(words))
        self._fix.setIcon(theme.icon("wrench") if words else QIcon())
        self._fix.setText(words.replace("&", "&&"))
        self._fix.setAccessibleName(words)

    def _arrange_columns(self) -> None:
        header = self.view.horizontalHeader()
        header.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("宽") * 5)
        header.setResizeContentsPrecision(0)  # only what is seen is measured, however long the list
        for column in (Column.SEVERITY, Column.RULE, Column.FIX):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(Column.MESSAGE, QHeaderView.ResizeMode.Stretch)
        self.view.widen(Column.PLACE, 12)

    def _lay_out(self) -> None:
        font = self._verdict.font()
        font.setBold(True)
        self._verdict.setFont(font)
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 8, 4)
        top.addWidget(self._verdict, 1)
        top.addWidget(self._fix)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow a switch of the language or of light and dark."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._say_verdict()
            self._offer_fix()
        super().changeEvent(event)
