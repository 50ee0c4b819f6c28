"""Errands at the desk: files in, checked beside each other, printed, exported, and taken in again elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from forms import desk
from forms.canonical import canonical
from forms.commands import SetValue
from forms.desk import Desk, Incoming
from forms.errors import SaveFailed
from forms.files import resource
from forms.filing import Place
from forms.package.packing import open_package
from forms.problem import ExportBlocked, Severity
from forms.store.library import Library
from forms.templates import Templates

EXAMPLE = next(resource("examples").glob("*任务清单*.docx"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    with Library.open(tmp_path / "library.jixiao") as library:
        yield Desk(library, Templates.shipped())


def incoming() -> list[Incoming]:
    return desk.read_file(EXAMPLE, Templates.shipped())


def ident(office: Desk, words: str) -> str:
    return next(row.id for row in office.library.list() if words in row.title)


def test_forms_of_one_file_are_checked_against_its_list(office: Desk) -> None:
    office.take_in(incoming())
    blocking = [one.rule for one in office.review(ident(office, "临岫市")).problems if one.severity is Severity.ERROR]
    assert blocking == ["清单一致"]
    assert [one for one in office.review(ident(office, "青澜市")).problems if one.severity is not Severity.HINT] == []


def test_a_file_taken_in_twice_keeps_its_checks(office: Desk) -> None:
    office.take_in(incoming())
    office.take_in(incoming())
    reviews = [office.review(row.id) for row in office.library.list()]
    assert len(reviews) == 2 * len(incoming())
    unread = {"180万"}
    assert all(
        "清单一致" not in review.pending for review in reviews if review.filing.values.get("资金需求") not in unread
    )


def test_a_blocked_filing_is_not_exported_and_stays_a_draft(office: Desk, tmp_path: Path) -> None:
    office.take_in(incoming())
    blocked = ident(office, "白渚市")
    with pytest.raises(ExportBlocked) as refused:
        office.export(blocked, tmp_path / "out")
    assert len(refused.value.problems) == 1
    assert office.library.filing(blocked).state == "draft"
    assert not (tmp_path / "out").exists()


def test_an_export_freezes_a_revision_and_says_what_stands_on_paper(office: Desk, tmp_path: Path) -> None:
    office.take_in(incoming())
    sound = ident(office, "青澜市")
    package = open_package(office.export(sound, tmp_path / "out").read_bytes())
    filing = office.library.filing(sound)
    assert filing.state == "exported"
    assert canonical(package.filing) == canonical(filing)
    assert desk.filed_code(filing) == package.check_code
    assert desk.pdf(office.review(sound)) == package.files["data/form.pdf"]
    assert office.library.revisions(sound)[-1].sha256 == package.content_digest


def test_exporting_again_gives_the_same_package(office: Desk, tmp_path: Path) -> None:
    office.take_in(incoming())
    sound = ident(office, "青澜市")
    first = office.export(sound, tmp_path / "one")
    second = office.export(sound, tmp_path / "two")
    assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())


def test_a_package_that_cannot_be_written_leaves_the_filing_a_draft(office: Desk, tmp_path: Path) -> None:
    office.take_in(incoming())
    sound = ident(office, "青澜市")
    (tmp_path / "out").write_text("a file where a folder is wanted")
    with pytest.raises(SaveFailed):
        office.export(sound, tmp_path / "out")
    assert office.library.filing(sound).state == "draft"


def test_a_package_comes_back_as_the_same_filing_here_and_elsewhere(office: Desk, tmp_path: Path) -> None:
    office.take_in(incoming())
    sound = ident(office, "青澜市")
    path = office.export(sound, tmp_path / "out")
    before = office.library.list()
    office.take_in(desk.read_file(path, Templates.shipped()))
    assert office.library.list() == before
    with Library.open(tmp_path / "other.jixiao") as other:
        elsewhere = Desk(other, Templates.shipped())
        elsewhere.take_in(desk.read_file(path, elsewhere.templates))
        assert canonical(other.filing(sound)) == canonical(office.library.filing(sound))


def test_a_new_filing_has_the_defaults_of_its_form_and_is_in_the_library_once_it_is_filed(office: Desk) -> None:
    template = next(one for one in office.templates if one.id == "gd-quyu-2022")
    filing = office.new(template)
    assert filing.values == {
        "资金类型": "省级财政专项资金", "项目等级": "二级项目", "省级主管部门": "省生态环境厅",
    }  # fmt: skip
    assert office.library.list() == ()
    for _ in range(2):  # the second time is a save that is tried again
        office.file(filing)
    assert [one.id for one in office.library.list()] == [filing.id]
    assert office.library.filing(filing.id) == filing


def test_a_filing_that_is_not_kept_is_opened_beside_those_that_are(office: Desk) -> None:
    office.take_in(incoming())
    region = next(one for one in office.templates if one.id == "gd-quyu-2022")
    blank = office.new(region).replace(year="2026")
    opened = office.unkept(blank)
    assert (opened.filing, opened.journal, opened.kept) == (blank, (), False)
    assert [template.name for template, _ in opened.neighbours.named("任务清单", blank)] == ["任务清单"]


def test_what_the_library_holds_is_known_again_under_other_ids(office: Desk) -> None:
    first, again = incoming(), incoming()
    assert {one.filing.id for one in again}.isdisjoint(one.filing.id for one in first)
    assert office.held(first) == (False,) * len(first)
    office.take_in(first)
    assert office.held(again) == (True,) * len(again)
    sound = ident(office, "青澜市")
    command = SetValue(Place(field="资金需求"), "1")
    office.library.edit(sound, command, command.apply(office.library.filing(sound))[1], origin="typed")
    assert office.held(again) == (True,) * len(again)  # as it once came in
    changed = [replace(one, filing=one.filing.put(Place(field="资金需求"), "7")) for one in again[1:]]
    assert office.held(changed) == (False,) * len(changed)


def test_an_opened_filing_brings_its_journal_and_its_neighbours(office: Desk) -> None:
    office.take_in(incoming())
    sound = ident(office, "青澜市")
    command = SetValue(Place(field="资金需求"), "1")
    office.library.edit(sound, command, command.apply(office.library.filing(sound))[1], origin="typed")
    opened = office.open(sound)
    assert [edit.forward for edit in opened.journal] == [command]
    assert [template.name for template, _ in opened.neighbours.named("任务清单", opened.filing)] == ["任务清单"]
