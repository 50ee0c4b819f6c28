"""Checks of single indicators: what a reviewer would send back, and the near misses he would let pass."""

from __future__ import annotations

import pytest

from forms.commands import Batch, SetValue
from forms.filing import Indicator
from forms.indicator_library.packs import shipped
from forms.rules import Review
from forms.template.model import Role
from tests.forms.checker.looked_over import FORM, filled, found, in_line, marked
from tests.forms.filled_forms import BY_ID as TEMPLATES
from tests.forms.filled_forms import blank

# rule, 二级, name, value, the characters it must point at ("" where the whole finding is enough)
FAULTS = [
    ("R-NONQUANT", "社会效益", "村民出行条件", "明显改善", "明显"),
    ("R-NONQUANT", "可持续影响", "管护机制", "为灌区长期运行提供有力保障", "长期"),
    ("R-NONQUANT", "质量", "工程验收情况", "通过验收", "通过验收"),
    ("R-NONQUANT", "时效", "招标工作", "按期完成", "按期完成"),
    ("R-NONQUANT", "社会效益", "防汛保障", "满足群众生活需要", "满足群众生活需要"),
    ("R-BOOL", "质量", "路基压实", "是/否", "是/否"),
    ("R-BOOL", "社会效益", "预案编制", "有/无", "有/无"),
    ("R-RUBRIC", "质量", "设备完好情况", "95%为优，85%为良，75%为中", "95%为优，85%为良，75%为中"),
    ("R-YIPI", "数量", "图书采购数量", "采购一批少儿图书", "一批"),
    ("R-YIPI", "数量", "宣传场次", "多场", "多场"),
    ("R-MULTI", "数量", "农机购置数量", "拖拉机3台，插秧机5台", "3台，插秧机5台"),
    ("R-MULTI", "数量", "消防器材数量", "2套呼吸器材和破拆工具", "呼吸器材和破拆工具"),
    ("R-MULTI", "质量", "路面合格率和桥涵合格率", "≥95%", "和"),
    ("R-MULTI", "满意度", "学生满意度及家长满意度", "≥90%", "及"),
    ("R-NOOP", "数量", "修复渠道长度", "12公里", "12公里"),
    ("R-NOOP", "质量", "苗木成活率", "95%", "95%"),
    ("R-NOOP", "时效", "报修响应时间", "2小时", "2小时"),
    ("R-NOOP", "数量", "新增床位数", "新增20张床位", "20张"),
    ("R-DUP-VALUE", "社会效益", "灌区用水有序", "灌区用水有序", "灌区用水有序"),
    ("R-NAME-FORM", "社会效益", "提升乡村治理水平", "≥90%", "提升"),
    ("R-NAME-FORM", "社会效益", "提高服务质量", "≥90%", "提高"),
    ("R-NAME-FORM", "质量", "工程质量符合规范要求", "≥90%", "符合规范要求"),
    ("R-NAME-FORM", "质量", "水泵正常运行", "≥90%", "正常运行"),
    ("R-NAME-FORM", "成本", "是否超出概算", "≤90万元", "是否"),
    ("R-NAME-FORM", "数量", "人员培训。", "≥90人", "。"),
    ("R-NAME-FORM", "数量", "项目建设", "≥1个", "项目建设"),
    ("R-NAME-FORM", "社会效益", "河道水位同比情况", "≥90%", "同比情况"),
    ("R-NAME-FORM", "质量", "护岸牢固指标", "≥90%", "指标"),
    ("R-INPUT", "数量", "资金支付率", "100%", "资金支付率"),
    ("R-CLS-NUM", "数量", "改厕完成率", "≥95%", "≥95%"),
    ("R-CLS-NUM", "质量", "栽植行道树", "≥300株", "≥300株"),
    ("R-CLS-TIME", "质量", "补贴资金及时发放率", "≥95%", "及时"),
    ("R-CLS-TIME", "数量", "水毁桥梁修复", "2026年8月底前", "2026年8月底前"),
    ("R-CLS-RATE", "可持续影响", "水质监测设备在线率", "≥95%", "在线率"),
    ("R-CLS-RATE", "时效", "验收合格率", "≥95%", "合格率"),
    ("R-CLS-COST", "社会效益", "每公里造价", "≤50万元", "造价"),
    ("R-CLS-SAT", "社会效益", "村民满意度", "≥90%", "满意度"),
    ("R-CLS-OUT", "社会效益", "举办农民丰收节", "≥1场", "举办"),
    ("R-CLS-OUT", "经济效益", "农户培训人次", "≥300人次", "培训人次"),
    ("R-CLS-ECO", "社会效益", "县城空气质量优良率", "≥90%", "空气质量"),
    ("R-CLS-ECO", "生态效益", "林长办工作效率", "≥90%", "工作效率"),
]

