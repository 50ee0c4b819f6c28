"""The program's own sentences in the user's language: Chinese is the source, gettext carries the others."""

from __future__ import annotations

import contextlib
import gettext
import locale
import os
import re
import struct
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("zh_CN", "en")

_HOLE = re.compile(r"\{(\w+)\}")

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def N_(message: str) -> str:  # noqa: N802 — gettext's own name for marking a message
    """Mark `message` for the catalogue where it is written; it is translated where it is shown."""
    return message


def use(language: str) -> None:
    """Show sentences in `language` from now on, one of LANGUAGES.

    Never raises: an unknown language, and one whose catalogue is missing or damaged, means Chinese.
    """
    global _catalogue  # noqa: PLW0603 — one process speaks one language
    _catalogue = gettext.NullTranslations()
    if language in LANGUAGES[1:]:
        with contextlib.suppress(OSError, ValueError, LookupError, struct.error):  # a file that is no .mo
            _catalogue = gettext.translation("jixiao", str(_folder()), [language])


def in_use() -> str:
    """The language sentences are shown in now, one of LANGUAGES."""
    return LANGUAGES[isinstance(_catalogue, gettext.GNUTranslations)]


def _folder() -> Path:
    packed = Path(__file__).parent / "_data" / "i18n"
    return packed if packed.is_dir() else Path(__file__).parent.parent / "i18n"


def preferred() -> str:
    """The language the machine asks for: `en` where its locale is English, otherwise Chinese."""
    asked = os.environ.get("LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    asked = asked or locale.setlocale(locale.LC_CTYPE)  # asks only; getlocale raises for names it cannot take apart
    return "en" if asked.lower().startswith("en") else "zh_CN"


def sentence(message: str, params: Mapping[str, object] | None = None) -> str:
    """`message` (a Chinese sentence with {names}) in the language in use, its names filled from `params`."""
    shown = _catalogue.gettext(message) if message else ""
    if not params:
        return shown
    # One pass: a `{` inside a value is text, never a place to fill.
    return _HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), shown)


class Told:
    """A sentence that is said in the language in use whenever it is read: for what stays on the screen."""

    def __init__(self, message: str, **params: object) -> None:
        self._message, self._params = message, params

    def __str__(self) -> str:
        return sentence(self._message, self._params)
