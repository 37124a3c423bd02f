"""Vocabularies: WordNet words by frequency, names of many countries, and invented words.

WordNet 3.0 (Princeton; free licence) is read from the files of Debian's ``wordnet-base``;
frequencies come from ``wordfreq`` and inflections from ``lemminflect``.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from faker import Faker
from lemminflect import getInflection
from wordfreq import zipf_frequency

from scripts.reading_data.reserved import reserved
from scripts.reading_data.wordnet import synsets

_PEOPLE, _ANIMALS, _THINGS, _PLANTS, _FOOD, _GROUPS, _TEXTS = 18, 5, 6, 20, 13, 14, 10
_LOCALES = ("en_US", "en_GB", "en_IN", "en_NG", "fr_FR", "de_DE", "es_ES", "it_IT", "pl_PL",
            "nl_NL", "sv_SE", "pt_BR", "tr_TR", "fi_FI", "id_ID")  # fmt: skip
_COMMON_ADJECTIVES = [
    "big",
    "small",
    "kind",
    "red",
    "blue",
    "green",
    "white",
    "young",
    "old",
    "rough",
    "cold",
    "hot",
    "nice",
    "quiet",
    "round",
    "smart",
    "furry",
    "sad",
    "happy",
    "tall",
    "short",
    "strong",
    "weak",
    "rich",
    "poor",
    "clever",
    "brave",
    "calm",
    "tired",
    "hungry",
    "angry",
    "lazy",
    "funny",
    "fast",
    "slow",
    "heavy",
    "light",
    "clean",
    "dirty",
    "loud",
    "bright",
    "dark",
    "wet",
    "dry",
    "sick",
    "healthy",
    "safe",
    "busy",
    "gentle",
    "proud",
    "polite",
    "rude",
    "honest",
    "loyal",
    "shy",
    "wise",
    "wild",
    "ready",
    "broken",
    "empty",
    "full",
    "new",
    "expensive",
    "cheap",
    "dangerous",
    "useful",
    "visible",
    "active",
    "valid",
    "late",
    "early",
    "open",
    "closed",
    "ill",
    "blind",
    "deaf",
    "bored",
    "charming",
]


@dataclass(frozen=True)
class Verb:
    """A verb and its forms."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


@dataclass(frozen=True)
class Noun:
    """A count noun and its plural."""

    one: str
    many: str
    person: bool


def _usable(word: str, least: float, everything: bool) -> bool:
    return (
        word.isalpha()
        and word.islower()
        and len(word) > 2
        and zipf_frequency(word, "en") > least
        and (everything or word not in reserved())
    )


def _inflect(word: str, tag: str) -> str:
    forms = getInflection(word, tag)
    return str(forms[0]) if forms else word


def _verb(base: str) -> Verb:
    return Verb(base, *(_inflect(base, tag) for tag in ("VBZ", "VBD", "VBN", "VBG")))


@lru_cache(maxsize=2)
def vocabulary(*, everything: bool = False) -> dict[str, list]:  # type: ignore[type-arg]
    """Words by part of speech; ``everything`` takes in those that are reserved."""
    nouns: dict[str, Noun] = {}
    for synset in synsets("noun"):
        file = synset.file
        if file not in (_PEOPLE, _ANIMALS, _THINGS, _PLANTS, _FOOD, _GROUPS, _TEXTS):
            continue
        for name in synset.words:
            if name not in nouns and _usable(name, 2.6, everything):
                plural = _inflect(name, "NNS")
                if plural != name:
                    nouns[name] = Noun(name, plural, file == _PEOPLE)
    adjectives = {
        name
        for synset in synsets("adj")
        for name in synset.words
        if _usable(name, 2.8, everything) and not name.endswith(("er", "est"))
    }
    transitive, intransitive = set(), set()
    for synset in synsets("verb"):
        for name in synset.words[:2]:
            if not _usable(name, 3.0, everything) or name in (
                "be",
                "have",
                "can",
                "must",
                "need",
                "will",
                "do",
            ):
                continue
            if synset.frames & {"08", "09", "11"}:
                transitive.add(name)
            if synset.frames & {"01", "02"}:
                intransitive.add(name)
    return {
        "person": [n for n in nouns.values() if n.person],
        "thing": [n for n in nouns.values() if not n.person],
        "adjective": sorted(adjectives),
        "transitive": [_verb(v) for v in sorted(transitive)],
        "intransitive": [_verb(v) for v in sorted(intransitive)],
    }


