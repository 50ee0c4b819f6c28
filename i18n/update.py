"""Keep the catalogues in step with the code: `make i18n` extracts the sentences, merges them and compiles.

New sentences come into jixiao.po without a translation: write it there and run this again. Says what is untranslated
or has other {names} than the Chinese, and exits with 1 where anything is; `--check` changes nothing, and also says
where the files are not in step with the code.
"""

from __future__ import annotations

import gettext
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "en"
PO = ROOT / "i18n" / LANGUAGE / "LC_MESSAGES" / "jixiao.po"
KEYWORDS = {"N_": None}
# No dates and no versions of tools: the same sentences give the same file.
HEADER = f"""msgid ""
msgstr ""
"Project-Id-Version: jixiao 1\\n"
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
DATE = datetime(2026, 1, 1, tzinfo=UTC)
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")  # 汉字 and their punctuation
_HOLE = re.compile(r"\{(\w+)\}")


def extracted() -> Catalog:
    """Every sentence marked in the code, with the files it stands in."""
    catalogue = Catalog(project="jixiao", version="1", charset="utf-8", fuzzy=False)
    for folder in ("forms", "desktop"):
        found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS, comment_tags=())
        for name, _, message, _, _ in sorted(found, key=lambda entry: (entry[0], entry[1])):
            if isinstance(message, str) and _CHINESE.search(message):
                catalogue.add(message, locations=[(f"{folder}/{name}", 0)])
    return catalogue


def merged(path: Path) -> Catalog:
    """The translations of `path` for the sentences of today; those no longer used are dropped."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGE)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = catalogue.revision_date = DATE
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file."""
    data = io.BytesIO()
    write_po(data, catalogue, width=110, sort_output=True, omit_header=True, include_lineno=False)
    return HEADER.encode() + data.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    data = io.BytesIO()
    write_mo(data, catalogue)
    return data.getvalue()


def faults(catalogue: Catalog) -> Iterator[str]:
    """What a translator still has to do, a line each."""
    for message in catalogue:
        if not message.id:
            continue
        if not message.string or message.fuzzy:
            yield f"untranslated: {message.id!r}"
        elif holes(message.id) != holes(message.string):
            yield f"other {{names}}: {message.id!r}"


def holes(text: object) -> list[str]:
    """The {names} of a sentence, in the order of the alphabet."""
    return sorted(_HOLE.findall(str(text)))


def stale(catalogue: Catalog) -> Iterator[str]:
    """Which files say something else than `catalogue`, a line each."""
    if PO.read_bytes() != written(catalogue):
        yield f"not in step with the code: {PO.name}"
    mo = PO.with_suffix(".mo")
    # Sentences are compared, not bytes: another version of babel writes another header.
    if not mo.is_file() or spoken(mo.read_bytes()) != spoken(compiled(catalogue)):
        yield f"not in step with {PO.name}: {mo.name}"


def spoken(mo: bytes) -> dict[str, str]:
    """The sentences of a .mo file and their translations."""
    catalogue = gettext.GNUTranslations(io.BytesIO(mo))
    return {message: text for message, text in vars(catalogue)["_catalog"].items() if message}


def main(arguments: list[str]) -> int:
    """Update the catalogue, or with --check only look at it; gives the exit code."""
    catalogue = merged(PO)
    told = list(faults(catalogue))
    if "--check" in arguments:
        told += stale(catalogue)
    else:
        PO.write_bytes(written(catalogue))
        PO.with_suffix(".mo").write_bytes(compiled(catalogue))
    sys.stdout.writelines(f"{line}\n" for line in told)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