# What looks like one of these faults and is none.
NEAR_MISSES = [
    ("R-NONQUANT", "质量", "湖区水质", "稳定达到Ⅲ类"),
    ("R-NONQUANT", "社会效益", "受益村庄数", "持续≥12个"),
    ("R-NONQUANT", "时效", "完工时间", "2026年10月底前"),
    ("R-NONQUANT", "社会效益", "村民出行条件", "村民出行条件"),
    ("R-BOOL", "质量", "路基压实度", "≥96%"),
    ("R-RUBRIC", "质量", "评为优秀的示范村", "≥3个"),
    ("R-YIPI", "社会效益", "带动情况", "带动一批农户"),
    ("R-YIPI", "数量", "抗旱应急泵车", "≥1批次"),
    ("R-MULTI", "时效", "完工时间", "2026年11月底前完成5座"),
    ("R-MULTI", "数量", "水质和空气监测仪数量", "5台水质和空气监测仪"),
    ("R-MULTI", "数量", "文艺和体育活动场次", "≥12场"),
    ("R-MULTI", "质量", "校长、教师培训通过率", "≥90%"),
    ("R-NOOP", "数量", "修复渠道长度", "≥12公里"),
    ("R-NOOP", "质量", "出厂水浊度", "0.1～0.3"),
    ("R-NOOP", "时效", "完工时间", "2026年10月底前"),
    ("R-NOOP", "质量", "路面平整度", "95%以上"),
    ("R-DUP-VALUE", "社会效益", "灌区用水有序", "灌区用水有序率≥95%"),
    ("R-NAME-FORM", "质量", "完成率", "≥90%"),
    ("R-NAME-FORM", "数量", "完成改厕户数", "≥90户"),
    ("R-NAME-FORM", "数量", "保障低保对象人数", "≥900人"),
    ("R-NAME-FORM", "社会效益", "减少返贫人口数量", "≥30人"),
    ("R-NAME-FORM", "质量", "设施正常运行率", "≥90%"),
    ("R-INPUT", "成本", "预算执行率", "≥90%"),
    ("R-INPUT", "质量", "补助资金足额发放率", "100%"),
    ("R-CLS-NUM", "质量", "安全事故次数", "≤1次"),
    ("R-CLS-NUM", "质量", "档案评查平均分", "≥90分"),
    ("R-CLS-NUM", "质量", "保修期", "≥2年"),
    ("R-CLS-TIME", "时效", "补贴资金及时发放率", "≥95%"),
    ("R-CLS-TIME", "数量", "值班天数", "≥250天"),
    ("R-CLS-RATE", "质量", "设备在线率", "≥95%"),
    ("R-CLS-RATE", "时效", "按时办结准确率", "≥95%"),
    ("R-CLS-RATE", "可持续影响", "管护制度健全率", "≥95%"),
    ("R-CLS-COST", "经济效益", "节约资金额", "≥5万元"),
    ("R-CLS-COST", "生态效益", "节约用水量", "≥5万立方米"),
    ("R-CLS-SAT", "满意度", "村民满意度", "≥90%"),
    ("R-CLS-OUT", "社会效益", "农田灌溉事故次数", "≤1次"),
    ("R-CLS-OUT", "经济效益", "完成投资额增长率", "≥5%"),
    ("R-CLS-OUT", "社会效益", "上访案件下降率", "≥5%"),
    ("R-CLS-ECO", "质量", "空气质量监测数据有效率", "≥90%"),
    ("R-CLS-ECO", "数量", "出具水质达标分析报告份数", "≥4份"),
    ("R-CLS-ECO", "质量", "农村饮用水水质达标率", "≥95%"),
    ("R-CLS-ECO", "生态效益", "污水处理效率", "≥90%"),
]

RULES = sorted({rule for rule, *_ in FAULTS})


@pytest.mark.parametrize(("rule", "level2", "name", "value", "pointed"), FAULTS)
def test_a_fault_is_found_at_its_characters(rule: str, level2: str, name: str, value: str, pointed: str) -> None:
    filing = filled(lines=[(_branch(level2), name, value)])
    (problem,) = found(rule, filing)
    assert problem.at.indicator == "i0"
    assert problem.dimension == "相关性"
    assert marked(problem, filing) == pointed


@pytest.mark.parametrize(("rule", "level2", "name", "value"), NEAR_MISSES)
def test_a_near_miss_is_left_alone(rule: str, level2: str, name: str, value: str) -> None:
    assert not in_line(rule, _branch(level2), name, value)


def _branch(level2: str) -> str:
    return "服务对象满意度" if level2 == "满意度" else level2


