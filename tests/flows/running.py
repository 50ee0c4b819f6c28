"""Runs the command line as a person does: a process of its own, with its own home and library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.files import resource

ROOT = Path(__file__).parents[2]
LIST_AND_FORMS = resource("examples", "澜江省2026_任务清单与区域绩效目标申报表.docx")
WORKBOOK = resource("examples", "澜江省2025_养老机构消防改造_区域绩效目标申报表.xlsx")
TEXT = resource("examples", "澜江省2025_小型水库维修养护_区域绩效目标申报表.txt")
DEPARTMENT = resource("examples", "浣城市交通运输局2026_部门预算绩效信息.docx")


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and what it said, decoded strictly as UTF-8."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Person:
    """Somebody at a terminal in `folder`, whose home is empty; `env` adds to or replaces the environment."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        home = {"HOME": str(folder / "home"), "LOCALAPPDATA": str(folder / "home")}
        self.env = kept | home | {"PYTHONPATH": str(ROOT), "LANG": "zh_CN.UTF-8"} | env

    def run(self, *words: str | Path) -> Outcome:
        """Run one command and wait for it."""
        done = subprocess.run(
            [sys.executable, "-m", "forms.cli", *map(str, words)],
            cwd=self.folder, env=self.env, capture_output=True, timeout=300, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    def ids(self) -> dict[str, str]:
        """The filings of the library: title -> id."""
        return {one["title"]: one["id"] for one in self.run("list", "--json").json}


def one_sentence(outcome: Outcome) -> bool:
    """Whether a refusal said one line on standard error and nothing on standard output, and no traceback."""
    return outcome.out == "" and len(outcome.err.splitlines()) == 1 and "Traceback" not in outcome.err
