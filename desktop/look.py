"""Language, theme and size of text: chosen in the menu, seen at once, remembered."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.actions import Actions
from desktop.settings import Settings
from forms.language import use

_QT_WORDS = "qt-words"  # OK, Cancel and the like in the language in use


class Look(QObject):
    """Joins the settings of a person to the menu they are chosen in."""

    coloured = Signal()  # another theme is shown: whoever chose colours of their own chooses them anew

    def __init__(self, settings: Settings, actions: Actions) -> None:
        super().__init__(actions)
        self._settings = settings
        self._actions = actions
        actions.add_choice("language", settings.language, self.speak)
        actions.add_choice("theme", settings.theme, self._colour)
        actions.add_choice("text-size", str(settings.text_size), self._size)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def speak(self, language: str) -> None:
        """Show everything in `language` from now on."""
        self._settings.language = language
        speak(language)
        self._actions.redraw()

    def _colour(self, name: str) -> None:
        self._settings.theme = name
        self._show()

    def _size(self, percent: str) -> None:
        self._settings.text_size = int(percent)
        self._show()

    def _system_changed(self) -> None:
        if self._settings.theme == "system":
            self._show()

    def _show(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self._settings.theme, self._settings.text_size)
            self._actions.redraw()
            self.coloured.emit()


def speak(language: str) -> None:
    """Let the program and Qt speak `language`; every widget hears of it by QEvent.LanguageChange."""
    use(language)
    app = QCoreApplication.instance()
    if app is None:
        return  # without a window Qt says nothing
    words = app.findChild(QTranslator, _QT_WORDS)
    if words is None:
        words = QTranslator(app)
        words.setObjectName(_QT_WORDS)
        QCoreApplication.installTranslator(words)
    # Loading tells every widget; there is nothing to load for English, which Qt speaks by itself.
    words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
