"""atomic_write: the old file or the new one, whatever happens on the way; digests and resources."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from forms.errors import SaveFailed
from forms.files import atomic_write, digest, resource

OLD, NEW = b"old" * 1000, b"new" * 5000

# A fixed name for the temporary file, so that strace can be told to look at it and at its folder only.
WRITING = """
import secrets, sys
from pathlib import Path
from forms.errors import SaveFailed
from forms.files import atomic_write
secrets.token_hex = lambda _: 'fixed'
try:
    atomic_write(Path(sys.argv[1]), b'new' * 5000)
except SaveFailed as error:
    print(error)
"""
CALLS = ("openat", "write", "fsync", "rename", "close")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "目标表.pdf"
    path.write_bytes(OLD)
    return path


def write_under(path: Path, injection: str) -> subprocess.CompletedProcess[str]:
    """Write NEW in a process to which the system does what `injection` says."""
    part = path.with_name(f".{path.name}.fixed.part")
    part.unlink(missing_ok=True)
    looked_at = ["-P", str(part), "-P", str(path.parent)]
    command = ["strace", "-f", "-qq", "-o", "/dev/null", *looked_at, "-e", f"inject={injection}"]
    return subprocess.run(
        [*command, sys.executable, "-c", WRITING, str(path)], capture_output=True, text=True, check=False
    )


def test_a_new_file_is_written_and_an_old_one_replaced(tmp_path: Path) -> None:
    path = tmp_path / "表.json"
    for data in (b"", OLD, NEW):
        atomic_write(path, data)
        assert path.read_bytes() == data
    assert [one.name for one in tmp_path.iterdir()] == ["表.json"]


@pytest.mark.parametrize("name", ["区" * 83 + ".pdf", "𠮷" * 62 + "a.json.", "x" * 255, "é" * 127])
def test_a_name_as_long_as_the_system_allows_is_written(tmp_path: Path, name: str) -> None:
    atomic_write(tmp_path / name, NEW)
    assert (tmp_path / name).read_bytes() == NEW
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "磁盘已满"),
        (errno.EACCES, "没有写入权限"),
        (errno.EROFS, "没有写入权限"),
        (errno.EIO, "磁盘报告错误"),
    ],
)
def test_a_refusal_says_why_and_leaves_the_old_file_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(SaveFailed, match=words) as refusal:
        atomic_write(path, NEW)
    assert str(path) in str(refusal.value)
    assert path.read_bytes() == OLD
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_where_only_the_folder_is_not_synchronised_the_refusal_does_not_say_that_the_old_file_stands(
    path: Path,
) -> None:
    done = write_under(path, "fsync:error=EIO:when=2")
    assert (done.stderr, "已经写好" in done.stdout, "没有改动" in done.stdout) == ("", True, False)
    assert path.read_bytes() == NEW
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("call", ["openat", "write", "fsync", "rename"])
def test_a_full_disk_at_any_call_leaves_the_old_file_alone(path: Path, call: str) -> None:
    done = write_under(path, f"{call}:error=ENOSPC:when=1")
    assert (done.stderr, done.stdout.startswith("磁盘已满")) == ("", True)
    assert path.read_bytes() == OLD
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_killed_at_any_call_the_file_is_the_old_one_or_the_new(path: Path) -> None:
    ends: list[bytes] = []
    for call in CALLS:
        number, killed = 0, True
        while killed:
            number += 1
            path.write_bytes(OLD)
            killed = write_under(path, f"{call}:signal=KILL:when={number}").returncode != 0
            ends.append(path.read_bytes())
        assert number > 1
    assert set(ends) == {OLD, NEW}
    assert ends.count(OLD) >= len(CALLS) - 1


def test_a_missing_folder_and_a_folder_of_the_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SaveFailed, match="文件夹不存在"):
        atomic_write(tmp_path / "nowhere" / "a.pdf", NEW)
    (tmp_path / "folder.pdf").mkdir()
    for folder in (tmp_path / "folder.pdf", Path(), Path("/")):
        with pytest.raises(SaveFailed, match="是文件夹"):
            atomic_write(folder, NEW)
    assert [one.name for one in tmp_path.iterdir()] == ["folder.pdf"]


def test_a_person_who_breaks_off_finds_the_old_file_and_nothing_beside_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", break_off)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(path, NEW)
    assert path.read_bytes() == OLD
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_digest_is_sha_256_in_hexadecimal() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_resources_are_beside_the_source() -> None:
    assert resource("templates", "x.yaml") == Path(__file__).parents[2] / "resources" / "templates" / "x.yaml"