@pytest.mark.parametrize(
    ("level2", "name", "value", "mended"),
    [
        ("质量", "苗木成活率", " 95%", "≥95%"),
        ("质量", "安全培训覆盖率", "100%", "＝100%"),
        ("时效", "报修响应时间", "2小时", "≤2小时"),
        ("成本", "每亩成本", "1500元", "≤1500元"),
        ("社会效益", "生产安全事故起数", "3起", "≤3起"),
        ("数量", "安全事故起数", "0起", "＝0起"),
        ("时效", "巡河频次", "每月2次", "≥每月2次"),
    ],
)
def test_the_sign_on_offer_fits_what_is_measured(level2: str, name: str, value: str, mended: str) -> None:
    (problem,) = in_line("R-NOOP", level2, name, value)
    assert problem.fix is not None
    (command,) = problem.fix.commands
    assert isinstance(command, SetValue)
    assert command.text == mended


def test_a_number_within_words_gets_words_not_a_change() -> None:
    (problem,) = in_line("R-NOOP", "数量", "水泵", "1新装一台水泵")
    assert problem.fix is None
    assert "＝1台" in str(problem)


def test_a_scale_of_grades_names_the_target_it_holds() -> None:
    (problem,) = in_line("R-RUBRIC", "质量", "通村公路养护", "全年养护里程，90公里为优，80公里为良")
    assert "≥90公里" in str(problem)


def test_two_measures_in_one_name_are_split_in_one_step() -> None:
    filing = filled(lines=[("质量", "路面合格率和桥涵合格率", "≥95%", {"确定依据": "验收规范", "权重": "10"})])
    (problem,) = found("R-MULTI", filing)
    assert problem.fix is not None
    changed, undo = Batch(problem.fix.commands, "拆").apply(filing)  # type: ignore[arg-type]  # a fix holds leaves
    assert [(one.level2, one.columns) for one in changed.indicators] == [
        ("质量指标", {"三级指标": "路面合格率", "目标值": "≥95%", "确定依据": "验收规范", "权重": "10"}),
        ("质量指标", {"三级指标": "桥涵合格率", "目标值": "≥95%", "确定依据": "验收规范"}),
    ]
    assert not found("R-MULTI", changed)
    assert undo.apply(changed)[0] == filing
    assert found("R-MULTI", filing)[0].fix == problem.fix


def test_a_stop_at_the_end_of_a_name_is_taken_away() -> None:
    (problem,) = in_line("R-NAME-FORM", "数量", " 修复渠道长度；", "≥12公里")
    assert problem.fix is not None
    (command,) = problem.fix.commands
    assert isinstance(command, SetValue)
    assert command.text == "修复渠道长度"


def test_a_description_repeated_as_target_is_told_by_its_column() -> None:
    assert not in_line("R-DUP-VALUE", "社会效益", "灌区", "用水 有序", 指标解释="用水有序 ")
    (problem,) = in_line("R-DUP-VALUE", "社会效益", "灌区", "用水有序", 指标解释=" 用水有序")
    assert "指标解释" in str(problem)


def test_the_indicators_on_offer_are_never_sent_back() -> None:
    offered = shipped()
    assert len(offered) > 100
    for one in offered:
        value = one.value if any(map(str.isdigit, one.value)) else f"{one.value}5{one.unit}"
        filing = filled(lines=[(one.level2.removesuffix("指标"), one.name, value)])
        assert not [str(one) for one in Review(FORM, filing).problems if one.rule in RULES]


def test_a_value_in_words_is_read_without_its_sign() -> None:
    template = TEMPLATES["mof-hexin-2021"]
    (tree,) = template.trees.values()
    columns = {Role.NAME: "村史馆讲解", Role.SIGN: "定性", Role.NUMBER: "有效提升"}
    typed = {column.name: columns[column.role] for column in tree.columns if column.role in columns}
    filing = blank(template, indicators=(Indicator("i0", "效益指标", "社会效益指标", typed, tree.name),))
    (problem,) = [one for one in Review(template, filing).problems if one.rule == "R-NONQUANT"]
    assert "“有效提升”" in str(problem)
    assert problem.span is None


def test_a_clean_form_has_nothing_to_say() -> None:
    lines = [
        ("数量", "新建村级卫生室数量", "≥6个"),
        ("质量", "工程一次验收合格率", "≥98%"),
        ("时效", "完工时间", "2026年11月底前"),
        ("成本", "每个卫生室建设成本", "≤12万元"),
        ("社会效益", "服务覆盖村民人数", "≥8000人"),
        ("可持续影响", "设施设计使用年限", "≥15年"),
        ("服务对象满意度", "就诊村民满意度", "≥90%"),
    ]
    filing = filled(lines=lines)
    assert not [problem for rule in RULES for problem in found(rule, filing)]
