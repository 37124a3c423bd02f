"""Recorded proofs are replayed on the annotation, and a tampered one is caught."""

import json

import pytest

from lambada_bc.evaluation.datasets import Gold
from lambada_bc.evaluation.replay import replays
from lambada_bc.statements import Verdict

GOLD = Gold.model_validate_json(
    json.dumps(
        {
            "facts": {
                "0": ["bald eagle", "sees", "the cat", "+"],
                "1": ["bald eagle", "is", "kind", "-"],
                "2": ["cat", "chases", "mouse", "+"],
            },
            "rules": {
                "3": {
                    "if": [["?x", "sees", "?y", "+"], ["?x", "is", "kind", "-"]],
                    "then": ["?x", "chases", "?y", "-"],
                },
                "4": {
                    "if": [["?x", "sees", "?y", "+"], ["?y", "chases", "mouse", "+"]],
                    "then": ["?x", "is", "big", "+"],
                },
            },
        }
    )
)
SEES = {"fact": 0, "conclusion": "The bald eagle sees the cat"}
UNKIND = {"fact": 1, "conclusion": "the bald eagle is not kind"}
MOUSE = {"fact": 2, "conclusion": "the cat chases the mouse"}
NOT_CHASES = {
    "rule": 3,
    "premises": [SEES["conclusion"], UNKIND["conclusion"]],
    "conclusion": "the bald eagle does not chase the cat",
}
BIG = {
    "rule": 4,
    "premises": [MOUSE["conclusion"], SEES["conclusion"]],
    "conclusion": "The bald eagle is big",
}
GOAL = ("bald eagle", "chases", "cat", "+")


def test_a_right_proof_replays():
    assert replays([SEES, UNKIND, NOT_CHASES], GOLD, GOAL, Verdict.DISPROVED)
    assert replays([], GOLD, GOAL, Verdict.UNKNOWN)
    assert replays([SEES, MOUSE, BIG], GOLD, ("bald eagle", "is", "big", "+"), Verdict.PROVED)


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ([SEES, UNKIND, NOT_CHASES], Verdict.PROVED),
        ([SEES, UNKIND], Verdict.DISPROVED),
        ([], Verdict.DISPROVED),
        ([SEES, NOT_CHASES], Verdict.DISPROVED),
        ([NOT_CHASES, SEES, UNKIND], Verdict.DISPROVED),
        ([SEES, UNKIND, {**NOT_CHASES, "rule": 4}], Verdict.DISPROVED),
        ([SEES, UNKIND, {**NOT_CHASES, "rule": 9}], Verdict.DISPROVED),
        ([SEES, UNKIND, {**NOT_CHASES, "premises": [SEES["conclusion"]]}], Verdict.DISPROVED),
        ([{**SEES, "fact": 1}, UNKIND, NOT_CHASES], Verdict.DISPROVED),
        ([SEES, {**UNKIND, "conclusion": "the bald eagle is kind"}, NOT_CHASES], Verdict.DISPROVED),
        ([SEES, UNKIND, NOT_CHASES], Verdict.CONTRADICTED),
    ],
)
def test_a_wrong_proof_does_not(steps, verdict):
    assert replays(steps, GOLD, GOAL, verdict) is False


def test_one_variable_stands_for_one_thing():
    other = {**BIG, "premises": [SEES["conclusion"], "the dog chases the mouse"]}
    dog = {"fact": 2, "conclusion": "the dog chases the mouse"}
    goal = ("bald eagle", "is", "big", "+")
    gold = GOLD.model_copy(update={"facts": {**GOLD.facts, 2: ("dog", "chases", "mouse", "+")}})
    assert replays([SEES, dog, other], gold, goal, Verdict.PROVED) is False


def test_what_the_annotation_cannot_judge_is_left_open():
    failure = {"failure": True, "conclusion": "the cat is not big"}
    assert replays([failure], GOLD, ("cat", "is", "big", "+"), Verdict.DISPROVED) is None


def test_the_proofs_of_the_data_replay_on_their_own_annotation(samples):
    for name in ("proofwriter", "ruletaker"):
        for line in (samples / f"{name}.jsonl").read_text().splitlines():
            theory = json.loads(line)
            gold = Gold.model_validate_json(json.dumps(theory["gold"]))
            for question in theory["questions"]:
                if question["proof"]:
                    steps = [_as_text(step) for step in question["proof"]]
                    verdict = Verdict(question["label"])
                    assert replays(steps, gold, tuple(question["literal"]), verdict)


def _as_text(step):
    said = {**step, "conclusion": _sentence(step["conclusion"])}
    if "rule" in step:
        said["premises"] = [_sentence(premise) for premise in step["premises"]]
    return said


def _sentence(literal):
    subject, relation, thing, sign = literal
    if sign == "+":
        return f"{subject} {relation} {thing}"
    if relation == "is":
        return f"{subject} is not {thing}"
    return f"{subject} does not {relation.removesuffix('s')} {thing}"
