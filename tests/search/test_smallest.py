"""The fewest rule applications, and the depth limit, against brute force over ground rules."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lambada_bc.search import search
from lambada_bc.statements import Verdict
from tests.oracle import Atom, Rule
from tests.search.replay import replay, tree_size
from tests.search.theories import (
    CONSTANTS,
    GOALS,
    SIGNS,
    asked,
    prove,
    rule,
    table,
    theories,
    worded,
)

some = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def instances(theory: Iterable[Rule]) -> Iterable[Rule]:
    for one in theory:
        atoms = (one.head, *one.body)
        names = sorted({term for atom in atoms for term in atom.terms if term.isupper()})
        for values in itertools.product(CONSTANTS, repeat=len(names)):
            ground = dict(zip(names, values, strict=True))
            head, *body = (
                replace(atom, terms=tuple(ground.get(term, term) for term in atom.terms))
                for atom in atoms
            )
            yield Rule(head, tuple(body))


def least(theory: Iterable[Rule], combine: Callable[[list[float]], float]) -> dict[Atom, float]:
    """The least cost of each atom that follows, as a plain fixpoint."""
    rules = list(instances(theory))
    costs: dict[Atom, float] = {}
    changed = True
    while changed:
        changed = False
        for one in rules:
            if all(atom in costs for atom in one.body):
                cost = combine([costs[atom] for atom in one.body]) + 1 if one.body else 0
                if cost < costs.get(one.head, math.inf):
                    costs[one.head] = cost
                    changed = True
    return costs


@some
@given(theory=theories)
def test_no_proof_is_smaller(theory: list[Rule]) -> None:
    sizes = least(theory, sum)
    proofs = search(asked(*GOALS), table(worded(theory)), sides="both")
    for goal, proof in zip(GOALS, proofs, strict=True):
        for conclusion in proof.conclusions:
            expected = sizes[replace(goal, positive=conclusion.positive)]
            assert tree_size(proof, conclusion) == expected
            assert proof.rule_applications <= sum(
                tree_size(proof, one) for one in proof.conclusions
            )


@some
@given(theory=theories, limit=st.integers(0, 3))
def test_only_proofs_within_the_depth_count(theory: list[Rule], limit: int) -> None:
    heights = least(theory, max)
    statements = worded(theory)
    proofs = search(asked(*GOALS), table(statements), sides="both", max_depth=limit)
    for goal, proof in zip(GOALS, proofs, strict=True):
        within = {
            sign
            for sign in (True, False)
            if heights.get(replace(goal, positive=sign), math.inf) <= limit
        }
        assert SIGNS[proof.verdict] == within
        replay(proof, statements)


def test_the_lowest_proof_is_taken_when_the_smallest_is_too_high() -> None:
    theory = [
        rule("red bob"),
        rule("big bob", "red bob"),
        rule("kind bob", "big bob"),
        rule("see bob bob", "kind bob"),
        rule("like bob bob", "see bob bob"),
        rule("big anne", "red bob"),
        rule("kind anne", "red bob"),
        rule("see anne anne", "red bob"),
        rule("like anne anne", "red bob"),
        rule("red cat", "like bob bob"),
        rule("red cat", "big anne", "kind anne", "see anne anne", "like anne anne"),
    ]
    assert prove("red cat", *theory, sides="both").rule_applications == 5
    low = prove("red cat", *theory, max_depth=2)
    assert low.verdict is Verdict.PROVED
    assert low.rule_applications == 5
    assert {"kind anne", "anne be kind"} & {step.conclusion.key for step in low.steps}


def test_a_smaller_proof_of_a_subgoal_wins_even_when_it_is_found_later() -> None:
    theory = [
        rule("red bob"),
        rule("red anne", "red bob"),
        rule("red cat", "red bob"),
        rule("like anne bob", "red bob"),
        rule("big bob", "red anne", "red cat", "like anne bob"),
        rule("big bob", "kind anne"),
        rule("kind anne", "kind cat"),
        rule("kind cat", "red bob"),
        rule("like bob bob", "big bob"),
    ]
    assert prove("like bob bob", *theory, width=1).rule_applications == 5
    assert prove("like bob bob", *theory, sides="both", width=1).rule_applications == 4
