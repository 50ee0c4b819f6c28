"""The engine: everything entered once, looked at again only where something changed, dismissed only with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.checker.catalogue import BY_ID, CHECKS
from forms.checker.usages import Usage, usages
from forms.commands import Dismiss, Restore, SetValue
from forms.draft import Draft
from forms.errors import CommandRefused
from forms.filing import Dismissal, Place
from forms.interchange import check_object
from forms.problem import Severity, dismiss
from forms.rules import Review
from forms.template.load import load
from tests.forms.checker.looked_over import FORM, filled, found
from tests.forms.filled_forms import BY_ID as TEMPLATES

GOAL = Place(field="总体目标")


def test_relations_never_block() -> None:
    assert all(check.criterion.severity is not Severity.ERROR for check in CHECKS.relations)


def test_every_criterion_has_one_meaning_and_a_line_in_the_readme() -> None:
    readme = (Path(__file__).parents[3] / "forms" / "checker" / "README.md").read_text(encoding="utf-8")
    told = {line.split("|")[1].strip(): line for line in readme.splitlines() if line.startswith("| R-")}
    words = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
    for one in BY_ID.values():
        assert words[one.severity] in told[one.id], one.id
        assert one.dimension in told[one.id], one.id
    assert len({one.title for one in BY_ID.values()}) == len(BY_ID)


def test_usages_are_told_by_label_and_alias_not_by_the_form() -> None:
    told = usages(TEMPLATES["zj-zhengti-2020"])
    assert told["", "年度整体绩效目标概述"] is Usage.GOAL
    assert told["重点任务", "期望达到的目标"] is Usage.GOAL
    assert told["重点任务", "拟投入的资金"] is Usage.TOTAL
    assert told["", "财政部门审核意见"] is Usage.RECEIVER
    assert ("", "财政供养人员数量") not in told
    assert usages(TEMPLATES["hb-zhuanxiang-2020"])["", "10月底"] is Usage.PROGRESS


def test_what_the_receiver_writes_is_not_checked() -> None:
    assert found("R-BRACKET", filled({"总体目标": "建成（一期"}))
    assert not found("R-BRACKET", filled({"审核意见": "同意（一期"}))


def test_a_template_switches_checks_off_or_changes_their_gravity() -> None:
    filing = filled({"总体目标": "建成（一期"})
    for switch, severities in (("关", []), ("提示", [Severity.HINT]), ("错误", [Severity.ERROR])):
        template = load(FORM.text + f"检查: {{R-BRACKET: {switch}}}\n")
        problems = Review(template, filing).problems
        assert [one.severity for one in problems if one.rule == "R-BRACKET"] == severities
        assert Review(template, filing).exportable == (switch != "错误")


def test_a_warning_stays_with_a_written_reason_and_comes_back() -> None:
    draft = Draft(filled({"总体目标": "建成（一期", "资金用途": "（设备"}))
    review = Review(FORM, draft.filing)
    (problem,) = [one for one in review.problems if one.at == GOAL and one.rule == "R-BRACKET"]
    change = draft.do(dismiss(problem, " 原文如此 "))
    review.update(draft.filing, change.places)
    assert draft.filing.dismissed == (Dismissal("R-BRACKET", GOAL, "原文如此"),)
    assert review.dismissed == ((problem, "原文如此"),)
    assert problem not in review.problems
    assert [one.at for one in review.problems if one.rule == "R-BRACKET"] == [Place(field="资金用途")]
    told = check_object(review)["dismissed"]
    assert isinstance(told, list)
    assert told[0]["rule"] == "R-BRACKET"
    assert told[0]["reason"] == "原文如此"
    change = draft.do(Restore("R-BRACKET", GOAL))
    review.update(draft.filing, change.places)
    assert problem in review.problems
    draft.undo()
    assert draft.filing.dismissed == (Dismissal("R-BRACKET", GOAL, "原文如此"),)


def test_neither_an_error_nor_a_warning_without_a_reason_can_stay() -> None:
    template = load(FORM.text + "检查: {R-BRACKET: 错误}\n")
    filing = filled({"总体目标": "建成（一期"})
    (error,) = [one for one in Review(template, filing).problems if one.rule == "R-BRACKET"]
    with pytest.raises(CommandRefused, match="不能保留"):
        dismiss(error, "原文如此")
    (warning,) = found("R-BRACKET", filing)
    with pytest.raises(CommandRefused, match="理由"):
        dismiss(warning, " ")
    # A package from elsewhere may say so all the same: what blocks export still blocks it.
    told = filing.replace(dismissed=(Dismissal("R-BRACKET", GOAL, "原文如此"),))
    review = Review(template, told)
    assert error in review.problems
    assert not review.dismissed


def test_a_second_reason_takes_the_place_of_the_first() -> None:
    filing = filled().replace(dismissed=(Dismissal("R-A", GOAL, "一"), Dismissal("R-B", GOAL, "二")))
    changed, inverse = Dismiss("R-A", GOAL, "三").apply(filing)
    assert changed.dismissed == (Dismissal("R-A", GOAL, "三"), Dismissal("R-B", GOAL, "二"))
    assert inverse.apply(changed)[0] == filing


def test_a_change_is_looked_at_where_it_is_made_and_nowhere_else() -> None:
    filing = filled({"总体目标": "建成（一期"}, [("数量", "道路（公里", "≥5公里"), ("质量", "合格率", "≥95%")])
    review = Review(FORM, filing)
    before = review.checker.found
    kept = before["field", "总体目标", ""]
    changed = SetValue(Place(indicator="i0", column="三级指标"), "道路").apply(filing)[0]
    review.update(changed, [Place(indicator="i0", column="三级指标")])
    assert ("indicator", "", "i0") not in review.checker.found or not [
        one for one in review.checker.found["indicator", "", "i0"] if one.rule == "R-BRACKET"
    ]
    assert review.checker.found["field", "总体目标", ""] is kept
