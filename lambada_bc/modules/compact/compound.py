"""Goals that say more than one thing: *Ana sings and Ben hums*, *if Ana sings, Ben hums*.

Such a goal is one literal, *what is asked is so*, and the goal itself tells when it is: a
conjunction is so when all its parts are, and not when one is not; a conditional is so when its
consequent holds, where its conditions may be supposed, or when one of its conditions is denied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lambada_bc.modules.compact.choices import Choice, Conjunction, Link, put_together
from lambada_bc.modules.interface import ASKED, Compound
from lambada_bc.statements import Clause, Literal


@dataclass(frozen=True)
class _Conditional:
    """All of ``then``, under the conditions of ``body``."""

    body: Conjunction
    then: Conjunction


_Part = Literal | _Conditional | Choice


def compound(clauses: Sequence[Clause], probability: float) -> Compound | None:
    """The goal that a sentence's clauses are together; None for one fact, or what has variables."""
    if any(one.variables for clause in clauses for one in (*clause.antecedents, clause.consequent)):
        return None
    parts = list(_parts(clauses))
    if len(parts) < 2:
        (only,) = parts or [ASKED]
        if isinstance(only, Literal):
            return None
        return Compound(tuple(_defined(only, ASKED)), _supposed(only), probability)
    names = [
        part if isinstance(part, Literal) else Literal(f"part {number} of what is asked", "is so")
        for number, part in enumerate(parts, start=1)
    ]
    defined = [Clause(tuple(names), ASKED)]
    defined += [Clause((name.negated(),), ASKED.negated()) for name in names]
    for part, name in zip(parts, names, strict=True):
        if not isinstance(part, Literal):
            defined += _defined(part, name)
    return Compound(tuple(defined), (), probability)


def _parts(clauses: Sequence[Clause]) -> Iterator[_Part]:
    """Facts, choices, and rules of which those with the same conditions are one."""
    rules: dict[frozenset[Literal], _Conditional] = {}
    for one in put_together(clauses):
        if isinstance(one, Choice) and one.link is not Link.ONLY:
            yield one
            continue
        clause = one if isinstance(one, Clause) else Clause((*one.body, one.one), one.other)
        if not clause.antecedents:
            yield clause.consequent
            continue
        key = frozenset(clause.antecedents)
        known = rules.get(key, _Conditional(clause.antecedents, ()))
        rules[key] = _Conditional(known.body, (*known.then, clause.consequent))
    yield from rules.values()


def _defined(part: _Conditional | Choice, name: Literal) -> Iterator[Clause]:
    """When a part is so and when it is not."""
    for condition in part.body:
        yield Clause((condition.negated(),), name)
    yield from (Clause(so, name) for so in _ways(part))
    for literals in _denials(part):
        yield Clause((*part.body, *literals), name.negated())


def _ways(part: _Conditional | Choice) -> tuple[Conjunction, ...]:
    if isinstance(part, _Conditional):
        return (part.then,)
    one, other = part.one, part.other
    if part.link is Link.OR:
        return (one,), (other,)
    return (one, other.negated()), (one.negated(), other)


def _denials(part: _Conditional | Choice) -> tuple[Conjunction, ...]:
    if isinstance(part, _Conditional):
        return tuple((one.negated(),) for one in part.then)
    neither = (part.one.negated(), part.other.negated())
    return (neither,) if part.link is Link.OR else (neither, (part.one, part.other))


def _supposed(part: _Conditional | Choice) -> tuple[Clause, ...]:
    """What may be supposed, as facts, and what then makes the goal so."""
    facts = part.body
    if isinstance(part, Choice) and part.link is Link.OR:
        facts = (*facts, part.one.negated())
    if not facts:
        return ()
    return (*(Clause((), one) for one in facts), *(Clause(so, ASKED) for so in _ways(part)))
