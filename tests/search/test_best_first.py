"""What a proof by best-first search looks like, and what it asks."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from lambada_bc.modules.interface import FactMatch, FactQuery, RuleMatch, RuleQuery
from lambada_bc.proof.proof import OpenGoal, ParaphraseStep, RuleStep
from lambada_bc.search import Budget, constants, search
from lambada_bc.statements import Clause, Literal, Sentence, Statement, Verdict
from tests.search.replay import replay
from tests.search.theories import EXACT, asked, prove, rule, table, worded


def said(number: int, *literals: Literal, probability: float = 1.0) -> Statement:
    """A statement whose last literal follows from the others."""
    clause = Clause(literals[:-1], literals[-1])
    return Statement(f"s{number}", Sentence(f"s{number}", f"{clause}."), clause, probability)


def test_a_proof_shows_bindings_and_premises() -> None:
    theory = [rule("like anne bob"), rule("red bob"), rule("kind X", "like X Y", "red Y")]
    proof = prove("kind anne", *theory)
    *_, last = proof.steps
    assert isinstance(last, RuleStep)
    assert last.bindings == {"?x": "Anne", "?y": "Bob"}
    assert [str(premise) for premise in last.premises] == ["Anne likes Bob", "Bob is red"]
    assert (proof.verdict, proof.stopped) == (Verdict.PROVED, "settled")
    assert proof.statistics.goals == 3


def test_left_recursion_ends() -> None:
    theory = [
        rule("like anne bob"),
        rule("like bob cat"),
        rule("see X Y", "see X Z", "like Z Y"),
        rule("see X Y", "like X Y"),
    ]
    assert prove("see anne cat", *theory).verdict is Verdict.PROVED
    assert prove("see cat anne", *theory).stopped == "exhausted"


def test_everything_is_said_of_anything() -> None:
    theory = [rule("red X"), rule("kind Y", "red Y"), rule("big bob", "kind X", "see X X")]
    theory.append(rule("see cat cat"))
    proof = prove("big bob", *theory)
    assert proof.verdict is Verdict.PROVED
    replay(proof, worded(theory))
    assert prove("kind anne", *theory).verdict is Verdict.PROVED


def test_two_variables_can_be_made_one() -> None:
    theory = [rule("like X X"), rule("big cat", "like X Y", "red X", "kind Y"), rule("red bob")]
    assert prove("big cat", *theory, rule("kind bob")).verdict is Verdict.PROVED
    assert prove("big cat", *theory, rule("kind anne")).verdict is Verdict.UNKNOWN
    assert prove("big bob", rule("like X X"), rule("big bob", "like X Y")).rule_applications == 1


def test_contradictions_are_found_on_request() -> None:
    theory = [rule("red bob"), rule("not red X", "big X"), rule("big bob")]
    assert prove("red bob", *theory).verdict is Verdict.PROVED
    both = prove("not red bob", *theory, sides="both")
    assert both.verdict is Verdict.CONTRADICTED
    assert len(both.conclusions) == 2
    replay(both, worded(theory))


def test_of_two_sides_found_together_the_smaller_then_the_more_probable_counts() -> None:
    for_it, against = Literal("Bob", "is red"), Literal("Bob", "is red", positive=False)
    equal = [said(1, for_it), said(2, against)]
    assert search(asked(for_it), table(equal))[0].verdict is Verdict.PROVED
    assert search(asked(against), table(equal))[0].verdict is Verdict.PROVED
    doubtful = [said(1, for_it, probability=0.8), said(2, against, probability=0.9)]
    (proof,) = search(asked(for_it), table(doubtful))
    assert proof.verdict is Verdict.DISPROVED
    assert proof.probability == pytest.approx(0.9)


@pytest.mark.parametrize("paraphrase", [0.97, 0.6])
def test_a_paraphrase_gives_way_to_the_words_of_the_knowledge_base(paraphrase: float) -> None:
    """A guess is at hand at once; what the rules say comes two steps later, and counts."""
    spider = Literal("Tara", "is a spider")
    insect, denied = (Literal("Tara", "is an insect", positive=sign) for sign in (True, False))
    hairy = said(1, Literal("Tara", "is hairy"))
    theory = [
        hairy,
        said(2, Literal("Tara", "spins webs")),
        said(3, Literal("?x", "spins webs"), replace(spider, subject="?x")),
        said(4, replace(spider, subject="?x"), replace(denied, subject="?x")),
    ]

    def guess(queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        found = EXACT.fact_check(queries)
        for query, matches in zip(queries, found, strict=True):
            if query.goal == insect:
                matches.append(FactMatch(hairy, True, {}, paraphrase, exact=False))
        return found

    guessing = table(theory, replace(EXACT, fact_check=guess))
    (proof,) = search(asked(insect), guessing)
    assert (proof.verdict, proof.probability) == (Verdict.DISPROVED, 1.0)
    (alone,) = search(asked(insect), table(theory[:1], replace(EXACT, fact_check=guess)))
    assert (alone.verdict, alone.probability) == (Verdict.PROVED, pytest.approx(paraphrase))


def test_the_probability_is_that_of_all_distinct_steps() -> None:
    red, big, kind = (Literal("Bob", f"is {what}") for what in ("red", "big", "kind"))
    theory = [
        said(1, red, probability=0.9),
        said(2, red, big, probability=0.8),
        said(3, red, big, kind, probability=0.5),
    ]
    (proof,) = search([("Bob is kind.", kind, 0.7)], table(theory))
    assert proof.probability == pytest.approx(0.7 * 0.9 * 0.8 * 0.5)


def test_unknown_names_what_is_missing() -> None:
    theory = [
        rule("red bob"),
        rule("kind bob", "red bob", "big bob"),
        rule("kind bob", "like bob cat", "see bob cat"),
        rule("big bob", "see bob anne"),
    ]
    proof = prove("kind bob", *theory)
    assert (proof.verdict, proof.stopped, proof.probability) == (Verdict.UNKNOWN, "exhausted", 1.0)
    assert proof.open_goals == (
        OpenGoal(literal=Literal("Bob", "is big"), depth=1),
        OpenGoal(literal=Literal("Bob", "likes the cat"), depth=1),
        OpenGoal(literal=Literal("Bob", "sees Anne"), depth=2),
    )
    assert proof.nearest is not None
    assert proof.nearest.sentence == "s1"
    assert proof.nearest.proved == (Literal("Bob", "is red"),)
    assert proof.nearest.missing == (Literal("Bob", "is big"),)


@pytest.mark.parametrize("budget", [Budget(calls=2), Budget(pairs=2), Budget(seconds=0.0)])
def test_a_budget_that_runs_out_is_an_answer(budget: Budget) -> None:
    theory = [rule("red bob"), rule("big X", "red X"), rule("kind X", "big X")]
    proof = prove("kind bob", *theory, budget=budget)
    assert (proof.verdict, proof.stopped) == (Verdict.UNKNOWN, "budget")


def test_goals_that_grow_for_ever_are_cut() -> None:
    grows = said(1, Literal("?x's owner", "is rich"), Literal("?x", "is rich"))
    (proof,) = search(asked(Literal("Bob", "is rich")), table([grows]))
    assert (proof.verdict, proof.stopped) == (Verdict.UNKNOWN, "depth")


def test_other_words_for_the_same_are_a_step_of_their_own() -> None:
    glad, happy = Literal("Bob", "is glad"), Literal("Bob", "is happy")
    sad, calm = Literal("?x", "is sad"), Literal("?x", "is calm")
    unhappy = said(2, calm, sad.negated())
    statements = [said(1, glad, probability=0.9), unhappy, said(3, Literal("Anne", "is calm"))]

    def check(queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        found = EXACT.fact_check(queries)
        for query, matches in zip(queries, found, strict=True):
            if query.goal == happy:
                matches.append(FactMatch(statements[0], True, {}, 0.8, exact=False))
        return found

    def select(queries: Sequence[RuleQuery]) -> list[list[RuleMatch]]:
        found = EXACT.rule_selection(queries)
        for query, matches in zip(queries, found, strict=True):
            if query.goal == Literal("Anne", "is happy"):
                matches.append(RuleMatch(unhappy, 0.7, exact=False))
        return found

    modules = replace(EXACT, fact_check=check, rule_selection=select)
    bob, _ = search(asked(happy, happy), table(statements, modules))
    assert [step.kind for step in bob.steps] == ["fact", "paraphrase"]
    assert bob.steps[1] == ParaphraseStep(premise=glad, conclusion=happy, probability=0.8)
    assert bob.probability == pytest.approx(0.72)
    replay(bob, statements)


def test_constants_are_the_ground_subjects() -> None:
    statements = [
        said(1, Literal("The cat", "is red")),
        said(2, Literal("the cats", "is red"), Literal("?x", "sees Bob")),
        said(3, Literal("Anne", "is red")),
    ]
    assert constants(statements) == ("Anne", "The cat")


def test_the_table_knows_what_a_judgement_rests_on() -> None:
    shared = table(worded([rule("red bob"), rule("big X", "red X")]))
    goal = Literal("Bob", "is big")
    assert shared.looked_at(goal) == frozenset()
    search(asked(goal), shared)
    assert shared.looked_at(goal) == {"s0", "s1"}


def test_one_call_answers_the_goals_of_all_proofs() -> None:
    theory = worded([rule("red bob"), rule("big X", "red X")])
    goals = asked(*(Literal(name, "is big") for name in ("Bob", "Anne", "the cat")))
    proofs = search(goals, table(theory))
    calls = sum((Counter(proof.statistics.calls) for proof in proofs), Counter[str]())
    assert calls == search(goals[1:2], table(theory))[0].statistics.calls
    assert sum(proof.statistics.pairs["fact_check"] for proof in proofs) == 6


def test_the_search_needs_no_model() -> None:
    program = (
        "import sys; sys.modules.update(torch=None, faiss=None); import lambada_bc.search; "
        "import lambada_bc.modules.gold"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
