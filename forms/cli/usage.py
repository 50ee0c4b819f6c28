"""How the words of the command line are read and explained: argparse in our language."""

from __future__ import annotations

import argparse
import difflib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NoReturn, TypeAlias

from forms.errors import JixiaoError
from forms.language import LANGUAGES, N_, sentence
from forms.render.text import places

NOT_YET = ("report", "collect")

_HEADINGS = {"positional arguments": N_("命令和文件："), "options": N_("选项：")}


class UsageFault(JixiaoError):
    """The words on the command line do not fit."""


class Layout(argparse.HelpFormatter):
    """The page of help: our headings, and lines as wide as they stand on a terminal, where a 汉字 takes two places."""

    def __init__(self, prog: str) -> None:
        # argparse leaves 2 places free, and counts the 6 of “用法：” as 3.
        super().__init__(prog, width=shutil.get_terminal_size().columns - 5)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the line of usage."""
        super().add_usage(usage, actions, groups, sentence(N_("用法：")) if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Begin a part of the page."""
        super().start_section(sentence(_HEADINGS.get(heading or "", heading or "")))

    def format_help(self) -> str:
        """Give the whole page."""
        return super().format_help().replace("：:\n", "：\n").replace("::\n", ":\n")

    def _split_lines(self, text: str, width: int) -> list[str]:
        return list(_wrapped(text, width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in _wrapped(text, width - len(indent)))


class Parser(argparse.ArgumentParser):
    """A parser that refuses in whole sentences: argparse's own English never reaches the user."""

    def __init__(self, prog: str, *, description: str = "", epilog: str = "") -> None:
        super().__init__(
            prog, description=description, epilog=epilog, formatter_class=Layout,
            add_help=False, allow_abbrev=False, exit_on_error=False,
        )  # fmt: skip

    def read(self, words: Sequence[str]) -> argparse.Namespace:
        """Read all the words. Raises UsageFault for one that is too many."""
        given: argparse.Namespace
        given, left = self.parse_known_args(words)
        if left:
            page = f"jixiao {given.command} --help" if given.command else "jixiao --help"
            extra, unknown = N_("多写了“{word}”；请看 {page}。"), N_("没有“{word}”这个选项；请看 {page}。")
            raise UsageFault(unknown if left[0].startswith("-") else extra, word=left[0], page=page)
        return given

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read the words known. Raises UsageFault for what is missing or stands in the wrong place."""
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            if error.argument_name is None:
                self.error(error.message)
            told = N_("“{option}”的写法不对，或者后面缺少内容；请看 {page}。")
            raise UsageFault(told, option=error.argument_name, page=f"{self.prog} --help") from error

    def error(self, message: str) -> NoReturn:
        """Refuse words that are incomplete; argparse tells their names after its last colon."""
        missing = message.rpartition(": ")[2].replace("/--output", "")
        told = N_("还缺少 {missing}；请看 {page}。")
        raise UsageFault(told, missing=missing, page=f"{self.prog} --help")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        if value in NOT_YET:
            raise UsageFault(N_("“{command}”这个命令还没有做好。"), command=value)
        near = difflib.get_close_matches(str(value), action.choices, n=1)
        if near:
            raise UsageFault(N_("没有“{word}”这个命令，是不是“{near}”？请看 jixiao --help。"), word=value, near=near[0])
        raise UsageFault(N_("没有“{word}”这个命令；请看 jixiao --help。"), word=value)


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 — argparse has no public name for it


def command(commands: Commands, name: str, about: str) -> Parser:
    """A new command with the words every command knows; `set_defaults(run=…)` tells what it does."""
    made = commands.add_parser(name, help=about, description=about)
    global_words(made, inner=True)
    return made


def global_words(to: Parser, *, inner: bool = False) -> None:
    """The words that stand before or behind any command."""
    nothing = argparse.SUPPRESS if inner else None
    library = sentence(N_("库文件；不写就用用户数据文件夹里的，或环境变量 JIXIAO_LIBRARY 指明的"))
    to.add_argument("-h", "--help", action="help", help=sentence(N_("看这段说明")))
    to.add_argument("--library", metavar="FILE", default=nothing, help=library)
    to.add_argument("--lang", metavar="zh_CN|en", type=language, default=nothing, help=sentence(N_("显示语言")))


def json_switch(to: Parser) -> None:
    """The word --json."""
    to.add_argument("--json", action="store_true", help=sentence(N_("标准输出只给 JSON")))


def language(word: str) -> str:
    """The value of --lang. Raises UsageFault for a language the program does not speak."""
    if word not in LANGUAGES:
        raise UsageFault(N_("没有“{word}”这种语言；可用：{known}。"), word=word, known=" ".join(LANGUAGES))
    return word


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` places; a break comes after a blank or between two 汉字, never before ，。；：、）”."""
    line = ""
    for piece in _pieces(text):
        if line and places(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for ch, after in pairwise(text + " "):
        piece += ch
        breaks = ch == " " or places(ch) == 2 or places(after) == 2
        if breaks and ch not in "（“" and after not in "，。；：、）”":
            yield piece
            piece = ""
    yield piece
