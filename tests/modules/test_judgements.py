"""How the compact modules use what the comparer says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lambada_bc.modules.compact.comparer import Comparison
from lambada_bc.modules.compact.judgements import Judgements
from lambada_bc.modules.interface import Application, FactQuery, RuleQuery
from lambada_bc.statements import OWN_NAME, Clause, Literal, Sentence, Statement


class Dictionary:
    """Compares by a list of implications and exclusions; everything else is unrelated."""

    implied = frozenset(
        {("is a dog", "is an animal"), ("is ill", "is sick"), ("is sick", "is ill")}
    )
    excluded = frozenset({("is tiny", "is huge"), ("is huge", "is tiny")})

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        return [self._compare(stated, asked) for stated, asked in pairs]

    def _compare(self, stated: Literal, asked: Literal) -> Comparison:
        said, goal = stated.predicate, asked.predicate
        if not stated.positive:
            return Comparison(0.0, float((goal, said) in self.implied))
        return Comparison(float((said, goal) in self.implied), float((said, goal) in self.excluded))


def statement(consequent: Literal, *antecedents: Literal, sentence: str = "s") -> Statement:
    return Statement(sentence, Sentence(sentence, str(consequent)), Clause(antecedents, consequent))


@pytest.fixture
def judgements() -> Judgements:
    return Judgements(Dictionary())


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


def test_what_is_said_in_the_goals_own_words_comes_first(judgements: Judgements) -> None:
    facts = (statement(Literal("Rex", "is ill")), statement(Literal("Rex", "is sick")))
    ((first, second),) = judgements.check_facts([FactQuery(Literal("Rex", "is sick"), facts)])
    assert first.exact
    assert not second.exact


class Credulous:
    """Finds that everything supports everything, or contradicts it, with one probability."""

    def __init__(self, supports: float, contradicts: float) -> None:
        self._found = Comparison(supports, contradicts)

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        return [self._found for _ in pairs]


@pytest.mark.parametrize(
    ("stated", "goal", "supports"),
    [
        (Literal("the cat", "needs the dog"), Literal("the cat", "needs the lion"), None),
        (Literal("Ana", "works for Ben"), Literal("Ana", "works for Cleo"), None),
        (Literal("the cat", "is a cat"), Literal("the cat", "is round"), None),
        (Literal("the cat", "needs the dog"), Literal("the cat", "wants a lion"), False),
        (Literal("Rex", "is a cat"), Literal("Rex", "is round"), False),
    ],
)
def test_what_is_said_of_one_thing_denies_nothing_of_another(
    stated: Literal, goal: Literal, supports: bool | None
) -> None:
    sure_of_denial = Judgements(Credulous(0.0, 0.97))
    ((*found,),) = sure_of_denial.check_facts([FactQuery(goal, (statement(stated),))])
    assert [match.supports for match in found] == ([] if supports is None else [supports])


def test_a_contradiction_is_one_from_either_side() -> None:
    class OneSided(Dictionary):
        excluded = frozenset({("is tiny", "is huge"), ("is on probation", "is paid in full")})

    judgements = Judgements(OneSided())
    facts = (statement(Literal("Tom", "is on probation")), statement(Literal("Tom", "is tiny")))
    for predicate in ("is paid in full", "is huge"):
        assert judgements.check_facts([FactQuery(Literal("Tom", predicate), facts)]) == [[]]


@pytest.mark.parametrize(
    ("stated", "goal", "is_compared"),
    [
        (Literal("Ana's mother", "signed the slip"), Literal("a parent", "has signed it"), True),
        (Literal("a thick fog", "came down"), Literal("fog", "lies on the sea"), True),
        (Literal("the parser", "is under a licence"), Literal("attribution", "is made"), False),
        (Literal("the parser", "is under a licence"), Literal("someone", "is a guest"), False),
    ],
)
def test_what_is_said_of_another_thing(stated: Literal, goal: Literal, is_compared: bool) -> None:
    sure = Judgements(Credulous(0.97, 0.0))
    assert len(sure.check_facts([FactQuery(goal, (statement(stated),))])[0]) == is_compared


def test_what_is_done_to_one_thing_is_hardly_done_to_another() -> None:
    query = FactQuery(
        Literal("the cat", "needs the lion"), (statement(Literal("the cat", "needs the dog")),)
    )
    for probability, found in ((0.85, 0), (0.95, 1)):
        likely = Judgements(Credulous(probability, 0.0))
        assert len(likely.check_facts([query])[0]) == found


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ("Mr Lund", "Lund"),
        ("Lund", "Mr Lund"),
        ("Oliver Finch", "Oliver"),
        ("our reporter Tomasz Wren", "Tomasz"),
        ("the old pear tree by the gate", "the pear tree"),
    ],
)
def test_a_shorter_name_of_the_subject(judgements: Judgements, stated: str, asked: str) -> None:
    facts = (statement(Literal(stated, "is ill")),)
    for predicate in ("is ill", "is sick"):
        ((match,),) = judgements.check_facts([FactQuery(Literal(asked, predicate), facts)])
        assert match.supports
        assert not match.exact


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ("Lund's dog", "Lund"),
        ("the gate", "the old pear tree by the gate"),
        ("the tree house", "the tree"),
        ("Ana", "Ben"),
        ("the sister of Ana", "Ana"),
    ],
)
def test_another_subject(judgements: Judgements, stated: str, asked: str) -> None:
    facts = (statement(Literal(stated, "is ill")),)
    assert judgements.check_facts([FactQuery(Literal(asked, "is ill"), facts)]) == [[]]


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


def test_two_terms_of_the_knowledge_base_are_two_things(judgements: Judgements) -> None:
    """Sentences that use "ill" again and again, and "sick" too, keep them apart."""
    fact = statement(Literal("Rex", "is ill"))
    sick = statement(Literal("?x", "stays in bed"), Literal("?x", "is sick"), sentence="sick")
    ill = statement(Literal("?x", "sees a doctor"), Literal("?x", "is ill"), sentence="ill")
    more = statement(Literal("?x", "is tired"), Literal("?x", "is sick"), sentence="more")
    goal = Literal("Rex", "is sick")
    assert judgements.check_facts([FactQuery(goal, (fact,), (sick, ill, more))]) == [[]]
    assert judgements.check_facts([FactQuery(goal, (fact,), (sick, more))]) != [[]]
    assert judgements.check_facts([FactQuery(goal, (fact,), (sick, ill))]) != [[]]


def test_a_narrower_term_is_not_kept_apart_from_the_wider_one() -> None:
    """*Is a student nurse* and *is a student* may both be terms; the first implies the second."""
    stated, asked = Literal("Ana", "is a student nurse"), Literal("Ana", "is a student")
    others = tuple(
        statement(Literal("?x", does), Literal("?x", one.predicate), sentence=does)
        for one in (stated, asked)
        for does in (f"waits, who {one.predicate}", f"reads, who {one.predicate}")
    )
    credulous = Judgements(Credulous(0.9, 0.0))
    query = FactQuery(asked, (statement(stated),), others)
    ((match,),) = credulous.check_facts([query])
    assert match.supports
    assert credulous.check_facts([FactQuery(stated, (statement(asked),), others)]) == [[]]


@pytest.mark.parametrize("presupposed", [True, False])
def test_what_is_only_presupposed_is_not_the_knowledge_bases_own_word(presupposed: bool) -> None:
    """Where the goal's words are a conclusion of the knowledge base, others must be surer."""
    goal, fact = Literal("Rex", "is sick"), statement(Literal("Rex", "is ill"))
    concludes = replace(
        statement(Literal("?x", "is sick"), Literal("?x", "stays in bed"), sentence="sick"),
        presupposed=presupposed,
    )
    ((*found,),) = Judgements(Credulous(0.8, 0.0)).check_facts(
        [FactQuery(goal, (fact,), (concludes,))]
    )
    assert bool(found) is presupposed


