"""The main job from end to end, to be watched: scripts/run calls it once everything is built.

Starts a broker, the five services and the simulated authorities under one root folder, imports feeds of every kind, submits one
application for three records of three authorities and follows it to its end. Ends 0 only when the end is right.
"""

import argparse
import contextlib
import datetime
import hashlib
import json
import pathlib
import shutil
import signal
import socket
import sys
import time
import traceback
import uuid
import zoneinfo

from . import authorities, feed, feed_lists, pdf, paths, suite
from .ports import Ports
from .suite import Suite

FOLLOW_S = 60
EFFECT_S = 15
# The simulated authorities think for a second or two, so that a person can follow.
CHARACTER = "approve+slow"
# The application that comes in through 信用中国.
PUSHED_SUBJECT = 9_001
PUSHED_AUTHORITY = "transport"
UPSTREAM_NO = "XYZG-2026-000001"
RETURNS = {"RECEIVED": "已收件", "ACCEPTED": "已受理", "NOT_ACCEPTED": "不予受理", "SUPPLEMENT_REQUESTED": "通知补正",
           "EXTENDED": "延长办理", "RESULT": "修复结果", "WITHDRAWN": "已撤回", "CLOSED_NO_SUPPLEMENT": "逾期未补正"}
NOTHING = {"application": "", "state": "", "cases": [], "records": [],
           "pushed": {"upstream_no": "", "case": "", "state": "", "returned": []}}
_MARKER = ".xiufu-run"  # in a root folder that this program may empty


def enum_name(kind, number: int, prefix: str) -> str:
    return kind.Name(number).removeprefix(prefix)


class Words:
    """Enum names as the outcome gives them, and Chinese for people."""

    RECORD = {"PUBLISHED": "公示中", "ENDED": "已终止公示", "SHIELDED": "已屏蔽", "EXPIRED": "已到期", "WITHDRAWN": "已撤下"}
    VERDICT = {"ELIGIBLE": "可以申请", "NOT_YET": "未到期限", "NOT_REPAIRABLE": "不可修复", "NEEDS_PERSON": "需人工判断"}
    CLASS = {"MINOR": "轻微", "GENERAL": "一般", "SERIOUS": "严重", "PENDING": "待定"}

    @staticmethod
    def both(words: dict[str, str], name: str) -> str:
        return f"{words.get(name, '')} {name}".strip()


class Stage:
    """Prints stages with the time since the beginning: Chinese, and English below it."""

    def __init__(self):
        self._begin = time.monotonic()

    def seconds(self) -> float:
        return time.monotonic() - self._begin

    def say(self, chinese: str, english: str) -> None:
        print(f"[{self.seconds():7.2f} s] {chinese}\n{'':12}{english}", flush=True)


