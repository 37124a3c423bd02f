"""Texts written by a small language model on a CPU, and how likely it finds a text.

A prompt is read once, however many completions are sampled: on a CPU that is most of the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    DynamicCache,
    PreTrainedModel,
)

Messages = Sequence[dict[str, str]]
TEMPERATURE, TOP_P = 0.8, 0.95


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
    model: PreTrainedModel, tokenizer: Any, prompt: Messages, count: int, longest: int
) -> list[str]:
    """``count`` completions of at most ``longest`` tokens, drawn by torch's generator."""
    tokens = _tokens(tokenizer, prompt)
    read = _read(model, tokens[:-1], count)
    found = model.generate(
        torch.tensor([tokens] * count), past_key_values=read, max_new_tokens=longest,
        attention_mask=torch.ones(count, len(tokens), dtype=torch.long),
        do_sample=True, temperature=TEMPERATURE, top_p=TOP_P, pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    texts: list[str] = tokenizer.batch_decode(found[:, len(tokens) :], skip_special_tokens=True)
    return texts


@torch.inference_mode()
def likeliest(
    model: PreTrainedModel, tokenizer: Any, prompt: Messages, answers: Sequence[str]
) -> str:
    """The answer whose tokens are likeliest in the mean."""
    tokens = _tokens(tokenizer, prompt)
    coded = [tokenizer(answer, add_special_tokens=False)["input_ids"] for answer in answers]
    width = max(map(len, coded))
    rows = torch.tensor([[tokens[-1], *ids, *ids[:1] * (width - len(ids))] for ids in coded])
    read = _read(model, tokens[:-1], len(coded))
    logits = model(rows, past_key_values=read).logits.log_softmax(-1)
    scores = [float(logits[row, range(len(ids)), ids].mean()) for row, ids in enumerate(coded)]
    return answers[scores.index(max(scores))]


@torch.inference_mode()
def log_likelihood(model: PreTrainedModel, tokens: Sequence[int]) -> float:
    """Of all tokens but the first, given those before."""
    row = torch.tensor([list(tokens)])
    logits = model(row).logits[0, :-1].log_softmax(-1)
    return float(logits.gather(1, row[0, 1:, None]).sum())


def _tokens(tokenizer: Any, prompt: Messages) -> list[int]:
    text = tokenizer.apply_chat_template(prompt, add_generation_prompt=True, tokenize=False)
    found: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return found


def _read(model: PreTrainedModel, tokens: Sequence[int], count: int) -> DynamicCache:
    """The cache of a prompt, for ``count`` continuations."""
    cache = DynamicCache(config=model.config)
    model(torch.tensor([list(tokens)]), past_key_values=cache, logits_to_keep=1)
    cache.batch_repeat_interleave(count)
    return cache
