"""What else a sentence may say, where the reader is unsure.

The likeliest reading of a sentence is often not the right one while the right one is close behind.
Where the reader hesitates most, its other choice is taken and the reading goes on from there: the
first step from the best solution to the k best (Lawler, Management Science 1972).  Each clause
that only second readings have counts for the share of all readings found that have it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lambada_bc.modules.compact.decoding import Decoded, Turn
from lambada_bc.statements import Clause

DIGITS = 3
"""Digits of a probability that count here."""

UNSURE = 0.98
"""The reader's probability of a sentence below which it is read again."""

MOST_TURNS = 12
"""The most second readings of a sentence."""

LEAST_SHARE = 0.003
"""The least share of the readings for a clause to count."""

MOST_GUESSES = 6
"""The most clauses of second readings that count; a search over more may take long."""


def turns_of(first: Decoded) -> list[Turn]:
    """Where a reading may have gone wrong, the likeliest first; none where it is sure enough."""
    # Padding moves the last digits; nothing must depend on them.
    if round(first.probability, DIGITS) >= UNSURE:
        return []
    ranked = sorted(first.turns, key=lambda turn: (-round(turn.probability, DIGITS), turn.tokens))
    return ranked[:MOST_TURNS]


def guesses(first: Decoded, others: Sequence[Decoded]) -> tuple[tuple[Clause, float], ...]:
    """The clauses that only second readings have, the likeliest first, each with its share.

    Left out is what speaks of a thing that no condition speaks of (a misreading, nine times of
    ten), what needs only part of a first reading's conditions, and what only turns its sign.
    """
    readings = dict.fromkeys((first, *others))
    total = sum(one.probability for one in readings) or 1.0
    shares: dict[_Key, float] = {}
    worded: dict[_Key, Clause] = {}
    for one in readings:
        for key, clause in {_key(clause): clause for clause in one.clauses}.items():
            shares[key] = shares.get(key, 0.0) + one.probability / total
            worded.setdefault(key, clause)
    known = [_key(clause) for clause in first.clauses]
    found = [
        (worded[key], rounded)
        for key, share in shares.items()
        if (rounded := round(share, DIGITS)) >= LEAST_SHARE
        and _is_bound(worded[key])
        and not any(_covers(one, key) for one in known)
    ]
    return tuple(sorted(found, key=lambda one: (-one[1], str(one[0])))[:MOST_GUESSES])


_Key = tuple[frozenset[tuple[str, bool]], str, bool]
"""A clause up to word forms and the order of its conditions."""


def _key(clause: Clause) -> _Key:
    conditions = frozenset((one.key, one.positive) for one in clause.antecedents)
    return conditions, clause.consequent.key, clause.consequent.positive


def _is_bound(clause: Clause) -> bool:
    named = {variable for one in clause.antecedents for variable in one.variables}
    return named.issuperset(clause.consequent.variables)


def _covers(known: _Key, key: _Key) -> bool:
    """Whether a clause is a known one, perhaps of the other sign, or without some conditions."""
    if known[0] == key[0]:
        return known[1] == key[1]
    return known[1:] == key[1:] and key[0] < known[0]
