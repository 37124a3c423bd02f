"""Whether one statement supports another of the same subject, contradicts it, or does neither.

A cross-encoder (MiniLM, Wang et al. 2020) reads both statements at once, as models of natural
language inference do (Devlin et al. 2019).  Its embeddings and lowest layers are the reader's.
Statements whose embeddings lie far apart are not worth its time.  What was compared is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from lambada_bc import wording
from lambada_bc.modules.compact.encoder import SentenceEncoder, encoder_of, load_encoder
from lambada_bc.modules.compact.int8 import PADDED, to_int8
from lambada_bc.modules.compact.network import Encoder, ReaderConfig
from lambada_bc.modules.compact.tokenizer import load_tokenizer, to_pairs
from lambada_bc.modules.compact.weights import load_part, vocabulary_lines
from lambada_bc.statements import Literal

BATCH = 32
MOST_KEPT = 200_000
"""Comparisons after which all are forgotten, so that memory is bounded."""

NEAR, NEAR_ENOUGH_TO_CONTRADICT = 0.2, 0.3
"""The least cosines of two statements' embeddings: to be compared, and to contradict each other.

Opposites are said of one matter (*is huge*, *is tiny*: 0.74); that two things have little to do
with each other, the network takes for a contradiction too often.
"""


_PREFIXES = ("un", "non", "re", "pre", "over", "mis", "dis", "in")


@dataclass(frozen=True)
class Comparison:
    """The probabilities that a statement supports and contradicts another."""

    supports: float
    contradicts: float


UNRELATED = Comparison(0.0, 0.0)


class ComparerNetwork(nn.Module):
    """Pieces (B, P) of two statements and their segments (B, P) → logits (B, 3)."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.out = nn.Linear(2 * config.width, 3)

    def forward(self, pieces: Tensor, segments: Tensor) -> Tensor:
        """Logits of supports, contradicts, neither."""
        states = self.encoder(pieces, segments)
        inside = (pieces != 0).unsqueeze(2)
        pooled = (states * inside).sum(1) / inside.sum(1)
        logits: Tensor = self.out(torch.cat((states[:, 0], pooled), dim=1))
        return logits


class Comparer:
    """Compares statements, each pair once."""

    def __init__(
        self,
        network: ComparerNetwork,
        tokenizer: Tokenizer,
        encoder: SentenceEncoder,
        temperature: float,
    ) -> None:
        self._network = to_int8(network.eval())
        self._tokenizer = tokenizer
        self._encoder = encoder
        self._temperature = temperature
        self._known: dict[tuple[str, str], Comparison] = {}

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        """How each first literal bears on the second.

        ``("it is ill", "it is sick")`` supports, ``("it is huge", "it is tiny")`` contradicts.
        """
        return self.compare_sentences(
            [(sentence_of(stated), sentence_of(asked)) for stated, asked in pairs]
        )

    def compare_sentences(self, said: Sequence[tuple[str, str]]) -> list[Comparison]:
        """How each first sentence bears on the second."""
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        new = [pair for pair in dict.fromkeys(said) if pair not in self._known]
        self._known.update(dict.fromkeys(new, UNRELATED))
        likeness = self._likeness([pair for pair in new if _is_comparable(*pair)])
        near = [pair for pair, cosine in likeness.items() if cosine >= NEAR]
        near.sort(key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
        for start in range(0, len(near), BATCH):
            chunk = near[start : start + BATCH]
            for pair, found in zip(chunk, self._compare(chunk), strict=True):
                self._known[pair] = _tempered(pair, found, likeness[pair])
        return [self._known[pair] for pair in said]

    def _likeness(self, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
        """The cosine of each pair's embeddings."""
        embedded = self._encoder.encode([part for pair in pairs for part in pair])
        cosines = (embedded[0::2] * embedded[1::2]).sum(axis=1).round(4)
        return dict(zip(pairs, cosines.tolist(), strict=True))

    @torch.inference_mode()
    def _compare(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        logits = self._network(*to_pairs(self._tokenizer, pairs, PADDED))
        scores = (logits / self._temperature).softmax(dim=1)
        return [Comparison(round(one[0], 3), round(one[1], 3)) for one in scores.tolist()]


def _tempered(pair: tuple[str, str], found: Comparison, cosine: float) -> Comparison:
    """What of it counts: other figures never support, distant matters never contradict."""
    stated, asked = ({w for w in wording.tokenize(text) if w[0].isdigit()} for text in pair)
    return Comparison(
        found.supports if asked <= stated else 0.0,
        found.contradicts if cosine >= NEAR_ENOUGH_TO_CONTRADICT else 0.0,
    )


def _is_comparable(stated: str, asked: str) -> bool:
    """Whether the words that only one of two statements has are names or words of English.

    A network knows nothing of an invented word: a wumpus is no yumpus.
    """
    first, second = set(wording.words(stated)), set(wording.words(asked))
    shared = {word.lemma for word in first} & {word.lemma for word in second}
    own = [word for word in first | second if word.lemma not in shared]
    return all(not word.surface.islower() or _is_english(word.lemma) for word in own)


def _is_english(word: str) -> bool:
    """Whether a dictionary has the word or its parts, perhaps without what was put before it."""
    if "-" in word:
        return all(map(_is_english, word.split("-")))
    stem = next((word.removeprefix(p) for p in _PREFIXES if word.startswith(p)), word)
    return word == "her" or wording.is_known(word) or (len(stem) > 3 and wording.is_known(stem))


def sentence_of(literal: Literal) -> str:
    """A literal as the network reads it."""
    return str(literal.substitute(dict.fromkeys(literal.variables, "someone")))


@lru_cache(maxsize=1)
def load_comparer() -> Comparer:
    """The comparer that this package ships."""
    description, reader = load_part("reader")
    own_description, own = load_part("comparer")
    network = ComparerNetwork(ReaderConfig(**description["config"]))
    network.load_state_dict(
        {f"encoder.{name}": tensor for name, tensor in encoder_of(reader).items()} | own
    )
    tokenizer = load_tokenizer(vocabulary_lines())
    return Comparer(network, tokenizer, load_encoder(), own_description["temperature"])
