"""The words of the command line: refusals and pages of help, in both languages."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from forms.cli.arguments import parser
from forms.cli.commands import COMMANDS
from forms.cli.usage import NOT_YET, Parser, UsageFault
from forms.language import LANGUAGES, use
from forms.render.text import places

CHINESE = re.compile("[\u4e00-\u9fff]")
WRONG = [
    (["pritn", "x"], "没有“pritn”这个命令，是不是“print”？请看 jixiao --help。"),
    (["zzz"], "没有“zzz”这个命令；请看 jixiao --help。"),
    (["colect"], "没有“colect”这个命令；请看 jixiao --help。"),  # near a command not built yet
    (["import"], "还缺少 FILE|FOLDER；请看 jixiao import --help。"),
    (["export"], "还缺少 ID, -o；请看 jixiao export --help。"),
    (["print", "abc"], "还缺少 -o；请看 jixiao print --help。"),
    (["print", "abc", "-o"], "“-o/--output”的写法不对，或者后面缺少内容；请看 jixiao print --help。"),
    (["list", "--jsn"], "没有“--jsn”这个选项；请看 jixiao list --help。"),
    (["list", "--js"], "没有“--js”这个选项；请看 jixiao list --help。"),
    (["--frobnicate"], "没有“--frobnicate”这个选项；请看 jixiao --help。"),
    (["list", "多余 的"], "多写了“多余 的”；请看 jixiao list --help。"),
    (["list", "--json=x"], "“--json”的写法不对，或者后面缺少内容；请看 jixiao list --help。"),
    (["--library"], "“--library”的写法不对，或者后面缺少内容；请看 jixiao --help。"),
    (["--lang", "fr", "list"], "没有“fr”这种语言；可用：zh_CN en。"),
]


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "80")
    yield
    use("zh_CN")


def pages() -> dict[str, Parser]:
    """The parser of the whole and of every command, by its name, in the language in use."""
    top = parser()
    (commands,) = (one for one in top._actions if isinstance(one, argparse._SubParsersAction))
    return {"": top, **commands.choices}


@pytest.mark.parametrize(("words", "expected"), WRONG, ids=lambda one: " ".join(one) if isinstance(one, list) else "")
def test_what_does_not_fit_is_one_sentence_that_says_where_to_look(words: list[str], expected: str) -> None:
    with pytest.raises(UsageFault) as fault:
        parser().read(words)
    assert str(fault.value) == expected
    assert fault.value.exit_code == 2
    use("en")
    told = str(fault.value)
    assert told != expected
    assert not CHINESE.search(told.replace("多余 的", ""))


@pytest.mark.parametrize("name", NOT_YET)
def test_a_command_not_built_yet_says_so_whatever_follows(name: str) -> None:
    with pytest.raises(UsageFault, match=f"“{name}”这个命令还没有做好。"):
        parser().read([name, "--what", "x", "-o"])


def test_options_of_all_commands_stand_before_the_command_or_after_it() -> None:
    before, after = parser().read(["--library", "a", "list"]), parser().read(["list", "--library", "a"])
    assert before.library == after.library == "a"
    assert parser().read(["list"]).library is None


def test_every_command_built_has_a_page_and_no_other() -> None:
    of_their_own = {name for name, made in pages().items() if made.get_default("run")}
    assert set(pages()) == {"", *COMMANDS} | of_their_own
    assert not set(pages()[""].format_help().split()) & {*NOT_YET} - {"docx"}  # import names docx as a kind of file


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_explain_every_word_and_stay_within_the_terminal(language: str) -> None:
    use(language)
    for name, made in pages().items():
        page = made.format_help()
        assert all(action.help or action.metavar in ("命令", "COMMAND") for action in made._actions), name
        assert max(places(line) for line in page.splitlines()) <= 80, page
        assert "usage:" not in page
        assert "positional" not in page
        assert bool(CHINESE.search(page)) is (language == "zh_CN"), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_explanations_stand_below_each_other(language: str) -> None:
    use(language)
    for page in (made.format_help() for made in pages().values()):
        starts = {places(line[: found.end()]) for line in page.splitlines() if (found := _gap(line))}
        assert len(starts) == 1, page


def _gap(line: str) -> re.Match[str] | None:
    """The blanks between a word and its explanation."""
    return re.match(r"  +[-\w|]+(?: \S+)*?(?:, --\w+(?: \S+)?)?  +(?=\S)", line)
