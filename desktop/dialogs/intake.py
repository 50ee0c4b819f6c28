"""Taking files in: read in a job, looked through in a dialog, put into the library in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.dialogs.frame import tell
from desktop.dialogs.importing import ImportDialog
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs, Progress
from desktop.librarian import Librarian
from forms.desk import Desk, Incoming, read_file
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.templates import Templates

Read = tuple[list[Incoming], list[str]]


def import_files(
    parent: QWidget, librarian: Librarian, jobs: Jobs, paths: Iterable[Path], done: Callable[[list[str]], None]
) -> None:
    """Read `paths`, show what they hold, and take in what the person chooses; `done` is told the new filings' ids.

    Nothing enters the library before the dialog is accepted. A file that cannot be read costs no other.
    """
    files = tuple(paths)

    def failed(error: JixiaoError) -> None:
        tell(parent, str(error))

    def read(texts: Sequence[str]) -> None:
        words = sentence(N_("正在读取文件"))
        # Templates of its own, because those of the library belong to its thread.
        job = jobs.run(words, lambda progress: _read(files, Templates(texts), progress), look, failed)
        wait_for(job, parent)

    def look(found: Read) -> None:
        incoming, refused = found
        if not incoming:
            tell(parent, *refused)
            return
        dialog = ImportDialog(incoming, refused, parent)
        dialog.accepted.connect(lambda: take_in(dialog.chosen()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_in(chosen: list[Incoming]) -> None:
        librarian.ask(lambda desk: _take_in(desk, chosen), done, failed)

    librarian.ask(lambda desk: tuple(desk.templates.texts().values()), read, failed)


def _read(files: Sequence[Path], templates: Templates, progress: Progress) -> Read:
    """The forms of all files that can be read, and a sentence for each other."""
    incoming: list[Incoming] = []
    refused: list[str] = []
    for number, path in enumerate(files, 1):
        progress.step(number, len(files), path.name)
        try:
            incoming += read_file(path, templates)
        except JixiaoError as error:
            refused.append(str(error))
    return incoming, refused


def _take_in(desk: Desk, chosen: Sequence[Incoming]) -> list[str]:
    for one in chosen:
        desk.templates.add(one.template.text)  # a package brings its own
    desk.take_in(chosen)
    return [one.filing.id for one in chosen]
