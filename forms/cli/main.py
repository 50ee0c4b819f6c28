"""Runs one command and turns every outcome into an exit code: 0 done, 3 blocked, 2 not readable, 1 a fault of ours."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from forms.cli.arguments import parser
from forms.cli.output import OutputRefused, complain, finish
from forms.errors import JixiaoError, LexiconRefused
from forms.language import LANGUAGES, N_, preferred, sentence, use

DONE, FAULT, UNREADABLE, BLOCKED = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; `arguments` are those of the process when left out. Gives the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _utf8()
        use(_language(words))
        return _run(words)
    except OutputRefused as error:
        _stay_quiet()
        complain(str(error))
        return error.exit_code
    except JixiaoError as error:
        complain(str(error))
        return error.exit_code
    except BrokenPipeError:
        _stay_quiet()
        return DONE
    except KeyboardInterrupt:
        complain(sentence(N_("已中断；已经存好的内容不受影响。")))
        return UNREADABLE
    except Exception:  # noqa: BLE001 — the edge of the program: no traceback reaches a user
        complain(sentence(N_("程序出了没有料到的错，已记录在“{log}”；请把它交给维护人员。"), {"log": _log()}))
        return FAULT


def _run(words: list[str]) -> int:
    from forms.cli import commands  # noqa: PLC0415 — the language is set first, the commands speak it

    given = parser().read(words)
    if given.command is None:
        from desktop.app import run  # noqa: PLC0415 — only the command without words has to do with a window

        return run(Path(given.library) if given.library else commands.default_library(), given.lang)
    _take_own_words(commands.library_path(given))
    work = getattr(given, "run", None) or commands.COMMANDS[given.command]
    code: int = work(given)
    finish()
    return code


def _take_own_words(library: Path) -> None:
    """Check by the words the user of the library has, where he has any; a file that cannot be used is told."""
    from forms.templates import own_words  # noqa: PLC0415 — the language is set first

    own = own_words(library)
    if not own.is_file():
        return
    from forms.checker import lexicon  # noqa: PLC0415 — few have such a file

    try:
        lexicon.use(own)
    except LexiconRefused as refused:
        complain(str(refused))


def _stay_quiet() -> None:
    # What is still held would be written at the end of the process, and refused once more.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 — it lasts as long as the process


def _language(words: list[str]) -> str:
    """The language asked for, known before the words are read so that a refusal of them speaks it already."""
    for word, after in pairwise([*words, ""]):
        asked = after if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in LANGUAGES:
            return asked
    return preferred()


def _utf8() -> None:
    # Chinese must leave a process whose locale is C, as it is under cron and in many containers.
    for stream in (sys.stdout, sys.stderr):
        # A console of GBK keeps its encoding; what it cannot show is written as its number, never a crash.
        if hasattr(stream, "reconfigure"):
            chinese = (stream.encoding or "").lower() in ("utf-8", "gb18030", "gbk", "cp936")
            stream.reconfigure(encoding=stream.encoding if chinese else "utf-8", errors="backslashreplace")


def _log() -> str:
    """Keep the traceback in a file of its own; it holds places in the program, no values of filings."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    kind = getattr(sys.exc_info()[0], "__name__", "")
    lines = [f"{kind}\n", *(f"  {Path(f.filename).name}:{f.lineno} {f.name}\n" for f in frames)]
    try:
        with tempfile.NamedTemporaryFile("w", prefix="jixiao-", suffix=".log", delete=False, encoding="utf-8") as log:
            log.writelines(lines)
            return log.name
    except OSError:
        return "".join(lines).replace("\n", " ")
