"""What a sentence about a thing of some kind says of each one of them.

An indefinite condition is met by any thing of its kind: whoever *watches a broken pump* watches
something that is a pump and broken.  Under a denial or a permission, it is said of every such
thing (*no pupil may ride a horse*, *members may bring guests*; Kamp, *Free choice permission*,
1973).  And what is said of *the keeper of ?y* is said of whoever is the keeper of ?y.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambada_bc import wording
from lambada_bc.statements import Clause, Literal

VARIABLES = ("?v", "?w")
"""What stands for the thing; the second for one by which the first is told."""

_ARTICLES = frozenset({"a", "an", "any", "another"})
_MODALS = frozenset({"can", "must", "should"})
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
    """The clauses, said of each thing of a kind that they speak of.

    ``"?x watches a broken pump → ?x is paid"`` gives
    ``"?x watches ?v and ?v is a pump and ?v is broken → ?x is paid"``.
    """
    found: dict[Clause, None] = {}
    for clause in clauses:
        first, second = VARIABLES
        for one in _of_conditions(clause, first):
            found.update(dict.fromkeys((one, *_of_conditions(one, second, about=first))))
        found.update(dict.fromkeys(_of_conclusion(clause, first)))
    return tuple(found)


def is_of_each(clause: Clause) -> bool:
    """Whether a clause concludes something about each thing of a kind."""
    return VARIABLES[0] in clause.consequent.predicate.split()


def _of_conditions(clause: Clause, new: str, about: str = "") -> Iterator[Clause]:
    """The clause with a condition about one thing of a kind in place of one about a kind.

    If ``about`` is given, only what is told of that thing is looked at.
    """
    for place, literal in enumerate(clause.antecedents):
        is_asked = literal.subject == about if about else literal.positive
        if is_asked and literal.predicate.split()[0] not in _MODALS:
            for opened, kind in _opened(literal, new):
                before, after = clause.antecedents[:place], clause.antecedents[place + 1 :]
                yield Clause((*before, opened, *kind, *after), clause.consequent)


def _of_conclusion(clause: Clause, new: str) -> Iterator[Clause]:
    """What a rule denies or permits of a kind, or says of whoever is described by its subject."""
    said = clause.consequent
    is_rule = bool(clause.antecedents) or "?" in said.subject
    if is_rule and (not said.positive or said.predicate.startswith("can ")):
        for opened, kind in _opened(said, new):
            yield Clause((*clause.antecedents, *kind), opened)
    if clause.antecedents and _describes(said.subject):
        whoever = Literal(new, f"is {said.subject}")
        yield Clause((*clause.antecedents, whoever), Literal(new, said.predicate, said.positive))


def _describes(subject: str) -> bool:
    """Whether a subject tells somebody by another: *the keeper of ?y*, *?y's deputy*."""
    first, *others = subject.split()
    if first.startswith("?"):
        return first.endswith("'s")
    return first.lower() == "the" and not {"of", "for"}.isdisjoint(others[1:])


def _opened(literal: Literal, new: str) -> Iterator[tuple[Literal, tuple[Literal, ...]]]:
    """The literal with a variable for a thing that it does not name, and what that thing is."""
    words = literal.predicate.split()
    verb = int(words[0] in _MODALS)
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
            predicate = " ".join((*words[:start], new, *words[at:]))
            yield Literal(literal.subject, predicate, literal.positive), _told(noun, new)


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


def _told(noun: Sequence[str], new: str) -> tuple[Literal, ...]:
    """What a thing is that a noun phrase speaks of: its class, and what tells it from others."""
    head, rest = _parts(noun)
    first = rest[0] if rest else ""
    one = [*head[:-1], _singular(head[-1])]
    told: list[Literal] = []
    if first == "of":
        one += rest
    elif len(one) > 1 and (one[0].endswith(_ADJECTIVAL) or one[0].startswith("un")):
        told.append(Literal(new, f"is {one.pop(0)}"))
    article = "an" if one[0][0].lower() in "aeiou" else "a"
    told.insert(0, Literal(new, f"is {article} {' '.join(one)}"))
    if first in ("with", "without"):
        told.append(Literal(new, f"has {' '.join(rest[1:])}", first == "with"))
    elif first in _WHO:
        told.append(Literal(new, " ".join(rest[1:])))
    elif first and first != "of":
        told.append(Literal(new, f"is {' '.join(rest)}"))
    return tuple(told)


def _singular(noun: str) -> str:
    return wording.lemma(noun) if noun.endswith("s") else noun
