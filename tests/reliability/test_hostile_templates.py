"""Template files made to harm or merely broken: refused with TemplateRefused, after a counted amount of work."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.errors import TemplateRefused
from forms.template.load import is_set, load, load_set
from forms.template.spelling import label_key
from forms.template.tree import MAX_FAULTS
from tests.forms.filled_forms import TEMPLATES
from tests.reliability.campaign import rounds

HEAD = '语法: 1\n编号: a\n模板: 甲\n版本: "1"\n'
SMALL = HEAD + "字段: {名: 文本}\n列宽: [1]\n版式: |\n  [名]\n"


def fields(count: int, spelt: str = "金额") -> str:
    return "字段:\n" + "".join(f"  f{n}: {spelt.format(n=n - 1)}\n" for n in range(count))


def listed(pattern: str) -> str:
    return ", ".join(map(pattern.format, range(20_000)))


NOTHING = "".join(f"{key}:\n" for key in ("语法", "编号", "模板", "版本", "字段", "表", "指标", "列宽", "版式"))

HOSTILE: dict[str, Callable[[], str]] = {
    "a laugh of aliases": lambda: "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)),
    "an alias to itself": lambda: "a: &a [*a]",
    "a python tag": lambda: "a: !!python/object/apply:os.system [ls]",
    "a local tag": lambda: "a: !x 1",
    "a merge key": lambda: HEAD + "<<: {a: 1}\n",
    "a deep list": lambda: HEAD + "字段: " + "[" * 100_000,
    "a deep map": lambda: HEAD + "字段: " + "{a: " * 100_000,
    "deep blocks": lambda: "".join("  " * n + "a:\n" for n in range(500)),
    "many keys": lambda: "".join(f"k{n}: 1\n" for n in range(100_000)),
    "many unknown keys": lambda: "".join(f"版本{n}: 1\n" for n in range(25_000)),
    "the same key over and over": lambda: "语法: 1\n" * 25_000,
    "a scalar of a megabyte": lambda: HEAD + "模: " + "字" * 1_000_000,
    "a key of a megabyte": lambda: HEAD + '? "' + "键" * 1_000_000 + '"\n: 1\n',
    "a file of six megabytes": lambda: HEAD + "# " + "x" * 6_000_000,
    "few characters of many bytes": lambda: HEAD + "# " + "字" * 2_000_000,
    "a code of ten thousand digits": lambda: HEAD + "列宽: [" + "9" * 10_000 + "]\n版式: |\n  甲\n",
    "rows of ten thousand digits": lambda: HEAD + "表: {甲: {列: {乙: 文本}, 行: 1.." + "9" * 10_000 + "}}\n",
    "a preset of ten thousand digits": lambda: HEAD + "指标: {列: {甲: 名称}, 树: {乙: {丙: " + "9" * 10_000 + "}}}\n",
    "a limit of ten thousand digits": lambda: HEAD + "字段: {甲: {类型: 文本, 限: " + "9" * 10_000 + "}}\n",
    "ten thousand rules": lambda: SMALL + "规则:\n" + "".join(f"  r{n}: 1 = 1 | 一\n" for n in range(10_000)),
    "a formula of a megabyte": lambda: SMALL + "规则: {甲: " + "1 + " * 250_000 + "1 = 1 | 乙}\n",
    "a deep formula": lambda: SMALL + "规则: {甲: " + "(" * 400 + "1" + ")" * 400 + " = 1 | 乙}\n",
    "a drawing of too many rows": lambda: HEAD + "列宽: [1]\n版式: |\n" + "  甲\n" * 5_001,
    "a drawing of too many cells": lambda: HEAD + f"列宽: [{', '.join('1' * 60)}]\n版式: |\n" + "  甲\n" * 400,
    "a line of too many cells": lambda: HEAD + "列宽: [1]\n版式: |\n  " + "|" * 100_000 + "\n",
    "too many boxes": lambda: HEAD + f"字段: {{甲: [{', '.join(f'选{n}' for n in range(200))}]}}\n列宽: [1]\n版式: |\n"
    + "  [甲□]\n" * 4_000,
    "a cell of too many words": lambda: HEAD + "列宽: [1]\n版式: |\n  " + "（元）" * 100_000 + "\n",
    "too many widths": lambda: HEAD + f"列宽: [{', '.join('1' * 1_000)}]\n版式: |\n  甲\n",
    "a width of nothing": lambda: HEAD + "列宽: [0, .inf, -1, 1e9]\n版式: |\n  甲\n",
    "too many columns": lambda: HEAD + "表: {甲: {行: 1..2, 列: {" + listed("c{}: 文本") + "}}}\n",
    "too many branches": lambda: HEAD + "指标: {列: {甲: 名称}, 树: {乙: [" + listed("b{}") + "]}}\n",
    "too many choices": lambda: HEAD + "字段: {甲: [" + listed("c{}") + "]}\n",
    "a circle of many fields": lambda: HEAD + fields(10_000, "金额 = f{n}").replace("f-1", "f9999"),
    "fields that are not drawn": lambda: HEAD + fields(10_000) + "列宽: [1]\n版式: |\n  甲\n",
    "blanks in a type": lambda: HEAD + '字段: {甲: "文本' + " " * 100_000 + '!"}\n列宽: [1]\n版式: |\n  [甲]\n',
    "brackets without partners": lambda: HEAD + "列宽: [1]\n版式: |\n  " + "[" * 1_900 + "\n",
    "holes without an end": lambda: HEAD + '表: {甲: {列: {乙: 文本}, 行: 1..2, 样: "' + "{乙:" * 100_000 + '"}}\n',
    "a rule of bars": lambda: SMALL + "规则: {甲: '" + "|" * 100_000 + "'}\n",
    "names with signs": lambda: SMALL.replace("{名: 文本}", '{"a\\n|[]": 文本, "": 文本, " ": 文本}'),
    "escaped control characters": lambda: SMALL.replace("模板: 甲", 'A: "\\0\\x1b[31m"'),
    "half a surrogate pair": lambda: SMALL + "# \udcff",
    "an escaped surrogate": lambda: SMALL.replace("模板: 甲", 'B: "\\ud800"'),
    "a character beyond the last": lambda: SMALL.replace("模板: 甲", 'C: "\\U0011ffff"'),
    "a null": lambda: SMALL + "\0",
    "two documents": lambda: SMALL + "---\n" + SMALL,
    "a directive": lambda: "%YAML 9.9\n---\n" + SMALL.replace("字段", "字"),
    "maps where words belong": lambda: HEAD.replace("甲", "{a: b}") + "列宽: {a: 1}\n版式: {b: 1}\n表: x\n指标: [y]\n",
    "null everywhere": lambda: NOTHING,
}  # fmt: skip


def refused(text: str) -> TemplateRefused:
    with pytest.raises(TemplateRefused) as refusal:
        load(text, "敌.yaml")
    return refusal.value


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_template_is_refused_with_few_short_sentences(make: Callable[[], str]) -> None:
    refusal = refused(make())
    assert 0 < len(refusal.faults) <= MAX_FAULTS + 1
    assert all(len(str(fault)) < 600 for fault in refusal.faults)


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_set_is_refused_too(make: Callable[[], str]) -> None:
    with pytest.raises(TemplateRefused):
        load_set(make())


def steps_of(make: Callable[[], str]) -> int:
    """How many lines of our own code run while the template is refused."""
    text = make()
    counted = 0

    def trace(frame: object, event: str, _argument: object) -> object:
        nonlocal counted
        counted += event == "line"
        return trace if "template" in frame.f_code.co_filename else None  # type: ignore[attr-defined]  # a frame

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # the protocol of trace functions is looser than typeshed's
    try:
        refused(text)
    finally:
        sys.settrace(before)
    return counted


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "".join(f"k{i}: 1\n" for i in range(n)),
        lambda n: HEAD + fields(n, "金额 = f{n}").replace("f-1", f"f{n - 1}"),
        lambda n: HEAD + fields(n) + "列宽: [1]\n版式: |\n  甲\n",
        lambda n: HEAD + "列宽: [1]\n版式: |\n" + "  甲\n" * n + "  @乙\n",
        lambda n: HEAD + "表: {甲: {列: {乙: 文本}, 行: [" + ", ".join(f"r{i}" for i in range(n)) + "]}}\n",
        lambda n: HEAD + "指标: {列: {甲: 名称}, 树: {乙: [" + ", ".join(f"b{i}" for i in range(n)) + "]}}\n",
    ],
    ids=["keys", "circle", "fields", "rows", "labels", "branches"],
)
def test_the_work_grows_with_the_file_and_not_with_its_square(make: Callable[[int], str]) -> None:
    few, many = steps_of(lambda: make(500)), steps_of(lambda: make(4_000))
    assert many <= 10 * few + 5_000


def test_events_are_counted_before_anything_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = 0
    parse = yaml.parse

    def counting(data: str, **how: object) -> object:
        nonlocal seen
        for event in parse(data, **how):  # type: ignore[arg-type]  # passed on as it came
            seen += 1
            yield event

    monkeypatch.setattr(yaml, "parse", counting)
    monkeypatch.setattr(yaml, "compose", lambda *_, **_how: pytest.fail("built"))
    refused(HOSTILE["many keys"]())
    assert seen < 61_000


@pytest.mark.parametrize("text", ["金额" + "（万元）" * 50_000, "其中" * 100_000, "“" * 100_000])
def test_comparing_a_label_takes_a_few_passes(text: str) -> None:
    assert len(label_key(text)) <= len(text)


LINES = sorted({line for template in TEMPLATES for line in template.text.split("\n")})
SIGNS = (*'[]|<^@{}:*!□\\="#', "", "&a", "- ", "9" * 5000)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A sound template with some lines dropped, doubled, cut, swapped for others, or sprinkled with signs."""
    lines = draw(st.sampled_from(TEMPLATES)).text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = draw(st.integers(0, len(line)))
        sprinkled = line[:cut] + draw(st.sampled_from(SIGNS)) + line[cut:]
        lines[at : at + 1] = draw(st.sampled_from(([""], [line] * 2, [sprinkled], [draw(st.sampled_from(LINES))])))
    return "\n".join(lines)


def outcome(text: str) -> TemplateRefused | None:
    try:
        load(text)
    except TemplateRefused as refusal:
        return refusal
    return None


@given(mutated())
@settings(max_examples=rounds(150, 3_000), deadline=None)
def test_a_mutated_template_loads_or_is_refused(text: str) -> None:
    refusal = outcome(text)
    faults = refusal.faults if refusal else ()
    assert all(0 <= fault.line <= text.count("\n") + 1 for fault in faults)
    assert all(str(fault).count("\n") == 0 for fault in faults)


@given(st.text(max_size=300) | st.text("语法:1编号模板版本列宽式|[]{}<^@甲\n  -&*!\"'#", max_size=300))
@settings(max_examples=rounds(150, 3_000), deadline=None)
def test_any_text_is_refused_and_nothing_else_happens(text: str) -> None:
    for read in (load, load_set):
        with pytest.raises(TemplateRefused):
            read(text)
    assert not is_set(text)
