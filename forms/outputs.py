"""What is made of filings for people: the paper, the workbook, the Word file, and what stands across and under them."""

from __future__ import annotations

from collections.abc import Sequence

from forms.canonical import canonical
from forms.filing import Filing
from forms.grid.arrange import arrange, title
from forms.package.packing import check_code
from forms.paper.marks import Page
from forms.rules import Review
from forms.titles import APART, called

# What stands on paper and in lists is Chinese whatever the language of the window, like the forms themselves.
_DRAFT, _PRACTICE = "草稿", "练习"
_PRACTICE_MARK = f"（{_PRACTICE}）"


def title_of(review: Review) -> str:
    """What a filing is called, computed values and all; one for practice says so first."""
    words = title(review.template, review.filing, review.computed)
    return f"{_PRACTICE_MARK}{words}" if review.filing.is_practice else words


def name_of(review: Review) -> str:
    """What lists, windows and files call a filing: its title, and what tells it from others of that title."""
    return called(title_of(review), review.template, review.filing)


def pdf(*reviews: Review, name: str = "") -> bytes:
    """Forms on paper, marked as drafts while blocking problems remain; several make one document called `name`.

    The pages are numbered through, with a bookmark for each form and each of its sheets. Raises GlyphMissing.
    """
    from forms.paper.pages import paginate_set  # noqa: PLC0415 — paper is loaded when something is printed
    from forms.render.pdf import render  # noqa: PLC0415

    forms = [(arrange(one.template, one.filing, one.computed), stamp(one), filed_code(one.filing)) for one in reviews]
    printed = paginate_set(forms)
    titles = _told_apart(reviews)
    bookmarks, first = [], 1
    for words, pages in zip(titles, printed, strict=True):
        bookmarks += [(words, first)] if len(printed) > 1 else []
        bookmarks += [(sheet, first - 1 + at) for sheet, at in _bookmarks(pages)]
        first += len(pages)
    return render([page for pages in printed for page in pages], title=name or titles[0], bookmarks=bookmarks)


def _told_apart(reviews: Sequence[Review]) -> list[str]:
    """The titles of forms; those that are the same are followed by what tells them apart."""
    titles = [title_of(one) for one in reviews]
    return [
        name_of(one).replace(APART, "　") if titles.count(words) > 1 else words
        for words, one in zip(titles, reviews, strict=True)
    ]


def xlsx(review: Review) -> bytes:
    """The form as a workbook with its live 校验 sheet."""
    from forms.render.xlsx import render  # noqa: PLC0415 — openpyxl is loaded when a workbook is written

    grids = arrange(review.template, review.filing, review.computed)
    code = filed_code(review.filing)
    return render(grids, review.template, review.filing, code=code, verdicts=review.verdicts)


def docx(*reviews: Review) -> bytes:
    """Forms as one Word file, marked as drafts where blocking problems remain. Raises ExportRefused."""
    from forms.render.docx import Form, render  # noqa: PLC0415 — drawing is loaded when something is written

    return render([
        Form(title_of(one), arrange(one.template, one.filing, one.computed), stamp(one), filed_code(one.filing))
        for one in reviews
    ])  # fmt: skip


def _bookmarks(pages: Sequence[Page]) -> list[tuple[str, int]]:
    """The first page of each sheet, where a form has several."""
    first: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        first.setdefault(page.sheet, number)
    return list(first.items()) if len(first) > 1 else []


def stamp(review: Review) -> str:
    """The word across the pages of a form that must not be handed in; empty for one that may."""
    if review.filing.is_practice:
        return _PRACTICE
    return "" if review.exportable else _DRAFT


def filed_code(filing: Filing) -> str:
    """The 核验码 of a filing that has left the house; empty for a draft."""
    return "" if filing.state in ("draft", "returned") else check_code(canonical(filing))
