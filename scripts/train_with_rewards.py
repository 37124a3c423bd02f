"""Fine-tune a small language model to say what follows, by the consistency reward.

    python -m scripts.train_with_rewards WEIGHTS --out DIR [--seed N] [--rounds N] [--shuffled]

``WEIGHTS`` is a model's folder or a GGUF file.  Prompts show a made-up knowledge base and ask for
statements about somebody in it.  In each round the model writes several texts for each of some
new prompts, and TRL's ``SFTTrainer`` trains it on the best one of each, if that is good enough
(RAFT: Dong et al., TMLR 2023).  GRPO would go backwards through every sample, most of them
worthless at first; on two cores that is what costs most.  Before and after, the model is measured
on knowledge bases, names and words that it was not trained on.  ``--shuffled`` is the control: the
rewards of a round's samples are dealt to them at random.
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
from transformers import PreTrainedModel
from trl import SFTConfig, SFTTrainer

from lambada_bc.rewards import (
    ConsistencyReward,
    Scale,
    Scored,
    preferences,
    score_samples,
    supervised,
    write_rows,
)
from lambada_bc.rewards.consistency import shares
from lambada_bc.statement_checking import check_texts
from scripts.made_bases import Base, made_base, questions
from scripts.reading_data.written import read_written
from scripts.sampling import likeliest, load, log_likelihood, sample

ASK = "Write three short sentences about {name} that follow from this. Use one line for each."
JUDGE = "Does it follow that {statement} Answer with yes, no or unknown."
ANSWERS = {"yes": "proved", "no": "disproved", "unknown": "unknown"}
SCALE = Scale(copied=0.5, unknown=-0.3)
"""Copies are worth half: where they were worth less, a model of this size took to guessing."""
LONGEST = 48
GOOD = 0.0
"""The least reward to be trained on: three copies have 0.5, one with two unknown about 0."""
LIKELY = {"temperature": 0.8, "top_p": 0.95}
"""How texts are drawn where the model is measured, as one would use it.

