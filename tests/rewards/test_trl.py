"""The contract of TRL's ``GRPOTrainer``, with the real trainer and a tiny random model."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import pytest
from datasets import Dataset
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
from trl import (
    DPOConfig,
    DPOTrainer,
    GRPOConfig,
    GRPOTrainer,
    SFTConfig,
    SFTTrainer,
)

from lambada_bc.rewards import (
    Asynchronous,
    ConsistencyReward,
    SelfConsistencyReward,
    StepReward,
    preferences,
    score_samples,
    supervised,
)

pytestmark = pytest.mark.filterwarnings("default")  # TRL's and transformers' own

KB = ["Rex is a dog.", "Every dog is an animal.", "No animal can read."]
WORDS = ["<pad>", "<eos>", "<unk>", "Rex", "is", "an", "animal", ".", "He", "can", "read", "yes"]
TEMPLATE = "{% for m in messages %}{{ m['content'] }} {% endfor %}"


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerFast:
    words = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="<eos>", unk_token="<unk>"
    )
    fast.chat_template = TEMPLATE
    return fast


def rows(conversational: bool, **columns: list) -> Dataset:
    texts = ["Rex ?", "He ?"]
    prompts = [[{"role": "user", "content": one}] for one in texts] if conversational else texts
    return Dataset.from_dict({"prompt": prompts, **columns})


def tiny() -> LlamaConfig:
    return LlamaConfig(
        vocab_size=len(WORDS), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2, pad_token_id=0, bos_token_id=1, eos_token_id=1,
    )  # fmt: skip


def trained(folder: Path, tokenizer, data: Dataset, rewards: list) -> list[dict]:
    arguments = GRPOConfig(
        output_dir=str(folder), max_steps=2, num_generations=2, per_device_train_batch_size=4,
        max_completion_length=12, logging_steps=1, report_to="none", use_cpu=True, bf16=False,
        save_strategy="no", disable_tqdm=True, seed=0,
    )  # fmt: skip
    trainer = GRPOTrainer(
        LlamaForCausalLM(tiny()), rewards, args=arguments, train_dataset=data,
        processing_class=tokenizer,
    )  # fmt: skip
    trainer.train()
    return [one for one in trainer.state.log_history if "reward" in one]


@pytest.mark.parametrize("conversational", [False, True], ids=["plain", "messages"])
@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_two_steps_of_training(tmp_path, tokenizer, conversational: bool, is_async: bool) -> None:
    rewards = [
        ConsistencyReward(seconds=20),
        StepReward(KB, seconds=20),
        SelfConsistencyReward(),
    ]
    used = [Asynchronous(one) for one in rewards] if is_async else rewards
    data = rows(
        conversational, kb=[KB, KB], goal=["Rex is an animal."] * 2, question=[1, 1],
        positive=[True, False],
    )  # fmt: skip
    first, second = trained(tmp_path, tokenizer, data, used)
    for logged in (first, second):
        assert math.isfinite(logged["reward"])
        assert logged["rewards/consistency_reward/mean"] <= 1
        assert 0 <= logged["rewards/step_reward/mean"] <= 1
        assert logged["consistency_reward/left_out"] == 0


def test_rows_that_are_left_out(tmp_path, tokenizer) -> None:
    """A row without a usable knowledge base has no consistency reward, and training goes on."""
    data = rows(False, kb=[KB, ["\0"]])
    for logged in trained(tmp_path, tokenizer, data, [ConsistencyReward(seconds=20), _length]):
        assert logged["consistency_reward/left_out"] == 0.5
        assert math.isfinite(logged["rewards/_length/mean"])


@pytest.mark.parametrize("conversational", [False, True], ids=["plain", "messages"])
def test_a_step_on_samples_that_were_scored(tmp_path, tokenizer, conversational: bool) -> None:
    """The second road: the same reward makes what TRL's SFT and DPO trainers learn from."""
    prompts = rows(conversational)["prompt"]
    texts = ["Rex is an animal .", "Rex can read ."]
    written = [
        [[{"role": "assistant", "content": text}] for text in texts] if conversational else texts
    ] * len(prompts)
    samples = score_samples(ConsistencyReward(KB), prompts, written)
    settings = {
        "output_dir": str(tmp_path), "max_steps": 1, "per_device_train_batch_size": 2,
        "report_to": "none", "use_cpu": True, "bf16": False, "save_strategy": "no",
        "disable_tqdm": True, "logging_steps": 1,
    }  # fmt: skip
    for trainer in (
        SFTTrainer(
            LlamaForCausalLM(tiny()), SFTConfig(**settings), processing_class=tokenizer,
            train_dataset=Dataset.from_list(supervised(samples, least=0.3)),
        ),
        DPOTrainer(
            LlamaForCausalLM(tiny()), LlamaForCausalLM(tiny()), args=DPOConfig(**settings),
            processing_class=tokenizer,
            train_dataset=Dataset.from_list(preferences(samples, margin=0.5)),
        ),
    ):  # fmt: skip
        assert len(trainer.train_dataset) == 2
        trainer.train()
        assert math.isfinite(trainer.state.log_history[0]["loss"])


def test_the_example(tmp_path, tokenizer) -> None:
    """The script that users copy, on a model in a folder."""
    model, base, out = tmp_path / "model", tmp_path / "rex.txt", tmp_path / "out"
    LlamaForCausalLM(tiny()).save_pretrained(model)
    tokenizer.save_pretrained(model)
    base.write_text("\n".join(KB), encoding="utf-8")
    script = Path(__file__).parents[2] / "scripts" / "grpo_example.py"
    told = subprocess.run(
        [sys.executable, script, model, base, out, "1"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert "rewards/consistency_reward/mean" in told.stdout
    assert (out / "model.safetensors").exists()


def _length(completions: list[str], **_: object) -> list[float]:
    return [float(len(one)) for one in completions]
