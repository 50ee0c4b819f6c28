"""Files: where the program's resources are, digests, and the one way anything is written to disk."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import time
from pathlib import Path

from forms.errors import SaveFailed
from forms.language import N_

_HERE = Path(__file__).resolve().parent
_RETRIES = 5
_DATABASE = b"SQLite format 3\0"  # how every library begins
_BESIDE = len("..12345678.part")  # what a temporary name adds to the name


def resource(*parts: str) -> Path:
    """The path of a file below `resources/`: in the wheel under `forms/_data`, in a source tree beside `forms`."""
    packed = _HERE / "_data" / "resources"
    return (packed if packed.is_dir() else _HERE.parent / "resources").joinpath(*parts)


def digest(data: bytes) -> str:
    """SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def atomic_write(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that the old file or the new one is there, never a part of either.

    A temporary file in the same folder is written, synchronised and put in place; then the folder is synchronised.
    Raises SaveFailed, with no temporary file left behind and the old file untouched; only where the last step fails,
    the new file is in place already, and the sentence says that it may not last.
    """
    if os.path.isdir(path):  # noqa: PTH112 — Path.is_dir raises for a name that is too long
        raise SaveFailed(N_("“{path}”是文件夹，没有写成；请写明文件名。"), path=str(path))
    part = path.with_name(f".{_shortened(path.name)}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(part, path)
    except BaseException as error:  # a person who breaks off finds nothing half-written, either
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise SaveFailed(_reason(error), path=str(path)) from error
        raise
    try:
        sync_folder(path.parent)
    except OSError as error:
        message = N_("“{path}”已经写好，但磁盘没有确认，断电后可能丢失；请检查磁盘后再写一次。")
        raise SaveFailed(message, path=str(path)) from error


def replaceable(path: Path) -> Path:
    """Where a file that a person named really stands: what a link names is written, the link stays.

    Raises SaveFailed where the name is that of a library, with all its filings, or of a pipe or device: a slip of the
    hand must not replace what cannot be made again.
    """
    path = Path(os.path.realpath(path))
    with contextlib.suppress(OSError):  # what cannot be looked at is left to the writing, which says why
        if path.exists() and not path.is_file() and not path.is_dir():
            raise SaveFailed(N_("“{path}”不是普通文件，没有写成；请换一个文件名。"), path=str(path))
        with path.open("rb") as file:
            if file.read(len(_DATABASE)) == _DATABASE:
                raise SaveFailed(N_("“{path}”是填报库，没有写成，库也没有改动；请换一个文件名。"), path=str(path))
    return path


def sync_folder(folder: Path) -> None:
    """Make names in `folder` durable; a system that cannot synchronise folders (Windows) needs no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _shortened(name: str) -> str:
    # File systems allow 255 bytes for a name, and a character may take four of them.
    return name.encode("utf-8", "replace")[: 255 - _BESIDE].decode("utf-8", "ignore")


def _replace(part: Path, path: Path) -> None:
    # On Windows a virus scanner may hold the old file open for a moment; elsewhere the first try decides.
    for attempt in range(_RETRIES):
        try:
            part.replace(path)
        except PermissionError:
            if os.name != "nt" or attempt == _RETRIES - 1:
                raise
            time.sleep(0.1 * 2**attempt)
        else:
            return


def _reason(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return N_("磁盘已满，“{path}”没有写成；请清理磁盘后重试，原来的文件没有改动。")
    if error.errno == errno.ENOENT:
        return N_("文件夹不存在，“{path}”没有写成；请先建好文件夹。")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return N_("没有写入权限，“{path}”没有写成；请换一个文件夹。")
    return N_("“{path}”没有写成，磁盘报告错误；请检查磁盘后重试，原来的文件没有改动。")
