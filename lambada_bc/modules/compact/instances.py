"""What a rule denies or permits of a kind, said of each thing of that kind.

*No pupil may ride a horse* speaks of every horse, *members may bring guests* of every guest: under
a denial or a permission an indefinite is general (Kamp, *Free choice permission*, 1973).  Opening
conditions, too (*whoever watches a broken pump*), made searches of some knowledge bases endless.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambada_bc import wording
from lambada_bc.modules.compact.subjects import MODALS
from lambada_bc.statements import Clause, Literal

VARIABLE = "?v"
"""What stands for the thing."""

_ARTICLES = frozenset({"a", "an", "any", "another"})
_STATES = frozenset({"is", "be", "are", "has", "have", "as", "become"})
"""What is or has a thing is not told apart from the kind of that thing."""
_ELSEWHERE = frozenset(
    {"in", "on", "at", "by", "near", "from", "to", "for", "under", "behind", "inside", "into",
     "onto", "between", "after", "before", "during", "until", "within", "through", "over", "below",
     "above", "about", "against", "than", "as", "and", "or"}
)  # fmt: skip
_WHO = frozenset({"that", "which", "who"})
_OF_ITS_OWN = frozenset({"with", "without", "of", *_WHO})
"""What follows a noun and still tells what kind of thing it is."""
_NO_KIND = frozenset(
    {"the", "this", "that", "these", "those", "my", "our", "your", "his", "her", "its", "their",
     "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "more", "less",
     "most", "all", "both", "each", "every"}
)  # fmt: skip
_ADJECTIVAL = ("able", "ible", "al", "ful", "less", "ous", "ive", "ic", "ed", "en", "ing", "ary",
               "ent", "ant", "y")  # fmt: skip
_LONGEST = 8
"""Words of a noun phrase; a longer one is no kind of thing."""


def instances(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The rules that deny or permit something of a kind, said of each thing of it.

    ``"?x is a pupil → ?x can not ride a tall horse"`` gives
    ``"?x is a pupil and ?v is a horse and ?v is tall → ?x can not ride ?v"``.
    """
    return tuple(dict.fromkeys(one for clause in clauses for one in _of_each(clause)))


def is_of_each(clause: Clause) -> bool:
    """Whether a clause concludes something about each thing of a kind."""
    return VARIABLE in clause.consequent.predicate.split()


def _of_each(clause: Clause) -> Iterator[Clause]:
    said = clause.consequent
    is_rule = bool(clause.antecedents) or "?" in said.subject
    if is_rule and (not said.positive or said.predicate.startswith("can ")):
        for opened, kind in _opened(said):
            yield Clause((*clause.antecedents, *kind), opened)


def _opened(literal: Literal) -> Iterator[tuple[Literal, tuple[Literal, ...]]]:
    """The literal with a variable for a thing that it does not name, and what that thing is."""
    words = literal.predicate.split()
    verb = int(words[0] in MODALS)
    at = verb + 1
    while at < len(words):
        start, before = at, words[at - 1]
        at += 1
        has_article = words[start] in _ARTICLES
        begins = has_article or start == verb + 1 or before in _ELSEWHERE
        if not begins or before in _STATES or words[start] in _ELSEWHERE:
            continue
        phrase = words[start + has_article :]
        noun = phrase[: _end(phrase, is_last=before in _ELSEWHERE)]
        if _is_kind(noun, has_article):
            at = start + has_article + len(noun)
            predicate = " ".join((*words[:start], VARIABLE, *words[at:]))
            yield Literal(literal.subject, predicate, literal.positive), _told(noun)


def _end(phrase: Sequence[str], *, is_last: bool) -> int:
    """Where a noun phrase ends: before what tells where, when or how something is done."""
    for at, word in enumerate(phrase):
        if at and (word in _WHO or _is_participle(phrase, at)):
            return len(phrase)
        if at and word in _ELSEWHERE and not is_last:
            return at
    return len(phrase)


def _is_participle(phrase: Sequence[str], at: int) -> bool:
    """Whether a word begins what is told of the noun before it: *released under a licence*."""
    follows = phrase[at + 1] if at + 1 < len(phrase) else ""
    is_verb = wording.lemma(phrase[at]) != phrase[at] and not phrase[at].endswith("s")
    return is_verb and follows in _ELSEWHERE | _ARTICLES | {"the", "with"}


def _is_kind(noun: Sequence[str], has_article: bool) -> bool:
    """Whether words are a noun phrase that any thing of a kind may answer to."""
    if not 0 < len(noun) <= _LONGEST or any("?" in word for word in noun):
        return False
    head, rest = _parts(noun)
    if len(rest) == 1 or rest[:1] == ["whose"]:
        return False
    if has_article:
        return True
    if not all(word[0].islower() for word in head) or head[0] in _NO_KIND:
        return False
    is_plural = head[-1].endswith("s") and wording.lemma(head[-1]) != head[-1]
    return is_plural or (bool(rest) and rest[0] not in _ELSEWHERE | {"of"})


def _parts(noun: Sequence[str]) -> tuple[list[str], list[str]]:
    """A noun phrase up to its noun, and what follows."""
    for at in range(1, len(noun)):
        after_noun = noun[at] in _ELSEWHERE | _OF_ITS_OWN | {"whose"} or _is_participle(noun, at)
        if after_noun:
            return list(noun[:at]), list(noun[at:])
    return list(noun), []


def _told(noun: Sequence[str]) -> tuple[Literal, ...]:
    """What a thing is that a noun phrase speaks of: its class, and what tells it from others."""
    head, rest = _parts(noun)
    first = rest[0] if rest else ""
    one = [*head[:-1], _singular(head[-1])]
    told: list[Literal] = []
    if first == "of":
        one += rest
    elif len(one) > 1 and (one[0].endswith(_ADJECTIVAL) or one[0].startswith("un")):
        told.append(Literal(VARIABLE, f"is {one.pop(0)}"))
    article = "an" if one[0][0].lower() in "aeiou" else "a"
    told.insert(0, Literal(VARIABLE, f"is {article} {' '.join(one)}"))
    if first in ("with", "without"):
        told.append(Literal(VARIABLE, f"has {' '.join(rest[1:])}", first == "with"))
    elif first in _WHO:
        told.append(Literal(VARIABLE, " ".join(rest[1:])))
    elif first and first != "of":
        told.append(Literal(VARIABLE, f"is {' '.join(rest)}"))
    return tuple(told)


def _singular(noun: str) -> str:
    return wording.lemma(noun) if noun.endswith("s") else noun