class Demo:
    """The run itself: prepared once the suite is up, then step by step. outcome() may be asked at any point."""

    def __init__(self, running: Suite, stage: Stage, today: datetime.date):
        from xiufu.common.v1 import common_pb2

        from . import client

        self.running = running
        self.stage = stage
        self.today = today
        self.common = common_pb2
        self.client = client
        self.portal = client.Portal(running.service("intake").address, running.credentials("portal"))
        self.subject = feed.DEMO_SUBJECT
        self.titles = {}  # of records, for people
        self.chosen = []
        self.pushed = None  # the record that is applied for upstream
        self.pushed_case = ("", "")
        self.told = 0  # returns that have been shown
        self.application = None
        self.before = {}
        self.after = {}

    def _record_state(self, record) -> str:
        return enum_name(self.common.RecordState, record.snapshot.state, "RECORD_STATE_")

    def _states(self) -> dict[str, str]:
        return {record.name: self._record_state(record) for record in self.portal.search(self.subject.uscc)}

    def import_feed(self) -> None:
        content = feed.to_csv(feed.rows(self.today))
        (self.running.root / "feed.csv").write_bytes(content)
        report = self.client.import_records(self.running.service("publication").address,
                                            self.running.credentials("operator"), content, "feed.csv", feed.LAYOUT)
        self.stage.say(f"已导入双公示行政处罚数据：{report.rows}行，新增{report.imported}条，错误{len(report.errors)}条",
                       f"feed imported: {report.rows} rows, {report.imported} new, {len(report.errors)} errors")
        for error in report.errors:
            print(f"    {error.line} {error.field} {error.reason}")
        if report.rows != 200 or report.imported != 200 or report.errors:
            raise RuntimeError("the feed was not imported whole")

    def import_lists(self) -> None:
        """Every other kind of record, each file in a layout, form and encoding of its own."""
        for file in feed_lists.feeds(self.today):
            (self.running.root / file.name).write_bytes(file.content())
            report = self.client.import_records(self.running.service("publication").address,
                                                self.running.credentials("operator"), file.content(), file.name, "")
            self.stage.say(f"已导入{file.name}（{report.layout}，{report.encoding}）：新增{report.imported}条，自然人{report.out_of_scope}行不收录",
                           f"{file.name} imported: {report.imported} new, {report.out_of_scope} rows about persons not stored")
            if (report.layout, report.imported, report.out_of_scope) != (file.layout, len(file.kinds), file.persons):
                raise RuntimeError(f"{file.name} was not imported whole")

    def look_up_lists(self) -> None:
        found = self.portal.search_name(feed_lists.LISTED_NAME)
        judged = {e.record: e for who in {record.snapshot.subject_uscc for record in found} for e in self.portal.check(who)}
        verdicts = self.portal.messages.Eligibility.Verdict
        kinds = [enum_name(self.common.MatterKind, record.snapshot.matter, "MATTER_KIND_") for record in found]
        self.stage.say(f"按名称“{feed_lists.LISTED_NAME}”查询：{len(found)}条，{len(set(kinds))}类",
                       f"searched by name: {len(found)} records of {len(set(kinds))} kinds")
        for record, kind in zip(found, kinds, strict=True):
            e = judged[record.name]
            print(f"{'':12}· {record.snapshot.list_name} {kind}  {record.snapshot.authority.name}\n"
                  f"{'':14}{record.snapshot.subject_name} · 列入 / listed {record.snapshot.decision_date}\n"
                  f"{'':14}{Words.both(Words.VERDICT, verdicts.Name(e.verdict))} · {e.rule.rule_id} · "
                  f"自 / from {e.earliest_date or '—'} · {e.channel.name}", flush=True)
        if sorted(kinds) != sorted(kind for file in feed_lists.feeds(self.today) for kind in file.kinds):
            raise RuntimeError("not every kind of record was found")

    def look_up(self) -> None:
        records = self.portal.search(self.subject.uscc)
        self.titles = {record.name: f"{record.snapshot.document_no} {record.snapshot.violation}".strip()
                       for record in records}
        self.before = {record.name: self._record_state(record) for record in records}
        checked = self.portal.check(self.subject.uscc)
        verdicts = self.portal.messages.Eligibility.Verdict
        self.stage.say(f"查询{self.subject.name}（{self.subject.uscc}）：{len(checked)}条失信信息",
                       f"looked up {self.subject.uscc}: {len(checked)} records")
        for e in checked:
            print(f"{'':12}· {self.titles[e.record]}  {e.authority.name}\n"
                  f"{'':14}{Words.both(Words.CLASS, e.record_class)} · "
                  f"{Words.both(Words.VERDICT, verdicts.Name(e.verdict))} · 自 / from {e.earliest_date}\n"
                  f"{'':14}材料 / papers: {'、'.join(material.name for material in e.materials)}", flush=True)
        eligible = [e for e in checked if e.verdict == self.portal.messages.Eligibility.ELIGIBLE]
        self.chosen = [e.record for e in eligible]
        if len(eligible) != 3 or len({e.authority.code for e in eligible}) != 3:
            raise RuntimeError("expected three repairable records of three authorities")

    def tell(self) -> None:
        """The one-time notice of what was chosen, before anything is submitted; letter and forms go to files."""
        notice = self.portal.notice(self.subject.uscc, self.chosen)
        self.stage.say(f"一次性告知：{len(notice.records)}条失信信息，{len(notice.materials)}份材料",
                       f"one-time notice: {len(notice.records)} records, {len(notice.materials)} papers")
        for line in notice_lines(notice, self.portal.messages):
            print(f"{'':12}{line}", flush=True)
        folder = self.running.root / "letters"
        folder.mkdir(exist_ok=True)
        letters = [self.portal.notice_letter(self.subject.uscc, self.chosen)]
        letters += [self.portal.form(self.subject.uscc, kind, self.chosen) for kind in ("APPLICATION", "COMMITMENT")]
        for letter in letters:
            (folder / letter.file_name).write_bytes(letter.content)
        print(f"{'':12}告知书和空白文书 / notice and blank forms (PDF): {folder}", flush=True)
        for letter in letters:
            print(f"{'':14}{letter.file_name}", flush=True)

    def submit(self) -> None:
        documents = [r.snapshot.document_no for r in self.portal.search(self.subject.uscc) if r.name in self.chosen]
        draft = self.portal.create(self.subject.uscc, self.chosen)
        self.application, self.query_code = draft, draft.query_code
        day = self.today.isoformat()
        self.portal.upload(draft.name, "M2", "信用承诺书.pdf", pdf.commitment(self.subject.name, self.subject.uscc, day))
        self.portal.upload(draft.name, "M3", "履行义务证明.pdf", pdf.proof(self.subject.name, documents, day))
        self.stage.say(f"已建申请{draft.number}，上传两份材料", f"application {draft.number} drafted, two papers uploaded")
        self.application = self.portal.submit(draft.name)
        self.stage.say(f"已提交{len(self.chosen)}条失信信息的修复申请", f"submitted for {len(self.chosen)} records")

    def push(self) -> None:
        """Another subject applies at 信用中国, which pushes the application."""
        who = feed.subject(PUSHED_SUBJECT)
        by = [a for a in authorities.load() if a.code == PUSHED_AUTHORITY]
        content = feed.to_csv(feed.repairable(who, self.today, by, 900)[:1])
        self.client.import_records(self.running.service("publication").address, self.running.credentials("operator"),
                                   content, "feed-pushed.csv", feed.LAYOUT)
        self.pushed = self.portal.search(who.uscc)[0].snapshot
        self.running.upstream.push(UPSTREAM_NO, self.pushed, [
            ("M2", "信用承诺书.pdf", pdf.commitment(who.name, who.uscc, self.today.isoformat()))])
        self.stage.say(f"信用中国（模拟）推送申请{UPSTREAM_NO}：{who.name}，{self.pushed.document_no}",
                       f"the simulated Credit China pushes application {UPSTREAM_NO}: {self.pushed.document_no}")

    def returned(self) -> list[str]:
        """The kinds that upstream has been told, as its server recorded them; each new one is shown."""
        returns = self.running.upstream.returned(UPSTREAM_NO)
        for one in returns[self.told:]:
            text = RETURNS.get(one["kind"], one["kind"])
            self.stage.say(f"回传信用中国 {UPSTREAM_NO} #{one['sequence']} {text}", f"returned upstream: {one['kind']}")
        self.told = len(returns)
        if returns and not self.pushed_case[1] == "CONCLUDED":
            known = self.portal.get(f"applications/{returns[0]['applicationNumber']}", returns[0].get("queryCode", ""))
            for case in known.cases:
                self.pushed_case = (case.name, enum_name(self.common.CaseState, case.state, "CASE_STATE_"))
        return [one["kind"] for one in returns]

    def pushed_right(self) -> bool:
        kinds = self.returned()
        return kinds[:1] == ["RECEIVED"] and kinds[-1:] == ["RESULT"] and self.pushed_case[1] == "CONCLUDED"

    def follow(self) -> None:
        for entry in self.portal.watch(self.application.name, self.query_code, seconds=FOLLOW_S):
            at = entry.time.ToDatetime(datetime.timezone.utc).astimezone(zoneinfo.ZoneInfo("Asia/Shanghai"))
            self.stage.say(f"{at:%H:%M:%S} #{entry.position} {entry.text}", entry.text_en)
            print(f"{'':12}→ {entry.next_step.text}\n{'':14}{entry.next_step.text_en}", flush=True)
        self.refresh()

    def await_effects(self) -> None:
        """Every effect confirmed and shown; both follow the conclusion within moments."""
        end = time.monotonic() + EFFECT_S
        while True:
            self.refresh()
            if self.right() and self.pushed_right() or time.monotonic() > end:
                return
            time.sleep(0.1)

    def refresh(self) -> None:
        self.application = self.portal.get(self.application.name, self.query_code)
        self.after = self._states()

    def keep_letters(self) -> None:
        """The application on paper, as it ended."""
        folder = self.running.root / "letters"
        letters = [self.portal.document(self.application.name, self.query_code, kind) for kind in ("RECEIPT", "CONCLUSION")]
        for letter in letters:
            (folder / letter.file_name).write_bytes(letter.content)
        print(f"{'':12}收件凭证和办结告知书 / receipt and conclusion letter (PDF): {folder}", flush=True)
        for letter in letters:
            print(f"{'':14}{letter.file_name}", flush=True)

    def show_records(self) -> None:
        number = {case.record: case for case in self.application.cases}
        self.stage.say("修复前后的公示状态", "publicity before and after")
        for record in self.chosen:
            case = number.get(record)
            print(f"{'':12}· {self.titles[record]}  {case.authority.name if case else ''}\n"
                  f"{'':14}{Words.both(Words.RECORD, self.before.get(record, ''))} → "
                  f"{Words.both(Words.RECORD, self.after.get(record, ''))}"
                  f"  决定书 / decision {case.decision_no if case else '—'}", flush=True)

    def right(self) -> bool:
        outcome = self.outcome()
        return (outcome["state"] == "CONCLUDED" and self.application.loop_closed and len(outcome["cases"]) == 3
                and all(c["state"] == "CONCLUDED" and c["result"] == "APPROVED" for c in outcome["cases"])
                and {c["record"] for c in outcome["cases"]} == set(self.chosen)
                and len({c["authority"] for c in outcome["cases"]}) == 3
                and all(r["before"] == "PUBLISHED" and r["after"] == "ENDED" for r in outcome["records"]))

    def outcome(self) -> dict:
        application = self.application
        cases = application.cases if application else []
        states = self.portal.messages.Application.State
        return {
            "application": application.name if application else "",
            "state": states.Name(application.state) if application else "",
            "cases": [{"case": case.name, "record": case.record, "authority": case.authority.code,
                       "state": enum_name(self.common.CaseState, case.state, "CASE_STATE_"),
                       "result": enum_name(self.common.CaseResult, case.result, "CASE_RESULT_")} for case in cases],
            "records": [{"record": record, "before": self.before.get(record, ""), "after": self.after.get(record, "")}
                        for record in self.chosen],
            "pushed": {"upstream_no": UPSTREAM_NO, "case": self.pushed_case[0], "state": self.pushed_case[1],
                       "returned": self.returned()} if self.pushed else NOTHING["pushed"],
        }


