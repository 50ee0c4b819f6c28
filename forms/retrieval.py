"""Taking filings back out of a backup: as copies, or as the new state of the filing they once were."""

from __future__ import annotations

from forms.comparison import Comparison, Side, compare
from forms.desk import Desk, Incoming
from forms.errors import FilingUnknown
from forms.filing import Filing, Origin, new_id
from forms.history.doing import do_step
from forms.history.origins import RESTORED
from forms.history.restoring import whole_way
from forms.interchange import report
from forms.language import N_, sentence
from forms.store.library import Library


def retrieve_copy(desk: Desk, backup: Library, ident: str) -> str:
    """Put a filing of a backup into the library as a new one; gives its id."""
    found = _found(desk, backup, ident)
    origin = Origin(found.id, str(backup.revisions(found.id)[-1].number))
    made = found.replace(id=new_id(), state="draft", origin=found.origin if found.is_practice else origin)
    _take_in(desk, backup, made)
    return made.id


def retrieve_state(desk: Desk, backup: Library, ident: str) -> bool:
    """Make a filing what it is in a backup, as one step that can be taken back; one that is gone comes back whole.

    False where it is that already.
    """
    found = _found(desk, backup, ident)
    try:
        now = desk.library.filing(found.id)
    except FilingUnknown:
        _take_in(desk, backup, found)
        return True
    step = whole_way(now, found)
    if step is None:
        return False
    desk.library.revise(now.id, reason=RESTORED)
    do_step(desk.library, desk.templates.of(now), now, desk.library.journal(now.id), step)
    return True


def _found(desk: Desk, backup: Library, ident: str) -> Filing:
    found = backup.filing(backup.resolve(ident))
    desk.templates.add(backup.template_text(found.template.digest))
    return found


def _take_in(desk: Desk, backup: Library, filing: Filing) -> None:
    source = sentence(N_("备份 {name}"), {"name": backup.path.name})
    told = report(source, (), (), complete=True)
    desk.take_in([Incoming(desk.templates.of(filing), filing, told)], origin=RESTORED)


def then_and_now(desk: Desk, backup: Library, ident: str) -> Comparison:
    """What has changed in a filing since a backup; of one that is gone everything."""
    then = _found(desk, backup, ident)
    template = desk.templates.of(then)
    try:
        now = desk.library.filing(ident)
    except FilingUnknown:
        now = Filing(then.id, then.template)
    return compare(Side(template, then), Side(desk.templates.of(now), now))
