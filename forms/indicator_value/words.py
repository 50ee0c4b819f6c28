"""The words and signs an indicator value is written with, in the narrow writing of `numerals.narrow`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from forms import numerals
from forms.numerals import words


class Sort(Enum):
    """What a token is, as far as its own letters and the token before it tell."""

    NUMBER = auto()
    UNIT = auto()
    SIGN = auto()  # ≥
    LEAD = auto()  # 不少于
    ABOUT = auto()  # 余, between a number and its unit
    BOUND = auto()  # 以上
    EACH = auto()  # 每月
    RANGE = auto()  # ～
    PER = auto()  # /
    TIMES = auto()  # ·
    OPEN = auto()
    CLOSE = auto()
    STOP = auto()  # parts clauses
    JOIN = auto()  # parts clauses where both sides say how much
    DATE = auto()  # 2023-12-31
    PART = auto()  # 上半年, its last month as word
    TENDAYS = auto()  # 上旬, its last day as word
    END = auto()  # 底
    BEFORE = auto()  # 前
    CLASS = auto()  # Ⅲ类
    MARK = auto()  # 为优
    VAGUE = auto()  # 一批
    WORD = auto()


DURATIONS = words("年 个月 个季度 周 天 日 工作日 个工作日 小时 分钟 秒")
PERIODS = words("天 日 周 旬 月 季度 半年 年 半月")
# Units below a stroke and in dates: a number before one of them counts nothing by itself.
NOT_COUNTED = words("月 号 旬 半年 半月 季度")

_MEASURES = words(
    """
    % ‰ ℃ 百分点 个百分点 倍 个季度 个工作日 元 千元 万元 百万元 亿元
    平方米 平方公里 平方千米 公顷 亩 万亩 立方米 万立方米 亿立方米 升 毫升 公里 千米 米 厘米 毫米 km cm mm m
    吨 万吨 吨标准煤 公斤 千克 克 毫克 微克 kg mg g t mL ml L 分贝 dB 千瓦 兆瓦 千瓦时 万千瓦时 kW MW
    台套 台次 台班 车次 艘次 户次 批 轮 届 期次 学年 学期 幅 首 把 顶 床 栋 幢 门 款 星 羽 尾 亩次 人日
    """
)
_UNIT_SPELLINGS = {
    "小时": "h H hr 个小时",
    "分钟": "min",
    "秒": "s",
    "天": "d",
    "分贝": "dB(A)",
    "千瓦时": "kW·h kWh 度电",
    "年": "年度",
    "平方米": "㎡ m² m2",
    "立方米": "m³ m3",
    "微克": "μg µg ug",
}
UNITS = {unit: unit for unit in numerals.COUNTED | _MEASURES | NOT_COUNTED} | {
    spelling: unit for unit, spellings in _UNIT_SPELLINGS.items() for spelling in spellings.split()
}

# Here the letters of a unit begin another word.
OTHER_WORDS = words(
    """
    部门 台账 台帐 个人 个性 家庭 次数 项目 处理 处置 处于 条件 条例 年均 年初 年中 日常 日均 周期 周边 分别 分类 分级
    名单 名称 名录 人员 人均 人民 份额 户籍 户均 组织 所有 页面 起草 起到 支持 支出 支付 支撑 期间 期限 本级 架构
    层级 层面 例行 场所 场地 间接 门户 门诊 首批 首先 首次 款项 届时 批准 批复 轮换 轮流 星期 顶层 幅度 栋梁 把手 把关
    """
)
# These begin like a number and count nothing.
_IDIOMS = (
    "百分制 百分比 百分数 十分制 十分 万分 千分 百分百 一次性 一分为二 一条龙 一张图 一张网 一本账 一年一度 万一 一起"
)

_SIGNS = {"≥": "≥ >= => ≧ ⩾", "≤": "≤ <= =< ≦ ⩽", "＞": ">", "＜": "<", "＝": "= =="}
_LEADS = {
    "≥": "大于等于 大于或等于 不少于 不低于 不小于 至少 最少 达到 达",
    "≤": "小于等于 小于或等于 不超过 不高于 不大于 不多于 至多 最多 控制在",
    "＞": "超过 大于 高于 多于",
    "＜": "低于 小于 少于",
    "＝": "等于",
}
# After these a verb may stand before the number: 至少开展1次.
LEADS_OF_DEEDS = words("不少于 至少 最少 至多 最多")
_BOUNDS = {"≥": "以上 及以上 或以上", "≤": "以下 及以下 或以下 以内 之内 内"}
_PARTS = {
    "3": "第一季度 一季度 第1季度 1季度",
    "6": "第二季度 二季度 第2季度 2季度 上半年",
    "9": "第三季度 三季度 第3季度 3季度",
    "12": "第四季度 四季度 第4季度 4季度 下半年",
}


def _listed(sort: Sort, spellings: Mapping[str, str]) -> dict[str, tuple[Sort, str]]:
    return {word: (sort, meaning) for meaning, listed in spellings.items() for word in listed.split(" ")}


LEXICON: dict[str, tuple[Sort, str]] = (
    _listed(Sort.SIGN, _SIGNS)
    | _listed(Sort.LEAD, _LEADS)
    | _listed(Sort.BOUND, _BOUNDS)
    | _listed(Sort.RANGE, {"～": "~ 〜 - – — 至 到"})
    | _listed(Sort.PER, {"/": "/"})
    | _listed(Sort.TIMES, {"·": "· •"})
    | _listed(Sort.OPEN, {"(": "("})
    | _listed(Sort.CLOSE, {")": ")"})
    | _listed(Sort.STOP, {"；": "; , 。 ! \n"})
    | _listed(Sort.JOIN, {"、": "、 和 及 与 以及"})
    | _listed(Sort.PART, _PARTS)
    | _listed(Sort.TENDAYS, {"10": "上旬", "20": "中旬", "": "下旬"})
    | _listed(Sort.END, {"年": "年底 年末 年内", "": "底 末"})
    | _listed(Sort.BEFORE, {"": "前 之前 以前"})
    | _listed(Sort.MARK, {"": "为优 为良 为中 为差"})
    | _listed(Sort.VAGUE, {word: word for word in ("一批", "若干", "一定数量")})
    | _listed(Sort.WORD, {"": _IDIOMS})
)
