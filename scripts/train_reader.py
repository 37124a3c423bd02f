"""Train the reader: sentences → clauses, by copying.

    python -m scripts.train_reader --data FILE[:REPEATS] … --held-out NAME=FILE … --out DIR

Data files hold one example a line, ``{"text": …, "clauses": [{"if": […], "then": […]}]}``, as
``scripts.reading_data`` makes them.  The word embeddings and the lowest encoder layers stay as
pre-trained: they know words that the training text never shows.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from lambada_bc import wording
from lambada_bc.modules.compact.decoding import read_texts
from lambada_bc.modules.compact.linearize import HEADS, STRUCTURE, linearize
from lambada_bc.modules.compact.needs import as_needs
from lambada_bc.modules.compact.network import ReaderConfig, ReaderNetwork
from lambada_bc.modules.compact.tokenizer import MOST_WORDS, load_tokenizer, to_batch
from lambada_bc.statements import Clause, Literal
from scripts.base_model import BaseModel, load_base
from scripts.reading_data.closed_words import CLOSED_WORDS

FROZEN_LAYERS = 2
PIECES_A_BATCH = 1600


@dataclass(frozen=True)
class Example:
    """A sentence's words, and its target tokens with the word that each copy comes from."""

    words: tuple[str, ...]
    target: tuple[int, ...]
    clauses: tuple[Clause, ...]


def to_clauses(rows: Sequence[dict]) -> tuple[Clause, ...]:  # type: ignore[type-arg]
    """The clauses of an example's JSON."""

    def literal(row: Sequence[str]) -> Literal:
        return Literal(row[0], row[1], row[2] == "+")

    return tuple(Clause(tuple(map(literal, r["if"])), literal(r["then"])) for r in rows)


def align(target: Sequence[str], words: Sequence[str], closed: dict[str, int]) -> list[int] | None:
    """Token numbers of the target: closed tokens, and copies that jump as little as possible.

    A closed word is copied where that continues a copy: whole spans are easier to learn.
    None when a token is neither in the closed list nor, by lemma, in the sentence.
    """
    lemmas = [wording.lemma(word) for word in words]
    # Viterbi over the word last copied: going on to the next is free, everything else costs.
    best: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}
    previous_copied = False
    for token in target:
        lemma = wording.lemma(token)
        fixed = token in STRUCTURE or token in HEADS or token.startswith("?")
        places = [] if fixed else [w for w, other in enumerate(lemmas) if other == lemma]
        following: dict[int, tuple[float, list[int]]] = {}
        for last, (cost, path) in best.items():
            choices = [
                (
                    cost
                    + (0.0 if place == last + 1 else 1.0 if previous_copied else 0.1)
                    + 0.001 * abs(place - last),
                    place,
                    len(closed) + 1 + place,
                )
                for place in places
            ]
            if token in closed:
                choices.append((cost + (0.3 if places else 0.0), last, closed[token]))
            for total, place, number in choices:
                if place not in following or total < following[place][0]:
                    following[place] = (total, [*path, number])
        if not following:
            return None
        best, previous_copied = following, bool(places)
    return min(best.values())[1]


def load_examples(file: Path, closed: dict[str, int]) -> list[Example]:
    """The examples of a file; those that cannot be aligned are left out and counted."""
    examples, left_out = [], 0
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = tuple(wording.tokenize(row["text"]))
            clauses = as_needs(to_clauses(row["clauses"]), words)
            target = align(linearize(clauses, words), words, closed)
            if target is None or len(words) > MOST_WORDS or len(target) > 150:
                left_out += 1
            else:
                examples.append(Example(words, tuple(target), clauses))
    print(f"{file.name}: {len(examples)} examples, {left_out} left out", flush=True)
    return examples


def batches(examples: Sequence[Example], seed: int) -> Iterator[list[Example]]:
    """Endless batches of sentences of like length, each about ``PIECES_A_BATCH`` pieces."""
    chance = random.Random(seed)
    while True:
        order = list(examples)
        chance.shuffle(order)
        ready = []
        for start in range(0, len(order), 2048):
            chunk = sorted(order[start : start + 2048], key=lambda e: len(e.words))
            batch: list[Example] = []
            for example in chunk:
                batch.append(example)
                if len(batch) * (len(example.words) * 1.3 + 2) > PIECES_A_BATCH:
                    ready.append(batch)
                    batch = []
            if batch:
                ready.append(batch)
            if len(ready) > 200:
                chance.shuffle(ready)
                yield from ready
                ready = []
        chance.shuffle(ready)
        yield from ready


def loss_of(
    network: ReaderNetwork, tokenizer: Tokenizer, batch: Sequence[Example], noise: random.Random
) -> torch.Tensor:
    """Mean negative log-likelihood of the target tokens."""
    begin = network.config.closed
    longest = max(len(example.target) for example in batch)
    inputs = torch.full((len(batch), longest), begin)
    targets = torch.full((len(batch), longest), -1)
    for row, example in enumerate(batch):
        target = torch.tensor(example.target)
        inputs[row, 1 : len(target)] = target[:-1]
        targets[row, : len(target)] = target
    # Case must not matter, nor the full stop: people leave both out.
    words = [[w.lower() for w in e.words] if noise.random() < 0.1 else list(e.words) for e in batch]
    memory = network.read(to_batch(tokenizer, words))
    scores = network(memory, inputs).float()
    kept = targets >= 0
    return -scores.gather(2, targets.clamp(min=0).unsqueeze(2)).squeeze(2)[kept].mean()


