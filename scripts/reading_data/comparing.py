"""Pairs of statements with whether the first supports, contradicts or leaves open the second.

They come from WordNet (synonyms and hypernyms support, antonyms contradict, unrelated words do
neither) and from the NLI pairs of the training data; those written by hand are in
``scripts.reading_data.pairs``.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from wordfreq import zipf_frequency

from lambada_bc import wording
from scripts.reading_data.lexicon import Lexicon
from scripts.reading_data.pairs import CONTRADICTS, NEITHER, SUPPORTS, Pair, Whole, statement
from scripts.reading_data.phrases import Phrases, article
from scripts.reading_data.wordnet import Synset, synsets

HELD_OUT = 20

_DENIALS = frozenset(["not", "no", "never", "nobody", "nothing", "neither", "without", "cannot"])


def _predicate(part: str, word: str, rest: str) -> str:
    word = word.replace("_", " ")
    return {
        "adj": f"is {word}",
        "noun": f"is {article(word)} {word}",
        "verb": f"{word} {rest}".strip(),
    }[part]


def lexical(chance: random.Random) -> Iterator[Pair]:
    """Pairs from WordNet's relations, verbs with an object drawn for both sides."""
    phrases = Phrases(Lexicon(chance), chance)
    for part in ("adj", "noun", "verb"):
        known = {s.offset: s for s in synsets(part) if s.common}
        words = [word for synset in known.values() for word in synset.common]
        for synset in known.values():
            for one, two, label in _related(synset, known, words, chance):
                rest = phrases.noun_phrase() if part == "verb" and chance.random() < 0.7 else ""
                yield _predicate(part, one, rest), _predicate(part, two, rest), label


def _related(
    synset: Synset, known: dict[int, Synset], words: list[str], chance: random.Random
) -> Iterator[Pair]:
    """The words of a synset with their synonyms, hypernyms, antonyms and a stranger."""

    def one_of(other: Synset) -> str:
        return chance.choice(other.common)

    for one in synset.common:
        yield from ((one, two, SUPPORTS) for two in synset.common if two != one)
        yield one, chance.choice(words), NEITHER
    for up in (known[offset] for offset in synset.hypernyms if offset in known):
        above = one_of(up)
        yield one_of(synset), above, SUPPORTS
        yield above, one_of(synset), NEITHER
        for _, target, _ in up.antonyms:
            if target in known:
                yield one_of(synset), one_of(known[target]), CONTRADICTS
    for one, target, two in synset.antonyms:
        if target in known:
            yield from [(one, two, CONTRADICTS)] * 3
            yield from ((one, other, CONTRADICTS) for other in known[target].common)


_OPPOSITE = ("un", "in", "im", "ir", "il", "dis", "non")
_DETAILS = ("", "", "since May", "yet", "by anybody", "at all", "this year", "so far")


def prefixed(chance: random.Random) -> Iterator[Pair]:
    """``is not patched since May`` supports ``is unpatched``: what a prefix denies."""
    for synset in synsets("adj"):
        for word, _, other in synset.antonyms:
            if not word.endswith(other) or word.removesuffix(other) not in _OPPOSITE:
                continue
            detail = chance.choice(_DETAILS)
            denied = f"{chance.choice(('is not', 'is not', 'was never'))} {other} {detail}".strip()
            yield denied, f"is {word}", SUPPORTS
            yield f"is {word}", f"is not {other}", SUPPORTS
            yield f"is {word}", f"is {other}", CONTRADICTS
            yield denied, f"is {other}", CONTRADICTS


def structural(chance: random.Random, count: int) -> Iterator[Pair]:
    """Predicates that share words and still say something else, and equal ones."""
    phrases = Phrases(Lexicon(chance), chance)
    for _ in range(count):
        phrase, other = phrases.phrase(), phrases.phrase()
        verb = phrases.verb()
        yield phrase.canonical, other.canonical, NEITHER
        yield f"{verb.canonical}", f"can {verb.canonical}", NEITHER
        yield f"must {verb.canonical}", f"can {verb.canonical}", NEITHER
        assert verb.verb
        yield (
            f"{verb.verb.base} {phrases.noun_phrase()}",
            f"{verb.verb.base} {phrases.noun_phrase()}",
            NEITHER,
        )
        rest = phrases.noun_phrase()
        yield f"{verb.verb.base} {rest}", f"{phrases.lexicon.transitive().base} {rest}", NEITHER
        yield f"is {phrases.lexicon.adjective()}", f"is {phrases.lexicon.adjective()}", NEITHER


