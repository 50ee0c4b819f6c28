"""The export dialog: what may leave and what blocks it, then the packages with their 核验码."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QTreeWidgetItem, QWidget

from desktop.dialogs.frame import Frame, Role
from desktop.dialogs.reports import ReportTree
from desktop.labels import plain
from desktop.librarian import Librarian
from forms.desk import Desk, filed_code
from forms.errors import JixiaoError
from forms.filing import Place
from forms.language import N_, sentence
from forms.outputs import name_of
from forms.places import Positions
from forms.problem import Severity

_JUMP = Qt.ItemDataRole.UserRole
Span = tuple[int, int] | None
_Told = tuple[str, dict[str, object]]  # a sentence of the catalogue and what fills it, to be said in any language


@dataclass(frozen=True, slots=True)
class _Blocking:
    """One problem that must be solved first, in words, and where it is."""

    words: str
    at: Place
    span: Span


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One filing that is to leave."""

    ident: str
    title: str
    blocking: tuple[_Blocking, ...]
    practice: bool = False

    @property
    def sound(self) -> bool:
        """Whether it may leave."""
        return not self.blocking and not self.practice


@dataclass(frozen=True, slots=True)
class _Written:
    """One package: where it is, and the 核验码 that stands on its paper."""

    path: Path
    code: str