def same(found: Sequence[Clause], wanted: Sequence[Clause]) -> bool:
    """Whether two readings say the same, up to order and word forms."""

    def signature(clauses: Sequence[Clause]) -> list[str]:
        return sorted(
            " & ".join(sorted(f"{a.key}{a.positive}" for a in c.antecedents))
            + f" > {c.consequent.key}{c.consequent.positive}"
            for c in clauses
        )

    return signature(found) == signature(wanted)


def exact(network: ReaderNetwork, tokenizer: Tokenizer, closed: Sequence[str],
          examples: Sequence[Example]) -> float:  # fmt: skip
    """The share of sentences whose reading is wholly right."""
    network.eval()
    right = 0
    for start in range(0, len(examples), 64):
        chunk = examples[start : start + 64]
        found = read_texts(network, tokenizer, closed, [e.words for e in chunk])
        right += sum(same(f.clauses, e.clauses) for f, e in zip(found, chunk, strict=True))
    network.train()
    return right / len(examples)


def continued(folder: Path, names: Sequence[str], fresh: torch.Tensor) -> dict[str, torch.Tensor]:
    """A checkpoint's weights; closed tokens that it did not have keep their ``fresh`` rows."""
    state = load_file(folder / "reader.safetensors")
    old = json.loads((folder / "reader.json").read_text(encoding="utf-8"))["closed"]
    rows = fresh.detach().clone()
    for number, name in enumerate([*names, "<begin>"]):
        if name in [*old, "<begin>"]:
            rows[number] = state["closed.weight"][[*old, "<begin>"].index(name)]
    return state | {"closed.weight": rows}


def freeze(network: ReaderNetwork) -> None:
    """Keep the embeddings and the lowest layers as pre-trained."""
    encoder = network.encoder
    for part in (encoder.tokens, encoder.positions, encoder.segments, encoder.norm,
                 *encoder.layers[:FROZEN_LAYERS]):  # fmt: skip
        part.requires_grad_(False)


def without_dropout(network: nn.Module) -> None:
    """Drop nothing while training, as the shipped parts were trained; not compared for readers."""
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        elif isinstance(module, nn.MultiheadAttention):
            module.dropout = 0.0


@contextmanager
def precision(bf16: bool) -> Iterator[None]:
    """Matrix products in bfloat16 if asked for, which AVX-512 BF16 makes 1.6 times as fast.

    Without such instructions they are many times slower.  Attention is done by plain matrix
    products, since the fused kernel's way back is slow in bfloat16.
    """
    if not bf16:
        yield
        return
    with torch.autocast("cpu", torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
        yield


def main() -> None:
    """Train within a budget of minutes; keep the checkpoint and a log."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", nargs="+", required=True, help="FILE or FILE:REPEATS")
    parser.add_argument("--held-out", nargs="*", default=[], help="NAME=FILE, measured only")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--from", dest="start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=5e-4, help="the decoder's peak rate")
    parser.add_argument("--bf16", action="store_true", help="needs AVX-512 BF16 to be faster")
    arguments = parser.parse_args()

    torch.manual_seed(arguments.seed)
    base: BaseModel = load_base()
    names = [*STRUCTURE, *CLOSED_WORDS]
    closed = {token: number for number, token in enumerate(names)}
    network = ReaderNetwork(ReaderConfig(closed=len(names)))
    network.encoder.load_state_dict(base.encoder_state(network.config))
    if arguments.start:
        network.load_state_dict(continued(arguments.start, names, network.closed.weight))
    freeze(network)
    without_dropout(network)
    tokenizer = load_tokenizer(base.vocabulary)

    examples: list[Example] = []
    for item in arguments.data:
        file, _, repeats = item.partition(":")
        examples += load_examples(Path(file), closed) * int(repeats or 1)
    held_out = {}
    for item in arguments.held_out:
        name, _, file = item.partition("=")
        held_out[name] = load_examples(Path(file), closed)[:400]

    inner = [
        p for n, p in network.named_parameters() if n.startswith("encoder") and p.requires_grad
    ]
    outer = [p for n, p in network.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": arguments.rate / 5}, {"params": outer, "lr": arguments.rate}],
        weight_decay=0.01,
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    arguments.out.mkdir(parents=True, exist_ok=True)
    noise = random.Random(arguments.seed)
    started, told, measured = time.time(), time.time(), time.time()
    seen, total, count = 0, 0.0, 0
    network.train()
    for step, batch in enumerate(batches(examples, arguments.seed)):
        spent = (time.time() - started) / 60 / arguments.minutes
        scale = min(1.0, (step + 1) / 300) * (
            0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(spent, 1.0)))
        )
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        with precision(arguments.bf16):
            loss = loss_of(network, tokenizer, batch, noise)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        seen, total, count = seen + len(batch), total + loss.item(), count + 1
        if time.time() - told > 60:
            rate = seen / (time.time() - started)
            print(f"{(time.time() - started) / 60:6.1f} min, {seen} sentences, {rate:.0f}/s, "
                  f"loss {total / count:.4f}", flush=True)  # fmt: skip
            told, total, count = time.time(), 0.0, 0
        if time.time() - measured > 600 or spent >= 1:
            scores = {n: round(exact(network, tokenizer, names, e), 3) for n, e in held_out.items()}
            print(f"exact readings: {scores}", flush=True)
            save_file(network.state_dict(), arguments.out / "reader.safetensors")
            (arguments.out / "reader.json").write_text(
                json.dumps({"config": asdict(network.config), "closed": names}, indent=1)
            )
            measured = time.time()
        if spent >= 1:
            return


if __name__ == "__main__":
    main()
