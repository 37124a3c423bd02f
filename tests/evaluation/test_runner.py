"""Evaluation from end to end with exact modules: records, resuming, and what modules may see."""

import json
from dataclasses import replace

import pytest

from lambada_bc.errors import DatasetError, InputError
from lambada_bc.evaluation import evaluate
from lambada_bc.evaluation.metrics import summarize
from lambada_bc.evaluation.records import read_records
from lambada_bc.language_models.loading import LanguageModelSettings
from tests.plain_english import PlainReader, plain_modules

THEORIES = [
    {
        "id": f"theory-{number}",
        "world": "open",
        "sentences": [
            f"{name} is kind.",
            "If someone is kind then they are nice.",
            "If someone is nice and not rough then they are green.",
            f"{name} is not rough.",
        ],
        "questions": [
            {"id": "a", "text": f"{name} is green.", "label": "proved", "depth": 2},
            {"id": "b", "text": f"{name} is rough.", "label": "disproved", "depth": 0},
            {"id": "c", "text": f"{name} is blue.", "label": "unknown", "depth": None},
        ],
    }
    for number, name in enumerate(["Bob", "Anne", "Dave", "Erin"])
]


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data.jsonl"
    path.write_text("".join(f"{json.dumps(theory)}\n" for theory in THEORIES))
    return path


def bare(record):
    return record.model_copy(update={"seconds": 0.0, "calls": {}, "pairs": {}})


@pytest.mark.parametrize("name", ["proofwriter", "ruletaker"])
@pytest.mark.parametrize("strategy", ["best_first", "lambada"])
def test_the_gold_modules_are_right_with_proofs_that_hold(samples, tmp_path, name, strategy):
    summary = evaluate(
        samples / f"{name}.jsonl", tmp_path / "out", modules="gold", method=strategy, limit=40
    )
    assert summary["questions"] == min(40, 38 if name == "proofwriter" else 96)
    if strategy == "best_first":
        assert summary["label_accuracy"] == 1.0
        assert summary["proof_accuracy"] == summary["proof_validity"] == 1.0
        assert summary["gold_proof_accuracy"] == 1.0


def test_records_can_be_replayed_by_anyone(data, tmp_path):
    evaluate(data, tmp_path / "out", modules=plain_modules())
    first, second, third = (
        json.loads(line) for line in (tmp_path / "out" / "items.jsonl").read_text().splitlines()[:3]
    )
    assert (first["theory_id"], first["question_id"], first["label"]) == ("theory-0", "a", "proved")
    assert (first["predicted"], first["proof_valid"], first["stopped"]) == (
        "proved",
        True,
        "settled",
    )
    assert first["proof"][-1] == {
        "rule": 2,
        "premises": ["Bob is nice", "Bob is not rough"],
        "conclusion": "Bob is green",
    }
    assert {"fact": 0, "conclusion": "Bob is kind"} in first["proof"]
    assert second["proof"] == [{"fact": 3, "conclusion": "Bob is not rough"}]
    assert (third["predicted"], third["proof"]) == ("unknown", [])


def test_the_summary_follows_from_the_records(data, tmp_path):
    out = tmp_path / "out"
    summary = evaluate(data, out, modules=plain_modules())
    again = json.loads((out / "summary.json").read_text())
    assert again == summary
    assert summary.items() >= summarize(read_records(out / "items.jsonl")).items()
    assert summary["label_accuracy"] == summary["proof_accuracy"] == 1.0


