"""Rewards as a trainer calls them: never an exception, never another length, always in time."""

from __future__ import annotations

import asyncio
import pickle
import time
from pathlib import Path

import pytest

from lambada_bc import CheckedText, KnowledgeBase, check_texts
from lambada_bc.rewards import Asynchronous, ConsistencyReward, SelfConsistencyReward, StepReward

KB = ["Rex is a dog.", "Every dog is an animal.", "No animal can read."]
TRUE, FALSE = "Rex is an animal.", "Rex can read."


def test_a_message_counts_like_its_text() -> None:
    reward = ConsistencyReward(KB)
    messages = [[{"role": "assistant", "content": text}] for text in (TRUE, FALSE)]
    parts = [[{"role": "assistant", "content": [{"type": "text", "text": TRUE}]}]]
    assert reward(completions=messages) == reward(completions=[TRUE, FALSE])
    assert reward(completions=parts) == reward(completions=[TRUE])
    assert reward(completions=[[{"role": "assistant", "content": None}]]) == [-0.5]


def test_each_row_may_bring_its_knowledge_base(tmp_path: Path) -> None:
    file = tmp_path / "dogs.txt"
    file.write_text("\n".join(KB), encoding="utf-8")
    bases = [KB, "\n".join(KB), str(file), file, KnowledgeBase(KB), ["Rex can read."]]
    found = ConsistencyReward()(completions=[FALSE] * 6, prompts=["?"] * 6, kb=bases)
    assert found == [pytest.approx(-1 / 3)] * 5 + [0.0]
    assert ConsistencyReward(file)(completions=[FALSE]) == [pytest.approx(-1 / 3)]


def test_a_knowledge_base_that_fails_leaves_out_its_own_rows(monkeypatch) -> None:
    def failing(texts: list[str], kb: KnowledgeBase, **options: object) -> list[CheckedText]:
        if len(kb) == 1:
            raise RuntimeError("out of memory")
        return check_texts(texts, kb, **options)

    monkeypatch.setattr("lambada_bc.rewards.consistency.check_texts", failing)
    found = ConsistencyReward()(completions=[FALSE] * 2, kb=[["Rex is a dog."], KB])
    assert found == [None, pytest.approx(-1 / 3)]


def test_rows_without_a_usable_knowledge_base_are_left_out_and_counted() -> None:
    logged = {}
    found = ConsistencyReward()(
        completions=[TRUE] * 3, kb=[KB, None, "/nowhere/at/all.txt"], log_metric=logged.__setitem__
    )
    assert found == [pytest.approx(1 / 3), None, None]
    assert logged["consistency_reward/left_out"] == pytest.approx(2 / 3)
    assert logged["consistency_reward/proved"] == 1.0


@pytest.mark.parametrize(
    "reward", [ConsistencyReward(), StepReward(), SelfConsistencyReward()], ids=lambda r: r.__name__
)
def test_a_failure_inside_is_none_and_counted(reward) -> None:
    logged = {}
    assert reward(completions=[TRUE, FALSE], log_metric=logged.__setitem__) == [None, None]
    assert logged == {f"{reward.__name__}/left_out": 1.0}


@pytest.mark.parametrize(
    "text", ["\0\0", "a" * 100_000, "(" * 500, "Rex. " * 3000, "🐕" * 50, "\n"]
)
def test_any_text_has_a_reward(text: str) -> None:
    (found,) = ConsistencyReward(KB)(completions=[text])
    assert found is not None


def test_the_time_is_bounded() -> None:
    things = [f"Thing{n} is a widget." for n in range(60)]
    rules = [f"Every widget that is kind{n} is kind{n + 1}." for n in range(60)]
    reward = ConsistencyReward([*things, *rules], seconds=0.5, contradictions=False)
    reward(completions=["Thing0 is a widget."])
    begun = time.monotonic()
    texts = [" ".join(f"Thing{n} is kind{n + m}." for n in range(10)) for m in range(8)]
    found = reward(completions=texts)
    assert len(found) == 8
    assert time.monotonic() - begun < 30


def test_it_pickles_and_has_a_name() -> None:
    for reward in (ConsistencyReward(KB), StepReward(KB), SelfConsistencyReward()):
        copy = pickle.loads(pickle.dumps(reward))
        assert copy.__name__ == reward.__name__
    assert pickle.loads(pickle.dumps(ConsistencyReward(KB)))(completions=[TRUE]) == [
        pytest.approx(1 / 3)
    ]


def test_async_gives_the_same() -> None:
    reward = ConsistencyReward(KB)
    texts = [TRUE, FALSE]
    assert asyncio.run(Asynchronous(reward)(completions=texts)) == reward(completions=texts)
    assert Asynchronous(reward).__name__ == "consistency_reward"


def test_steps_count_by_their_validity_and_the_answer_by_the_provers() -> None:
    good = "Rex is a dog. So Rex is an animal. So he cannot read. Answer: no"
    found = StepReward(KB)(
        completions=[good, "Rex can fly. Rex is an animal. Answer: no", "Answer: yes", ""],
        goal=["Rex can read."] * 4,
    )
    assert found == [1.0, 0.75, 0.0, 0.0]


def test_a_negation_gets_the_opposite_answer_and_a_paraphrase_the_same() -> None:
    found = SelfConsistencyReward()(
        prompts=["big?", "not big?", "large?", "red?", "blue?", "not blue?"],
        completions=["Yes.", "Answer: no", "no", "yes", "Unknown.", "Answer: unknown"],
        question=[1, 1, 1, 2, 3, 3],
        positive=[True, False, True, True, True, False],
    )
    assert found == [0.5, 0.5, 0.0, None, None, None]
