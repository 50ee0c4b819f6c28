"""JSON Schema 2020-12 of what a template's filings look like in files: filing.json, and the interchange JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any
from urllib.parse import quote

from forms.files import resource
from forms.interchange_data import FORMAT, OURS
from forms.mapping.model import Interchange, Measure, Plan, Source, SystemColumn, SystemTable
from forms.template.model import Field, Table, Template, Tree
from forms.values import Kind

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LEFT_THE_HOUSE = ["exported", "submitted", "approved"]  # in these states no blocking problem can be left
_TEXT: Schema = {"type": "string"}
_HOLDS_SOMETHING = r"\S"
_KINDS = {
    Kind.MONEY: "金额",
    Kind.PERCENT: "百分比，25% 写作 25",
    Kind.YEAR: "四位年份",
    Kind.DATE: "日期",
    Kind.INTEGER: "整数",
    Kind.CODE: "号码，照原样保留",
    Kind.CHOICE: "从选项中选一个",
    Kind.REGION: "地区",
    Kind.LONG: "一段或几段文字",
}


def generic_schema() -> Schema:
    """The schema of every filing.json, whatever the template."""
    schema: Schema = json.loads(resource("package", "filing.schema.json").read_bytes())
    return schema


def filing_schema(template: Template) -> Schema:
    """The schema of filing.json for one template.

    A draft may hold any texts in the template's blanks; one that has left the house has what is required, and nothing
    longer than allowed.
    """
    schema = generic_schema()
    schema["$id"] = f"{schema['$id']}:{template.id}:{quote(template.version)}"
    schema["title"] = f"{template.name}（{template.id} {template.version}）填报数据"
    properties, defs = schema["properties"], schema["$defs"]
    for name, text in (("id", template.id), ("version", template.version), ("digest", template.digest)):
        defs["template"]["properties"][name]["const"] = text
    properties["values"] = _texts(template.fields.values(), template, "字段名 → 填写的文字；没有填写的字段不出现")
    properties["tables"] = _object(
        {table.name: _rows(table, template, defs["row"]) for table in template.tables.values()}, "表名 → 各行"
    )
    trees = [_indicators(tree, template, defs["indicator"]) for tree in template.trees.values()]
    items = trees[0] if len(trees) == 1 else {"oneOf": trees} if trees else False
    properties["indicators"] = properties["indicators"] | {"items": items}
    left = {"properties": {"state": {"enum": _LEFT_THE_HOUSE}}}
    return schema | {"if": left, "then": {"properties": _demands(template)}}


def _object(properties: Schema, description: str) -> Schema:
    return {
        "type": "object", "description": description, "additionalProperties": False, "properties": properties,
    }  # fmt: skip


def _texts(fields: Iterable[Field], template: Template, description: str) -> Schema:
    return _object({field.name: _text(field, template) for field in fields}, description)


def _text(field: Field, template: Template) -> Schema:
    said = [_KINDS.get(field.kind, "")]
    if field.kind is Kind.MONEY and not field.role and (unit := field.unit or template.unit):
        said.append(f"单位{unit}")
    if field.places is not None:
        said.append(f"至多 {field.places} 位小数")
    if field.limit:
        said.append(f"至多 {field.limit} 字")
    said += ["必填"] * field.required + ["由公式算出"] * (field.formula is not None)
    description = "；".join(filter(None, ["，".join(filter(None, said)), field.help]))
    schema = _TEXT | {"title": field.name}
    schema |= {"description": description} if description else {}
    return schema | ({"examples": list(field.choices)} if field.choices else {})


def _rows(table: Table, template: Template, row: Schema) -> Schema:
    one = deepcopy(row)
    one["properties"]["cells"] = _texts(table.columns, template, "列名 → 文字")
    if table.labels:
        one["properties"]["label"]["examples"] = list(table.labels)
    return {"type": "array", "title": table.name, "description": f"表“{table.name}”的各行", "items": one}


def _indicators(tree: Tree, template: Template, indicator: Schema) -> Schema:
    one = deepcopy(indicator)
    one["title"] = tree.name
    properties = one["properties"]
    properties["tree"]["const"] = tree.name
    properties["level1"]["examples"] = [limb.label for limb in tree.limbs]
    properties["level2"]["examples"] = [branch.label for limb in tree.limbs for branch in limb.branches]
    properties["columns"] = _texts(tree.columns, template, "列名 → 文字")
    return one


def _demands(template: Template) -> Schema:
    """What must hold once a filing has left the house; checks a template switches off or softens are not among it."""
    fields = list(template.fields.values())
    values = _limits(fields, template)
    if _blocks(template, "R-REQ"):
        required = [field.name for field in fields if field.required and field.formula is None]
        for name in required:
            values.setdefault(name, {})["pattern"] = _HOLDS_SOMETHING
        return {"values": {"required": required, "properties": values}} | _inner_limits(template)
    return {"values": {"properties": values}} | _inner_limits(template)


def _inner_limits(template: Template) -> Schema:
    tables = {}
    for table in template.tables.values():
        if limits := _limits(table.columns, template):
            tables[table.name] = {"items": {"properties": {"cells": {"properties": limits}}}}
    trees = [
        {
            "if": {"properties": {"tree": {"const": tree.name}}},
            "then": {"properties": {"columns": {"properties": limits}}},
        }
        for tree in template.trees.values()
        if (limits := _limits(tree.columns, template))
    ]
    demands: Schema = {"tables": {"properties": tables}} if tables else {}
    return demands | ({"indicators": {"items": {"allOf": trees}}} if trees else {})


def _limits(fields: Iterable[Field], template: Template) -> Schema:
    if not _blocks(template, "R-LEN"):
        return {}
    return {field.name: {"maxLength": field.limit} for field in fields if field.limit}


def _blocks(template: Template, rule: str) -> bool:
    return template.checks.get(rule, "错误") == "错误"


def interchange_schema(interchange: Interchange, template: Template) -> Schema:
    """The schema of the interchange JSON of one template's filings that the system refuses nothing of.

    Lengths in bytes cannot be said in a schema: there `maxLength` is the bound that always holds, and the description
    tells the bytes.
    """
    system = interchange.system
    tables = {}
    for table in system.tables.values():
        plans = [plan for plan in interchange.plans if plan.table == table.name]
        if plans:
            tables[table.name] = {
                "type": "array", "title": table.label, "items": _record(table, plans, interchange.measure),
            }  # fmt: skip
    return {
        "$schema": DIALECT,
        "$id": f"urn:jixiao:interchange:{FORMAT}:{template.id}:{quote(template.version)}:{system.id}",
        "title": f"{template.name}（{template.id} {template.version}）按{system.name}列名的数据",
        "description": "各表一行一个对象，键是系统的列名，所有数字都是文字。"
        + "列名和长度还没有与系统核对。" * system.awaiting,
        "type": "object",
        "required": ["province", "year", OURS],
        "additionalProperties": False,
        "properties": {
            "province": _TEXT | {"description": "表样适用的地区"},
            "year": _TEXT | {"description": "年度；几份表年度不同时为空"},
            **tables,
            OURS: _ours(),
        },
    }


def _ours() -> Schema:
    filings = {"type": "array", "items": {"type": "object", "required": ["id", "template", "year", "unit", "rest"]}}
    return {
        "type": "object", "description": "系统用不到、读回时要用的内容：各份填报，以及没有对应列的文字",
        "required": ["format", "filings"], "properties": {"format": {"const": FORMAT}, "filings": filings},
    }  # fmt: skip


def _record(table: SystemTable, plans: Sequence[Plan], measure: Measure) -> Schema:
    sources = {name: source for plan in plans for name, source in plan.sources.items()}
    columns = [column for column in table.columns.values() if column.name in sources]
    needed = [one.name for one in columns if one.required and all(one.name in plan.sources for plan in plans)]
    lacking = [one.label for one in table.columns.values() if one.required and one.name not in sources]
    properties = {column.name: _column(column, sources[column.name], measure) for column in columns}
    record = _object(properties, "；".join(f"系统必填“{label}”，这份表样没有这一栏" for label in lacking))
    return record | {"required": needed}


def _column(column: SystemColumn, source: Source, measure: Measure) -> Schema:
    taken = source.word or "、".join(source.names) or source.fixed
    said = [f"取自“{taken}”"]
    schema: Schema = _TEXT | {"title": column.label, "minLength": 1}
    if column.length:
        schema["maxLength"] = column.length
        said.append(f"至多 {column.length} " + ("字" if measure is Measure.CHARACTERS else f"字节（{measure}）"))
    if column.digits:
        total, decimals = column.digits
        schema["pattern"] = rf"^-?0*\d{{0,{total - decimals}}}(\.\d{{0,{decimals}}}0*)?$"
        said.append(f"数，至多 {total - decimals} 位整数、{decimals} 位小数")
    elif column.forbidden:
        schema["pattern"] = f"^[^{re.escape(column.forbidden)}]*$"
        said.append(f"不能有 {' '.join(column.forbidden)}")
    schema["description"] = "；".join(said)
    return schema
