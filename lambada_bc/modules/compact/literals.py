"""What can be told of literals without a network: one alone, and two against each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from lambada_bc import wording
from lambada_bc.modules.compact.subjects import same_subject, things_in, told_from_elsewhere
from lambada_bc.modules.compact.terms import predicate_key
from lambada_bc.statements import Bindings, Literal, Statement

ABILITY = 0.8
"""How surely who does something can do it, unless the knowledge base says who can."""

DOING = 0.6
"""How surely who can do something does it, where the knowledge base never says who does."""

_PERMISSIONS = frozenset(
    {"may", "allow", "permit", "entitle", "authorise", "free", "welcome", "right"}
)


def align(goal: Literal, stated: Literal) -> Bindings | None:
    """What makes both literals ones about the same things, so that they can be compared.

    A variable left in one of their predicates stands for the one thing that the other names; a
    variable of what is stated alone may stand for the goal's subject (*prizes go to ?x*).
    """
    bindings = same_subject(goal, stated)
    if bindings is None:
        return None if "?" in goal.predicate else told_from_elsewhere(goal, stated)
    asked, said = goal.substitute(bindings), stated.substitute(bindings)
    free = [*asked.variables, *said.variables]
    if not free or asked.subject.startswith("?"):
        return bindings if set(free) <= set(goal.variables) else None
    one, other = (said, asked) if said.variables else (asked, said)
    things = things_in(_without_tail(other.predicate, one.predicate.partition(free[0])[2]))
    return {**bindings, free[0]: things[0]} if len(free) == len(things) == 1 else None


def _without_tail(predicate: str, tail: str) -> str:
    """``("enters the flat at any hour", " at any hour") -> "enters the flat"``"""
    return predicate.removesuffix(tail) if tail.strip() else predicate


def as_compared(stated: Literal, goal: Literal) -> tuple[Literal, Literal]:
    """What the comparer sees: of the same subject, only that something is said of it."""
    if same_subject(goal, stated) is None:
        return stated, goal
    return replace(stated, subject="it"), replace(goal, subject="it")


def says_the_same(stated: Literal, goal: Literal) -> bool:
    """Whether two literals say the same, signs aside, of what may be one subject."""
    same = predicate_key(stated) == predicate_key(goal)
    return same and same_subject(goal, stated) is not None


def ability(one: Literal, other: Literal, statement: Statement) -> float:
    """How surely the other atom holds if the first does, as who sings can sing and who can does."""
    if same_subject(one, other) is None:
        return 0.0
    if _permits(statement):
        return 0.0
    if _is_to_be_able(other, one):
        return ABILITY
    return DOING if _is_to_be_able(one, other) else 0.0


def _is_to_be_able(one: Literal, other: Literal) -> bool:
    """Whether the one is to be able to do the other."""
    modal, _, rest = one.predicate.partition(" ")
    return modal == "can" and wording.key(wording.words(rest)) == predicate_key(other)


def _permits(statement: Statement) -> bool:
    """Whether a sentence speaks of what one may do, which does not tell what one does."""
    said = [wording.lemma(word) for word in wording.tokenize(statement.sentence.text)]
    return not _PERMISSIONS.isdisjoint(said) or ("must", "not") in pairwise(said)


def is_of_another_thing(goal: Literal, stated: Literal) -> bool:
    """Whether only one definite thing sets them apart: *needs the dog*, *needs the lion*."""
    one, two = (wording.tokenize(literal.predicate) for literal in (goal, stated))
    start = 0
    while min(len(one), len(two)) > start and _is_same_word(one[start], two[start]):
        start += 1
    end = 0
    while min(len(one), len(two)) - start > end and one[-1 - end] == two[-1 - end]:
        end += 1
    first, second = one[start : len(one) - end], two[start : len(two) - end]
    if not (start and first and second):
        return False
    names = all(word[0].isupper() for word in (*first, *second))
    return names or (one[start - 1] == "the" and len(first) <= 2 and len(second) <= 2)


def _is_same_word(one: str, other: str) -> bool:
    """Whether two words differ in nothing but inflection."""
    return wording.lemma(one) == wording.lemma(other)


def is_in_name(said: Literal) -> bool:
    """Whether a class is stated of what is called so: *the cat is a cat*."""
    stated = {word.lemma for word in wording.words(said.predicate)[1:]}
    return is_class(said) and stated <= {word.lemma for word in wording.words(said.subject)}


def is_class(literal: Literal) -> bool:
    """Whether something is said to be one of a class: *is a dog*."""
    return literal.predicate.startswith(("is a ", "is an "))


def is_state(literal: Literal) -> bool:
    """Whether it is said what something is, not what it does."""
    return literal.predicate.startswith("is ")
