"""Saving what is printed: asks for a file, makes it in a job, writes it whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from desktop.dialogs.frame import tell
from desktop.dialogs.waiting import wait_for
from desktop.jobs import Jobs, Progress
from desktop.still import Still
from forms import desk
from forms.errors import JixiaoError
from forms.language import N_, sentence
from forms.outputs import name_of
from forms.rules import Review
from forms.titles import APART

_FORBIDDEN = dict.fromkeys(map(ord, '/\\:*?"<>|\n\r\t'), "_")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of file: the title of its dialog, its extension, and its name there."""

    words: str
    extension: str
    filter: str


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be saved under which name, where to look for a place first, and whom to tell."""

    name: str
    make: Callable[[], bytes]
    folder: Path
    done: Callable[[Path], None]


_PDF = _Kind(N_("存为 PDF"), ".pdf", N_("PDF 文件 (*.pdf)"))
_SET = _Kind(N_("整套存为 PDF"), ".pdf", N_("PDF 文件 (*.pdf)"))
_XLSX = _Kind(N_("存为 Excel 工作簿"), ".xlsx", N_("Excel 工作簿 (*.xlsx)"))
_DOCX = _Kind(N_("存为 Word 文件"), ".docx", N_("Word 文件 (*.docx)"))


def save_pdf(parent: QWidget, jobs: Jobs, still: Still, done: Callable[[Path], None], folder: Path = Path()) -> None:
    """Save a filing as a PDF the person names; `done` is told where. The dialog begins in `folder`."""
    _save(parent, jobs, _Order(suggested(still, ".pdf"), lambda: desk.pdf(still), folder, done), _PDF)


def save_xlsx(parent: QWidget, jobs: Jobs, still: Still, done: Callable[[Path], None], folder: Path = Path()) -> None:
    """Save a filing as a workbook the person names; `done` is told where. The dialog begins in `folder`."""
    _save(parent, jobs, _Order(suggested(still, ".xlsx"), lambda: desk.xlsx(still), folder, done), _XLSX)


def save_docx(parent: QWidget, jobs: Jobs, still: Still, done: Callable[[Path], None], folder: Path = Path()) -> None:
    """Save a filing as a Word file the person names; `done` is told where. The dialog begins in `folder`."""
    _save(parent, jobs, _Order(suggested(still, ".docx"), lambda: desk.docx(still), folder, done), _DOCX)


def save_set(
    parent: QWidget, jobs: Jobs, together: tuple[str, Sequence[Review]], done: Callable[[Path], None], folder: Path
) -> None:
    """Save the filings of a set as one PDF with bookmarks, the pages numbered through.

    `together` is what the set is called and the filings in order; they are nobody else's.
    """
    name, reviews = together
    offered = file_name(name or suggested(Still(reviews[0]), ""), ".pdf")
    _save(parent, jobs, _Order(offered, lambda: desk.pdf(*reviews, name=name), folder, done), _SET)


def suggested(still: Still, extension: str) -> str:
    """A file name made of what the form is called."""
    return file_name(name_of(still).replace(APART, "_"), extension)


def file_name(words: str, extension: str) -> str:
    """A file name made of words, with nothing in it that any system forbids."""
    return words.translate(_FORBIDDEN).strip(" .")[:_LONGEST_NAME] + extension


def ask_file(parent: QWidget, words: str, offered: Path, kinds: str, extensions: tuple[str, ...] = ()) -> Path | None:
    """The file to write, with the extension of `offered` or one of `extensions`; None where the person gave up."""
    chosen, _ = QFileDialog.getSaveFileName(parent, words, str(offered), kinds)
    if not chosen:
        return None
    if chosen.lower().endswith((offered.suffix, *extensions)):
        return Path(chosen)
    path = Path(chosen + offered.suffix)
    # The system asked about the name as it was typed, not about this one.
    return path if not path.exists() or _may_replace(parent, path) else None


def _may_replace(parent: QWidget, path: Path) -> bool:
    box = QMessageBox(QMessageBox.Icon.Question, sentence(N_("文件已经在那里")), "", parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence(N_("“{path}”已经存在，要替换它吗？"), {"path": str(path)}))
    keep = box.addButton(sentence(N_("不替换")), QMessageBox.ButtonRole.RejectRole)
    replace = box.addButton(sentence(N_("替换")), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is replace


def _save(parent: QWidget, jobs: Jobs, order: _Order, kind: _Kind) -> None:
    words = sentence(kind.words)
    path = ask_file(parent, words, order.folder / order.name, sentence(kind.filter))
    if path is None:
        return

    def work(progress: Progress) -> Path:
        progress.step(1, 2, path.name)
        data = order.make()
        progress.step(2, 2, path.name)
        desk.write(path, data)
        return path

    def failed(error: JixiaoError) -> None:
        tell(parent, str(error), title=words)

    wait_for(jobs.run(words, work, order.done, failed), parent)
