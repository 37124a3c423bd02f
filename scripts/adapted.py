"""The compact modules with checkpoints of training in place of shipped parts, evaluated.

    python -m scripts.adapted DATA OUT [--reader DIR] [--comparer DIR]

``DATA`` is as for ``lambada-bc evaluate``; ``DIR`` is what ``scripts.train_reader`` or
``scripts.train_comparer`` wrote.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path

from safetensors.torch import load_file

from lambada_bc.evaluation import evaluate
from lambada_bc.modules.compact.comparer import Comparer, ComparerNetwork, load_comparer
from lambada_bc.modules.compact.encoder import encoder_of, load_encoder
from lambada_bc.modules.compact.judgements import Judgements
from lambada_bc.modules.compact.network import ReaderConfig, ReaderNetwork
from lambada_bc.modules.compact.reader import CompactReader, load_reader
from lambada_bc.modules.compact.tokenizer import load_tokenizer
from lambada_bc.modules.compact.weights import load_part, vocabulary_lines
from lambada_bc.modules.compact.whole_sentences import WholeSentences
from lambada_bc.modules.interface import Modules
from lambada_bc.modules.loading import load


def adapted(reader: Path | None, comparer: Path | None) -> Modules:
    """The shipped modules, but for the parts that a folder is given for."""
    comparing = _comparer(comparer) if comparer else load_comparer()
    judgements = Judgements(comparing, whole=WholeSentences(comparing))
    return replace(
        load("compact"),
        reader=_reader(reader) if reader else load_reader(),
        fact_check=judgements.check_facts,
        rule_selection=judgements.select_rules,
        goal_decomposition=judgements.decompose_goals,
        sign_agreement=judgements.compare_signs,
    )


def digest(file: Path) -> str:
    """What tells one file of weights from another."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _reader(folder: Path) -> CompactReader:
    description = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    file = folder / "reader.safetensors"
    network = ReaderNetwork(ReaderConfig(**description["config"]))
    network.load_state_dict(load_file(file))
    tokenizer = load_tokenizer(vocabulary_lines())
    return CompactReader(network, tokenizer, description["closed"], digest(file))


def _comparer(folder: Path) -> Comparer:
    description, shipped = load_part("reader")
    network = ComparerNetwork(ReaderConfig(**description["config"]))
    lower = {f"encoder.{name}": tensor for name, tensor in encoder_of(shipped).items()}
    network.load_state_dict(lower | load_file(folder / "comparer.safetensors"))
    temperature = json.loads((folder / "comparer.json").read_text("utf-8"))["temperature"]
    return Comparer(network, load_tokenizer(vocabulary_lines()), load_encoder(), temperature)


def main() -> None:
    """Evaluate, and print what was right."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--reader", type=Path)
    parser.add_argument("--comparer", type=Path)
    arguments = parser.parse_args()
    parts = {name: vars(arguments)[name] for name in ("reader", "comparer")}
    named = [f"{name} {digest(folder / f'{name}.safetensors')}"
             for name, folder in parts.items() if folder]  # fmt: skip
    modules = replace(adapted(**parts), name=", ".join(["compact", *named]))
    summary = evaluate(arguments.data, arguments.out, modules=modules)
    print(f"labels {100 * summary['label_accuracy']:.1f} %, "
          f"with valid proof {100 * summary['proof_accuracy']:.1f} %")  # fmt: skip


if __name__ == "__main__":
    main()
