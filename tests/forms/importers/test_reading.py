from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from forms.errors import SourceRefused
from forms.importers import reading
from forms.importers.reading import read, read_many
from forms.importers.source import Source, SourceText
from tests.forms.importers.office import docx, pack, paragraph, rows, words, xlsx


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let `program` answer instead of the reading process."""
    monkeypatch.setattr(reading, "_CHILD", str(put(tmp_path, "child.py", program.encode())))


def test_each_kind_is_read_and_the_file_is_not_touched(tmp_path: Path) -> None:
    data = docx(paragraph("甲"))
    path = put(tmp_path, "表 一.docx", data)
    before = path.stat()
    assert read(path) == Source("docx", [SourceText("甲", 1)])
    assert read(put(tmp_path, "表.txt", "甲".encode())) == Source("txt", [SourceText("甲", 1)])
    assert read(put(tmp_path, "表.xlsx", xlsx(rows(words("甲"))))).kind == "xlsx"
    assert (path.stat().st_mtime_ns, path.read_bytes()) == (before.st_mtime_ns, data)


def test_many_files_share_one_process_and_a_bad_one_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    popen = subprocess.Popen

    def counting(*arguments: object, **options: object) -> object:
        started.append(arguments)
        return popen(*arguments, **options)  # type: ignore[call-overload]  # handed on as they came

    monkeypatch.setattr(subprocess, "Popen", counting)
    good = put(tmp_path, "好.docx", docx(paragraph("甲")))
    bad = put(tmp_path, "坏.docx", docx(paragraph("甲"))[:-40])
    seen: list[tuple[int, int]] = []
    results = read_many([good, bad, tmp_path / "无.docx", good], lambda done, of: seen.append((done, of)))
    assert [isinstance(result, Source) for result in results] == [True, False, False, True]
    assert str(results[1]).startswith("“坏.docx”已损坏")
    assert str(results[2]).startswith("找不到文件“无.docx”")
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert len(started) == 1


def test_a_child_that_dies_is_started_again_for_the_next_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killer = (
        "import os, sys\nline = sys.stdin.readline()\nprint('{}' if 'docx' in line else '', flush=True)\nos.abort()"
    )
    child(tmp_path, monkeypatch, killer)
    paths = [put(tmp_path, "一.txt", b"x"), put(tmp_path, "二.txt", b"x")]
    results = read_many(paths)
    assert [str(result)[:12] for result in results] == ["文件无法读取：“一.tx", "文件无法读取：“二.tx"]


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "input(); print('garbled', flush=True)",
        'input(); print(\'{"source": {"kind": 5}}\', flush=True)',
        "input(); print('[' * 100000, flush=True)",
        "input(); print('null', flush=True)",
        "import sys; input(); sys.stdout.buffer.write(b'\\xff\\xfe\\n')",
        "input(); print('{}', flush=True)",
        "import os, signal; input(); os.kill(os.getpid(), signal.SIGKILL)",
        "import sys; input(); [sys.stdout.write('x' * (1 << 20)) for _ in range(40)]",
    ],
)
def test_a_child_gone_wrong_means_a_file_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    child(tmp_path, monkeypatch, program)
    with pytest.raises(SourceRefused, match="文件无法读取：“表"):
        read(put(tmp_path, "表.txt", b"x"))


def test_a_child_dead_before_the_question_is_no_fault_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(tmp_path, monkeypatch, "raise SystemExit(1)")
    start = reading._Child._start

    def dead(self: reading._Child) -> subprocess.Popen[bytes]:
        process = start(self)
        process.wait()
        return process

    monkeypatch.setattr(reading._Child, "_start", dead)
    with pytest.raises(SourceRefused, match="文件无法读取：“表"):
        read(put(tmp_path, "表.txt", b"x"))


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child(tmp_path, monkeypatch, "import signal; signal.pause()")
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.05)
    with pytest.raises(SourceRefused, match="文件无法读取"):
        read(put(tmp_path, "表.txt", b"x"))


def test_no_private_copy_and_no_process_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(private))
    made: list[subprocess.Popen[bytes]] = []
    start = reading._Child._start

    def watched(self: reading._Child) -> subprocess.Popen[bytes]:
        made.append(start(self))
        return made[-1]

    monkeypatch.setattr(reading._Child, "_start", watched)

    def cancel(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_many([put(tmp_path, "表.txt", b"x")], cancel)
    assert list(private.iterdir()) == []
    assert [process.returncode for process in made] == [-signal.SIGKILL]


def test_the_child_imports_nothing_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "msgspec.py", b"raise SystemExit")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", ".", *sys.path])
    monkeypatch.setitem(os.environ, "PYTHONPATH", str(tmp_path))
    assert read(put(tmp_path, "表.txt", "甲".encode())).blocks == [SourceText("甲", 1)]


def test_the_child_bounds_its_own_memory_and_time() -> None:
    program = (
        "import resource; from forms.importers.reading_child import _limit; _limit();"
        "print(resource.getrlimit(resource.RLIMIT_AS)[1], resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=reading._ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [str(1 << 30), "21"]


def test_a_package_is_not_read_as_a_table(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="申报包"):
        read(put(tmp_path, "包.zip", pack({"x/bagit.txt": ""})))
