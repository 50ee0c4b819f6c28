"""Which files of folders are read: every one that may hold forms, once, in order; and why each other is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forms.incoming.folders import Gathered, gather


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "申报 材料"
    made.mkdir()
    return made


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def names(gathered: Gathered) -> list[str]:
    return [found.name for found in gathered.files]


def left_out(gathered: Gathered) -> dict[str, str]:
    return {one.name.rpartition("/")[2]: str(one) for one in gathered.left_out}


def test_files_come_before_folders_and_two_before_ten(folder: Path) -> None:
    put(folder, "10、县.docx", "2、县.docx", "子/1.xlsx", "子/深/包.zip", "表.TXT", "A.txt")
    found = gather([folder])
    assert names(found) == [
        "申报 材料/2、县.docx", "申报 材料/10、县.docx", "申报 材料/A.txt", "申报 材料/表.TXT", "申报 材料/子/1.xlsx",
        "申报 材料/子/深/包.zip",
    ]  # fmt: skip
    assert all(one.searched and one.path.is_file() for one in found.files)
    assert (found.left_out, found.refused) == ([], [])


def test_old_formats_are_kept_to_be_refused_with_advice(folder: Path) -> None:
    put(folder, "旧.doc", "旧.xls", "金山.wps", "金山.et")
    assert len(gather([folder]).files) == 4


@pytest.mark.parametrize(
    "name", ["~$申报表.docx", ".~申报表.docx", "~WRL0001.tmp", "表.docx.tmp", "表.docx.part", "表.txt~"]
)
def test_temporary_files_are_left_out_and_told(folder: Path, name: str) -> None:
    put(folder, name, "表.docx")
    found = gather([folder])
    assert names(found) == ["申报 材料/表.docx"]
    assert "临时文件" in left_out(found)[name]


@pytest.mark.parametrize("name", [".隐藏.docx", ".git/表.docx", "__MACOSX/表.docx", "Thumbs.db", "desktop.ini"])
def test_what_is_hidden_is_left_out_and_told(folder: Path, name: str) -> None:
    put(folder, name, "表.docx")
    found = gather([folder])
    assert names(found) == ["申报 材料/表.docx"]
    assert "隐藏" in left_out(found)[name.partition("/")[0]]


def test_other_kinds_are_left_out_with_what_could_be_read_instead(folder: Path) -> None:
    put(folder, "照片.jpg", "扫描.pdf", "没有扩展名", "表.docx")
    told = left_out(gather([folder]))
    assert told.keys() == {"照片.jpg", "扫描.pdf", "没有扩展名"}
    assert "另存为 .docx" in told["扫描.pdf"]
    assert ".docx、.xlsx、.txt" in told["照片.jpg"]


def test_links_lead_to_files_but_into_no_folder_and_never_round(folder: Path, tmp_path: Path) -> None:
    put(folder, "子/表.docx")
    put(tmp_path, "别处/外.docx", "别处/更多.docx")
    (folder / "外.docx").symlink_to(tmp_path / "别处" / "外.docx")
    (folder / "别处").symlink_to(tmp_path / "别处")
    (folder / "子" / "回去").symlink_to(folder)
    (folder / "断.docx").symlink_to(folder / "没有.docx")
    (folder / "自己.docx").symlink_to(folder / "自己.docx")
    found = gather([folder])
    assert names(found) == ["申报 材料/外.docx", "申报 材料/子/表.docx"]
    told = left_out(found)
    assert {"别处", "回去", "断.docx", "自己.docx"} == told.keys()
    assert "链接" in told["别处"]
    assert "断了的链接" in told["自己.docx"]


def test_a_file_that_lies_there_twice_is_read_once(folder: Path) -> None:
    put(folder, "甲.docx")
    os.link(folder / "甲.docx", folder / "乙.docx")
    found = gather([folder, folder])
    assert names(found) == ["申报 材料/乙.docx"]
    assert left_out(found)["甲.docx"] == "“甲.docx”就是“申报 材料/乙.docx”，只读一次。"


def test_what_is_no_file_at_all_is_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "管道.docx")
    put(folder, "表.docx")
    assert names(gather([folder])) == ["申报 材料/表.docx"]


def test_names_in_any_script_and_bytes_that_are_no_text(folder: Path) -> None:
    put(folder, "Әлем.docx", "བོད.docx", "𠮷野.docx", "🙂.docx", "e\u0301.docx")
    (folder / os.fsdecode(b"\xff\xfe.docx")).write_bytes(b"x")
    found = gather([folder])
    assert len(found.files) == 6
    assert "申报 材料/��.docx" in names(found)
    assert all(name.encode() for name in names(found))


def test_an_empty_folder_is_refused_with_what_it_could_hold(folder: Path) -> None:
    put(folder, "照片.jpg")
    found = gather([folder])
    assert found.files == []
    assert [str(one) for one in found.refused] == [
        "文件夹“申报 材料”里没有可以导入的文件；可以导入 .docx、.xlsx、.txt 文件和申报包 .zip。"
    ]


def test_a_folder_that_vanishes_on_the_way_costs_no_other(folder: Path) -> None:
    put(folder, "一/表.docx", "二/表.docx")

    def pull_out(_count: int, name: str) -> None:
        if name.endswith("一"):
            (folder / "一" / "表.docx").unlink()
            (folder / "一").rmdir()

    found = gather([folder], pull_out)
    assert names(found) == ["申报 材料/二/表.docx"]
    assert "打不开" in str(found.refused[0])


def test_what_is_named_stays_whatever_it_is(folder: Path) -> None:
    put(folder, "~$表.docx", "照片.jpg")
    named = [folder / "~$表.docx", folder / "照片.jpg", folder / "没有.docx", folder / ("长" * 300)]
    found = gather(named)
    assert [one.path for one in found.files] == named
    assert not any(one.searched for one in found.files)


def test_the_folder_one_stands_in_adds_no_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "子/表.docx")
    monkeypatch.chdir(folder)
    assert names(gather([Path()])) == ["子/表.docx"]


def test_a_search_tells_how_far_it_is_and_can_be_ended(folder: Path) -> None:
    put(folder, "a.txt", *(f"{number}/表.txt" for number in range(20)))
    heard: list[int] = []

    def enough(count: int, _name: str) -> None:
        heard.append(count)
        if count > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gather([folder], enough)
    assert heard == [0, 1, 2, 3, 4, 5, 6]


def test_deep_and_wide_folders_are_searched_to_the_end(folder: Path) -> None:
    put(folder, "/".join(["深"] * 60) + "/表.docx", *(f"{number}.txt" for number in range(2000)))
    found = gather([folder])
    assert len(found.files) == 2001
    assert names(found)[1999] == "申报 材料/1999.txt"