def notice_lines(notice, messages):
    """A notice in a few lines for the terminal, Chinese first."""
    number = {record.eligibility.record: index for index, record in enumerate(notice.records, 1)}
    for index, record in enumerate(notice.records, 1):
        e = record.eligibility
        mark = "（待核实 / unverified）" if record.unverified else ""
        yield f"{index}. {record.snapshot.document_no}  {e.authority.name}"
        yield (f"   {Words.both(Words.VERDICT, messages.Eligibility.Verdict.Name(e.verdict))} · 自 / from {e.earliest_date or '—'}"
               f" · 公示至 / public until {e.publicity_end_date or '—'}{mark}")
    alike = {}  # records by the time limits and the result that they share
    for index, record in enumerate(notice.records, 1):
        limits = "；".join(f"{limit.text}{'〔待核实〕' if limit.unverified else ''}" for limit in record.limits
                          if limit.kind in ("ACCEPT", "DECIDE"))
        alike.setdefault((limits, f"{record.result_word} {record.result_word_en}"), []).append(str(index))
    for (limits, result), numbers in alike.items():
        yield f"时限和结果 / limits and result（{'、'.join(numbers)}）: {limits}；{result}"
    yield "需要提交，每种一份 / to hand in, one of each:"
    for material in notice.materials:
        used = "、".join(str(number[need.record]) for need in material.needed_by)
        yield f"   {material.name} / {material.name_en} → {used}"
    if notice.fetched:
        yield f"不用提交 / not asked for: {'、'.join(material.name for material in notice.fetched)}"
    for window in notice.windows[:1]:
        yield f"咨询 / ask: {window.name}（{window.hotline or window.note}）"
    for hotline in notice.hotlines:
        yield f"热线 / hotline: {hotline.number} {hotline.name}"
    yield notice.remarks[0].text
    yield notice.remarks[0].text_en


