"""Doing a way back in the library itself, where no window holds the filing."""

from __future__ import annotations

from collections.abc import Sequence

from forms.bearings import with_bearings
from forms.commands import Batch
from forms.draft import Draft
from forms.filing import Filing
from forms.grid.arrange import title
from forms.history.origins import RESTORED
from forms.journal import Edit
from forms.rules import Review
from forms.store.library import Library
from forms.template.model import Template


def do_step(library: Library, template: Template, now: Filing, journal: Sequence[Edit], step: Batch) -> int:
    """Append a way back to the journal of a filing as it stands; gives the number of the edit. SaveFailed."""
    draft = Draft(now, journal)
    change = draft.do(with_bearings(template, now, step), origin=RESTORED)
    named = title(template, draft.filing, Review(template, draft.filing).computed)
    return library.edit(
        now.id, change.forward, change.inverse, origin=RESTORED, title=named, expected_seq=change.seq
    )  # fmt: skip
