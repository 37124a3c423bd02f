"""Prompts that are padded and continued side by side are as if each was alone."""

from __future__ import annotations

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from scripts import sampling

pytestmark = pytest.mark.filterwarnings("default")  # transformers' own

WORDS = ["<pad>", "<eos>", "Rex", "Ana", "is", "a", "dog", "cat", ".", "yes", "no", "not"]
PROMPTS = [
    [{"role": "user", "content": text}]
    for text in (
        "Rex is a dog .",
        "Ana is",
        "Ana is not a cat . Rex is",
        "Rex is not a dog . is Ana",
    )
]
ANSWERS = ["yes", "no", "not a dog"]


@pytest.fixture(scope="module")
def tokenizer() -> PreTrainedTokenizerFast:
    words = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="<pad>"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<pad>", eos_token="<eos>", padding_side="left"
    )
    fast.chat_template = "{% for m in messages %}{{ m['content'] }} {% endfor %}"
    return fast


@pytest.fixture(scope="module")
def model() -> LlamaForCausalLM:
    torch.manual_seed(3)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(WORDS), hidden_size=32, intermediate_size=32, num_hidden_layers=2,
            num_attention_heads=2, pad_token_id=0, bos_token_id=1, eos_token_id=1,
            initializer_range=0.5,
        )
    ).eval()  # fmt: skip


def ids(tokenizer, text: str) -> list[int]:
    return tokenizer(text, add_special_tokens=False)["input_ids"]


def test_the_likeliest_answer_is_that_of_the_whole_text(model, tokenizer) -> None:
    expected = []
    for prompt in PROMPTS:
        before = ids(tokenizer, prompt[0]["content"])
        scores = {}
        for answer in ANSWERS:
            after = ids(tokenizer, answer)
            with torch.inference_mode():
                logits = model(torch.tensor([before + after])).logits[0].log_softmax(-1)
            places = range(len(before) - 1, len(before) + len(after) - 1)
            found = [float(logits[p, t]) for p, t in zip(places, after, strict=True)]
            scores[answer] = sum(found) / len(found)
        expected.append(max(scores, key=lambda answer: scores[answer]))
    assert len(set(expected)) > 1
    assert sampling.likeliest(model, tokenizer, PROMPTS, ANSWERS) == expected


@pytest.mark.parametrize("together", [1, 3, 8])
def test_texts_do_not_depend_on_what_is_written_beside_them(
    model, tokenizer, monkeypatch, together
) -> None:
    monkeypatch.setattr(sampling, "TOGETHER", together)
    expected = []
    for prompt in PROMPTS:
        tokens = torch.tensor([ids(tokenizer, prompt[0]["content"])])
        found = model.generate(tokens, max_new_tokens=6, do_sample=False)[0, tokens.shape[1] :]
        expected.append([tokenizer.decode(found, skip_special_tokens=True)] * 2)
    assert len({texts[0] for texts in expected}) > 1
    # At such a temperature what is likeliest is drawn, without chance.
    assert sampling.sample(model, tokenizer, PROMPTS, 2, 6, temperature=1e-4) == expected


def test_log_likelihood_is_that_of_all_tokens_but_the_first(model) -> None:
    tokens = [2, 4, 5, 6]
    with torch.inference_mode():
        loss = model(torch.tensor([tokens]), labels=torch.tensor([tokens])).loss
    assert sampling.log_likelihood(model, tokens) == pytest.approx(-3 * float(loss), abs=1e-4)
