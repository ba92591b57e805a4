"""Test data: feeds of the other kinds of records, each in a layout of its own (deploy/feeds).

Like the penalties, everything follows from a day. Every entry can be found under LISTED_NAME. Authorities are named
without codes, as such feeds do: they need not be registered.
"""

import csv
import dataclasses
import datetime
import io

from .feed import Subject

LISTED_NAME = "名单示例"

COMPANY = Subject("91210600MAYY00229P", "丹东凤凰山名单示例有限公司（测试）")
TRADER = Subject("92210602MAYY00026W", "丹东元宝名单示例经营部（测试）", "个体工商户")
SOCIAL = Subject("52210600MJYY00045K", "丹东名单示例服务中心（测试）")

MARKET = "丹东市市场监督管理局"
CIVIL_AFFAIRS = "丹东市民政局"
COURT = "丹东市中级人民法院"


@dataclasses.dataclass(frozen=True)
class Feed:
    """One file: its name, layout and content, the matter kinds of its rows, and how many of them are about persons."""

    name: str
    layout: str
    encoding: str
    rows: list[dict[str, str]]
    kinds: list[str]
    persons: int = 0

    def content(self) -> bytes:
        text = io.StringIO()
        writer = csv.DictWriter(text, list(self.rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return text.getvalue().encode(self.encoding)


def _abnormal(who: Subject, listed: datetime.date, ground: str, authority: str) -> dict[str, str]:
    return {"ENTNAME": who.name, "UNISCID": who.uscc, "LEREP": "", "SPECAUSE": ground, "ABNTIME": listed.isoformat(),
            "DECORG_CN": authority, "ISMOVE": "", "REMDATE": ""}


def _entry(name: str, authority: str, number: str, ground: str, listed: datetime.date) -> dict[str, str]:
    return {"名单类型": name, "主体名称": COMPANY.name, "统一社会信用代码": COMPANY.uscc, "认定单位": authority, "认定文号": number,
            "列入事由": ground, "列入日期": f"{listed.year}年{listed.month}月{listed.day}日"}


def feeds(today: datetime.date) -> list[Feed]:
    def ago(days):
        return today - datetime.timedelta(days=days)

    return [
        Feed("abnormal.csv", "ABNORMAL-LIST", "utf-8-sig",
             [_abnormal(COMPANY, ago(200), "1", MARKET), _abnormal(TRADER, ago(150), "4", MARKET)],
             ["ABNORMAL_LIST", "ABNORMAL_MARK"]),
        Feed("social.csv", "SOCIAL-ABNORMAL-LIST", "gb18030",
             [{"社会组织名称": SOCIAL.name, "统一社会信用代码": SOCIAL.uscc, "列入事由": "未按照规定时限和要求报送年度工作报告",
               "列入日期": ago(120).isoformat(), "登记管理机关": CIVIL_AFFAIRS}],
             ["SOCIAL_ABNORMAL_LIST"]),
        Feed("serious.csv", "LIST-CORE", "utf-8",
             [_entry("严重违法失信名单", MARKET, "丹市监列〔2025〕1号", "受到较重行政处罚", ago(500)),
              _entry("重大税收违法失信主体", "国家税务总局丹东市税务局", "", "逃避缴纳税款", ago(400)),
              _entry("拖欠农民工工资失信联合惩戒对象名单", "丹东市人力资源和社会保障局", "丹人社列〔2025〕2号", "拖欠农民工工资", ago(300)),
              _entry("统计严重失信企业", "丹东市统计局", "", "提供不真实统计资料", ago(250)),
              _entry("安全生产严重失信主体", "丹东市应急管理局", "丹应急列〔2025〕3号", "发生生产安全事故", ago(450))],
             ["SERIOUS_LIST"] * 5),
        Feed("court.csv", "COURT-EXECUTEE", "gb18030",
             [{"名称": COMPANY.name, "性别": "", "年龄": "", "统一社会信用代码": COMPANY.uscc, "案号": "（2025）辽06执1号", "执行法院": COURT,
               "失信被执行人具体情形": "有履行能力而拒不履行", "发布时间": ago(100).isoformat()},
              {"名称": "测试个人", "性别": "女", "年龄": "40", "统一社会信用代码": "", "案号": "（2025）辽06执2号", "执行法院": COURT,
               "失信被执行人具体情形": "违反财产报告制度", "发布时间": ago(100).isoformat()}],
             ["SERIOUS_LIST"], persons=1),
    ]
