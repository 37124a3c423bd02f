"""What the wording of a subject says of it."""

from __future__ import annotations

import pytest

from lambada_bc import KnowledgeBase
from lambada_bc.modules.compact.subjects import described, presupposed, things_in
from lambada_bc.modules.interface import Reading
from lambada_bc.statements import Clause, Literal


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("the old pear tree by the gate", "is an old pear tree"),
        ("The tape robot", "is a tape robot"),
        ("Plot two", "is a plot"),
        ("Pump 3", "is a pump"),
        ("Amina's mother", "is a mother"),
        ("my neighbour's dog", "is a dog"),
        ("Mrs. Petrov", None),
        ("Oliver Finch", None),
        ("Bob", None),
        ("?x", None),
        ("?x's card", None),
    ],
)
def test_a_description_says_what_its_thing_is(subject: str, kind: str | None) -> None:
    clauses = (Clause((), Literal(subject, "is green")),)
    expected = () if kind is None else (Clause((), Literal(subject, kind)),)
    assert described(clauses) == expected


def test_what_is_said_already_is_not_said_again() -> None:
    assert described((Clause((), Literal("the dog", "is a dog")),)) == ()


LATE, PLAYER, FINED = (
    Literal("?x", "is late"),
    Literal("?x", "is a player"),
    Literal("?x", "is fined"),
)


def test_a_rule_presupposes_the_class_it_is_about() -> None:
    clauses = (Clause((PLAYER, LATE), FINED),)
    assert presupposed("A player who is late is fined.", clauses) == (Clause((LATE,), PLAYER),)
    assert presupposed("Players are fined.", (Clause((PLAYER,), FINED),)) == ()
    assert presupposed("If someone is a player and late, they are fined.", clauses) == ()
    assert presupposed("People who are late and players are fined.", clauses) == ()


@pytest.mark.parametrize("settled", [True, False])
def test_what_the_knowledge_base_settles_is_not_presupposed(settled: bool) -> None:
    class Reader:
        fingerprint = "fixed"

        def read(self, sentences):
            rule = Reading((Clause((PLAYER, LATE), FINED),), 1.0, (Clause((LATE,), PLAYER),))
            fact = Reading((Clause((), Literal("Ben", "is a player" if settled else "is tall")),))
            return [rule if "fined" in one.text else fact for one in sentences]

    kb = KnowledgeBase(["A player who is late is fined.", "Ben is it."])
    concluded = [one.clause.consequent for one in kb.statements(Reader())]  # type: ignore[arg-type]
    assert (PLAYER in concluded) is not settled


def test_what_a_sentence_implies_counts_and_settles_nothing_that_is_presupposed() -> None:
    class Reader:
        fingerprint = "fixed"

        def read(self, sentences):
            return [
                Reading(
                    (Clause((PLAYER, LATE), FINED),),
                    1.0,
                    presupposed=(Clause((LATE,), PLAYER),),
                    implied=(Clause((FINED,), PLAYER),),
                )
                for _ in sentences
            ]

    statements = KnowledgeBase(["A player who is late is fined."]).statements(Reader())  # type: ignore[arg-type]
    assert [one.clause.consequent for one in statements] == [FINED, PLAYER, PLAYER]
    assert len({one.id for one in statements}) == len(statements)


@pytest.mark.parametrize(
    ("predicate", "things"),
    [
        ("sends Mr Beck to Oslo", ["Mr Beck", "Oslo"]),
        ("rents out Flat 3 B to two students", ["Flat 3 B"]),
        ("gives Ana 3 pens", ["Ana"]),
        ("hired the grey Corolla", ["the grey Corolla"]),
        ("is kept in the Leeds data centre for a year", ["the Leeds data centre"]),
        ("is the mother of Emily", ["Emily"]),
        ("visits Dr. Wu", ["Dr. Wu"]),
        ("took the Corolla's key", ["the Corolla's key"]),
        ("grows well on plot two", ["plot two"]),
    ],
)
def test_things_are_named_with_their_numbers_and_descriptions(
    predicate: str, things: list[str]
) -> None:
    assert things_in(predicate) == things
