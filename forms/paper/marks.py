"""What stands on a page: marks at absolute places, in points from the top left corner of the paper."""

from __future__ import annotations

from typing import NamedTuple

from forms.typeset.fonts import FaceName


class TextMark(NamedTuple):
    """One line of text; `x` is its left end, `y` its baseline. `vertical` turns brackets and punctuation."""

    x: float
    y: float
    text: str
    face: FaceName
    size: float
    vertical: bool = False


class LineMark(NamedTuple):
    """A horizontal or vertical rule, `width` thick."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float


class WatermarkMark(NamedTuple):
    """Large light words behind the text, centred at a place and turned by `angle` degrees counter-clockwise."""

    x: float
    y: float
    text: str
    size: float
    angle: float


class QrMark(NamedTuple):
    """The QR code of `text`, a square with its top left corner at a place and sides of `size`."""

    text: str
    x: float
    y: float
    size: float


Mark = TextMark | LineMark | WatermarkMark | QrMark


class Page(NamedTuple):
    """One page and its marks; `sheet` names the sheet the page belongs to. Text lies over rules and watermarks."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    sheet: str = ""
