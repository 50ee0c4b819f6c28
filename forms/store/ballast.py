"""Room kept in reserve beside a library: freed when the disk is full, so that what was typed can still be saved."""

from __future__ import annotations

import os
from pathlib import Path

SIZE = 8 * 1024 * 1024
_PIECE = 1024 * 1024


class Ballast:
    """The file `<library>.ballast` of 8 MB. In WAL mode a full disk takes not even a deletion, hence a reserve."""

    def __init__(self, library: Path) -> None:
        self._path = Path(f"{library}.ballast")

    @property
    def laid(self) -> bool:
        """Whether the whole reserve is there."""
        return self._path.is_file() and self._path.stat().st_size == SIZE

    def lay(self) -> bool:
        """Make the reserve where it is missing; False, with nothing left behind, where there is no room for it."""
        if self.laid:
            return True
        try:
            with self._path.open("wb") as file:
                for _ in range(SIZE // _PIECE):
                    file.write(os.urandom(_PIECE))  # a file system that compresses would keep no room for zeros
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self.free()
            return False
        return True

    def free(self) -> bool:
        """Give the room back; False where there was none to give."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
