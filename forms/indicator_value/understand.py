"""An indicator value understood: parted into clauses, each read by the grammar, and joined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms import numerals
from forms.indicator_value.clause import readings
from forms.indicator_value.reading import Reading, words_only
from forms.indicator_value.tokens import Token, tokens
from forms.indicator_value.words import Sort

_CHOICES = numerals.words("是/否 否/是 有/无 无/有 是 否 √ ☑ ✓ ✔")
_AND = "且并,，、;； "
_SAYS_HOW_MUCH = frozenset({Sort.NUMBER, Sort.DATE, Sort.CLASS, Sort.VAGUE})
_MEASURES = frozenset({"compare", "interval", "frequency", "duration", "quantity"})


def understand(text: str, year: int | None = None) -> Reading:
    """Read an indicator value; every text has a reading, at worst of kind text. Spans count characters of `text`.

    `year` completes deadlines that name none (年底前). Read are signs and their words, full-width digits and Chinese
    numerals, units, intervals, frequencies, deadlines, classes, choices and rubrics, in one clause or several.
    """
    found = tokens(text)
    if not found:
        return words_only("text", text, (0, len(text)))
    span = (found[0].start, found[-1].end)
    if numerals.narrow(text).replace(" ", "").strip() in _CHOICES:
        return words_only("choice", text, span)
    if _is_rubric(found):
        return words_only("rubric", text, span)
    clauses = [_dated(readings(text, clause, year)) for clause in _clauses(found)]
    return _joined(text, span, [one for clause in clauses for one in clause])


def _is_rubric(found: Sequence[Token]) -> bool:
    """Whether the value is a scale of grades: two of them, or one with the number it asks for."""
    marks = sum(token.sort is Sort.MARK for token in found)
    return marks > 1 or (marks == 1 and any(token.sort is Sort.NUMBER for token in found))


def _clauses(found: Sequence[Token]) -> list[list[Token]]:
    """Part the tokens at every stop, and at 和 及 、 where both sides say how much."""
    clauses: list[list[Token]] = [[]]
    told = False
    for sort, piece in _pieces(found):
        tells = any(token.sort in _SAYS_HOW_MUCH for token in piece)
        if sort is Sort.STOP or (told and tells):
            clauses.append(piece)
            told = tells
        else:
            clauses[-1].extend(piece)
            told = told or tells
    return [clause for clause in clauses if clause]


def _pieces(found: Sequence[Token]) -> list[tuple[Sort, list[Token]]]:
    """The runs of tokens between stops and joins, each with what stands before it."""
    pieces: list[tuple[Sort, list[Token]]] = [(Sort.STOP, [])]
    for token in found:
        if token.sort in (Sort.STOP, Sort.JOIN):
            pieces.append((token.sort, []))
        else:
            pieces[-1][1].append(token)
    return pieces


def _joined(text: str, span: tuple[int, int], said: Sequence[Reading]) -> Reading:
    """Make one reading of all: the only one that says something, a measure with its deadline, or several clauses."""
    telling = _dated([one for one in said if one.kind != "text" or one.unit])
    if not telling:
        return words_only("text", text, span)
    if between := _between(text, telling):
        return replace(between, raw=text, span=span)
    if len(telling) > 1:
        return replace(words_only("multi", text, span), clauses=tuple(said))
    only = replace(telling[0], raw=text)
    if only.kind in ("compare", "duration") and not only.sign and any(one.kind == "text" for one in said):
        return replace(only, kind="quantity") if only.unit else words_only("text", text, span)
    return only


def _between(text: str, said: Sequence[Reading]) -> Reading | None:
    """Join two bounds of one number with nothing but 且 between and around them: ≥90%且≤100%."""
    if len(said) != 2 or any(one.kind not in _MEASURES or one.per or one.number2 is not None for one in said):
        return None
    low, high = said
    beside = text[: low.span[0]] + text[low.span[1] : high.span[0]] + text[high.span[1] :]
    if low.sign not in ("≥", "＞") or high.sign not in ("≤", "＜") or beside.strip(_AND):
        return None
    if low.unit != high.unit or low.number is None or high.number is None or low.number > high.number:
        return None
    return replace(low, kind="interval", sign="", number2=high.number)


def _dated(said: Sequence[Reading]) -> list[Reading]:
    """Join a deadline and the one measure beside it."""
    deadlines = [one for one in said if one.kind == "deadline"]
    measures = [one for one in said if one.kind in _MEASURES and one.deadline is None]
    if len(said) != 2 or len(deadlines) != 1 or len(measures) != 1:
        return list(said)
    span = (min(one.span[0] for one in said), max(one.span[1] for one in said))
    raw = "".join(one.raw for one in said)
    return [replace(measures[0], deadline=deadlines[0].deadline, span=span, raw=raw)]
