"""What must not matter: the order of sentences, other goals, the width, earlier searches."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambada_bc.proof.proof import Proof
from lambada_bc.search import Budget, search
from lambada_bc.statements import World
from tests.oracle import Rule
from tests.search.theories import GOALS, asked, table, theories, worded

some = settings(max_examples=60, deadline=None, derandomize=True, database=None)
worlds = pytest.mark.parametrize("world", World)


def without_ids(proof: Proof) -> dict[str, Any]:
    """A proof as plain data, sentences told by their texts alone."""
    data = proof.model_dump(exclude={"statistics"})
    for cited in (*data["steps"], data["nearest"] or {}):
        cited.pop("sentence", None)
        cited.pop("statement", None)
    return data


@worlds
@some
@given(theory=theories, data=st.data())
def test_the_order_of_sentences(world: World, theory: list[Rule], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(theory))
    one, other = (
        search(asked(*GOALS), table(worded(order)), world=world) for order in (theory, shuffled)
    )
    assert list(map(without_ids, one)) == list(map(without_ids, other))


@worlds
@some
@given(theory=theories)
def test_other_goals_in_the_batch(world: World, theory: list[Rule]) -> None:
    statements, goals = worded(theory), asked(*GOALS)
    together = search(goals, table(statements), world=world)
    alone = [search([goal], table(statements), world=world)[0] for goal in goals]
    reverse = search(goals[::-1], table(statements), world=world)[::-1]
    assert together == alone == reverse


@worlds
@some
@given(theory=theories)
def test_the_width_when_all_is_looked_at(world: World, theory: list[Rule]) -> None:
    statements, goals = worded(theory), asked(*GOALS)
    proofs = [
        search(goals, table(statements), world=world, sides="both", width=width)
        for width in (1, 3, 1000)
    ]
    assert proofs[0] == proofs[1] == proofs[2]


@worlds
@some
@given(theory=theories)
def test_the_width_does_not_change_what_is_unknown(world: World, theory: list[Rule]) -> None:
    statements, goals = worded(theory), asked(*GOALS)
    narrow, wide = (
        search(goals, table(statements), world=world, width=width) for width in (1, 1000)
    )
    unknown = [[proof.verdict == "unknown" for proof in proofs] for proofs in (narrow, wide)]
    assert unknown[0] == unknown[1]


@worlds
@some
@given(theory=theories, calls=st.integers(1, 12), depth=st.integers(0, 3))
def test_an_earlier_limited_search(
    world: World, theory: list[Rule], calls: int, depth: int
) -> None:
    statements, goals = worded(theory), asked(*GOALS)
    shared = table(statements)
    search(goals, shared, world=world, max_depth=depth)
    search(goals, shared, world=world, budget=Budget(calls=calls))
    search(goals, shared, world=world, strategy="lambada", max_depth=depth)
    assert search(goals, shared, world=world) == search(goals, table(statements), world=world)


@some
@given(theory=theories)
def test_meters_of_a_batch_add_up(theory: list[Rule]) -> None:
    statements, goals = worded(theory), asked(*GOALS)
    shared = table(statements)
    once = search(goals, shared)
    again = search(goals, shared)
    asked_pairs = sum(one.statistics.pairs.get("goal_decomposition", 0) for one in once)
    assert asked_pairs == sum(one.statistics.pairs.get("sign_agreement", 0) for one in once)
    assert all(not one.statistics.calls for one in again)
