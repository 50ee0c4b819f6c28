"""Checks whether an indicator stands under the right 二级: each kind of measure has its own place."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checker.criteria import Check, Checks, Criterion, Dimension, Finding
from forms.checker.lexicon import lexicon
from forms.checker.targets import best_grade
from forms.checker.usages import Category, category_of
from forms.checker.view import Line
from forms.checker.words import Span, Words, shown
from forms.indicator_value import Reading
from forms.indicator_value.words import DURATIONS
from forms.language import N_
from forms.numerals import COUNTED
from forms.problem import Severity

_OUTPUTS = frozenset({Category.QUANTITY, Category.QUALITY, Category.TIME, Category.COST})
_EFFECTS = frozenset({Category.ECONOMIC, Category.SOCIAL, Category.ECOLOGICAL, Category.LASTING})
_RATES = frozenset({"%", "‰"})
_GRADED = frozenset({"分", "星", "名", ""})  # units of a quality


def _misplaced(line: Line, span: Span, should: str) -> Finding:
    """Finding that the words at `span` of a name say of what class the indicator is."""
    told = {"name": shown(line.name.text), "words": line.name.text[slice(*span)], "should": should,
            "level2": line.indicator.level2}  # fmt: skip
    message = N_("“{name}”说的是“{words}”，不属于“{level2}”；请移到{should}。")
    return Finding(line.name.at, message, told, span)


def _by_words(line: Line, words: Words, outside: frozenset[Category], should: str) -> Iterator[Finding]:
    span = words.find(line.name.text) if line.category in outside else None
    if span:
        yield _misplaced(line, span, should)


def of_time(line: Line) -> Iterator[Finding]:
    """When something is done stands under 时效."""
    outside = (_OUTPUTS | _EFFECTS) - {Category.TIME}
    found = list(_by_words(line, lexicon().time, outside, "时效指标"))
    yield from found
    value = None if found or line.category not in _OUTPUTS - {Category.TIME} else line.value
    if value is not None and line.reading.kind == "deadline":
        message = N_("“{name}”的指标值“{value}”是完成时间，不属于“{level2}”；请移到时效指标。")
        told = {"name": shown(line.name.text), "value": shown(value.text), "level2": line.indicator.level2}
        yield Finding(value.at, message, told, line.span(*line.reading.span))


def of_rates(line: Line) -> Iterator[Finding]:
    """How well something works is a quality, no lasting effect and no time."""
    if not lexicon().time.find(line.name.text):
        outside = frozenset({Category.LASTING, Category.TIME})
        yield from _by_words(line, lexicon().rates, outside, "质量指标")


def of_cost(line: Line) -> Iterator[Finding]:
    """What something costs or saves stands under 成本; saving is an economic effect too."""
    outside = (_OUTPUTS | _EFFECTS) - {Category.COST, Category.ECONOMIC}
    yield from _by_words(line, lexicon().cost, outside, "成本指标")


def of_satisfaction(line: Line) -> Iterator[Finding]:
    """Satisfaction stands under 满意度, where the form has it."""
    found = list(_by_words(line, lexicon().satisfaction, _OUTPUTS | _EFFECTS, "满意度指标"))
    if found:
        labels = ((limb.label, branch.label) for limb in line.tree.limbs for branch in limb.branches)
        if any(category_of(*pair) is Category.SATISFACTION for pair in labels):
            yield from found


def of_outputs(line: Line) -> Iterator[Finding]:
    """What was done is an output, no effect."""
    if line.category not in _EFFECTS or lexicon().not_outputs.find(line.name.text):
        return
    name = line.name.text.strip()
    start = line.name.text.index(name)
    deed, end = lexicon().outputs.at_start(name), lexicon().output_ends.at_end(name)
    span = (0, len(deed)) if deed else (len(name) - len(end), len(name)) if end else None
    if span:
        yield _misplaced(line, (start + span[0], start + span[1]), "产出指标")


def of_ecology(line: Line) -> Iterator[Finding]:
    """The state of air, water and soil is an ecological effect; the efficiency of an office is none."""
    known = lexicon()
    if line.category is Category.ECOLOGICAL:
        yield from _by_words(line, known.efficiency, frozenset({Category.ECOLOGICAL}), "社会效益指标")
    elif not known.not_ecology.find(line.name.text):
        yield from _by_words(line, known.ecology, _OUTPUTS | _EFFECTS, "生态效益指标")


def of_numbers(line: Line) -> Iterator[Finding]:
    """A quantity is counted, a quality is not."""
    value, reading = line.value, _of_best_grade(line)
    if value is None or reading is None or reading.number is None:
        return
    told = {"name": shown(line.name.text), "number": f"{reading.number:f}{reading.unit}"}
    span = line.span(*reading.span) if reading is line.reading else None
    if line.category is Category.QUANTITY and reading.unit in _RATES:
        message = N_("数量指标“{name}”的值“{number}”是比例；请写绝对数，比例放到质量指标。")
        yield Finding(value.at, message, told, span)
    elif line.category is Category.QUALITY and _is_count(line, reading):
        message = N_("质量指标“{name}”的值“{number}”是个数，应放在数量指标；质量写达到什么标准、比例多少。")
        yield Finding(value.at, message, told, span)


def _of_best_grade(line: Line) -> Reading | None:
    if line.reading.kind == "rubric" and line.value is not None:
        return best_grade(line.value.text, line.year)
    return line.reading if line.reading.kind in ("compare", "quantity", "interval", "frequency") else None


def _is_count(line: Line, reading: Reading) -> bool:
    """Whether a number counts things: no share, mark, measure of time, of concentration, and no mishap."""
    unit = reading.unit.partition("（")[0]
    return unit in COUNTED and unit not in DURATIONS | _GRADED and not lexicon().mishaps.find(line.name.text)


def _criterion(ident: str, title: str) -> Criterion:
    return Criterion(ident, Severity.WARNING, Dimension.RELEVANT, title, "财预〔2015〕88号附件填报说明")


CHECKS = Checks(
    lines=(
        Check(_criterion("R-CLS-NUM", N_("数量写个数，质量不写个数")), of_numbers),
        Check(_criterion("R-CLS-TIME", N_("完成得快慢放在时效指标")), of_time),
        Check(_criterion("R-CLS-RATE", N_("好坏的比率放在质量指标")), of_rates),
        Check(_criterion("R-CLS-COST", N_("花费和节约放在成本指标")), of_cost),
        Check(_criterion("R-CLS-OUT", N_("做了什么不放在效益指标")), of_outputs),
        Check(_criterion("R-CLS-ECO", N_("环境状况放在生态效益指标，工作效率不放")), of_ecology),
        Check(_criterion("R-CLS-SAT", N_("满意度放在满意度指标")), of_satisfaction),
    ),
)
