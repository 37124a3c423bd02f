"""``prove`` and ``prove_many``: goals, knowledge bases in every form, and what is kept."""

import gc
import weakref
from dataclasses import replace

import pytest

from lambada_bc.errors import GoalError, KnowledgeBaseError, ModuleError
from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.prover import prove, prove_many
from lambada_bc.search import Budget
from lambada_bc.statements import Verdict, World
from tests.plain_english import plain_modules

SENTENCES = [
    "Bob is kind.",
    "If someone is kind then they are nice.",
    "If someone is nice and not rough then they are green.",
    "Bob is not rough.",
    "If someone is green then they are not blue.",
]


def test_each_verdict():
    goals = ["Bob is green.", "Bob is blue.", "Anne is green."]
    verdicts = [proof.verdict for proof in prove_many(goals, SENTENCES, modules=plain_modules())]
    assert verdicts == [Verdict.PROVED, Verdict.DISPROVED, Verdict.UNKNOWN]


def test_both_sides_can_be_looked_for():
    sentences = [*SENTENCES, "Bob is not nice."]
    proof = prove("Bob is nice.", sentences, modules=plain_modules(), sides="both")
    assert proof.verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize("form", ["sentences", "text", "jsonl", "knowledge base"])
def test_takes_a_knowledge_base_in_every_form(tmp_path, form):
    kb = KnowledgeBase(SENTENCES)
    kb.save(tmp_path / "kb.txt")
    kb.save(tmp_path / "kb.jsonl")
    given = {
        "sentences": SENTENCES,
        "text": tmp_path / "kb.txt",
        "jsonl": str(tmp_path / "kb.jsonl"),
        "knowledge base": kb,
    }[form]
    assert prove("Bob is green.", given, modules=plain_modules()).verdict is Verdict.PROVED


def test_one_and_many_give_the_same():
    goals = ["Bob is green.", "Bob is blue.", "Anne is nice.", "Bob is kind."]
    many = prove_many(goals, SENTENCES, modules=plain_modules())
    one = [prove(goal, SENTENCES, modules=plain_modules()) for goal in goals]
    bare = {"statistics": many[0].statistics}
    assert [p.model_copy(update=bare) for p in many] == [p.model_copy(update=bare) for p in one]


def test_the_order_of_sentences_does_not_matter():
    proof = prove("Bob is blue.", SENTENCES, modules=plain_modules())
    other = prove("Bob is blue.", SENTENCES[::-1], modules=plain_modules())
    assert proof.steps == other.steps


def test_the_world_is_the_knowledge_bases_unless_given():
    kb = KnowledgeBase(["Bob is kind."], world=World.CLOSED)
    ask = {"goal": "Bob is red.", "kb": kb, "modules": plain_modules()}
    assert prove(**ask).verdict is Verdict.DISPROVED
    assert prove(**ask, world="open").verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("strategy", ["best_first", "lambada"])
def test_a_knowledge_base_of_facts_that_contradict_each_other_is_answered(strategy):
    proof = prove(
        "Bob is red.",
        ["Bob is red.", "Bob is not red."],
        modules=plain_modules(),
        strategy=strategy,
    )
    assert proof.verdict in (Verdict.PROVED, Verdict.DISPROVED)


def test_a_second_goal_on_the_same_knowledge_base_costs_nothing_that_is_known():
    modules, kb = plain_modules(), KnowledgeBase(SENTENCES)
    first = prove("Bob is green.", kb, modules=modules)
    again = prove("Bob is green.", kb, modules=modules)
    assert sum(first.statistics.calls.values()) > 0
    assert sum(again.statistics.calls.values()) == 0
    assert again.steps == first.steps
    assert len(modules.reader.batches) == 1


def test_a_change_of_the_knowledge_base_is_seen():
    modules, kb = plain_modules(), KnowledgeBase(SENTENCES)
    assert prove("Anne is nice.", kb, modules=modules).verdict is Verdict.UNKNOWN
    kb.add("Anne is kind.", id="anne")
    assert prove("Anne is nice.", kb, modules=modules).verdict is Verdict.PROVED
    kb.replace("anne", "Anne is not kind.")
    assert prove("Anne is nice.", kb, modules=modules).verdict is Verdict.UNKNOWN


def test_nothing_keeps_a_knowledge_base_alive():
    kb = KnowledgeBase(SENTENCES)
    prove("Bob is green.", kb, modules=plain_modules())
    gone = weakref.ref(kb)
    del kb
    gc.collect()
    assert gone() is None


def test_a_spent_budget_is_an_answer():
    proof = prove("Bob is green.", SENTENCES, modules=plain_modules(), budget=Budget(calls=1))
    assert (proof.verdict, proof.stopped) == (Verdict.UNKNOWN, "budget")


@pytest.mark.parametrize(
    ("goal", "complaint"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("Is Bob kind?", "is a question"),
        ("Bob is kind. Anne is nice.", "several sentences"),
        ("bob is kind. anne is nice", "several sentences"),
        ("Bob is kind! “Anne is nice.”", "several sentences"),
        ("x" * 100_000, "100,000 characters"),
        ("鲍勃很善良。", "not written in English"),
        ("Bob sings.", "cannot be read"),
    ],
)
def test_refuses_what_is_not_one_statement(goal, complaint):
    with pytest.raises(GoalError, match=complaint) as caught:
        prove(goal, SENTENCES, modules=plain_modules())
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "goal", ["Dr. Smith is kind.", "J. R. Ewing is kind.", "The U.S. Senate is kind"]
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(goal):
    assert prove(goal, SENTENCES, modules=plain_modules()).verdict is Verdict.UNKNOWN


def test_names_a_missing_knowledge_base_and_unknown_modules(tmp_path):
    with pytest.raises(KnowledgeBaseError, match="no such file"):
        prove("Bob is kind.", tmp_path / "kb.txt", modules=plain_modules())
    with pytest.raises(ModuleError, match="no modules “clever”"):
        prove("Bob is kind.", SENTENCES, modules="clever")


def test_no_goal_no_proof():
    assert prove_many([], SENTENCES, modules=replace(plain_modules(), name="other")) == []
