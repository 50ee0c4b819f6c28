"""The words of the command line and what they mean."""

from __future__ import annotations

from forms import __version__
from forms.cli import (
    backup_commands,
    bin_commands,
    carry_commands,
    compare_commands,
    docx_commands,
    history_commands,
    import_commands,
    interchange_commands,
    move_commands,
    print_commands,
    schema_commands,
    template_commands,
)
from forms.cli.usage import Commands as _Commands
from forms.cli.usage import Parser
from forms.cli.usage import command as _command
from forms.cli.usage import global_words as _globals
from forms.cli.usage import json_switch as _json
from forms.language import N_, sentence


def parser() -> Parser:
    """The parser, in the language in use."""
    about = sentence(N_("绩效填报：填报、检查、打印、打包绩效目标表，不用联网。"))
    codes = sentence(
        N_("结束代码：0 做完；1 程序出错；2 读不出来、核验不符或命令写法不对；3 还有必须改的问题（check、export）。")
    )
    top = Parser("jixiao", description=about, epilog=codes)
    _globals(top)
    top.add_argument("--version", action="version", version=f"jixiao {__version__}", help=sentence(N_("看版本号")))
    commands = top.add_subparsers(dest="command", metavar=sentence(N_("命令")), parser_class=Parser)
    _demo(commands)
    _reading(commands)
    _checking(commands)
    print_commands.add(commands)
    _writing(commands)
    interchange_commands.add(commands)
    schema_commands.add(commands)
    carry_commands.add(commands)
    compare_commands.add(commands)
    history_commands.add(commands)
    backup_commands.add(commands)
    docx_commands.add(commands)
    template_commands.add(commands)
    move_commands.add(commands)
    return top


def _id(to: Parser) -> None:
    to.add_argument("id", metavar="ID", help=sentence(N_("表的编号，可以只写开头几位；jixiao list 列出编号")))


def _demo(commands: _Commands) -> None:
    demo = _command(commands, "demo", sentence(N_("用自带的例子走一遍：导入、检查、保存、打印、打包")))
    folder = sentence(N_("放结果的文件夹；不写就是 demo-output"))
    demo.add_argument("folder", nargs="?", default="demo-output", metavar="DIR", help=folder)


def _reading(commands: _Commands) -> None:
    _json(_command(commands, "templates", sentence(N_("列出已有的表样"))))
    import_commands.add(commands)
    listing = _command(commands, "list", sentence(N_("列出库中的表")))
    listing.add_argument(
        "--search", metavar="TEXT", default="", help=sentence(N_("只列出写着这些字的，也认拼音首字母"))
    )
    listing.add_argument("--bin", action="store_true", help=sentence(N_("列出回收站里的")))
    _json(listing)
    bin_commands.add(commands)
    show = _command(commands, "show", sentence(N_("看一份表")))
    _id(show)
    _json(show)


def _checking(commands: _Commands) -> None:
    check = _command(commands, "check", sentence(N_("检查库中的表、文件或申报包能不能导出")))
    what = sentence(N_("表的编号、文件或申报包，可以写几个"))
    check.add_argument("what", nargs="+", metavar="ID|FILE|PACKAGE", help=what)
    _json(check)
    verify = _command(commands, "verify", sentence(N_("核验申报包有没有被改动")))
    verify.add_argument("packages", nargs="+", metavar="PACKAGE", help=sentence(N_("申报包，可以写几个")))


def _writing(commands: _Commands) -> None:
    xlsx = _command(commands, "xlsx", sentence(N_("写成 Excel 工作簿，带校验表")))
    _id(xlsx)
    xlsx.add_argument("-o", "--output", required=True, metavar="FILE", help=sentence(N_("写到哪个文件")))
    export = _command(commands, "export", sentence(N_("导出申报包；有必须改的问题时不导出并列出问题")))
    export.add_argument("ids", nargs="+", metavar="ID", help=sentence(N_("表的编号，可以写几个")))
    export.add_argument("-o", "--output", required=True, metavar="DIR", help=sentence(N_("放申报包的文件夹")))
