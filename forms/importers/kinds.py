"""Which kind of file something is: its first bytes decide and its extension must agree; the rest gets advice."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from forms.errors import SourceRefused
from forms.language import N_

MAX_BYTES = 50 << 20

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BAG = re.compile(r"[^/]+/bagit\.txt")
_KINDS = {".docx": "docx", ".xlsx": "xlsx", ".txt": "txt", ".zip": "package"}
_OTHER_WORD = {".doc", ".wps", ".dot", ".wpt", ".docm", ".dotx", ".dotm", ".rtf", ".odt"}
_OTHER_EXCEL = {".xls", ".et", ".xlt", ".ett", ".xlsm", ".xltx", ".xltm", ".xlsb", ".csv", ".ods"}

_MISSING = N_("找不到文件“{name}”；请检查文件名和位置，U 盘是否已拔出。")
_FOLDER = N_("“{name}”是文件夹；请选择里面的文件。")
_FORBIDDEN = N_("没有读取“{name}”的权限；请把文件复制到自己的文件夹后再导入。")
_UNREADABLE = N_("“{name}”读不出来，磁盘或 U 盘报告错误；请复制到本机硬盘后再导入。")
_EMPTY = N_("“{name}”是空文件，里面没有内容；请检查是否选错了文件。")
_TOO_LARGE = N_("“{name}”超过 {limit} MB，没有读取；请删去图片等无关内容，另存后再导入。")
_UNKNOWN = N_("“{name}”不是可以导入的文件；可以导入 .docx、.xlsx、.txt 文件和申报包 .zip。")
_WORD = N_("“{name}”不能直接读取；请用 WPS 或 Word 另存为 .docx 后再导入。")
_EXCEL = N_("“{name}”不能直接读取；请用 WPS 或 Excel 另存为 .xlsx 后再导入。")
_PORTABLE = N_("“{name}”是 PDF，不能导入；请找到制作它的 Word 或 Excel 文件，另存为 .docx 或 .xlsx 后再导入。")
_LOCKED = N_("“{name}”加了密码，不能读取；请用 WPS 或 Office 打开，去掉密码后另存再导入。")
_MISNAMED = N_("“{name}”的内容与扩展名不符，没有读取；请用 WPS 或 Office 打开后另存，再导入另存的文件。")
_NO_PACKAGE = N_("“{name}”不是申报包；如果里面压缩了表格文件，请先解压再导入。")


def kind_of(path: Path) -> str:
    """The kind of the file at `path`: docx, xlsx, txt or package.

    A package is a zip with a bagit.txt one folder down. Raises SourceRefused, saying what to do, for everything else:
    missing, a folder, not permitted, empty, over 50 MB, an old format, a PDF, a password, a wrong extension.
    """
    with told_plainly(path):
        if path.is_dir():
            raise SourceRefused(_FOLDER)
        if not path.is_file():
            raise SourceRefused(_MISSING)
        size = path.stat().st_size
        kind = _KINDS.get(path.suffix.lower(), "")
        if size == 0:
            raise SourceRefused(_EMPTY)
        with path.open("rb") as file:
            refusal = _refusal(file, path.suffix.lower(), kind)
        if refusal:
            raise SourceRefused(refusal)
        if size > MAX_BYTES and kind != "package":
            raise SourceRefused(_TOO_LARGE, limit=MAX_BYTES >> 20)
        return kind


def why_not(path: Path) -> str:
    """Why a file that lies in a folder is none to be read, by its name alone; empty where it may hold forms.

    Old formats of Word and Excel may: they are refused when they are read, with what to do about them.
    """
    extension = path.suffix.lower()
    if extension in _KINDS.keys() | _OTHER_WORD | _OTHER_EXCEL:
        return ""
    return _PORTABLE if extension == ".pdf" else _UNKNOWN


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turn what the system says about `path` into a sentence, and put its name into every refusal."""
    try:
        yield
    except SourceRefused as refusal:
        raise SourceRefused(refusal.message, **{**refusal.params, "name": shown(path.name)}) from refusal.__cause__
    except FileNotFoundError as error:
        raise SourceRefused(_MISSING, name=shown(path.name)) from error
    except PermissionError as error:
        raise SourceRefused(_FORBIDDEN, name=shown(path.name)) from error
    except OSError as error:
        raise SourceRefused(_UNREADABLE, name=shown(path.name)) from error


def copy(path: Path, target: Path) -> None:
    """Copy `path` to `target`, for a stick can change under us. Raises OSError, and SourceRefused when it has grown."""
    left = MAX_BYTES
    with path.open("rb") as source, target.open("xb") as file:
        while chunk := source.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise SourceRefused(_TOO_LARGE, limit=MAX_BYTES >> 20)
            file.write(chunk)


def _refusal(file: BinaryIO, extension: str, kind: str) -> str:
    head = file.read(4)
    if extension == ".pdf" or head == _PDF:
        return _PORTABLE
    if not kind:
        return _WORD if extension in _OTHER_WORD else _EXCEL if extension in _OTHER_EXCEL else _UNKNOWN
    if kind == "txt":
        return _MISNAMED if head in {_ZIP, _OLE} else ""
    if kind == "package":
        return "" if head == _ZIP and _is_package(file) else _NO_PACKAGE
    if head == _OLE:
        return _LOCKED if _holds(file, _ENCRYPTED) else _WORD if kind == "docx" else _EXCEL
    return "" if head == _ZIP else _MISNAMED


def _holds(file: BinaryIO, word: bytes) -> bool:
    last = b""
    while chunk := file.read(1 << 20):
        if word in last + chunk:
            return True
        last = chunk[-len(word) :]
    return False


def _is_package(file: BinaryIO) -> bool:
    # Only the names are read here; whether the package is intact is told when it is opened.
    try:
        with zipfile.ZipFile(file) as archive:
            return any(_BAG.fullmatch(name) for name in archive.namelist()[:1000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def shown(name: str) -> str:
    """The name of a file as it may be shown: bytes that are no text and turned-around writing become a sign."""
    return "".join(character if character.isprintable() else "�" for character in name)