@lru_cache(maxsize=1)
def names() -> tuple[list[str], list[str]]:
    """Given names and family names."""
    first, last = set(), set()
    for locale in _LOCALES:
        faker = Faker(locale)
        faker.seed_instance(0)
        for _ in range(400):
            first.add(faker.first_name())
            last.add(faker.last_name())
    fine = lambda name: name.isalpha() and len(name) > 2  # noqa: E731
    return sorted(filter(fine, first)), sorted(filter(fine, last))


class Lexicon:
    """Draws words; every tenth word of each list belongs to the held-out split only."""

    def __init__(self, chance: random.Random, *, held_out: bool = False) -> None:
        self._chance = chance
        self._held_out = held_out

    def _draw(self, words: list):  # type: ignore[no-untyped-def, type-arg]
        if self._held_out:
            return self._chance.choice(words[::10])
        while True:
            place = self._chance.randrange(len(words))
            if place % 10 and self._common(words[place]):
                return words[place]

    def _common(self, word: object) -> bool:
        """Whether to take a word: common ones always, rare ones now and then."""
        text = word if isinstance(word, str) else word.base if isinstance(word, Verb) else word.one  # type: ignore[attr-defined]
        return zipf_frequency(text, "en") > 3.6 or not text.islower() or self._chance.random() < 0.3

    def _invented(self) -> str:
        c = self._chance
        body = "".join(
            c.choice("bcdfgklmnprstvwz") + c.choice("aeiou") for _ in range(c.randint(1, 2))
        )
        return (
            c.choice(["", "b", "st", "gr", "br", "y"])
            + body
            + c.choice(
                ["mpus", "rpus", "lfish", "x", "rn", "ble", "nk", "ket", "lor", "dle", "zen", "sk"]
            )
        )

    def adjective(self) -> str:
        """An adjective."""
        roll = self._chance.random()
        if roll < 0.4:
            return self._draw([word for word in _COMMON_ADJECTIVES if word not in reserved()])
        return (
            self._invented() + self._chance.choice(["y", "ic", ""])
            if roll > 0.95
            else self._draw(vocabulary()["adjective"])
        )

    def noun(self, *, person: bool | None = None) -> Noun:
        """A count noun; a person, a thing, or either.  Some are compounds: ``fire door``."""
        if person is None:
            person = self._chance.random() < 0.5
        roll = self._chance.random()
        if roll < 0.08:
            word = self._invented()
            ending = "es" if word.endswith(("s", "x", "sh", "ch", "z")) else "s"
            return Noun(word, word + ending, person)
        head: Noun = self._draw(vocabulary()["person" if person else "thing"])
        if roll < 0.2:
            first: Noun = self._draw(vocabulary()["thing"])
            return Noun(f"{first.one} {head.one}", f"{first.one} {head.many}", person)
        if roll < 0.25:
            whole: Noun = self._draw(vocabulary()["thing"])
            return Noun(f"{head.one} of {whole.one}", f"{head.many} of {whole.one}", person)
        return head

    def simple_noun(self, *, person: bool) -> Noun:
        """A count noun of one word."""
        found: Noun = self._draw(vocabulary()["person" if person else "thing"])
        return found

    def transitive(self) -> Verb:
        """A verb with an object."""
        return self._draw(vocabulary()["transitive"])

    def intransitive(self) -> Verb:
        """A verb without an object."""
        return self._draw(vocabulary()["intransitive"])

    def first_name(self) -> str:
        """A given name."""
        return self._draw(names()[0])

    def last_name(self) -> str:
        """A family name."""
        return self._draw(names()[1])
