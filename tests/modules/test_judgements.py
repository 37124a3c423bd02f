"""How the compact modules use what the comparer says."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lambada_bc.modules.compact.comparer import Comparison
from lambada_bc.modules.compact.judgements import Judgements
from lambada_bc.modules.interface import Application, FactQuery, RuleQuery
from lambada_bc.statements import Clause, Literal, Sentence, Statement


class Dictionary:
    """Compares by a list of implications and exclusions; everything else is unrelated."""

    def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        implied = {("is a dog", "is an animal"), ("is ill", "is sick"), ("is sick", "is ill")}
        excluded = {("is tiny", "is huge"), ("is huge", "is tiny")}
        return [Comparison(float(pair in implied), float(pair in excluded)) for pair in pairs]


def statement(consequent: Literal, *antecedents: Literal) -> Statement:
    return Statement("s", Sentence("s", str(consequent)), Clause(antecedents, consequent))


@pytest.fixture
def judgements() -> Judgements:
    return Judgements(Dictionary())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stated", "goal", "supports"),
    [
        (Literal("Rex", "is a dog"), Literal("Rex", "is an animal"), True),
        (Literal("Rex", "is an animal"), Literal("Rex", "is a dog"), None),
        (Literal("Rex", "is an animal", positive=False), Literal("Rex", "is a dog"), False),
        (Literal("Rex", "is a dog", positive=False), Literal("Rex", "is an animal"), None),
        (Literal("Rex", "is tiny"), Literal("Rex", "is huge"), False),
        (Literal("Rex", "is tiny", positive=False), Literal("Rex", "is huge"), None),
        (Literal("Rex", "is ill"), Literal("Max", "is sick"), None),
        (Literal("everybody", "is ill"), Literal("Rex", "is sick"), None),
        (Literal("?x", "is ill"), Literal("Rex", "is sick"), True),
    ],
)
def test_a_fact_in_other_words(
    judgements: Judgements, stated: Literal, goal: Literal, supports: bool | None
) -> None:
    ((*found,),) = judgements.check_facts([FactQuery(goal, (statement(stated),))])
    assert [match.supports for match in found] == ([] if supports is None else [supports])
    assert not any(match.exact for match in found)


def test_own_words_come_first(judgements: Judgements) -> None:
    """Who writes both "ill" and "sick" means two things by them."""
    facts = (
        statement(Literal("Rex", "is ill")),
        statement(Literal("Max", "is sick")),
    )
    assert judgements.check_facts([FactQuery(Literal("Rex", "is sick"), facts)]) == [[]]


def test_an_open_goal_is_bound_by_a_paraphrase(judgements: Judgements) -> None:
    query = FactQuery(Literal("?1", "is sick"), (statement(Literal("Rex", "is ill")),))
    ((match,),) = judgements.check_facts([query])
    assert match.bindings == {"?1": "Rex"}


def test_a_rule_in_other_words(judgements: Judgements) -> None:
    rule = statement(Literal("?x", "is tiny"), Literal("?x", "fits in a pocket"))
    goal = Literal("the key", "is huge")
    ((match,),) = judgements.select_rules([RuleQuery(goal, (rule,))])
    (decomposition,) = judgements.decompose_goals([Application(goal, rule)])
    (sign,) = judgements.compare_signs([Application(goal, rule)])
    assert match.rule == rule
    assert not match.exact
    assert decomposition is not None
    assert decomposition.subgoals == (Literal("the key", "fits in a pocket"),)
    assert decomposition.consequent == Literal("the key", "is tiny")
    assert not sign.agrees


def test_two_terms_of_the_rules_are_two_things(judgements: Judgements) -> None:
    """Rules that ask for "ill" here and for "sick" there keep them apart."""
    fact = statement(Literal("Rex", "is ill"))
    sick = statement(Literal("?x", "stays in bed"), Literal("?x", "is sick"))
    ill = statement(Literal("?x", "sees a doctor"), Literal("?x", "is ill"))
    goal = Literal("Rex", "is sick")
    assert judgements.check_facts([FactQuery(goal, (fact,), (sick, ill))]) == [[]]
    assert judgements.check_facts([FactQuery(goal, (fact,), (sick,))]) != [[]]
    assert judgements.check_facts([FactQuery(goal, (fact,), (ill,))]) != [[]]
