"""The check finds every kind of fault that a proof can have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lambada_bc.proof import Proof, check
from lambada_bc.proof.proof import FactStep, FailureStep, NameStep, ParaphraseStep, RuleStep
from lambada_bc.statements import Literal, Statement, Verdict, World

Steps = tuple[FactStep | RuleStep | ParaphraseStep | FailureStep, ...]


def changed(proof: Proof, steps: Steps) -> Proof:
    return proof.model_copy(update={"steps": steps})


def rule_at(proof: Proof, place: int) -> tuple[int, RuleStep]:
    rules = [(n, step) for n, step in enumerate(proof.steps) if isinstance(step, RuleStep)]
    return rules[place]


def with_rule(proof: Proof, **update: object) -> Proof:
    number, step = rule_at(proof, -1)
    new = step.model_copy(update=update)
    return changed(proof, (*proof.steps[:number], new, *proof.steps[number + 1 :]))


def with_fact(proof: Proof, **update: object) -> Proof:
    number = next(n for n, step in enumerate(proof.steps) if isinstance(step, FactStep))
    new = proof.steps[number].model_copy(update=update)
    return changed(proof, (*proof.steps[:number], new, *proof.steps[number + 1 :]))


def test_accepts_what_the_search_proves(
    disproof: Proof, open_question: Proof, failure: Proof, statements: tuple[Statement, ...]
) -> None:
    for proof in (disproof, open_question, failure):
        assert check(proof, statements) == ()


FAULTS: dict[str, Callable[[Proof], Proof]] = {
    "a fact that is not there": lambda p: with_fact(p, sentence="nowhere"),
    "a fact with another text": lambda p: with_fact(p, text="Bob is huge."),
    "a fact that says something else": lambda p: with_fact(p, conclusion=Literal("Bob", "is tiny")),
    "a fact with the sign turned": lambda p: with_fact(
        p, conclusion=next(s for s in p.steps if s.kind == "fact").conclusion.negated()
    ),
    "a rule that is not there": lambda p: with_rule(p, statement="nowhere"),
    "a rule with another text": lambda p: with_rule(p, text="If pigs fly then Bob is shy."),
    "a rule without one of its antecedents": lambda p: with_rule(
        p, antecedents=rule_at(p, -1)[1].antecedents[:1], premises=rule_at(p, -1)[1].premises[:1]
    ),
    "a premise left out": lambda p: with_rule(p, premises=rule_at(p, -1)[1].premises[:1]),
    "another binding": lambda p: with_rule(p, bindings={"?x": "Ana"}),
    "a conclusion with the sign turned": lambda p: with_rule(
        p, conclusion=rule_at(p, -1)[1].conclusion.negated()
    ),
    "a step out of order": lambda p: changed(p, p.steps[::-1]),
    "a step left out": lambda p: changed(p, p.steps[1:]),
    "no step at all": lambda p: changed(p, ()),
    "the opposite verdict": lambda p: p.model_copy(update={"verdict": Verdict.PROVED}),
    "unknown with steps": lambda p: p.model_copy(update={"verdict": Verdict.UNKNOWN}),
    "failure in an open world": lambda p: changed(
        p, (*p.steps[:-1], FailureStep(conclusion=p.steps[-1].conclusion))
    ),
    "words put into a mouth": lambda p: changed(
        p, (ParaphraseStep(premise=Literal("Bob", "is bold"), conclusion=p.conclusions[0]),)
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_finds(fault: str, disproof: Proof, statements: tuple[Statement, ...]) -> None:
    assert check(FAULTS[fault](disproof), statements)


@pytest.mark.parametrize(
    ("subject", "predicate", "holds"),
    [
        ("Slugs", "is a slug", True),
        ("The old pear tree", "is a pear tree", True),
        ("Slugs", "is a snail", False),
        ("Slugs", "eats a slug", False),
    ],
)
def test_a_name_says_no_more_than_its_words(
    disproof: Proof, subject: str, predicate: str, holds: bool
) -> None:
    literal = Literal(subject, predicate)
    proof = disproof.model_copy(
        update={
            "literal": literal,
            "verdict": Verdict.PROVED,
            "steps": (NameStep(conclusion=literal),),
        }
    )
    assert (check(proof, ()) == ()) is holds


def test_a_step_that_proves_itself_is_a_cycle(
    disproof: Proof, statements: tuple[Statement, ...]
) -> None:
    literal = disproof.conclusions[0]
    circle = (ParaphraseStep(premise=literal, conclusion=literal),)
    assert any("before" in problem for problem in check(changed(disproof, circle), statements))


def test_a_step_that_serves_nothing_is_found(
    disproof: Proof, statements: tuple[Statement, ...]
) -> None:
    idle = next(one for one in statements if one.sentence.text == "Ana is kind.")
    step = FactStep(
        sentence=idle.sentence.id, text=idle.sentence.text, conclusion=idle.clause.consequent
    )
    found = check(changed(disproof, (step, *disproof.steps)), statements)
    assert any("serves nothing" in problem for problem in found)


def test_failure_contradicted_by_the_proof_itself(
    failure: Proof, statements: tuple[Statement, ...]
) -> None:
    assert check(failure.model_copy(update={"world": World.OPEN}), statements)


def test_a_sentence_that_left_the_knowledge_base(
    disproof: Proof, statements: tuple[Statement, ...]
) -> None:
    for step in disproof.steps:
        if step.kind in ("fact", "rule"):
            rest = [one for one in statements if one.sentence.id != step.sentence]
            assert check(disproof, rest)
