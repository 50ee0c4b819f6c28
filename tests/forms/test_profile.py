"""What is written down of a unit stands in its new forms, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from forms.bearings import budget_year
from forms.desk import Desk
from forms.profile import Profile, begin, keep_profiles, profiles
from forms.store.library import Library
from forms.template.model import Template
from forms.templates import Templates

LAKE = Profile("沙渡市生态环境局", "沙渡市", "㛃嘉宁", "0999-1234567")
ROAD = Profile("浣城市交通运输局", "浣城市")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.open(tmp_path / "library.jixiao") as library:
        yield Desk(library, Templates.shipped())


def test_a_new_form_has_unit_region_and_year_in_its_fields_and_in_the_list(desk: Desk) -> None:
    keep_profiles(desk.library, (LAKE,))
    filing = desk.new(desk.templates.newest("gd-quyu-2022"), year="2027")
    assert filing.values["地方主管部门"] == "沙渡市生态环境局"
    assert filing.values["地区"] == "沙渡市"
    assert filing.values["预算年度"] == "2027"
    assert filing.values["资金类型"] == "省级财政专项资金"
    assert (filing.unit.name, filing.unit.region, filing.year) == ("沙渡市生态环境局", "沙渡市", "2027")


def test_without_a_profile_the_fields_stay_empty(desk: Desk) -> None:
    filing = desk.new(desk.templates.newest("gd-quyu-2022"))
    assert "地方主管部门" not in filing.values
    assert not any(text.startswith("=") for text in filing.values.values())


@pytest.mark.parametrize("template", list(Templates.shipped()), ids=lambda one: one.id)
def test_every_shipped_form_can_be_begun_for_a_unit(template: Template) -> None:
    filing = begin(template, LAKE, "2027")
    assert filing.year == "2027"
    assert set(filing.values) <= set(template.fields)
    assert not any(text.startswith("=") for text in filing.values.values())


def test_the_unit_used_last_is_the_first(desk: Desk) -> None:
    keep_profiles(desk.library, (LAKE, ROAD))
    desk.new(desk.templates.newest("gd-quyu-2022"), ROAD)
    assert desk.profiles() == (ROAD, LAKE)
    assert desk.new(desk.templates.newest("gd-quyu-2022")).unit.name == ROAD.unit


def test_a_unit_without_any_text_is_not_kept(desk: Desk) -> None:
    keep_profiles(desk.library, (Profile(), LAKE))
    assert profiles(desk.library) == (LAKE,)


def test_what_cannot_be_read_counts_as_not_written_down(desk: Desk) -> None:
    desk.library.set_setting("profiles", '{"unit": 3')
    assert profiles(desk.library) == ()


@pytest.mark.parametrize(("day", "year"), [("2026-01-02", 2026), ("2026-06-30", 2026), ("2026-07-01", 2027)])
def test_from_july_on_forms_are_for_the_next_year(day: str, year: int) -> None:
    assert budget_year(date.fromisoformat(day)) == year
