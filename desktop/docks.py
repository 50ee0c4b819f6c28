"""Where library, problems and preview stand around the form, remembered apart for wide and for narrow screens."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDockWidget, QHBoxLayout, QMainWindow, QTabWidget, QWidget

from desktop.settings import Settings
from forms.language import N_, sentence

NARROW = 1_200  # logical pixels; below it preview and library share one place as tabs
FORM_WIDTH = 640  # the form never gets less
_DOCK_WIDTH = 200  # and a dock at its side never less than this
_CALM_MS = 200  # after which docks that were moved are remembered
_OWN = 0.01  # points that make a font another one to Qt, and to nobody else
_VERSION = 1  # of the arrangement: a kept one of another version is left aside
_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_BELOW = Qt.DockWidgetArea.BottomDockWidgetArea
_NAMES = {"library": N_("库"), "problems": N_("问题"), "preview": N_("预览")}
_KEYS = {"library": "Ctrl+1", "problems": "Ctrl+2", "preview": "Ctrl+3"}


class Docks(QObject):
    """The three docks of a window. Each can be moved, closed and brought back; a change of screen keeps both orders.

    Problems and preview are empty at first; the window puts them in once it has been painted.
    """

    def __init__(self, window: QMainWindow, settings: Settings, library: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._mode = ""
        self.library = self._dock("library", library)
        self.problems = self._dock("problems", QWidget(window))
        self.preview = self._dock("preview", QWidget(window))
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM_MS)
        self._calm.timeout.connect(self.remember)
        for dock in (self.library, self.problems, self.preview):
            dock.installEventFilter(self)
            dock.visibilityChanged.connect(self.remember)
            dock.dockLocationChanged.connect(self._calm.start)
        window.setDockNestingEnabled(True)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        # Problems belong to the form: they stand below it and leave the sides whole.
        window.setCorner(Qt.Corner.BottomLeftCorner, _LEFT)
        window.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        self.retranslate()

    @property
    def toggles(self) -> list[QAction]:
        """The actions that show and hide the docks."""
        return [dock.toggleViewAction() for dock in (self.library, self.problems, self.preview)]

    @property
    def narrow(self) -> bool:
        """Whether preview and library are tabs of one place."""
        return self._mode == "narrow"

    def fit(self, width: int, height: int) -> None:
        """Arrange for a window of this size in logical pixels, as it was left the last time there was such a one."""
        mode = "narrow" if width < NARROW else "wide"
        if mode == self._mode:
            return
        self._mode = ""  # Qt has squeezed the docks by now: how they stood before is remembered already
        if not self._window.restoreState(self._settings.layout(mode), _VERSION):
            self._arrange(width, height, mode)
        self._mode = mode
        for dock in (self.library, self.preview):
            # The tabs name them already.
            dock.setTitleBarWidget(_no_bar(dock) if self.narrow else None)  # type: ignore[arg-type]  # None is Qt's own bar

    def turn(self, middle: QWidget, *, back: bool) -> QWidget:
        """Bring the next pane to the front and give it: library, `middle`, problems, preview; closed ones are left out.

        The keys go to a dock at once; who asks gives them to `middle`.
        """
        panes: list[QWidget] = [self.library, middle, self.problems, self.preview]
        panes = [one for one in panes if not isinstance(one, QDockWidget) or one.toggleViewAction().isChecked()]
        focused = QApplication.focusWidget()
        here = next((n for n, pane in enumerate(panes) if focused and pane.isAncestorOf(focused)), 0)
        pane = panes[(here + (-1 if back else 1)) % len(panes)]
        if isinstance(pane, QDockWidget):
            pane.raise_()
            pane.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)
        return pane

    def remember(self) -> None:
        """Keep where everything stands now."""
        if self._mode and self._window.isVisible():
            self._settings.set_layout(self._mode, self._window.saveState(_VERSION))

    def retranslate(self) -> None:
        """Name the docks in the language in use."""
        for name, words in _NAMES.items():
            dock: QDockWidget = getattr(self, name)
            dock.setWindowTitle(sentence(words))
            dock.toggleViewAction().setText(sentence(words))

    def _dock(self, name: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(self._window)
        dock.setObjectName(f"dock-{name}")
        dock.setWidget(widget)
        dock.setMinimumWidth(_DOCK_WIDTH)
        toggle = dock.toggleViewAction()
        toggle.setShortcut(QKeySequence(_KEYS[name]))
        toggle.triggered.connect(lambda shown: dock.raise_() if shown else None)
        return dock

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Hear that a dock has another size, which Qt tells nobody, or that letters have."""
        if event.type() == QEvent.Type.Resize:
            self._calm.start()
        elif event.type() == QEvent.Type.FontChange and isinstance(watched, QDockWidget):
            _size_title(watched)
        return super().eventFilter(watched, event)

    def _arrange(self, width: int, height: int, mode: str) -> None:
        window, side, below = self._window, Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        for dock in (self.library, self.problems, self.preview):
            window.removeDockWidget(dock)
        window.addDockWidget(_LEFT, self.library)
        window.addDockWidget(_BELOW, self.problems)
        if mode == "narrow":
            window.tabifyDockWidget(self.library, self.preview)
            sizes = {self.library: min(320, width - FORM_WIDTH)}
        else:
            window.addDockWidget(_RIGHT, self.preview)
            sizes = {self.library: max(250, width // 7), self.preview: max(320, (width - FORM_WIDTH) // 2)}
        for dock in (self.library, self.problems, self.preview):
            dock.show()
        window.resizeDocks(list(sizes), list(sizes.values()), side)
        window.resizeDocks([self.problems], [max(140, height // 5)], below)
        self.library.raise_()


def _size_title(dock: QDockWidget) -> None:
    """Draw the title in the size of all letters: Qt draws it in the size of the start where a dock has no own font."""
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() + _OWN)
    dock.setFont(font)


def _no_bar(dock: QDockWidget) -> QWidget:
    bar = QWidget(dock)
    QHBoxLayout(bar).setContentsMargins(0, 0, 0, 0)  # without a layout its size would be unknown, and Qt complains
    return bar
