"""Read files to import in another process, which may die in our place."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import count, repeat
from pathlib import Path
from threading import Timer
from types import TracebackType

import msgspec

from forms.errors import SourceRefused
from forms.importers.kinds import copy, kind_of, told_plainly
from forms.importers.source import Source
from forms.language import N_

__all__ = ["Reader", "kind_of", "read", "read_many", "reader"]

WALL_SECONDS = 30.0  # for one file; the child limits its own processor time
_LONGEST_ANSWER = 32 << 20  # bytes; some 400,000 cells, far beyond any form
_CHILD = str(Path(__file__).with_name("reading_child.py"))
_ROOT = str(Path(__file__).resolve().parents[2])
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows a console would flash up

_FAILED = N_("文件无法读取：“{name}”可能已损坏或内容过多；请用 WPS 或 Office 打开后另存，再导入另存的文件。")
_PACKAGE = N_("“{name}”是申报包，里面的填报要整包导入，不能当作表格读取。")

Progress = Callable[[int, int], None]
Reader = Callable[[Path], Source]


def read(path: Path) -> Source:
    """Read a .docx, .xlsx or .txt of up to 50 MB. Raises SourceRefused: one sentence, the file and what to do."""
    result = read_many([path])[0]
    if isinstance(result, SourceRefused):
        raise result
    return result


def read_many(paths: Iterable[Path], progress: Progress | None = None) -> list[Source | SourceRefused]:
    """Read several files, in their order, in one child process; a file that cannot be read costs no other.

    `progress` is told how many files are done and how many there are; what it raises ends the reading.
    """
    todo = list(paths)
    results: list[Source | SourceRefused] = []
    with reader() as read_next:
        for done, path in enumerate(todo, start=1):
            try:
                results.append(read_next(path))
            except SourceRefused as refusal:
                results.append(refusal)
            if progress is not None:
                progress(done, len(todo))
    return results


@contextlib.contextmanager
def reader() -> Iterator[Reader]:
    """`read` for many files, one after the other in one child process."""
    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder, _Child(folder) as child:
        private = map(Path, repeat(folder), map(str, count(1)))
        yield lambda path: _read(path, next(private), child)


def _read(path: Path, private: Path, child: _Child) -> Source:
    kind = kind_of(path)
    with told_plainly(path):
        if kind == "package":
            raise SourceRefused(_PACKAGE)
        copy(path, private)
        answer = child.ask(f"{kind}:{private}")
        private.unlink()
        if answer.source is not None:
            return answer.source
        message, params = answer.refused or (_FAILED, {})
        raise SourceRefused(message, **params)


class _Answer(msgspec.Struct):
    """What the child says of one file; neither of both is no answer."""

    source: Source | None = None
    refused: tuple[str, dict[str, str | int]] | None = None


class _Child:
    """The reading process: started for the first question, and again after one that killed it."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._decoder = msgspec.json.Decoder(_Answer)

    def __enter__(self) -> _Child:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def ask(self, question: str) -> _Answer:
        """Put one file before the child; an empty answer means that it died, hung or spoke nonsense."""
        process = self._process or self._start()
        watchdog = Timer(WALL_SECONDS, process.kill)
        watchdog.start()
        try:
            line = self._exchange(process, question)
        finally:
            watchdog.cancel()
        try:
            return self._decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self._end()
            return _Answer()

    def _exchange(self, process: subprocess.Popen[bytes], question: str) -> bytes:
        assert process.stdin is not None  # noqa: S101 — a pipe was asked for
        assert process.stdout is not None  # noqa: S101 — as above
        try:
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            return process.stdout.readline(_LONGEST_ANSWER)
        except OSError:  # the child is gone, and the pipe with it
            return b""

    def _start(self) -> subprocess.Popen[bytes]:
        places = [_ROOT, *(place for place in sys.path if Path(place).is_absolute())]
        self._process = subprocess.Popen(  # noqa: S603 — our own interpreter with our own file, no shell
            # Isolated: no current folder, no site packages of the person, no variables that change where code is found.
            [sys.executable, "-I", "-S", "-X", "utf8", _CHILD, json.dumps(places)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            creationflags=_NO_WINDOW,
        )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            # Closing the pipe writes what a child that died at once never took; that is no fault of a disk.
            with contextlib.suppress(BrokenPipeError), self._process:  # closes the pipes and waits
                pass
            self._process = None
