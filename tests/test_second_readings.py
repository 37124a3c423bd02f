"""Second readings count where the first leave a goal unknown, and a proof says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.modules.interface import Modules, Reading
from lambada_bc.proof.check import check
from lambada_bc.proof.explain import explain
from lambada_bc.prover import check as check_proof
from lambada_bc.prover import prove, prove_many
from lambada_bc.search import Budget
from lambada_bc.statements import Clause, Literal, Sentence, Verdict
from tests.plain_english import PlainReader, plain_modules

SENTENCES = ["Bob is kind.", "If someone is kind then they are nice.", "Bob hums."]

HUMS = Literal("Bob", "is happy")
GUESSES = {"Bob hums.": [(HUMS, 0.2), (Literal("Bob", "is nice", positive=False), 0.1)]}


class Unsure(PlainReader):
    """May read some sentences otherwise."""

    def read(self, sentences: Sequence[Sentence]) -> list[Reading]:
        return [
            replace(
                reading,
                guesses=tuple((Clause((), said), p) for said, p in GUESSES.get(one.text, [])),
            )
            for one, reading in zip(sentences, super().read(sentences), strict=True)
        ]


@pytest.fixture
def modules() -> Modules:
    return replace(plain_modules(), reader=Unsure())


def test_what_a_second_reading_says_is_proved(modules: Modules) -> None:
    proof = prove("Bob is happy.", SENTENCES, modules=modules)
    assert proof.verdict is Verdict.PROVED
    assert proof.probability == pytest.approx(0.2)
    assert [step.kind for step in proof.steps] == ["fact"]
    assert "Bob is happy  (stated, by a second reading)" in explain(proof)
    assert check_proof(proof, SENTENCES, modules=modules) == ()


@pytest.mark.parametrize("strategy", ["best_first", "lambada"])
def test_what_the_first_readings_settle_stays(modules: Modules, strategy: str) -> None:
    """That Bob is not nice is only guessed."""
    proof = prove("Bob is nice.", SENTENCES, modules=modules, strategy=strategy)
    assert proof.verdict is Verdict.PROVED
    assert not any(step.guessed for step in proof.steps if step.kind in ("fact", "rule"))


def test_what_no_reading_settles_is_unknown_as_before(modules: Modules) -> None:
    (found,) = prove_many(["Bob is rich."], SENTENCES, modules=modules)
    (before,) = prove_many(["Bob is rich."], SENTENCES, modules=plain_modules())
    assert found == before.model_copy(update={"modules": found.modules})
    assert found.statistics.rounds > before.statistics.rounds


def test_one_and_many_give_the_same(modules: Modules) -> None:
    goals = ["Bob is happy.", "Bob is nice.", "Bob is rich.", "Bob is not happy."]
    many = prove_many(goals, SENTENCES, modules=modules)
    assert many == [prove(goal, SENTENCES[::-1], modules=modules) for goal in goals]
    assert many[-1].verdict is Verdict.DISPROVED


def test_a_spent_budget_ends_the_search(modules: Modules) -> None:
    proof = prove("Bob is happy.", SENTENCES, modules=modules, budget=Budget(seconds=0.0))
    assert (proof.verdict, proof.stopped) == (Verdict.UNKNOWN, "budget")


def test_a_knowledge_base_says_what_was_read_first(modules: Modules) -> None:
    kb = KnowledgeBase(SENTENCES)
    said, perhaps = (kb.statements(modules.reader, guessed=one) for one in (False, True))
    assert kb.has_guesses(modules.reader)
    assert not any(one.guessed for one in said)
    assert set(said) < set(perhaps)
    assert [one.clause.consequent for one in perhaps if one.guessed] == [
        said for said, _ in GUESSES["Bob hums."]
    ]


def test_a_guess_that_is_said_to_be_none_is_found(modules: Modules) -> None:
    proof = prove("Bob is happy.", SENTENCES, modules=modules)
    statements = KnowledgeBase(SENTENCES).statements(modules.reader, guessed=True)
    sure = tuple(step.model_copy(update={"guessed": False}) for step in proof.steps)
    assert check(proof, statements) == ()
    problems = check(proof.model_copy(update={"steps": sure}), statements)
    assert any("by a second reading only" in problem for problem in problems)
