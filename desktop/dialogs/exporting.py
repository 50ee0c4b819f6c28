"""The export dialog: what may leave and what blocks it, then the packages with their 核验码."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from desktop import theme
from desktop.dialogs.frame import Frame, Role
from desktop.labels import plain
from desktop.librarian import Librarian
from forms.desk import Desk, filed_code
from forms.errors import JixiaoError
from forms.filing import Place
from forms.grid.arrange import title
from forms.language import N_, sentence
from forms.places import Positions
from forms.problem import Severity

_JUMP = Qt.ItemDataRole.UserRole
Span = tuple[int, int] | None


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
        self._tree = QTreeWidget(self)
        self._tree.setObjectName("candidates")
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

    # --- how it is done

    def _show(self, candidates: list[_Candidate]) -> None:
        self._sound = tuple(one for one in candidates if not one.blocking)
        for one in candidates:
            words = sentence(N_("可以导出"))
            if one.blocking:
                words = sentence(N_("还有 {count} 处必须改"), {"count": len(one.blocking)})
            item = QTreeWidgetItem(self._tree, [one.title, words])
            item.setForeground(1, theme.colour("error" if one.blocking else "good"))
            self._items[one.ident] = item
            for problem in one.blocking:
                below = QTreeWidgetItem(item, [problem.words])
                below.setFirstColumnSpanned(True)
                below.setToolTip(0, sentence(N_("双击转到该处")))
                below.setData(0, _JUMP, (one.ident, problem.at, problem.span))
        self._tree.expandAll()
        self._tree.setCurrentItem(self._tree.topLevelItem(0))
        blocked = len(candidates) - len(self._sound)
        told = {"sound": len(self._sound), "blocked": blocked}
        words = (
            N_("{sound} 份可以导出，{blocked} 份还不能导出；双击一处问题就转到那里。")
            if blocked
            else N_("都可以导出。")
        )
        self._verdict.setText(sentence(words, told))
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
        told = {"code": written.code, "name": written.path.name}
        self._result(ident, sentence(N_("已导出，核验码 {code}"), told), "good")
        below = QTreeWidgetItem(self._items[ident], [written.path.name])
        below.setFirstColumnSpanned(True)
        self._items[ident].setExpanded(True)
        self._verdict.setText(
            sentence(N_("已导出 {count} 份到 {folder}"), {"count": len(self._done), "folder": self.folder})
        )
        self._next()

    def _failed(self, ident: str, error: JixiaoError) -> None:
        self._result(ident, sentence(N_("没有导出")), "error")
        below = QTreeWidgetItem(self._items[ident], [str(error)])
        below.setFirstColumnSpanned(True)
        self._items[ident].setExpanded(True)
        self._next()

    def _result(self, ident: str, words: str, meaning: str) -> None:
        self._items[ident].setText(1, words)
        self._items[ident].setForeground(1, theme.colour(meaning))

    def _refused(self, error: JixiaoError) -> None:
        self._verdict.setText(str(error))

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
        self._tree.setUniformRowHeights(False)
        self._tree.setWordWrap(True)
        self._tree.setColumnWidth(0, 480)
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
    return _Candidate(ident, title(review.template, review.filing, review.computed), blocking)


def _written(desk: Desk, ident: str, folder: Path) -> _Written:
    path = desk.export(ident, folder)
    return _Written(path, filed_code(desk.library.filing(ident)))
