"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any test loads Qt


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real published forms; where it is absent the test says so and is left out."""
    folder = Path(__file__).parents[1].parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the real forms of ../shared/samples are not on this machine")
    return folder
