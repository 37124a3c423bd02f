"""Sentences go in, come out by id, and are read once."""

import pytest

from lambada_bc.errors import KnowledgeBaseError
from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.statements import Kind, Sentence, World
from tests.plain_english import plain_modules

SENTENCES = ["Bob is kind.", "If someone is kind then they are nice.", "Anne is rough."]


def test_keeps_sentences_in_order_and_by_id():
    kb = KnowledgeBase(SENTENCES)
    added = kb.add("  Dave   is\tred. ", id="dave")
    assert [sentence.text for sentence in kb] == [*SENTENCES, "Dave is red."]
    assert kb.sentence("dave") == added == Sentence("dave", "Dave is red.")
    assert len(kb) == 4
    assert "dave" in kb


def test_ids_come_from_the_text_alone():
    one = {s.text: s.id for s in KnowledgeBase(SENTENCES)}
    other = {s.text: s.id for s in KnowledgeBase(reversed(SENTENCES))}
    assert one == other
    assert len(set(one.values())) == 3


def test_a_repeated_sentence_gets_an_id_of_its_own():
    kb = KnowledgeBase(["Bob is kind.", "Bob is  kind."])
    first, second = kb
    assert second.id == f"{first.id}-2"


def test_refuses_a_known_id():
    kb = KnowledgeBase()
    kb.add("Bob is kind.", id="b")
    with pytest.raises(KnowledgeBaseError, match="“b” is already in use"):
        kb.add("Bob is nice.", id="b")


@pytest.mark.parametrize("change", ["remove", "replace", "sentence"])
def test_names_an_unknown_id(change):
    kb = KnowledgeBase(SENTENCES)
    arguments = ("nobody", "Bob is kind.") if change == "replace" else ("nobody",)
    with pytest.raises(KnowledgeBaseError, match="no sentence “nobody”"):
        getattr(kb, change)(*arguments)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is empty"),
        ("…!", "has no word"),
        ("x" * 100_000, "100,000 characters"),
        ("鲍勃很善良。", "not written in English"),
        ("Bob is \x00 kind.", "control characters"),
    ],
)
def test_refuses_what_is_no_english_sentence(text, complaint):
    with pytest.raises(KnowledgeBaseError, match=complaint) as caught:
        KnowledgeBase([text])
    assert len(str(caught.value)) < 200


def test_replace_keeps_id_and_place():
    kb = KnowledgeBase.from_text("[a] Bob is kind.\n[b] Anne is red.")
    kb.replace("a", "Bob is rough.")
    assert [(s.id, s.text) for s in kb] == [("a", "Bob is rough."), ("b", "Anne is red.")]
    assert str(kb.sentence("a").source) == "<text>:1"


def test_reads_all_at_once_and_only_what_is_new():
    modules = plain_modules()
    kb = KnowledgeBase(SENTENCES)
    kb.statements(modules.reader)
    kb.statements(modules.reader)
    kb.add("Dave is red.", id="dave")
    kb.statements(modules.reader)
    kb.replace("dave", "Dave is blue.")
    kb.statements(modules.reader)
    kb.remove("dave")
    kb.statements(modules.reader)
    assert modules.reader.batches == [SENTENCES, ["Dave is red."], ["Dave is blue."]]


def test_statements_do_not_depend_on_the_order_of_sentences():
    reader = plain_modules().reader
    one = KnowledgeBase(SENTENCES).statements(reader)
    assert one == KnowledgeBase(reversed(SENTENCES)).statements(reader)
    assert [s.kind for s in one] == [Kind.FACT, Kind.FACT, Kind.RULE]


def test_a_sentence_that_says_two_things_gives_two_statements():
    kb = KnowledgeBase()
    kb.add("Bob and Anne is kind.", id="both")
    assert [s.id for s in kb.statements(plain_modules().reader)] == ["both/1", "both/2"]


def test_a_mark_overrules_the_reader():
    kb = KnowledgeBase.from_text("fact: If someone is kind then they are nice.")
    (statement,) = kb.statements(plain_modules().reader)
    assert statement.kind is Kind.FACT


def test_the_world_is_open_unless_said():
    assert KnowledgeBase().world is World.OPEN
    assert KnowledgeBase(world="closed").world is World.CLOSED
