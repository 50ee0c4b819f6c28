"""How the window looks: palettes for light and dark, colours with a meaning, icons and the font."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from forms.files import resource

NAMES = ("light", "dark", "system")
TEXT_SIZES = (90, 100, 115, 130, 150, 175)  # per cent

_POINTS = 10.0
_ICON_SIZES = (16, 20, 32)
_SHIPPED_FONTS = ("jixiao-serif-sc.ttf", "jixiao-sans-sc-bold.ttf")

# What a colour means, in light and in dark. A meaning is never told by colour alone: words stand beside it.
_MEANINGS = {
    "error": ("#b42318", "#ff8a80"),
    "warning": ("#8a5200", "#f2b35b"),
    "hint": ("#1f5fa8", "#86b8f5"),
    "good": ("#1c6b3c", "#7fd19b"),
    "muted": ("#667079", "#9aa4ad"),
    "error_ground": ("#fdecea", "#4a2523"),
    "warning_ground": ("#fff6e0", "#43361c"),
    "hint_ground": ("#eaf2fc", "#1f3248"),
    "good_ground": ("#e9f6ee", "#1e3a2a"),
    "label_ground": ("#f2f5f7", "#2a2f34"),
    "paper": ("#ffffff", "#1f2326"),
    "paper_line": ("#8b959e", "#59636b"),
    "desk": ("#e6eaed", "#15181a"),
}

_ROLES: tuple[tuple[QPalette.ColorRole, str, str], ...] = (
    (QPalette.ColorRole.Window, "#f5f7f8", "#24292d"),
    (QPalette.ColorRole.WindowText, "#1d2429", "#e3e7ea"),
    (QPalette.ColorRole.Base, "#ffffff", "#1b1f22"),
    (QPalette.ColorRole.AlternateBase, "#f5f8fa", "#20252a"),
    (QPalette.ColorRole.Text, "#1d2429", "#e3e7ea"),
    (QPalette.ColorRole.PlaceholderText, "#7a858d", "#8b959d"),
    (QPalette.ColorRole.Button, "#eef1f3", "#2b3035"),
    (QPalette.ColorRole.ButtonText, "#1d2429", "#e3e7ea"),
    (QPalette.ColorRole.BrightText, "#ffffff", "#ffffff"),
    (QPalette.ColorRole.ToolTipBase, "#ffffff", "#2b3035"),
    (QPalette.ColorRole.ToolTipText, "#1d2429", "#e3e7ea"),
    (QPalette.ColorRole.Highlight, "#1f6feb", "#3a7bd5"),
    (QPalette.ColorRole.HighlightedText, "#ffffff", "#ffffff"),
    (QPalette.ColorRole.Accent, "#1f6feb", "#3a7bd5"),
    (QPalette.ColorRole.Link, "#1f5fa8", "#86b8f5"),
    (QPalette.ColorRole.LinkVisited, "#5b4a9a", "#b7a6f0"),
    (QPalette.ColorRole.Light, "#ffffff", "#3a4147"),
    (QPalette.ColorRole.Midlight, "#f5f7f8", "#32383d"),
    (QPalette.ColorRole.Mid, "#c3cad0", "#3d444a"),
    (QPalette.ColorRole.Dark, "#9aa4ac", "#121416"),
    (QPalette.ColorRole.Shadow, "#6b757d", "#0a0b0c"),
)
_OUTLINED = ("QCheckBox", "QLineEdit", "QListView")
_FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def apply(app: QApplication, name: str, percent: int = 100) -> None:
    """Show the whole program in theme `name`, one of NAMES, with its text at `percent` of the usual size."""
    dark = name == "dark" or (name == "system" and _system_is_dark())
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(_palette(dark=dark))
    for kind in _OUTLINED:
        app.setPalette(_outlined(dark=dark), kind)  # type: ignore[arg-type]  # the stubs ask for bytes, Qt for a name
    app.setFont(font(percent))


def is_dark() -> bool:
    """Whether light text stands on a dark ground now."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Base).lightness() < 128


def colour(meaning: str) -> QColor:
    """The colour of `error`, `warning`, `hint`, `good`, `muted`, their `…_ground`, or of the paper on the screen.

    A Severity of the core is such a word.
    """
    return QColor(_MEANINGS[str(meaning)][is_dark()])


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


def _palette(*, dark: bool) -> QPalette:
    palette = QPalette()
    for role, light_name, dark_name in _ROLES:
        palette.setColor(role, QColor(dark_name if dark else light_name))
    faded = QColor("#6f7980" if dark else "#9aa3aa")
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    palette.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor("#4a5157" if dark else "#c3cad0")
    )
    return palette


def _outlined(*, dark: bool) -> QPalette:
    """The palette of what is told by its outline, which Fusion draws darker than the window: unseen on dark ground."""
    palette = _palette(dark=dark)
    if dark:
        palette.setColor(QPalette.ColorRole.Window, QColor("#77818a"))
    return palette


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
