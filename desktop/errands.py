"""What is done in dialogs: new, import, print, workbook, export, verify. A dialog is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from forms import __version__
from forms.language import N_, sentence

if TYPE_CHECKING:
    from desktop.opening import OpenFiling
    from desktop.window import Window
    from forms.filing import Place
    from forms.history.restoring import WayBack
    from forms.rules import Review

# ruff: noqa: PLC0415 — dialogs bring modules of their own, which nobody needs before the first paint
_ABOUT = N_("绩效填报 {version}\n\n填报、检查、打印、打包绩效目标表，不用联网。\n以 MIT 许可发布。")
_NO_TREE = N_("这份表没有指标。")
_READABLE = "*.docx *.xlsx *.txt *.zip"


class Errands(QObject):
    """The errands of one window. What stands in the open editor is saved before anything leaves the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def new(self) -> None:
        """Ask for a template and begin a filing on it."""
        from desktop.dialogs.beginning import NewDialog

        dialog = NewDialog(self._window.librarian, self._window.jobs, self._window)
        dialog.accepted.connect(lambda: self._window.work.begin(dialog.chosen(), dialog.unit(), dialog.year()))
        _show(dialog)

    def import_chosen(self) -> None:
        """Ask for files and import them."""
        title, kinds = sentence(N_("导入文件")), sentence(N_("可以导入的文件"))
        folder = str(self._window.settings.folder)
        names, _ = QFileDialog.getOpenFileNames(self._window, title, folder, f"{kinds} ({_READABLE})")
        if names:
            self._window.settings.folder = Path(names[0]).parent
            self.import_files([Path(name) for name in names])

    def import_folder(self) -> None:
        """Ask for a folder and import what lies in it and below."""
        start = str(self._window.settings.folder)
        name = QFileDialog.getExistingDirectory(self._window, sentence(N_("导入文件夹")), start)
        if name:
            self._window.settings.folder = Path(name)
            self.import_files([Path(name)])

    def import_files(self, paths: Sequence[Path]) -> None:
        """Read files and folders, show what they hold, and take in what is accepted."""
        from desktop.dialogs.intake import import_files

        window = self._window
        window.safety.keep("import")
        import_files(
            window, window.librarian, window.jobs, paths, self._imported,
            folder=window.settings.folder, written=self._written,
        )  # fmt: skip

    def print_out(self) -> None:
        """Print the open filing or keep it as a PDF."""
        from desktop.dialogs.printing import PrintDialog

        def show(opening: OpenFiling) -> None:
            window = self._window
            dialog = PrintDialog(opening.bridge, window.jobs, window, folder=window.settings.folder)
            dialog.saved.connect(self._written)
            _show(dialog)

        self._with_open(show)

    def save_xlsx(self) -> None:
        """Keep the open filing as a workbook."""
        from desktop.dialogs.saving import save_xlsx

        self._save(save_xlsx)

    def save_docx(self) -> None:
        """Keep the open filing as a Word file."""
        from desktop.dialogs.saving import save_docx

        self._save(save_docx)

    def save_set(self) -> None:
        """Keep the open filing and the others of its set as one PDF."""
        from desktop.dialogs.saving import save_set

        window, opening = self._window, self._window.open

        def ask(together: tuple[str, list[Review]]) -> None:
            save_set(window, window.jobs, together, self._written, window.settings.folder)

        if opening is not None:
            read = partial(window.librarian.ask, lambda desk: desk.together(opening.ident), ask, window.refuse)
            opening.when_saved(read, lambda: None, keep=True)

    def export(self) -> None:
        """Freeze the open filing and write its package, or show what blocks that."""
        from desktop.dialogs.exporting import ExportDialog

        def show(opening: OpenFiling) -> None:
            window = self._window
            dialog = ExportDialog(window.librarian, [opening.ident], window.settings.folder, window)
            dialog.jump.connect(self._jump)
            dialog.exported.connect(self._exported)
            dialog.finished.connect(lambda: self._keep_folder(dialog.folder))
            _show(dialog)

        # The dialog reads the library: the filing must be there as it stands on the screen.
        opening = self._window.open
        if opening is not None:
            opening.when_saved(lambda: show(opening), lambda: None, keep=True)

    def compare(self) -> None:
        """Show what differs between the open filing and an earlier revision of it, or another filing."""
        from desktop.dialogs.comparing import CompareDialog
        from desktop.still import Still

        def show(opening: OpenFiling) -> None:
            window = self._window
            still = Still(opening.bridge.review)
            dialog = CompareDialog(window.librarian, window.jobs, still, window, window.settings.folder)
            dialog.jump.connect(window.reveal)
            dialog.written.connect(self._written)
            _show(dialog)

        opening = self._window.open
        if opening is not None:
            opening.when_saved(lambda: show(opening), lambda: None, keep=True)

    def history(self) -> None:
        """Show what was done to the open filing, and put back what is chosen there."""
        from desktop.dialogs.history import HistoryDialog

        def show(opening: OpenFiling) -> None:
            window, bridge = self._window, opening.bridge
            dialog = HistoryDialog(window.librarian, window.jobs, bridge.template, bridge.filing, window)
            dialog.restored.connect(partial(self._restore, opening))
            _show(dialog)

        opening = self._window.open
        if opening is not None:
            opening.when_saved(lambda: show(opening), lambda: None, keep=True)

    def backups(self) -> None:
        """Show the backups, and take back what is chosen there."""
        from desktop.dialogs.backups import BackupsDialog

        def show() -> None:
            window = self._window
            dialog = BackupsDialog(window.librarian, window.jobs, window)
            dialog.retrieved.connect(self._retrieved)
            dialog.replacing.connect(window.work.put_away)
            dialog.replaced.connect(self._replaced)
            _show(dialog)

        opening = self._window.open
        if opening is None:
            show()
        else:
            opening.when_saved(show, lambda: None)

    def templates(self) -> None:
        """Look through the templates known, and bring in more."""
        from desktop.dialogs.templates import TemplatesDialog

        window = self._window
        window.safety.keep("template")
        dialog = TemplatesDialog(window.librarian, window.jobs, window, window.settings.folder)
        dialog.begin.connect(window.work.begin)
        dialog.installed.connect(window.library.refresh)
        dialog.finished.connect(lambda: self._keep_folder(dialog.folder))
        _show(dialog)

    def remove(self, ident: str) -> None:
        """Put a filing into the recycle bin; the open one is saved and taken off the screen first."""
        window = self._window
        if window.open is not None and window.open.ident == ident:
            if not window.work.leave():
                return
            window.work.put_away()
        window.librarian.ask(lambda desk: desk.library.remove([ident]), lambda _: self._removed(), window.refuse)

    def bin(self) -> None:
        """Show what lies in the recycle bin."""
        from desktop.dialogs.recycling import BinDialog

        dialog = BinDialog(self._window.librarian, self._window)
        dialog.changed.connect(self._window.library.refresh)
        _show(dialog)

    def _removed(self) -> None:
        self._window.library.refresh()
        self._window.status.say(sentence(N_("已放进回收站；“文件”菜单的“回收站”里可以放回来。")))

    def profiles(self) -> None:
        """Write down the units that fill in forms here."""
        from desktop.dialogs.profiles import ProfilesDialog

        dialog = ProfilesDialog(self._window.librarian, self._window)
        dialog.kept.connect(self._window.greet)
        _show(dialog)

    def practise(self) -> None:
        """Ask for one of the examples that come with the program, and open a copy of it to play with."""
        from desktop.dialogs.practising import PracticeDialog

        dialog = PracticeDialog(self._window.librarian, self._window)
        dialog.made.connect(self._made)
        _show(dialog)

    def carry(self) -> None:
        """Make next year's form, or a later form of the same life, from the open filing."""
        from desktop.dialogs.carrying import CarryDialog

        def show(opening: OpenFiling) -> None:
            dialog = CarryDialog(self._window.librarian, opening.ident, self._window)
            dialog.made.connect(self._made)
            _show(dialog)

        opening = self._window.open
        if opening is not None:
            opening.when_saved(lambda: show(opening), lambda: None, keep=True)

    def verify(self) -> None:
        """Verify packages."""
        from desktop.dialogs.verifying import VerifyDialog

        window = self._window
        _show(VerifyDialog(window.jobs, (), window, folder=window.settings.folder))

    def show_rows(self, only: str) -> None:
        """Leave of the indicators `empty` or `faulty` ones, or `all`, and say how many those are."""
        from desktop.editor.tree_filter import Only

        opening = self._window.open
        if opening is None:
            return
        opening.flush()
        count = opening.form.show_only(Only(only))
        words = {
            "empty": N_("只显示没填全的 {count} 条指标；“查看”菜单里可以显示全部。"),
            "faulty": N_("只显示有问题的 {count} 条指标；“查看”菜单里可以显示全部。"),
            "all": N_("显示全部指标，共 {count} 条。"),
        }[only]
        self._window.status.say(sentence(_NO_TREE if count is None else words, {"count": count}))

    def manual(self) -> None:
        """Show the manual, at the chapter about what the person is at."""
        from desktop.manual import Manual

        found = self._window.findChild(Manual)
        shown = found if isinstance(found, Manual) else Manual(self._window)
        shown.open_at(self._chapter())

    def _chapter(self) -> str:
        """The chapter about the pane that has the caret."""
        window, focus = self._window, QApplication.focusWidget()
        for pane, chapter in ((window.docks.library, "7-library"), (window.docks.problems, "4-check"),
                              (window.docks.preview, "6-out")):  # fmt: skip
            if focus is not None and pane.isAncestorOf(focus):
                return chapter
        if window.open is None:
            return "1-first"
        place = window.open.place
        return "3-indicators" if place is not None and place.indicator else "2-fill"

    def commands(self) -> None:
        """Show everything that can be done now, and do what is chosen."""
        from desktop.dialogs.commanding import CommandDialog

        dialog = CommandDialog(self._window.menuBar(), self._window)
        # Once the dialog is gone: what is chosen may open another.
        dialog.accepted.connect(lambda: QTimer.singleShot(0, dialog.chosen.trigger) if dialog.chosen else None)
        _show(dialog)

    def about(self) -> None:
        """Tell name, version and licence."""
        words = sentence(_ABOUT, {"version": __version__})
        QMessageBox.about(self._window, sentence(N_("关于绩效填报")), words)

    def _save(self, save: Callable[..., None]) -> None:
        from desktop.still import Still

        window = self._window
        folder = window.settings.folder
        self._with_open(lambda opening: save(window, window.jobs, Still(opening.bridge.review), self._written, folder))

    # --- what comes of it

    def _with_open(self, show: Callable[[OpenFiling], None]) -> None:
        if self._window.open is not None:
            self._window.open.flush()
            show(self._window.open)

    def _imported(self, idents: Sequence[str]) -> None:
        self._window.status.say(sentence(N_("已导入 {count} 份表。"), {"count": len(idents)}))
        self._window.library.expect(idents)
        self._window.library.refresh()
        if self._window.open is None and idents:
            self._window.work.open(idents[0])
        else:
            # Rules may name a filing that has just come in.
            self._window.work.reload()

    def _restore(self, opening: OpenFiling, back: WayBack) -> None:
        from forms.history.origins import RESTORED

        if back.step is None:
            return
        change = opening.bridge.do(back.step, origin=RESTORED)
        words = sentence(N_("已恢复 {count} 处；Ctrl+Z 可以撤销。"), {"count": len(back.step.leaves)})
        left = sentence(N_("有 {count} 处后来又改过，没有动。"), {"count": back.left}) if back.left else ""
        self._window.status.say(" ".join(filter(None, (words, left))))
        there = (one for one in change.places if opening.bridge.holds(one))
        if (place := next(there, None)) is not None:
            self._window.reveal(place)

    def _retrieved(self, ident: str) -> None:
        self._window.library.refresh()
        if self._window.open is not None and self._window.open.ident == ident:
            self._window.work.reload()
        else:
            self._window.work.open(ident)

    def _replaced(self, kept: Path) -> None:
        self._window.library.refresh()
        self._window.status.say(sentence(N_("整个库已恢复成这份备份；原来的库留在“{path}”。"), {"path": str(kept)}))

    def _made(self, ident: str) -> None:
        self._window.library.refresh()
        self._window.work.open(ident)

    def _written(self, path: Path) -> None:
        self._window.settings.folder = path.parent
        self._window.status.say(sentence(N_("已写成“{path}”。"), {"path": str(path)}))

    def _exported(self, _idents: Sequence[str]) -> None:
        self._window.library.refresh()
        # Its state has changed in the library, so the draft on the screen is one step behind.
        self._window.work.reload()

    def _jump(self, _ident: str, place: Place, span: tuple[int, int] | None) -> None:
        self._window.reveal(place, span)

    def _keep_folder(self, folder: Path) -> None:
        if folder.is_dir():
            self._window.settings.folder = folder


def _show(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
