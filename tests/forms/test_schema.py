"""The published JSON Schemas: sound by the metaschema, and they take and refuse what the program does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from forms import desk
from forms.canonical import canonical
from forms.cli.main import main
from forms.files import resource
from forms.filing import Filing, Indicator, Row, Unit
from forms.interchange_data import dataset, mapped, refusals, to_json
from forms.mapping.load import load_mapping
from forms.mapping.shipped import mapping_of, system
from forms.rules import Review
from forms.schema import Schema, filing_schema, generic_schema, interchange_schema
from forms.template.load import load
from forms.template.model import Template
from forms.templates import Templates
from tests.forms.filled_forms import BY_ID, FEW, TEMPLATES, blank, tidy
from tests.forms.filled_forms import filings as any_filings

SHIPPED = Templates.shipped()
MAPPED = [template for template in SHIPPED if mapping_of(template)]
QUYU = BY_ID["gd-quyu-2022"]


def faults(schema: Schema, data: bytes) -> list[ValidationError]:
    return list(Draft202012Validator(schema).iter_errors(json.loads(data)))


def places(found: list[ValidationError]) -> set[str]:
    return {"/".join(map(str, one.absolute_path)) + ":" + str(one.validator) for one in found}


def schemas(template: Template) -> Iterator[Schema]:
    yield filing_schema(template)
    if interchange := mapping_of(template):
        yield interchange_schema(interchange, template)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_schema_is_sound_and_takes_a_filled_form(template: Template) -> None:
    for schema in schemas(template):
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert template.name in schema["title"]
    filled = tidy(template)
    for state in ("draft", "exported"):
        assert faults(filing_schema(template), canonical(filled.replace(state=state))) == []


def test_ids_of_schemas_are_their_own() -> None:
    ids = [schema["$id"] for template in SHIPPED for schema in schemas(template)]
    assert len(ids) == len(set(ids))
    assert "urn:jixiao:filing:1:gd-quyu-2022:2022.1" in ids
    assert "urn:jixiao:interchange:1:gd-quyu-2022:2022.1:yitihua" in ids


@FEW
@given(st.data())
def test_a_draft_may_hold_whatever_was_typed(data: st.DataObject) -> None:
    template = data.draw(st.sampled_from(TEMPLATES))
    filing: Filing = data.draw(any_filings(template))
    assert faults(filing_schema(template), canonical(filing)) == []


@pytest.mark.samples
def test_the_real_forms_fit_the_schemas_of_their_templates(samples: Path) -> None:
    names = ("广东2022_任务清单与区域绩效目标申报表_1-12.docx", "秦皇岛2020_部门预算绩效信息_1-6.docx")
    incoming = [one for name in names for one in desk.read_file(samples / name, SHIPPED)]
    assert len(incoming) >= 19
    for one in incoming:
        assert faults(filing_schema(one.template), canonical(one.filing)) == []


def test_names_the_template_does_not_have_are_refused() -> None:
    wrong = blank(
        QUYU, values={"项目名": "甲"}, tables={"任务": (Row("r", {}),)},
        indicators=(Indicator("i", "产出指标", "数量指标", {"值": "1"}), Indicator("j", "甲", "乙", {}, "别的树")),
    )  # fmt: skip
    assert places(faults(filing_schema(QUYU), canonical(wrong))) == {
        "values:additionalProperties", "tables:additionalProperties", "indicators/0/columns:additionalProperties",
        "indicators/1/tree:const",
    }  # fmt: skip


def test_a_filing_on_another_form_is_refused() -> None:
    other = blank(BY_ID["gd-qingdan-2022"])
    found = places(faults(filing_schema(QUYU), canonical(other)))
    assert {"template/id:const", "template/digest:const"} <= found


def test_what_has_left_the_house_has_what_is_required_and_nothing_too_long() -> None:
    schema = filing_schema(QUYU)
    values = tidy(QUYU).values | {"项目名称": "项" * 101, "地区": " "}
    del values["总体目标"]
    filing = blank(QUYU, values=values, indicators=(Indicator("i", "产出指标", "数量指标", {"三级指标": "名" * 101}),))
    assert faults(schema, canonical(filing)) == []
    left = faults(schema, canonical(filing.replace(state="submitted")))
    assert places(left) == {
        "values:required", "values/项目名称:maxLength", "values/地区:pattern",
        "indicators/0/columns/三级指标:maxLength",
    }  # fmt: skip
    blocking = {one.rule for one in Review(QUYU, filing).problems if one.rule in ("R-REQ", "R-LEN")}
    assert blocking == {"R-REQ", "R-LEN"}


def test_checks_a_template_switches_off_are_not_demanded() -> None:
    template = load(QUYU.text + "检查: {R-REQ: 警告, R-LEN: 关}\n")
    filing = blank(template, state="approved", values={"项目名称": "项" * 101})
    assert faults(filing_schema(template), canonical(filing)) == []


def test_fields_are_explained_in_the_words_of_the_form() -> None:
    values: dict[str, Any] = filing_schema(QUYU)["properties"]["values"]["properties"]
    assert values["资金需求"]["description"] == ("金额，单位万元，必填；与任务清单中本地区的补助资金一致，单位万元。")
    assert values["资金类型"]["examples"] == ["省级财政专项资金", "中央转移支付资金", "其他资金"]
    assert values["实施内容"]["title"] == "实施内容"


# --- the interchange JSON ---------------------------------------------------------------------------------------------


def interchange_faults(template: Template, filing: Filing, schema: Schema | None = None) -> list[ValidationError]:
    interchange = mapping_of(template)
    assert interchange
    data = to_json(dataset(mapped([Review(template, filing)], mapping_of)))
    return faults(schema or interchange_schema(interchange, template), data)


@pytest.mark.parametrize("template", MAPPED, ids=lambda template: template.id)
def test_the_schema_takes_what_the_system_refuses_nothing_of(template: Template) -> None:
    interchange = mapping_of(template)
    assert interchange
    filing = tidy(template).replace(unit=Unit("某局", "某县", "122001"))
    lacking = [one for one in refusals(interchange, Review(template, filing)) if "没有这一栏" not in str(one)]
    assert lacking == []
    assert interchange_faults(template, filing) == []


@pytest.mark.parametrize(
    ("value", "rule", "keyword"),
    [("≥90%", "", ""), ("5-10", "R-CHAR", "pattern"), ("字" * 61, "R-LEN", "maxLength"), ("", "R-REQ", "required")],
)
def test_the_schema_and_the_check_refuse_the_same(value: str, rule: str, keyword: str) -> None:
    interchange = mapping_of(QUYU)
    assert interchange
    some = (Indicator("i", "产出指标", "数量指标", {"三级指标": "名", "指标值": value}),)
    filing = tidy(QUYU).replace(unit=Unit("某局", "某县"), indicators=some)
    found = refusals(interchange, Review(QUYU, filing))
    assert [one.rule for one in found if "没有这一栏" not in str(one)] == [rule] * bool(rule)
    assert [one.validator for one in interchange_faults(QUYU, filing)] == [keyword] * bool(keyword)


def test_lengths_in_bytes_are_told_and_bounded() -> None:
    text = resource("mappings", "gd-quyu-2022.yaml").read_text(encoding="utf-8")
    own = load_mapping(f"{text}长度按: UTF-8\n", QUYU, system)
    tables = interchange_schema(own, QUYU)["properties"]
    value = tables["pm_perf_indicator"]["items"]["properties"]["kpi_val"]
    assert (value["maxLength"], "至多 60 字节（UTF-8）" in value["description"]) == (60, True)


# --- the command -----------------------------------------------------------------------------------------------------


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert main(["schema", *words]) == code
    told = capsys.readouterr()
    return told.out if code == 0 else told.err


def test_the_command_prints_one_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said(capsys)) == generic_schema()
    assert json.loads(said(capsys, "gd-quyu-2022")) == filing_schema(QUYU)
    assert json.loads(said(capsys, "gd-quyu-2022@2022.1")) == filing_schema(QUYU)
    assert json.loads(said(capsys, str(resource("templates", "gd-quyu-2022.yaml")))) == filing_schema(QUYU)
    assert json.loads(said(capsys, "gd-quyu-2022", "--interchange"))["$id"].startswith("urn:jixiao:interchange:")


def test_the_command_writes_the_schemas_of_all_templates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--all", "-o", str(tmp_path / "out"))
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert len(written) == len(told.splitlines()) == len(list(SHIPPED)) + len(MAPPED)
    assert "gd-quyu-2022-2022.1.filing.schema.json" in written
    for path in (tmp_path / "out").iterdir():
        Draft202012Validator.check_schema(json.loads(path.read_bytes()))


def test_what_cannot_be_given_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "nix", code=2) == "没有编号为“nix”的表样；jixiao templates 列出编号。\n"
    assert said(capsys, "nix.yaml", code=2) == "找不到文件“nix.yaml”；请检查文件名和位置，U 盘是否已拔出。\n"
    assert said(capsys, "--all", code=2) == "请用 -o 写明放到哪个文件夹。\n"
    assert "还没有与财政系统的对照表" in said(capsys, "mof-zipin-2020", "--interchange", code=2)
