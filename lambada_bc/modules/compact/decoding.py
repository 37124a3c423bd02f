"""Greedy decoding of the reader's network under its grammar."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from lambada_bc.modules.compact.linearize import END, STRUCTURE, Grammar, parse
from lambada_bc.modules.compact.network import ReaderNetwork
from lambada_bc.modules.compact.tokenizer import to_batch
from lambada_bc.statements import Clause, Kind


@dataclass(frozen=True)
class Decoded:
    """The clauses of one sentence and the probability of the whole reading."""

    clauses: tuple[Clause, ...]
    probability: float


def _mask(
    grammar: Grammar, closed: dict[str, int], words: int, size: int, used: set[int]
) -> torch.Tensor:
    """Which tokens may come next, shape (size,): by the grammar, and no word ``used`` again."""
    allowed = torch.zeros(size, dtype=torch.bool)
    if grammar.words_allowed:
        allowed[len(STRUCTURE) : len(closed)] = True
        allowed[len(closed) + 1 : len(closed) + 1 + words] = True
        allowed[list(used)] = False
        if not grammar.variables_allowed:
            for variable in ("?x", "?y", "?z"):
                allowed[closed[variable]] = False
    for token in grammar.structure_allowed():
        allowed[closed[token]] = True
    return allowed


def _telling(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses but those that conclude what they require."""
    return tuple(clause for clause in clauses if clause.consequent not in clause.antecedents)


@torch.inference_mode()
def read_texts(
    network: ReaderNetwork,
    tokenizer: Tokenizer,
    names: Sequence[str],
    sentences: Sequence[Sequence[str]],
    *,
    marks: Sequence[Kind | None] | None = None,
    single: bool = False,
) -> list[Decoded]:
    """Read a batch of sentences, each a non-empty list of words.

    Subject and predicate of a literal copy no word twice.  ``names`` is the closed list, structure
    tokens first.  A sentence whose reading does not end
    within the network's limit of steps has no clauses and probability 0.
    """
    closed = {token: number for number, token in enumerate(names)}
    size = len(sentences)
    marks = marks or [None] * size
    grammars = [Grammar(mark, single=single) for mark in marks]
    outputs: list[list[str]] = [[] for _ in range(size)]
    scores = [0.0] * size
    used: list[set[int]] = [set() for _ in range(size)]
    memory = network.read(to_batch(tokenizer, sentences))
    lengths = memory.word_mask.sum(1).tolist()
    tokens = torch.full((size, 1), network.config.closed)
    for _ in range(network.config.max_steps):
        following = network(memory, tokens)[:, 0]
        width = following.shape[1]
        allowed = torch.stack(
            [_mask(g, closed, n, width, u) for g, n, u in zip(grammars, lengths, used, strict=True)]
        )
        best, chosen = following.masked_fill(~allowed, -math.inf).max(dim=1)
        done = True
        for row, (score, number) in enumerate(zip(best.tolist(), chosen.tolist(), strict=True)):
            if outputs[row] and outputs[row][-1] == END:
                continue
            copied = number - len(closed) - 1
            token = names[number] if copied < 0 else sentences[row][copied]
            outputs[row].append(token)
            if token in STRUCTURE:
                used[row].clear()
            elif copied >= 0:
                used[row].add(number)
            scores[row] += score
            grammars[row].advance(token)
            done = done and token == END
        if done:
            break
        tokens = chosen.unsqueeze(1)
    return [
        Decoded(_telling(parse(output)), math.exp(score)) if output[-1] == END else Decoded((), 0.0)
        for output, score in zip(outputs, scores, strict=True)
    ]
