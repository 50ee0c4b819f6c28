"""Draft: do, undo and redo against a plain model, the journal they leave, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.commands import AddIndicator, AddRow, Batch, Command, DropRow, Leaf, SetMeta, SetValue
from forms.draft import Change, Draft
from forms.errors import CommandRefused
from forms.filing import Filing, Indicator, Place, Row, new_id
from forms.journal import CONTINUED, Edit, meta_set, replay
from tests.forms.sample_filings import a_filing, commands_for


def put(field: str, text: str) -> SetValue:
    return SetValue(Place(field=field), text)


def a_row_typed(draft: Draft, first: Command, at: Place, *texts: str) -> None:
    """A row that comes with its first letter, and what is typed on in one stay of the caret."""
    stay = object()
    draft.do(first, merge=stay)
    for text in texts:
        draft.do(SetValue(at, text), merge=stay)


def a_new_row() -> tuple[AddRow, Place]:
    """A row of a table with the first letter of a text, and the place of that text."""
    ident = new_id()
    return AddRow("任务", Row(ident, {"名称": "新"}), 1), Place(table="任务", row=ident, column="名称")


def a_new_indicator() -> tuple[AddIndicator, Place]:
    """The same of an indicator."""
    ident = new_id()
    made = Indicator(ident, "产出指标", "质量指标", {"三级指标": "新"})
    return AddIndicator(made, 0), Place(indicator=ident, column="三级指标")


def kept(change: Change) -> Edit:
    """The journal's record of a change."""
    forward, inverse = change.forward, change.inverse
    return Edit(change.seq, "", change.origin, forward, inverse, change.undoes)  # type: ignore[arg-type]  # leaves only


def work_on(filing: Filing) -> st.SearchStrategy[Command]:
    """What a clerk does to a filing; its state is not for typing."""
    return commands_for(filing).filter(lambda command: "state" not in meta_set(command))


@given(st.data())
def test_do_then_undo_is_nothing(data: st.DataObject) -> None:
    filing = a_filing()
    draft = Draft(filing)
    draft.do(data.draw(work_on(filing)))
    draft.undo()
    assert draft.filing == filing


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_interleaving_equals_a_list_of_states_and_survives_a_restart(data: st.DataObject) -> None:
    start = a_filing()
    draft, states, at = Draft(start), [start], 0
    journal, exported = list[Edit](), list[Filing]()
    draft.subscribe(lambda change: journal.append(kept(change)))
    acts = st.sampled_from(("do", "typing", "new row", "new indicator", "undo", "redo", "export", "restart"))
    for act in data.draw(st.lists(acts, max_size=20)):
        if act == "do":
            draft.do(data.draw(work_on(draft.filing)))
            states, at = [*states[: at + 1], draft.filing], at + 1
        elif act == "typing":  # two keys in one stay of the caret are one step
            stay = object()
            draft.do(put("丙", "一"), merge=stay)
            draft.do(put("丙", "一二"), merge=stay)
            states, at = [*states[: at + 1], draft.filing], at + 1
        elif act.startswith("new"):
            first, there = a_new_row() if act == "new row" else a_new_indicator()
            a_row_typed(draft, first, there, "新的", "新的一行")
            states, at = [*states[: at + 1], draft.filing], at + 1
        elif act == "undo":
            assert (draft.undo() is not None) == (at > 0)
            at = max(at - 1, 0)
        elif act == "redo":
            assert (draft.redo() is not None) == (at < len(states) - 1)
            at = min(at + 1, len(states) - 1)
        elif act == "export":
            draft.do(SetMeta("state", "exported"))
            exported.append(draft.filing)
        else:
            draft = Draft(draft.filing, journal)
            draft.subscribe(lambda change: journal.append(kept(change)))
        assert draft.filing.replace(state="draft") == states[at].replace(state="draft")
        assert draft.filing.state == "draft" or draft.filing in exported
        assert (draft.can_undo, draft.can_redo) == (at > 0, at < len(states) - 1)
    assert replay(start, journal) == draft.filing
    assert [edit.seq for edit in journal] == list(range(1, len(journal) + 1))


@given(st.data())
def test_a_command_that_fails_changes_nothing(data: st.DataObject) -> None:
    filing = a_filing()
    draft = Draft(filing)
    heard: list[Change] = []
    draft.subscribe(heard.append)
    command = data.draw(commands_for(filing, fitting=False))
    try:
        command.apply(filing)
    except CommandRefused:
        with pytest.raises(CommandRefused):
            draft.do(command)
        assert (draft.filing, draft.can_undo, draft.seq, heard) == (filing, False, 0, [])
    else:
        assert draft.do(command) == heard[0]


def test_a_batch_is_applied_whole_or_not_at_all() -> None:
    draft = Draft(a_filing())
    before = draft.filing
    with pytest.raises(CommandRefused):
        draft.do(Batch((put("甲", "改"), DropRow("任务", "nowhere"))))
    assert draft.filing == before


def test_texts_of_one_stay_are_one_step_and_other_places_another() -> None:
    draft = Draft(a_filing())
    draft.do(put("甲", "高"), merge="stay")
    second = draft.do(put("甲", "高标"), merge="stay")
    draft.do(put("乙", "9"), merge="stay")
    assert second.origin == CONTINUED
    draft.undo()
    assert draft.filing.values["甲"] == "高标"
    draft.undo()
    assert draft.filing.values["甲"] == "高标准农田建设"
    assert not draft.can_undo


