"""The four modules over what the reader read.

Whatever two readings share word for word is settled by unification.  Where the subjects agree
and the predicates are worded differently, the comparer judges whether they mean the same or the
opposite.  It is asked only where the knowledge base leaves words unconnected (see :func:`_terms`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from lambada_bc import wording
from lambada_bc.modules.compact.comparer import Comparison
from lambada_bc.modules.compact.subjects import called, same_subject, things_in, told_from_elsewhere
from lambada_bc.modules.interface import (
    Application,
    Decomposition,
    FactMatch,
    FactQuery,
    RuleMatch,
    RuleQuery,
    SignMatch,
)
from lambada_bc.modules.structure import decompose, instantiate, match_fact
from lambada_bc.statements import OWN_NAME, Bindings, Clause, Literal, Sentence, Statement
from lambada_bc.unification import unify

SURE = {True: 0.35, False: 0.5}
"""The least probabilities at which a paraphrase supports a goal (True) or contradicts it."""

QUITE_SURE = 0.9
"""The same where the knowledge base states or concludes the goal's predicate in its own words."""

ABILITY = 0.8
"""How surely who does something can do it, unless the knowledge base says who can."""

DOING = 0.6
"""How surely who can do something does it, where the knowledge base never says who does."""

_PERMISSIONS = frozenset(
    {"may", "allow", "permit", "entitle", "authorise", "free", "welcome", "right"}
)

NEVER = math.inf


@dataclass(frozen=True)
class _Paraphrase:
    """A statement that settles a goal in other words: for it (``supports``) or against it."""

    statement: Statement
    bindings: Bindings
    supports: bool
    probability: float


class Compares(Protocol):
    """What judges pairs of literals; :class:`~lambada_bc.modules.compact.comparer.Comparer`."""

    def compare(self, pairs: Sequence[tuple[Literal, Literal]]) -> list[Comparison]:
        """How each first literal bears on the second."""
        ...


