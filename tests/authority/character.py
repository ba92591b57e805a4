"""How a simulated authority behaves: which answers it gives, in which order, how fast. Pure: no clock, no store.

A character is one outcome and any number of traits, joined by "+": "approve", "supplement_once+slow",
"refuse+twice+flaky".
"""

import dataclasses
import random

OUTCOMES = ("approve", "refuse", "supplement_once", "asks_needlessly", "asks_twice", "extend_once", "not_accepted",
            "returns", "lying", "silent")
TRAITS = ("upholds", "disowns", "prompt", "slow", "twice", "answers_twice", "second_opinion", "late_after_cancel", "flaky", "rejecting")

REFUSAL_REASONS = ["罚款缴纳凭证与决定书所列金额不一致"]
REMEDIES = "如不服本决定，可自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"
LYING_REASONS = ["所报材料的校验值与文件内容不符"]
DEFECTS = ["缺少罚款缴纳凭证", "信用承诺书未加盖公章"]
# Of a system that did not look into what it was given.
HELD_DEFECTS = ["未见信用承诺书"]
HELD_MISSING = [{"defect": 0, "kind": "M2"}]
MORE_DEFECTS = ["补正的缴纳凭证载明的缴款人与申请人不一致"]
NOT_ACCEPTED_REASONS = ["申请事项不属于信用修复范围", "同一信息的修复申请已被受理"]
EXTENSION_REASON = "案情复杂，需向原作出处罚的机构核实履行情况"
OBJECTION_REASONS = ["经核查，所公示的信息与决定书一致"]
CORRECTION = "公示信息中的罚款金额有误，已按决定书更正"
RETURN_REASON = "该行政处罚决定非本机关作出"
FINDING_REASONS = ["经核查，所交履行凭证系伪造"]


@dataclasses.dataclass(frozen=True)
class Character:
    outcome: str
    traits: frozenset

    @staticmethod
    def parse(text: str) -> "Character":
        words = text.split("+")
        outcomes = [word for word in words if word in OUTCOMES]
        unknown = [word for word in words if word not in OUTCOMES + TRAITS]
        if unknown or len(outcomes) > 1:
            raise ValueError(f"not a character: {text!r} (one of {OUTCOMES}, any of {TRAITS})")
        return Character(outcomes[0] if outcomes else "approve", frozenset(words) - set(OUTCOMES))

    @property
    def copies(self) -> int:
        """How often each answer is sent."""
        return 2 if "twice" in self.traits else 1

    def delay_ms(self, seed: str) -> int:
        """How long it thinks before an answer; the same for the same seed."""
        if "slow" not in self.traits:
            return 0
        return random.Random(seed).randint(500, 2000)

    @property
    def heeds_cancellations(self) -> bool:
        """Whether it leaves a cancelled task alone; else it goes on, and decides in the end."""
        return "late_after_cancel" not in self.traits

    @property
    def rejects(self) -> bool:
        """Whether its system takes no task, for good: the fault is its own, but it says that it is ours."""
        return "rejecting" in self.traits

    def fails(self, seed: str, call: int) -> bool:
        """Whether the n-th HTTP call to it fails: one in about three, never two in a row."""
        if "flaky" not in self.traits:
            return False

        def bad(number):
            return random.Random(f"{seed}/{number}").random() < 0.35

        return bad(call) and not bad(call - 1)


def decided(kind: str, task: dict, number: str, day: str) -> dict:
    """The decision part of an answer; kind is "APPROVED", "REFUSED" or "LYING"."""
    decision = {
        "outcome": "APPROVED" if kind == "APPROVED" else "REFUSED",
        "decisionNo": f"信修〔{day[:4]}〕{number}号",
        "decisionDate": day,
        "recordVersion": str(task["record"]["version"]),
    }
    if kind != "APPROVED":
        decision["reasons"] = LYING_REASONS if kind == "LYING" else REFUSAL_REASONS
        decision["remedies"] = REMEDIES
    return {"decided": decision}


