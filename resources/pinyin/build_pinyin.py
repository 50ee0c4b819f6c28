"""Makes syllables.txt from pypinyin's table of characters: `pip install pypinyin`, then run this file.

That table (MIT, https://github.com/mozillazg/python-pinyin) comes from Unicode's Unihan database and corrections of it.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from pathlib import Path

from pypinyin.pinyin_dict import pinyin_dict

_COMMON = (range(0x3007, 0x3008), range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


def plain(reading: str) -> str:
    """A reading without its tone; ü is typed as v."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(one for one in letters if one.isascii() and one.isalpha()).lower()


def main() -> None:
    """Write one line a syllable: the syllable, a blank, every character read so."""
    read: defaultdict[str, set[str]] = defaultdict(set)
    for code, readings in pinyin_dict.items():
        if any(code in block for block in _COMMON):
            for one in readings.split(","):
                if syllable := plain(one):
                    read[syllable].add(chr(code))
    lines = [f"{syllable} {''.join(sorted(read[syllable]))}\n" for syllable in sorted(read)]
    Path(__file__).with_name("syllables.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
