"""Weights as they are shipped: safetensors with 8-bit matrices, checked by their SHA-256.

A matrix of shape ``(rows, columns)`` is kept as int8 with one scale a row (symmetric, so
``value = scale * integer``) under ``<name>`` and ``<name>.scale``; everything else is fp16.
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

import torch
from safetensors.torch import load
from torch import Tensor

from lambada_bc.errors import WeightsError

_SCALE = ".scale"


def pack(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights in their shipped form, about a quarter of the size of fp32."""
    packed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.dim() == 2:
            scale = tensor.abs().amax(dim=1).clamp(min=1e-8) / 127
            packed[name] = (tensor / scale.unsqueeze(1)).round().to(torch.int8)
            packed[name + _SCALE] = scale.to(torch.float32)
        else:
            packed[name] = tensor.to(torch.float16)
    return packed


def unpack(packed: dict[str, Tensor]) -> dict[str, Tensor]:
    """The inverse of :func:`pack`, in fp32."""
    return {
        name: tensor * packed[name + _SCALE].unsqueeze(1)
        if tensor.dtype == torch.int8
        else tensor.to(torch.float32)
        for name, tensor in packed.items()
        if not name.endswith(_SCALE)
    }


def load_part(name: str) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The description and the weights of a part (``reader``, ``comparer``) of this package.

    Raises :class:`WeightsError` when a file is missing or is not the one that was published.
    """
    folder = files("lambada_bc.modules.compact") / "weights"
    try:
        description = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        content = (folder / f"{name}.safetensors").read_bytes()
    except FileNotFoundError as error:
        message = f"The weights of the {name} are missing ({error}); reinstall lambada-bc."
        raise WeightsError(message) from error
    if hashlib.sha256(content).hexdigest() != description["sha256"]:
        message = f"The weights of the {name} are not the published ones; reinstall lambada-bc."
        raise WeightsError(message)
    return description, unpack(load(content))


def vocabulary_lines() -> list[str]:
    """The word pieces of BERT's uncased vocabulary, by number."""
    folder = files("lambada_bc.modules.compact") / "weights"
    return (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
