"""The reader's network: a MiniLM encoder and a decoder that copies words.

The encoder is BERT's (Devlin et al. 2019) in the size of MiniLM-L6 (Wang et al. 2020).  The
decoder is a small pre-norm transformer whose output is a softmax over a closed list of tokens
and, by pointing (Vinyals et al. 2015; See et al. 2017), the words of the sentence.  Copying
whole words keeps names whole and makes words that were never seen in training no harder than
others.

Shapes: ``B`` sentences, ``P`` word pieces, ``W`` words, ``T`` decoder steps, ``D`` width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class ReaderConfig:
    """Sizes of the network; ``closed`` is the number of closed tokens."""

    closed: int
    vocabulary: int = 30522
    width: int = 384
    heads: int = 12
    layers: int = 6
    feed_forward: int = 1536
    decoder_layers: int = 3
    decoder_heads: int = 6
    decoder_feed_forward: int = 768
    max_pieces: int = 256
    max_steps: int = 160


@dataclass(frozen=True)
class Batch:
    """A batch of sentences.

    ``pieces`` (B, P), 0 for padding; ``word_of_piece`` (B, P), the word that each piece belongs
    to, −1 for special tokens; ``words`` (B,), how many words each sentence has.
    """

    pieces: Tensor
    word_of_piece: Tensor
    words: Tensor


class Encoder(nn.Module):
    """BERT without pooling: pieces (B, P) → states (B, P, D)."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.tokens = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.max_pieces, config.width)
        self.segments = nn.Embedding(2, config.width)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                config.width,
                config.heads,
                config.feed_forward,
                dropout=0.1,
                activation="gelu",
                layer_norm_eps=1e-12,
                batch_first=True,
            )
            for _ in range(config.layers)
        )

    def forward(self, pieces: Tensor, segments: Tensor | None = None) -> Tensor:
        """The last layer's states."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        segments = torch.zeros_like(pieces) if segments is None else segments
        states = self.tokens(pieces) + self.positions(places) + self.segments(segments)
        states = self.norm(states)
        padding = pieces == 0
        for layer in self.layers:
            states = layer(states, src_key_padding_mask=padding)
        encoded: Tensor = states
        return encoded


class Attention(nn.Module):
    """Multi-head attention whose keys and values can be computed ahead and extended."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.memory = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def _split(self, states: Tensor) -> Tensor:
        batch, length, width = states.shape
        return states.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def remember(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of the states, each (B, heads, length, D / heads)."""
        keys, values = self.memory(states).chunk(2, dim=-1)
        return self._split(keys), self._split(values)

    def forward(self, states: Tensor, memory: tuple[Tensor, Tensor], mask: Tensor | None) -> Tensor:
        """Attend from states (B, T, D); ``mask`` is true where attention is allowed."""
        query = self._split(self.query(states))
        found = F.scaled_dot_product_attention(query, *memory, attn_mask=mask)
        attended: Tensor = self.out(found.transpose(1, 2).flatten(2))
        return attended


class DecoderLayer(nn.Module):
    """Self-attention, attention to the sentence, feed-forward; each after a layer norm."""

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        width = config.width
        self.own = Attention(width, config.decoder_heads)
        self.cross = Attention(width, config.decoder_heads)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.feed_forward = nn.Sequential(
            nn.Linear(width, config.decoder_feed_forward),
            nn.GELU(),
            nn.Linear(config.decoder_feed_forward, width),
        )
        self.dropout = nn.Dropout(0.1)

    def remember(self, states: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of the sentence's states for the attention to it."""
        return self.cross.remember(states)

    def forward(
        self,
        states: Tensor,
        past: tuple[Tensor, Tensor] | None,
        own_mask: Tensor | None,
        sentence: tuple[Tensor, Tensor],
        sentence_mask: Tensor,
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """New states and the keys and values of all steps so far."""
        normed = self.norms[0](states)
        keys, values = self.own.remember(normed)
        if past is not None:
            keys, values = torch.cat((past[0], keys), 2), torch.cat((past[1], values), 2)
        states = states + self.dropout(self.own(normed, (keys, values), own_mask))
        crossed = self.cross(self.norms[1](states), sentence, sentence_mask)
        states = states + self.dropout(crossed)
        states = states + self.dropout(self.feed_forward(self.norms[2](states)))
        return states, (keys, values)


@dataclass
class Memory:
    """What decoding needs of a batch.

    Word states (B, W, D), pointer keys and cross-attention memories, and the keys and values of
    the steps taken so far.
    """

    words: Tensor
    word_mask: Tensor
    pointer: Tensor
    piece_mask: Tensor
    cross: list[tuple[Tensor, Tensor]]
    past: list[tuple[Tensor, Tensor]] | None = None
    steps: int = 0

    def keep(self, rows: Tensor) -> None:
        """Forget all sentences but ``rows``."""

        def kept(pairs: list[tuple[Tensor, Tensor]]) -> list[tuple[Tensor, Tensor]]:
            return [(keys[rows], values[rows]) for keys, values in pairs]

        self.words, self.word_mask = self.words[rows], self.word_mask[rows]
        self.pointer, self.piece_mask = self.pointer[rows], self.piece_mask[rows]
        self.cross, self.past = kept(self.cross), kept(self.past or [])

    def forget(self, steps: int) -> None:
        """Forget all steps but so many."""
        past = self.past or []
        self.past = [(keys[:, :, :steps], values[:, :, :steps]) for keys, values in past]
        self.steps = steps


class ReaderNetwork(nn.Module):
    """Scores the next token given a sentence and the tokens so far.

    Token numbers: ``0 … closed - 1`` are the closed list, ``closed`` stands for the beginning
    and ``closed + 1 + w`` copies word ``w``.
    """

    def __init__(self, config: ReaderConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.encoder = Encoder(config)
        self.word_places = nn.Embedding(config.max_pieces, width)
        self.word_norm = nn.LayerNorm(width)
        self.closed = nn.Embedding(config.closed + 1, width)
        self.copied = nn.Linear(width, width)
        self.steps = nn.Embedding(config.max_steps, width)
        self.layers = nn.ModuleList(DecoderLayer(config) for _ in range(config.decoder_layers))
        self.norm = nn.LayerNorm(width)
        self.pointer_query = nn.Linear(width, width)
        self.pointer_key = nn.Linear(width, width)
        for embedding in (self.word_places, self.closed, self.steps):
            nn.init.normal_(embedding.weight, std=0.05)

    def read(self, batch: Batch) -> Memory:
        """Encode a batch of sentences."""
        states = self.encoder(batch.pieces)
        size, most = len(batch.words), int(batch.words.max())
        inside = batch.word_of_piece >= 0
        slots = batch.word_of_piece.clamp(min=0)
        summed = states.new_zeros(size, most, states.shape[2])
        kept = states * inside.unsqueeze(2)
        summed = summed.scatter_add(1, slots.unsqueeze(2).expand_as(kept), kept)
        counts = states.new_zeros(size, most).scatter_add(1, slots, inside.to(states.dtype))
        places = torch.arange(most, device=states.device)
        words = summed / counts.clamp(min=1).unsqueeze(2) + self.word_places(places)
        words = self.word_norm(words)
        return Memory(
            words=words,
            word_mask=places.unsqueeze(0) < batch.words.unsqueeze(1),
            pointer=self.pointer_key(words),
            piece_mask=(batch.pieces != 0)[:, None, None, :],
            cross=[layer.remember(states) for layer in self._decoder_layers()],
        )

    def _decoder_layers(self) -> list[DecoderLayer]:
        return [layer for layer in self.layers if isinstance(layer, DecoderLayer)]

    def forward(self, memory: Memory, tokens: Tensor) -> Tensor:
        """Log-probabilities (B, T, closed + 1 + W) of what follows each of ``tokens`` (B, T).

        ``tokens`` continue those of earlier calls with the same memory.
        """
        closed = self.config.closed
        copy = tokens > closed
        places = (tokens - closed - 1).clamp(min=0)
        width = memory.words.shape[2]
        copied = memory.words.gather(1, places.unsqueeze(2).expand(-1, -1, width))
        states = torch.where(
            copy.unsqueeze(2), self.copied(copied), self.closed(tokens.clamp(max=closed))
        )
        length = tokens.shape[1]
        steps = torch.arange(memory.steps, memory.steps + length, device=tokens.device)
        states = states + self.steps(steps)
        mask = None
        if length > 1:
            ones = torch.ones(length, memory.steps + length, dtype=torch.bool, device=tokens.device)
            mask = ones.tril(memory.steps)
        past: list[tuple[Tensor, Tensor]] = []
        for number, layer in enumerate(self._decoder_layers()):
            before = memory.past[number] if memory.past is not None else None
            states, kept = layer(states, before, mask, memory.cross[number], memory.piece_mask)
            past.append(kept)
        memory.past, memory.steps = past, memory.steps + length
        states = self.norm(states)
        listed = states @ self.closed.weight.T
        listed[:, :, closed] = float("-inf")
        pointed = self.pointer_query(states) @ memory.pointer.transpose(1, 2)
        pointed = pointed / width**0.5
        pointed = pointed.masked_fill(~memory.word_mask.unsqueeze(1), float("-inf"))
        return F.log_softmax(torch.cat((listed, pointed), dim=2), dim=2)
