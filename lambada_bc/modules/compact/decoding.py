"""Greedy decoding of the reader's network under its grammar.

A sentence that is alone is read several tokens at a time: most of a reading copies on, so that the
next words are put to the network as a draft, and what it would have written itself is taken
(speculative decoding, Leviathan et al., ICML 2023, the sentence in the place of a small model).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from lambada_bc import wording
from lambada_bc.modules.compact.choices import as_doings
from lambada_bc.modules.compact.int8 import PADDED
from lambada_bc.modules.compact.linearize import (
    END,
    FACT,
    HEADS,
    MINUS,
    PLUS,
    STRUCTURE,
    VARIABLES,
    Grammar,
    parse,
)
from lambada_bc.modules.compact.needs import as_needs
from lambada_bc.modules.compact.network import ReaderNetwork
from lambada_bc.modules.compact.tokenizer import to_batch
from lambada_bc.statements import Clause, Kind


@dataclass(frozen=True)
class Turn:
    """Where a reading might have gone on otherwise: its tokens so far, by number, and the other.

    ``probability`` is that of the other token.
    """

    tokens: tuple[int, ...]
    probability: float


@dataclass(frozen=True)
class Decoded:
    """The clauses of one sentence and the probability of the whole reading."""

    clauses: tuple[Clause, ...]
    probability: float
    turns: tuple[Turn, ...] = ()


def _telling(clauses: tuple[Clause, ...], words: Sequence[str]) -> tuple[Clause, ...]:
    """The clauses but those that conclude what they require."""
    told = as_needs(as_doings(clauses), words)
    return tuple(clause for clause in told if clause.consequent not in clause.antecedents)


DRAFTED = 12
"""The most tokens of a draft."""

_DENYING = frozenset({"not", "n't", "never"})
"""Words that are a sign in a reading."""

_DOING = frozenset({"do", "does", "did"})
"""Words that a sign comes before, and that are left out."""

_WRITTEN = {"are": "is", "was": "is", "were": "is", "have": "has", "had": "has", "may": "can"}
"""How a predicate that begins with these words mostly begins in a reading."""

CHOICES = 3
"""How many tokens are looked at each time: the one that is taken, and where else to turn."""

LEAST_TURN = 0.01
"""The least probability of a token that a reading might go on with as well."""

KEPT = 0.75
"""Where fewer of a batch's sentences than this share are unfinished, the others are dropped."""


class _Masks:
    """Which tokens of the closed list may come next, by what the grammar allows; each once."""

    def __init__(self, closed: dict[str, int]) -> None:
        self._closed = closed
        self._known: dict[tuple[tuple[str, ...], bool, bool], np.ndarray] = {}

    def __call__(self, grammar: Grammar) -> np.ndarray:
        state = (grammar.structure_allowed(), grammar.words_allowed, grammar.variables_allowed)
        if state not in self._known:
            self._known[state] = self._listed(*state)
        return self._known[state]

    def _listed(self, structure: tuple[str, ...], words: bool, variables: bool) -> np.ndarray:
        allowed = np.zeros(len(self._closed) + 1, dtype=bool)
        if words:
            allowed[len(STRUCTURE) : len(self._closed)] = True
        if not variables:
            allowed[[self._closed[name] for name in VARIABLES]] = False
        allowed[[self._closed[token] for token in structure]] = True
        return allowed


def _begins_predicate(word: str, before: Sequence[str]) -> bool:
    """Whether a predicate may well begin with a word that comes after some others."""
    if word in HEADS or word in _DOING or word in _WRITTEN:
        return True
    return word.endswith("s") and any(one.lower() not in wording.ARTICLES for one in before)


