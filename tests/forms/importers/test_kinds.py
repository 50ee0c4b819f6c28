from __future__ import annotations

import os
from pathlib import Path

import pytest

from forms.errors import SourceRefused
from forms.importers.kinds import MAX_BYTES, copy, kind_of
from tests.forms.importers.office import docx, pack, paragraph, rows, words, xlsx

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
WORD = docx(paragraph("甲"))


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("表.docx", WORD, "docx"),
        ("表.DOCX", WORD, "docx"),
        ("表.xlsx", xlsx(rows(words("甲"))), "xlsx"),
        ("表.txt", "甲".encode(), "txt"),
        ("包.zip", pack({"gd-1-r1/bagit.txt": "BagIt-Version: 1.0\n", "gd-1-r1/data/filing.json": "{}"}), "package"),
    ],
)
def test_bytes_and_extension_together_tell_the_kind(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("旧.doc", OLE, "请用 WPS 或 Word 另存为 .docx 后再导入"),
        ("旧.wps", OLE, "另存为 .docx"),
        ("旧.xls", OLE, "另存为 .xlsx"),
        ("旧.et", OLE, "另存为 .xlsx"),
        ("旧.csv", b"a,b", "另存为 .xlsx"),
        ("宏.docm", WORD, "另存为 .docx"),
        ("改名.docx", OLE, "另存为 .docx"),
        ("改名.xlsx", OLE, "另存为 .xlsx"),
        ("密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
        ("密.xlsx", OLE + b"\0" * (1 << 20) + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
        ("纸.pdf", b"%PDF-1.7", "是 PDF"),
        ("纸.docx", b"%PDF-1.7", "是 PDF"),
        ("图.png", b"\x89PNG", "可以导入 .docx、.xlsx、.txt"),
        ("无扩展名", b"x", "可以导入"),
        ("字.docx", "只是文字".encode(), "与扩展名不符"),
        ("字.txt", WORD, "与扩展名不符"),
        ("压缩.zip", pack({"表.docx": WORD}), "先解压"),
        ("深.zip", pack({"a/b/bagit.txt": ""}), "不是申报包"),
        ("坏.zip", b"PK\x03\x04", "不是申报包"),
        ("空.txt", b"", "空文件"),
    ],
)
def test_everything_else_is_refused_by_name_with_advice(tmp_path: Path, name: str, data: bytes, advice: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceRefused) as refusal:
        kind_of(path)
    assert name in str(refusal.value)
    assert advice in str(refusal.value)
    assert "{" not in str(refusal.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="找不到"):
        kind_of(tmp_path / "没有.docx")
    with pytest.raises(SourceRefused, match="文件夹"):
        kind_of(tmp_path)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(SourceRefused, match="找不到"):
        kind_of(tmp_path / "管道.txt")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(WORD)

    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)  # whoever runs the tests as root may read everything
    with pytest.raises(SourceRefused, match="权限"):
        kind_of(path)


def test_a_bad_medium_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.docx"
    path.write_bytes(WORD)

    def fail(*_arguments: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(SourceRefused, match="U 盘"):
        kind_of(path)


def test_files_over_fifty_megabytes_are_refused_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.write(b"x")
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceRefused, match="50 MB"):
        kind_of(path)
    with pytest.raises(SourceRefused):
        copy(path, tmp_path / "copy")


def test_a_name_that_is_no_text_is_shown_with_signs(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused) as refusal:
        kind_of(tmp_path / os.fsdecode(b"\xb1\xed\n\xe2\x80\xaecod.docx"))
    assert "“����cod.docx”" in str(refusal.value)
    assert str(refusal.value).isprintable()
