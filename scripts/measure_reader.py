"""Readings wholly right: ``python -m scripts.measure_reader FOLDER[:SHARE] … --on NAME=FILE``.

Several folders are averaged by their shares first (Wortsman et al., *Model soups*, ICML 2022);
``--out`` keeps what came of it as a checkpoint.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from safetensors.torch import load_file, save_file

from lambada_bc.modules.compact.network import ReaderConfig, ReaderNetwork
from lambada_bc.modules.compact.tokenizer import load_tokenizer
from scripts.base_model import load_base
from scripts.train_reader import exact, load_examples


def main() -> None:
    """Average, measure, and keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkpoints", nargs="+", metavar="FOLDER[:SHARE]")
    parser.add_argument("--on", nargs="*", default=[], metavar="NAME=FILE")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    named = [one.partition(":") for one in arguments.checkpoints]
    shares = [float(share or 1) for _, _, share in named]
    states = [load_file(Path(folder) / "reader.safetensors") for folder, _, _ in named]
    description = json.loads((Path(named[0][0]) / "reader.json").read_text(encoding="utf-8"))
    state = {
        name: sum(share * one[name] for share, one in zip(shares, states, strict=True))
        / sum(shares)
        for name in states[0]
    }
    names = description["closed"]
    network = ReaderNetwork(ReaderConfig(closed=len(names)))
    network.load_state_dict(state)
    tokenizer = load_tokenizer(load_base().vocabulary)
    closed = {name: number for number, name in enumerate(names)}
    for one in arguments.on:
        name, _, file = one.partition("=")
        examples = load_examples(Path(file), closed)
        print(f"{name}: {exact(network, tokenizer, names, examples):.3f} of {len(examples)}")
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        save_file(state, arguments.out / "reader.safetensors")
        text = json.dumps(description, indent=1, ensure_ascii=False)
        (arguments.out / "reader.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
