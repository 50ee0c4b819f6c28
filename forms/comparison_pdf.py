"""The 修改对照表 as a PDF file."""

from __future__ import annotations

from forms.comparison import Comparison
from forms.comparison.documents import Documents
from forms.comparison.sheet import TITLE, sheet, sheets
from forms.paper.pages import paginate_all
from forms.render.pdf import render


def comparison_pdf(comparison: Comparison) -> bytes:
    """The printed comparison of two filings. Raises GlyphMissing."""
    return render(paginate_all([sheet(comparison)]), title=TITLE)


def documents_pdf(documents: Documents) -> bytes:
    """The printed comparison of two documents: a list of their forms, then each that differs. Raises GlyphMissing."""
    pages = paginate_all(sheets(documents))
    first: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        first.setdefault(page.sheet, number)
    return render(pages, title=TITLE, bookmarks=list(first.items()))