class _Reading:
    """One sentence on its way: the tokens so far and what may follow them."""

    def __init__(self, words: Sequence[str], grammar: Grammar, begun: Sequence[int] = ()) -> None:
        self.words = words
        self.grammar = grammar
        self.begun = begun
        self.tokens: list[str] = []
        self.score = 0.0
        self._numbers: list[int] = []
        self._turns: list[Turn] = []
        self._used: set[int] = set()
        self._at = -1
        """The word that was copied or written last."""

    @property
    def is_over(self) -> bool:
        return bool(self.tokens) and self.tokens[-1] == END

    def allow(self, row: np.ndarray, masks: _Masks) -> None:
        """Mark in ``row`` what may come next; a subject or a predicate copies no word twice."""
        listed = masks(self.grammar)
        row[: len(listed)] = listed
        if self.grammar.words_allowed:
            row[len(listed) : len(listed) + len(self.words)] = True
            for place in self._used:
                row[len(listed) + place] = False

    def choose(self, scores: Sequence[float], numbers: Sequence[int], names: Sequence[str]) -> None:
        """Go on with the first of some tokens, the likeliest that may follow."""
        self._turns += [
            Turn((*self._numbers, number), math.exp(score))
            for score, number in zip(scores[1:], numbers[1:], strict=True)
            if score >= math.log(LEAST_TURN)
        ]
        self.take(numbers[0], scores[0], names)

    def take(self, number: int, score: float, names: Sequence[str]) -> None:
        """Go on with a token, by its number."""
        self._numbers.append(number)
        place = number - len(names) - 1
        token = names[number] if place < 0 else self.words[place]
        self.tokens.append(token)
        self.score += score
        if place >= 0:
            self._used.add(place)
            self._at = place
        elif token in STRUCTURE:
            self._used.clear()
        elif token in self.words[self._at + 1 :]:
            self._at = self.words.index(token, self._at + 1)
        self.grammar.advance(token)

    def draft(self, names: Sequence[str]) -> list[int]:
        """What comes next if the reading copies on to the end of the sentence, by its number.

        A sign goes before what looks like the predicate.  A wrong guess costs a pass, no more.
        """
        found = [] if self.tokens else [names.index(FACT)]
        last = next((token for token in reversed(self.tokens) if token in STRUCTURE), FACT)
        signed = last in (PLUS, MINUS)
        for place in range(self._at + 1, len(self.words)):
            word = self.words[place]
            if not signed and _begins_predicate(word, self.words[:place]):
                denied = not _DENYING.isdisjoint(self.words[place + 1 : place + 2])
                found.append(names.index(MINUS if denied else PLUS))
                signed, word = True, _WRITTEN.get(word, word)
            if word in HEADS:
                found.append(names.index(word))
            elif word[0].isalnum() and word not in _DENYING | _DOING:
                found.append(len(names) + 1 + place)
        return [*found, names.index(END)][:DRAFTED]

    def decoded(self) -> Decoded:
        """What was read; nothing if it never ended."""
        if not self.is_over:
            return Decoded((), 0.0)
        clauses = _telling(parse(self.tokens), self.words)
        return Decoded(clauses, math.exp(self.score), tuple(self._turns))


@torch.inference_mode()
def read_texts(
    network: ReaderNetwork,
    tokenizer: Tokenizer,
    names: Sequence[str],
    sentences: Sequence[Sequence[str]],
    *,
    marks: Sequence[Kind | None] | None = None,
    begun: Sequence[Sequence[int]] | None = None,
    single: bool = False,
) -> list[Decoded]:
    """Read a batch of sentences, each a non-empty list of words.

    ``names`` is the closed list, structure tokens first; ``begun`` are tokens that each reading
    begins with.  A sentence whose reading does not end within the network's limit of steps has no
    clauses and probability 0.
    """
    none = [None] * len(sentences)
    readings = [
        _Reading(words, Grammar(mark, single=single), first or ())
        for words, mark, first in zip(sentences, marks or none, begun or none, strict=True)
    ]
    masks = _Masks({token: number for number, token in enumerate(names)})
    memory = network.read(to_batch(tokenizer, sentences, PADDED))
    active = list(readings)
    tokens = torch.full((len(active), 1), network.config.closed)
    most = network.config.max_steps
    while active and memory.steps < most:
        draft = active[0].draft(names)[: most - memory.steps - 1] if len(active) == 1 else []
        drafts = torch.tensor(draft, dtype=torch.long).expand(len(active), -1)
        taken = memory.steps
        scored = network(memory, torch.cat((tokens, drafts), 1))
        for place, drafted in enumerate([*draft, None]):
            tokens = _step(active, scored[:, place], names, masks)
            taken += 1
            if active[0].is_over or tokens[0].item() != drafted:
                break
        memory.forget(taken)
        left = [row for row, reading in enumerate(active) if not reading.is_over]
        if len(left) < KEPT * len(active):
            active = [active[row] for row in left]
            memory.keep(rows := torch.tensor(left, dtype=torch.long))
            tokens = tokens[rows]
    return [reading.decoded() for reading in readings]


def _step(
    readings: Sequence[_Reading], scores: torch.Tensor, names: Sequence[str], masks: _Masks
) -> torch.Tensor:
    """Let each reading take what it has begun with, or else what is likeliest of what it allows.

    Returns the tokens (B, 1).
    """
    allowed = np.zeros(scores.shape, dtype=bool)
    for row, reading in zip(allowed, readings, strict=True):
        reading.allow(row, masks)
    best, chosen = scores.masked_fill(~torch.from_numpy(allowed), -math.inf).topk(CHOICES, dim=1)
    for row, (reading, found, numbers) in enumerate(
        zip(readings, best.tolist(), chosen.tolist(), strict=True)
    ):
        if reading.is_over:
            continue
        step = len(reading.tokens)
        if step < len(reading.begun):
            chosen[row, 0] = number = reading.begun[step]
            reading.take(number, scores[row, number].item(), names)
        else:
            reading.choose(found, numbers, names)
    return chosen[:, :1]
