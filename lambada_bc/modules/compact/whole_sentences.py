"""Facts held against a goal as they are written, where the reader is unsure how to take them apart.

LAMBADA's own fact check asks a language model of whole sentences (Kazemi et al. 2023, §3.1).  Ours
compares what the reader read, which is quick and exact; what it misread is lost, though.  So a
sentence that it was unsure of is compared with the goal as it stands, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from lambada_bc import wording
from lambada_bc.modules.compact.comparer import Comparison, sentence_of
from lambada_bc.modules.compact.subjects import head_of, names_in
from lambada_bc.modules.interface import FactMatch, FactQuery
from lambada_bc.statements import Literal, Statement

DOUBTFUL = 0.97
"""The reader's probability of a sentence below which it is also taken whole."""

SURE = {True: 0.7, False: 0.7}
"""The least probabilities at which a whole sentence supports a goal (True) or contradicts it."""


class ComparesSentences(Protocol):
    """What judges pairs of sentences; :class:`~lambada_bc.modules.compact.comparer.Comparer`."""

    def compare_sentences(self, pairs: Sequence[tuple[str, str]]) -> list[Comparison]:
        """How each first sentence bears on the second."""
        ...


class WholeSentences:
    """Fact check over sentences as they are written."""

    def __init__(self, comparer: ComparesSentences, sure: Mapping[bool, float] = SURE) -> None:
        self._comparer = comparer
        self._sure = sure

    def settling(self, queries: Sequence[FactQuery]) -> list[list[FactMatch]]:
        """The facts whose sentence settles each goal."""
        facts = [doubtful_facts(query) for query in queries]
        pairs = [
            (one.sentence.text, sentence_of(query.goal))
            for query, found in zip(queries, facts, strict=True)
            for one in found
        ]
        compared = iter(self._comparer.compare_sentences(pairs))
        return [
            [match for fact in found if (match := self._match(fact, next(compared)))]
            for found in facts
        ]

    def _match(self, fact: Statement, bearing: Comparison) -> FactMatch | None:
        supports = bearing.supports >= bearing.contradicts
        probability = max(bearing.supports, bearing.contradicts)
        if probability < self._sure[supports]:
            return None
        return FactMatch(fact, supports, {}, probability, exact=False)


def doubtful_facts(query: FactQuery) -> list[Statement]:
    """A statement of each doubtful sentence that tells facts only, and of the goal's subject.

    A goal with a variable asks for a name, which a comparison does not give.
    """
    if query.goal.variables:
        return []
    with_rules = {rule.sentence.id for rule in query.rules if not rule.presupposed}
    found: dict[str, Statement] = {}
    for fact in query.facts:
        if (
            fact.probability < DOUBTFUL
            and not fact.presupposed
            and fact.sentence.id not in with_rules
            and _speaks_of(fact.sentence.text, query.goal)
        ):
            known = found.setdefault(fact.sentence.id, fact)
            if (
                known.clause.consequent.subject
                != query.goal.subject
                == fact.clause.consequent.subject
            ):
                found[fact.sentence.id] = fact
    return list(found.values())


def _speaks_of(text: str, goal: Literal) -> bool:
    """Whether a sentence names a goal's subject, or has the noun that it is about.

    Nor may a goal name anybody else whom the sentence does not.
    """
    said = {word.lemma for word in wording.words(text)}
    named = {word.lemma for one in names_in(goal.predicate) for word in wording.words(one)}
    sought = names_in(goal.subject) or [head_of(goal.subject)]
    is_about = any(word.lemma in said for one in sought for word in wording.words(one))
    return is_about and named <= said
