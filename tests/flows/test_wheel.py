"""The wheel alone does everything: no source tree beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel, and nothing else, was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    wheels = folder / "dist"
    made = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT)]
    subprocess.run(made, check=True, capture_output=True)
    (wheel,) = wheels.glob("jixiao-*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True, capture_output=True)
    return target


def run(site: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program with the installed wheel before everything else."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
    command = [sys.executable, "-P", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_the_installed_package_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "-c", "import forms; print(forms.__file__)")
    assert Path(said.stdout.strip()).is_relative_to(installed)


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "-m", "forms.cli", "demo", "out")
    assert said.returncode == 0, said.stderr
    assert len(list((tmp_path / "out" / "packages").glob("*.zip"))) >= 3


def test_the_wheel_speaks_english(installed: Path, tmp_path: Path) -> None:
    said = run(installed, tmp_path, "-m", "forms.cli", "--lang", "en", "show", "0000", "--library", "none.jixiao")
    assert said.returncode == 2
    assert said.stderr.strip()
    assert not any("\u4e00" <= ch <= "\u9fff" for ch in said.stderr)


def test_font_licence_comes_along(installed: Path) -> None:
    assert "SIL OPEN FONT LICENSE" in (installed / "forms/_data/resources/fonts/OFL.txt").read_text("utf-8").upper()
