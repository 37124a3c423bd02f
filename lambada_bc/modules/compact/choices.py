"""Two literals of which one holds, or of which one requires the other, and the clauses they mean.

*Ana is in or out*: unless she is in she is out, and the other way round.  *Only members vote*:
who votes is a member, and who is no member does not vote.  A sentence says it once; a rule is
wanted for each direction, since backward chaining does not turn rules round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from lambada_bc.statements import Clause, Literal

Conjunction = tuple[Literal, ...]


class Link(Enum):
    """How two literals hang together."""

    OR = "at least one holds"
    XOR = "exactly one holds"
    ONLY = "the first holds only if the second does"


@dataclass(frozen=True)
class Choice:
    """Under the conditions of ``body``, ``one`` and ``other`` are linked."""

    body: Conjunction
    one: Literal
    link: Link
    other: Literal

    def clauses(self) -> tuple[Clause, ...]:
        """Every rule that it stands for."""
        one, other, body = self.one, self.other, self.body
        if self.link is Link.ONLY:
            one = one.negated()
        found = [Clause((*body, one.negated()), other), Clause((*body, other.negated()), one)]
        if self.link is Link.XOR:
            found += [Clause((*body, one), other.negated()), Clause((*body, other), one.negated())]
        if self.link is Link.ONLY:
            found.reverse()
        return tuple(found)


def put_together(clauses: Sequence[Clause]) -> list[Clause | Choice]:
    """The clauses in order, those that make up a choice replaced by it."""
    left = list(dict.fromkeys(clauses))
    found: list[Clause | Choice] = []
    while left:
        meant = {_Unordered.of(clause): clause for clause in left}
        for choice in _choices(left[0]):
            wanted = [_Unordered.of(clause) for clause in choice.clauses()]
            if len(set(wanted)) == len(wanted) and all(one in meant for one in wanted):
                found.append(choice)
                used = {meant[one] for one in wanted}
                left = [clause for clause in left if clause not in used]
                break
        else:
            found.append(left.pop(0))
    return found


def _choices(clause: Clause) -> Iterator[Choice]:
    """What choices the clause may be the first rule of, the strongest first."""
    for place in reversed(range(len(clause.antecedents))):
        body = clause.antecedents[:place] + clause.antecedents[place + 1 :]
        condition, consequent = clause.antecedents[place], clause.consequent
        if not condition.positive and consequent.positive:
            yield Choice(body, condition.negated(), Link.XOR, consequent)
            yield Choice(body, condition.negated(), Link.OR, consequent)
        elif condition.positive:
            yield Choice(body, condition, Link.ONLY, consequent)
        else:
            yield Choice(body, consequent.negated(), Link.ONLY, condition.negated())


def either_way(
    alternatives: Sequence[Conjunction],
) -> tuple[Conjunction, Literal, Literal] | None:
    """What two alternatives share and the two literals of which exactly one holds in each."""
    if len(alternatives) != 2:
        return None
    first, second = alternatives
    shared = tuple(literal for literal in first if literal in second)
    own = [literal for literal in first if literal not in second]
    turned = {literal.negated() for literal in second if literal not in first}
    if len(own) != 2 or len(first) != len(second) or turned != set(own):
        return None
    held = [literal for literal in own if literal.positive]
    denied = [literal for literal in own if not literal.positive]
    return (shared, held[0], denied[0].negated()) if held and denied else None


def as_doings(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses, a choice between two things that one can do told as one between doing them.

    *She can either rest or run, but not both*: if she rests she does not run.
    """
    found: list[Clause] = []
    for one in put_together(clauses):
        if isinstance(one, Clause):
            found.append(one)
            continue
        sides = one.one, one.other
        if one.link is Link.XOR and all(side.predicate.startswith("can ") for side in sides):
            one = Choice(one.body, _done(one.one), one.link, _done(one.other))
        found += one.clauses()
    return tuple(found)


def _done(literal: Literal) -> Literal:
    """``she can be first -> she is first``, and so is who can become it."""
    verb, _, rest = literal.predicate.removeprefix("can ").partition(" ")
    finite = {"be": "is", "become": "is", "have": "has"}.get(verb, verb)
    return Literal(literal.subject, f"{finite} {rest}".strip(), literal.positive)


@dataclass(frozen=True)
class _Unordered:
    """A clause whose antecedents have no order."""

    antecedents: frozenset[Literal]
    consequent: Literal

    @staticmethod
    def of(clause: Clause) -> _Unordered:
        return _Unordered(frozenset(clause.antecedents), clause.consequent)
