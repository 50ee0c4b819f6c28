"""Which cells of an unknown form are printed words and which are filled in, judged row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.authoring.blanks import is_to_fill
from forms.authoring.given_cells import GivenCell, GivenForm, Place
from forms.authoring.labels import joined, label_score
from forms.authoring.lexicon import Lexicon, is_number, is_placeholder
from forms.language import N_


class Part(StrEnum):
    """What a cell of a form is."""

    WORDS = "文字"
    BLANK = "填写"
    EMPTY = "空格"
    BLOCK = "表"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a cell was taken for, how surely (percent), and the reason, which is a sentence of the catalogue."""

    part: Part
    sure: int
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of one cell; what is left empty stays as proposed."""

    part: Part | None = None
    name: str = ""
    kind: str = ""


_FIRST = 0.8  # a row begins with a label
_TALL = 1.0  # so does a group of rows
_VALUE_AFTER_VALUE = -1.5
_BLANK_AFTER_VALUE = -0.2
_LABEL_AFTER_LABEL = -0.7
_LABEL_LAST = -4.0  # a label has something beside it
_HEADING_LAST = -1.5  # unless the row is all labels, the heading of what stands below
_LEAST_HEADING = 4  # labels in a row that may be one
_LONGEST_GROUP = 24
_TO_FILL = -3.0  # words around a place to write
_PRINTED = 6.0  # on a form nobody has filled in, words are printed
_PRINTED_NUMBER = 10.0  # a full score of 100, say
_SMALL = re.compile(r"\d{1,3}%?|[—\-/]+")
_WRITTEN = -1.5  # the score of a text that is no label
_FORCED = 50.0  # a score no reading goes against

_KNOWN = N_("词表中有的栏目名")
_BEFORE = N_("右边是填写的格")
_AFTER = N_("左边是栏目名")
_NOTHING = N_("空着，左边和上面都没有栏目名")
_VARIES = N_("各份表上不一样")
_SAME = N_("各份表上都一样")
_DECIDED = N_("由用户确定")


def judge(
    rows: Sequence[int], form: GivenForm, lexicon: Lexicon, copies: Sequence[GivenForm], told: Mapping[Place, Part]
) -> dict[Place, Judged]:
    """What the cells that begin in `rows` are; `copies` are other fillings of the form, `told` what a person said."""
    varies = _repetition(form, copies)
    if _is_blank(rows, form, lexicon):
        printed = (cell for cell in form.cells if cell.text)
        varies |= {
            cell.place: _PRINTED_NUMBER if is_number(cell.text) else _PRINTED
            for cell in printed
            if not is_to_fill(cell.text, lexicon) and not is_placeholder(cell.text)
        }
    judged: dict[Place, Judged] = {}
    for row in rows:
        beside = any(form.at(row, col).row < row for col in range(form.columns))
        judged.update(_row(form.lines[row], lexicon, varies, told, beside=beside))
    for place, part in told.items():
        judged[place] = Judged(part, 100, _DECIDED)
    return judged


def _is_blank(rows: Sequence[int], form: GivenForm, lexicon: Lexicon) -> bool:
    """Whether nobody has filled the form in: blanks enough, and no text that only a filer writes."""
    cells = [cell for cell in form.cells if cell.row in set(rows)]
    texts = [cell.text for cell in cells if cell.text]
    doubtful = [text for text in texts if label_score(text, lexicon) <= _WRITTEN and not is_to_fill(text, lexicon)]
    written = [text for text in doubtful if not _SMALL.fullmatch(text) and not is_placeholder(text)]
    return not written and (len(cells) - len(texts)) * 3 >= len(texts)


def _repetition(form: GivenForm, copies: Sequence[GivenForm]) -> dict[Place, float]:
    """What other fillings say of each cell: labels are the same on all, what was filled in mostly is not."""
    found: dict[Place, float] = {}
    for cell in form.cells:
        others = [copy.by_shape[cell.shape] for copy in copies if cell.shape in copy.by_shape]
        if len(others) > 1 and cell.text:
            same = sum(other == cell.text for other in others)
            few = len({*others, cell.text}) <= 2 < len(others)  # a label in two spellings
            found[cell.place] = 1.0 if same == len(others) else -3.0 if same * 2 < len(others) and not few else 0.0
    return found


def _row(
    cells: Sequence[GivenCell], lexicon: Lexicon, varies: Mapping[Place, float], told: Mapping[Place, Part], *,
    beside: bool,
) -> Iterator[tuple[Place, Judged]]:  # fmt: skip
    """The best reading of one row as labels and values, and for each cell how much worse the other reading is."""
    scores = [_score(number, cell, lexicon, varies, told) for number, cell in enumerate(cells)]
    best, reading = _reading(cells, scores, beside=beside)
    for number, (cell, label) in enumerate(zip(cells, reading, strict=True)):
        turned = [*scores[:number], -_FORCED if label else _FORCED, *scores[number + 1 :]]
        other = _reading(cells, turned, beside=beside)[0] - (0.0 if label else _FORCED - scores[number])
        yield cell.place, _judged(cell, label, best - other, lexicon, varies)


def _reading(cells: Sequence[GivenCell], scores: Sequence[float], *, beside: bool) -> tuple[float, list[bool]]:
    """The best sum of scores, and which cells are labels in it."""
    best: dict[bool, tuple[float, list[bool]]] = {beside: (0.0, [])}
    for number, cell in enumerate(cells):
        best = {
            label: max(
                (total + _passage(was, label, cell) + (scores[number] if label else 0.0), [*so_far, label])
                for was, (total, so_far) in best.items()
            )
            for label in (True, False)
        }
    if True in best and len(cells) > 1:
        heading = len(cells) >= _LEAST_HEADING and all(0.0 < score < _FORCED for score in scores)
        best[True] = (best[True][0] + (_HEADING_LAST if heading else _LABEL_LAST), best[True][1])
    return max(best.values())


def _score(
    number: int, cell: GivenCell, lexicon: Lexicon, varies: Mapping[Place, float], told: Mapping[Place, Part]
) -> float:
    place = cell.place
    if place in told:
        return _FORCED if told[place] is Part.WORDS else -_FORCED
    if not cell.text:
        return -_FORCED
    score = label_score(cell.text, lexicon) + varies.get(place, 0.0)
    if is_to_fill(cell.text, lexicon):
        score += _TO_FILL
    score += _FIRST if number == 0 and cell.col == 0 else 0.0
    return score + (_TALL if cell.rows > 1 and len(joined(cell.text)) <= _LONGEST_GROUP else 0.0)


def _passage(was_label: bool, label: bool, cell: GivenCell) -> float:
    if was_label:
        return _LABEL_AFTER_LABEL if label else 0.0
    if label:
        return 0.0
    return _VALUE_AFTER_VALUE if cell.text else _BLANK_AFTER_VALUE


def _judged(
    cell: GivenCell, reading: bool, margin: float, lexicon: Lexicon, varies: Mapping[Place, float]
) -> Judged:  # fmt: skip
    sure = min(99, round(50 + 15 * margin))
    if reading:
        why = _KNOWN if lexicon.is_known(cell.text) else _SAME if varies.get(cell.place, 0.0) > 0 else _BEFORE
        return Judged(Part.WORDS, sure, why)
    if not cell.text:
        return Judged(Part.BLANK, 95, _AFTER)
    return Judged(Part.BLANK, sure, _VARIES if varies.get(cell.place, 0.0) < 0 else _AFTER)
