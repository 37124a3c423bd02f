"""Whether two subjects may be the same thing, and what a subject's wording says of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from lambada_bc import wording
from lambada_bc.statements import Bindings, Clause, Literal
from lambada_bc.unification import unify

_DETERMINERS = frozenset(
    {"the", "this", "that", "these", "those", "my", "our", "your", "his", "her", "its", "their"}
)
MODALS = frozenset({"can", "must", "should"})
_INDEFINITE = frozenset({"a", "an", "some", "someone", "something", "it", "any"})
_PREPOSITIONS = frozenset(
    {"of", "in", "on", "at", "by", "near", "with", "from", "to", "for", "under", "behind", "inside",
     "beside", "next", "above", "below", "called", "named", "between", "after", "before", "who",
     "that", "which"}
)  # fmt: skip
_NUMBERS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
     "twelve", "first", "second", "third"}
)  # fmt: skip


def same_subject(goal: Literal, stated: Literal) -> Bindings | None:
    """How the subjects of two literals are made equal; None when they are different things.

    Besides unification, a name goes with a longer form of it (*Lund*, *Mr Lund*), a description
    with a fuller one (*the pear tree*, *the old pear tree by the gate*), and what is in or of a
    thing with what is the thing's own (*the meter in flat two*, *flat two's meter*).
    """
    for one, two in (
        (goal.subject, stated.subject),
        (_owned(goal.subject), _owned(stated.subject)),
    ):
        bindings = unify(Literal(one, "is it"), Literal(two, "is it"))
        if bindings is not None:
            return bindings
    if "?" in goal.subject + stated.subject:
        return None
    return {} if _may_be_called(goal.subject, stated.subject) else None


def _owned(subject: str) -> str:
    """What belongs to a thing, as its own: ``"the meter in flat two" -> "flat two's meter"``."""
    article, *words = subject.split()
    place = next((at for at, word in enumerate(words) if word in ("of", "in", "on", "at")), 0)
    if article.lower() != "the" or not 0 < place < len(words) - 1:
        return subject
    return f"{' '.join(words[place + 1 :])}'s {' '.join(words[:place])}"


def told_from_elsewhere(goal: Literal, stated: Literal) -> Bindings | None:
    """How a literal of another subject may bear on a goal all the same; None if it cannot.

    Everybody whom the goal names is spoken of in what is said of the other (*Ana's fee is paid*,
    *Ana pays her fee*); without a name, the goal's subject is (*the shed is let*, *Ben rents the
    shed*).  A rule that speaks of the goal's subject may do so of the one whom the goal names (*we
    start proceedings against ?x*, *proceedings are started against Ana*).  Or the goal is about
    nothing in particular: *a parent has signed*, or *fog comes down*, if fog is spoken of.
    """
    said, told = wording.words(goal.predicate), wording.words(stated.predicate)
    if "?" in goal.subject + stated.subject or not said or not told:
        return None
    first = wording.tokenize(goal.subject)[0]
    names = names_in(goal.predicate)
    if len(stated.variables) == len(names) == 1 and _speaks_of(stated, goal.subject):
        return {stated.variables[0]: names[0]}
    if first.lower() in _INDEFINITE:
        return None if stated.variables or _is_class(goal) else {}
    if first.islower() and first not in _DETERMINERS:
        return {} if not stated.variables and _is_about(stated, goal.subject) else None
    if _verb(said) == _verb(told) != "be":
        return None  # Ana chases Ben; it does not follow that Ben chases Ana.
    if len(stated.variables) == 1:
        return {stated.variables[0]: goal.subject}
    if stated.variables:
        return None
    whole = f" {wording.key(stated.words)} "
    sought = names_in(f"{_uncapitalized(goal.subject)} {goal.predicate}") or [head_of(goal.subject)]
    return {} if all(f" {wording.key(wording.words(one))} " in whole for one in sought) else None


def _verb(predicate: Sequence[wording.Word]) -> str:
    """What is done, whether it can, must or should be: *handle* of *must handle the cobra*."""
    lemmas = [word.lemma for word in predicate]
    return lemmas[1] if lemmas[0] in MODALS and len(lemmas) > 1 else lemmas[0]


def _is_about(stated: Literal, thing: str) -> bool:
    """Whether a literal speaks of a thing: *a thick fog is on the sea* of *fog*."""
    return head_of(thing) in {word.lemma for word in stated.words}


def _speaks_of(stated: Literal, thing: str) -> bool:
    """Whether a predicate speaks of a thing: *starts proceedings against ?x* of *Proceedings*."""
    return head_of(thing) in {word.lemma for word in wording.words(stated.predicate)}


def _uncapitalized(subject: str) -> str:
    """A description without the capital of a sentence's first word; a name as it is."""
    first, _, rest = subject.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in _DETERMINERS else subject


