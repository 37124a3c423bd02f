from __future__ import annotations

import json
from typing import Any

import pytest

from lambada_bc.errors import DatasetError, GoalError
from lambada_bc.modules.gold import gold_constants, gold_modules
from lambada_bc.modules.interface import Application, FactQuery, RuleQuery
from lambada_bc.statements import Clause, Literal, Sentence, Statement

ITEM: dict[str, Any] = {
    "id": "one",
    "sentences": ["The cat sees Bob.", "Bob is not red.", "Who sees someone that is red is big."],
    "questions": [{"text": "The cat is big.", "literal": ["cat", "is", "big", "+"]}],
    "gold": {
        "facts": {"0": ["cat", "sees", "bob", "+"], "1": ["bob", "is", "red", "-"]},
        "rules": {
            "2": {
                "if": [["?x", "sees", "?y", "+"], ["?y", "is", "red", "+"]],
                "then": ["?x", "is", "big", "+"],
            }
        },
    },
}


def statements() -> list[Statement]:
    sentences = [Sentence(str(n), text) for n, text in enumerate(ITEM["sentences"])]
    readings = gold_modules(ITEM).reader.read(sentences)
    return [
        Statement(sentence.id, sentence, clause)
        for sentence, reading in zip(sentences, readings, strict=True)
        for clause in reading.clauses
    ]


def test_sentences_and_goals_are_looked_up() -> None:
    reader = gold_modules(ITEM).reader
    assert [one.clause for one in statements()] == [
        Clause((), Literal("cat", "sees bob")),
        Clause((), Literal("bob", "is red", positive=False)),
        Clause((Literal("?x", "sees ?y"), Literal("?y", "is red")), Literal("?x", "is big")),
    ]
    assert reader.read_goals(["The cat is big."]) == [(Literal("cat", "is big"), 1.0)]


def test_unknown_texts_are_refused() -> None:
    reader = gold_modules(ITEM).reader
    with pytest.raises(GoalError, match="Bob is big"):
        reader.read_goals(["Bob is big."])
    with pytest.raises(DatasetError, match="Bob is big"):
        reader.read([Sentence("0", "Bob is big.")])


def test_an_item_without_annotation_is_refused() -> None:
    with pytest.raises(DatasetError, match="'one'"):
        gold_modules({key: value for key, value in ITEM.items() if key != "gold"})
    with pytest.raises(DatasetError, match="'one'"):
        gold_modules({**ITEM, "sentences": [*ITEM["sentences"], "Bob is big."]})


def test_the_fingerprint_is_that_of_the_annotation() -> None:
    same = json.loads(json.dumps(ITEM))
    assert gold_modules(same).reader.fingerprint == gold_modules(ITEM).reader.fingerprint
    same["gold"]["facts"]["0"][3] = "-"
    assert gold_modules(same).reader.fingerprint != gold_modules(ITEM).reader.fingerprint


def test_facts_match_whichever_sign() -> None:
    cat, bob, _ = statements()
    check = gold_modules(ITEM).fact_check
    (on_bob,), (seen,), none = check(
        [
            FactQuery(Literal("Bob", "is red"), (cat, bob)),
            FactQuery(Literal("?1", "sees ?2"), (cat, bob)),
            FactQuery(Literal("?1", "sees ?1"), (cat, bob)),
        ]
    )
    assert (on_bob.fact, on_bob.supports, on_bob.exact) == (bob, False, True)
    assert (seen.fact, seen.bindings) == (cat, {"?1": "cat", "?2": "bob"})
    assert none == []


def test_rules_are_selected_and_decomposed() -> None:
    *_, rule = statements()
    modules = gold_modules(ITEM)
    goal = Literal("the cat", "is big")
    (chosen,), none = modules.rule_selection(
        [RuleQuery(goal, (rule,)), RuleQuery(Literal("the cat", "is red"), (rule,))]
    )
    assert (chosen.rule, none) == (rule, [])
    open_goal = Literal("?1", "is big")
    ground, opened, nothing = modules.goal_decomposition(
        [
            Application(goal, rule),
            Application(open_goal, rule),
            Application(Literal("the cat", "is red"), rule),
        ]
    )
    assert ground is not None
    assert ground.subgoals == (Literal("the cat", "sees ?y"), Literal("?y", "is red"))
    assert ground.consequent == Literal("the cat", "is big")
    assert opened is not None
    assert opened.bindings == {"?1": "?x"}
    assert nothing is None
    (sign,) = modules.sign_agreement([Application(goal, rule)])
    assert sign.agrees


def test_constants_are_subjects_and_objects_but_no_qualities() -> None:
    assert gold_constants(ITEM) == ("bob", "cat")
