"""Texts written by a small language model on a CPU, and how likely it finds a text.

A prompt is read once, however many completions are sampled: on a CPU that is most of the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    DynamicCache,
    PreTrainedModel,
)

Messages = Sequence[dict[str, str]]
TOGETHER = 8
"""Prompts that are read and continued side by side."""


def load(weights: Path) -> tuple[PreTrainedModel, Any]:
    """A model and its tokenizer, in fp32, from a folder or a GGUF file."""
    place = {"pretrained_model_name_or_path": str(weights)}
    if weights.suffix == ".gguf":
        place = {"pretrained_model_name_or_path": str(weights.parent), "gguf_file": weights.name}
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


@torch.inference_mode()
def sample(
    model: PreTrainedModel,
    tokenizer: Any,
    prompts: Sequence[Messages],
    count: int,
    longest: int,
    *,
    temperature: float = 1.0,
    top_p: float = 1.0,
) -> list[list[str]]:
    """For each prompt ``count`` texts of at most ``longest`` tokens, drawn by torch's generator."""
    texts: list[list[str]] = []
    for at in range(0, len(prompts), TOGETHER):
        tokens, mask = _padded(tokenizer, prompts[at : at + TOGETHER], count)
        found = model.generate(
            tokens, attention_mask=mask, past_key_values=_read(model, tokens, mask, count),
            max_new_tokens=longest, do_sample=True, temperature=temperature,
            top_p=top_p, top_k=0, pad_token_id=tokenizer.pad_token_id,
        )  # fmt: skip
        new = tokenizer.batch_decode(found[:, tokens.shape[1] :], skip_special_tokens=True)
        texts += [new[row : row + count] for row in range(0, len(new), count)]
    return texts


@torch.inference_mode()
def likeliest(
    model: PreTrainedModel, tokenizer: Any, prompts: Sequence[Messages], answers: Sequence[str]
) -> list[str]:
    """For each prompt the answer whose tokens are likeliest in the mean."""
    coded = [tokenizer(answer, add_special_tokens=False)["input_ids"] for answer in answers]
    width = max(map(len, coded))
    rows = torch.tensor([[*ids, *ids[:1] * (width - len(ids))] for ids in coded])
    best = []
    for at in range(0, len(prompts), TOGETHER):
        tokens, mask = _padded(tokenizer, prompts[at : at + TOGETHER], len(answers))
        asked = len(tokens) // len(answers)
        logits = model(
            torch.cat([tokens[:, -1:], rows.repeat(asked, 1)], 1),
            attention_mask=torch.cat([mask, mask.new_ones(len(mask), width)], 1),
            position_ids=mask.sum(1, keepdim=True) - 1 + torch.arange(width + 1),
            past_key_values=_read(model, tokens, mask, len(answers)),
        ).logits.log_softmax(-1)
        for row in range(0, len(tokens), len(answers)):
            scores = [float(logits[row + nth, range(len(ids)), ids].mean())
                      for nth, ids in enumerate(coded)]  # fmt: skip
            best.append(answers[scores.index(max(scores))])
    return best


@torch.inference_mode()
def log_likelihood(model: PreTrainedModel, tokens: Sequence[int]) -> float:
    """Of all tokens but the first, given those before."""
    row = torch.tensor([list(tokens)])
    logits = model(row).logits[0, :-1].log_softmax(-1)
    return float(logits.gather(1, row[0, 1:, None]).sum())


def _padded(tokenizer: Any, prompts: Sequence[Messages], count: int) -> tuple[Tensor, Tensor]:
    """Tokens and mask of each prompt, ``count`` times one after the other, padded on the left."""
    texts = [
        tokenizer.apply_chat_template(prompt, add_generation_prompt=True, tokenize=False)
        for prompt in prompts
    ]
    found = tokenizer(texts, add_special_tokens=False, padding=True, return_tensors="pt")
    return (found["input_ids"].repeat_interleave(count, 0),
            found["attention_mask"].repeat_interleave(count, 0))  # fmt: skip


def _read(model: PreTrainedModel, tokens: Tensor, mask: Tensor, count: int) -> DynamicCache:
    """The cache of all but the last token; what stands there ``count`` times is read once."""
    cache = DynamicCache(config=model.config)
    tokens, mask = tokens[::count, :-1], mask[::count, :-1]
    positions = (mask.cumsum(1) - 1).clamp(min=0)
    model(tokens, attention_mask=mask, position_ids=positions, past_key_values=cache,
          logits_to_keep=1)  # fmt: skip
    cache.batch_repeat_interleave(count)
    return cache
