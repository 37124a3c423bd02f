"""What of a text follows from a knowledge base."""

from __future__ import annotations

import pytest

from lambada_bc import KnowledgeBase, Verdict
from lambada_bc.statement_checking import check_statements, check_texts

KB = KnowledgeBase(
    [
        "Rex is a dog.",
        "Rex is old.",
        "Every dog is an animal.",
        "No animal can read.",
        "Nobody who is awake is asleep.",
    ]
)


def told(text: str) -> list[tuple[str, str]]:
    return [(str(one.literal), str(one.verdict)) for one in check_statements(text, KB).statements]


def test_each_statement_has_its_verdict_and_proof() -> None:
    text = "Rex is an animal. He can read. Rex is hungry."
    checked = check_statements(text, KB)
    assert told(text) == [
        ("Rex is an animal", "proved"),
        ("Rex can read", "disproved"),
        ("Rex is hungry", "unknown"),
    ]
    assert [text[one.start : one.end] for one in checked.statements] == [
        "Rex is an animal.",
        "He can read.",
        "Rex is hungry.",
    ]
    cited = [step.text for step in checked.statements[0].proof.steps if hasattr(step, "text")]
    assert cited == ["Rex is a dog.", "Every dog is an animal."]
    assert checked.statements[1].probability > 0.5


def test_what_only_a_name_tells_is_not_from_the_knowledge_base() -> None:
    (checked,) = check_statements("The old tree is a plant.", KB).statements
    assert checked.proof.verdict is Verdict.PROVED
    assert checked.verdict is Verdict.UNKNOWN


def test_compound_sentences_and_lists_are_taken_apart() -> None:
    assert told("Rex is old and is an animal.") == [
        ("Rex is old", "proved"),
        ("Rex is an animal", "proved"),
    ]
    assert told("What I know:\n- Rex is old.\n- Rex is an animal.") == [
        ("Rex is old", "proved"),
        ("Rex is an animal", "proved"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Is Rex old?", "Maybe Rex is old.", "I think Rex is old.", "Facts about Rex:", "Rex", "",
     "If Rex is old, he sleeps.", "All dogs are old.", "42.", "?!", "Ωμέγα είναι γράμμα."],
)  # fmt: skip
def test_what_is_no_statement_is_left_out(text: str) -> None:
    assert told(text) == []


def test_labels_and_connectives_are_no_part_of_a_statement() -> None:
    assert told("Step 1: Rex is old.\nSo, also, Rex is an animal.\nAnswer: yes") == [
        ("Rex is old", "proved"),
        ("Rex is an animal", "proved"),
    ]


def test_pronouns_stand_for_the_subject_last_spoken_of() -> None:
    kb = KnowledgeBase(["Ana is kind.", "Ben is tall."])
    text = "Ana is kind. So, she is kind. Ben is tall. He is tall. Her name is short."
    sentences = [one.sentence for one in check_statements(text, kb).statements]
    assert sentences[1] == "Ana is kind."
    assert sentences[3] == "Ben is tall."


def test_a_text_that_contradicts_itself() -> None:
    checked = check_statements("Max is awake. Max is tall. Max is asleep.", KB)
    assert [one.verdict for one in checked.statements] == [Verdict.UNKNOWN] * 3
    assert [(one.number, one.others) for one in checked.contradictions] == [(2, (0,))]
    assert str(checked.contradictions[0].proof.literal) == "Max is asleep"


def test_what_the_knowledge_base_denies_is_no_contradiction_of_the_text() -> None:
    assert check_statements("Rex can read. Rex is old.", KB).contradictions == ()


def test_several_texts_at_once_are_checked_as_one_by_one() -> None:
    texts = ["Rex is old. He can read.", "", "Rex is an animal. Rex is not an animal."]
    assert check_texts(texts, KB) == [check_statements(text, KB) for text in texts]
