"""Words: how a text is cut into them, when two of them are the same, and how they are joined.

Nothing here decides what a sentence means; it only looks past case, articles and inflection
(lemmas from `simplemma <https://github.com/adbar/simplemma>`_), so that literals that differ in
nothing else meet under one key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import simplemma

from lambada_bc.word_forms import LEMMAS

ARTICLES = frozenset({"a", "an", "the", "any"})
"""With *any*, which is the indefinite article of what is denied or required: *has not any dog*."""
_MODALS = frozenset({"can", "must", "should", "may", "will", "shall", "could", "would", "might"})
_FORMS = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be",
    "has": "have", "had": "have", "having": "have", "does": "do", "did": "do",
    "people": "person", "n't": "not", "ca": "can", "wo": "will",
} | LEMMAS  # fmt: skip
_TOKEN = re.compile(
    r"\?\w+|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|\d+(?:[.,:/]\d+)*%?|[^\W_]+?(?=n['’]t\b)|[^\W_]+(?:[-.&][^\W_]+)*|[^\w\s]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Word:
    """A word of a literal: as written, with the article before it, and as compared."""

    surface: str
    lemma: str

    @property
    def is_variable(self) -> bool:
        """Whether the word is a variable such as ``?x``."""
        return self.lemma.startswith("?")


def tokenize(text: str) -> list[str]:
    """Cut a text into words and punctuation marks.

    ``"John's dog doesn't bark." -> ["John", "'s", "dog", "does", "n't", "bark", "."]``
    """
    return [token.replace("’", "'") for token in _TOKEN.findall(text)]


def untokenize(words: Sequence[str]) -> str:
    """The text of words and marks: ``["John", "'s", "dog"] -> "John's dog"``."""
    return re.sub(r" (?=['.,])", "", " ".join(words))


@lru_cache(maxsize=1 << 17)
def lemma(word: str) -> str:
    """The dictionary form of a word, in lower case: ``"Chased" -> "chase"``."""
    lowered = word.lower()
    if lowered.startswith("?") or not lowered.isalpha():
        return _FORMS.get(lowered, lowered)
    if lowered in _FORMS:
        return _FORMS[lowered]
    if simplemma.is_known(lowered, lang="en"):
        return simplemma.lemmatize(lowered, lang="en").lower()
    return _regular_singular(lowered)


def is_known(word: str) -> bool:
    """Whether a dictionary of English has the word or its lemma."""
    return any(simplemma.is_known(form, lang="en") for form in (word.lower(), lemma(word)))


def _regular_singular(word: str) -> str:
    """Strip a regular plural or third-person ending from a word that no dictionary knows."""
    if re.search(r"(s|x|z|ch|sh)es$", word):
        return word[:-2]
    if re.search(r"[^aeiou]ies$", word):
        return f"{word[:-3]}y"
    if re.search(r"[^sui]s$", word):
        return word[:-1]
    return word


@lru_cache(maxsize=1 << 16)
def words(text: str) -> tuple[Word, ...]:
    """The words of a literal; an article belongs to the word after it.

    ``"the cat is red" -> (Word("the cat", "cat"), Word("is", "be"), Word("red", "red"))``
    """
    found: list[Word] = []
    article = ""
    for token in tokenize(text):
        if token.lower() in ARTICLES:
            article = f"{token} "
            continue
        if not any(character.isalnum() for character in token):
            continue
        found.append(Word(f"{article}{token}", lemma(token)))
        article = ""
    if article:
        found.append(Word(article.strip(), article.strip().lower()))
    return tuple(found)


def key(literal: Iterable[Word]) -> str:
    """Lemmas joined by spaces, variables numbered in order of appearance.

    ``words("the cat chases ?y") -> "cat chase ?1"``
    """
    numbers: dict[str, str] = {}
    parts = []
    for word in literal:
        if word.is_variable:
            parts.append(numbers.setdefault(word.lemma, f"?{len(numbers) + 1}"))
        else:
            parts.append(word.lemma)
    return " ".join(parts)


def join(parts: Sequence[Word]) -> str:
    """The words as text; a possessive mark stays on its owner."""
    return " ".join(word.surface for word in parts).replace(" '", "'")


def substitute(text: str, bindings: Mapping[str, str]) -> str:
    """Replace the variables of a text: ``("likes ?x", {"?x": "Bob"}) -> "likes Bob"``."""
    return re.sub(r"\?\w+", lambda match: bindings.get(match.group(), match.group()), text)


def third_person(verb: str) -> str:
    """The third person singular of a verb: ``"carry" -> "carries"``."""
    if verb == "have":
        return "has"
    if verb == "be":
        return "is"
    if re.search(r"(s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def render(subject: str, predicate: str, positive: bool) -> str:
    """A literal as an English sentence without full stop, in the singular.

    ``("the dog", "chase the cat", False) -> "the dog does not chase the cat"``
    """
    first, _, rest = predicate.partition(" ")
    verb = lemma(first)
    if first.lower() == "must" and not positive:
        said = "does not have to"  # "Must not" forbids; it does not deny "must".
    elif first.lower() in _MODALS:
        said = first if positive else f"{first} not"
    elif verb == "be":
        said = "is" if positive else "is not"
    else:
        said = third_person(verb) if positive else f"does not {verb}"
    return " ".join(part for part in (subject, said, _one_of_a_class(rest)) if part)


def _one_of_a_class(rest: str) -> str:
    """After *a* or *an*, the noun in the singular: ``"a Bats" -> "a bat"``."""
    found = re.fullmatch(r"(an?) (.*?)(\w+)( of .+)?", rest)
    if found is None:
        return rest
    article, before, noun, after = found.groups()
    # A rule for plurals may have been read from "All bats are mammals", its words kept as written.
    # A gamer is no game: what only adds letters to its lemma is a plural if these say so.
    is_plural = noun.endswith(("s", "ren")) or not noun.lower().startswith(lemma(noun))
    single = lemma(noun) if is_plural and lemma(noun) != noun.lower() else noun
    first = (before or single)[0].lower()
    chosen = article if single == noun else "an" if first in "aeiou" else "a"
    return f"{chosen} {before}{single}{after or ''}"
