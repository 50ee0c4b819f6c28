"""What came in and what did not, file by file, and the report of it to keep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from desktop.dialogs.frame import Frame, Role, tell
from desktop.dialogs.reports import ReportTree
from desktop.dialogs.saving import ask_file
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs, Progress
from desktop.labels import plain
from forms import desk
from forms.errors import JixiaoError
from forms.incoming.report import Fate, FileLine, Report
from forms.incoming.report_files import KINDS, encode
from forms.incoming.report_text import totals
from forms.language import N_, sentence


class ImportedDialog(Frame):
    """Shows the report of an import of files or folders. `saved` tells where it was kept."""

    saved = Signal(Path)

    def __init__(self, report: Report, jobs: Jobs, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("imported_dialog", QSize(860, 540), parent)
        self._report = report
        self._jobs = jobs
        self._folder = folder
        self._totals = plain("", "totals")
        self._tree = ReportTree("files", self)
        self._save = self.button("save_report", Role.ActionRole, self._ask)
        self._close = self.button("close", Role.RejectRole)
        self._close.setDefault(True)
        self.content.addWidget(self._totals)
        self.content.addWidget(self._tree, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("导入结果")))
        self._totals.setText("\n".join(totals(self._report)))
        self._save.setText(sentence(N_("存为导入报告…")))
        self._close.setText(sentence(N_("关闭")))
        self._tree.setHeaderLabels([sentence(N_("文件")), sentence(N_("结果"))])
        self._tree.setAccessibleName(sentence(N_("导入结果")))
        self._tree.clear()
        self._fill()

    def _fill(self) -> None:
        report, tree = self._report, self._tree
        # What did not come in is what a person has to do something about.
        for file in sorted(report.files, key=lambda file: not file.refused):
            self._show(file)
        for folder in report.folders:
            tree.tell(tree.add(folder.name, sentence(N_("没有读进来")), "error"), str(folder))
        for name in report.unread:
            tree.add(name, sentence(N_("还没有轮到")), "warning")
        for left in report.left_out:
            tree.tell(tree.add(left.name, sentence(N_("不是表")), "muted"), str(left))

    def _show(self, file: FileLine) -> None:
        tree = self._tree
        taken = sum(form.fate is Fate.TAKEN for form in file.forms)
        if file.refused:
            tree.tell(tree.add(file.name, sentence(N_("没有读进来")), "error"), file.refused)
            return
        told = {"taken": taken, "count": len(file.forms)}
        words = sentence(N_("存入 {taken} 份，共 {count} 份"), told)
        item = tree.add(file.name, words, "good" if taken else "muted")
        for form in file.forms:
            state = "" if form.complete else sentence(N_("（不完整）"))
            tree.tell(item, sentence(N_("{where}：{what}"), {"where": form.title + state, "what": form.fate}))

    def _ask(self) -> None:
        words = sentence(N_("存为导入报告"))
        kinds = ";;".join((
            sentence(N_("Excel 工作簿 (*.xlsx)")), sentence(N_("文本文件 (*.txt)")), sentence(N_("JSON 文件 (*.json)")),
        ))  # fmt: skip
        path = ask_file(self, words, self._folder / (words + KINDS[0]), kinds, KINDS)
        if path is not None:
            job = self._jobs.run(words, lambda progress: self._write(path, progress), self._written, self._failed)
            wait_for(job, self)

    def _write(self, path: Path, progress: Progress) -> Path:
        progress.step(1, 2, path.name)
        data = encode(self._report, path)
        progress.step(2, 2, path.name)
        desk.write(path, data)
        return path

    def _written(self, path: Path) -> None:
        self._folder = path.parent
        self.saved.emit(path)

    def _failed(self, error: JixiaoError) -> None:
        tell(self, str(error))
