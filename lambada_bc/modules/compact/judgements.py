"""The four modules over what the reader read.

Whatever two readings share word for word is settled by unification.  Where the subjects agree
and the predicates are worded differently, the comparer judges whether they mean the same or the
opposite.  It is asked only where the knowledge base leaves words unconnected
(see :func:`~lambada_bc.modules.compact.terms.are_two_terms`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from lambada_bc.modules.compact.comparer import Comparison
from lambada_bc.modules.compact.instances import is_of_each
from lambada_bc.modules.compact.literals import (
    ability,
    align,
    as_compared,
    is_class,
    is_in_name,
    is_of_another_thing,
    is_state,
    says_the_same,
)
from lambada_bc.modules.compact.subjects import called, same_subject
from lambada_bc.modules.compact.terms import (
    are_two_terms,
    count_terms,
    predicate_key,
    stated_predicates,
)
from lambada_bc.modules.compact.whole_sentences import WholeSentences
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

SURE = {True: 0.23, False: 0.22}
"""The least probabilities at which a paraphrase supports a goal (True) or contradicts it."""

QUITE_SURE = 0.95
"""The same where the knowledge base states or concludes the goal's predicate in its own words, or
denies the goal by what it says of something else."""

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

    ``sure`` says how probable a paraphrase must be that supports a goal (True) or contradicts it;
    ``whole`` also looks at sentences that the reader was unsure of.
    """

    def __init__(
        self,
        comparer: Compares,
        sure: Mapping[bool, float] = SURE,
        whole: WholeSentences | None = None,
    ) -> None:
        self._comparer = comparer
        self._sure = sure
        self._whole = whole

    def check_facts(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        """The facts that settle each goal, stated in its words or in others."""
        answers = []
        for asked in queries:
            query = replace(asked, facts=(*asked.facts, *_own_name(asked.goal)))
            exact = [match for fact in query.facts if (match := match_fact(query.goal, fact))]
            answers.append(exact + self._in_other_words(query))
        return answers

    def select_rules(self, queries: Sequence[RuleQuery]) -> list[list[RuleMatch]]:
        """The rules whose consequent says something of the goal, in its words or in others.

        Those about each thing of a kind only answer goals about somebody: where a goal asks who it
        is, every pair of two things would be tried.
        """
        answers = []
        for asked in queries:
            query = asked
            if asked.goal.variables:
                plain = tuple(rule for rule in asked.rules if not is_of_each(rule.clause))
                query = replace(asked, rules=plain)
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

    def _in_other_words(self, query: FactQuery) -> list[FactMatch]:
        found = self._paraphrased_facts(query)
        if self._whole is not None:
            known = {match.fact.sentence.id for match in found}
            more = self._whole.settling(query)
            found += [match for match in more if match.fact.sentence.id not in known]
        return sorted(found, key=lambda match: -match.probability)

    def _paraphrased_facts(self, query: FactQuery) -> list[FactMatch]:
        return [
            FactMatch(
                one.statement,
                one.supports,
                {variable: one.bindings[variable] for variable in query.goal.variables},
                one.probability,
                exact=False,
            )
            for one in self._paraphrases(query.goal, query.facts, query.rules)
        ]

    def _paraphrased_rules(self, query: RuleQuery) -> list[RuleMatch]:
        found = [
            RuleMatch(one.statement, one.probability, exact=False)
            for one in self._paraphrases(query.goal, query.rules, query.facts)
        ]
        return sorted(found, key=lambda match: -match.probability)

    def _paraphrases(
        self, goal: Literal, statements: Sequence[Statement], others: Sequence[Statement]
    ) -> list[_Paraphrase]:
        """Statements about the goal's subject that the comparer is sure settle it.

        What a rule says of each thing of a kind it says in its own words only: *can not ride ?v*
        would be a paraphrase of too much.
        """
        everything = (*statements, *others)
        terms = count_terms(everything)
        about = [
            (statement, bindings)
            for statement in statements
            if not is_of_each(statement.clause)
            and not are_two_terms(goal, stated := statement.clause.consequent, terms)
            and (bindings := align(goal, stated)) is not None
            and unify(goal, stated) is None
        ]
        is_stated = predicate_key(goal) in stated_predicates(everything)
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
        stated contradicts a goal only as far as the goal contradicts what is stated, too, which
        need not be asked where neither is sure enough.
        """
        told = [
            (one.clause.consequent.substitute(bindings), goal.substitute(bindings))
            for one, bindings in about
        ]
        pairs = [as_compared(one, asked) for one, asked in told]
        denials = [(asked, said.atom()) for said, asked in pairs if not said.positive]
        compared = self._compared([*pairs, *denials])
        least = min(self._sure.values())
        doubted = [
            (asked, said)
            for said, asked in pairs
            if said.positive
            and (ahead := compared[said, asked]).contradicts >= max(ahead.supports, least)
        ]
        compared |= self._compared(doubted)
        found = []
        for (statement, _), (one, asked), (said, it_asked) in zip(about, told, pairs, strict=True):
            ahead = compared[said, it_asked]
            back = compared.get((it_asked, said.atom()), ahead)
            if one.positive:
                supports = max(ahead.supports, ability(one, asked, statement))
                contradicts = min(ahead.contradicts, back.contradicts)
            else:
                supports = ahead.supports
                contradicts = max(back.supports, ability(asked, one.atom(), statement))
            if says_the_same(one, asked):
                supports, contradicts = float(one.positive), float(not one.positive)
            found.append((supports >= contradicts, max(supports, contradicts)))
        return found

    def _compared(
        self, pairs: Sequence[tuple[Literal, Literal]]
    ) -> dict[tuple[Literal, Literal], Comparison]:
        return dict(zip(pairs, self._comparer.compare(pairs), strict=True))

    def _needed(self, goal: Literal, said: Literal, supports: bool, is_stated: bool) -> float:
        """How probable a paraphrase must be to count.

        That somebody is something does not deny what the knowledge base says in so many words;
        only a denial does.  Nor does what somebody is deny what they do, nor what they are called
        what they are, nor one doing the same done to another.
        """
        of_another = is_of_another_thing(goal, said)
        denies = not supports and said.positive
        if denies and (
            is_stated
            or of_another
            or (is_class(said) and not is_state(goal))
            or (is_in_name(said) and not is_class(goal))
        ):
            return NEVER
        is_doubtful = is_stated or of_another or (denies and same_subject(goal, said) is None)
        return max(QUITE_SURE if is_doubtful else 0.0, self._sure[supports])

    def _decompose(self, goal: Literal, rule: Statement) -> Decomposition | None:
        if exact := decompose(goal, rule):
            return exact
        bindings = align(goal, rule.clause.consequent)
        return None if bindings is None else instantiate(goal, rule, bindings)

    def _compare_sign(self, goal: Literal, rule: Statement) -> SignMatch:
        consequent = rule.clause.consequent
        if unify(goal, consequent) is not None:
            return SignMatch(consequent.positive)
        bindings = align(goal, consequent) or {}
        ((supports, _),) = self._bearings(goal, [(rule, bindings)])
        return SignMatch(supports)


def _own_name(goal: Literal) -> tuple[Statement, ...]:
    """What the name of the goal's subject says of it, which no sentence has to state.

    A name tells what class a thing is of, and nothing else.
    """
    said = called(goal.subject)
    if said is None or not is_class(goal):
        return ()
    return (Statement(OWN_NAME, Sentence(OWN_NAME, f"{said}."), Clause((), said)),)