def first_answers(character: Character, task: dict, number: str, day: str, _: int) -> list[tuple[str, dict]]:
    """What it answers once the materials are verified: (suffix of the answer id, answer without ids), in order."""
    accepted = ("A", {"accepted": {"documentNo": f"{number}受"}})
    match character.outcome:
        case "silent":
            return []
        case "not_accepted":
            return [("N", {"notAccepted": {"documentNo": f"{number}不受", "reasons": NOT_ACCEPTED_REASONS,
                                           "remedies": REMEDIES}})]
        case "returns":
            return [("R", {"returned": {"reason": RETURN_REASON}})]
        case "supplement_once" | "asks_twice":
            return [accepted, ("S", {"supplementRequested": {"defects": DEFECTS}})]
        case "asks_needlessly":
            return [accepted, ("S", {"supplementRequested": {"defects": HELD_DEFECTS, "missing": HELD_MISSING}})]
        case "extend_once":
            return [accepted, ("E", {"extended": {"documentNo": f"{number}延", "reason": EXTENSION_REASON}}),
                    *decisions(character, task, number, day)]
    return [accepted, *decisions(character, task, number, day)]


def objection_answers(character: Character, _task: dict, number: str, _day: str, _: int) -> list[tuple[str, dict]]:
    """What it answers to an objection: rejected, unless it upholds them, or says that they are not its own."""
    if character.outcome == "silent":
        return []
    if "disowns" in character.traits:
        return [("OR", {"returned": {"reason": RETURN_REASON}})]
    rejected = ("O", {"objectionRejected": {"documentNo": f"{number}异", "reasons": OBJECTION_REASONS,
                                            "remedies": REMEDIES}})
    upheld = ("O", {"objectionUpheld": {"documentNo": f"{number}异", "correction": CORRECTION}})
    first, second = (upheld, rejected) if "upholds" in character.traits else (rejected, upheld)
    if "second_opinion" in character.traits:
        return [first, ("O2", second[1])]
    return [first]


def answers_to_supplement(character: Character, task: dict, number: str, day: str, asked: int) -> list[tuple[str, dict]]:
    """What it answers to a verified supplement; a character that never asks for one decides as always.

    asked: how often it has asked for one about this task.
    """
    if character.outcome == "silent":
        return []
    if character.outcome == "asks_twice" and asked < 2:
        return [("S2", {"supplementRequested": {"defects": MORE_DEFECTS}})]
    return decisions(character, task, number, day)


def again(answers: list[tuple[str, dict]]) -> list[tuple[str, dict]]:
    """Each answer a second time, under another id, as of a system that forgets what it has sent."""
    return [each for suffix, answer in answers for each in ((suffix, answer), (f"{suffix}-again", answer))]


def decisions(character: Character, task: dict, number: str, day: str) -> list[tuple[str, dict]]:
    """What it decides in the end."""
    kind = {"refuse": "REFUSED", "lying": "LYING"}.get(character.outcome, "APPROVED")
    answers = [("D", decided(kind, task, number, day))]
    if "second_opinion" in character.traits:
        other = "APPROVED" if kind != "APPROVED" else "REFUSED"
        answers.append(("D2", decided(other, task, f"{number}-2", day)))
    return answers


def finding(kind: str, number: str, day: str) -> dict:
    """What it finds about a repair that it has approved; kind is of deploy/catalogue/findings.toml."""
    return {"revoked": {"kind": kind, "documentNo": f"信撤〔{day[:4]}〕{number}号", "foundOn": day,
                        "reasons": FINDING_REASONS, "remedies": REMEDIES}}


def unreadable_material(names: list[str]) -> list[tuple[str, dict]]:
    """What it answers when a fetched file is not the one the task describes."""
    return [("M", {"supplementRequested": {"defects": [f"材料“{name}”与任务所列大小或校验值不符" for name in names]}})]
