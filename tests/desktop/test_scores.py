"""Scores in the tree of a self-assessment: proposed from what was reached, typed over, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.models.indicators import IndicatorModel
from forms.draft import Draft
from forms.filing import Place
from tests.forms.national_filings import filled, national

FILING = filled("mof-zipin-2020")
TOTAL = Place(field="总分")


@pytest.fixture
def model(qtbot: QtBot) -> IndicatorModel:
    """The indicators of the self-assessment, filled in."""
    return IndicatorModel(Bridge(Draft(FILING), national()["mof-zipin-2020"]), "指标")


def cell(model: IndicatorModel, column: str) -> QModelIndex:
    """A cell of the first indicator."""
    return model.index_of_row(FILING.indicators[0].id, model.column_of(column))


def score_and_total(model: IndicatorModel) -> tuple[str, str]:
    return cell(model, "得分").data(), model.bridge.text(TOTAL)


def test_a_proposed_score_can_be_typed_over_and_taken_back(model: IndicatorModel) -> None:
    assert score_and_total(model) == ("18.33", "93.34")
    assert model.setData(cell(model, "得分"), "17")
    assert score_and_total(model) == ("17", "92.01")
    assert {one.rule for one in model.bridge.review.problems if not one.rule.startswith("R-")} == {"得分相符"}
    assert model.setData(cell(model, "得分"), "")
    assert score_and_total(model) == ("18.33", "93.34")


def test_reaching_more_raises_the_score_at_once(model: IndicatorModel) -> None:
    assert model.setData(cell(model, "实际完成值"), "24所")
    assert score_and_total(model) == ("20.00", "95.01")
