"""`jixiao backup`, `backups` and `retrieve` as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.cli.main import main
from forms.store.library import Library
from tests.forms.history.lives import AMOUNT, Life

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def life(tmp_path: Path) -> Life:
    made = Life(tmp_path)
    made.library.close()
    return made


@pytest.fixture
def run(life: Life, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("JIXIAO_LIBRARY", str(life.library.path))

    def run_it(*words: str | Path) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_it


def change(life: Life, text: str) -> None:
    with Library.open(life.library.path) as opened:
        life.library = opened
        life.put(AMOUNT, text)


def amount(life: Life) -> str:
    with Library.open(life.library.path) as opened:
        return opened.filing(life.ident).text(AMOUNT)


def test_a_backup_is_made_listed_and_not_made_twice(run: Run) -> None:
    assert "读回核对无误" in run("backup")[1]
    assert "不用再备份" in run("backup")[1]
    code, out, _ = run("backups")
    assert code == 0
    assert "手动" in out
    assert "完好" in out
    (only,) = json.loads(run("backups", "--json")[1])
    assert only["number"] == 1
    assert only["filings"] > 1
    assert only["faults"] == []


def test_without_backups_that_is_said(run: Run) -> None:
    assert "还没有备份" in run("backups")[1]


def test_a_filing_is_taken_back_and_may_stand_beside(run: Run, life: Life) -> None:
    run("backup")
    change(life, "77")
    code, out, _ = run("retrieve", "1")
    assert code == 0
    assert life.ident in out
    assert "编号" in run("retrieve", "1", life.ident[:6], "--copy")[1]
    assert amount(life) == "77"
    assert "已恢复成备份里的样子" in run("retrieve", "1", life.ident[:6])[1]
    assert amount(life) == "88"
    assert "没有要恢复的" in run("retrieve", "1", life.ident[:6])[1]


def test_the_whole_library_goes_back_from_a_named_file(run: Run, life: Life, tmp_path: Path) -> None:
    to = tmp_path / "stick" / "copy.jixiao"
    assert run("backup", "-o", to)[0] == 0
    change(life, "77")
    code, out, _ = run("retrieve", to, "--all")
    assert code == 0
    assert "原来的库留在" in out
    assert amount(life) == "88"
    assert "恢复前" in run("backups")[1]


def test_a_damaged_library_is_no_hindrance(run: Run, life: Life) -> None:
    run("backup")
    path = life.library.path
    path.write_bytes(path.read_bytes()[:20_000] + bytes(20_000))
    Path(f"{path}.lock").write_text("1\n")  # a process died with it open, so the next one looks it over
    assert run("retrieve", "1", "--all")[0] == 0
    assert amount(life) == "88"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retrieve", "9"), "没有第 9 号备份"),
        (("retrieve", "no.jixiao"), "打不开"),
        (("retrieve", "1", "ab", "--all"), "--all"),
    ],
)
def test_what_is_wrong_is_one_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    run("backup")
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1
