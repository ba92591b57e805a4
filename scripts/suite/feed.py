"""Test data: a penalty feed in the 双公示 layout of 2018, UTF-8 CSV with the CF_* codes as its header.

Everything follows from a seed and a day, so that the same call makes the same bytes. One subject, the demo subject,
always has three records of three authorities, one of each class, that can be repaired on that day.

`python3 -m suite.feed --today 2026-11-24 --out FILE` writes one.
"""

import argparse
import csv
import dataclasses
import datetime
import io
import pathlib
import random
import sys

from . import authorities, uscc

COLUMNS = [
    "CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_XDR_ZZJG", "CF_XDR_SWDJ", "CF_XDR_SYDW", "CF_XDR_SHZZ",
    "CF_FRDB", "CF_FR_ZJLX", "CF_FR_ZJHM", "CF_XDR_ZJLX", "CF_XDR_ZJHM", "CF_WSH", "CF_WFXW", "CF_SY", "CF_YJ",
    "CF_CFLB", "CF_NR", "CF_NR_FK", "CF_NR_WFFF", "CF_NR_ZKDX", "CF_JDRQ", "CF_YXQ", "CF_GSJZQ", "CF_CFJG", "CF_CFJGDM",
    "CF_SJLY", "CF_SJLYDM", "BZ",
]
LAYOUT = "SGS-PENALTY-2018"
DEMO_AUTHORITIES = ("transport", "environment", "urban-management")

_REGIONS = ["210600", "210602", "210603", "210604", "210624", "210681", "210682"]
_FORMS = [("91", "有限公司", 12), ("93", "农民专业合作社", 2), ("92", "经营部", 2), ("52", "服务中心", 1), ("51", "协会", 1)]
_FIRST = "安宁兴隆鸿远盛泰广源宏达瑞丰恒信永昌嘉禾金石锦江鸭绿凤鸣"
_TRADES = ["商贸", "运输", "建筑工程", "食品", "水产", "物流", "环保科技", "机械制造", "园林绿化", "置业"]

# What each authority punishes: (violation, facts, basis).
_VIOLATIONS = {
    "transport": ("道路运输违法行为", "车辆超过核定装载质量上路行驶", "《道路运输条例》"),
    "environment": ("环境违法行为", "未按规定贮存工业固体废物", "《固体废物污染环境防治法》"),
    "urban-management": ("市容环境卫生违法行为", "未经批准擅自占用城市道路", "《城市道路管理条例》"),
    "construction": ("建筑市场违法行为", "未取得施工许可证擅自施工", "《建筑法》"),
    "emergency": ("安全生产违法行为", "未对从业人员进行安全生产教育培训", "《安全生产法》"),
}
_OTHER_VIOLATION = ("违法行为", "违反行政管理秩序", "《行政处罚法》")

# Kinds of penalty as feeds write them, legacy digits among them, and whether an amount belongs to them.
_KINDS = ["警告", "通报批评", "罚款", "罚款", "没收违法所得", "没收非法财物", "罚款、没收违法所得", "暂扣许可证件", "吊销许可证件",
          "降低资质等级", "责令停产停业", "限制开展生产经营活动", "1", "2", "4", "其他-责令改正"]


_LEGACY = {"1": "警告", "2": "罚款", "4": "责令停产停业"}


@dataclasses.dataclass(frozen=True)
class Subject:
    uscc: str
    name: str
    kind: str = "法人及非法人组织"


DEMO_SUBJECT = Subject("91210600MAYY000188", "丹东鸭绿江修复示例有限公司（测试）")


def any_name(dice: random.Random) -> str:
    return "".join(dice.sample(_FIRST, 2)) + dice.choice(_TRADES)


def subject(number: int, dice: random.Random | None = None) -> Subject:
    """The number-th made-up subject: a valid code (in the organisations' range of test codes) and a test name."""
    dice = dice or random.Random(number)
    kind, ending, _ = dice.choices(_FORMS, weights=[form[2] for form in _FORMS])[0]
    code = uscc.make(kind, dice.choice(_REGIONS), f"MAY{number:05d}")
    name = f"丹东{any_name(dice)}{ending}（测试{number}）"
    return Subject(code, name, "个体工商户" if kind == "92" else "法人及非法人组织")


