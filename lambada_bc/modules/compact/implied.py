"""What a sentence says besides its clauses, by logic alone.

*No newt is a reptile* denies it of reptiles, too, that they are newts.  *Who keeps a dog pays* is
said of whoever keeps Rex, if Rex is a dog, and *no pupil may ride a horse* of every horse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lambada_bc.modules.compact.literals import is_class
from lambada_bc.modules.compact.subjects import described
from lambada_bc.statements import Clause, Literal

_SOME = re.compile(r"^(?P<before>\S.*?) (?P<article>an?|any) (?P<noun>[^?]+)$")
_EVERY = re.compile(r"^(?P<before>\S.*?) (?P<article>every|each|any) (?P<noun>[^?]+)$")
_NEW = "?v"


def implied(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses that follow from those of a sentence, and what its subjects are called."""
    found = [*described(clauses)]
    for clause in clauses:
        found += _turned_round(clause)
        found += _instances(clause)
    return tuple(one for one in dict.fromkeys(found) if one not in clauses)


def _turned_round(clause: Clause) -> Iterator[Clause]:
    """*No a is a b*, said of what is a b."""
    said = clause.consequent
    if len(clause.antecedents) != 1 or said.positive or not is_class(said):
        return
    (condition,) = clause.antecedents
    if condition.positive and is_class(condition) and condition.subject == said.subject:
        yield Clause((said.atom(),), condition.negated())


def _instances(clause: Clause) -> Iterator[Clause]:
    """The clause said of each thing of a kind that one of its literals speaks of."""
    for place, literal in enumerate(clause.antecedents):
        for opened, kind in _opened(literal, _SOME) if literal.positive else ():
            others = clause.antecedents[:place], clause.antecedents[place + 1 :]
            yield Clause((*others[0], opened, *kind, *others[1]), clause.consequent)
    said = clause.consequent
    is_general = not said.positive or said.predicate.startswith("can ")
    for opened, kind in _opened(said, _SOME if is_general else _EVERY):
        if clause.antecedents:
            yield Clause((*clause.antecedents, *kind), opened)


def _opened(
    literal: Literal, pattern: re.Pattern[str]
) -> Iterator[tuple[Literal, tuple[Literal, ...]]]:
    """A literal with a variable for the thing that it does not name, and what that thing is."""
    found = pattern.match(literal.predicate)
    if found is None or _NEW in literal.variables or found["before"].split()[-1] in _BEING:
        return
    opened = Literal(literal.subject, f"{found['before']} {_NEW}", literal.positive)
    noun, _, having = found["noun"].partition(" with ")
    article = "an" if noun[0].lower() in "aeiou" else "a"
    kinds = [Literal(_NEW, f"is {article} {noun}")]
    if having:
        kinds.append(Literal(_NEW, f"has {having}"))
    yield opened, tuple(kinds)


_BEING = frozenset({"is", "be", "are", "was", "has", "have", "had", "as"})
"""What is or has a thing is not told apart from the kind of that thing."""