class Judgements:
    """Fact check, rule selection, goal decomposition and sign agreement with one comparer.

    ``sure`` says how probable a paraphrase must be that supports a goal (True) or contradicts it.
    """

    def __init__(self, comparer: Compares, sure: Mapping[bool, float] = SURE) -> None:
        self._comparer = comparer
        self._sure = sure

    def check_facts(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        """The facts that settle each goal, stated in its words or in others."""
        answers = []
        for asked in queries:
            query = replace(asked, facts=(*asked.facts, *_own_name(asked.goal)))
            exact = [match for fact in query.facts if (match := match_fact(query.goal, fact))]
            answers.append(exact + self._paraphrased_facts(query))
        return answers

    def select_rules(self, queries: Sequence[RuleQuery]) -> list[list[RuleMatch]]:
        """The rules whose consequent says something of the goal, in its words or in others."""
        answers = []
        for query in queries:
            exact = [
                RuleMatch(rule)
                for rule in query.rules
                if unify(query.goal, rule.clause.consequent) is not None
            ]
            answers.append(exact + self._paraphrased_rules(query))
        return answers

    def decompose_goals(self, applications: Sequence[Application]) -> list[Decomposition | None]:
        """What each rule needs, under the match of its consequent with the goal."""
        return [self._decompose(one.goal, one.rule) for one in applications]

    def compare_signs(self, applications: Sequence[Application]) -> list[SignMatch]:
        """Whether each rule speaks for its goal's atom."""
        return [self._compare_sign(one.goal, one.rule) for one in applications]

    def _paraphrased_facts(self, query: FactQuery) -> list[FactMatch]:
        found = [
            FactMatch(
                one.statement,
                one.supports,
                {variable: one.bindings[variable] for variable in query.goal.variables},
                one.probability,
                exact=False,
            )
            for one in self._paraphrases(query.goal, query.facts, query.rules)
        ]
        return sorted(found, key=lambda match: -match.probability)

    def _paraphrased_rules(self, query: RuleQuery) -> list[RuleMatch]:
        found = [
            RuleMatch(one.statement, one.probability, exact=False)
            for one in self._paraphrases(query.goal, query.rules, query.facts)
        ]
        return sorted(found, key=lambda match: -match.probability)

    def _paraphrases(
        self, goal: Literal, statements: Sequence[Statement], others: Sequence[Statement]
    ) -> list[_Paraphrase]:
        """Statements about the goal's subject that the comparer is sure settle it."""
        everything = (*statements, *others)
        terms = _terms(everything)
        about = [
            (statement, bindings)
            for statement in statements
            if not _are_two_terms(goal, stated := statement.clause.consequent, terms)
            and (bindings := _match(goal, stated)) is not None
            and unify(goal, stated) is None
        ]
        is_stated = _predicate_key(goal) in _stated(everything)
        return [
            _Paraphrase(statement, bindings, supports, probability)
            for (statement, bindings), (supports, probability) in zip(
                about, self._bearings(goal, about), strict=True
            )
            if probability
            >= self._needed(
                goal.substitute(bindings),
                statement.clause.consequent.substitute(bindings),
                supports,
                is_stated,
            )
        ]

    def _bearings(
        self, goal: Literal, about: Sequence[tuple[Statement, Bindings]]
    ) -> list[tuple[bool, float]]:
        """Whether each statement speaks for the goal's atom or against it, and how surely.

        A denial excludes what would imply what is denied: who gets no prize wins none.  What is
        stated contradicts a goal only as far as the goal contradicts what is stated, too.
        """
        told = [
            (one.clause.consequent.substitute(bindings), goal.substitute(bindings))
            for one, bindings in about
        ]
        pairs = [_pair(one, asked) for one, asked in told]
        ahead = self._comparer.compare(pairs)
        turned = [
            (asked, said.atom())
            for (said, asked), found in zip(pairs, ahead, strict=True)
            if not said.positive or found.contradicts >= found.supports
        ]
        back = iter(self._comparer.compare(turned))
        found = []
        for (statement, _), (one, asked), comparison in zip(about, told, ahead, strict=True):
            supports, contradicts = comparison.supports, comparison.contradicts
            if not one.positive:
                contradicts = max(next(back).supports, _ability(asked, one.atom(), statement))
            else:
                if contradicts >= supports:
                    contradicts = min(contradicts, next(back).contradicts)
                supports = max(supports, _ability(one, asked, statement))
            if _says_the_same(one, asked):
                supports, contradicts = float(one.positive), float(not one.positive)
            found.append((supports >= contradicts, max(supports, contradicts)))
        return found

    def _needed(self, goal: Literal, said: Literal, supports: bool, is_stated: bool) -> float:
        """How probable a paraphrase must be to count.

        That somebody is something does not deny what is said of another, nor what the knowledge
        base says in so many words; only a denial does.  Nor does what somebody is deny what they
        do, nor what they are called what they are, nor one doing the same done to another.
        """
        of_another = _is_of_another_thing(goal, said)
        if (
            not supports
            and said.positive
            and (
                is_stated
                or of_another
                or same_subject(goal, said) is None
                or (_is_class(said) and not _is_state(goal))
                or (_is_in_name(said) and not _is_class(goal))
            )
        ):
            return NEVER
        return max(QUITE_SURE if is_stated or of_another else 0.0, self._sure[supports])

    def _decompose(self, goal: Literal, rule: Statement) -> Decomposition | None:
        if exact := decompose(goal, rule):
            return exact
        bindings = _match(goal, rule.clause.consequent)
        return None if bindings is None else instantiate(goal, rule, bindings)

    def _compare_sign(self, goal: Literal, rule: Statement) -> SignMatch:
        consequent = rule.clause.consequent
        if unify(goal, consequent) is not None:
            return SignMatch(consequent.positive)
        bindings = _match(goal, consequent) or {}
        ((supports, _),) = self._bearings(goal, [(rule, bindings)])
        return SignMatch(supports)


def _own_name(goal: Literal) -> tuple[Statement, ...]:
    """What the name of the goal's subject says of it, which no sentence has to state."""
    said = called(goal.subject)
    if said is None or not _is_state(goal):
        return ()
    return (Statement(OWN_NAME, Sentence(OWN_NAME, f"{said}."), Clause((), said)),)


def _match(goal: Literal, stated: Literal) -> Bindings | None:
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


def _pair(stated: Literal, goal: Literal) -> tuple[Literal, Literal]:
    """What the comparer sees: of the same subject, only that something is said of it."""
    if same_subject(goal, stated) is None:
        return stated, goal
    return replace(stated, subject="it"), replace(goal, subject="it")


def _stated(statements: Sequence[Statement]) -> frozenset[str]:
    """The predicates that facts state and rules conclude, of whatever subject."""
    return frozenset(
        _predicate_key(one.clause.consequent) for one in statements if not one.presupposed
    )


def _says_the_same(stated: Literal, goal: Literal) -> bool:
    """Whether two literals say the same, signs aside, of what may be one subject."""
    same = _predicate_key(stated) == _predicate_key(goal)
    return same and same_subject(goal, stated) is not None


def _ability(one: Literal, other: Literal, statement: Statement) -> float:
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
    return modal == "can" and wording.key(wording.words(rest)) == _predicate_key(other)


def _permits(statement: Statement) -> bool:
    """Whether a sentence speaks of what one may do, which does not tell what one does."""
    said = {wording.lemma(word) for word in wording.tokenize(statement.sentence.text)}
    return not _PERMISSIONS.isdisjoint(said)


def _is_of_another_thing(goal: Literal, stated: Literal) -> bool:
    """Whether only one definite thing sets them apart: *needs the dog*, *needs the lion*."""
    one, two = (wording.tokenize(literal.predicate) for literal in (goal, stated))
    start = 0
    while min(len(one), len(two)) > start and one[start].lower() == two[start].lower():
        start += 1
    end = 0
    while min(len(one), len(two)) - start > end and one[-1 - end] == two[-1 - end]:
        end += 1
    first, second = one[start : len(one) - end], two[start : len(two) - end]
    if not (start and first and second):
        return False
    names = all(word[0].isupper() for word in (*first, *second))
    return names or (one[start - 1] == "the" and len(first) <= 2 and len(second) <= 2)


def _is_in_name(said: Literal) -> bool:
    """Whether a class is stated of what is called so: *the cat is a cat*."""
    stated = {word.lemma for word in wording.words(said.predicate)[1:]}
    return _is_class(said) and stated <= {word.lemma for word in wording.words(said.subject)}


def _is_class(literal: Literal) -> bool:
    return literal.predicate.startswith(("is a ", "is an "))


def _is_state(literal: Literal) -> bool:
    return literal.predicate.startswith("is ")


def _are_two_terms(goal: Literal, stated: Literal, terms: Counter[str]) -> bool:
    """Whether the knowledge base uses both predicates, as terms of their own.

    A term that has all words of another is only a narrower one: a *permanent employee*.
    """
    one, two = _predicate_key(goal), _predicate_key(stated)
    is_narrower = set(one.split()) <= set(two.split())
    if "?" in one:
        two = _opened(stated)
    return not is_narrower and one != two and terms[one] > 1 and terms[two] > 1


def _terms(statements: Sequence[Statement]) -> Counter[str]:
    """How many sentences use each predicate.

    What several sentences use is a term of the knowledge base, and two of its terms are two
    things: somebody who writes both "kind" and "nice" again and again means something by it.
    """
    used = {
        (key, one.sentence.id)
        for one in statements
        for literal in (*one.clause.antecedents, one.clause.consequent)
        for key in (_predicate_key(literal), _opened(literal))
    }
    return Counter(predicate for predicate, _ in used)


def _opened(literal: Literal) -> str:
    """The predicate with a variable for the one thing that it names: ``"sees Ana" -> "see ?1"``."""
    things = things_in(literal.predicate)
    opened = literal.predicate.replace(things[0], "?1") if len(things) == 1 else literal.predicate
    return wording.key(wording.words(opened))


def _predicate_key(literal: Literal) -> str:
    return wording.key(wording.words(literal.predicate))
