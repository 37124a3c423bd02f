"""Sentences that the reader was unsure of are held against goals as they are written."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lambada_bc.modules.compact.comparer import Comparison
from lambada_bc.modules.compact.judgements import Judgements
from lambada_bc.modules.compact.whole_sentences import DOUBTFUL, WholeSentences
from lambada_bc.modules.interface import FactQuery
from lambada_bc.statements import Clause, Literal, Sentence, Statement

TEXT = "The pool and the footbath share a filter, but each has its own heater."
MISREAD = Literal("the pool", "shares a heater")
GOAL = Literal("the footbath", "has a heater")


class Reads:
    """Knows what follows from one sentence, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        return [Comparison(0.0, 0.0) for _ in pairs]

    def compare_sentences(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        self.asked += pairs
        known = {
            (TEXT, "the footbath has a heater"): Comparison(0.8, 0.1),
            (TEXT, "the footbath is unheated"): Comparison(0.1, 0.8),
            (TEXT, "the footbath is deep"): Comparison(0.2, 0.1),
        }
        return [known[pair] for pair in pairs]


def fact(probability: float, *antecedents: Literal) -> Statement:
    return Statement("s", Sentence("s", TEXT), Clause(antecedents, MISREAD), probability)


@pytest.mark.parametrize(
    ("goal", "supports"),
    [
        (GOAL, [True]),
        (Literal("the footbath", "is unheated"), [False]),
        (Literal("the footbath", "is deep"), []),
    ],
)
def test_what_was_misread_is_still_said(goal: Literal, supports: list[bool]) -> None:
    reads = Reads()
    judgements = Judgements(reads, whole=WholeSentences(reads))
    ((*found,),) = judgements.check_facts([FactQuery(goal, (fact(0.3),))])
    assert [match.supports for match in found] == supports
    assert all(match.probability == 0.8 and not match.exact for match in found)


@pytest.mark.parametrize(
    ("goal", "statement"),
    [
        (GOAL, fact(DOUBTFUL)),
        (Literal("the sauna", "has a heater"), fact(0.3)),
        (Literal("?x", "has a heater"), fact(0.3)),
        (Literal("the footbath", "belongs to Ana"), fact(0.3)),
    ],
    ids=["it was read surely", "it is about others", "a name is asked for", "it names nobody"],
)
def test_what_is_not_asked(goal: Literal, statement: Statement) -> None:
    reads = Reads()
    assert WholeSentences(reads).settling([FactQuery(goal, (statement,))]) == [[]]
    assert reads.asked == []


def test_a_sentence_with_a_rule_is_not_taken_for_a_fact() -> None:
    reads = Reads()
    rule = fact(0.3, Literal("the pool", "is open"))
    assert WholeSentences(reads).settling([FactQuery(GOAL, (fact(0.3),), (rule,))]) == [[]]
    assert reads.asked == []


def test_a_sentence_is_compared_once_however_many_things_were_read_in_it() -> None:
    reads = Reads()
    facts = (fact(0.3), fact(0.3))
    assert list(map(len, WholeSentences(reads).settling([FactQuery(GOAL, facts)]))) == [1]
    assert len(reads.asked) == 1
