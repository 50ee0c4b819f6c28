"""The collection of known templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.desk import Desk
from forms.errors import TemplateRefused, TemplateUnknown
from forms.files import digest
from forms.filing import TemplateRef
from forms.store.library import Library
from forms.templates import Templates, own_folder
from tests.forms.filled_forms import BY_ID, blank

FORM = BY_ID["gd-quyu-2022"]


def test_the_shipped_templates_are_known() -> None:
    assert {"gd-qingdan-2022", "gd-quyu-2022", "hb-zhuanxiang-2020"} <= {one.id for one in Templates.shipped()}


def test_a_template_is_found_by_its_digest_and_parsed_once() -> None:
    templates = Templates([FORM.text])
    found = templates.of(blank(FORM))
    assert found.id == FORM.id
    assert templates.named(blank(FORM).template) is found
    assert list(templates) == [found]


def test_versions_stand_side_by_side() -> None:
    newer = FORM.text.replace('版本: "2022.1"', '版本: "2022.2"')
    templates = Templates([FORM.text, newer])
    assert [one.version for one in templates] == ["2022.1", "2022.2"]
    assert templates.named(TemplateRef(FORM.id, "2022.2", digest(newer.encode()))).version == "2022.2"
    assert set(templates.texts()) == {FORM.digest, digest(newer.encode())}


def test_an_unknown_template_is_named() -> None:
    with pytest.raises(TemplateUnknown, match=r"gd-quyu-2022 2022\.1"):
        Templates().of(blank(FORM))


def test_a_faulty_text_is_refused_when_it_is_asked_for() -> None:
    templates = Templates()
    templates.add("语法: 2\n")
    with pytest.raises(TemplateRefused):
        list(templates)


def test_the_newest_version_of_a_form_is_told_by_its_number_and_not_by_when_it_became_known() -> None:
    versions = [
        FORM.text.replace('版本: "2022.1"', f'版本: "{version}"') for version in ("2022.10", "2022.9", "2021.12")
    ]
    known = Templates(versions)
    assert known.newest("gd-quyu-2022").version == "2022.10"
    assert [one.version for one in known.current()] == ["2022.10"]
    with pytest.raises(TemplateUnknown, match="gd-nothing"):
        known.newest("gd-nothing")


def test_a_template_installed_in_a_library_is_known_to_those_who_do_not_open_it(tmp_path: Path) -> None:
    path = tmp_path / "l.jixiao"
    text = FORM.text.replace('版本: "2022.1"', '版本: "2030.1"')
    with Library.open(path) as library:
        desk = Desk(library, Templates.shipped())
        assert not desk.is_shipped(desk.install(text))
        assert Templates.beside(path).newest(FORM.id).version == "2030.1"
    (own_folder(path) / "坏.yaml").write_bytes(b"\xff\xfe")
    assert [one.text for one in Templates.beside(path) if one.version == "2030.1"] == [text]
    assert Templates.beside(tmp_path / "other.jixiao").newest(FORM.id).version == "2022.1"
