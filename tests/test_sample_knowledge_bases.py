"""The knowledge bases of ``kb/`` keep their promises, and the compact modules can use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambada_bc import KnowledgeBase, prove_many
from lambada_bc.prover import check
from lambada_bc.statements import Verdict

KB = Path(__file__).parents[1] / "kb"
NAMES = sorted(file.stem for file in KB.glob("*.txt"))


def goals(name: str) -> list[dict[str, object]]:
    lines = (KB / f"{name}.goals.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_there_are_enough() -> None:
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_goals_cite_sentences_that_are_there(name: str) -> None:
    texts = {sentence.text for sentence in KnowledgeBase.open(KB / f"{name}.txt")}
    asked = goals(name)
    assert 15 <= len(texts) <= 40
    assert len(asked) >= 12
    for goal in asked:
        assert set(goal["needs"]) <= texts  # type: ignore[arg-type]
        assert bool(goal["needs"]) == (goal["verdict"] != Verdict.UNKNOWN)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_concluded_has_a_valid_proof(name: str) -> None:
    base = KnowledgeBase.open(KB / f"{name}.txt")
    for proof in prove_many([str(goal["goal"]) for goal in goals(name)], base):
        assert check(proof, base) == ()
