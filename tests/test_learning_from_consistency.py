"""What the modules are taught by their own answers: ``scripts/learn_from_consistency.py``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from lambada_bc import KnowledgeBase, prove
from lambada_bc.evaluation import datasets
from lambada_bc.modules.loading import load
from lambada_bc.statements import Statement, Verdict
from scripts.learn_from_consistency import Asked, Form, ask, examples, forms, main
from scripts.reading_data.example import Said

KB = ["Rex is a dog.", "Every dog is an animal.", "No animal can read."]


def statements() -> Sequence[Statement]:
    return KnowledgeBase(KB).statements(load("compact").reader)


def form(text: str, positive: bool = True, asked: str = "") -> Form:
    """``asked`` is what the modules take the text for."""
    return Form(text, positive, prove(asked or text, KB))


def test_denials_are_told_from_what_says_the_same() -> None:
    found = forms("The dog can bark.", prove("The dog can bark.", KB))
    assert dict(found) == {
        "The dog can bark.": True,
        "The dog can not bark.": False,
        "It is true that the dog can bark.": True,
        "It is not the case that the dog can bark.": False,
    }


def test_what_a_proof_says_is_taught_to_the_forms_without_one() -> None:
    misread = form("Rex is unable to read.", False, asked="Rex is tall.")
    opposite = form("Rex is incapable of reading.", False, asked="Rex can read.")
    same = form("Rex cannot read.", False)
    every = (form("Rex can read."), same, misread, opposite)
    asked = Asked("Rex can read.", every, Verdict.DISPROVED)
    assert asked.agreement() == 1 / 3
    assert asked.believed(statements()) in (asked.forms[0], same)
    denied = (Said((), ("Rex", "can read", "-")),)
    taught = list(examples(asked, asked.forms[0]))
    assert [(one.text, one.clauses) for one in taught if one.frame == "disagreed"] == [
        (misread.text, denied),
        (opposite.text, denied),
    ]
    assert [(one.text, one.clauses) for one in taught if one.frame == "agreed"] == [
        ("Rex can read.", (Said((), ("Rex", "can read", "+")),)),
        (same.text, denied),
    ]


def test_without_a_proof_nothing_is_believed() -> None:
    asked = Asked("Rex is tall.", (form("Rex is tall."),), Verdict.UNKNOWN)
    assert asked.believed(statements()) is None


def test_labels_are_counted_and_not_learned_from(tmp_path, monkeypatch, capsys) -> None:
    (tmp_path / "dogs.txt").write_text("\n".join(KB), encoding="utf-8")
    for verdict in ("proved", "disproved"):
        rows = [{"goal": goal, "verdict": verdict} for goal in ("Rex can read.", "Rex is old.")]
        goals = "\n".join(map(json.dumps, rows))
        (tmp_path / "dogs.goals.jsonl").write_text(goals, encoding="utf-8")
        out = tmp_path / verdict
        monkeypatch.setattr(sys, "argv", ["learn", str(tmp_path), "--out", str(out)])
        main()
    first, second = capsys.readouterr().out.split("paraphrases\n")[:2]
    assert "learned from: 1 goals" in first
    assert "0.000 right" in first
    assert "1.000 right" in second
    one, two = ((tmp_path / name / "agreed.jsonl").read_bytes() for name in ("proved", "disproved"))
    assert one == two
    texts = [json.loads(line)["text"] for line in one.decode().splitlines()]
    assert set(KB) <= set(texts)


def test_all_goals_of_a_theory_are_asked(tmp_path) -> None:
    (tmp_path / "dogs.txt").write_text("\n".join(KB), encoding="utf-8")
    row = {"goal": "Rex is an animal.", "verdict": "proved"}
    (tmp_path / "dogs.goals.jsonl").write_text(json.dumps(row), encoding="utf-8")
    [theory] = datasets.load(tmp_path)
    _, [asked] = ask(theory, load("compact"))
    assert asked.verdict is asked.label is Verdict.PROVED
    assert asked.agreement() == 1
