"""Taking files and folders in: read in a job, looked through in a dialog, put into the library file by file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.dialogs.frame import tell
from desktop.dialogs.imported import ImportedDialog
from desktop.dialogs.importing import ImportDialog
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs, Progress
from desktop.librarian import Librarian
from forms.desk import Desk, titles
from forms.errors import JixiaoError
from forms.holdings import Holdings
from forms.incoming.folders import Gathered, gather
from forms.incoming.reading import Brought, read_each
from forms.incoming.report import Fate, FileLine, Report
from forms.incoming.taking import take_in
from forms.language import N_, sentence
from forms.templates import Templates

_FEW = 4  # refusals that are told one by one


@dataclass(frozen=True, slots=True)
class _Read:
    """What was found and what was read of it."""

    gathered: Gathered
    files: tuple[Brought, ...]

    @property
    def refused(self) -> list[str]:
        """Why files and folders could not be read."""
        return [*(one.refused for one in self.files if one.refused), *map(str, self.gathered.refused)]

    def report(self, lines: Sequence[FileLine]) -> Report:
        """The report, with the lines of the files that hold forms; those without a line were not come to."""
        told, found = iter(lines), self.gathered
        every = [
            (one, next(told, None) if one.forms else FileLine(one.name, refused=one.refused)) for one in self.files
        ]
        unread = tuple(one.name for one, line in every if line is None)
        done = tuple(line for _, line in every if line is not None)
        return Report(done, tuple(found.refused), tuple(found.left_out), unread)


@dataclass(frozen=True, slots=True)
class _Same:
    """For each form whether the library says the same already, and whether a file before it does."""

    held: Sequence[bool]
    twice: Sequence[bool]


def import_files(
    parent: QWidget, librarian: Librarian, jobs: Jobs, paths: Iterable[Path], done: Callable[[list[str]], None],
    *, folder: Path = Path(), written: Callable[[Path], None] = lambda _path: None,
) -> None:  # fmt: skip
    """Read `paths`, show what they hold, and take in what the person chooses; `done` is told the new filings' ids.

    Nothing enters the library before the dialog is accepted. A file that cannot be read costs no other. Of several
    files a report is shown at the end; the dialog that keeps it begins in `folder`, and `written` is told where.
    """
    errand = _Intake(parent, librarian, jobs, done, folder, written)
    errand.begin(tuple(dict.fromkeys(path.absolute() for path in paths)))


@dataclass(frozen=True, slots=True)
class _Intake:
    """One errand: where it is done, and whom to tell."""

    parent: QWidget
    librarian: Librarian
    jobs: Jobs
    done: Callable[[list[str]], None]
    folder: Path
    written: Callable[[Path], None]

    def begin(self, paths: Sequence[Path]) -> None:
        """Read what lies there."""

        def read(texts: Sequence[str]) -> None:
            # Templates of its own, because those of the library belong to its thread.
            work = partial(_read, paths, Templates(texts))
            wait_for(self.jobs.run(sentence(N_("正在读取文件")), work, self._look, self._failed), self.parent)

        self.librarian.ask(lambda desk: tuple(desk.templates.texts().values()), read, self._failed)

    def _look(self, found: _Read) -> None:
        if any(one.forms for one in found.files):
            self.librarian.ask(partial(_same, found.files), lambda same: self._choose(found, same), self._failed)
        elif len(found.refused) <= _FEW:
            tell(self.parent, *found.refused)
        else:
            self._report(found.report(()))

    def _choose(self, found: _Read, same: _Same) -> None:
        every = [(one, file.name) for file in found.files for one in file.forms]
        dialog = ImportDialog(
            [one for one, _ in every], _shortened(found), same.held, self.parent,
            twice=same.twice, files=[name for _, name in every],
        )  # fmt: skip
        dialog.accepted.connect(lambda: self._take(found, {one.filing.id for one in dialog.chosen()}))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, found: _Read, chosen: Collection[str]) -> None:
        lines: list[FileLine] = []
        work = partial(_take_in, self.librarian, found, chosen, lines)
        job = self.jobs.run(sentence(N_("正在存入库中")), work, lambda _: None, self._failed)
        # Cancelled or refused by the disk: what came in so far is there, and is told.
        job.ended.connect(lambda: self._taken(found.report(lines)))
        wait_for(job, self.parent)

    def _taken(self, report: Report) -> None:
        if not isValid(self.parent):
            return  # the window was closed over it
        idents = [form.ident for form in report.forms if form.fate is Fate.TAKEN]
        if idents:
            self.done(idents)
        if len(report.files) > 1 or not report.whole:
            self._report(report)

    def _report(self, report: Report) -> None:
        dialog = ImportedDialog(report, self.jobs, self.folder, self.parent)
        dialog.saved.connect(self.written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _failed(self, error: JixiaoError) -> None:
        tell(self.parent, str(error))


def _read(paths: Sequence[Path], templates: Templates, progress: Progress) -> _Read:
    """The forms of all files that can be read, and a sentence for each other."""

    def searching(count: int, folder: str) -> None:
        told = {"count": count, "folder": folder}
        progress.step(0, 0, sentence(N_("正在找文件，已有 {count} 个（{folder}）"), told))

    gathered = gather(paths, searching)
    with closing(read_each(gathered.files, templates, progress.step)) as files:
        return _Read(gathered, tuple(files))


def _same(files: Sequence[Brought], desk: Desk) -> _Same:
    """What is there already: in the library, or in a file before."""
    holdings = Holdings(desk.library)
    held: list[bool] = []
    twice: list[bool] = []
    before: set[str] = set()
    for file in files:
        called = titles(file.forms)
        known = desk.known_as(file.forms, called, holdings)
        twice += [other in before for other in known]
        held += [bool(other) and other not in before for other in known]
        for one, words in zip(file.forms, called, strict=True):
            holdings.add(words, one.filing)
            before.add(one.filing.id)
    return _Same(held, twice)


def _take_in(
    librarian: Librarian, found: _Read, chosen: Collection[str], lines: list[FileLine], progress: Progress
) -> None:
    """Put the forms `chosen` into the library, file by file; each file that is done has a line."""
    files = [one for one in found.files if one.forms]
    known: list[Holdings] = []
    for number, file in enumerate(files, 1):
        progress.step(number, len(files), file.name)
        lines.append(_answer(librarian, partial(_take_one, file, chosen, known)))


def _take_one(file: Brought, chosen: Collection[str], known: list[Holdings], desk: Desk) -> FileLine:
    if not known:  # the holdings are read in the library's own thread
        known.append(Holdings(desk.library))
    return take_in(desk, file, known[0], chosen)


def _answer(librarian: Librarian, work: Callable[[Desk], FileLine]) -> FileLine:
    """What `work` gives in the library's thread; the thread of a job waits for it, the window's does not."""
    outcome: SimpleQueue[FileLine | Exception] = SimpleQueue()

    def do(desk: Desk) -> None:
        try:
            outcome.put(work(desk))
        except Exception as error:  # noqa: BLE001 — it is raised again where it is waited for
            outcome.put(error)

    librarian.ask(do, lambda _: None, outcome.put)
    found = outcome.get()
    if isinstance(found, Exception):
        raise found
    return found


def _shortened(found: _Read) -> list[str]:
    """What is said of files that hold nothing to choose from; many are only counted, for the report names them all."""
    said = found.refused
    if len(said) > _FEW:
        told = {"count": len(said) - _FEW + 1}
        said = [*said[: _FEW - 1], sentence(N_("还有 {count} 个文件没有读进来；导入以后的报告里逐个说明。"), told)]
    if count := len(found.gathered.left_out):
        said.append(sentence(N_("另有 {left_out} 个文件或文件夹不是表，没有读。"), {"left_out": count}))
    return said
