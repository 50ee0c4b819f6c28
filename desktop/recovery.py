"""What a process that ended without closing its filings left in the journal: all of it, only nobody has said so yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.errors import JixiaoError

if TYPE_CHECKING:
    from forms.desk import Desk
    from forms.store.records import Summary

_LOOKED_AT = 5  # one filing is open at a time, so the latest ones are enough


def recovered(desk: Desk) -> tuple[Summary, ...]:
    """The filings with changes that no closing has kept as a revision; that is done now, so each is named once."""
    return tuple(one for one in desk.library.list(_LOOKED_AT) if _kept_only_now(desk, one.id))


def _kept_only_now(desk: Desk, ident: str) -> bool:
    try:
        before = desk.library.revisions(ident)[-1].number
        return desk.library.revise(ident, reason="close").number > before
    except JixiaoError:
        return False  # a damaged one says so when it is opened, and hides no other
