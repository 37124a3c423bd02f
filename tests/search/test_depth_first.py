"""LAMBADA as published: where it agrees with best first, and what it cannot do."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lambada_bc.modules.interface import Application, SignMatch
from lambada_bc.search import Budget, Strategy, search
from lambada_bc.statements import Clause, Literal, Sentence, Statement, Verdict, World
from tests.oracle import Atom, Rule, follows
from tests.search.replay import replay
from tests.search.theories import (
    BINARY,
    CONSTANTS,
    EXACT,
    GOALS,
    UNARY,
    asked,
    facts,
    prove,
    rule,
    table,
    worded,
)

RELATIONS = (*UNARY, *BINARY)


@st.composite
def simple_rules(draw: st.DrawFn) -> Rule:
    """Rules that bind all their variables in the head and lead to later relations only."""

    def atom(relation: str, terms: tuple[str, ...]) -> Atom:
        arity = 1 if relation in UNARY else 2
        chosen = tuple(draw(st.sampled_from(terms)) for _ in range(arity))
        return Atom(relation, chosen, draw(st.integers(0, 3)) > 0)

    top = draw(st.integers(1, len(RELATIONS) - 1))
    head = atom(RELATIONS[top], (*CONSTANTS, "X", "X"))
    terms = (*CONSTANTS, "X", "X") if "X" in head.terms else CONSTANTS
    lower = st.sampled_from(RELATIONS[:top])
    return Rule(head, tuple(atom(draw(lower), terms) for _ in range(draw(st.integers(1, 2)))))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(some=st.lists(facts, min_size=2, max_size=6), more=st.lists(simple_rules(), max_size=7))
def test_agrees_without_cycles_contradictions_and_open_variables(
    some: list[Rule], more: list[Rule]
) -> None:
    theory = [*some, *more]
    assume(all(len(signs) < 2 for signs in follows(theory, CONSTANTS, closed=False).values()))
    statements = worded(theory)
    paper = search(asked(*GOALS), table(statements), strategy="lambada")
    ours = search(asked(*GOALS), table(statements))
    assert [proof.verdict for proof in paper] == [proof.verdict for proof in ours]
    for proof in paper:
        replay(proof, statements)


def test_a_negated_goal_is_disproved() -> None:
    theory = [rule("red bob"), rule("big X", "red X")]
    assert prove("big bob", *theory, strategy="lambada").verdict is Verdict.PROVED
    assert prove("not big bob", *theory, strategy="lambada").verdict is Verdict.DISPROVED


def test_shorter_rules_come_first() -> None:
    theory = [
        rule("red bob"),
        rule("kind bob"),
        rule("big X", "red X", "kind X"),
        rule("big X", "red X"),
    ]
    proof = prove("big bob", *theory, strategy="lambada")
    assert [step.kind for step in proof.steps] == ["fact", "rule"]


def test_the_sign_is_asked_of_the_rule_that_is_applied() -> None:
    """Asked of another rule, as a public re-implementation does, a denial counts as support."""
    compared = []

    def noted(applications: Sequence[Application]) -> list[SignMatch]:
        compared.extend(applications)
        return EXACT.sign_agreement(applications)

    theory = [
        rule("red bob"),
        rule("big X", "kind X"),
        rule("not big X", "red X", "red X"),
    ]
    modules = replace(EXACT, sign_agreement=noted)
    statements = worded(theory)
    (proof,) = search(
        asked(Literal("Bob", "is big")), table(statements, modules), strategy="lambada"
    )
    assert proof.verdict is Verdict.DISPROVED
    assert proof.steps[-1].sentence == statements[2].sentence.id
    assert [one.rule for one in compared] == [statements[1], statements[2]]


def test_a_subgoal_of_several_rules_is_judged_once() -> None:
    theory = [
        rule("red X", "kind X"),
        rule("big X", "red X"),
        rule("big X", "red X", "see X cat"),
        rule("big X", "red X", "like X cat"),
    ]
    proof = prove("big bob", *theory, strategy="lambada")
    assert proof.verdict is Verdict.UNKNOWN
    assert proof.statistics.calls["fact_check"] == 3  # big, red and kind


@pytest.mark.parametrize("strategy", ["lambada", "best_first"])
def test_a_depth_limit_of_fifty(strategy: Strategy) -> None:
    floors = [Literal("?x", f"reaches floor {number}") for number in range(61)]
    clauses = [Clause((), floors[0].substitute({"?x": "Bob"}))]
    clauses += [Clause((below,), above) for below, above in itertools.pairwise(floors)]
    tower = [
        Statement(f"s{number}", Sentence(f"s{number}", f"{clause}."), clause)
        for number, clause in enumerate(clauses)
    ]
    goals = asked(*(floors[number].substitute({"?x": "Bob"}) for number in (50, 51)))
    near, far = search(goals, table(tower), strategy=strategy, max_depth=50)
    assert near.verdict is Verdict.PROVED
    assert near.rule_applications == 50
    assert (far.verdict, far.stopped) == (Verdict.UNKNOWN, "depth")


def test_a_budget_that_runs_out_is_an_answer() -> None:
    theory = [rule("red bob"), rule("big X", "red X")]
    proof = prove("big bob", *theory, strategy="lambada", budget=Budget(calls=1))
    assert (proof.verdict, proof.stopped) == (Verdict.UNKNOWN, "budget")


def test_bindings_are_not_carried() -> None:
    """ "?x sees the cat and ?x is red" is taken to hold of two different things."""
    theory = [rule("see anne cat"), rule("red bob"), rule("kind cat", "see X cat", "red X")]
    wrong = prove("kind cat", *theory, strategy="lambada")
    assert wrong.verdict is Verdict.PROVED
    with pytest.raises(AssertionError):
        replay(wrong, worded(theory))
    assert prove("kind cat", *theory).verdict is Verdict.UNKNOWN


def test_one_fact_against_an_open_subgoal_hides_the_others() -> None:
    """Anne is not red, so "?x is red" is disproved, though Bob is."""
    theory = [rule("not red anne"), rule("red bob"), rule("kind cat", "red X")]
    assert prove("kind cat", *theory, strategy="lambada").verdict is Verdict.UNKNOWN
    assert prove("kind cat", *theory).verdict is Verdict.PROVED


def test_an_open_subgoal_that_comes_again_ends_its_path() -> None:
    """The sub-goal "?x likes the cat" is the goal "?x likes the cat" of another rule's ?x."""
    theory = [
        rule("like anne bob"),
        rule("kind cat", "red X"),
        rule("red X", "like X bob", "big bob"),
        rule("big bob", "red X", "big X"),
    ]
    assert prove("kind cat", *theory, strategy="lambada").verdict is Verdict.UNKNOWN


def test_unknown_inside_a_cycle_is_remembered() -> None:
    """Big is given up while kind is being proved, and is still unknown after kind was proved."""
    theory = [
        rule("like bob bob"),
        rule("kind bob", "big bob"),
        rule("big bob", "kind bob"),
        rule("kind bob", "like bob bob", "like bob bob"),
        rule("red bob", "kind bob", "see bob bob"),
        rule("see bob bob", "big bob"),
    ]
    assert prove("red bob", *theory, strategy="lambada").verdict is Verdict.UNKNOWN
    assert prove("red bob", *theory).verdict is Verdict.PROVED


def test_failure_is_not_negation() -> None:
    theory = [rule("big bob", "not red bob")]
    assert (
        prove("big bob", *theory, strategy="lambada", world=World.CLOSED).verdict is Verdict.UNKNOWN
    )
    assert prove("big bob", *theory, world=World.CLOSED).verdict is Verdict.PROVED
