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
from functools import cached_property
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

OF_A_GUESS = 0.7
"""The same where what is said in other words is only a second reading of its sentence."""

NEVER = math.inf


@dataclass(frozen=True)
class _Paraphrase:
    """A statement that settles a goal in other words: for it (``supports``) or against it."""

    statement: Statement
    bindings: Bindings
    supports: bool
    probability: float


@dataclass(frozen=True)
class _Pair:
    """A statement held against a goal, their subjects made equal by ``bindings``."""

    goal: Literal
    statement: Statement
    bindings: Bindings

    @cached_property
    def asked(self) -> Literal:
        """The goal under the bindings."""
        return self.goal.substitute(self.bindings)

    @cached_property
    def said(self) -> Literal:
        """What the statement says or concludes under the bindings."""
        return self.statement.clause.consequent.substitute(self.bindings)


_Question = tuple[Literal, Sequence[Statement], Sequence[Statement]]
"""A goal, the statements that may settle it, and the others that it is compared with."""


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
        named = [replace(one, facts=(*one.facts, *_own_name(one.goal))) for one in queries]
        return [
            [match for fact in query.facts if (match := match_fact(query.goal, fact))] + others
            for query, others in zip(named, self._in_other_words(named), strict=True)
        ]

    def select_rules(self, queries: Sequence[RuleQuery]) -> list[list[RuleMatch]]:
        """The rules whose consequent says something of the goal, in its words or in others.

        Those about each thing of a kind only answer goals about somebody: where a goal asks who it
        is, every pair of two things would be tried.
        """
        plain = [
            replace(one, rules=tuple(rule for rule in one.rules if not is_of_each(rule.clause)))
            if one.goal.variables
            else one
            for one in queries
        ]
        return [
            [
                RuleMatch(rule)
                for rule in query.rules
                if unify(query.goal, rule.clause.consequent) is not None
            ]
            + others
            for query, others in zip(plain, self._paraphrased_rules(plain), strict=True)
        ]

    def decompose_goals(self, applications: Sequence[Application]) -> list[Decomposition | None]:
        """What each rule needs, under the match of its consequent with the goal."""
        return [self._decompose(one.goal, one.rule) for one in applications]

    def compare_signs(self, applications: Sequence[Application]) -> list[SignMatch]:
        """Whether each rule speaks for its goal's atom."""
        return [self._compare_sign(one.goal, one.rule) for one in applications]

    def _in_other_words(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        answers = self._paraphrased_facts(queries)
        if self._whole is not None:
            for found, more in zip(answers, self._whole.settling(queries), strict=True):
                known = {match.fact.sentence.id for match in found}
                found += [match for match in more if match.fact.sentence.id not in known]
        return [sorted(found, key=lambda match: -match.probability) for found in answers]

    def _paraphrased_facts(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        found = self._paraphrases([(query.goal, query.facts, query.rules) for query in queries])
        return [
            [
                FactMatch(
                    one.statement,
                    one.supports,
                    {variable: one.bindings[variable] for variable in query.goal.variables},
                    one.probability,
                    exact=False,
                )
                for one in paraphrases
            ]
            for query, paraphrases in zip(queries, found, strict=True)
        ]

    def _paraphrased_rules(self, queries: Sequence[RuleQuery]) -> list[list[RuleMatch]]:
        found = self._paraphrases([(query.goal, query.rules, query.facts) for query in queries])
        return [
            sorted(
                (RuleMatch(one.statement, one.probability, exact=False) for one in paraphrases),
                key=lambda match: -match.probability,
            )
            for paraphrases in found
        ]

    def _paraphrases(self, questions: Sequence[_Question]) -> list[list[_Paraphrase]]:
        """The statements that the comparer is sure settle each goal, asked about in one batch."""
        about = [_about(*one) for one in questions]
        bearings = iter(self._bearings([pair for pairs in about for pair in pairs]))
        found = []
        for (goal, statements, others), pairs in zip(questions, about, strict=True):
            is_stated = predicate_key(goal) in stated_predicates((*statements, *others))
            found.append(
                [
                    _Paraphrase(pair.statement, pair.bindings, supports, probability)
                    for pair, (supports, probability) in zip(pairs, bearings, strict=False)
                    if probability >= self._needed(pair, supports, is_stated)
                ]
            )
        return found

    def _bearings(self, about: Sequence[_Pair]) -> list[tuple[bool, float]]:
        """Whether each statement speaks for its goal's atom or against it, and how surely.

        A denial excludes what would imply what is denied: who gets no prize wins none.  What is
        stated contradicts a goal only as far as the goal contradicts what is stated, too, which
        need not be asked where neither is sure enough.
        """
        pairs = [as_compared(one.said, one.asked) for one in about]
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
        for pair, (said, asked) in zip(about, pairs, strict=True):
            ahead = compared[said, asked]
            back = compared.get((asked, said.atom()), ahead)
            if pair.said.positive:
                supports = max(ahead.supports, ability(pair.said, pair.asked, pair.statement))
                contradicts = min(ahead.contradicts, back.contradicts)
            else:
                denied = pair.said.atom()
                supports = ahead.supports
                contradicts = max(back.supports, ability(pair.asked, denied, pair.statement))
            if says_the_same(pair.said, pair.asked):
                supports, contradicts = float(pair.said.positive), float(not pair.said.positive)
            found.append((supports >= contradicts, max(supports, contradicts)))
        return found

    def _compared(
        self, pairs: Sequence[tuple[Literal, Literal]]
    ) -> dict[tuple[Literal, Literal], Comparison]:
        return dict(zip(pairs, self._comparer.compare(pairs), strict=True))

    def _needed(self, pair: _Pair, supports: bool, is_stated: bool) -> float:
        """How probable a paraphrase must be to count.

        That somebody is something does not deny what the knowledge base says in so many words;
        only a denial does.  Nor does what somebody is deny what they do, nor what they are called
        what they are, nor one doing the same done to another.
        """
        goal, said = pair.asked, pair.said
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
        return max(
            QUITE_SURE if is_doubtful else 0.0,
            OF_A_GUESS if pair.statement.guessed else 0.0,
            self._sure[supports],
        )

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
        ((supports, _),) = self._bearings([_Pair(goal, rule, bindings)])
        return SignMatch(supports)


def _about(
    goal: Literal, statements: Sequence[Statement], others: Sequence[Statement]
) -> list[_Pair]:
    """The statements of the goal's subject in other words than the goal's.

    What a rule says of each thing of a kind it says in its own words only: *can not ride ?v* would
    be a paraphrase of too much.
    """
    terms = count_terms((*statements, *others))
    return [
        _Pair(goal, one, bindings)
        for one in statements
        if not is_of_each(one.clause)
        and not are_two_terms(goal, stated := one.clause.consequent, terms)
        and (bindings := align(goal, stated)) is not None
        and unify(goal, stated) is None
    ]


def _own_name(goal: Literal) -> tuple[Statement, ...]:
    """What the name of the goal's subject says of it, which no sentence has to state.

    A name tells what class a thing is of, and nothing else.
    """
    said = called(goal.subject)
    if said is None or not is_class(goal):
        return ()
    return (Statement(OWN_NAME, Sentence(OWN_NAME, f"{said}."), Clause((), said)),)
