"""Whether a window can be shown at all, found out before Qt, which would end the process where it cannot."""

from __future__ import annotations

import ctypes
import os
import sys

from forms.language import N_

_NO_SCREEN = N_("这里没有图形桌面，打不开窗口；请在桌面上启动，或使用命令行，看 jixiao --help。")
_NO_LIBRARY = N_("系统缺少显示窗口所需的库 {name}；请让管理员安装它，命令行不受影响。")
_NEEDED = ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0")


def why_not() -> tuple[str, dict[str, str]] | None:
    """Why no window can be shown, as a sentence of the catalogue and its names; None where one can."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    if not os.environ.get("DISPLAY") or not _answers():
        return _NO_SCREEN, {}
    return next(((_NO_LIBRARY, {"name": name}) for name in _NEEDED if not _loads(name)), None)


def _answers() -> bool:
    """Whether an X server answers at DISPLAY."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
