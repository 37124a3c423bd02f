"""Scored samples as training data: what TRL's DPO and SFT trainers are to learn from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from datasets import load_dataset
from hypothesis import given
from hypothesis import strategies as st

from lambada_bc.rewards import (
    ConsistencyReward,
    Scored,
    preferences,
    score_samples,
    supervised,
    write_rows,
)

KB = ["Rex is a dog.", "Every dog is an animal.", "No animal can read."]
OTHER = ["Rex is a reader.", "Every reader can read."]
TRUE, FALSE, NOTHING = "Rex is an animal.", "Rex can read.", "Ana is tall."


def test_true_texts_are_chosen_and_false_ones_rejected() -> None:
    samples = score_samples(
        ConsistencyReward(), ["What is Rex?", "And here?"], [[NOTHING, FALSE, TRUE]] * 2,
        kb=[KB, OTHER],
    )  # fmt: skip
    assert preferences(samples, margin=0.5) == [
        {"prompt": "What is Rex?", "chosen": TRUE, "rejected": FALSE}
    ]
    assert supervised(samples, least=0.3) == [
        {"prompt": "What is Rex?", "completion": TRUE},
        {"prompt": "And here?", "completion": FALSE},
    ]


def test_a_conversation_stays_one() -> None:
    prompt = [{"role": "user", "content": "What is Rex?"}]
    written = [[{"role": "assistant", "content": text}] for text in (FALSE, TRUE)]
    [sample] = score_samples(ConsistencyReward(KB), [prompt], [written])
    assert preferences([sample], margin=0.5) == [
        {"prompt": prompt, "chosen": written[1], "rejected": written[0]}
    ]
    assert supervised([sample], least=0.3) == [{"prompt": prompt, "completion": written[1]}]


def test_what_could_not_be_scored_is_left_out() -> None:
    [sample] = score_samples(ConsistencyReward(), ["?"], [[TRUE, FALSE]], kb=["missing.txt"])
    assert sample.rewards == [None, None]
    assert preferences([sample], margin=0.0) == supervised([sample], least=-9.0) == []
    half = Scored("?", [TRUE, FALSE], [1.0, None])
    assert supervised([half], least=0.5) == [{"prompt": "?", "completion": TRUE}]
    assert preferences([half], margin=0.5) == []


def test_prompts_and_texts_must_go_together() -> None:
    with pytest.raises(ValueError, match="zip"):
        score_samples(ConsistencyReward(KB), ["one", "two"], [[TRUE]])


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.none() | st.floats(-1, 1)), min_size=1, max_size=6
    ),
    st.floats(0, 2),
)
def test_pairs_keep_their_margin(drawn, margin) -> None:
    first = {}
    for text, reward in drawn:
        if reward is not None:
            first.setdefault(text, reward)
    rows = preferences([Scored("?", *zip(*drawn, strict=True))], margin=margin)
    apart = max(first.values(), default=0.0) - min(first.values(), default=0.0)
    assert bool(rows) == (apart >= margin and apart > 0)
    for row in rows:
        assert first[row["chosen"]] == max(first.values())
        assert first[row["rejected"]] == min(first.values())


def test_of_equal_ones_the_first_is_taken() -> None:
    sample = Scored("?", ["b", "a", "c"], [0.5, 0.5, 0.0])
    assert supervised([sample], least=0.5) == [{"prompt": "?", "completion": "b"}]


def test_completions_stay_as_they_were() -> None:
    prompt = [{"role": "user", "content": "?"}]
    called = [{"role": "tool", "content": "3"}, {"role": "assistant", "content": "x" * 9000}]
    sample = Scored(prompt, [called], [1.0])
    assert supervised([sample], least=0.5) == [{"prompt": prompt, "completion": called}]


def test_the_files_are_what_trl_reads(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    rows = [{"prompt": "Wer?", "chosen": "Zoë is “here”.\nYes.", "rejected": "no"}] * 2
    write_rows(rows, file)
    assert [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] == rows
    loaded = load_dataset("json", data_files=str(file), cache_dir=str(tmp_path / "cache"))
    assert loaded["train"].to_list() == rows
