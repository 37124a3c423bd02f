"""What follows from the literals of a statement alone, by unification.

These are the exact parts of fact check and goal decomposition; every implementation of the
modules can build on them and add what it judges by meaning.
"""

from __future__ import annotations

from lambada_bc.modules.interface import Decomposition, FactMatch
from lambada_bc.statements import Bindings, Literal, Statement
from lambada_bc.unification import unify


def match_fact(goal: Literal, fact: Statement) -> FactMatch | None:
    """How a fact settles a goal word by word; None when it does not.

    ``(?1 is red, "Bob is not red") -> contradicts with {"?1": "Bob"}``
    """
    stated = fact.clause.consequent
    bindings = unify(goal, stated)
    if bindings is None:
        return None
    needed = {variable: bindings[variable] for variable in goal.variables}
    return FactMatch(fact, stated.positive, needed)


def decompose(goal: Literal, rule: Statement) -> Decomposition | None:
    """The antecedents of a rule under the match of its consequent with a goal.

    ``(the cat is kind, "?x sees ?y → ?x is kind") -> the cat sees ?y``
    """
    bindings = unify(goal, rule.clause.consequent)
    return None if bindings is None else instantiate(goal, rule, bindings)


def instantiate(goal: Literal, rule: Statement, bindings: Bindings) -> Decomposition:
    """A rule under bindings that match its consequent with a goal."""
    return Decomposition(
        subgoals=tuple(literal.substitute(bindings) for literal in rule.clause.antecedents),
        consequent=rule.clause.consequent.substitute(bindings),
        bindings={variable: bindings[variable] for variable in goal.variables},
    )
