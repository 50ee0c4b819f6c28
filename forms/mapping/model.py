"""What a finance system takes (System), and how a template's blanks go into its columns (Mapping): frozen records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Measure(StrEnum):
    """How a system counts the length of a text; which one is often not documented."""

    CHARACTERS = "字"
    GBK = "GBK"
    UTF8 = "UTF-8"

    def length(self, text: str) -> int:
        """The length of `text`: characters, or bytes. Characters that GBK lacks count as in GB 18030, four bytes."""
        if self is Measure.CHARACTERS:
            return len(text)
        return len(text.encode("gb18030" if self is Measure.GBK else "utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class SystemColumn:
    """One column of a system's table. `length` counts as the system's Measure says; None where it is not known.

    `digits` makes it a number: at most so many digits, of which so many decimals. `forbidden` lists the characters the
    system refuses.
    """

    name: str
    label: str
    length: int | None = None
    required: bool = False
    digits: tuple[int, int] | None = None
    forbidden: str = ""


@dataclass(frozen=True, slots=True)
class SystemTable:
    """One table of a system: its name there, its name for people, its columns in order."""

    name: str
    label: str
    columns: Mapping[str, SystemColumn]


@dataclass(frozen=True, slots=True)
class System:
    """The tables of one finance system. `awaiting` says that nobody has compared them with a real one yet."""

    id: str
    name: str
    measure: Measure
    tables: Mapping[str, SystemTable]
    awaiting: bool = False


class Part(StrEnum):
    """A part of an indicator value, for systems that ask for it in pieces."""

    SIGN = "符号"
    NUMBER = "数值"
    UNIT = "单位"


class Word(StrEnum):
    """What comes from beside the form. ROW is the id of a row or indicator behind that of its filing."""

    FILING = "=填报.编号"
    YEAR = "=填报.年度"
    UNIT_NAME = "=单位.名称"
    UNIT_CODE = "=单位.代码"
    UNIT_REGION = "=单位.区划"
    ROW = "=行.编号"
    NUMBER = "=行.序号"
    LABEL = "=行.名"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text of one system column comes from.

    `names` are fields or columns, their texts set one behind the other without those in `omitted`; `word` is something
    beside the form; `fixed` is always the same. `codes` turns an official word into the system's code, `otherwise`
    names a column to take where this one is empty, `part` takes a piece of an indicator value, `suffix` is set behind.
    """

    names: tuple[str, ...] = ()
    word: Word | None = None
    fixed: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    part: Part | None = None
    omitted: tuple[str, ...] = ()
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows of one system table are made: one for the form, or (`each`) one for each row of a table or tree."""

    table: str
    sources: Mapping[str, Source]
    each: str = ""


@dataclass(frozen=True, slots=True)
class Interchange:
    """How the filings of a template, or of templates of the same blanks, go into a system.

    `measure` is that of the system unless the mapping says otherwise.
    """

    templates: tuple[str, ...]
    system: System
    measure: Measure
    plans: tuple[Plan, ...]


Systems = Callable[[str], System | None]
"""The system of an id; None where there is none."""
