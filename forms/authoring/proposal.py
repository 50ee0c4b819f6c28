"""A template proposed for a form nobody has one for; a person looks it over, decides, and keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from forms.authoring.assembly import Assembly
from forms.authoring.blocks import Grown, is_pair
from forms.authoring.cell_roles import Decision, Judged, Part, judge
from forms.authoring.given_cells import GivenCell, GivenForm, Place
from forms.authoring.given_forms import forms_in
from forms.authoring.lexicon import Lexicon
from forms.authoring.naming import Naming
from forms.authoring.table_blocks import find
from forms.authoring.total_rows import lowered
from forms.errors import SourceRefused, TemplateRefused
from forms.importers.reading import read as read_source
from forms.language import N_, sentence
from forms.template.drawing import MAX_COLUMNS
from forms.template.load import load
from forms.template.model import Template

_DOUBTFUL = 65  # percent


@dataclass(frozen=True, slots=True)
class Question:
    """Something to look at before a proposal is kept: a sentence, and the cell it is about (None: the whole form)."""

    message: str
    params: dict[str, str] = field(default_factory=dict)
    cell: GivenCell | None = None

    def __str__(self) -> str:
        text = sentence(self.message, self.params)
        if self.cell is None:
            return text
        counted = {"row": self.cell.row + 1, "col": self.cell.col + 1}
        where = self.cell.address or sentence(N_("第 {row} 行第 {col} 列"), counted)
        return sentence(N_("{cell}：{text}"), {"cell": where, "text": text})


@dataclass(frozen=True, slots=True)
class ProposedCell:
    """One cell of the form as it was given, what it was taken for, how surely, why, and the field it became."""

    given: GivenCell
    part: Part
    sure: int
    why: str
    field: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A template to be looked over: its text, the cells it came from, and what is to be asked."""

    form: GivenForm
    text: str
    cells: tuple[ProposedCell, ...]
    questions: tuple[Question, ...]

    @property
    def template(self) -> Template:
        """The template as it would be installed."""
        return load(self.text)


def forms_of(path: Path) -> list[GivenForm]:
    """The forms of a .docx, .xlsx or .txt. Raises SourceRefused where there is none."""
    found = forms_in(read_source(path))
    if not found:
        raise SourceRefused(N_("“{name}”里没有表格，做不成表样。"), name=path.name)
    return found


def propose(
    forms: Sequence[GivenForm],
    number: int = 0,
    *,
    known: Sequence[Template] = (),
    decisions: Mapping[Place, Decision] | None = None,
    ident: str = "",
    name: str = "",
) -> Proposal:
    """Propose a template for `forms[number]`; the other forms tell what varies, `known` templates more labels.

    `decisions` are of single cells, by row and column of the form. The text always loads: where the parts that grow
    cannot be drawn they are proposed as single fields, and a question says so. SourceRefused where a form is too wide.
    """
    if forms[number].columns > MAX_COLUMNS:
        message = N_("这张表有 {count} 列，表样至多 {most} 列；请先删去表外的列，或分成几张表。")
        raise SourceRefused(message, count=forms[number].columns, most=MAX_COLUMNS)
    lexicon, said = Lexicon.of(known), decisions or {}
    form, totals = lowered(forms[number], lexicon)
    others = (one for at, one in enumerate(forms) if at != number)
    copies = [lowered(one, lexicon)[0] for one in others if _alike(one, forms[number])]
    refused: TemplateRefused | None = None
    for blocks in (find(form, lexicon), []):
        made = _assembled(form, lexicon, copies, said, blocks)
        text = made.text(ident, name)
        try:
            load(text)
        except TemplateRefused as error:
            refused = error
            continue
        questions = _questions(made, form, lost=refused is not None)
        above = (
            Question(N_("合计印在各行的上面，表样里画在各行的下面，请核对。"), {}, form.at(row, 0)) for row in totals
        )
        return Proposal(form, text, _cells(form, made, blocks), (*above, *questions))
    assert refused is not None  # noqa: S101 — one of the two was tried
    raise refused


def _alike(one: GivenForm, form: GivenForm) -> bool:
    """Whether two forms are fillings of the same."""
    if one.columns != form.columns or not one.cells:
        return False
    first, other = ({cell.text for cell in each.cells if cell.col == 0 and cell.text} for each in (form, one))
    return len(first & other) * 2 > len(first)


def _assembled(
    form: GivenForm, lexicon: Lexicon, copies: Sequence[GivenForm], said: Mapping[Place, Decision], blocks: list[Grown]
) -> Assembly:
    taken = {row for block in blocks for row in (*block.heads, *block.rows)}
    rows = [row for row in range(form.rows) if row not in taken]
    judged = judge(rows, form, lexicon, copies, {at: one.part for at, one in said.items() if one.part})
    return Assembly(Naming(form, lexicon, copies, blocks, judged), said)


def _questions(made: Assembly, form: GivenForm, *, lost: bool) -> list[Question]:
    asked = []
    if lost:
        asked.append(Question(N_("表格里的表或指标画不出来，先全部当作单个的格；请在版式里改成 @表名。")))
    asked += [Question(message, params, cell) for message, params, cell in made.doubts]
    for cell in form.cells:
        judged = made.judged.get(cell.place)
        if judged is not None and cell.text and judged.sure < _DOUBTFUL:
            messages = {
                Part.WORDS: N_("“{text}”当作印好的栏目名，请核对是不是填进去的内容。"),
                Part.BLANK: N_("“{text}”当作填进去的内容，请核对是不是印好的字。"),
            }
            if judged.part in messages:
                shown = cell.text[:20].replace("\n", " ")
                asked.append(Question(messages[judged.part], {"text": shown}, cell))
    return asked


def _cells(form: GivenForm, made: Assembly, blocks: Sequence[Grown]) -> tuple[ProposedCell, ...]:
    grown = {
        (row, col)
        for block in blocks
        if not is_pair(block)
        for row in block.rows
        for col in range(block.leaves[0].col, block.leaves[-1].col + block.leaves[-1].cols)
    }
    inside = Judged(Part.BLOCK, 90, N_("表或指标的一行"))
    words = Judged(Part.WORDS, 90, N_("表或指标的表头"))
    found = []
    for cell in form.cells:
        place = cell.place
        judged = inside if place in grown else made.judged.get(place, words)
        name = made.placed.get(place, "")
        kind = made.fields.get(name, "")
        found.append(
            ProposedCell(cell, judged.part, judged.sure, judged.why, name, kind if isinstance(kind, str) else "")
        )
    return tuple(found)