For training they are drawn from the model as it is: trained on its likelier texts, whatever they
are worth, a model makes them likelier still, which would be taken for the reward's doing.
"""
MARGIN = 0.5
"""How far apart the rewards of a pair for DPO are."""

Row = tuple[Base, list[dict[str, str]]]


def messages(base: Base, question: str) -> list[dict[str, str]]:
    """The prompt as a conversation."""
    known = "\n".join(f"- {sentence}" for sentence in base.sentences)
    return [{"role": "user", "content": f"This is known:\n{known}\n\n{question}"}]


def prompts(chance: random.Random, split: str, bases: int, people: int) -> list[Row]:
    """A prompt for each of some people of each of some new knowledge bases."""
    made = [made_base(chance, split) for _ in range(bases)]
    return [(base, messages(base, ASK.format(name=name)))
            for base in made for name in base.names[:people]]  # fmt: skip


def scored(
    model: PreTrainedModel, tokenizer: Any, rows: Sequence[Row], count: int
) -> tuple[list[Scored], dict[str, float]]:
    """Samples of the model with their rewards, and what the reward logs of them."""
    model.eval()
    told: dict[str, float] = {}
    found = score_samples(
        ConsistencyReward(scale=SCALE, seconds=600),
        [prompt for _, prompt in rows],
        sample(model, tokenizer, [prompt for _, prompt in rows], count, LONGEST),
        kb=[list(base.sentences) for base, _ in rows],
        log_metric=told.__setitem__,
    )
    given = [reward for one in found for reward in one.rewards if reward is not None]
    return found, {"reward": sum(given) / len(given), **told}


def shuffled(samples: Sequence[Scored], seed: str) -> list[Scored]:
    """The same texts with the rewards of a round dealt to all of them at random.

    Dealt within each prompt, they would still tell which prompts a good text was written for, and
    the texts of such a prompt are better than others.
    """
    rewards = [reward for one in samples for reward in one.rewards]
    dealt = iter(random.Random(seed).sample(rewards, len(rewards)))
    return [
        Scored(one.prompt, one.completions, [next(dealt) for _ in one.rewards]) for one in samples
    ]


def train(
    model: PreTrainedModel, tokenizer: Any, rows: list[dict[str, Any]], **settings: Any
) -> None:
    """One pass over the rows."""
    arguments = SFTConfig(
        num_train_epochs=1, lr_scheduler_type="constant", per_device_train_batch_size=8,
        logging_strategy="no", save_strategy="no", report_to="none", use_cpu=True, bf16=False,
        gradient_checkpointing=False, completion_only_loss=True, disable_tqdm=True, **settings,
    )  # fmt: skip
    data = Dataset.from_list(rows)
    SFTTrainer(model, args=arguments, train_dataset=data, processing_class=tokenizer).train()


def accuracy(model: PreTrainedModel, tokenizer: Any, bases: Sequence[Base]) -> float:
    """The share of statements judged rightly: as many proved as disproved and unknown ones."""
    chance = random.Random(0)
    asked = [(base, *one) for base in bases for one in questions(base, chance, 1)]
    prompts = [messages(base, JUDGE.format(statement=statement)) for base, statement, _ in asked]
    found = likeliest(model, tokenizer, prompts, list(ANSWERS))
    right = [ANSWERS[answer] == truth for answer, (*_, truth) in zip(found, asked, strict=True)]
    return sum(right) / len(right)


def perplexity(model: PreTrainedModel, tokenizer: Any) -> float:
    """On ordinary sentences, which have nothing to do with the task."""
    total = count = 0.0
    for example in list(read_written())[:2000:20]:
        tokens = [tokenizer.bos_token_id, *tokenizer(example.text)["input_ids"]]
        total -= log_likelihood(model, tokens)
        count += len(tokens) - 1
    return math.exp(total / count)


def measured(model: PreTrainedModel, tokenizer: Any, seed: int, bases: int) -> dict[str, Any]:
    """The figures of a model on the test split; the draw is the same before and after."""
    model.eval()
    torch.manual_seed(seed)
    rows = prompts(random.Random(f"test {seed}"), "test", bases, 3)
    texts = sample(model, tokenizer, [prompt for _, prompt in rows], 2, LONGEST, **LIKELY)
    checked = [
        one
        for (base, _), written in zip(rows, texts, strict=True)
        for one in check_texts(written, list(base.sentences), threshold=0.5)
    ]
    distinct = [len({str(one.literal) for one in text.statements}) for text in checked]
    judged = [made_base(random.Random(f"judged {seed} {n}"), "test") for n in range(2 * bases)]
    return {
        **shares(checked),
        "distinct": sum(distinct) / len(distinct),
        "self_contradicting": sum(bool(one.contradictions) for one in checked) / len(checked),
        "accuracy": accuracy(model, tokenizer, judged),
        "perplexity": perplexity(model, tokenizer),
        "texts": [written[0] for written in texts[:6]],
    }


def main() -> None:
    """Measure, train, measure, and write it all down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--prompts", type=int, default=24, help="a round")
    parser.add_argument("--samples", type=int, default=8, help="of a prompt")
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--test-bases", type=int, default=16)
    parser.add_argument("--shuffled", action="store_true")
    arguments = parser.parse_args()
    seed = arguments.seed
    arguments.out.mkdir(parents=True, exist_ok=True)
    model, tokenizer = load(arguments.weights)
    told: dict[str, Any] = {name: value for name, value in vars(arguments).items()
                            if not isinstance(value, Path)}  # fmt: skip
    told |= {"before": measured(model, tokenizer, seed, arguments.test_bases), "curve": []}
    print("before", told["before"], flush=True)
    chance = random.Random(f"train {seed}")
    torch.manual_seed(seed)
    everything: list[Scored] = []
    for number in range(arguments.rounds):
        rows = prompts(chance, "train", arguments.prompts, 1)
        samples, logged = scored(model, tokenizer, rows, arguments.samples)
        if arguments.shuffled:
            samples = shuffled(samples, f"dealt {seed} {number}")
        everything += samples
        chosen = supervised(samples, least=GOOD)
        told["curve"].append({**logged, "trained_on": len(chosen)})
        print(number, told["curve"][-1], flush=True)
        if chosen:
            train(model, tokenizer, chosen, learning_rate=arguments.rate, seed=seed,
                  output_dir=str(arguments.out))  # fmt: skip
    write_rows(supervised(everything, least=GOOD), arguments.out / "sft.jsonl")
    write_rows(preferences(everything, margin=MARGIN), arguments.out / "dpo.jsonl")
    told["after"] = measured(model, tokenizer, seed, arguments.test_bases)
    print("after", told["after"], flush=True)
    (arguments.out / "run.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
