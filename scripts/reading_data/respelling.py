"""Sentences written by hand, told again with other words in the same places.

Nouns, adjectives, verbs and given names are swapped for others in the same form, in the sentence
and in its clauses alike.  Only words that WordNet knows as one part of speech are touched, so the
sentence stays grammatical; whether it stays sensible does not matter to a reader that copies.
"""

from __future__ import annotations

import random
from functools import lru_cache

from lambada_bc import wording
from scripts.reading_data.closed_words import CLOSED_WORDS
from scripts.reading_data.example import Example, Said, Triple
from scripts.reading_data.lexicon import Lexicon, Noun, Verb, names, vocabulary
from scripts.reading_data.phrases import article
from scripts.reading_data.reserved import reserved

SWAPPED = 0.45
"""How often a word is swapped that need not be."""

Forms = tuple[str, ...]


def _forms(word: object) -> Forms:
    if isinstance(word, Verb):
        return (word.base, word.third, word.past, word.participle, word.gerund)
    return (word.one, word.many) if isinstance(word, Noun) else (str(word),)


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, Forms]]:
    """Each word form with its part of speech and all its forms; ambiguous forms are left out."""
    parts: dict[str, set[str]] = {}
    found: dict[str, tuple[str, Forms]] = {}
    for part, words in vocabulary(everything=True).items():
        for word in words:
            for form in _forms(word):
                parts.setdefault(form, set()).add(part)
                found[form] = (part, _forms(word))
    verbs = {"transitive", "intransitive"}
    return {
        form: entry
        for form, entry in found.items()
        if len(parts[form]) == 1 or parts[form] <= verbs
    }


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(names()[0])


class Respelling:
    """Draws from sentences written by hand."""

    def __init__(self, examples: list[Example], lexicon: Lexicon, chance: random.Random) -> None:
        self.examples, self.lexicon, self.c = examples, lexicon, chance

    def _other(self, part: str) -> Forms:
        lexicon = self.lexicon
        if part in ("person", "thing"):
            return _forms(lexicon.simple_noun(person=part == "person"))
        if part == "adjective":
            return (lexicon.adjective(),)
        return _forms(lexicon.transitive() if part == "transitive" else lexicon.intransitive())

    def _swaps(self, example: Example) -> dict[str, str]:
        """What each word form of the sentence and of its clauses becomes.

        Words that no clause takes up stay: they carry the structure (``provided``) or nothing.
        """
        swaps: dict[str, str] = {}
        copied = _copied(example)
        for place, word in enumerate(wording.tokenize(example.text)):
            lowered = word.lower()
            must = wording.lemma(lowered) in reserved()
            if lowered in swaps or wording.lemma(lowered) not in copied:
                continue
            if not must and self.c.random() > SWAPPED:
                continue
            if lowered in _known() and (place == 0 or word == lowered):
                part, forms = _known()[lowered]
                swaps |= dict(zip(forms, self._other(part), strict=False))
            elif place > 0 and word.istitle() and word in _given_names():
                swaps[lowered] = self.lexicon.first_name()
        return swaps

    def draw(self) -> Example:
        """One of the sentences in other words; sentences with reserved words always change."""
        while True:
            example = self.c.choice(self.examples)
            swaps = self._swaps(example)
            clauses = tuple(
                Said(
                    tuple(_literal(one, swaps) for one in clause.antecedents),
                    _literal(clause.consequent, swaps),
                )
                for clause in example.clauses
            )
            told = Example(_swapped(example.text, swaps), clauses, example.frame)
            if not _copied(told) & reserved():
                return told


def _copied(example: Example) -> frozenset[str]:
    """The lemmas of the words that the clauses take from the sentence."""
    literals = [x for clause in example.clauses for x in (*clause.antecedents, clause.consequent)]
    words = (word for x in literals for part in x[:2] for word in wording.tokenize(part))
    return frozenset(wording.lemma(word) for word in words if word not in CLOSED_WORDS)


def _literal(literal: Triple, swaps: dict[str, str]) -> Triple:
    return (_swapped(literal[0], swaps), _swapped(literal[1], swaps), literal[2])


def _swapped(text: str, swaps: dict[str, str]) -> str:
    """The text with its words swapped, *a* and *an* put right."""
    pieces: list[str] = []
    end = 0
    for word in wording.tokenize(text):
        start = text.replace("’", "'").index(word, end)
        pieces.append(text[end:start])
        new = swaps.get(word.lower())
        if new and len(pieces) > 1 and pieces[-2].lower() in ("a", "an"):
            small = article(new)
            pieces[-2] = small.capitalize() if pieces[-2][0].isupper() else small
        if new and word[0].isupper():
            new = new[0].upper() + new[1:]
        pieces.append(new or word)
        end = start + len(word)
    return "".join(pieces) + text[end:]
