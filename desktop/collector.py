"""Collects Python's cyclic garbage in the window's thread only: a widget destroyed in another one ends the process.

Python collects in whatever thread happens to ask for memory. A dialog that is part of a cycle would then be destroyed
in the thread of the library while the window still handles its events. Seen with PySide6 6.8.0.2; to be taken out when
PySide hands destruction over to the thread an object lives in.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 1_000


class Collector(QObject):
    """Takes over from Python's own collecting while it lives; it has to be made in the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def look(self) -> None:
        """Collect the oldest generation whose time has come, by the figures Python itself goes by."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [number for number, limit in enumerate(limits) if limit and counts[number] > limit]
        if due:
            gc.collect(due[-1])
