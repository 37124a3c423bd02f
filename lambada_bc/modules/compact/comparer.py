"""Whether two predicates say the same, the opposite, or neither, judged from their meaning.

A small network over the embeddings ``u`` of what is stated and ``v`` of what is asked, as in
InferSent (Conneau et al. 2017): ``[u, v, |u − v|, u · v]`` → supports / contradicts / neither.
Embeddings are kept, so a comparison costs one small matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor, nn

from lambada_bc import wording
from lambada_bc.modules.compact.encoder import SentenceEncoder, load_encoder
from lambada_bc.modules.compact.weights import load_part


@dataclass(frozen=True)
class Comparison:
    """The probabilities that a statement supports and contradicts another."""

    supports: float
    contradicts: float


UNRELATED = Comparison(0.0, 0.0)


class ComparerNetwork(nn.Module):
    """Embeddings (N, D) of statements and of questions → logits (N, 3)."""

    def __init__(self, width: int = 384, hidden: int = 512) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Dropout(0.1),
            nn.Linear(4 * width, hidden),
            nn.GELU(),
            nn.Dropout(0.2),
            nn.Linear(hidden, 128),
            nn.GELU(),
            nn.Linear(128, 3),
        )

    def forward(self, stated: Tensor, asked: Tensor) -> Tensor:
        """Logits of supports, contradicts, neither."""
        features = (stated, asked, (stated - asked).abs(), stated * asked * 20)
        logits: Tensor = self.layers(torch.cat(features, dim=1))
        return logits


class Comparer:
    """Compares predicates, each pair once."""

    def __init__(self, network: ComparerNetwork, encoder: SentenceEncoder) -> None:
        self._network = network.eval()
        self._encoder = encoder
        self._known: dict[tuple[str, str], Comparison] = {}

    def compare(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        """How each first predicate bears on the second: ``("is ill", "is sick")`` supports."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        self._known.update((pair, UNRELATED) for pair in new if not _is_comparable(*pair))
        if known := [pair for pair in new if _is_comparable(*pair)]:
            self._known.update(zip(known, self._compare(known), strict=True))
        return [self._known[pair] for pair in pairs]

    @torch.inference_mode()
    def _compare(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        embedded = torch.from_numpy(
            self._encoder.encode([in_sentence(part) for pair in pairs for part in pair])
        )
        scores = self._network(embedded[0::2], embedded[1::2]).softmax(dim=1)
        return [Comparison(round(one[0], 4), round(one[1], 4)) for one in scores.tolist()]


def _is_comparable(stated: str, asked: str) -> bool:
    """Whether the words that only one of two predicates has are words of English.

    The embedding of an invented word says nothing: a wumpus is no yumpus.
    """
    first, second = set(wording.words(stated)), set(wording.words(asked))
    shared = {word.lemma for word in first} & {word.lemma for word in second}
    return all(word.lemma in shared or wording.is_known(word.lemma) for word in first | second)


def in_sentence(predicate: str) -> str:
    """A predicate as said of something: what the comparer was trained on."""
    return f"it {predicate}"


@lru_cache(maxsize=1)
def load_comparer() -> Comparer:
    """The comparer that this package ships."""
    _, weights = load_part("comparer")
    network = ComparerNetwork()
    network.load_state_dict(weights)
    return Comparer(network, load_encoder())
