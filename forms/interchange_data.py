"""Filings as a finance system takes them, with what its tables do not hold, and the filings back from both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from forms.canonical import read_json
from forms.errors import ExportRefused, SourceRefused
from forms.filing import Filing, TemplateRef, Unit
from forms.language import N_
from forms.mapping.checks import problems
from forms.mapping.model import Interchange
from forms.mapping.rows import JOINT, Record, records
from forms.mapping.texts import Texts, read_back, texts_of
from forms.problem import Problem
from forms.rules import Review
from forms.template.model import Template

FORMAT = "1"
OURS = "jixiao"  # the key beside the system's tables under which stands what they cannot give back
_NOT_OURS = N_("“{name}”不是本程序写出的交换文件，读不回来；系统导出的表请用 import 导入。")

Tables = dict[str, list[dict[str, str]]]


class Remainder(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One text of a filing that the system's columns do not give back as it was typed.

    Without `block` it is a field; otherwise an entry of a table or tree, described as in Row and Indicator.
    """

    column: str = ""
    text: str = ""
    block: str = ""
    row: str = ""
    label: str = ""
    level1: str = ""
    level2: str = ""


class Portion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One filing of a file: what it was filled on, and what the system's tables do not hold of it."""

    id: str
    template: TemplateRef
    year: str
    unit: Unit
    rest: tuple[Remainder, ...] = ()


class Dataset(msgspec.Struct, frozen=True):
    """What one interchange file holds: rows of the system's tables by name, and the filings they were made of."""

    region: str
    year: str
    tables: Tables
    portions: tuple[Portion, ...]


Mapped = Sequence[tuple[Interchange, Review]]
MappingOf = Callable[[Template], Interchange | None]


def mapped(reviews: Iterable[Review], mapping_of: MappingOf) -> Mapped:
    """The reviews whose forms have a mapping, with it, all into one system. ExportRefused where none has one."""
    told = [(review, mapping_of(review.template)) for review in reviews]
    found = [(interchange, review) for review, interchange in told if interchange is not None]
    if told and not found:
        template = told[0][0].template
        message = N_("表样“{name}”（{id}）还没有与财政系统的对照表；请用 --mapping 指定一份。")
        raise ExportRefused(message, name=template.name, id=template.id)
    if len({interchange.system.id for interchange, _ in found}) > 1:
        raise ExportRefused(N_("这几份表要进不同的系统，不能写在一个文件里；请分开写。"))
    return found


def refusals(interchange: Interchange, review: Review) -> list[Problem]:
    """What the system would refuse of one filing."""
    rows = list(records(interchange, review.template, review.filing, review.computed))
    return list(problems(interchange, review.filing, rows))


def dataset(made: Mapped) -> Dataset:
    """The rows of filings in their system; its tables in its order, empty ones left out."""
    tables: Tables = {name: [] for interchange, _ in made[:1] for name in interchange.system.tables}
    portions: list[Portion] = []
    regions = {review.template.region for _, review in made}
    for interchange, review in made:
        rows = list(records(interchange, review.template, review.filing, review.computed))
        for record in rows:
            tables[record.plan.table].append(record.texts)
        portions.append(_portion(interchange, review.template, review.filing, rows))
    years = {portion.year for portion in portions}
    filled = {name: rows for name, rows in tables.items() if rows}
    return Dataset(_only(regions), _only(years), filled, tuple(portions))


def _only(said: set[str]) -> str:
    return said.pop() if len(said) == 1 else ""


def _portion(interchange: Interchange, template: Template, filing: Filing, rows: Sequence[Record]) -> Portion:
    tables: Tables = {}
    for record in rows:
        tables.setdefault(record.plan.table, []).append(record.texts)
    back = read_back(interchange, template, filing.id, tables)
    rest = tuple(_lost(texts_of(filing), back))
    return Portion(filing.id, filing.template, filing.year, filing.unit, rest)


def _lost(typed: Texts, back: Texts) -> Iterator[Remainder]:
    """Whatever stands in a filing and does not come back from the system's tables, or comes back otherwise."""
    for name in dict.fromkeys([*typed.values, *back.values]):
        if typed.values.get(name, "") != back.values.get(name, ""):
            yield Remainder(name, typed.values.get(name, ""))
    for key, one in typed.entries.items():
        other = back.entries.get(key)
        known = other.columns if other else {}
        names = dict.fromkeys([*one.columns, *known])
        lost = [name for name in names if one.columns.get(name, "") != known.get(name, "")]
        seats = (one.label, one.level1, one.level2)
        if other and not lost and seats != (other.label, other.level1, other.level2):
            lost = [""]
        for name in lost:
            yield Remainder(name, one.columns.get(name, ""), one.block, one.id, *seats)


def filings(found: Dataset, template_of: Callable[[TemplateRef], Template], mapping_of: MappingOf) -> Iterator[Filing]:
    """The filings of a file, text for text. Raises TemplateUnknown where the form of one is not known."""
    rows = _rows_of(found)
    for portion in found.portions:
        template = template_of(portion.template)
        interchange = mapping_of(template)
        back = read_back(interchange, template, portion.id, rows[portion.id]) if interchange else Texts()
        _restore(portion, back)
        filing = Filing(portion.id, portion.template, year=portion.year, unit=portion.unit)
        yield back.filled(template, filing)


def _rows_of(found: Dataset) -> dict[str, Tables]:
    """The rows that may be of each filing, by its id: those in which a text begins with it."""
    rows: dict[str, Tables] = {portion.id: {} for portion in found.portions}
    joined = [ident for ident in rows if JOINT in ident]  # of other programs; ours are hexadecimal
    for table, every in found.tables.items():
        for texts in every:
            owners = {text.partition(JOINT)[0] for text in texts.values()} & rows.keys()
            owners.update(ident for ident in joined if any(text.startswith(ident) for text in texts.values()))
            for ident in owners:
                rows[ident].setdefault(table, []).append(texts)
    return rows


def _restore(portion: Portion, back: Texts) -> None:
    for one in portion.rest:
        if not one.block:
            back.values[one.column] = one.text
            continue
        entry = back.entry(one.block, one.row)
        entry.label, entry.level1, entry.level2 = one.label, one.level1, one.level2
        if one.column:
            entry.columns[one.column] = one.text


def to_json(found: Dataset) -> bytes:
    """The file in JSON: the system's tables as arrays under their names; every number is a string."""
    ours = {"format": FORMAT, "filings": msgspec.to_builtins(found.portions)}
    tree = {"province": found.region, "year": found.year, **found.tables, OURS: ours}
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def read_data(data: bytes, name: str) -> Dataset:
    """An interchange file in JSON that this program wrote. Raises SourceRefused, PackageRefused."""
    return dataset_of(read_json(data), name)


def dataset_of(tree: dict[str, object], name: str) -> Dataset:
    """The object of a file as a Dataset; SourceRefused where it is not one of ours."""
    ours = tree.pop(OURS, None)
    if not isinstance(ours, dict) or ours.get("format") != FORMAT:
        raise SourceRefused(_NOT_OURS, name=name)
    plain = {"region": tree.pop("province", ""), "year": tree.pop("year", ""), "tables": tree}
    try:
        return msgspec.convert({**plain, "portions": ours.get("filings")}, Dataset)
    except msgspec.ValidationError as error:
        raise SourceRefused(_NOT_OURS, name=name) from error