@pytest.mark.parametrize(
    ("goal", "settled"),
    [
        (Literal("Slugs", "is a slug"), True),
        (Literal("Mr Lund's visitors", "is a visitor"), True),
        (Literal("The old pear tree", "is an old pear tree"), True),
        (Literal("Slugs", "is a snail"), False),
        (Literal("Bob", "is a bob"), False),
    ],
)
def test_a_thing_is_what_it_is_called(judgements: Judgements, goal: Literal, settled: bool) -> None:
    ((*found,),) = judgements.check_facts([FactQuery(goal, ())])
    assert [match.exact for match in found] == ([True] if settled else [])
    assert all(match.fact.sentence.id == OWN_NAME for match in found)


@pytest.mark.parametrize(
    ("stated", "goal"),
    [
        (Literal("?x's meter", "is read"), Literal("The meter in Flat B", "is read")),
        (Literal("the skin of ?x", "is moist"), Literal("Flat B's skin", "is moist")),
    ],
)
def test_what_is_in_or_of_a_thing_is_its_own(
    judgements: Judgements, stated: Literal, goal: Literal
) -> None:
    rule = statement(stated, Literal("?x", "is inspected"))
    ((match,),) = judgements.select_rules([RuleQuery(goal, (rule,))])
    (decomposition,) = judgements.decompose_goals([Application(goal, match.rule)])
    assert decomposition is not None
    assert decomposition.subgoals == (Literal("Flat B", "is inspected"),)


