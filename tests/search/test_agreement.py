"""Every ground goal of thousands of random theories, against clingo."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from lambada_bc.search import search
from lambada_bc.statements import World
from tests.oracle import Rule, follows
from tests.search.replay import replay
from tests.search.theories import CONSTANTS, GOALS, SIGNS, asked, table, theories, worded

many = settings(max_examples=550, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize("world", World)
@many
@given(theory=theories)
def test_both_sides_are_found(world: World, theory: list[Rule]) -> None:
    expected = follows(theory, CONSTANTS, closed=world is World.CLOSED)
    statements = worded(theory)
    for goal, proof in zip(
        GOALS, search(asked(*GOALS), table(statements), world=world, sides="both"), strict=True
    ):
        assert SIGNS[proof.verdict] == expected.get((goal.relation, goal.terms), set()), str(goal)
        assert proof.stopped == "exhausted"
        replay(proof, statements)


@pytest.mark.parametrize("world", World)
@many
@given(theory=theories)
def test_the_first_evidence_is_evidence(world: World, theory: list[Rule]) -> None:
    expected = follows(theory, CONSTANTS, closed=world is World.CLOSED)
    statements = worded(theory)
    for goal, proof in zip(
        GOALS, search(asked(*GOALS), table(statements), world=world), strict=True
    ):
        signs = expected.get((goal.relation, goal.terms), set())
        assert SIGNS[proof.verdict] == signs or (
            len(signs) == 2 and len(SIGNS[proof.verdict]) == 1
        ), str(goal)
        replay(proof, statements)
