"""The four modules over what the reader read.

Whatever two readings share word for word is settled by unification.  Where the subjects agree
and the predicates are worded differently, the comparer judges whether they mean the same or the
opposite.  It is asked only where the knowledge base leaves words unconnected: somebody who writes
both "kind" and "nice" in rules means two things by them (see :func:`_is_open_to_paraphrase`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lambada_bc import wording
from lambada_bc.modules.compact.comparer import Comparer
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
from lambada_bc.statements import Bindings, Literal, Statement
from lambada_bc.unification import unify

SURE = 0.8
"""The least probability at which a paraphrase counts: of held-out pairs above it 90 % are right."""


@dataclass(frozen=True)
class _Paraphrase:
    """A statement that settles a goal in other words: for it (``supports``) or against it."""

    statement: Statement
    bindings: Bindings
    supports: bool
    probability: float


class Judgements:
    """Fact check, rule selection, goal decomposition and sign agreement with one comparer."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer = comparer

    def check_facts(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        """The facts that settle each goal, stated in its words or in others."""
        answers = []
        for query in queries:
            exact = [match for fact in query.facts if (match := match_fact(query.goal, fact))]
            answers.append(exact or self._paraphrased_facts(query))
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
            answers.append(exact or self._paraphrased_rules(query))
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
        asked = _predicate_key(goal)
        if "?" in goal.predicate or asked in _stated(everything):
            return []
        required = _required(everything)
        about = [
            (statement, bindings)
            for statement in statements
            if "?" not in statement.clause.consequent.predicate
            and _is_open_to_paraphrase(asked, statement, required)
            and (bindings := _same_subject(goal, statement.clause.consequent)) is not None
        ]
        bearings = self._bearings(goal, [one.clause.consequent for one, _ in about])
        return [
            _Paraphrase(statement, bindings, supports, probability)
            for (statement, bindings), (supports, probability) in zip(about, bearings, strict=True)
            if probability >= SURE
        ]

    def _bearings(self, goal: Literal, stated: Sequence[Literal]) -> list[tuple[bool, float]]:
        """Whether each literal speaks for the goal's atom or against it, and how surely.

        A positive statement settles what it implies or excludes: a dog is an animal and no cat.
        A negative one excludes what would imply its atom: what is no animal is no dog.
        """
        pairs = [
            (one.predicate, goal.predicate) if one.positive else (goal.predicate, one.predicate)
            for one in stated
        ]
        found = []
        for literal, compared in zip(stated, self._comparer.compare(pairs), strict=True):
            if literal.positive and compared.supports >= compared.contradicts:
                found.append((True, compared.supports))
            elif literal.positive:
                found.append((False, compared.contradicts))
            else:
                found.append((False, compared.supports))
        return found

    def _decompose(self, goal: Literal, rule: Statement) -> Decomposition | None:
        if exact := decompose(goal, rule):
            return exact
        bindings = _same_subject(goal, rule.clause.consequent)
        return None if bindings is None else instantiate(goal, rule, bindings)

    def _compare_sign(self, goal: Literal, rule: Statement) -> SignMatch:
        consequent = rule.clause.consequent
        if unify(goal, consequent) is not None:
            return SignMatch(consequent.positive)
        ((supports, _),) = self._bearings(goal, [consequent])
        return SignMatch(supports)


def _same_subject(goal: Literal, stated: Literal) -> Bindings | None:
    """How the subjects of two literals are made equal."""
    return unify(Literal(goal.subject, "is it"), Literal(stated.subject, "is it"))


def _is_open_to_paraphrase(asked: str, statement: Statement, required: frozenset[str]) -> bool:
    """Whether a statement may settle a goal in other words.

    Not if the rules require both predicates: then they are two terms of the knowledge base.  A
    word that only the goal uses, or that only the statement uses, may stand for another.
    """
    return asked not in required or _predicate_key(statement.clause.consequent) not in required


def _stated(statements: Sequence[Statement]) -> frozenset[str]:
    """The predicates that facts state and rules conclude, of whatever subject."""
    return frozenset(_predicate_key(one.clause.consequent) for one in statements)


def _required(statements: Sequence[Statement]) -> frozenset[str]:
    """The predicates that rules have among their antecedents."""
    return frozenset(
        _predicate_key(literal) for one in statements for literal in one.clause.antecedents
    )


def _predicate_key(literal: Literal) -> str:
    return wording.key(wording.words(literal.predicate))
