"""Sentence embeddings from MiniLM (all-MiniLM-L6-v2, Reimers & Gurevych 2019; Wang et al. 2020).

The word embeddings and the lowest layers are the reader's, which training leaves as they were;
the upper layers are shipped as the part ``encoder``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from lambada_bc import wording
from lambada_bc.modules.compact.int8 import PADDED, to_int8
from lambada_bc.modules.compact.network import Encoder, ReaderConfig
from lambada_bc.modules.compact.tokenizer import load_tokenizer, to_batch
from lambada_bc.modules.compact.weights import load_part, vocabulary_lines

BATCH = 64
MOST_KEPT = 50_000


class SentenceEncoder:
    """Embeds short texts; what was embedded once is kept."""

    def __init__(self, network: Encoder, tokenizer: Tokenizer) -> None:
        self._network = to_int8(network.eval())
        self._tokenizer = tokenizer
        self._kept: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, shape ``(len(texts), 384)``; an empty text has the zero vector."""
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        new = sorted({text for text in texts if text not in self._kept}, key=lambda t: (len(t), t))
        for start in range(0, len(new), BATCH):
            chunk = new[start : start + BATCH]
            self._kept.update(zip(chunk, self._embed(chunk), strict=True))
        width = self._network.tokens.embedding_dim
        return (
            np.stack([self._kept[t] for t in texts]) if texts else np.zeros((0, width), np.float32)
        )

    @torch.inference_mode()
    def _embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Mean-pooled last states, scaled to length 1."""
        words = [wording.tokenize(text) or ["."] for text in texts]
        pieces = to_batch(self._tokenizer, words, PADDED).pieces
        states = self._network(pieces)
        inside = (pieces != 0).unsqueeze(2)
        pooled = (states * inside).sum(1) / inside.sum(1)
        return F.normalize(pooled, dim=1).numpy()


def encoder_of(reader: dict[str, Tensor]) -> dict[str, Tensor]:
    """The reader's encoder, whose lower part others share."""
    return {
        name.removeprefix("encoder."): tensor
        for name, tensor in reader.items()
        if name.startswith("encoder.")
    }


@lru_cache(maxsize=1)
def load_encoder() -> SentenceEncoder:
    """The encoder that this package ships."""
    description, reader = load_part("reader")
    _, upper = load_part("encoder")
    network = Encoder(ReaderConfig(**description["config"]))
    own = {f"layers.{name}": tensor for name, tensor in upper.items()}
    network.load_state_dict(encoder_of(reader) | own)
    return SentenceEncoder(network, load_tokenizer(vocabulary_lines()))
