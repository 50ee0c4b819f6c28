"""Where a command writes: the name is looked at before any work is done, for a mistyped path makes nothing."""

from __future__ import annotations

from pathlib import Path

from forms.cli.output import say
from forms.desk import write
from forms.errors import SaveFailed
from forms.files import replaceable
from forms.language import N_


def file_named(name: str, *endings: str) -> Path:
    """The file to be written, of one of these endings, in a folder that is there. Raises SaveFailed."""
    path = Path(name)
    replaceable(path)
    if path.is_dir():
        raise SaveFailed(N_("“{path}”是文件夹，没有写成；请写明文件名。"), path=name)
    if path.suffix.lower() not in endings:
        message = N_("“{name}”没有写成；这里可用的扩展名是 {endings}。")
        raise SaveFailed(message, name=path.name, endings="、".join(endings))
    _need(path.parent, path)
    return path


def folder_named(name: str) -> Path:
    """The folder to write into; it is made where it is missing, but not the folders above it. Raises SaveFailed."""
    path = Path(name)
    if path.exists() and not path.is_dir():
        raise SaveFailed(N_("“{path}”是文件，不是文件夹，没有写成；请写明文件夹。"), path=name)
    _need(path.absolute().parent, path)
    return path


def written(path: Path, data: bytes) -> None:
    """Write what was made, and say so."""
    write(path, data)
    say(N_("已写成 {path}"), path=str(path))


def _need(folder: Path, path: Path) -> None:
    if not folder.is_dir():
        raise SaveFailed(N_("文件夹不存在，“{path}”没有写成；请先建好文件夹。"), path=str(path))
