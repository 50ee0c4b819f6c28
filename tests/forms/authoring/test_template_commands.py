"""`jixiao template` and `jixiao move` as scripts use them: codes, JSON, sentences, files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from forms.cli.main import main
from forms.template.load import load
from tests.forms.authoring import blank_forms
from tests.forms.authoring.content import content, every_template
from tests.forms.authoring.versions import after

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in Chinese over a library of its own; gives code, output and errors."""
    monkeypatch.setenv("JIXIAO_LIBRARY", str(tmp_path / "l.jixiao"))
    monkeypatch.setenv("LANGUAGE", "zh_CN")

    def run_it(*words: str | Path) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_it


def test_check_names_lines_and_cells(run: Run, tmp_path: Path) -> None:
    sound, faulty = tmp_path / "好.yaml", tmp_path / "坏.yaml"
    sound.write_text(every_template()["templates/gd-quyu-2022"], encoding="utf-8")
    faulty.write_text(
        sound.read_text(encoding="utf-8").replace("项目名称: 文本*100", "项目名称: 文字"), encoding="utf-8"
    )
    code, out, err = run("template", "check", sound, faulty, tmp_path / "无.yaml")
    assert code == 2
    assert "可以使用（gd-quyu-2022 2022.1 区域绩效目标申报表）" in out
    assert "第 13 行：“项目名称”的类型“文字”不认识" in err
    assert "找不到文件“无.yaml”" in err
    code, out, _ = run("template", "check", "--json", sound, faulty)
    told = json.loads(out)
    assert [one["sound"] for one in told] == [True, False]
    assert (told[1]["faults"][0]["line"], told[1]["faults"][0]["cell"]) == (13, "")


def test_a_workbook_there_and_back(run: Run, tmp_path: Path) -> None:
    book, text = tmp_path / "表样.xlsx", tmp_path / "表样.yaml"
    assert run("template", "xlsx", "gd-quyu-2022", "-o", book)[0] == 0
    assert run("template", "yaml", book, "-o", text)[0] == 0
    shipped = load(every_template()["templates/gd-quyu-2022"])
    assert content(load(text.read_text(encoding="utf-8"))) == content(shipped)
    assert run("template", "diff", "gd-quyu-2022", book)[1] == "两份表样没有不同。\n"
    spoiled = openpyxl.load_workbook(book)
    spoiled["字段"]["B3"] = "文字"
    spoiled.save(book)
    code, out, _ = run("template", "check", "--json", book)
    assert (code, json.loads(out)[0]["faults"][0]["cell"]) == (2, "字段!B3")
    assert run("template", "yaml", book, "-o", text)[0] == 2


def test_new_from_a_blank_form(run: Run, tmp_path: Path) -> None:
    path, made = blank_forms.register(tmp_path), tmp_path / "新.yaml"
    code, out, _ = run("template", "new", path, "-o", made, "--id", "xian-xiangmuku", "--name", "项目库")
    assert code == 0
    assert "“财政资金合计”当作上面各行之和，请核对。" in out
    template = load(made.read_text(encoding="utf-8"))
    assert (template.id, template.name, template.awaiting) == ("xian-xiangmuku", "项目库", True)
    code, out, _ = run("template", "new", path, "-o", made, "--json")
    told = json.loads(out)
    assert (told["forms"], told["cells"][0]["part"]) == (1, "文字")
    assert run("template", "new", path, "-o", made, "--number", "2")[::2] == (
        2, "“项目库.xlsx”里有 1 张表，没有第 2 张。\n",
    )  # fmt: skip


def test_diff_of_two_versions(run: Run, tmp_path: Path) -> None:
    newer = tmp_path / "新版.yaml"
    newer.write_text(after().text, encoding="utf-8")
    code, out, _ = run("template", "diff", "gd-quyu-2022@2022.1", newer, "--json")
    assert code == 0
    assert {"part": "字段", "change": "dropped", "name": "政策依据", "message": "字段：去掉“政策依据”。"} in json.loads(
        out
    )


