"""When a problem of a blank is said: what is wrong after a pause, what is missing once the blank was left."""

from __future__ import annotations

from desktop.bridge import Bridge
from desktop.models.remarks import insistent
from forms.filing import Place
from forms.problem import Problem


class Saying:
    """What is to be said of each place now. What is no longer wrong is never said on.

    Who is typing is not interrupted: what is wrong with a text that was right so far is said after a pause. `all_of_it`
    is set by a check; from then on gaps are said everywhere.
    """

    def __init__(self, bridge: Bridge) -> None:
        self.all_of_it = False
        self._bridge = bridge
        self._left: set[Place] = set()
        self._typing: Place | None = None
        self._told: dict[Place, set[str]] = {}

    def leave(self, place: Place) -> None:
        """Say from now on what is missing at a place."""
        self._left.add(place)
        self.pause()

    def type(self, place: Place) -> None:
        """Hold back what is new at a place until there is a pause."""
        self._typing = place

    def pause(self) -> None:
        """Hold nothing back."""
        self._typing = None

    def of(self, place: Place) -> tuple[Problem, ...]:
        """What is to be said at a place now, gravest first."""
        found = insistent(self._bridge.problems_at(place))
        if found and not self.all_of_it and place not in self._left and not self._bridge.text(place).strip():
            found = ()
        told = self._told.get(place, set())
        said = tuple(one for one in found if place != self._typing or one.rule in told)
        if said:
            self._told[place] = {one.rule for one in said}
        else:
            self._told.pop(place, None)
        return said
