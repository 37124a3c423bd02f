"""Readings wholly right: ``python -m scripts.measure_reader FOLDER --on NAME=FILE …``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from safetensors.torch import load_file

from lambada_bc.modules.compact.network import ReaderConfig, ReaderNetwork
from lambada_bc.modules.compact.tokenizer import load_tokenizer
from scripts.base_model import load_base
from scripts.train_reader import exact, load_examples


def main() -> None:
    """Measure a checkpoint on files of examples."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--on", nargs="+", required=True, metavar="NAME=FILE")
    arguments = parser.parse_args()
    description = json.loads((arguments.folder / "reader.json").read_text(encoding="utf-8"))
    names = description["closed"]
    network = ReaderNetwork(ReaderConfig(**description["config"]))
    network.load_state_dict(load_file(arguments.folder / "reader.safetensors"))
    tokenizer = load_tokenizer(load_base().vocabulary)
    closed = {name: number for number, name in enumerate(names)}
    for one in arguments.on:
        name, _, file = one.partition("=")
        examples = load_examples(Path(file), closed)
        print(f"{name}: {exact(network, tokenizer, names, examples):.3f} of {len(examples)}")


if __name__ == "__main__":
    main()
