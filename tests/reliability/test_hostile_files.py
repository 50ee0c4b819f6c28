from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.errors import SourceRefused
from forms.importers.reading import read, read_many
from forms.importers.source import Source, SourceText
from tests.forms.importers.office import docx, paragraph, rows, words, xlsx
from tests.reliability.hostile_files import HARMLESS, HOSTILE, HostileFile

Build = Callable[[], HostileFile]

REFUSED = [pytest.param(word, build, id=name) for word, builds in HOSTILE.items() for name, build in builds.items()]
LARGE = [*HOSTILE["展开后过大"].values(), *HOSTILE["内容过多"].values()]
ROOT = Path(__file__).parents[2]


def put(folder: Path, build: Build) -> Path:
    name, data = build()
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("word", "build"), REFUSED)
def test_a_hostile_file_is_refused_in_one_sentence_that_names_it(tmp_path: Path, word: str, build: Build) -> None:
    path = put(tmp_path, build)
    with pytest.raises(SourceRefused) as refusal:
        read(path)
    sentence = str(refusal.value)
    assert path.name in sentence
    assert word in sentence
    assert sentence.endswith("。")
    assert "{" not in sentence
    assert len(sentence.splitlines()) == 1


@pytest.mark.parametrize("build", HARMLESS.values(), ids=HARMLESS.keys())
def test_an_odd_file_is_read_and_its_text_is_there(tmp_path: Path, build: Build) -> None:
    source = read(put(tmp_path, build))
    texts = [
        text
        for block in source.blocks
        for text in ([block.text] if isinstance(block, SourceText) else [cell.text for cell in block.cells])
    ]
    assert any("甲" in text for text in texts)


def test_an_honest_file_among_hostile_ones_is_read(tmp_path: Path) -> None:
    paths = [put(tmp_path, next(iter(HOSTILE[word].values()))) for word in ("实体声明", "行、400 列", "不是文字")]
    good = put(tmp_path, lambda: ("好.docx", docx(paragraph("甲"))))
    results = read_many([*paths, good, paths[0], good])
    assert [isinstance(result, Source) for result in results] == [False, False, False, True, False, True]


@pytest.mark.parametrize("data", [docx(paragraph("甲")), xlsx(rows(words("甲")))], ids=["docx", "xlsx"])
def test_a_file_cut_anywhere_or_flipped_anywhere_never_gives_another_error(tmp_path: Path, data: bytes) -> None:
    suffix = ".docx" if b"word/" in data else ".xlsx"
    paths = []
    for place in range(0, len(data), 37):
        flipped = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        for number, changed in enumerate((data[:place], flipped)):
            paths.append(tmp_path / f"{place}-{number}{suffix}")
            paths[-1].write_bytes(changed)
    results = read_many(paths)
    assert len(results) == len(paths)
    assert all(isinstance(result, Source | SourceRefused) for result in results)
    cut = results[::2]
    assert all(isinstance(result, SourceRefused) for result in cut)


def test_the_program_itself_stays_small(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from forms.importers.reading import read_many\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "results = read_many(map(Path, sys.argv[1:]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, *{type(one).__name__ for one in results})\n"
    )
    paths = []
    for number, build in enumerate(LARGE):
        name, data = build()
        paths.append(tmp_path / f"{number}{name}")
        paths[-1].write_bytes(data)
    command = [sys.executable, "-c", program, *map(str, paths)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    grown, kind = run.stdout.split()
    assert kind == "SourceRefused"
    assert int(grown) < 100 << 10  # kilobytes
