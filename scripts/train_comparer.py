"""Train the comparer: whether one statement supports or contradicts another.

    python -m scripts.train_comparer DATA_FOLDER --out DIR

Pairs come from ``scripts.reading_data.comparing``.  The embeddings and the lowest layers stay
MiniLM's: they are shared.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn import functional as F

from lambada_bc.modules.compact.comparer import ComparerNetwork
from lambada_bc.modules.compact.network import ReaderConfig
from lambada_bc.modules.compact.tokenizer import load_tokenizer, to_pairs
from scripts.base_model import load_base
from scripts.reading_data.comparing import (
    everyday,
    is_held_out,
    lexical,
    prefixed,
    signed,
    sisters,
    structural,
    with_detail,
)
from scripts.reading_data.pairs import NEITHER, Pair, Whole, grouped, statement, written
from scripts.reading_data.written import FOLDER
from scripts.train_reader import FROZEN_LAYERS, precision, without_dropout


def as_statements(pair: Pair) -> Pair:
    """The pair as statements about ``it``."""
    return statement(pair[0]), statement(pair[1]), pair[2]


def batches(pairs: Sequence[Pair], size: int, chance: random.Random) -> Iterator[list[Pair]]:
    """Endless batches of pairs of like length."""
    while True:
        order = chance.sample(pairs, len(pairs))
        for start in range(0, len(order), 50 * size):
            chunk = sorted(order[start : start + 50 * size], key=lambda p: len(p[0]) + len(p[1]))
            ready = [chunk[at : at + size] for at in range(0, len(chunk), size)]
            chance.shuffle(ready)
            yield from ready


@torch.inference_mode()
def logits_of(
    network: ComparerNetwork, tokenizer: Tokenizer, pairs: Sequence[Pair]
) -> tuple[torch.Tensor, torch.Tensor]:
    """The network's logits (N, 3) for pairs, and their labels (N,)."""
    network.eval()
    found = [
        network(*to_pairs(tokenizer, [(one, two) for one, two, _ in pairs[at : at + 64]]))
        for at in range(0, len(pairs), 64)
    ]
    network.train()
    return torch.cat(found), torch.tensor([label for _, _, label in pairs])


def temperature(logits: torch.Tensor, labels: torch.Tensor) -> float:
    """What to divide logits by so that their likelihood is highest (Guo et al., ICML 2017)."""
    candidates = [0.3 + 0.05 * step for step in range(55)]
    losses = [F.cross_entropy(logits / one, labels).item() for one in candidates]
    return round(candidates[losses.index(min(losses))], 2)


