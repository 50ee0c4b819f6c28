"""`jixiao import`: files and folders into the library, and one report of what came in and what did not."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from forms import desk
from forms.cli.backup_commands import keep_first
from forms.cli.commands import DONE, UNREADABLE, known_templates, opened
from forms.cli.output import as_json, complain, passing, plain, progress, say, told, verdict
from forms.cli.usage import Commands, command, json_switch
from forms.cli.writing import file_named
from forms.desk import Incoming
from forms.errors import JixiaoError
from forms.holdings import Holdings
from forms.incoming.folders import Gathered, gather
from forms.incoming.reading import Brought, read_each
from forms.incoming.report import Fate, FileLine, FormLine, Report
from forms.incoming.report_files import KINDS, encode
from forms.incoming.report_text import totals
from forms.incoming.taking import look_at, take_in
from forms.interchange import filing_object, notice_objects
from forms.language import N_, sentence
from forms.rules import Review
from forms.templates import Templates


def add(commands: Commands) -> None:
    """The words of the command."""
    made = command(commands, "import", sentence(N_("导入 docx、xlsx、txt 文件或申报包，也可以是装着它们的文件夹")))
    made.add_argument("files", nargs="+", metavar="FILE|FOLDER", help=sentence(N_("要导入的文件或文件夹，可以写几个")))
    made.add_argument("--dry-run", action="store_true", help=sentence(N_("只看会导入什么，不存")))
    report = sentence(N_("另写一份导入报告：.xlsx、.json 或 .txt"))
    made.add_argument("--report", metavar="FILE", default="", help=report)
    json_switch(made)
    made.set_defaults(run=load)


@dataclass(slots=True)
class _Run:
    """How far one import has come: what was found, the lines of what was read, and the forms to tell about."""

    gathered: Gathered
    lines: list[FileLine] = field(default_factory=list)
    told: list[tuple[Incoming, FormLine]] = field(default_factory=list)

    def add(self, brought: Brought, line: FileLine) -> None:
        """Tell of one more file; what came of each place of a form is counted by now and need not be kept."""
        if line.refused:
            complain(line.refused)
        self.lines.append(line)
        forms = (replace(one, matches=()) for one in brought.forms)
        self.told += [each for each in zip(forms, line.forms, strict=True) if each[1].fate is not Fate.REFUSED]

    @property
    def report(self) -> Report:
        """The report as far as it goes."""
        found = self.gathered
        unread = tuple(one.name for one in found.files[len(self.lines) :])
        return Report(tuple(self.lines), tuple(found.refused), tuple(found.left_out), unread)


def load(given: argparse.Namespace) -> int:
    """Take files into the library, or with --dry-run only tell what would come in.

    Each file is one transaction: broken off, the import has taken in whole files only, and brought in again the same
    folder adds the rest. Files of a folder that the library holds already do not come in twice; files that are named
    do. The report tells how far the import came, whatever ended it.
    """
    target = file_named(given.report, *KINDS) if given.report else None
    run = _Run(gather(map(Path, given.files), _searching, target))
    passing("")
    for failed in run.gathered.refused:
        complain(str(failed))
    try:
        _read(run, given)
    except (KeyboardInterrupt, JixiaoError):
        for line in totals(run.report):
            complain(line)
        _write_report(run.report, target)
        raise
    _tell(run, as_json_only=given.json)
    _write_report(run.report, target)
    return DONE if run.report.whole else UNREADABLE


def _read(run: _Run, given: argparse.Namespace) -> None:
    """Read every file; without --dry-run each enters the library as soon as it is read."""
    if given.dry_run or not run.gathered.files:
        _read_each(run, known_templates(given), look_at)
        return
    with opened(given) as open_desk:
        keep_first(open_desk.library, "import")
        holdings = Holdings(open_desk.library)
        _read_each(run, open_desk.templates, lambda brought: take_in(open_desk, brought, holdings))


def _read_each(run: _Run, known: Templates, take: Callable[[Brought], FileLine]) -> None:
    with closing(read_each(run.gathered.files, known, progress)) as files:
        for brought in files:
            run.add(brought, take(brought))


def _searching(count: int, folder: str) -> None:
    passing(sentence(N_("正在找文件，已有 {count} 个（{folder}）"), {"count": count, "folder": folder}))


def _tell(run: _Run, *, as_json_only: bool) -> None:
    """What came in, form by form: their verdicts are those of forms that lie side by side."""
    reviews = desk.review_together([one for one, _ in run.told])
    if as_json_only:
        as_json([
            filing_object(review, one.told) | {"id": line.ident or one.filing.id, "held": line.held}
            for (one, line), review in zip(run.told, reviews, strict=True)
        ])  # fmt: skip
        return
    for (one, line), review in zip(run.told, reviews, strict=True):
        _tell_form(one, line, review)
    if len(run.lines) > 1 or run.gathered.left_out:
        for words in totals(run.report):
            plain(words)


def _tell_form(one: Incoming, line: FormLine, review: Review) -> None:
    state = "" if line.complete else sentence(N_("（不完整）"))
    if line.fate is Fate.HELD:
        plain(f"{line.ident}  {line.title}{state}  {line.fate}")
        return
    plain(f"{one.filing.id}  {line.title}{state}  {verdict(review)}")
    for notice in notice_objects(one.told):
        plain("    " + told(notice["place"], notice["text"]))
    if line.unplaced:
        say(N_("    有 {count} 段文字没有找到位置，都留着；用 show --json 查看。"), count=len(line.unplaced))


def _write_report(report: Report, target: Path | None) -> None:
    if target:
        desk.write(target, encode(report, target))
        complain(sentence(N_("导入报告已写成 {path}"), {"path": str(target)}))
