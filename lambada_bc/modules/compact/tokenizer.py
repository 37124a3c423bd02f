"""Sentences as batches of word pieces, with the word that each piece belongs to.

Each text is split by itself: to hand a few to the tokenizer's threads takes longer than they do.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from lambada_bc.modules.compact.network import Batch

CLASSIFY, SEPARATE = 101, 102
"""BERT's numbers for the pieces that begin and end a text."""

MOST_WORDS = 120
MOST_PIECES = 200


def load_tokenizer(pieces: Sequence[str]) -> Tokenizer:
    """BERT's lower-casing word-piece tokenizer over its vocabulary."""
    numbered = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(numbered, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def to_batch(tokenizer: Tokenizer, sentences: Sequence[Sequence[str]], multiple: int = 1) -> Batch:
    """Sentences, each a list of words, as one batch; overlong ones are cut.

    They are padded to a multiple of so many pieces.
    """
    encoded = [
        tokenizer.encode(words[:MOST_WORDS], is_pretokenized=True, add_special_tokens=False)
        for words in map(list, sentences)
    ]
    rows = [
        (
            [CLASSIFY, *encoding.ids[:MOST_PIECES], SEPARATE],
            [-1, *(-1 if w is None else w for w in encoding.word_ids[:MOST_PIECES]), -1],
        )
        for encoding in encoded
    ]
    return Batch(
        pieces=_padded([ids for ids, _ in rows], 0, multiple),
        word_of_piece=_padded([of for _, of in rows], -1, multiple),
        words=torch.tensor([max(of) + 1 for _, of in rows]),
    )


def to_pairs(
    tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]], multiple: int = 1
) -> tuple[torch.Tensor, torch.Tensor]:
    """Pairs of texts as BERT has them: pieces and segments, both (B, P), 0 for padding.

    They are padded to a multiple of so many pieces.
    """
    first = [tokenizer.encode(one, add_special_tokens=False) for one, _ in pairs]
    second = [tokenizer.encode(two, add_special_tokens=False) for _, two in pairs]
    most = MOST_PIECES // 2
    rows = []
    for one, two in zip(first, second, strict=True):
        left = [CLASSIFY, *one.ids[:most], SEPARATE]
        right = [*two.ids[:most], SEPARATE]
        rows.append((left + right, [0] * len(left) + [1] * len(right)))
    return (
        _padded([ids for ids, _ in rows], 0, multiple),
        _padded([segments for _, segments in rows], 0, multiple),
    )


def _padded(rows: Sequence[list[int]], filler: int, multiple: int) -> torch.Tensor:
    """Rows of numbers, all as long as the longest or a little longer."""
    longest = -(-max(map(len, rows)) // multiple) * multiple
    return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])
