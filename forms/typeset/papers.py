"""The papers a form is printed on, in points."""

from __future__ import annotations

from typing import NamedTuple

_MM = 72 / 25.4


class Paper(NamedTuple):
    """Paper of a sheet in points, origin top left; landscape is already turned into width and height."""

    name: str
    width: float
    height: float


PAPERS = {
    "A4": Paper("A4", 210 * _MM, 297 * _MM),
    "A4横": Paper("A4横", 297 * _MM, 210 * _MM),
    "A3": Paper("A3", 297 * _MM, 420 * _MM),
    "A3横": Paper("A3横", 420 * _MM, 297 * _MM),
}
