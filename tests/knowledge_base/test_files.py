"""Knowledge bases as files: plain text and JSONL, and what is wrong with one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambada_bc.errors import InputError, KnowledgeBaseError
from lambada_bc.knowledge_base import KnowledgeBase
from lambada_bc.plain_text import one_line, sentence_complaint
from lambada_bc.statements import Kind, Sentence, World

TEXT = """\
# Who may enter the lab

world: closed
Bob is a technician.
[badge] rule: Technicians who wear a badge may enter the lab.
Fact:   Anne is rough.
"""


def test_reads_what_a_person_would_write():
    kb = KnowledgeBase.from_text(TEXT, "lab.txt")
    assert kb.world is World.CLOSED
    assert [(s.text, s.mark, str(s.source)) for s in kb] == [
        ("Bob is a technician.", None, "lab.txt:4"),
        ("Technicians who wear a badge may enter the lab.", Kind.RULE, "lab.txt:5"),
        ("Anne is rough.", Kind.FACT, "lab.txt:6"),
    ]
    assert kb.sentence("badge").mark is Kind.RULE


@pytest.mark.parametrize("name", ["kb.txt", "kb.jsonl"])
def test_a_saved_knowledge_base_opens_the_same(tmp_path, name):
    kb = KnowledgeBase.from_text(TEXT)
    kb.add("Bob is a technician.")
    kb.save(tmp_path / name)
    again = KnowledgeBase.open(tmp_path / name)
    assert [(s.id, s.text, s.mark) for s in again] == [(s.id, s.text, s.mark) for s in kb]
    assert again.world is kb.world
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_only_ids_of_ones_own_are_written_as_text(tmp_path):
    kb = KnowledgeBase.from_text("[r] Bob is kind.\nAnne is red.")
    kb.save(tmp_path / "kb.txt")
    assert (tmp_path / "kb.txt").read_text() == "[r] Bob is kind.\nAnne is red.\n"


words = st.text("ab#:[]'\"\u2028 worldfactrule", min_size=1).map(one_line)


@given(st.lists(words.filter(lambda text: sentence_complaint(text) is None), min_size=1))
def test_any_text_survives_saving_or_is_refused(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("kb")
    kb = KnowledgeBase(texts)
    kb.save(folder / "kb.jsonl")
    assert [s.text for s in KnowledgeBase.open(folder / "kb.jsonl")] == texts
    try:
        kb.save(folder / "kb.txt")
    except KnowledgeBaseError:
        assert not (folder / "kb.txt").exists()
    else:
        saved = KnowledgeBase.open(folder / "kb.txt")
        assert [(s.id, s.text) for s in saved] == [(s.id, s.text) for s in kb]


def test_a_text_that_looks_like_a_mark_needs_jsonl(tmp_path):
    kb = KnowledgeBase([Sentence("a", "fact: Bob is kind.")])
    with pytest.raises(KnowledgeBaseError, match=r"save to a \.jsonl file"):
        kb.save(tmp_path / "kb.txt")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "kb.txt: holds no sentence"),
        (b"# only a comment\n", "kb.txt: holds no sentence"),
        (b"Bob is kind.\nAnne is r\xf6d.\n", "kb.txt:2: is not UTF-8"),
        (b"Bob is kind.\n" + b"x" * 100_000, "kb.txt:2: the sentence has 100,000 characters"),
        ("Bob is kind.\n鲍勃很善良。".encode(), "kb.txt:2: the sentence is not written in English"),
        (b"[a] Bob is kind.\n[a] Bob is red.", "kb.txt:2: the id “a” is already in use at"),
        (b"[a/1] Bob is kind.", "kb.txt:1: the id “a/1” must not"),
        (b"world: ajar\n", "kb.txt:1: the world is “open” or “closed”, not “ajar”"),
    ],
)
def test_names_file_and_line_of_what_is_wrong(tmp_path, content, message):
    (tmp_path / "kb.txt").write_bytes(content)
    with pytest.raises(KnowledgeBaseError) as caught:
        KnowledgeBase.open(tmp_path / "kb.txt")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Invalid JSON"),
        ("[]", "Input should be an object"),
        ("{}", "neither “text” nor “world”"),
        ('{"text": 3}', "“text”"),
        ('{"text": "Bob is kind.", "kind": "guess"}', "“kind”"),
        ('{"text": "Bob is kind.", "colour": "red"}', "“colour”"),
    ],
)
def test_names_file_and_line_in_jsonl(tmp_path, line, message):
    path = tmp_path / "kb.jsonl"
    path.write_text(f"{json.dumps({'text': 'Bob is kind.'})}\n{line}\n")
    with pytest.raises(KnowledgeBaseError) as caught:
        KnowledgeBase.open(path)
    assert f"{path}:2: " in str(caught.value)
    assert message in str(caught.value)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(KnowledgeBaseError, match=r"gone\.txt: there is no such file"):
        KnowledgeBase.open(tmp_path / "gone.txt")
    with pytest.raises(KnowledgeBaseError, match="cannot be read"):
        KnowledgeBase.open(tmp_path)


def test_what_cannot_be_saved_leaves_the_old_file(tmp_path):
    path = tmp_path / "kb.txt"
    path.write_text("Anne is red.\n")
    with pytest.raises(KnowledgeBaseError):
        KnowledgeBase([Sentence("a", "fact: Bob is kind.")]).save(path)
    with pytest.raises(InputError, match="cannot be written"):
        KnowledgeBase(["Bob is kind."]).save(tmp_path / "none" / "kb.txt")
    assert path.read_text() == "Anne is red.\n"
