"""Words and blanks one after the other in a cell, on as many lines as the width asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

GAP = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A widget in a line of words: as wide as `width` says, or wider where it `grows`; `alone` ends its line.

    `height` gives how high it stands in a width.
    """

    widget: QWidget
    width: Callable[[], int]
    height: Callable[[int], int]
    grows: bool = False
    alone: bool = False


def place(items: Sequence[Item], room: QRect, align: float = 0, *, move: bool = True) -> int:
    """Set the widgets into `room`, line by line; gives the height they take, which need not be that of the room.

    `align` tells how much of what is left of a line stands before it: 0 sets it left, 0.5 in the middle, 1 right.
    """
    y = room.y()
    for line in _lines(items, room.width()):
        widths = _shared(line, room.width())
        heights = [item.height(width) for (item, _), width in zip(line, widths, strict=True)]
        left = room.width() - sum(widths) - GAP * (len(line) - 1)
        tallest, x = max(heights), room.x() + int(max(left, 0) * align)
        for (item, _), width, height in zip(line, widths, heights, strict=True):
            if move:
                item.widget.setGeometry(x, y + (tallest - height) // 2, width, height)
            x += width + GAP
        y += tallest + GAP
    return y - GAP - room.y() if items else 0


_Line = list[tuple[Item, int]]


def _lines(items: Sequence[Item], room: int) -> list[_Line]:
    """The items by line, each with the width it asks for; what stands alone begins a line and ends it."""
    lines: list[_Line] = []
    used = 0
    closed = True
    for item in items:
        width = item.width()
        if closed or item.alone or used + width > room:
            lines.append([])
            used = 0
        lines[-1].append((item, width))
        used += width + GAP
        closed = item.alone
    return lines


def _shared(line: _Line, room: int) -> list[int]:
    """The widths of a line: what is left goes to those that grow, in equal shares."""
    growing = sum(item.grows for item, _ in line)
    spare = room - sum(width for _, width in line) - GAP * (len(line) - 1)
    share = max(spare, 0) // growing if growing else 0
    return [min(max(width + share * item.grows, 1), room) for item, width in line]
