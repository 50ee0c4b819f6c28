"""How the window looks: palettes for light, dark and high contrast, colours with a meaning, icons and the font."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from forms.files import resource

NAMES = ("light", "dark", "contrast", "system")
TEXT_SIZES = (90, 100, 115, 130, 150, 175)  # per cent

_POINTS = 10.0
_ICON_SIZES = (16, 20, 32)
_SHIPPED_FONTS = ("jixiao-serif-sc.ttf", "jixiao-sans-sc-bold.ttf")

_LIGHT, _DARK, _CONTRAST = range(3)  # the columns of what follows

# What a colour means, in each look. A meaning is never told by colour alone: words stand beside it.
_MEANINGS = {
    "error": ("#b42318", "#ff8a80", "#ff9f9f"),
    "warning": ("#8a5200", "#f2b35b", "#ffd24a"),
    "hint": ("#1f5fa8", "#86b8f5", "#7fd4ff"),
    "good": ("#1c6b3c", "#7fd19b", "#8dff9d"),
    "muted": ("#667079", "#9aa4ad", "#e0e0e0"),
    "error_ground": ("#fdecea", "#4a2523", "#5a0000"),
    "warning_ground": ("#fff6e0", "#43361c", "#4a3a00"),
    "hint_ground": ("#eaf2fc", "#1f3248", "#00304f"),
    "good_ground": ("#e9f6ee", "#1e3a2a", "#00401a"),
    "label_ground": ("#f2f5f7", "#2a2f34", "#1a1a1a"),
    "paper": ("#ffffff", "#1f2326", "#000000"),
    "paper_line": ("#8b959e", "#59636b", "#ffffff"),
    "desk": ("#e6eaed", "#15181a", "#000000"),
}

_ROLES: tuple[tuple[QPalette.ColorRole, str, str, str], ...] = (
    (QPalette.ColorRole.Window, "#f5f7f8", "#24292d", "#000000"),
    (QPalette.ColorRole.WindowText, "#1d2429", "#e3e7ea", "#ffffff"),
    (QPalette.ColorRole.Base, "#ffffff", "#1b1f22", "#000000"),
    (QPalette.ColorRole.AlternateBase, "#f5f8fa", "#20252a", "#141414"),
    (QPalette.ColorRole.Text, "#1d2429", "#e3e7ea", "#ffffff"),
    (QPalette.ColorRole.PlaceholderText, "#7a858d", "#8b959d", "#c8c8c8"),
    (QPalette.ColorRole.Button, "#eef1f3", "#2b3035", "#141414"),
    (QPalette.ColorRole.ButtonText, "#1d2429", "#e3e7ea", "#ffffff"),
    (QPalette.ColorRole.BrightText, "#ffffff", "#ffffff", "#ffffff"),
    (QPalette.ColorRole.ToolTipBase, "#ffffff", "#2b3035", "#000000"),
    (QPalette.ColorRole.ToolTipText, "#1d2429", "#e3e7ea", "#ffffff"),
    (QPalette.ColorRole.Highlight, "#1f6feb", "#3a7bd5", "#ffe14a"),
    (QPalette.ColorRole.HighlightedText, "#ffffff", "#ffffff", "#000000"),
    (QPalette.ColorRole.Accent, "#1f6feb", "#3a7bd5", "#ffe14a"),
    (QPalette.ColorRole.Link, "#1f5fa8", "#86b8f5", "#ffe14a"),
    (QPalette.ColorRole.LinkVisited, "#5b4a9a", "#b7a6f0", "#ffb3ff"),
    (QPalette.ColorRole.Light, "#ffffff", "#3a4147", "#ffffff"),
    (QPalette.ColorRole.Midlight, "#f5f7f8", "#32383d", "#808080"),
    (QPalette.ColorRole.Mid, "#c3cad0", "#3d444a", "#ffffff"),
    (QPalette.ColorRole.Dark, "#9aa4ac", "#121416", "#ffffff"),
    (QPalette.ColorRole.Shadow, "#6b757d", "#0a0b0c", "#ffffff"),
)
_FAINT = ("#9aa3aa", "#6f7980", "#a8a8a8")  # text of what cannot be chosen
_FAINT_GROUND = ("#c3cad0", "#4a5157", "#3c3c3c")  # behind what is selected there
# Fusion draws these outlines darker than the window: unseen on dark ground, so it is given a lighter window for them.
_OUTLINES = ("", "#77818a", "#ffffff")
_OUTLINED = ("QCheckBox", "QLineEdit", "QListView")
_FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def apply(app: QApplication, name: str, percent: int = 100) -> None:
    """Show the whole program in theme `name`, one of NAMES, with its text at `percent` of the usual size."""
    look = {"light": _LIGHT, "dark": _DARK, "contrast": _CONTRAST}.get(name, _DARK if _system_is_dark() else _LIGHT)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(look))
    for kind in _OUTLINED:
        app.setPalette(_outlined(look), kind)  # type: ignore[arg-type]  # the stubs ask for bytes, Qt for a name
    app.setFont(font(percent))


def is_dark() -> bool:
    """Whether light text stands on a dark ground now."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Base).lightness() < 128


def colour(meaning: str) -> QColor:
    """The colour of `error`, `warning`, `hint`, `good`, `muted`, their `…_ground`, or of the paper on the screen.

    A Severity of the core is such a word.
    """
    return QColor(_MEANINGS[str(meaning)][_shown()])


def font(percent: int = 100) -> QFont:
    """The font of the window: the system's where it knows Chinese, otherwise the one that is shipped."""
    made = QFont(QGuiApplication.font())
    if family := _shipped_family():
        made.setFamilies([family])
    made.setPointSizeF(_POINTS * percent / 100)
    return made


def icon(name: str, ink: QColor | None = None) -> QIcon:
    """The icon `resources/icons/<name>.svg` in `ink`, or else in the colour of text."""
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    drawn_in = ink or QGuiApplication.palette().color(QPalette.ColorRole.WindowText)
    svg = QByteArray(text.replace("currentColor", drawn_in.name()).encode())
    made = QIcon()
    for size in _ICON_SIZES:
        made.addPixmap(_drawn(svg, size))
    return made


def _drawn(svg: QByteArray, size: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 — loaded with the first icon, not with every model

    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(svg).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def _palette(look: int) -> QPalette:
    palette = QPalette()
    for role, *colours in _ROLES:
        palette.setColor(role, QColor(colours[look]))
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(_FAINT[look]))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor(_FAINT_GROUND[look]))
    return palette


def _outlined(look: int) -> QPalette:
    palette = _palette(look)
    if _OUTLINES[look]:
        palette.setColor(QPalette.ColorRole.Window, QColor(_OUTLINES[look]))
    return palette


def _shown() -> int:
    """The look on the screen now: only that of high contrast has a black ground."""
    if not is_dark():
        return _LIGHT
    black = QGuiApplication.palette().color(QPalette.ColorRole.Base) == QColor(Qt.GlobalColor.black)
    return _CONTRAST if black else _DARK


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


_shipped: list[str] = []


def _shipped_family() -> str:
    """The family of the shipped font where the system has none with Chinese letters; otherwise empty."""
    if not _shipped and not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        for name in _SHIPPED_FONTS:
            number = QFontDatabase.addApplicationFont(str(resource("fonts", name)))
            _shipped.extend(QFontDatabase.applicationFontFamilies(number))
    return _shipped[0] if _shipped else ""