def test_goes_on_after_an_interruption_and_ends_the_same(data, tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    evaluate(data, whole, modules=plain_modules())

    def stop(done, total):
        assert total == 12
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(data, broken, modules=plain_modules(), progress=stop)
    finished = (broken / "items.jsonl").read_text()
    assert len(finished.splitlines()) == 6
    assert not (broken / "summary.json").exists()
    (broken / "items.jsonl").write_text(f"{finished}{finished[:50]}")

    modules = plain_modules()
    summary = evaluate(data, broken, modules=modules)
    assert summary["questions"] == 12
    assert len(modules.reader.batches) == 2
    one, other = read_records(whole / "items.jsonl"), read_records(broken / "items.jsonl")
    assert [bare(record) for record in one] == [bare(record) for record in other]


def test_a_theory_that_was_cut_in_the_middle_is_completed(data, tmp_path):
    out = tmp_path / "out"
    evaluate(data, out, modules=plain_modules())
    lines = (out / "items.jsonl").read_text().splitlines(keepends=True)
    (out / "items.jsonl").write_text("".join(lines[:4]))
    assert evaluate(data, out, modules=plain_modules())["questions"] == 12
    keys = [record.key for record in read_records(out / "items.jsonl")]
    assert len(set(keys)) == 12


def test_a_finished_run_is_not_run_again(data, tmp_path):
    evaluate(data, tmp_path / "out", modules=plain_modules())
    modules = plain_modules()
    evaluate(data, tmp_path / "out", modules=modules)
    assert modules.reader.batches == []


@pytest.mark.parametrize(
    "other", [{"method": "lambada"}, {"world": "closed"}, {"limit": 2}, {"max_depth": 1}]
)
def test_refuses_to_mix_settings(data, tmp_path, other):
    evaluate(data, tmp_path / "out", modules=plain_modules())
    before = (tmp_path / "out" / "items.jsonl").read_text()
    with pytest.raises(InputError, match=f"holds a run with {next(iter(other))}"):
        evaluate(data, tmp_path / "out", modules=plain_modules(), **other)
    assert (tmp_path / "out" / "items.jsonl").read_text() == before


def test_refuses_a_folder_of_something_else(data, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "items.jsonl").write_text("precious\n")
    with pytest.raises(InputError, match="another run"):
        evaluate(data, tmp_path / "out", modules=plain_modules())
    with pytest.raises(InputError, match="cannot be made a folder"):
        evaluate(data, data, modules=plain_modules())


def test_names_the_line_of_a_broken_record(data, tmp_path):
    evaluate(data, tmp_path / "out", modules=plain_modules())
    with (tmp_path / "out" / "items.jsonl").open("a") as file:
        file.write('{"theory_id": 3}\n')
    with pytest.raises(DatasetError, match=r"items\.jsonl:13: is not a record"):
        evaluate(data, tmp_path / "out", modules=plain_modules())


def test_a_malformed_line_writes_nothing(data, tmp_path):
    data.write_text(f"{data.read_text()}{{\n")
    with pytest.raises(DatasetError, match=r"data\.jsonl:5: "):
        evaluate(data, tmp_path / "out", modules=plain_modules())
    assert not (tmp_path / "out").exists()


def test_a_question_that_cannot_be_asked_is_recorded_as_such(data, tmp_path):
    theory = THEORIES[0] | {
        "questions": [*THEORIES[0]["questions"], {"id": "d", "text": "Why?", "label": "unknown"}]
    }
    data.write_text(json.dumps(theory))
    summary = evaluate(data, tmp_path / "out", modules=plain_modules())
    assert (summary["questions"], summary["errors"], summary["label_accuracy"]) == (4, 1, 1.0)
    last = read_records(tmp_path / "out" / "items.jsonl")[-1]
    assert (last.stopped, last.proof_valid) == ("error", False)
    assert "is a question" in last.error


def test_the_world_is_the_datas_unless_given(data, tmp_path):
    closed = evaluate(data, tmp_path / "out", modules=plain_modules(), world="closed")
    assert closed["confusion"]["unknown"] == {"disproved": 4}
    assert closed["proof_validity"] == 1.0


def test_modules_see_sentences_and_questions_only(samples, tmp_path):
    seen = []

    class Watching(PlainReader):
        def read(self, sentences):
            seen.extend(sentence.text for sentence in sentences)
            return super().read(sentences)

        def read_goals(self, goals):
            seen.extend(goals)
            return super().read_goals(goals)

    path = samples / "proofwriter.jsonl"
    evaluate(path, tmp_path / "out", modules=replace(plain_modules(), reader=Watching()), limit=5)
    theories = [json.loads(line) for line in path.read_text().splitlines()]
    shown = {text for theory in theories for text in theory["sentences"]}
    shown |= {question["text"] for theory in theories for question in theory["questions"]}
    assert seen
    assert set(seen) <= shown


def test_gold_modules_need_an_annotation(samples, tmp_path):
    with pytest.raises(DatasetError, match="no gold annotation"):
        evaluate(samples / "prontoqa.jsonl", tmp_path / "out", modules="gold")


def test_hand_written_knowledge_bases_report_the_sentences_they_needed(tmp_path):
    (tmp_path / "lab.txt").write_text("\n".join(THEORIES[0]["sentences"]))
    goals = [
        {
            "goal": "Bob is green.",
            "verdict": "proved",
            "needs": THEORIES[0]["sentences"],
        },
        {
            "goal": "Bob is nice.",
            "verdict": "proved",
            "needs": ["Bob is kind.", "Bob is not rough."],
        },
    ]
    (tmp_path / "lab.goals.jsonl").write_text("".join(f"{json.dumps(goal)}\n" for goal in goals))
    summary = evaluate(tmp_path, tmp_path / "out", modules=plain_modules())
    assert summary["label_accuracy"] == 1.0
    assert summary["needs_found"] == 0.75


def test_modules_as_built_take_no_other_language_model(data, tmp_path):
    model = LanguageModelSettings(url="http://127.0.0.1:9/v1", model="any")
    with pytest.raises(InputError, match="language model of their own"):
        evaluate(data, tmp_path / "run", modules=plain_modules(), language_model=model)
    assert not (tmp_path / "run").exists()
