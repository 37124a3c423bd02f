"""What is said of a kind, said of each thing of it, checked against all small worlds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from lambada_bc.modules.compact.instances import instances, is_of_each
from lambada_bc.statements import Clause, Literal


def clause(*antecedents: str, then: str) -> Clause:
    return Clause(tuple(map(literal, antecedents)), literal(then))


def literal(text: str) -> Literal:
    subject, _, predicate = text.partition(" | ")
    return Literal(subject, predicate.removeprefix("- "), not predicate.startswith("- "))


@pytest.mark.parametrize(
    ("said", "follows"),
    [
        (
            clause("?x | is a pupil", then="?x | - can ride a horse with a foal"),
            clause(
                "?x | is a pupil", "?v | is a horse", "?v | has a foal", then="?x | - can ride ?v"
            ),
        ),
        (
            clause("?x | is a member", then="?x | can read papers kept in the vault"),
            clause(
                "?x | is a member",
                "?v | is a paper",
                "?v | is kept in the vault",
                then="?x | can read ?v",
            ),
        ),
        (
            clause("?x | is a clerk", then="?x | can keep a file for a week"),
            clause("?x | is a clerk", "?v | is a file", then="?x | can keep ?v for a week"),
        ),
        (
            clause("?x | is a visitor", then="?x | - can feed dangerous animals"),
            clause(
                "?x | is a visitor",
                "?v | is an animal",
                "?v | is dangerous",
                then="?x | - can feed ?v",
            ),
        ),
    ],
)
def test_follows(said: Clause, follows: Clause) -> None:
    assert follows in instances((said,))


@pytest.mark.parametrize(
    "said",
    [
        clause("?x | is a newt", then="?x | is an amphibian"),
        clause("?x | has a nut allergy", then="?x | is careful"),
        clause("?x | keeps a dog", then="?x | is admitted"),
        clause("?x | pays", then="?x | gets a ticket"),  # Not every ticket.
        clause("?x | waits in the hall", then="?x | - can use the lift"),  # One of them, known.
        clause(then="Ana | - keeps a dog"),  # A fact is told as it is.
    ],
)
def test_nothing_follows(said: Clause) -> None:
    assert instances((said,)) == ()


def test_what_is_concluded_of_each_thing_is_marked() -> None:
    said = clause("?x | is a pupil", then="?x | - can ride a horse")
    (of_each,) = instances((said,))
    assert is_of_each(of_each)
    assert not is_of_each(said)


@dataclass(frozen=True)
class World:
    """Two things: who keeps and can enter what, and which are dogs and shops."""

    relations: dict[str, tuple[bool, ...]]
    classes: dict[str, tuple[bool, ...]]

    def is_true(self, said: Clause) -> bool:
        """Whether a clause holds of all things."""
        literals = (*said.antecedents, said.consequent)
        variables = sorted({variable for one in literals for variable in one.variables})
        return all(
            self._holds(said.consequent, bound)
            for things in product(range(2), repeat=len(variables))
            for bound in [dict(zip(variables, things, strict=True))]
            if all(self._holds(one, bound) for one in said.antecedents)
        )

    def _holds(self, one: Literal, bound: dict[str, int]) -> bool:
        subject = bound[one.subject]
        if one.predicate in self.classes:
            true = self.classes[one.predicate][subject]
        elif " a " in one.predicate:  # keeps a dog, can enter a shop
            verb, _, noun = one.predicate.rpartition(" a ")
            kind = self.classes[f"is a {noun}"]
            true = any(kind[at] and self.relations[verb][2 * subject + at] for at in range(2))
        else:
            verb, _, variable = one.predicate.rpartition(" ")
            true = self.relations[verb][2 * subject + bound[variable]]
        return true == one.positive


def test_instances_hold_in_every_world_in_which_the_sentence_does() -> None:
    said = clause("?x | keeps a dog", then="?x | - can enter a shop")
    pairs, things = product((False, True), repeat=4), product((False, True), repeat=2)
    worlds = [
        World({"keeps": keeps, "can enter": enters}, {"is a dog": dogs, "is a shop": shops})
        for (keeps, enters), (dogs, shops) in product(
            product(pairs, repeat=2), product(things, repeat=2)
        )
    ]
    true = [world for world in worlds if world.is_true(said)]
    assert 0 < len(true) < len(worlds)
    for one in instances((said,)):
        assert all(world.is_true(one) for world in true)
        assert not all(world.is_true(one) for world in worlds)