def measure(network: ComparerNetwork, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> str:
    """Accuracy over all pairs, and of the answers given at several thresholds."""
    logits, labels = logits_of(network, tokenizer, pairs)
    found = logits.softmax(1)
    told = [f"accuracy {(found.argmax(1) == labels).float().mean():.3f}"]
    best, answer = found[:, :2].max(1)
    for threshold in (0.5, 0.7, 0.9):
        sure = best > threshold
        precise = (answer[sure] == labels[sure]).float().mean()
        recalled = (sure & (answer == labels)).sum() / (labels != NEITHER).sum()
        told.append(f"above {threshold}: {precise:.3f} right, {recalled:.3f} found")
    return ", ".join(told)


def main() -> None:
    """Train within a budget of minutes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=40.0)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--lexical", type=int, default=60_000, help="pairs of WordNet words")
    parser.add_argument("--from", dest="start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], help="files of more pairs")
    parser.add_argument(
        "--new",
        nargs="*",
        default=[],
        metavar="NAME",
        help="groups to learn whole, with a third as many pairs of the others",
    )
    parser.add_argument("--bases", nargs="*", default=[], metavar="FILE[:REPEATS]",
                        help="pairs made by scripts.reading_data.linked or .told_whole")  # fmt: skip
    parser.add_argument("--frozen", type=int, default=FROZEN_LAYERS, help="layers as pre-trained")
    parser.add_argument(
        "--repeats", type=int, default=6, help="of pairs by hand, and of bases unless said"
    )
    parser.add_argument("--without", choices=("lexical", "nli", "written", "groups", "bases"), nargs="*",
                        default=[], help="sources to leave out")  # fmt: skip
    parser.add_argument("--share", type=float, default=1.0, help="of each source, the rest unseen")
    parser.add_argument("--bf16", action="store_true", help="needs AVX-512 BF16 to be faster")
    arguments = parser.parse_args()
    if unknown := {*arguments.new} - {file.stem for file in FOLDER.glob("*.groups")}:
        parser.error(f"{FOLDER} has no groups {', '.join(sorted(unknown))}.")
    chance = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)

    lexical_pairs = list(lexical(chance))
    chance.shuffle(lexical_pairs)
    sources = {
        "lexical": [*lexical_pairs[: arguments.lexical], *structural(chance, 700),
                    *with_detail(chance, 5000), *sisters(chance, 2500), *prefixed(chance)],
        "nli": list(everyday(arguments.data)),
        "written": written([*sorted(FOLDER.glob("*.pairs")), *arguments.pairs]),
    }  # fmt: skip
    held_out = {name: [p for p in pairs if is_held_out(p[0])] for name, pairs in sources.items()}
    kept = {name: [p for p in pairs if not is_held_out(p[0])] for name, pairs in sources.items()}
    kept["bases"], held_out["bases"] = [], []
    for item in arguments.bases:
        file, _, repeats = item.partition(":")
        for row in map(json.loads, Path(file).read_text(encoding="utf-8").splitlines()):
            pairs = [(Whole(one), Whole(two), label) for one, two, label in row["pairs"]]
            if row["held_out"]:
                held_out["bases"] += pairs
            else:
                kept["bases"] += pairs * int(repeats or arguments.repeats)
    kept["groups"], kept["new"], held_out["groups"] = [], [], []
    for file in sorted(FOLDER.glob("*.groups")):
        name = "new" if file.stem in arguments.new else "groups"
        for first, group in grouped([file]):
            (held_out["groups"] if is_held_out(first) else kept[name]).extend(group)
    for name, pairs in kept.items():
        share = 0.0 if name in arguments.without else arguments.share
        kept[name] = pairs if share == 1 else chance.sample(pairs, round(share * len(pairs)))
    held_out = {
        name: [
            p if name == "nli" else as_statements(p)
            for p in chance.sample(pairs, min(600, len(pairs)))
        ]
        for name, pairs in held_out.items()
    }
    print({n: len(p) for n, p in kept.items()}, {n: len(p) for n, p in held_out.items()})

    base = load_base()
    tokenizer = load_tokenizer(base.vocabulary)
    network = ComparerNetwork(config := ReaderConfig(closed=1))
    network.encoder.load_state_dict(base.encoder_state(config))
    started_from: dict[str, torch.Tensor] = {}
    if arguments.start:
        started_from = load_file(arguments.start / "comparer.safetensors")
        network.load_state_dict(started_from, strict=False)
    encoder = network.encoder
    shared = (encoder.tokens, encoder.positions, encoder.segments, encoder.norm,
              *encoder.layers[: arguments.frozen])  # fmt: skip
    for part in shared:
        part.requires_grad_(False)
    without_dropout(network)
    trained = {n: p for n, p in network.named_parameters() if p.requires_grad}
    optimizer = torch.optim.AdamW(
        trained.values(), lr=arguments.rate, weight_decay=0.01, fused=True
    )

    groups = kept["groups"]
    if arguments.new:
        groups = kept["new"] + chance.sample(kept["groups"], len(kept["new"]) // 3)
    by_hand = [*kept["written"] * arguments.repeats, *groups, *kept["bases"]]
    pairs = [signed(pair, chance) for pair in [*kept["lexical"], *by_hand]] + kept["nli"]
    arguments.out.mkdir(parents=True, exist_ok=True)
    started = told = time.time()
    total = seen = 0.0
    network.train()
    for step, batch in enumerate(batches(pairs, 64, chance)):
        spent = (time.time() - started) / 60 / arguments.minutes
        for group in optimizer.param_groups:
            group["lr"] = arguments.rate * min(1.0, (step + 1) / 200) * max(
                0.02, 0.5 * (1 + math.cos(math.pi * min(spent, 1.0)))
            )  # fmt: skip
        with precision(arguments.bf16):
            logits = network(*to_pairs(tokenizer, [(one, two) for one, two, _ in batch])).float()
        labels = torch.tensor([label for _, _, label in batch])
        loss = F.cross_entropy(logits, labels, label_smoothing=0.05)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
        optimizer.step()
        total, seen = total + loss.item() * len(batch), seen + len(batch)
        if time.time() - told > 240 or spent >= 1:
            print(f"{spent * arguments.minutes:.1f} min, {step + 1} steps, {seen:.0f} pairs, "
                  f"loss {total / seen:.3f}", flush=True)  # fmt: skip
            for name, held in held_out.items():
                if held:
                    print(f"  {name}: {measure(network, tokenizer, held)}", flush=True)
            state = network.state_dict()
            own = {n: state[n] for n in {*trained, *started_from}}
            save_file(own, arguments.out / "comparer.safetensors")
            every = [pair for held in held_out.values() for pair in held]
            found = {"temperature": temperature(*logits_of(network, tokenizer, every))}
            (arguments.out / "comparer.json").write_text(json.dumps(found))
            print(f"  {found}", flush=True)
            told = time.time()
        if spent >= 1:
            return


if __name__ == "__main__":
    main()