def test_a_filing_moves_and_what_is_dropped_stays_to_be_seen(run: Run, tmp_path: Path, samples: Path) -> None:
    newer = tmp_path / "新版.yaml"
    newer.write_text(after().text, encoding="utf-8")
    run("import", samples / "广东2022_区域绩效目标申报表_1-12.xlsx")
    ident = json.loads(run("list", "--json")[1])[0]["id"]
    old = json.loads(run("show", ident, "--json")[1])
    code, out, _ = run("move", ident, "--to", newer, "--dry-run")
    assert code == 0
    assert "“地方主管部门”：移到“地方实施部门”。" in out
    assert len(json.loads(run("list", "--json")[1])) == 12
    moved = json.loads(run("move", ident, "--to", newer, "--json")[1])
    shown = json.loads(run("show", moved["id"], "--json")[1])
    assert shown["version"] == "2023.1"
    assert shown["values"]["地方实施部门"] == old["values"]["地方主管部门"]
    assert f"政策依据：{old['values']['政策依据']}" in shown["unplaced"]
    assert json.loads(run("show", ident, "--json")[1])["values"] == old["values"]
    assert run("template", "xlsx", "gd-quyu-2022@2023.1", "-o", tmp_path / "库里的.xlsx")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("template", "xlsx", "mei-you", "-o", "a.xlsx"), "没有编号为“mei-you”的表样"),
        (("template", "xlsx", "gd-quyu-2022@1", "-o", "a.xlsx"), "没有 gd-quyu-2022 的 1 版"),
        (("template",), "还缺少"),
        (("template", "check", "a.doc"), "“a.doc”不是表样"),
    ],
)
def test_refusals_are_sentences(run: Run, words: tuple[str, ...], sentence: str) -> None:
    code, _, err = run(*words)
    assert code == 2
    assert sentence in err


def test_files_that_are_no_template(run: Run, tmp_path: Path) -> None:
    latin = tmp_path / "gbk.yaml"
    latin.write_bytes("模板: 甲".encode("gb18030"))
    large = tmp_path / "大.yaml"
    large.write_bytes(b"#" * 5_000_001)
    several = tmp_path / "成套.yaml"
    several.write_text("语法: 1\n成套: 甲\n", encoding="utf-8")
    for path, sentence in ((latin, "不是 UTF-8"), (large, "超过 5 MB"), (several, "是成套文件"), (tmp_path, "")):
        code, _, err = run("template", "check", path)
        assert code == 2
        assert sentence in err


def test_a_county_installs_its_own_template(run: Run, tmp_path: Path) -> None:
    path, made = blank_forms.register(tmp_path), tmp_path / "新.yaml"
    run("template", "new", path, "-o", made, "--id", "xian-xiangmuku", "--name", "项目库")
    code, out, _ = run("template", "install", made)
    assert code == 0
    assert "建设地点" in out
    assert out.endswith("已装进库里：xian-xiangmuku 1 项目库\n")
    assert run("template", "install", made)[0] == 0  # the very same again
    made.write_text(made.read_text(encoding="utf-8").replace("模板: 项目库", "模板: 项目总库"), encoding="utf-8")
    code, _, err = run("template", "install", made)
    assert (code, err) == (2, "已有 xian-xiangmuku 的 1 版，内容不同；请给改过的表样换一个版本号。\n")
    made.write_text(made.read_text(encoding="utf-8").replace('版本: "1"', '版本: "2"'), encoding="utf-8")
    assert run("template", "install", made)[0] == 0
    assert run("template", "diff", "xian-xiangmuku@1", "xian-xiangmuku")[1].splitlines() == [
        "模板：由“项目库”改为“项目总库”。", "版本：由“1”改为“2”。",
    ]  # fmt: skip
