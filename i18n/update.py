"""Keep the catalogues in step with the code: `make i18n` extracts the sentences, merges them and compiles.

Says what is untranslated and exits with 1 where anything is; `--check` changes nothing and only says so.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "en"
KEYWORDS = {"N_": None, "sentence": None, "say": None}


def extracted() -> Catalog:
    """Every sentence marked in the code, with the files it stands in."""
    catalogue = Catalog(project="jixiao", version="1", charset="utf-8", fuzzy=False)
    for folder in ("forms", "desktop"):
        found = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS, comment_tags=())
        for name, _, message, _, _ in sorted(found, key=lambda entry: (entry[0], entry[1])):
            if isinstance(message, str) and any("\u4e00" <= ch <= "\u9fff" for ch in message):
                catalogue.add(message, locations=[(f"{folder}/{name}", 0)])
    return catalogue


def merged(path: Path) -> Catalog:
    """The translations of `path` for the sentences of today; those no longer used are dropped."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGE)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    data = io.BytesIO()
    write_mo(data, catalogue)
    return data.getvalue()


def main(arguments: list[str]) -> int:
    """Update or check the catalogue of every language."""
    po = ROOT / "i18n" / LANGUAGE / "LC_MESSAGES" / "jixiao.po"
    catalogue = merged(po)
    missing = [message.id for message in catalogue if message.id and not message.string]
    if "--check" not in arguments:
        with po.open("wb") as file:
            write_po(file, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
        po.with_suffix(".mo").write_bytes(compiled(catalogue))
    for text in missing:
        sys.stdout.write(f"untranslated: {text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
