"""What comes along into a new filing and what does not, as a list for the screen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from desktop import theme
from desktop.models.lines import LinesModel
from forms.authoring.moving import Fate, Moved
from forms.filing import Filing, Place
from forms.language import N_, sentence
from forms.places import Positions
from forms.succession import Carried
from forms.template.model import Template

_CAME, _CHANGED, _RESEATED, _LEFT = N_("带来"), N_("带来，有改动"), N_("换了位置"), N_("没有带来")
_COLOURS = {_CHANGED: "warning", _RESEATED: "warning", _LEFT: "muted"}


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """One text: what happened to it, where it stands, what it was and what it is."""

    what: str
    place: str
    before: str
    after: str


def lines(carried: Carried, target: Template, source: Template, old: Filing) -> tuple[CarriedLine, ...]:
    """What should be looked at first: what stayed behind, stands elsewhere, was changed; then the rest."""
    there, here = Positions(source, old), Positions(target, carried.filing)
    reseated = [
        CarriedLine(_RESEATED, here.describe(Place(indicator=one.indicator)), " ".join(one.before), " ".join(one.after))
        for one in carried.reseated
    ]
    changed = [one for one in carried.taken if one.text != one.original]
    came = [one for one in carried.taken if one.text == one.original]
    return (
        *(CarriedLine(_LEFT, there.describe(one.source), one.text, "") for one in carried.left),
        *reseated,
        *(CarriedLine(_CHANGED, here.describe(one.at), one.original, one.text) for one in changed),
        *(CarriedLine(_CAME, here.describe(one.at), one.original, one.text) for one in came),
    )


_FATES = {Fate.KEPT: _CAME, Fate.MOVED: _RESEATED, Fate.CONVERTED: _CHANGED, Fate.DROPPED: _LEFT}
_FIRST = (Fate.DROPPED, Fate.MOVED, Fate.CONVERTED, Fate.KEPT)


def moved_lines(moved: Moved, target: Template, source: Template, old: Filing) -> tuple[CarriedLine, ...]:
    """The same for a filing that moves to another version of its template."""
    there, here = Positions(source, old), Positions(target, moved.filing)
    told = sorted(moved.told, key=lambda one: _FIRST.index(one.fate))
    return tuple(
        CarriedLine(
            _FATES[one.fate],
            here.describe(one.at) if one.at is not None else there.describe(one.source),
            one.text,
            moved.filing.text(one.at) if one.at is not None else "",
        )
        for one in told
    )


class CarriedModel(LinesModel[CarriedLine]):
    """The texts of one new filing."""

    headings = (N_("结果"), N_("位置"), N_("原来"), N_("现在"))

    def show(self, found: tuple[CarriedLine, ...]) -> None:
        """Show what comes along into another filing."""
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def said(self, line: CarriedLine, column: int, role: int) -> object:
        """Texts, and what happened in a colour and a word."""
        words = (sentence(line.what), line.place, line.before, line.after)
        if role == Qt.ItemDataRole.DisplayRole:
            return words[column]
        if role == Qt.ItemDataRole.ForegroundRole and line.what in _COLOURS:
            return theme.colour(_COLOURS[line.what])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, words))
        return None