def sisters(chance: random.Random, count: int) -> Iterator[Pair]:
    """What is done to one thing is not done to another of its kind: *sees the lion*, *the tiger*.

    Nor is it done back, in this way or in another.
    """
    lexicon = Lexicon(chance)
    known = {s.offset: s for s in synsets("noun") if s.common}
    kinds: dict[int, list[str]] = {}
    for synset in known.values():
        for up in synset.hypernyms:
            kinds.setdefault(up, []).append(synset.common[0])
    families = [words for words in kinds.values() if len(set(words)) > 1]
    for _ in range(count):
        words = sorted(set(chance.choice(families)))
        one, two = (word.replace("_", " ") for word in chance.sample(words, 2))
        verb, other = lexicon.transitive(), lexicon.transitive()
        yield f"{verb.base} the {one}", f"{verb.base} the {two}", NEITHER
        yield f"{verb.base} the {one}", f"{other.base} the {two}", NEITHER
        said = f"the {one} {verb.third} the {two}"
        yield said, f"the {two} {chance.choice((verb, other)).third} the {one}", NEITHER
        yield said, f"the {one} {other.third} the {two}", NEITHER
        yield said, f"the {two} {other.third} the {two}", NEITHER


def with_detail(chance: random.Random, count: int) -> Iterator[Pair]:
    """Predicates with more detail support those with less, and not the other way round."""
    phrases = Phrases(Lexicon(chance), chance)
    lexicon = phrases.lexicon
    for _ in range(count):
        adjective, noun, verb = lexicon.adjective(), lexicon.noun(), lexicon.transitive()
        place = f"{chance.choice(('in', 'at', 'near', 'behind', 'after', 'with', 'for', 'from'))} {phrases.noun_phrase()}"
        number = chance.choice(("two", "three", "ten", "several", "12", "both", "many"))
        thing = phrases.noun_phrase()
        modified = f"{adjective} {noun.one}"
        full, short = chance.choice(
            (
                (f"is {article(modified)} {modified}", f"is {article(noun.one)} {noun.one}"),
                (f"is {article(modified)} {modified}", f"is {adjective}"),
                (f"{verb.base} {thing} {place}", f"{verb.base} {thing}"),
                (f"{verb.base} {thing} {place}", f"{verb.base} {thing}"),
                (f"is {verb.participle} {place}", f"is {verb.participle}"),
                (f"must be {verb.participle} {place}", f"must be {verb.participle}"),
                (f"{verb.base} {number} {noun.many} {place}", f"{verb.base} {noun.many}"),
                (
                    f"has {article(modified)} {modified} {place}",
                    f"has {article(noun.one)} {noun.one}",
                ),
                (f"has {number} {noun.many}", f"has {noun.many}"),
                (
                    f"is {article(noun.one)} {noun.one} {place}",
                    f"is {article(noun.one)} {noun.one}",
                ),
            )
        )
        yield full, short, SUPPORTS
        yield short, full, NEITHER


def shared_words(one: str, two: str) -> float:
    """The share of the shorter text's words, the frequent ones aside, that the other has too."""
    sides = [
        {wording.lemma(w) for w in wording.tokenize(text) if zipf_frequency(w, "en") < 6.0}
        for text in (one, two)
    ]
    return len(sides[0] & sides[1]) / max(1, min(map(len, sides)))


def everyday(folder: Path) -> Iterator[Pair]:
    """The shorter NLI pairs.

    Annotators of SNLI called two different doings of one person a contradiction, as of one moment;
    of a knowledge base that is not so.  Contradictions that share few words are taken as unrelated.
    """
    labels = {"entailment": SUPPORTS, "contradiction": CONTRADICTS, "neutral": NEITHER}
    with gzip.open(folder / "train" / "nli.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["label"] in labels and len(row["premise"].split()) < 16:
                label = labels[row["label"]]
                if label == CONTRADICTS:
                    shared = shared_words(row["premise"], row["hypothesis"])
                    if 0.4 <= shared < 0.6:
                        continue
                    label = CONTRADICTS if shared >= 0.6 else NEITHER
                yield row["premise"], row["hypothesis"], label


def is_held_out(text: str) -> bool:
    """Whether what is stated is for measuring only, whatever else there is."""
    return zlib.crc32(text.encode()) % HELD_OUT == 0


def signed(pair: Pair, chance: random.Random) -> Pair:
    """The pair as statements, some of them turned into what follows of their denials."""
    one, two, label = pair
    said = statement(one), statement(two)
    words = {word for text in said for word in wording.tokenize(text.lower())}
    roll = chance.random()
    whole = isinstance(one, Whole) or not all(text.startswith("it ") for text in said)
    if roll < 0.6 or words & _DENIALS or whole:
        return (*said, label)
    no_one, no_two = (wording.render("it", predicate, False) for predicate in (one, two))
    if label == SUPPORTS:
        return (no_two, said[0], CONTRADICTS) if roll < 0.8 else (no_one, said[1], NEITHER)
    if label == CONTRADICTS:
        return said[1], said[0], CONTRADICTS
    return (no_one, said[1], NEITHER) if roll < 0.7 else (*said, label)
