"""The template library: every form and version known, where each came from, what changed, and how to bring in more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QSplitter, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.dialogs.frame import LARGEST, Frame, Role, tell
from desktop.dialogs.saving import ask_file, file_name
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs, Progress
from desktop.labels import plain
from desktop.librarian import Librarian
from forms.authoring import files
from forms.authoring.difference import differences
from forms.authoring.given_cells import GivenForm
from forms.authoring.proposal import forms_of
from forms.authoring.workbook import render
from forms.desk import Desk, write
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.template.model import Template

T = TypeVar("T")

_KEY = Qt.ItemDataRole.UserRole
_TEMPLATES, _FORMS = "*.yaml *.yml *.xlsx", "*.docx *.xlsx *.txt"


@dataclass(frozen=True, slots=True)
class _Known:
    """One version of a form, and whether it came with the program."""

    template: Template
    shipped: bool


class TemplatesDialog(Frame):
    """Looks through the templates. `begin` gives the 编号 of a form to fill in; `installed` that there is a new one."""

    begin = Signal(str)
    installed = Signal()

    def __init__(self, librarian: Librarian, jobs: Jobs, parent: QWidget | None = None, folder: Path = Path()) -> None:
        super().__init__("templates_dialog", LARGEST, parent)
        self._librarian, self._jobs, self.folder = librarian, jobs, folder
        self._known: tuple[_Known, ...] = ()
        self._tree = QTreeWidget(self)
        self._tree.setObjectName("templates")
        self._tree.setColumnCount(3)
        self._tree.currentItemChanged.connect(self._look)
        self._about = plain("", "about")
        self._changes = QPlainTextEdit(self)
        self._changes.setObjectName("changes")
        self._changes.setReadOnly(True)
        self._changes.setTabChangesFocus(True)
        self._begin = self.button("begin", Role.ActionRole, self._begin_one)
        self._save = self.button("save", Role.ActionRole, self._save_one)
        self._install = self.button("install", Role.ActionRole, self._ask_template)
        self._propose = self.button("propose", Role.ActionRole, self._ask_form)
        self._close = self.button("close", Role.RejectRole)
        self._lay_out()
        self.retranslate()
        self._read()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("表样库")))
        self._tree.setHeaderLabels([sentence(N_("表样")), sentence(N_("版本")), sentence(N_("来源"))])
        self._tree.setAccessibleName(sentence(N_("表样")))
        self._changes.setAccessibleName(sentence(N_("与上一版的不同")))
        self._begin.setText(sentence(N_("新填这种表")))
        self._save.setText(sentence(N_("存为工作簿…")))
        self._install.setText(sentence(N_("安装表样文件…")))
        self._propose.setText(sentence(N_("由空白表做表样…")))
        self._close.setText(sentence(N_("关闭")))
        self._fill()

    # --- what is known

    def _read(self, then: Callable[[], None] = lambda: None) -> None:
        def show(known: tuple[_Known, ...]) -> None:
            self._known = known
            self._fill()
            then()

        self._librarian.ask(_known, self.while_open(show), self.while_open(self._fail))

    def _fill(self) -> None:
        """List the forms, the versions of one under each other, the newest first; what is looked at stays."""
        chosen = self._chosen()
        self._tree.blockSignals(True)
        self._tree.clear()
        for one in sorted(self._known, key=lambda known: known.template.name):
            template = one.template
            source = sentence(N_("随程序") if one.shipped else N_("本机"))
            item = QTreeWidgetItem(
                self._tree, [f"{template.name}（{template.region or template.id}）", template.version, source]
            )
            item.setData(0, _KEY, template.digest)
            if chosen is not None and template.digest == chosen.template.digest:
                self._tree.setCurrentItem(item)
        self._tree.blockSignals(False)
        if self._tree.currentItem() is None:
            self._tree.setCurrentItem(self._tree.topLevelItem(0))
        self._look()

    def _chosen(self) -> _Known | None:
        item = self._tree.currentItem()
        digest = item.data(0, _KEY) if item is not None else ""
        return next((one for one in self._known if one.template.digest == digest), None)

    def _look(self) -> None:
        chosen = self._chosen()
        for button in (self._begin, self._save):
            button.setEnabled(chosen is not None)
        if chosen is None:
            return
        template = chosen.template
        lines = [sentence(N_("编号 {id}，版本 {version}"), {"id": template.id, "version": template.version})]
        if template.valid_from or template.valid_until:
            told = {"first": template.valid_from or "—", "last": template.valid_until or "—"}
            lines.append(sentence(N_("生效 {first}，失效 {last}"), told))
        if template.awaiting:
            lines.append(sentence(N_("版面还没有和空白表核对；用前请与当地印发的表对照。")))
        self._about.setText("\n".join(lines))
        before = self._before(template)
        if before is None:
            self._changes.setPlainText(sentence(N_("没有上一版。")))
            return
        found = [str(one) for one in differences(before, template)]
        heading = sentence(N_("与 {version} 版的不同："), {"version": before.version})
        self._changes.setPlainText("\n".join([heading, *found] if found else [heading, sentence(N_("没有不同。"))]))

    def _before(self, template: Template) -> Template | None:
        """The version before: the one it says it follows, else the one known before it under the same 编号."""
        known = [one.template for one in self._known]
        named = [one for one in known if f"{one.id}@{one.version}" == template.follows]
        earlier = known[: next(at for at, one in enumerate(known) if one.digest == template.digest)]
        return next((one for one in [*named, *reversed(earlier)] if one in named or one.id == template.id), None)

    # --- what is done

    def _begin_one(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.begin.emit(chosen.template.id)
            self.accept()

    def _save_one(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        template = chosen.template
        name = file_name(f"{template.name} {template.version}", ".xlsx")
        kinds = sentence(N_("Excel 工作簿 (*.xlsx)"))
        path = ask_file(self, self._save.text(), self.folder / name, kinds)
        if path is not None:
            self.folder = path.parent
            self._run(self._save.text(), lambda: write(path, render(template)), lambda _: None)

    def _ask_template(self) -> None:
        """Show a template file whole, as a form, before it is installed."""
        path = self._ask(N_("表样文件"), _TEMPLATES)
        if path is not None:
            self._run(self._install.text(), lambda: files.read(path), self._show_whole)

    def _show_whole(self, template: Template) -> None:
        from desktop.dialogs.installing import InstallDialog  # noqa: PLC0415 — brings the form

        dialog = InstallDialog(template, self)
        dialog.accepted.connect(lambda: self._keep(template.text))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_form(self) -> None:
        path = self._ask(N_("空白表或填好的表"), _FORMS)
        if path is not None:
            self._run(self._propose.text(), lambda: forms_of(path), self._show_proposal)

    def _show_proposal(self, forms: list[GivenForm]) -> None:
        from desktop.dialogs.proposing import ProposalDialog  # noqa: PLC0415 — brings the form

        dialog = ProposalDialog(forms, [one.template for one in self._known], self)
        dialog.kept.connect(self._keep)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _keep(self, text: str) -> None:
        def kept(template: Template) -> None:
            self.installed.emit()
            self._read(lambda: self._go_to(template.digest))

        self._librarian.ask(lambda desk: desk.install(text), self.while_open(kept), self.while_open(self._fail))

    def _go_to(self, digest: str) -> None:
        for row in range(self._tree.topLevelItemCount()):
            item = self._tree.topLevelItem(row)
            if item is not None and item.data(0, _KEY) == digest:
                self._tree.setCurrentItem(item)

    def _ask(self, words: str, kinds: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, sentence(words), str(self.folder), f"{sentence(words)} ({kinds})")
        if not name:
            return None
        self.folder = Path(name).parent
        return Path(name)

    def _run(self, title: str, work: Callable[[], T], answer: Callable[[T], None]) -> None:
        def step(progress: Progress) -> T:
            progress.step(1, 1, title)
            return work()

        wait_for(self._jobs.run(title, step, self.while_open(answer), self.while_open(self._fail)), self)

    def _fail(self, error: JixiaoError) -> None:
        tell(self, str(error))

    def _lay_out(self) -> None:
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._about)
        column.addWidget(self._changes, 1)
        width = self.fontMetrics().horizontalAdvance("表")
        for number, characters in ((0, 24), (1, 5)):
            self._tree.setColumnWidth(number, width * characters)
        self._tree.setRootIsDecorated(False)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(self._tree)
        split.addWidget(right)
        split.setSizes([560, LARGEST.width() - 560])
        self.content.addWidget(split, 1)


def _known(desk: Desk) -> tuple[_Known, ...]:
    return tuple(_Known(one, desk.is_shipped(one)) for one in desk.templates)
