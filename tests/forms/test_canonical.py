from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import canonical as module
from forms.canonical import MOST_BYTES, canonical, read_canonical, read_filing
from forms.errors import PackageRefused
from forms.filing import Filing, Indicator, Place, Row, TemplateRef

FROZEN = Path(__file__).parents[1] / "fixtures" / "filing-v1.json"
BLANK = Filing(id="0123456789abcdef", template=TemplateRef("gd-quyu-2022", "2022.1", "0" * 64))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
cells = st.dictionaries(texts, texts, max_size=4)
filings = st.builds(
    BLANK.replace,
    year=texts,
    values=cells,
    tables=st.dictionaries(texts, st.lists(st.builds(Row, texts, cells, texts), max_size=3).map(tuple), max_size=2),
    indicators=st.lists(st.builds(Indicator, texts, texts, texts, cells), max_size=3).map(tuple),
)
trees = st.recursive(
    st.none() | st.booleans() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


def refusal(data: bytes) -> str:
    with pytest.raises(PackageRefused) as caught:
        read_filing(data)
    assert str(caught.value)
    return caught.value.code


@given(filings)
def test_a_filing_written_and_read_is_the_same(filing: Filing) -> None:
    data = canonical(filing)
    assert read_filing(data) == filing
    assert canonical(read_filing(data)) == data


@given(st.dictionaries(texts, trees, max_size=4))
def test_a_canonical_tree_is_json_of_the_same_values_and_canonical_again(tree: dict[str, object]) -> None:
    data = canonical(tree)
    assert json.loads(data) == tree
    assert canonical(read_canonical(data)) == data


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes) -> None:
    assert refusal(data)


def test_the_frozen_example_of_version_1_is_read_and_written_alike() -> None:
    data = FROZEN.read_bytes()
    filing = read_filing(data)
    assert filing.text(Place(table="任务", row="00000000000000a2", column="总额")) == "=100%"
    assert filing.text(Place(field="负责人")) == "㛃𠮷\\\t"
    assert canonical(filing) == data


def test_keys_are_ordered_by_utf16_and_not_by_code_point() -> None:
    # U+20BB7 is above U+FB33, but its first code unit, D842, is below it.
    high, low = "\U00020bb7", "\ufb33"
    assert canonical({low: "1", high: "2", "a": "3"}) == f'{{"a":"3","{high}":"2","{low}":"1"}}'.encode()


def test_only_what_must_be_escaped_is_escaped() -> None:
    assert (
        canonical('"\\/\b\f\n\r\t\x00\x1f\x7f\u2028€') == '"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\u2028€"'.encode()
    )


@pytest.mark.parametrize("number", [1, 1.5, float("nan"), b"1"])
def test_a_number_has_no_canonical_form(number: object) -> None:
    with pytest.raises(TypeError):
        canonical({"a": number})


def test_half_a_character_is_refused_when_writing() -> None:
    with pytest.raises(PackageRefused) as caught:
        canonical(BLANK.replace(year="\ud800"))
    assert caught.value.code == "surrogate"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("not-json", b""),
        ("not-json", b"[]"),
        ("not-json", b'"text"'),
        ("not-json", b"\xef\xbb\xbf{}"),
        ("not-json", b'{"format":"1"'),
        ("not-utf8", b'{"a":"\xff"}'),
        ("not-utf8", b'{"a":"\xed\xa0\x80"}'),
        ("number", b'{"a":1}'),
        ("number", b'{"a":-1.5e3}'),
        ("number", b'{"a":NaN}'),
        ("number", b'{"a":-Infinity}'),
        ("number", b'{"a":' + b"9" * 5000 + b"}"),
        ("duplicate-key", b'{"a":"1","a":"1"}'),
        ("duplicate-key", b'{"a":{"b":"1","\\u0062":"2"}}'),
        ("too-deep", b'{"format":' + b"[" * 100_000),
        ("unknown-version", b"{}"),
        ("unknown-version", b'{"format":"2"}'),
        ("unknown-version", b'{"format":["1"]}'),
        ("not-a-filing", b'{"format":"1"}'),
        ("too-large", b" " * (MOST_BYTES + 1)),
    ],
)
def test_each_fault_has_its_own_code(code: str, data: bytes) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("not-canonical", b'"year":""', b'"year": ""'),
        ("not-canonical", b',"year":""', b""),
        ("not-canonical", b'"state":"draft"', b'"state":"dr\\u0061ft"'),
        ("not-a-filing", b'"year":""', b'"year":null'),
        ("not-a-filing", b'"year":""', b'"year":"","zzz":""'),
        ("number", b'"year":""', b'"year":2022'),
        ("surrogate", b'"year":""', b'"year":"\\ud842"'),
    ],
)
def test_a_filing_altered_by_other_software_is_refused(code: str, old: bytes, new: bytes) -> None:
    data = canonical(BLANK)
    assert old in data
    assert refusal(data.replace(old, new)) == code


def test_nesting_is_counted_exactly() -> None:
    assert canonical(read_canonical(b'{"a":' + b"[" * 63 + b"]" * 63 + b"}"))
    with pytest.raises(PackageRefused) as caught:
        read_canonical(b'{"a":' + b"[" * 64 + b"]" * 64 + b"}")
    assert caught.value.code == "too-deep"


def test_an_old_version_goes_through_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    current = json.loads(canonical(BLANK))
    monkeypatch.setattr(module, "READERS", {"0": lambda tree: {**current, "id": tree["name"]}})
    assert read_filing(b'{"format":"0","name":"x"}') == BLANK.replace(id="x")
    assert refusal(b'{"name":"x","format":"0"}') == "not-canonical"
