"""Every exception of the core: one base, leaves named by what happened; each carries its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from forms.language import N_, sentence


class JixiaoError(Exception):
    """A request that cannot be done. `message` is a catalogue sentence with {names}, `params` fill them."""

    exit_code = 2

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return sentence(self.message, self.params)


class Fault(NamedTuple):
    """One fault of a template file: the line (from 1; 0 for the file as a whole) and the sentence.

    A template that is a workbook has cells instead of lines: `cell` is the address, with the sheet.
    """

    line: int
    message: str
    params: tuple[tuple[str, str], ...] = ()
    cell: str = ""

    def __str__(self) -> str:
        text = sentence(self.message, dict(self.params))
        if self.cell:
            return sentence(N_("{cell}：{text}"), {"cell": self.cell, "text": text})
        return sentence(N_("第 {line} 行："), {"line": self.line}) + text if self.line else text


class TemplateRefused(JixiaoError):
    """A template file that breaks 语法 1; `faults` lists every one of them with its line."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        super().__init__(N_("表样“{name}”不能使用，有 {count} 处错误。"), name=name, count=len(faults))
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *map(str, self.faults)])


class MappingRefused(TemplateRefused):
    """A mapping between a template and a finance system that cannot be used; `faults` as for a template."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        super().__init__(name, faults)
        self.message = N_("对照表“{name}”不能使用，有 {count} 处错误。")


class IndicatorsRefused(TemplateRefused):
    """A pack of indicators that cannot be used; `faults` as for a template."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        super().__init__(name, faults)
        self.message = N_("指标库文件“{name}”不能使用，有 {count} 处错误。")


class LexiconRefused(TemplateRefused):
    """A user's file of words for the checks that cannot be used; `faults` as for a template."""

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        super().__init__(name, faults)
        self.message = N_("词表“{name}”不能使用，有 {count} 处错误。")


class FormulaRefused(JixiaoError):
    """A formula that is not in the rule language; `position` is the character it stumbles at (from 0)."""

    def __init__(self, message: str, position: int = 0, **params: object) -> None:
        super().__init__(message, **params)
        self.position = position


class BudgetExceeded(JixiaoError):
    """A template, formula or file asks for more work than any honest one needs."""


class TemplateUnknown(JixiaoError):
    """A filing or command names a template that is not in the collection."""


class TemplateConflict(JixiaoError):
    """Another template has the same 编号 and version; a version is never changed."""


class CommandRefused(JixiaoError):
    """A command that does not fit the filing: an unknown row, field or column."""


class SourceRefused(JixiaoError):
    """A file to import that is not read: wrong type, damaged, hostile, too large."""


class PackageRefused(JixiaoError):
    """A package that is not intact. `code` is one stable word for each reason."""

    def __init__(self, code: str, message: str, **params: object) -> None:
        super().__init__(message, **params)
        self.code = code


class LibraryRefused(JixiaoError):
    """A library file that cannot be opened; the leaves say why."""


class LibraryInUse(LibraryRefused):
    """Another process has the library open."""


class NotALibrary(LibraryRefused):
    """The file is no library of this program."""


class LibraryTooNew(LibraryRefused):
    """The library was written by a newer program."""


class LibraryDamaged(LibraryRefused):
    """The library's own check fails, or a revision does not match its digest."""


class FilingUnknown(JixiaoError):
    """No filing has this id."""


class SaveFailed(JixiaoError):
    """The disk refused a write; nothing that stood before was changed."""


class FilingConflict(SaveFailed):
    """Another filing of the library has the id of one that is to come in."""


class ExportRefused(JixiaoError):
    """A filing that cannot leave as it is; `problem.ExportBlocked` says which problems remain."""

    exit_code = 3


class GlyphMissing(JixiaoError):
    """Characters that no shipped font has; named before anything is printed."""
