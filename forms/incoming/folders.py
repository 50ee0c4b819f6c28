"""Which files of folders are to be read: all that may hold forms, in the order people count in; the rest is told."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from forms.importers.kinds import shown, why_not
from forms.language import N_, sentence

Tell = Callable[[int, str], None]

_HIDDEN = N_("“{name}”是隐藏的，没有读。")
_TEMPORARY = N_("“{name}”是打开文件时留下的临时文件，没有读。")
_LINK = N_("“{name}”是通往别处的链接，没有进去；要读里面的文件，请直接选那个文件夹。")
_AGAIN = N_("“{name}”就是“{other}”，只读一次。")
_GONE = N_("“{name}”不是普通文件，或是断了的链接，没有读。")
_REPORT = N_("“{name}”是上次写的导入报告，没有读。")
_SHUT = N_("文件夹“{name}”打不开；请检查权限，U 盘是否已拔出，或把它复制到自己的文件夹后再导入。")
_EMPTY = N_("文件夹“{name}”里没有可以导入的文件；可以导入 .docx、.xlsx、.txt 文件和申报包 .zip。")

_TEMPORARY_BEGINNINGS = ("~$", ".~", "~wr")  # Word and Excel, WPS and LibreOffice, Word's own recovery
_TEMPORARY_ENDS = (".tmp", ".temp", ".part", ".crdownload", "~")
_SYSTEM = {"__macosx", "$recycle.bin", "system volume information", "thumbs.db", "desktop.ini"}
_HIDDEN_ATTRIBUTE = getattr(stat, "FILE_ATTRIBUTE_HIDDEN", 2)

_Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. `name` tells people where it lies, from the folder that was named downward.

    `searched` says that it was found in a folder rather than named.
    """

    path: Path
    name: str
    searched: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not read: where it lies, and the sentence that says why."""

    name: str
    message: str
    other: str = ""

    def __str__(self) -> str:
        return sentence(self.message, {"name": self.name.rpartition("/")[2], "other": self.other})


@dataclass(slots=True)
class Gathered:
    """What was named or lies in folders that were named: files to read, what is left out, and folders that failed."""

    files: list[Found] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[LeftOut] = field(default_factory=list)


def gather(paths: Iterable[Path], tell: Tell = lambda _count, _folder: None, report: Path | None = None) -> Gathered:
    """The files of `paths`, of folders with all folders below them. Nothing is opened, no link to a folder is followed.

    Files that are named stay as they are, even where there are none. `tell` hears how many files there are before each
    folder is looked into; what it raises ends the search. `report` is where the report will be written: one that lies
    there from the last time holds no form.
    """
    search = _Search(tell, report)
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 — Path.is_dir raises for a name that is too long
            search.below(path)
        else:
            search.gathered.files.append(Found(path, shown(path.name)))
    return search.gathered


class _Search:
    """One search over several folders; nothing is found twice."""

    def __init__(self, tell: Tell, report: Path | None) -> None:
        self.gathered = Gathered()
        self._tell = tell
        self._report = _identity(report) if report else None
        self._seen: dict[_Identity, str] = {}

    def below(self, top: Path) -> None:
        """Find what lies in `top` and below: of each folder its files first."""
        gathered, name = self.gathered, shown(top.name)
        before = len(gathered.files), len(gathered.refused)
        self._known_as(top, name)
        todo = [(top, name)]
        while todo:
            todo.extend(reversed(self._look_into(*todo.pop())))
        if (len(gathered.files), len(gathered.refused)) == before:
            gathered.refused.append(LeftOut(name or shown(str(top)), _EMPTY))

    def _look_into(self, folder: Path, name: str) -> list[tuple[Path, str]]:
        """Sort out what lies in one folder; gives the folders in it."""
        gathered = self.gathered
        self._tell(len(gathered.files), name)
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: _order(entry.name))
        except OSError:
            gathered.refused.append(LeftOut(name or shown(str(folder)), _SHUT))
            return []
        folders = []
        for entry in inside:
            path, at = Path(entry.path), f"{name}/{shown(entry.name)}" if name else shown(entry.name)
            if left := self._left_out(entry, path, at):
                gathered.left_out.append(left)
            elif os.path.isdir(path):  # noqa: PTH112 — as above
                folders.append((path, at))
            else:
                gathered.files.append(Found(path, at, searched=True))
        return folders

    def _left_out(self, entry: os.DirEntry[str], path: Path, at: str) -> LeftOut | None:
        message = _unwanted(entry, path)
        if not message and self._report and _identity(path) == self._report:
            message = _REPORT
        if message:
            return LeftOut(at, message)
        other = self._known_as(path, at)
        return LeftOut(at, _AGAIN, other) if other else None

    def _known_as(self, path: Path, name: str) -> str:
        """The name by which this very file or folder was found before; empty where it is new."""
        identity = _identity(path)
        if identity is None:
            return ""
        if identity in self._seen:
            return self._seen[identity]
        self._seen[identity] = name
        return ""


def _unwanted(entry: os.DirEntry[str], path: Path) -> str:
    """Why a file or folder is of no interest; empty where it is."""
    name = entry.name.casefold()
    if name.startswith(_TEMPORARY_BEGINNINGS) or name.endswith(_TEMPORARY_ENDS):
        return _TEMPORARY
    if name.startswith(".") or name in _SYSTEM or _is_hidden(entry):
        return _HIDDEN
    if os.path.isdir(path):  # noqa: PTH112 — as above
        return _LINK if entry.is_symlink() else ""
    if not os.path.isfile(path):  # noqa: PTH113 — Path.is_file raises for links that lead round
        return _GONE
    return why_not(path)


def _identity(path: Path) -> _Identity | None:
    """What tells a file or folder from every other; None where that is not known."""
    try:
        told = path.stat()
    except OSError:
        return None  # whoever reads it says what is wrong
    return (told.st_dev, told.st_ino) if told.st_ino else None  # some file systems number no files


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if os.name != "nt":
        return False
    try:
        return bool(getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0) & _HIDDEN_ATTRIBUTE)
    except OSError:
        return False


def _order(name: str) -> list[str | int]:
    """2 comes before 10: figures count by their value, words by their letters."""
    return [int(part) if number % 2 else part.casefold() for number, part in enumerate(re.split(r"(\d+)", name))]