class ExportDialog(Frame):
    """Exports filings of the library, as they were last saved, into a folder.

    `jump` asks to go to a blocking problem (id, place, span) and closes the dialog; `exported` names the filings whose
    state has changed, to be opened anew; it comes when the dialog closes.
    """

    jump = Signal(str, object, object)
    exported = Signal(object)  # list[str]

    def __init__(
        self, librarian: Librarian, idents: Sequence[str], folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__("export_dialog", QSize(820, 520), parent)
        self._librarian = librarian
        self._waiting: list[_Candidate] = []
        self._items: dict[str, QTreeWidgetItem] = {}
        self._done: list[str] = []
        self._sound: tuple[_Candidate, ...] = ()
        self._under_way = False
        self._closing = False
        self._verdict = plain("", "export_verdict")
        self._told: _Told = N_("正在检查…"), {}
        self._results: dict[str, _Told] = {}
        self._tree = ReportTree("candidates", self)
        self._tree.itemActivated.connect(self._activate)
        self._folder = QLineEdit(str(folder), self)
        self._folder.setObjectName("folder")
        self._folder.textChanged.connect(self._settle)
        self._choose = QPushButton(self)
        self._choose.setObjectName("choose_folder")
        self._choose.clicked.connect(self._choose_folder)
        self._label = plain("", "folder_label", wrap=False)
        self._open = self.button("open_folder", Role.ActionRole, self._open_folder)
        self._export = self.button("export", Role.ActionRole, self.export)
        self._close = self.button("close", Role.RejectRole)
        self._lay_out()
        self.retranslate()
        self._settle()
        librarian.ask(
            lambda desk: [_candidate(desk, ident) for ident in idents],
            self.while_open(self._show),
            self.while_open(self._refused),
        )

    @property
    def folder(self) -> Path:
        """Where the packages go."""
        return Path(self._folder.text().strip())

    def export(self) -> None:
        """Write the package of every filing that nothing blocks, one after the other."""
        self._waiting = list(self._sound)
        self._next()
        self._settle()

    def reject(self) -> None:
        """Close; the package that is being written is finished first, the others are not begun."""
        self._waiting.clear()
        self._closing = True
        if not self._under_way:
            super().reject()
            if self._done:
                self.exported.emit(list(self._done))

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self.setWindowTitle(sentence(N_("导出申报包")))
        self._label.setText(sentence(N_("存到")))
        self._choose.setText(sentence(N_("选择文件夹…")))
        self._open.setText(sentence(N_("打开文件夹")))
        self._export.setText(sentence(N_("导出")))
        self._close.setText(sentence(N_("关闭")))
        self._folder.setAccessibleName(sentence(N_("存到")))
        self._tree.setAccessibleName(sentence(N_("要导出的表")))
        self._tree.setHeaderLabels([sentence(N_("表")), sentence(N_("结果"))])
        self._verdict.setText(sentence(*self._told))
        for ident, told in self._results.items():
            self._items[ident].setText(1, sentence(*told))

    # --- how it is done

    def _show(self, candidates: list[_Candidate]) -> None:
        self._sound = tuple(one for one in candidates if one.sound)
        for one in candidates:
            self._items[one.ident] = self._tree.add(one.title, "", "muted")
            if one.practice:
                self._result(one.ident, (N_("练习用的表，不能导出"), {}), "error")
            elif one.blocking:
                self._result(one.ident, (N_("还有 {count} 处必须改"), {"count": len(one.blocking)}), "error")
            else:
                self._result(one.ident, (N_("可以导出"), {}), "good")
            for problem in one.blocking:
                below = self._tree.tell(self._items[one.ident], problem.words)
                below.setToolTip(0, sentence(N_("双击转到该处")))
                below.setData(0, _JUMP, (one.ident, problem.at, problem.span))
        self._tree.setCurrentItem(self._tree.topLevelItem(0))
        blocked = len(candidates) - len(self._sound)
        words = N_("都可以导出。")
        if blocked:
            some = N_("{sound} 份可以导出，{blocked} 份还不能导出；双击一处问题就转到那里。")
            words = some if self._sound else N_("还不能导出；双击一处问题就转到那里。")
        self._tell(words, sound=len(self._sound), blocked=blocked)
        self._settle()
        self._export.setDefault(True)

    def _next(self) -> None:
        self._under_way = bool(self._waiting)
        if self._waiting:
            one, folder = self._waiting.pop(0), self.folder
            self._librarian.ask(
                lambda desk: _written(desk, one.ident, folder),
                lambda written: self._wrote(one.ident, written),
                lambda error: self._failed(one.ident, error),
            )
            return
        self._settle()
        if self._closing:
            self.reject()

    def _wrote(self, ident: str, written: _Written) -> None:
        self._done.append(ident)
        self._result(ident, (N_("已导出，核验码 {code}"), {"code": written.code}), "good")
        self._tree.tell(self._items[ident], written.path.name)
        self._tell(N_("已导出 {count} 份到 {folder}"), count=len(self._done), folder=self.folder)
        self._next()

    def _failed(self, ident: str, error: JixiaoError) -> None:
        self._result(ident, (N_("没有导出"), {}), "error")
        self._tree.tell(self._items[ident], str(error))
        self._next()

    def _tell(self, message: str, **told: object) -> None:
        self._told = message, told
        self._verdict.setText(sentence(*self._told))

    def _result(self, ident: str, told: _Told, meaning: str) -> None:
        self._results[ident] = told
        self._tree.judge(self._items[ident], sentence(*told), meaning)

    def _refused(self, error: JixiaoError) -> None:
        self._tell("{error}", error=error)

    def _settle(self) -> None:
        named = bool(self._folder.text().strip())
        self._export.setEnabled(bool(self._sound) and named and not self._under_way and not self._done)
        self._folder.setEnabled(not self._waiting and not self._done)
        self._choose.setEnabled(self._folder.isEnabled())
        self._open.setEnabled(bool(self._done))

    def _activate(self, item: QTreeWidgetItem) -> None:
        target = item.data(0, _JUMP)
        if target is not None:
            self.reject()
            self.jump.emit(*target)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._choose.text(), str(self.folder))
        if chosen:
            self._folder.setText(chosen)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._label)
        line.addWidget(self._folder, 1)
        line.addWidget(self._choose)
        self.content.addWidget(self._verdict)
        self.content.addWidget(self._tree, 1)
        self.content.addLayout(line)


def _candidate(desk: Desk, ident: str) -> _Candidate:
    review = desk.review(ident)
    positions = Positions(review.template, review.filing)
    blocking = tuple(
        _Blocking(f"{positions.describe(one.at)}：{one}", one.at, one.span)
        for one in review.problems if one.severity is Severity.ERROR
    )  # fmt: skip
    return _Candidate(ident, name_of(review), blocking, review.filing.is_practice)


def _written(desk: Desk, ident: str, folder: Path) -> _Written:
    path = desk.export(ident, folder)
    return _Written(path, filed_code(desk.library.filing(ident)))
