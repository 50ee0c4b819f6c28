"""The backups of a library and the filings in one of them, as lists for the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop import theme
from desktop.models.lines import LinesModel
from forms.language import N_, sentence
from forms.store.backups import REASONS
from forms.store.records import Summary
from forms.store.swapping import Contents
from forms.store.thinning import Backup


class BackupModel(LinesModel[Backup]):
    """Backups, the newest first; what is in them is known once `know` has told it."""

    headings = (N_("时间"), N_("原因"), N_("大小"), N_("表"), N_("核对"))

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[Backup, Contents | str] = {}  # the contents, or why it cannot be read

    def show(self, backups: tuple[Backup, ...]) -> None:
        """Show these backups."""
        self.beginResetModel()
        self.lines = backups
        self.endResetModel()

    def know(self, backup: Backup, contents: Contents | str) -> None:
        """Take in what a look into a backup has found."""
        self.found[backup] = contents
        if backup in self.lines:
            row = self.lines.index(backup)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.headings) - 1))

    def said(self, line: Backup, column: int, role: int) -> object:
        """Texts; the outcome of the check in a colour and a word."""
        found = self.found.get(line)
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                f"{line.time.astimezone():%Y-%m-%d %H:%M}", sentence(REASONS.get(line.reason, line.reason)),
                _size(line.size), str(len(found.filings)) if isinstance(found, Contents) else "", _verdict(found),
            )[column]  # fmt: skip
        if role == Qt.ItemDataRole.ForegroundRole and column == len(self.headings) - 1 and found is not None:
            return theme.colour("good" if isinstance(found, Contents) and not found.faults else "error")
        return None


class KeptModel(LinesModel[Summary]):
    """The filings in a backup."""

    headings = (N_("表"), N_("单位"), N_("年度"), N_("更新"))

    def show(self, filings: tuple[Summary, ...]) -> None:
        """Show these filings."""
        self.beginResetModel()
        self.lines = filings
        self.endResetModel()

    def said(self, line: Summary, column: int, role: int) -> object:
        """Texts."""
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.title, line.unit, line.year, line.updated[:16].replace("T", " "))[column]
        return None


def _verdict(found: Contents | str | None) -> str:
    if found is None:
        return "…"
    if isinstance(found, str):
        return found
    return " ".join(found.faults) or sentence(N_("完好"))


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} KB"
