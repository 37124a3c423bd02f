"""Descriptions that stand for somebody who has a name."""

from __future__ import annotations

import pytest

from lambada_bc.knowledge_base.coreference import told_by_name
from lambada_bc.statements import Clause, Literal, Sentence, Statement


def statement(id: str, consequent: Literal, *antecedents: Literal) -> Statement:
    return Statement(id, Sentence(id, str(consequent)), Clause(antecedents, consequent))


BISCUIT = statement("a", Literal("Biscuit", "is our cat"))
SHUT_IN = statement("b", Literal("the cat", "is shut in"), Literal("the door", "keeps The cat in"))


def test_what_is_said_of_a_description_is_said_of_its_name() -> None:
    (told,) = told_by_name([BISCUIT, SHUT_IN])
    assert told.id == "b/n"
    assert told.sentence == SHUT_IN.sentence
    assert told.clause == Clause(
        (Literal("the door", "keeps Biscuit in"),), Literal("Biscuit", "is shut in")
    )


@pytest.mark.parametrize(
    "others",
    [
        (),
        (BISCUIT, statement("c", Literal("Tiger", "is the cat"))),
        (statement("c", Literal("Biscuit", "is a cat")),),
        (statement("c", Literal("Biscuit", "is our cat", positive=False)),),
        (statement("c", Literal("?x", "is the cat"), Literal("?x", "purrs")),),
        (statement("c", Literal("Biscuit", "is the cat of the house")),),
        (statement("c", Literal("the tabby", "is our cat")),),
    ],
)
def test_a_description_that_no_name_or_several_go_with(others: tuple[Statement, ...]) -> None:
    assert told_by_name([*others, SHUT_IN]) == []


def test_only_the_whole_description_is_meant() -> None:
    others = (Literal("the cat flap", "is open"), Literal("the cats", "sleep"))
    told = told_by_name([BISCUIT, *(statement(str(n), one) for n, one in enumerate(others))])
    assert told == []
