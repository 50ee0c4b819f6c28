"""What a person has set: kept in one readable file of their own, apart from any library and any registry."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings

from desktop.theme import NAMES, TEXT_SIZES
from forms.language import LANGUAGES, preferred


class Settings:
    """The settings of one person. Whatever in the file is not understood counts as not set."""

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        ini = QSettings.Format.IniFormat
        if path is None:
            self._kept = QSettings(ini, QSettings.Scope.UserScope, "jixiao", "jixiao", parent)
        else:
            self._kept = QSettings(str(path), ini, parent)

    @property
    def language(self) -> str:
        """One of forms.language.LANGUAGES; what the machine asks for where nothing is set."""
        return self._one_of("language", LANGUAGES, preferred())

    @language.setter
    def language(self, name: str) -> None:
        self._kept.setValue("language", name)

    @property
    def theme(self) -> str:
        """One of desktop.theme.NAMES."""
        return self._one_of("theme", NAMES, "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self._kept.setValue("theme", name)

    @property
    def text_size(self) -> int:
        """One of desktop.theme.TEXT_SIZES, in per cent."""
        return int(self._one_of("text-size", tuple(map(str, TEXT_SIZES)), "100"))

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._kept.setValue("text-size", str(percent))

    @property
    def folder(self) -> Path:
        """The folder files were last read from or written to; the home folder where that one is gone."""
        kept = Path(self._text("folder"))
        return kept if kept.is_absolute() and kept.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._kept.setValue("folder", str(folder))

    def layout(self, name: str) -> QByteArray:
        """The bytes kept under `name` about where things stand in the window; empty where there are none."""
        kept = self._kept.value(f"layout/{name}")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Keep where things stand in the window under `name`."""
        self._kept.setValue(f"layout/{name}", state)

    def beside(self, name: str) -> Path:
        """The path of a file that stands beside the settings."""
        return Path(self._kept.fileName()).with_name(name)

    def write(self) -> None:
        """Bring what was set to the disk now; Qt does so by itself only some time later."""
        self._kept.sync()

    def _one_of(self, key: str, allowed: tuple[str, ...], otherwise: str) -> str:
        kept = self._text(key)
        return kept if kept in allowed else otherwise

    def _text(self, key: str) -> str:
        kept = self._kept.value(key)
        return kept if isinstance(kept, str) else ""