def empty_root(root: pathlib.Path) -> None:
    """Each run starts from nothing: what an earlier run left here goes, what nobody knows stays untouched."""
    if root.exists() and any(root.iterdir()) and not (root / _MARKER).exists():
        raise RuntimeError(f"{root} 非空且不是本程序所建 / is not empty and was not made by this program")
    running = suite.stop(root)
    if running:
        print(f"已停止先前保留运行的一套：{'、'.join(running)}\n{'':12}stopped what an earlier --keep left running", flush=True)
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    (root / _MARKER).write_text(str(uuid.uuid4()) + "\n", encoding="ascii")


def print_addresses(running: Suite) -> None:
    ports = running.ports
    print("\n保持运行，地址如下 / left running:")
    for name, service in running.services.items():
        print(f"  {name:20s} gRPC {service.address}   metrics http://127.0.0.1:{ports.metrics[name]}/metrics")
    print(f"  {'rabbitmq':20s} AMQP 127.0.0.1:{ports.broker['amqp']}   "
          f"管理页面 / management http://127.0.0.1:{ports.broker['management']}/")
    print(f"  {'':20s} 用户 / user operator，密码文件 / password file {running.broker.credentials / 'operator'}")
    for code in running.authorities:
        print(f"  {code:20s} 模拟系统 / simulated http://127.0.0.1:{ports.authority(code)}/admin/state")
    print(f"  {'credit-china':20s} 模拟上级入口 / simulated http://127.0.0.1:{ports.upstream_http}/admin/state")
    callers = " ".join(sorted(file.stem for file in (running.root / "credentials").glob("*.token")))
    print(f"  令牌 / tokens {running.root / 'credentials'}/NAME.token, NAME: {callers}")
    print("  停止 / stop: scripts/run --stop", flush=True)


