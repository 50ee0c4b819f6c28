"""The words of the command line and what they mean."""

from __future__ import annotations

import argparse
from typing import NoReturn

from forms import __version__
from forms.language import LANGUAGES, N_, sentence

NOT_YET = ("docx", "template", "schema", "compare", "carry", "report", "collect")


class UsageFault(Exception):
    """The words on the command line do not fit; the message is a whole sentence."""


class _Parser(argparse.ArgumentParser):
    """argparse with our language: its own English sentences never reach the user."""

    def error(self, message: str) -> NoReturn:
        raise UsageFault(sentence(N_("命令写法不对（{detail}）；请看 jixiao --help。"), {"detail": message}))

    def format_help(self) -> str:
        text = super().format_help().replace("usage:", sentence(N_("用法：")), 1)
        return text.replace("positional arguments:", sentence(N_("命令和文件："))).replace(
            "options:", sentence(N_("选项："))
        )


def parser() -> argparse.ArgumentParser:
    """The parser, in the language in use."""
    top = _Parser("jixiao", description=sentence(N_("绩效填报：填报、检查、打印、打包绩效目标表，不用联网。")), add_help=False)
    _globals(top)
    top.add_argument("--version", action="version", version=f"jixiao {__version__}",
                     help=sentence(N_("看版本号")))
    commands = top.add_subparsers(dest="command", metavar=sentence(N_("命令")), parser_class=_Parser)
    _demo(commands)
    _reading(commands)
    _writing(commands)
    for name in NOT_YET:
        later = commands.add_parser(name, add_help=False)
        later.add_argument("rest", nargs=argparse.REMAINDER)
    return top


_Commands = argparse._SubParsersAction  # noqa: SLF001 — argparse has no public name for it


def _command(commands: _Commands[argparse.ArgumentParser], name: str, about: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=about, description=about, add_help=False)
    _globals(made, inner=True)
    return made


def _globals(to: argparse.ArgumentParser, *, inner: bool = False) -> None:
    nothing = argparse.SUPPRESS if inner else None
    to.add_argument("-h", "--help", action="help", help=sentence(N_("看这段说明")))
    to.add_argument("--library", metavar="FILE", default=nothing,
                    help=sentence(N_("库文件；不写就用用户数据文件夹里的，或环境变量 JIXIAO_LIBRARY 指明的")))
    to.add_argument("--lang", choices=LANGUAGES, default=nothing, help=sentence(N_("显示语言")))


def _json(to: argparse.ArgumentParser) -> None:
    to.add_argument("--json", action="store_true", help=sentence(N_("标准输出只给 JSON")))


def _demo(commands: _Commands[argparse.ArgumentParser]) -> None:
    demo = _command(commands, "demo", sentence(N_("用自带的例子走一遍：导入、检查、保存、打印、打包")))
    demo.add_argument("folder", nargs="?", default="demo-output", metavar="DIR", help=sentence(N_("放结果的文件夹")))


def _reading(commands: _Commands[argparse.ArgumentParser]) -> None:
    _json(_command(commands, "templates", sentence(N_("列出已有的表样"))))
    load = _command(commands, "import", sentence(N_("导入 docx、xlsx、txt 文件或申报包")))
    load.add_argument("files", nargs="+", metavar="FILE")
    load.add_argument("--dry-run", action="store_true", help=sentence(N_("只看会导入什么，不存")))
    _json(load)
    _json(_command(commands, "list", sentence(N_("列出库中的表"))))
    show = _command(commands, "show", sentence(N_("看一份表")))
    show.add_argument("id", metavar="ID")
    _json(show)
    check = _command(commands, "check", sentence(N_("检查库中的表、文件或申报包能不能导出")))
    check.add_argument("what", nargs="+", metavar="ID|FILE|PACKAGE")
    _json(check)
    verify = _command(commands, "verify", sentence(N_("核验申报包有没有被改动")))
    verify.add_argument("packages", nargs="+", metavar="PACKAGE")


def _writing(commands: _Commands[argparse.ArgumentParser]) -> None:
    for name, about in (
        ("print", sentence(N_("打印成 PDF"))),
        ("xlsx", sentence(N_("写成 Excel 工作簿，带校验表"))),
    ):
        made = _command(commands, name, about)
        made.add_argument("id", metavar="ID")
        made.add_argument("-o", "--output", required=True, metavar="FILE")
    export = _command(commands, "export", sentence(N_("导出申报包；有必须改的问题时不导出并列出问题")))
    export.add_argument("ids", nargs="+", metavar="ID")
    export.add_argument("-o", "--output", required=True, metavar="DIR")