@pytest.mark.parametrize("make", [a_new_row, a_new_indicator])
@pytest.mark.parametrize("state", ["draft", "exported"])
def test_a_row_and_what_is_typed_into_it_with_its_first_letter_are_one_step(
    make: Callable[[], tuple[Leaf, Place]], state: str
) -> None:
    start = a_filing(state=state)
    draft, journal = Draft(start), list[Edit]()
    draft.subscribe(lambda change: journal.append(kept(change)))
    first, there = make()
    back = SetMeta("state", "draft")
    a_row_typed(draft, Batch((first, back)) if state == "exported" else first, there, "新指", "新指标")
    title, whole = draft.undo_title, draft.filing
    assert [edit.origin for edit in journal] == ["typed", CONTINUED, CONTINUED]
    for again in (draft, Draft(replay(start, journal), journal)):
        assert again.undo_title == title != "填写"
        again.undo()
        assert (again.filing, again.can_undo, again.redo_title) == (start, False, title)
        again.redo()
        assert again.filing == whole
        assert whole.text(there) == "新指标"


def test_another_column_of_a_new_row_is_a_step_of_its_own_in_another_stay() -> None:
    draft = Draft(a_filing())
    first, there = a_new_indicator()
    draft.do(first, merge="stay")
    draft.do(SetValue(Place(indicator=there.indicator, column="指标值"), "5"), merge="next")
    draft.do(SetValue(Place(indicator="i1", column="指标值"), "6"), merge="next")
    draft.undo()
    draft.undo()
    assert draft.filing.text(there) == "新"
    assert draft.filing.text(Place(indicator="i1", column="指标值")) == "≥90%"


def test_leaving_the_house_is_no_step_and_what_is_taken_back_after_it_makes_a_draft() -> None:
    draft, journal = Draft(a_filing()), list[Edit]()
    draft.subscribe(lambda change: journal.append(kept(change)))
    draft.do(put("甲", "一"))
    draft.do(SetMeta("state", "exported"))
    for again in (draft, Draft(draft.filing, journal)):
        assert again.undo_title == "填写"
        again.undo()
        assert (again.filing.values["甲"], again.filing.state) == ("高标准农田建设", "draft")
        assert not again.can_undo
        again.redo()
        assert (again.filing.values["甲"], again.filing.state) == ("一", "exported")


def test_an_undo_ends_the_step_that_was_being_typed() -> None:
    draft = Draft(a_filing())
    draft.do(put("甲", "一"), merge="stay")
    draft.do(put("乙", "二"), merge="other")
    draft.undo()
    draft.do(put("甲", "三"), merge="stay")
    draft.undo()
    assert draft.filing.values["甲"] == "一"


def test_a_new_change_forgets_what_could_be_done_again() -> None:
    draft = Draft(a_filing())
    draft.do(put("甲", "一"))
    draft.undo()
    draft.do(put("甲", "二"))
    assert draft.redo() is None
    assert draft.filing.values["甲"] == "二"


def test_a_change_tells_places_structure_origin_and_asker() -> None:
    draft, editor = Draft(a_filing()), object()
    change = draft.do(put("甲", "一"), origin="paste", asker=editor)
    row = draft.do(AddRow("任务", Row("r3", {}), 9))
    assert (change.places, change.structure, change.origin) == ((Place(field="甲"),), False, "paste")
    assert change.asker is editor
    assert (row.places, row.structure) == ((Place(table="任务", row="r3"),), True)
    undone = draft.undo(asker=editor)
    assert undone is not None
    assert (undone.seq, undone.undoes, undone.origin, undone.asker) == (3, 2, "undo", editor)


def test_steps_have_names_for_people() -> None:
    draft = Draft(a_filing())
    assert (draft.undo_title, draft.redo_title) == ("", "")
    draft.do(Batch((put("甲", "一"),), "导入"))
    draft.do(AddRow("任务", Row("r3", {}), 0))
    assert draft.undo_title == "增加一行"
    draft.undo()
    assert (draft.undo_title, draft.redo_title) == ("导入", "增加一行")


def test_a_listener_that_left_hears_nothing() -> None:
    draft = Draft(a_filing())
    heard: list[Change] = []
    leave = draft.subscribe(heard.append)
    leave()
    leave()
    draft.do(SetMeta("year", "2023"))
    assert heard == []


def test_changes_made_by_a_listener_are_heard_in_order_by_all() -> None:
    draft = Draft(a_filing())
    heard: list[int] = []

    def settle(change: Change) -> None:
        if change.seq == 1:
            draft.do(put("乙", "合计"))

    draft.subscribe(settle)
    draft.subscribe(lambda change: heard.append(change.seq))
    draft.do(put("甲", "一"))
    assert heard == [1, 2]
    assert draft.filing.values["乙"] == "合计"


def test_a_journal_that_takes_back_what_is_not_there_still_gives_steps() -> None:
    filing: Filing = a_filing(values={"甲": "一"})
    draft = Draft(filing, [Edit(7, "", "undo", put("甲", "一"), put("甲", "二"), 99)])
    draft.undo()
    assert draft.filing.values["甲"] == "二"
    assert draft.seq == 8
