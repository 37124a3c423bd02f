"""Fine-tune a small language model to say what follows: GRPO with the consistency reward.

    python -m scripts.train_with_rewards WEIGHTS --out DIR [--seed N] [--steps N] [--shuffled]

``WEIGHTS`` is a model's folder or a GGUF file.  Prompts show a made-up knowledge base and ask for
statements about somebody in it (Shao et al., *DeepSeekMath*, 2024, for the method).  Before and
after, the model is measured on knowledge bases, names and words that it was not trained on.
``--shuffled`` is the control: rewards are dealt to the completions of a batch at random.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, PreTrainedModel
from trl import GRPOConfig, GRPOTrainer

from lambada_bc.rewards import ConsistencyReward, Scale
from lambada_bc.rewards.consistency import shares
from lambada_bc.statement_checking import check_texts
from scripts.made_bases import Base, made_base, questions
from scripts.reading_data.written import read_written

ASK = "Write three short sentences about {name} that follow from this. Use one line for each."
JUDGE = "Does it follow that {statement} Answer with yes, no or unknown."
ANSWERS = {"proved": "yes", "disproved": "no", "unknown": "unknown"}
SCALE = Scale(copied=0.4, unknown=-0.3)
LONGEST = 48


def messages(base: Base, question: str) -> list[dict[str, str]]:
    """The prompt as a conversation."""
    known = "\n".join(f"- {sentence}" for sentence in base.sentences)
    return [{"role": "user", "content": f"This is known:\n{known}\n\n{question}"}]


def prompts(chance: random.Random, split: str, bases: int) -> Dataset:
    """A row for each person of each knowledge base."""
    rows = []
    for _ in range(bases):
        base = made_base(chance, split)
        rows += [
            {"prompt": messages(base, ASK.format(name=name)), "kb": list(base.sentences)}
            for name in base.names
        ]
    return Dataset.from_list(rows)


class Shuffled:
    """The rewards of another reward, dealt at random: what training does without their meaning."""

    def __init__(self, reward: ConsistencyReward, seed: int) -> None:
        self.__name__, self._reward = "shuffled_reward", reward
        self._chance = random.Random(seed)

    def __call__(self, **columns: Any) -> list[float | None]:
        """As many rewards as completions."""
        found = self._reward(**columns)
        self._chance.shuffle(found)
        return found


@torch.inference_mode()
def written_by(model: PreTrainedModel, tokenizer: Any, rows: Dataset, seed: int) -> list[str]:
    """A sampled completion for each row."""
    torch.manual_seed(seed)
    texts = []
    for start in range(0, len(rows), 16):
        chunk = rows[start : start + 16]["prompt"]
        inputs = tokenizer.apply_chat_template(
            chunk, add_generation_prompt=True, return_tensors="pt", padding=True, return_dict=True
        )
        found = model.generate(
            **inputs, max_new_tokens=LONGEST, do_sample=True, temperature=0.7, top_p=0.95,
            pad_token_id=tokenizer.pad_token_id,
        )  # fmt: skip
        new = found[:, inputs["input_ids"].shape[1] :]
        texts += tokenizer.batch_decode(new, skip_special_tokens=True)
    return texts


@torch.inference_mode()
def log_likelihood(model: PreTrainedModel, ids: Sequence[int], start: int) -> float:
    """Of the tokens from ``start`` on, given those before."""
    tokens = torch.tensor([list(ids)])
    logits = model(tokens).logits[0, start - 1 : -1].log_softmax(-1)
    return float(logits.gather(1, tokens[0, start:, None]).sum())


def accuracy(model: PreTrainedModel, tokenizer: Any, bases: Sequence[Base], seed: int) -> float:
    """The share of statements judged rightly, the three answers scored."""
    chance, right, count = random.Random(seed), 0, 0
    for base in bases:
        for statement, verdict in questions(base, chance, 2):
            asked = tokenizer.apply_chat_template(
                messages(base, JUDGE.format(statement=statement)),
                add_generation_prompt=True, tokenize=False,
            )  # fmt: skip
            before = tokenizer(asked, add_special_tokens=False)["input_ids"]
            scores = {}
            for name, answer in ANSWERS.items():
                ids = [*before, *tokenizer(answer, add_special_tokens=False)["input_ids"]]
                scores[name] = log_likelihood(model, ids, len(before)) / (len(ids) - len(before))
            right += max(scores, key=lambda name: scores[name]) == verdict
            count += 1
    return right / count


def perplexity(model: PreTrainedModel, tokenizer: Any) -> float:
    """On ordinary sentences, which have nothing to do with the task."""
    total = count = 0.0
    for example in list(read_written())[:2000:10]:
        ids = [tokenizer.bos_token_id, *tokenizer(example.text)["input_ids"]]
        total -= log_likelihood(model, ids, 1)
        count += len(ids) - 1
    return math.exp(total / count)


def measured(model: PreTrainedModel, tokenizer: Any, seed: int, bases: int) -> dict[str, Any]:
    """The figures of a model on the test split; the draw is the same before and after."""
    model.eval()
    rows = prompts(random.Random(f"test {seed}"), "test", bases)
    chance = random.Random(f"test {seed}")
    judged = [made_base(chance, "test") for _ in range(bases)]
    texts = written_by(model, tokenizer, rows, seed)
    checked = [
        check_texts([text], kb, threshold=0.5)[0]
        for text, kb in zip(texts, rows["kb"], strict=True)
    ]
    distinct = [len({str(one.literal) for one in text.statements}) for text in checked]
    found = {
        **shares(checked),
        "distinct": sum(distinct) / len(distinct),
        "self_contradicting": sum(bool(one.contradictions) for one in checked) / len(checked),
        "accuracy": accuracy(model, tokenizer, judged, seed),
        "perplexity": perplexity(model, tokenizer),
        "texts": texts[:6],
    }
    model.train()
    return found


def load(weights: Path) -> tuple[PreTrainedModel, Any]:
    """A model and its tokenizer, in fp32."""
    if weights.suffix == ".gguf":
        place = {"pretrained_model_name_or_path": str(weights.parent), "gguf_file": weights.name}
    else:
        place = {"pretrained_model_name_or_path": str(weights)}
    tokenizer = AutoTokenizer.from_pretrained(**place, padding_side="left")
    tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
    model = AutoModelForCausalLM.from_pretrained(**place, dtype=torch.float32)
    if weights.suffix == ".gguf":
        # Expanded by now, but still marked as quantized, which no trainer accepts.
        config = AutoConfig.from_pretrained(**place)
        state, settings = model.state_dict(), model.generation_config
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
        model.load_state_dict(state)
        model.generation_config = settings
    return model, tokenizer


def main() -> None:
    """Measure, train, measure, and write it all down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=150)
    parser.add_argument("--rate", type=float, default=1e-5)
    parser.add_argument("--generations", type=int, default=8)
    parser.add_argument("--batch", type=int, default=16, help="completions a step")
    parser.add_argument("--test-bases", type=int, default=30)
    parser.add_argument("--shuffled", action="store_true")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    model, tokenizer = load(arguments.weights)
    before = measured(model, tokenizer, arguments.seed, arguments.test_bases)
    print("before", {n: v for n, v in before.items() if n != "texts"}, flush=True)
    consistency = ConsistencyReward(scale=SCALE, seconds=60)
    reward = Shuffled(consistency, arguments.seed) if arguments.shuffled else consistency
    settings = GRPOConfig(
        output_dir=str(arguments.out), max_steps=arguments.steps, learning_rate=arguments.rate,
        num_generations=arguments.generations, per_device_train_batch_size=arguments.batch,
        max_completion_length=LONGEST, temperature=1.0, lr_scheduler_type="constant_with_warmup",
        warmup_steps=5, logging_steps=1, save_strategy="no", report_to="none", use_cpu=True,
        bf16=False, seed=arguments.seed, gradient_checkpointing=False,
    )  # fmt: skip
    data = prompts(random.Random(f"train {arguments.seed}"), "train", 400)
    trainer = GRPOTrainer(
        model, reward, args=settings, train_dataset=data, processing_class=tokenizer
    )
    trainer.train()
    after = measured(model, tokenizer, arguments.seed, arguments.test_bases)
    print("after", {n: v for n, v in after.items() if n != "texts"}, flush=True)
    told = {
        "seed": arguments.seed, "steps": arguments.steps, "rate": arguments.rate,
        "shuffled": arguments.shuffled, "before": before, "after": after,
        "curve": [one for one in trainer.state.log_history if "reward" in one],
    }  # fmt: skip
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "run.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