def test_an_open_goal_is_bound_to_what_a_fact_in_other_words_names() -> None:
    asked = Judgements(Credulous(0.9, 0.0))
    facts = (
        statement(Literal("Hugo", "beats Viktor twice")),
        statement(Literal("Hugo", "beats Ana and Ben"), sentence="t"),
    )
    ((match,),) = asked.check_facts([FactQuery(Literal("Hugo", "defeats ?1"), facts)])
    assert match.bindings == {"?1": "Viktor"}


def test_a_rule_that_speaks_of_the_goals_subject() -> None:
    rule = statement(Literal("I", "starts proceedings against ?x"), Literal("?x", "is in arrears"))
    goal = Literal("Proceedings", "is started against Dario")
    (decomposition,) = Judgements(Credulous(0.9, 0.0)).decompose_goals([Application(goal, rule)])
    assert decomposition is not None
    assert decomposition.subgoals == (Literal("Dario", "is in arrears"),)


def test_what_must_be_done_to_one_is_what_another_must_do() -> None:
    rule = statement(Literal("a keeper", "must handle ?x"), Literal("?x", "is venomous"))
    goal = Literal("Fang", "must be handled by a keeper")
    (decomposition,) = Judgements(Credulous(0.9, 0.0)).decompose_goals([Application(goal, rule)])
    assert decomposition is not None
    assert decomposition.subgoals == (Literal("Fang", "is venomous"),)


def test_what_one_must_do_is_not_what_is_done_by_another() -> None:
    fact = statement(Literal("Ana", "can chase Ben"))
    query = FactQuery(Literal("Ben", "must chase Ana"), (fact,))
    assert Judgements(Credulous(0.9, 0.0)).check_facts([query]) == [[]]


def test_a_rule_about_each_thing_of_a_kind_is_meant_in_its_own_words() -> None:
    kind = Literal("?v", "is a horse")
    rule = statement(Literal("?x", "can ride ?v", positive=False), kind)
    asked = Judgements(Credulous(0.9, 0.9))
    own, other = Literal("Ana", "can ride Fury"), Literal("Ana", "can mount Fury")
    ((match,), none) = asked.select_rules([RuleQuery(own, (rule,)), RuleQuery(other, (rule,))])
    assert match.exact
    assert none == []
    assert asked.select_rules([RuleQuery(Literal("?1", "can ride Fury"), (rule,))]) == [[]]


def test_words_after_a_variable_are_not_what_it_stands_for() -> None:
    rule = statement(Literal("?x", "can get in ?y at any hour"), Literal("?x", "has a key to ?y"))
    goal = Literal("Paolo", "can enter the basement flat at any hour")
    (decomposition,) = Judgements(Credulous(0.9, 0.0)).decompose_goals([Application(goal, rule)])
    assert decomposition is not None
    assert decomposition.subgoals == (Literal("Paolo", "has a key to the basement flat"),)


def test_a_rule_about_a_thing_that_the_goal_names_in_other_words() -> None:
    rule = statement(Literal("Carrots", "thrives in ?x"), Literal("?x", "is sandy"))
    goal = Literal("Carrots", "grows well on plot two")
    asked = Judgements(Credulous(0.9, 0.0))
    assert asked.select_rules([RuleQuery(goal, (rule,))]) != [[]]
    (decomposition,) = asked.decompose_goals([Application(goal, rule)])
    assert decomposition is not None
    assert decomposition.subgoals == (Literal("plot two", "is sandy"),)


@pytest.mark.parametrize(("says_who_can", "found"), [(False, [True]), (True, [])])
def test_who_does_something_can_do_it_unless_it_is_said_who_can(
    judgements: Judgements, says_who_can: bool, found: list[bool]
) -> None:
    facts = [statement(Literal("Rex", "swims"))]
    if says_who_can:
        facts.append(statement(Literal("Max", "can swim"), sentence="t"))
    ((*matches,),) = judgements.check_facts([FactQuery(Literal("Rex", "can swim"), tuple(facts))])
    assert [match.supports for match in matches] == found


@pytest.mark.parametrize(
    ("stated", "text", "says_who_does", "found"),
    [
        (Literal("?x", "can swim"), "Whoever trains can swim.", False, [True]),
        (Literal("?x", "can swim"), "Whoever trains may swim.", False, []),
        (Literal("?x", "can swim"), "Whoever trains can swim.", True, []),
        (Literal("?x", "can swim", positive=False), "Whoever trains cannot swim.", False, [False]),
        (Literal("?x", "can swim", positive=False), "Whoever trains may not swim.", False, []),
    ],
)
def test_who_can_do_something_does_it_unless_it_is_said_who_does(
    judgements: Judgements, stated: Literal, text: str, says_who_does: bool, found: list[bool]
) -> None:
    """*They can achieve it* settles *they achieve it*; that they may do it settles nothing.

    Nor do they achieve what they cannot.
    """
    rule = Statement("s", Sentence("s", text), Clause((Literal("?x", "trains"),), stated))
    facts = (statement(Literal("Max", "swims"), sentence="t"),) if says_who_does else ()
    goal = Literal("Rex", "swims")
    ((*matches,),) = judgements.select_rules([RuleQuery(goal, (rule,), facts)])
    signs = judgements.compare_signs([Application(goal, one.rule) for one in matches])
    assert [sign.agrees for sign in signs] == found


