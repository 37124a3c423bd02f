"""Data files: what is read, what is refused, and how questions are drawn."""

import gzip
import json
from collections import Counter

import pytest

from lambada_bc.errors import DatasetError
from lambada_bc.evaluation.datasets import annotated_theory, load, sample
from lambada_bc.modules.gold import gold_modules
from lambada_bc.statements import Kind, Verdict, World

ITEM = {
    "id": "t",
    "world": "closed",
    "sentences": ["Bob is kind.", "", "Kind people are nice."],
    "questions": [{"id": "1", "text": "Bob is nice.", "label": "proved", "depth": 1}],
}


def write(path, *rows):
    path.write_text(
        "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
    )
    return path


@pytest.mark.parametrize(
    ("name", "theories", "questions"),
    [("proofwriter", 20, 38), ("ruletaker", 5, 96), ("prontoqa", 10, 10)],
)
def test_reads_every_sample(samples, name, theories, questions):
    loaded = load(samples / f"{name}.jsonl")
    assert len(loaded) == theories
    assert sum(len(theory.questions) for theory in loaded) == questions


def test_reads_a_packed_file_the_same(samples, tmp_path):
    packed = tmp_path / "data.jsonl.gz"
    packed.write_bytes(gzip.compress((samples / "ruletaker.jsonl").read_bytes()))
    assert load(packed) == load(samples / "ruletaker.jsonl")


def test_the_gold_modules_read_the_annotation(samples):
    for theory in load(samples / "proofwriter.jsonl"):
        reader = gold_modules(theory.annotation()).reader
        assert len(theory.knowledge_base().statements(reader)) == len(theory.sentences)


def test_an_empty_sentence_keeps_its_place_and_is_not_read(tmp_path):
    (theory,) = load(write(tmp_path / "data.jsonl", ITEM))
    kb = theory.knowledge_base()
    assert [sentence.id for sentence in kb] == ["0", "2"]
    assert kb.world is World.CLOSED
    assert theory.knowledge_base(World.OPEN).world is World.OPEN


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "Invalid JSON"),
        ("[]", "valid dictionary or instance|valid dictionary|Input should be"),
        (json.dumps({**ITEM, "id": "u", "world": "ajar"}), "“world”"),
        (json.dumps({**ITEM, "id": "u", "sentences": []}), "“sentences”"),
        (json.dumps({**ITEM, "id": "u", "sentences": ["x" * 100_000]}), "sentence 0 has 100,000"),
        (json.dumps({**ITEM, "id": "u", "questions": [{"id": "1"}]}), "“questions.0.text”"),
        (json.dumps({**ITEM, "id": "u", "questions": ITEM["questions"] * 2}), "the same id"),
        (json.dumps(ITEM), "the id t was used in line 1"),
    ],
)
def test_names_file_and_line_of_a_malformed_item(tmp_path, line, message):
    path = write(tmp_path / "data.jsonl", ITEM, line)
    with pytest.raises(DatasetError, match=message) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert "\n" not in str(caught.value)


def test_names_an_empty_a_missing_and_a_broken_file(tmp_path):
    with pytest.raises(DatasetError, match="holds no item"):
        load(write(tmp_path / "empty.jsonl"))
    with pytest.raises(DatasetError, match="no such file"):
        load(tmp_path / "gone.jsonl")
    (tmp_path / "broken.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(DatasetError, match="cannot be read"):
        load(tmp_path / "broken.jsonl.gz")


def test_a_draw_by_depth_takes_from_each_depth_in_turn(samples):
    theories = load(samples / "proofwriter.jsonl")
    there = Counter(q.depth for t in theories for q in t.questions)
    limit = 2 * len(there)

    drawn = [q for t in sample(theories, limit, seed=3, by_depth=True) for q in t.questions]

    taken = Counter(question.depth for question in drawn)
    assert len(drawn) == limit
    assert all(taken[depth] >= min(2, many) for depth, many in there.items())
    everything = sample(theories, 10**6, seed=3, by_depth=True)
    assert everything == theories


def test_a_drawn_sample_is_fixed_by_its_seed_and_keeps_the_order(samples):
    theories = load(samples / "ruletaker.jsonl")
    everything = [(t.id, q.id) for t in theories for q in t.questions]

    def drawn(limit, seed):
        return [(t.id, q.id) for t in sample(theories, limit, seed) for q in t.questions]

    assert drawn(None, 0) == drawn(1000, 3) == everything
    assert len(drawn(10, 0)) == 10
    assert drawn(10, 0) == drawn(10, 0) != drawn(10, 1)
    assert drawn(10, 1) == [place for place in everything if place in set(drawn(10, 1))]


def knowledge_base_with_goals(folder, *goals):
    (folder / "lab.txt").write_text("world: closed\nBob is kind.\nrule: The kind are nice.\n")
    return write(folder / "lab.goals.jsonl", *goals)


def test_reads_a_knowledge_base_with_goals_and_a_folder_of_them(tmp_path):
    needs = ["The kind are nice.", "Bob is kind."]
    path = knowledge_base_with_goals(
        tmp_path,
        {"goal": "Bob is nice.", "verdict": "proved", "needs": needs},
        {"goal": "Bob is red.", "verdict": "disproved"},
    )
    (theory,) = load(path)
    assert (theory.id, theory.world) == ("lab", World.CLOSED)
    assert [(q.label, q.needs) for q in theory.questions] == [
        (Verdict.PROVED, (1, 0)),
        (Verdict.DISPROVED, None),
    ]
    assert [s.mark for s in theory.knowledge_base()] == [None, Kind.RULE]
    assert load(tmp_path) == [theory]


def test_names_a_goal_that_needs_an_unknown_sentence(tmp_path):
    goal = {"goal": "Bob is nice.", "verdict": "proved", "needs": ["Bob is red."]}
    path = knowledge_base_with_goals(tmp_path, goal)
    with pytest.raises(DatasetError, match=r"goals\.jsonl:1: lab\.txt has no sentence “Bob is red"):
        load(path)


def test_a_folder_without_goals_is_refused(tmp_path):
    with pytest.raises(DatasetError, match="holds no file"):
        load(tmp_path)


def test_finds_the_annotated_theory_of_a_question(samples):
    path = samples / "proofwriter.jsonl"
    theory = load(path)[3]
    question = theory.questions[-1].text
    assert question in {q.text for q in annotated_theory(path, question).questions}
    with pytest.raises(DatasetError, match="no theory has the question"):
        annotated_theory(path, "Bob is a teapot.")
    unannotated = load(samples / "prontoqa.jsonl")[0].questions[0].text
    with pytest.raises(DatasetError, match="no gold annotation"):
        annotated_theory(samples / "prontoqa.jsonl", unannotated)
