"""The terms of a knowledge base: the predicates that its sentences use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lambada_bc import wording
from lambada_bc.modules.compact.subjects import things_in
from lambada_bc.statements import Clause, Literal, Statement


def stated_predicates(statements: Sequence[Statement]) -> frozenset[str]:
    """The predicates that facts state and rules conclude, of whatever subject.

    *Only members vote* concludes of voters that they are members, and yet does not say who is one.
    """
    said = {(one.sentence.id, _signed(one.clause)) for one in statements}
    return frozenset(
        predicate_key(one.clause.consequent)
        for one in statements
        if not one.presupposed
        and not (
            one.clause.consequent.positive
            and any((one.sentence.id, turned) in said for turned in _turned(one.clause))
        )
    )


_Signed = tuple[frozenset[Literal], Literal]


def _signed(clause: Clause) -> _Signed:
    return frozenset(clause.antecedents), clause.consequent


def _turned(clause: Clause) -> Iterator[_Signed]:
    """The clause with its conclusion and each of its conditions denied and changed round.

    A fact has only its denial.
    """
    then = clause.consequent.negated()
    if not clause.antecedents:
        yield frozenset(), then
    for required in clause.antecedents:
        yield frozenset({*clause.antecedents, then} - {required}), required.negated()


def are_two_terms(goal: Literal, stated: Literal, terms: Counter[str]) -> bool:
    """Whether the knowledge base uses both predicates, as terms of their own.

    A term that has all words of another is only a narrower one: a *permanent employee*.
    """
    one, two = predicate_key(goal), predicate_key(stated)
    is_narrower = set(one.split()) <= set(two.split())
    if "?" in one:
        two = _opened(stated)
    return not is_narrower and one != two and terms[one] > 1 and terms[two] > 1


def count_terms(statements: Sequence[Statement]) -> Counter[str]:
    """How many sentences use each predicate.

    What several sentences use is a term of the knowledge base, and two of its terms are two
    things: somebody who writes both "kind" and "nice" again and again means something by it.
    """
    used = {
        (key, one.sentence.id)
        for one in statements
        for literal in (*one.clause.antecedents, one.clause.consequent)
        for key in (predicate_key(literal), _opened(literal))
    }
    return Counter(predicate for predicate, _ in used)


@lru_cache(maxsize=1 << 16)
def _opened(literal: Literal) -> str:
    """The predicate with a variable for the one thing that it names: ``"sees Ana" -> "see ?1"``."""
    things = things_in(literal.predicate)
    opened = literal.predicate.replace(things[0], "?1") if len(things) == 1 else literal.predicate
    return wording.key(wording.words(opened))


@lru_cache(maxsize=1 << 16)
def predicate_key(literal: Literal) -> str:
    """The lemmas of a predicate: ``"chases the cats" -> "chase cat"``."""
    return wording.key(wording.words(literal.predicate))