def drive(running: Suite, stage: Stage, today: datetime.date) -> tuple[bool, dict]:
    stage.say("正在启动RabbitMQ", "RabbitMQ is starting")
    names = {f"authority {a.code}": f"{a.name}的模拟系统" for a in authorities.load()}
    names["credit-china"] = "信用中国的模拟系统"
    running.start(lambda name, _: stage.say(f"{names.get(name, name)} 就绪", f"{name} is ready"))
    demo = Demo(running, stage, today)
    ok = False
    try:
        demo.import_feed()
        demo.import_lists()
        demo.look_up_lists()
        demo.look_up()
        demo.tell()
        demo.submit()
        demo.push()
        demo.follow()
        demo.await_effects()
        demo.show_records()
        demo.keep_letters()
        print(f"{'':12}申请 / application {demo.application.name}，查询码 / query code {demo.query_code}", flush=True)
        ok = demo.right() and demo.pushed_right()
    except Exception as error:  # the outcome so far is told, and the exit code says that it was not right
        complain(running.root, error)
    return ok, demo.outcome()


def complain(root: pathlib.Path, error: BaseException) -> None:
    """What went wrong in one line for people; where it did, in the log."""
    print(f"出错 / failed: {error or type(error).__name__}", file=sys.stderr, flush=True)
    with contextlib.suppress(OSError), open(root / "log" / "run.log", "a", encoding="utf-8") as log:
        traceback.print_exception(error, file=log)


