"""What a person has set comes back, and a broken file counts as nothing set."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from desktop.settings import Settings
from forms.language import preferred


def test_what_is_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    first = Settings(tmp_path / "a.ini")
    first.language, first.theme, first.text_size, first.folder = "en", "dark", 130, tmp_path
    first.set_layout("wide", QByteArray(b"\x00\xffdocks"))
    first.write()
    again = Settings(tmp_path / "a.ini")
    assert (again.language, again.theme, again.text_size, again.folder) == ("en", "dark", 130, tmp_path)
    assert again.layout("wide").data() == b"\x00\xffdocks"
    assert again.layout("narrow").isEmpty()


def test_nothing_set_means_the_language_of_the_machine_and_the_theme_of_the_system(tmp_path: Path) -> None:
    fresh = Settings(tmp_path / "a.ini")
    assert (fresh.language, fresh.theme, fresh.text_size) == (preferred(), "system", 100)


@pytest.mark.parametrize("written", ["language=xx\ntheme=pink\ntext-size=9999\nfolder=/gone/away\n", "\x00\xff[[[", ""])
def test_what_is_not_understood_counts_as_not_set(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.ini").write_text(f"[General]\n{written}", encoding="utf-8")
    read = Settings(tmp_path / "a.ini")
    assert (read.theme, read.text_size, read.folder) == ("system", 100, Path.home())
    assert read.language in ("zh_CN", "en")


def test_settings_are_a_readable_file_of_the_person_and_the_log_stands_beside_it(tmp_path: Path) -> None:
    kept = Settings(tmp_path / "a.ini")
    kept.theme = "dark"
    kept.write()
    assert "theme=dark" in (tmp_path / "a.ini").read_text(encoding="utf-8")
    assert kept.beside("jixiao.log") == tmp_path / "jixiao.log"
