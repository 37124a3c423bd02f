"""The things that a theory names."""

from __future__ import annotations

from collections.abc import Iterable

from lambada_bc import wording
from lambada_bc.statements import Literal, Statement


def constants(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The ground subjects of all literals, each once, in alphabetical order.

    In a closed world a negative sub-goal ranges over them when nothing else binds it.
    ``"The cat chases Bob", "?x is red → ?x is big" -> ("The cat",)``
    """
    found: dict[str, str] = {}
    for statement in statements:
        for literal in (*statement.clause.antecedents, statement.clause.consequent):
            name = literal.subject
            if Literal(name, "").is_ground:
                key = wording.key(wording.words(name))
                found[key] = min(name, found.get(key, name))
    return tuple(found[key] for key in sorted(found))