class Taken(Exception):
    """Another scripts/run is at work under the same root."""


def hold(root: pathlib.Path) -> socket.socket:
    """One run at a time for a root. An abstract socket: it leaves no file and ends with the process."""
    lock = socket.socket(socket.AF_UNIX)
    try:
        lock.bind(b"\0xiufu-run-" + hashlib.sha256(str(root).encode()).hexdigest().encode())
    except OSError as error:
        raise Taken(f"另一次 scripts/run 正在使用{root}，请等它结束 / another scripts/run is at work in it") from error
    return lock


class Interrupted(BaseException):
    """Ctrl-C, a closed terminal, or somebody's kill."""


def interrupt(number, _frame):
    raise Interrupted(signal.Signals(number).name)


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/run", description="一套跑通 / the main job from end to end")
    parser.add_argument("--keep", action="store_true", help="结束后保持运行 / leave everything running")
    parser.add_argument("--stop", action="store_true", help="停止保持运行的一套 / end what --keep left running")
    parser.add_argument("--json", action="store_true", help="末行输出结果 / the outcome as JSON on the last line")
    parser.add_argument("--root", type=pathlib.Path, default=paths.REPOSITORY / "var")
    parser.add_argument("--free-ports", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    try:
        lock = hold(root)
    except Taken as taken:
        print(taken, file=sys.stderr)
        if arguments.json:
            print(json.dumps({"ok": False, **NOTHING, "seconds": 0}))
        return 1
    with lock:
        return end_kept(root) if arguments.stop else run(arguments, root)




def end_kept(root: pathlib.Path) -> int:
    print("正在停止 / stopping ...", flush=True)
    stopped = suite.stop(root)
    print(f"已停止 / stopped: {'、'.join(stopped) or '无 / nothing was running'}")
    return 0


def run(arguments, root: pathlib.Path) -> int:
    stage = Stage()
    for number in _SIGNALS:
        signal.signal(number, interrupt)
    ok, outcome, mine = False, NOTHING, False
    try:
        today = datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Shanghai")).date()
        empty_root(root)
        mine = True
        running = Suite(root, Ports.all_free() if arguments.free_ports else Ports.demo(),
                        characters={a.code: CHARACTER for a in authorities.load()}, test_admin=False, notify=True)
        ok, outcome = drive(running, stage, today)
        if ok:
            stage.say("全部办结，结果正确", "everything is concluded, and rightly so")
        else:
            stage.say(f"结果不正确，日志见{root}/log", f"NOT the right end; logs are in {root}/log")
        if arguments.keep:
            print_addresses(running)
            mine = False
    except Interrupted as interrupted:
        ok = False
        with contextlib.suppress(OSError):  # the terminal may be gone
            print(f"\n已中断 / interrupted: {interrupted}", file=sys.stderr, flush=True)
    except Exception as error:
        complain(root, error)
    finally:
        # Stopped to the end, whatever key is pressed meanwhile: half stopped, something would be left running.
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        seconds = round(stage.seconds(), 2)
        if mine:
            with contextlib.suppress(OSError):
                stage.say("正在停止全部进程", "stopping everything")
            suite.stop(root)
    if mine:
        stage.say(f"已停止；存储和日志保留在{root}", f"stopped; stores and logs stay in {root}")
    if arguments.json:
        print(json.dumps({"ok": ok, **outcome, "seconds": seconds}, ensure_ascii=False), flush=True)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
