"""Real theories with their gold annotation: every label, by a proof that replays."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from lambada_bc.modules.gold import gold_modules
from lambada_bc.search import search
from lambada_bc.statements import Sentence, Statement
from tests.search.replay import replay
from tests.search.theories import table

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.parametrize("name", ["proofwriter", "ruletaker"])
def test_every_label(name: str) -> None:
    wrong: Counter[str] = Counter()
    for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines():
        item = json.loads(line)
        modules = gold_modules(item)
        sentences = [Sentence(f"s{n}", text) for n, text in enumerate(item["sentences"])]
        statements = [
            Statement(sentence.id, sentence, clause)
            for sentence, reading in zip(sentences, modules.reader.read(sentences), strict=True)
            for clause in reading.clauses
        ]
        texts = [question["text"] for question in item["questions"]]
        readings = modules.reader.read_goals(texts)
        goals = [(text, *reading) for text, reading in zip(texts, readings, strict=True)]
        proofs = search(goals, table(statements, modules))
        for question, proof in zip(item["questions"], proofs, strict=True):
            wrong[question["id"]] += proof.verdict != question["label"]
            replay(proof, statements)
    assert not +wrong
    assert len(wrong) > 20
