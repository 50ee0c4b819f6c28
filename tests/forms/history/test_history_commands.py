"""`jixiao history` and `jixiao revert` over a real library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.cli.main import main
from forms.commands import Batch, SetValue
from forms.store.library import Library
from tests.forms.history.lives import AMOUNT, GOAL, Life


@pytest.fixture
def pasted(tmp_path: Path) -> tuple[str, str]:
    """A filing with a wrong paste that was typed over in part; its library and id."""
    life = Life(tmp_path)
    life.put(AMOUNT, "90")
    life.do(Batch((SetValue(AMOUNT, "1"), SetValue(GOAL, "二")), "粘贴"), "pasted")
    life.put(GOAL, "后来写的")
    life.library.close()
    return str(tmp_path / "library.jixiao"), life.ident


def text(library: str, ident: str) -> tuple[str, str]:
    with Library.open(Path(library)) as opened:
        filing = opened.filing(ident)
        return filing.text(AMOUNT), filing.text(GOAL)


def test_history_tells_each_step(pasted: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    library, ident = pasted
    assert main(["history", ident[:6], "--library", library]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert "导入" in lines[0]
    assert "[1 导入]" in lines[0]
    assert "填写  资金需求  88 → 90" in lines[1]
    assert "粘贴" in lines[2]
    assert main(["history", ident, "--library", library, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["step"], one["origin"], one["count"]) for one in told][2] == (2, "pasted", 2)


def test_a_filing_goes_back_to_a_step_and_that_is_a_step_too(
    pasted: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    library, ident = pasted
    before = text(library, ident)
    assert main(["revert", ident, "--to", "1", "--library", library]) == 0
    assert "第 4 步" in capsys.readouterr().out
    assert text(library, ident)[0] == "90"
    assert main(["revert", ident, "--to", "3", "--library", library]) == 0
    assert text(library, ident) == before


def test_only_what_one_step_did_is_taken_back(pasted: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    library, ident = pasted
    assert main(["revert", ident, "--step", "2", "--library", library]) == 0
    assert "有 1 处后来又改过" in capsys.readouterr().out
    assert text(library, ident) == ("90", "后来写的")


def test_nothing_to_go_back_to_is_said(pasted: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    library, ident = pasted
    assert main(["revert", ident, "--to", "3", "--library", library]) == 0
    assert "没有要恢复的" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--to", "9"], "没有第 9 步"), (["--step", "0"], "没有第 0 步"), ([], "请写明"), (["--to", "x"], "写法不对")],
)
def test_a_wrong_step_is_one_sentence(
    pasted: tuple[str, str], words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    library, ident = pasted
    assert main(["revert", ident, *words, "--library", library]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
