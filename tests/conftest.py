"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The daily run tries the same examples everywhere, so a failure is one of the change; `make faults` tries new ones.
# Neither goes by the clock: a machine with much else to do is no fault.
settings.register_profile("daily", derandomize=True, deadline=None)
settings.register_profile("full", deadline=None)
settings.load_profile("full" if os.environ.get("JIXIAO_FAULTS") == "full" else "daily")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any test loads Qt


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real published forms; where it is absent the test says so and is left out."""
    folder = Path(__file__).parents[1].parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the real forms of ../shared/samples are not on this machine")
    return folder
