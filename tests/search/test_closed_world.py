"""Failure, negation and cycles through negation."""

from __future__ import annotations

from lambada_bc.proof.proof import FactStep, FailureStep
from lambada_bc.statements import Literal, Verdict, World
from tests.search.theories import prove, rule

CLOSED = World.CLOSED


def test_what_cannot_be_proved_is_false() -> None:
    proof = prove("red bob", rule("red anne"), world=CLOSED)
    assert (proof.verdict, proof.stopped) == (Verdict.DISPROVED, "settled")
    assert proof.steps == (FailureStep(conclusion=Literal("Bob", "is red", positive=False)),)
    assert prove("not red bob", rule("red anne"), world=CLOSED).verdict is Verdict.PROVED


def test_a_stated_negation_is_told_from_failure() -> None:
    proof = prove("red bob", rule("not red bob"), world=CLOSED)
    assert proof.verdict is Verdict.DISPROVED
    assert isinstance(proof.steps[0], FactStep)


def test_a_positive_cycle_fails() -> None:
    theory = [rule("red bob", "big bob"), rule("big bob", "red bob"), rule("kind X", "not red X")]
    proof = prove("kind bob", *theory, world=CLOSED)
    assert [step.kind for step in proof.steps] == ["failure", "rule"]


def test_a_cycle_through_negation_is_unknown() -> None:
    theory = [rule("red bob", "not big bob"), rule("big bob", "not red bob")]
    proof = prove("red bob", *theory, world=CLOSED)
    assert (proof.verdict, proof.stopped) == (Verdict.UNKNOWN, "exhausted")
    assert proof.reason == "cycle through negation"
    assert proof.nearest is not None
    assert proof.nearest.missing == (Literal("Bob", "is big", positive=False),)


def test_a_fact_breaks_a_cycle_through_negation() -> None:
    theory = [rule("red bob", "not big bob"), rule("big bob", "not red bob"), rule("not big bob")]
    assert prove("red bob", *theory, world=CLOSED).verdict is Verdict.PROVED


def test_a_negative_subgoal_waits_until_it_is_bound() -> None:
    theory = [rule("big anne"), rule("kind cat", "not red X", "big X")]
    proof = prove("kind cat", *theory, world=CLOSED)
    assert proof.verdict is Verdict.PROVED
    assert Literal("Anne", "is red", positive=False) in [step.conclusion for step in proof.steps]


def test_a_negative_subgoal_that_nothing_binds_ranges_over_all_things() -> None:
    theory = [rule("kind cat", "not like X Y"), *(rule(f"like {x} Y") for x in ("anne", "bob"))]
    assert prove("kind cat", *theory, world=CLOSED).verdict is Verdict.PROVED
    assert prove("kind cat", *theory, rule("like cat X"), world=CLOSED).verdict is Verdict.DISPROVED


def test_contradiction_needs_explicit_negation() -> None:
    theory = [rule("red bob"), rule("not red bob")]
    assert prove("red bob", *theory, world=CLOSED, sides="both").verdict is Verdict.CONTRADICTED
    assert prove("red bob", theory[0], world=CLOSED, sides="both").verdict is Verdict.PROVED


def test_a_depth_limit_establishes_no_failure() -> None:
    theory = [rule("red bob", "big bob"), rule("big bob", "kind bob"), rule("kind bob")]
    short = prove("not red bob", *theory, world=CLOSED, max_depth=1)
    assert (short.verdict, short.stopped) == (Verdict.UNKNOWN, "depth")
    assert short.reason == ""
    assert prove("not red bob", *theory, world=CLOSED).verdict is Verdict.DISPROVED
