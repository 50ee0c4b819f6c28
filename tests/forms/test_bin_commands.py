"""The recycle bin and the search from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.cli.main import main
from forms.files import resource


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = str(tmp_path / "库.jixiao")
    example = next(resource("examples").glob("*任务清单*.docx"))
    assert main(["--library", path, "import", str(example)]) == 0
    capsys.readouterr()
    return path


def listed(library: str, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["--library", library, "list", "--json", *words]) == 0
    return [one["id"] for one in json.loads(capsys.readouterr().out)]


def test_a_filing_goes_into_the_bin_and_comes_back(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = listed(library, capsys)
    assert main(["--library", library, "delete", before[0][:8]]) == 0
    assert "1 份" in capsys.readouterr().out
    assert listed(library, capsys) == before[1:]
    assert listed(library, capsys, "--bin") == before[:1]
    assert main(["--library", library, "undelete", before[0]]) == 0
    capsys.readouterr()
    assert set(listed(library, capsys)) == set(before)
    assert listed(library, capsys, "--bin") == []


def test_words_and_initials_find_what_is_written(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    (one,) = listed(library, capsys, "--search", "车载气相色谱")
    assert one in listed(library, capsys, "--search", "czqxsp")
    assert listed(library, capsys, "--search", "磁悬浮") == []
    assert main(["--library", library, "list", "--search", "磁悬浮"]) == 0
    assert capsys.readouterr().out == "没有找到。\n"