def test_what_one_is_does_not_deny_what_one_does() -> None:
    class Contrary(Dictionary):
        excluded = frozenset({("is a dog", "chases Tom")})

    asked = Judgements(Contrary())
    query = FactQuery(Literal("Rex", "chases Tom"), (statement(Literal("Rex", "is a dog")),))
    assert asked.check_facts([query]) == [[]]


_TOKENS = st.sampled_from(
    ["-", "'s", "'", "…", '"', "(", ",", "1", "a", "the", "is", "can", "of", "Ana", "dog", "his"]
)
_ODD = st.builds(
    lambda subject, predicate, positive: Literal(" ".join(subject), " ".join(predicate), positive),
    st.one_of(st.just(["?x"]), st.lists(_TOKENS, min_size=1, max_size=3)),
    st.lists(_TOKENS, min_size=1, max_size=3),
    st.booleans(),
)


class Fickle:
    """Finds that everything bears on everything, one way or the other."""

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        return [
            Comparison(0.9, 0.1) if len(str(one)) % 2 else Comparison(0.1, 0.9) for one, _ in pairs
        ]


@settings(max_examples=300, deadline=None)
@given(_ODD, _ODD, _ODD)
def test_what_no_one_would_say_is_judged_all_the_same(
    goal: Literal, fact: Literal, consequent: Literal
) -> None:
    """A language model's text is read whatever it says: ``'s … is (``."""
    judgements = Judgements(Fickle())
    goal, fact = (one.substitute({"?x": "Ana"}) for one in (goal, fact))
    rule = statement(consequent, Literal("?x", "is a dog"))
    facts, rules = (statement(fact),), (rule,)
    assert len(judgements.check_facts([FactQuery(goal, facts, rules)])) == 1
    assert len(judgements.select_rules([RuleQuery(goal, rules, facts)])) == 1
    assert len(judgements.decompose_goals([Application(goal, rule)])) == 1
    assert len(judgements.compare_signs([Application(goal, rule)])) == 1


def test_what_one_thing_is_may_tell_what_another_is() -> None:
    asked = Literal("Nora", "is a twin")
    for said, found in [("is the twin brother of Nora", [True]), ("is the twin of Ida", [])]:
        query = FactQuery(asked, (statement(Literal("Theo", said)),))
        (matches,) = Judgements(Credulous(0.9, 0.0)).check_facts([query])
        assert [match.supports for match in matches] == found


@pytest.mark.parametrize("turned", [True, False])
def test_only_members_vote_does_not_say_who_is_a_member(turned: bool) -> None:
    """Nobody is called a member by it, so that what excludes it may deny it."""
    votes, member = Literal("?x", "votes"), Literal("?x", "is a member")
    rules = [statement(member, votes)]
    if turned:
        rules.append(statement(votes.negated(), member.negated()))
    fact = statement(Literal("Ben", "is a guest"), sentence="f")
    query = FactQuery(Literal("Ben", "is a member"), (fact,), tuple(rules))
    (matches,) = Judgements(Credulous(0.0, 0.9)).check_facts([query])
    assert [match.supports for match in matches] == ([False] if turned else [])


@pytest.mark.parametrize(
    ("sentence", "found"),
    [("Ben is unable to smoke.", [False]), ("Ben must not smoke.", []), ("Ben mustn't smoke.", [])],
)
def test_who_must_not_may_all_the_same(sentence: str, found: list[bool]) -> None:
    said = Literal("Ben", "can smoke", positive=False)
    fact = Statement("s", Sentence("s", sentence), Clause((), said))
    query = FactQuery(Literal("Ben", "smokes"), (fact,))
    (matches,) = Judgements(Credulous(0.0, 0.0)).check_facts([query])
    assert [match.supports for match in matches] == found


@pytest.mark.parametrize(("probability", "found"), [(0.97, [False]), (0.9, [])])
def test_what_is_said_of_something_else_denies_a_goal_only_if_that_is_quite_sure(
    probability: float, found: list[bool]
) -> None:
    fact = statement(Literal("Ben's fee", "is waived"))
    query = FactQuery(Literal("Ben", "must pay his fee"), (fact,))
    (matches,) = Judgements(Credulous(0.0, probability)).check_facts([query])
    assert [match.supports for match in matches] == found
