"""What a goal is compared with: everything, until that is too much."""

import random

from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.knowledge_base.retriever import EXACT_LIMIT, NEIGHBOURS
from lambada_bc.statements import Kind, Literal
from tests.plain_english import LetterEncoder, plain_modules

NAMES = [f"{a}{b}{c}" for a in "BCDFGHLM" for b in "aeiou" for c in "lnrstbdg"]
ADJECTIVES = ["kind", "red", "big", "cold", "young", "quiet"]
FACTS = [f"{name} is {adjective}." for name in NAMES for adjective in ADJECTIVES]
RULES = [f"If someone is {one} then they are {two}." for one in ADJECTIVES for two in ADJECTIVES]
GOAL = Literal("Bal", "is kind")


def test_few_statements_are_all_compared():
    kb = KnowledgeBase([*FACTS[:50], *RULES])
    for encoder in (None, LetterEncoder()):
        ((facts, rules),) = kb.candidates(plain_modules(encoder=encoder))([GOAL])
        assert (len(facts), len(rules)) == (50, len(RULES))


def test_without_an_encoder_all_are_compared_however_many():
    kb = KnowledgeBase([*FACTS, *RULES])
    ((facts, rules),) = kb.candidates(plain_modules())([GOAL])
    assert len(facts) + len(rules) == len(FACTS) + len(RULES) > EXACT_LIMIT


def test_many_statements_are_narrowed_to_the_nearest():
    kb = KnowledgeBase([*FACTS, *RULES])
    ((facts, rules),) = kb.candidates(plain_modules(encoder=LetterEncoder()))([GOAL])
    assert "Bal is kind" in {str(fact.clause) for fact in facts}
    assert NEIGHBOURS <= len(facts) < len(FACTS) / 4
    assert len(rules) == len(RULES)
    assert {s.kind for s in facts} == {Kind.FACT}


def test_what_could_unify_with_an_open_goal_is_always_a_candidate():
    kb = KnowledgeBase([*FACTS, *RULES])
    goal = Literal("?1", "is young", positive=False)
    ((facts, _),) = kb.candidates(plain_modules(encoder=LetterEncoder()))([goal])
    assert {str(s.clause) for s in facts} >= {f"{name} is young" for name in NAMES}


def test_candidates_depend_neither_on_order_nor_on_the_batch():
    shuffled = random.Random(1).sample([*FACTS, *RULES], len(FACTS) + len(RULES))
    goals = [Literal(name, "is red") for name in NAMES[:40]]
    one = KnowledgeBase([*FACTS, *RULES]).candidates(plain_modules(encoder=LetterEncoder()))
    other = KnowledgeBase(shuffled).candidates(plain_modules(encoder=LetterEncoder()))
    assert one(goals) == [other([goal])[0] for goal in goals]
