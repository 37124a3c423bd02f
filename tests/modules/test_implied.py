"""What follows from a sentence's clauses by logic alone, checked by a logic engine's semantics."""

from itertools import product

import pytest

from lambada_bc.modules.compact.implied import implied
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
            clause("?x | is a newt", then="?x | - is a reptile"),
            clause("?x | is a reptile", then="?x | - is a newt"),
        ),
        (
            clause("?x | watches a broken pump", then="?x | raises an alarm"),
            clause("?x | watches ?v", "?v | is a broken pump", then="?x | raises an alarm"),
        ),
        (
            clause("?x | is a pupil", then="?x | - can ride a horse with a foal"),
            clause(
                "?x | is a pupil", "?v | is a horse", "?v | has a foal", then="?x | - can ride ?v"
            ),
        ),
        (
            clause("?x | is a guard", then="?x | locks every gate"),
            clause("?x | is a guard", "?v | is a gate", then="?x | locks ?v"),
        ),
    ],
)
def test_follows(said: Clause, follows: Clause) -> None:
    assert follows in implied((said,))


@pytest.mark.parametrize(
    "said",
    [
        clause("?x | is a newt", then="?x | is an amphibian"),  # Not every amphibian is a newt.
        clause("?x | is kind", then="?x | - is rude"),  # Turning rules round is not the reader's.
        clause(
            "?x | - keeps a dog", then="?x | is admitted"
        ),  # Who does not keep Rex may keep Fido.
        clause("?x | pays", then="?x | gets a ticket"),  # Not every ticket.
        clause("?x | is a host", then="?x | is up"),  # What is a thing is a kind, not a deed.
    ],
)
def test_nothing_follows(said: Clause) -> None:
    assert implied((said,)) == ()


def test_instances_hold_in_every_world_in_which_the_sentence_does() -> None:
    """Over two things and all ways they may be, no instance fails where the sentence holds."""
    said = clause("?x | keeps a dog", then="?x | - can enter a shop")
    things = ("Ana", "Rex")
    for bits in product((False, True), repeat=10):
        keeps = dict(zip(product(things, things), bits[:4], strict=True))
        enters = dict(zip(product(things, things), bits[4:8], strict=True))
        dog, shop = dict(zip(things, bits[8:], strict=True)), {"Ana": False, "Rex": True}
        facts = {"keeps": keeps, "can enter": enters}

        def holds(one: Literal, bound: dict[str, str], facts=facts, dog=dog, shop=shop) -> bool:  # type: ignore[no-untyped-def]
            subject = bound.get(one.subject, one.subject)
            verb, _, last = one.predicate.rpartition(" ")
            if verb == "is a":
                true = {"dog": dog, "shop": shop}[last][subject]
            elif last in bound:
                true = facts[verb][subject, bound[last]]
            else:  # keeps a dog, can enter a shop
                kind = {"dog": dog, "shop": shop}[last]
                verb = verb.removesuffix(" a")
                true = any(facts[verb][subject, t] and kind[t] for t in things)
            return true == one.positive

        def is_true(one: Clause, holds=holds) -> bool:  # type: ignore[no-untyped-def]
            return all(
                holds(one.consequent, bound) or not all(holds(a, bound) for a in one.antecedents)
                for pair in product(things, things)
                for bound in [dict(zip(("?x", "?v"), pair, strict=True))]
            )

        if is_true(said):
            assert all(map(is_true, implied((said,))))
    assert len(implied((said,))) == 2