def wan(fen: int) -> str:
    """分 in 万元 with as many decimals as it needs."""
    if fen == 0:
        return ""
    whole, rest = divmod(fen, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def penalty(who: Subject, authority: authorities.Authority, number: str, kinds: str, decided: datetime.date,
            fine_fen: int = 0, confiscated_fen: int = 0, **fields: str) -> dict[str, str]:
    """One row. number is the decision's document number; fields overrule single columns by their code."""
    violation, facts, basis = _VIOLATIONS.get(authority.code, _OTHER_VIOLATION)
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "CF_XDR_MC": who.name, "CF_XDR_LB": who.kind, "CF_XDR_SHXYM": who.uscc,
        "CF_WSH": number, "CF_WFXW": violation, "CF_SY": facts, "CF_YJ": basis,
        "CF_CFLB": kinds, "CF_NR": f"给予{_LEGACY.get(kinds, kinds)}的行政处罚", "CF_NR_FK": wan(fine_fen), "CF_NR_WFFF": wan(confiscated_fen),
        "CF_JDRQ": decided.isoformat(), "CF_YXQ": "2099-12-31",
        "CF_CFJG": authority.name, "CF_CFJGDM": authority.uscc, "CF_SJLY": authority.name, "CF_SJLYDM": authority.uscc,
    }
    return row | fields


def repairable(who: Subject, today: datetime.date, by: list[authorities.Authority], number: int) -> list[dict[str, str]]:
    """Three records, one of each class, each of which can be repaired today; one per authority given, in turn."""
    def row(which, kinds, days, **amounts):
        authority = by[which % len(by)]
        decided = today - datetime.timedelta(days=days)
        return penalty(who, authority, document_no(authority, decided.year, number + which), kinds, decided, **amounts)

    return [
        row(0, "警告", 20),  # minor: at once, public for three months at most
        row(1, "没收违法所得", 150, confiscated_fen=1_250_000),  # general: from three months to one year
        row(2, "责令停产停业", 450),  # serious: from one year to three
    ]


def document_no(authority: authorities.Authority, year: int, number: int) -> str:
    short = authority.name.removeprefix("丹东市")[:2]
    return f"丹{short}罚决字〔{year}〕第{number:04d}号"


def _various(dice: random.Random, today: datetime.date, known: list[authorities.Authority], count: int):
    subjects = [subject(number, dice) for number in range(1, count * 2 // 3 + 2)]
    for number in range(count):
        authority = dice.choice(known)
        kinds = dice.choice(_KINDS)
        decided = today - datetime.timedelta(days=dice.randint(1, 900))
        fined = "罚款" in kinds or kinds == "2"
        fine = dice.randint(5, 300) * 1_000_00 + dice.choice([0, 0, 0, 55]) if fined else 0
        confiscated = dice.randint(1, 90_000) * 100 if "没收" in kinds else 0
        licence = {"CF_NR_ZKDX": "道路运输经营许可证"} if "许可证" in kinds else {}
        yield penalty(dice.choice(subjects), authority, document_no(authority, decided.year, 1000 + number), kinds, decided,
                      fine, confiscated, **licence)


def rows(today: datetime.date, seed: int = 1, count: int = 200) -> list[dict[str, str]]:
    known = authorities.load()
    by_code = {authority.code: authority for authority in known}
    demo = repairable(DEMO_SUBJECT, today, [by_code[code] for code in DEMO_AUTHORITIES], 1)
    dice = random.Random(f"feed/{seed}")
    table = demo + list(_various(dice, today, known, count - len(demo)))
    dice.shuffle(table)
    return table


def to_csv(table: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode("utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Writes a made-up penalty feed (双公示 layout, UTF-8 CSV).")
    parser.add_argument("--today", type=datetime.date.fromisoformat, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.out.write_bytes(to_csv(rows(arguments.today, arguments.seed, arguments.count)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
