"""Year, unit and region of a filing follow what is typed in its form, in the same step of undo."""

from __future__ import annotations

from pathlib import Path

from forms.bearings import with_bearings
from forms.commands import Batch, SetMeta, SetValue
from forms.draft import Change, Draft
from forms.filing import Filing, Place, TemplateRef
from forms.journal import CONTINUED, Edit
from forms.store.library import Library
from tests.forms.filled_forms import BY_ID

TEMPLATE = BY_ID["gd-quyu-2022"]
YEAR, UNIT, REGION = (Place(field=name) for name in ("预算年度", "地方主管部门", "地区"))
EMPTY = Filing("0123456789", TemplateRef(TEMPLATE.id, TEMPLATE.version, TEMPLATE.digest))


def typed(draft: Draft, at: Place, *texts: str) -> None:
    stay = object()
    for text in texts:
        draft.do(with_bearings(TEMPLATE, draft.filing, SetValue(at, text)), merge=stay)


def test_a_year_counts_once_it_can_be_read_and_goes_with_the_same_undo() -> None:
    draft = Draft(EMPTY)
    typed(draft, YEAR, "2", "20", "202", "2026", "2026年")
    assert draft.filing.year == "2026"
    typed(draft, YEAR, "2027")
    assert draft.filing.year == "2027"
    draft.undo()
    assert (draft.filing.year, draft.filing.text(YEAR)) == ("2026", "2026年")
    draft.undo()
    assert draft.filing == EMPTY
    draft.redo()
    assert (draft.filing.year, draft.filing.text(YEAR)) == ("2026", "2026年")


def test_a_year_that_cannot_be_read_changes_nothing() -> None:
    draft = Draft(EMPTY)
    typed(draft, YEAR, "2026")
    typed(draft, YEAR, "明年")
    assert draft.filing.year == "2026"


def test_unit_and_region_follow_their_fields() -> None:
    draft = Draft(EMPTY)
    typed(draft, UNIT, "青", "青澜市水务局")
    typed(draft, REGION, "青澜市")
    assert (draft.filing.unit.name, draft.filing.unit.region) == ("青澜市水务局", "青澜市")
    draft.undo()
    draft.undo()
    assert draft.filing == EMPTY


def test_other_fields_bring_nothing_along() -> None:
    command = SetValue(Place(field="资金需求"), "12")
    assert with_bearings(TEMPLATE, EMPTY, command) is command


def test_the_list_and_the_journal_tell_the_same(tmp_path: Path) -> None:
    draft = Draft(EMPTY)
    changes: list[Change] = []
    draft.subscribe(changes.append)
    typed(draft, YEAR, "2025", "2026")
    typed(draft, UNIT, "青澜市水务局")
    with Library.open(tmp_path / "l.jixiao") as library:
        library.add(EMPTY, TEMPLATE.text)
        for change in changes:
            library.edit(EMPTY.id, change.forward, change.inverse, origin=change.origin)
        (listed,) = library.list()
        assert (listed.year, listed.unit) == ("2026", "青澜市水务局")
        assert library.filing(EMPTY.id) == draft.filing
        again = Draft(library.filing(EMPTY.id), library.journal(EMPTY.id))
    while again.can_undo:
        again.undo()
    assert again.filing == EMPTY


def test_a_step_that_goes_on_keeps_what_stood_beside_the_form_before_it() -> None:
    first = Edit(1, "now", "typed", SetValue(YEAR, "2026"), SetValue(YEAR, ""))
    told = Batch((SetValue(YEAR, "2027"), SetMeta("year", "2027")))
    back = Batch((SetMeta("year", ""), SetValue(YEAR, "2026")))
    after = EMPTY.put(YEAR, "2027").replace(year="2027")
    draft = Draft(after, [first, Edit(2, "now", CONTINUED, told, back)])
    draft.undo()
    assert draft.filing == EMPTY
