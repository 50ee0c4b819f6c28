"""The verify dialog: drop packages and see which are intact, what is wrong with the others, and what the source is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.dialogs.frame import Frame, Role
from desktop.dialogs.reports import ReportTree
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs, Progress
from desktop.labels import plain
from forms.errors import JixiaoError
from forms.importers.kinds import told_plainly
from forms.language import N_, sentence
from forms.package.packing import Report

_Found = list[tuple[Path, Report | str]]


class VerifyDialog(Frame):
    """Verifies packages without any library. `verified` is how many have been looked at.

    `folder` is where the person is first asked to choose.
    """

    def __init__(
        self, jobs: Jobs, paths: Iterable[Path] = (), parent: QWidget | None = None, *, folder: Path = Path()
    ) -> None:
        super().__init__("verify_dialog", QSize(780, 480), parent)
        self.setAcceptDrops(True)
        self._jobs = jobs
        self._folder = folder
        self._invitation = plain("", "invitation")
        self._tree = ReportTree("reports", self)
        self._choose = self.button("choose", Role.ActionRole, self._ask)
        self._close = self.button("close", Role.RejectRole)
        self._choose.setDefault(True)
        self.content.addWidget(self._invitation)
        self.content.addWidget(self._tree, 1)
        self.retranslate()
        self.verify(paths)

    def verify(self, paths: Iterable[Path]) -> None:
        """Look at packages, and add what was found to the list."""
        todo = tuple(paths)
        if todo:
            job = self._jobs.run(self.windowTitle(), lambda progress: _verify(todo, progress), self._show, self._fail)
            self.finished.connect(job.cancel)
            wait_for(job, self)

    @property
    def verified(self) -> int:
        """How many packages have been looked at."""
        return self._tree.topLevelItemCount()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("核验申报包")))
        self._invitation.setText(sentence(N_("把申报包（.zip）拖到这里，或选择文件。核验只看包里的内容有没有被改动。")))
        self._choose.setText(sentence(N_("选择申报包…")))
        self._close.setText(sentence(N_("关闭")))
        self._tree.setHeaderLabels([sentence(N_("申报包")), sentence(N_("结果"))])
        self._tree.setAccessibleName(sentence(N_("核验结果")))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 — Qt's name
        """Take files."""
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 — Qt's name
        """Verify the files dropped."""
        event.acceptProposedAction()
        self.verify(_paths(event))

    # --- how it is done

    def _ask(self) -> None:
        kinds = sentence(N_("申报包 (*.zip)"))
        chosen, _ = QFileDialog.getOpenFileNames(self, self._choose.text(), str(self._folder), kinds)
        self.verify(map(Path, chosen))

    def _show(self, found: _Found) -> None:
        for path, report in found:
            intact = isinstance(report, Report) and report.intact
            words = sentence(N_("完整") if intact else N_("不完整") if isinstance(report, Report) else N_("读不出来"))
            item = self._tree.add(path.name, words, "good" if intact else "error")
            for line in str(report).split("\n"):
                self._tree.tell(item, line)
            self._tree.setCurrentItem(item)

    def _fail(self, error: JixiaoError) -> None:
        self._invitation.setText(str(error))


def _verify(paths: Sequence[Path], progress: Progress) -> _Found:
    """What is found of each file; one that cannot be read costs no other."""
    from forms.package.packing import verify  # noqa: PLC0415 — digests are loaded when asked for

    found: _Found = []
    for number, path in enumerate(paths, 1):
        progress.step(number, len(paths), path.name)
        try:
            with told_plainly(path):
                data = path.read_bytes()
            found.append((path, verify(data)))
        except JixiaoError as error:
            found.append((path, str(error)))
    return found


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
