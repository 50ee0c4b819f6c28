"""The folder of a demonstration: it knows which files a demonstration made, and touches no other."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from forms.errors import SaveFailed
from forms.files import atomic_write
from forms.language import N_
from forms.store.locking import LibraryLock

_RECORD = "demo-files.txt"
_BESIDE = ("-wal", "-journal", ".ballast")  # what a library keeps beside its file; the lock goes with its release
_LONGEST = 60  # characters of a title in a file name
_UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')  # characters that Windows or others refuse in a file name


class DemoFolder:
    """A folder with the library, the printed forms and the packages of a demonstration.

    The record `demo-files.txt` lists what was made, a path a line, before it is made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = folder / "demo.jixiao"
        self.printed = folder / "printed"
        self.packages = folder / "packages"
        self._made: list[Path] = []

    def clear(self) -> None:
        """Make the folder, or remove from it what an earlier demonstration made.

        Raises LibraryInUse while another process has that library open, SaveFailed where the folder is not ours.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            recorded = self._recorded()
            if self.library in recorded:
                self._remove_library()
            for path in recorded:
                if path != self.library:
                    path.unlink(missing_ok=True)
            for folder in (self.printed, self.packages):
                with contextlib.suppress(OSError):  # it holds files of somebody else, or never was
                    folder.rmdir()
        except OSError as error:
            message = N_("不能在“{path}”里建立或替换演示文件（{reason}）；请换一个自己能写的文件夹。")
            raise SaveFailed(message, path=str(self.folder), reason=error.strerror or str(error)) from error

    def claim(self, *paths: Path) -> None:
        """Put files to be made on the record. Raises SaveFailed for one that somebody else has put there."""
        for path in paths:
            path.parent.mkdir(exist_ok=True)
            if path.exists():
                raise SaveFailed(N_("“{path}”不是演示留下的文件，没有覆盖；请换一个文件夹。"), path=str(path))
        self.note(*paths)

    def note(self, *paths: Path) -> None:
        """Put files on the record."""
        self._made.extend(paths)
        lines = "".join(f"{path.relative_to(self.folder).as_posix()}\n" for path in self._made)
        atomic_write(self.folder / _RECORD, lines.encode("utf-8"))

    def _recorded(self) -> list[Path]:
        """The files on the record of an earlier demonstration that lie in this folder."""
        record = self.folder / _RECORD
        if not record.is_file():
            return []
        home = self.folder.resolve()
        # A record is a text anybody can edit: a line that leads out of the folder is no file of ours.
        lines = record.read_text(encoding="utf-8", errors="replace").splitlines()
        paths = [self.folder / line for line in lines if "\0" not in line]
        return [path for path in paths if path.parent.resolve().is_relative_to(home) and not path.is_dir()]

    def _remove_library(self) -> None:
        lock = LibraryLock(self.library)
        lock.take()
        try:
            for ending in ("", *_BESIDE):
                Path(f"{self.library}{ending}").unlink(missing_ok=True)
        finally:
            lock.release()


def file_name(title: str) -> str:
    """A title as part of a file name, in whatever script it is."""
    return _UNFIT.sub("_", title)[:_LONGEST].strip(" ._") or "_"