def names_in(predicate: str) -> list[str]:
    """The names in a predicate: ``"sends Mr Beck to Flat 3B" -> ["Mr Beck", "Flat 3B"]``."""
    words = wording.tokenize(predicate)
    return [wording.untokenize(words[start:end]) for start, end in _names(words)]


def _names(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where the names in a predicate begin and end."""
    found: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        follows = bool(found) and found[-1][1] == at
        if follows and (word[0].isupper() or word == "." or _is_number_of_name(words, at)):
            found[-1] = (found[-1][0], at + 1)
        elif word[0].isupper():
            found.append((at, at + 1))
    return [(start, end - (words[end - 1] == "." and end == len(words))) for start, end in found]


def _is_number_of_name(words: Sequence[str], at: int) -> bool:
    """Whether a number belongs to the name before it, not to what it counts: *gives Ana 3 pens*."""
    after = words[at + 1] if at + 1 < len(words) else ""
    counts = after.isalpha() and after.islower() and after not in _PREPOSITIONS
    return any(map(str.isdigit, words[at])) and not counts


def things_in(predicate: str) -> list[str]:
    """The named things in a predicate, or else what follows its last preposition, or its verb.

    ``"grows well on plot two" -> ["plot two"]``, ``"lent the red Fiat to Ana" -> ["the red Fiat",
    "Ana"]``.
    """
    tokens = wording.tokenize(predicate)
    if names := _names(tokens):
        return [_described(tokens, start, end) for start, end in names]
    words = predicate.split()
    verb = int(words[0] in MODALS)
    last = max((at for at, word in enumerate(words) if word in _PREPOSITIONS), default=verb)
    rest = " ".join(words[last + 1 :])
    return [rest] if rest else []


def _described(words: Sequence[str], start: int, end: int) -> str:
    """A name with the description that it is part of: *the old Fiat*, *the Fernhill account*."""
    first = start
    while first > 0 and words[first - 1].isalpha() and words[first - 1] not in _PREPOSITIONS:
        first -= 1
        if words[first] in _DETERMINERS:
            while end < len(words) and words[end].islower() and words[end] not in _PREPOSITIONS:
                end += 1
            return wording.untokenize(words[first:end])
    return wording.untokenize(words[start:end])


def _may_be_called(one: str, two: str) -> bool:
    """Whether all words of the shorter subject are in the longer one, its head among them.

    Of *Mr Lund's dog* and *Lund's dog*, owners and what they own are looked at one by one.
    """
    if "'s " in one and "'s " in two:
        (owner, _, owned), (other, _, thing) = one.rpartition("'s "), two.rpartition("'s ")
        same = wording.key(wording.words(owned)) == wording.key(wording.words(thing))
        return same and (owner == other or _may_be_called(owner, other))
    short, long = sorted((one, two), key=lambda text: len(wording.words(text)))
    few = [word.lemma for word in wording.words(short)]
    many = [word.lemma for word in wording.words(long)]
    if not few or not set(few) <= set(many):
        return False
    if all(word.surface[0].isupper() for word in wording.words(short)):
        return _is_name_with_title(long)
    if wording.tokenize(short)[0].lower() not in _DETERMINERS:
        return False
    return "'s" not in set(many) - set(few) and head_of(short) == head_of(long)


def _is_name_with_title(subject: str) -> bool:
    """Whether nothing but words that may go with a name stands before it: *little Mary Hale*."""
    words = [word.surface for word in wording.words(subject)]
    titles = list(takewhile(str.islower, words))
    names = words[len(titles) :]
    is_plain = _PREPOSITIONS.isdisjoint(titles) and "'s" not in titles
    return bool(names) and is_plain and all(name[0].isupper() for name in names)


def head_of(subject: str) -> str:
    """The noun that a description is about: ``"the old pear tree by the gate" -> "tree"``."""
    noun = _noun_phrase(subject)
    return wording.lemma(noun[-1]) if noun else subject


def _noun_phrase(subject: str) -> list[str]:
    """The words before the first preposition; after a possessive, what is possessed."""
    words = [word for word in wording.tokenize(subject) if word[0].isalnum() or word == "'s"]
    for place, word in enumerate(words):
        if place and word.lower() in _PREPOSITIONS:
            words = words[:place]
            break
    owners = words[:-1]
    if "'s" in owners:
        words = words[len(owners) - owners[::-1].index("'s") :]
    return words


def described(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """What definite subjects presuppose: *the old pear tree …* is an old pear tree.

    So are *Plot two* a plot and *Ana's mother* a mother.
    """
    stated = {clause.consequent.key for clause in clauses if not clause.antecedents}
    found: dict[str, Clause] = {}
    for clause in clauses:
        for literal in (*clause.antecedents, clause.consequent):
            said = called(literal.subject) if _kind(literal.subject) else None
            if said is not None and said.key not in stated:
                found.setdefault(said.key, Clause((), said))
    return tuple(found.values())


def called(subject: str) -> Literal | None:
    """What the very name of a thing says that it is: ``"Slugs" -> "Slugs is a slug"``."""
    kind = _kind(subject) or _class(subject)
    if not kind:
        return None
    return Literal(subject, f"is {'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}")


def _class(subject: str) -> str:
    """The singular of a class that a subject names: ``"Honorary members" -> "honorary member"``."""
    first, *words = _noun_phrase(subject) or [""]
    if first.lower() in ("a", "an"):
        return " ".join(words)
    last = [first, *words][-1].lower()
    one = wording.lemma(last)
    if one == last or first.lower() in _DETERMINERS or not wording.is_known(last):
        return ""
    return " ".join([*[first.lower(), *words][:-1], one]) if all(map(str.islower, words)) else ""


def presupposed(text: str, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """What a rule takes for granted of whatever meets its other conditions.

    *A player who is late is fined* is said of players: whoever is late is one.  That holds only
    of the noun that the sentence is about, not of *someone who is a player and late*.
    """
    found = []
    for clause in clauses:
        classes = [a for a in clause.antecedents if _is_class(a) and _is_topic(text, a)]
        others = tuple(a for a in clause.antecedents if a not in classes)
        for literal in classes:
            about = {"?x", literal.subject}
            if any(about & set(other.variables) for other in others):
                found.append(Clause(others, literal))
    return tuple(dict.fromkeys(found))


def _is_class(literal: Literal) -> bool:
    words = literal.predicate.split()
    return literal.positive and words[:1] == ["is"] and words[1:2] in (["a"], ["an"])


def _is_topic(text: str, literal: Literal) -> bool:
    """Whether the sentence names a class without saying of anybody that they belong to it."""
    noun = wording.words(literal.predicate)[-1].lemma
    lemmas = [wording.lemma(word) for word in wording.tokenize(text)]
    places = [place for place, lemma in enumerate(lemmas) if lemma == noun]
    before = [set(lemmas[max(0, place - 4) : place]) for place in places]
    return bool(places) and all("be" not in near for near in before)


def _kind(subject: str) -> str:
    words = wording.tokenize(subject)
    if "?" in subject or len(words) < 2:
        return ""
    noun = _noun_phrase(subject)
    if "'s" in words:
        return " ".join(noun) if noun != words and noun[-1].islower() else ""
    last = words[-1].lower()
    is_number = last in _NUMBERS or last[0].isdigit() or len(last) == 1
    if len(words) == 2 and words[0][0].isupper() and is_number:
        return words[0].lower() if wording.is_known(words[0]) else ""
    is_description = words[0].lower() in _DETERMINERS and all(map(str.islower, noun[1:]))
    return " ".join(noun[1:]) if is_description else ""
